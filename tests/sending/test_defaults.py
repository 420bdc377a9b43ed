"""What a sending begins with: the firm's defaults; and in whose days the last day is said."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from caseupdates.links.expiry import DEFAULT, Expiry, usual
from caseupdates.people.firm import firm as the_firm
from caseupdates.people.firm import name_firm, zone_of
from caseupdates.people.models import Firm
from caseupdates.sending.delivering import Handling
from caseupdates.sending.dialog.offer import letter, offered
from caseupdates.sending.journal.rows import sending_rows
from tests.files.sent import links, two_files
from tests.files.shelf import Shelf

AUCKLAND = ZoneInfo("Pacific/Auckland")  # 13 hours ahead in November


@pytest.fixture
def here(session, firm):
    """The firm's own row."""
    name_firm(session, "Harbour Investigations")
    session.flush()
    return the_firm(session)


@pytest.fixture
def revision(session, firm):
    return two_files(Shelf(session, firm))


def test_a_firm_that_chose_nothing_sends_links_for_seven_days_without_verification(clock):
    assert Handling.usual(Firm(name="New")) == Handling(False, clock() + timedelta(days=7), False)


@pytest.mark.parametrize(
    ("word", "days"), [("24 hours", 1), ("7 days", 7), ("30 days", 30), ("90 days", 90), ("when the case closes", None)]
)
def test_the_firms_word_says_how_long_links_live(clock, word, days):
    ends = clock() + timedelta(days=days) if days else None
    assert Handling.usual(Firm(name="F", links_expire=word)).expires_at == ends


@pytest.mark.parametrize("word", ["", "7 DAYS", "for ever", "a date", "DATE"])
def test_a_word_that_is_none_means_the_default(word):
    assert usual(word) is DEFAULT is Expiry.WEEK


def test_a_caller_who_chooses_nothing_sends_as_the_firm_usually_does(session, firm, here, revision, written, clock):
    here.links_expire, here.verify_identity = "30 days", True
    firm.send(revision, [firm.client])
    [link] = links(session)
    assert (link.expires_at, link.needs_verification) == (clock() + timedelta(days=30), True)


def test_a_firm_that_usually_attaches_attaches(session, firm, here, revision, written):
    here.attach_files = True
    firm.send(revision, [firm.client])
    assert links(session) == []


def test_the_dialog_is_offered_the_firms_defaults(session, firm, here, revision):
    here.attach_files, here.links_expire, here.verify_identity = True, "90 days", True
    begins = offered(session, revision.update_id, by=firm.manager).firm
    assert (begins.attach_files, begins.links_expire, begins.verify_identity) == (True, "90 days", True)


@pytest.mark.parametrize(("zone", "day"), [("UTC", "30 November 2026"), ("Pacific/Auckland", "1 December 2026")])
def test_mail_and_show_recipients_say_the_last_day_in_the_firms_zone(
    session, firm, here, revision, written, clock, zone, day
):
    here.time_zone = zone
    clock.moment = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    sending = firm.send(revision, [firm.client])
    assert day in written.mail(firm.client)["text"]
    [row] = sending_rows(session, sending.update_id, UTC, by=firm.manager)
    assert f"links end {day}" in row.head


def test_the_preview_says_the_same_last_day(session, firm, here, revision, clock):
    here.time_zone, clock.moment = "Pacific/Auckland", datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    mail = letter(session, revision.update_id, firm.client.id, "", Handling.usual(here), by=firm.manager)
    assert "1 December 2026" in mail.text


@pytest.mark.parametrize(("name", "zone"), [("Pacific/Auckland", AUCKLAND), ("Nowhere/Atlantis", UTC), ("", UTC)])
def test_a_zone_that_does_not_exist_is_utc(name, zone):
    assert zone_of(Firm(name="F", time_zone=name)) == zone
