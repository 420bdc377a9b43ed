"""What the firm says of itself: who may change it, and what can be taken."""

from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from caseupdates import bell
from caseupdates.history.models import Area, Event
from caseupdates.links.expiry import Expiry
from caseupdates.people import firm as firms
from caseupdates.people.firm import change_firm, name_firm, zone_of
from caseupdates.people.firm_facts import LINKS_EXPIRE
from caseupdates.people.models import Firm
from caseupdates.refusals import Invalid, NotPermitted


@pytest.fixture
def change(session, firm):
    """Change it as the administrator; what it is then."""
    name_firm(session, "Harbour Investigations", contact="Call 020 7946 0000.")
    session.flush()
    session.info.clear()

    def change(**changes):
        change_firm(session, by=firm.administrator, **changes)
        session.flush()
        session.expire_all()
        return firms.firm(session)

    return change


def told(session):
    return [
        (each.area, each.what, each.about, each.person.name) for each in session.exec(select(Event).order_by(Event.id))
    ]


def test_the_name_of_the_first_day_stays_until_it_is_changed(change):
    assert change(contact="Ask the night desk.").name == "Harbour Investigations"
    assert change(name="  Quay Investigations ").name == "Quay Investigations"


def test_what_is_left_out_stays(change):
    change(name="Quay", reply_to="desk@example.com", time_zone="Europe/London", attach_files=True, verify_identity=True)
    here = change(links_expire="90 days")
    assert (here.name, here.reply_to, here.contact) == ("Quay", "desk@example.com", "Call 020 7946 0000.")
    assert (here.time_zone, here.attach_files, here.verify_identity) == ("Europe/London", True, True)


def test_a_change_is_written_down_in_one_line_and_rings(session, change):
    change(name="Quay", reply_to="Desk@Example.com", verify_identity=True, contact="Call 020 7946 0000.")
    line = "name: Quay · reply address: desk@example.com · identity verification: yes"
    assert told(session) == [(Area.SETTINGS, "firm changed", line, "Administrator A.")]
    assert session.info["rings"] == {bell.SETTINGS}


def test_nothing_changed_leaves_no_line_and_rings_nobody(session, change):
    change(name=" Harbour Investigations", contact="Call 020 7946 0000. ", reply_to="", links_expire="7 days")
    assert told(session) == []
    assert "rings" not in session.info


def test_a_long_signature_is_named_by_its_beginning(session, change):
    change(email_signature="Harbour Investigations\nQuay Street 1")
    assert told(session)[0][2] == "email signature: Harbour Investigations…"


@pytest.mark.parametrize("who", ["manager", "investigator", "client", "outsider"])
def test_only_who_manages_settings_changes_the_firm(session, firm, who):
    with pytest.raises(NotPermitted):
        change_firm(session, by=getattr(firm, who), name="Mine")
    assert session.get(Firm, 1) is None


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("name", "x"), ("name", "x" * 80), ("name", "Łódź & Söhne “Wache”"), ("name", "שמירה"), ("contact", ""), ("contact", "x" * 200),
        ("email_signature", ""), ("email_signature", "x" * 2_000), ("email_signature", "**Harbour**\n\nQuay Street\t1"),
        *(("time_zone", zone) for zone in ("UTC", "Europe/London", "America/Argentina/Salta", "Asia/Kathmandu")),
        *(("links_expire", word) for word in LINKS_EXPIRE),
    ],
)  # fmt: skip
def test_what_can_be_taken_is_kept_as_it_was_typed(change, fact, value):
    assert getattr(change(**{fact: value}), fact) == value


@pytest.mark.parametrize(
    ("fact", "value", "sentence"),
    [
        ("name", "", "Please type the firm’s name."),
        ("name", " \t ", "Please type the firm’s name."),
        ("name", "x" * 81, "at most 80 characters; this has 81"),
        ("name", "Quay\nBcc: all@example.com", "one line"),
        ("name", "Quay\u2028Street", "one line"),
        ("name", "Quay\u202egnp", "one line"),
        ("name", "Quay\x07", "one line"),
        ("contact", "x" * 201, "at most 200 characters; this has 201"),
        ("contact", "Call\r\n020", "one line"),
        ("reply_to", "not an address", "not an email address"),
        ("reply_to", "a@example.com, b@example.com", "not an email address"),
        ("reply_to", "a@example.com\nBcc: b@example.com", "not an email address"),
        ("email_signature", "x" * 2_001, "at most 2,000 characters; this has 2,001"),
        ("email_signature", "Harbour\x1b[0m", "cannot be shown"),
        ("time_zone", "", "choose a time zone"),
        ("time_zone", "Europe/Atlantis", "choose a time zone"),
        ("time_zone", "../../etc/passwd", "choose a time zone"),
        ("time_zone", "posixrules", "choose a time zone"),
        ("time_zone", "US/Eastern", "choose a time zone"),
        ("links_expire", "a date", "choose one of the list"),
        ("links_expire", "1000 years", "choose one of the list"),
        ("links_expire", "", "choose one of the list"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_a_sentence(session, change, fact, value, sentence):
    with pytest.raises(Invalid, match=sentence):
        change(**{"contact": "Somebody else.", fact: value})
    assert firms.firm(session).contact == "Call 020 7946 0000."  # nothing of it was taken


def test_a_reply_address_can_be_taken_away_again(change):
    assert change(reply_to="Desk@Example.com ").reply_to == "desk@example.com"
    assert change(reply_to="  ").reply_to is None


def test_the_choices_of_when_links_expire_are_those_of_the_dialog():
    assert set(LINKS_EXPIRE) == {str(each) for each in Expiry} - {"a date"}


@pytest.mark.parametrize("kept", ["Europe/London", "UTC"])
def test_the_firms_zone_is_the_one_it_chose(kept):
    assert zone_of(Firm(name="Quay", time_zone=kept)).utcoffset(None) == ZoneInfo(kept).utcoffset(None)
    assert str(zone_of(Firm(name="Quay", time_zone=kept))) == kept


def test_a_zone_that_is_no_more_is_utc():
    assert str(zone_of(Firm(name="Quay", time_zone="Europe/Atlantis"))) == "UTC"
