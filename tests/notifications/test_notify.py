"""Tell people: always inside the product, by email too where they want it."""

import json

import pytest
from sqlmodel import select

from caseupdates import bell, clock
from caseupdates.delivery.models import Message
from caseupdates.notifications import listing
from caseupdates.notifications.notify import notify
from caseupdates.people import preferences
from caseupdates.people.models import AccessLevel, Kind
from caseupdates.settings import settings
from caseupdates.updates import markdown


def tell(session, *people, kind=Kind.REPLY, **options):
    options = {"path": "/cases/2026-0142/updates/7", **options}
    return notify(session, people, kind, "Re: Night two", "Manager G. replied.", **options)


def mails(session):
    return [json.loads(each.payload) for each in session.exec(select(Message).order_by(Message.id))]


def test_everybody_gets_one_notification_in_the_order_of_people(session, firm, clock):
    notices = tell(session, firm.client, firm.manager, actor=firm.investigator)
    assert [each.person_id for each in notices] == [firm.client.id, firm.manager.id]
    for notice in notices:
        assert (notice.kind, notice.title, notice.summary) == (Kind.REPLY, "Re: Night two", "Manager G. replied.")
        assert (notice.actor_id, notice.created_at, notice.read_at) == (firm.investigator.id, clock(), None)


def test_everybody_who_wants_it_gets_a_mail_of_their_own(session, firm):
    tell(session, firm.client, firm.manager)
    assert [mail["to"] for mail in mails(session)] == [["client@example.com"], ["manager@example.com"]]


def test_a_mail_says_what_happened_where_and_how_to_stop_it(session, firm):
    tell(session, firm.client)
    [mail] = mails(session)
    assert mail["subject"] == "Re: Night two"
    for twin in (mail["text"], mail["html"]):
        assert "Manager G. replied." in twin
        assert settings().url("/cases/2026-0142/updates/7") in twin
        assert settings().url("/profile/preferences") in twin


def test_without_a_page_to_look_at_none_is_linked(session, firm):
    tell(session, firm.client, path="")
    assert "/cases" not in mails(session)[0]["text"] + mails(session)[0]["html"]


def test_a_mail_shows_what_was_typed_as_text(session, firm):
    notify(session, [firm.client], Kind.REPLY, "<b>Re</b>", "<script>alert(1)</script>")
    html = mails(session)[0]["html"]
    assert "&lt;b&gt;Re&lt;/b&gt;" in html
    assert "<script" not in html


def test_whoever_wants_no_email_for_the_kind_is_told_inside_only(session, firm):
    preferences.choose(session, Kind.REPLY, email=False, by=firm.client)
    tell(session, firm.client)
    assert mails(session) == []
    assert listing.unread(session, by=firm.client) == 1
    tell(session, firm.client, kind=Kind.DELIVERY_FAILED)
    assert len(mails(session)) == 1


@pytest.mark.parametrize(
    "facts",
    [
        {"email": None},
        {"bounced_at": clock.now()},
        {"access_level": AccessLevel.DISABLED},
        {"archived_at": clock.now()},
    ],
)
def test_whoever_cannot_or_may_not_get_mail_is_told_inside_only(session, firm, facts):
    for name, value in facts.items():
        setattr(firm.client, name, value)
    assert len(tell(session, firm.client)) == 1
    assert mails(session) == []


def test_a_sending_that_mails_by_itself_asks_for_no_mail(session, firm):
    tell(session, firm.client, by_mail=False)
    assert mails(session) == []


def test_the_peoples_open_pages_hear_of_it(session, firm):
    tell(session, firm.client, firm.manager, by_mail=False)
    assert session.info["rings"] == {bell.person(firm.client.id), bell.person(firm.manager.id)}


def test_telling_nobody_tells_nobody(session, firm):
    assert tell(session) == []
    assert mails(session) == []


def shown(session, firm, note):
    """What the client reads under "Notifications"."""
    firm.send(firm.update(body="Two **vehicles**."), [firm.client], note=note)
    return markdown.html(listing.newest(session, by=firm.client)[0].body)


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("**not bold** and # no heading", "**not bold** and # no heading"),
        ("# no heading", "# no heading"),
        ("- no list", "- no list"),
        ("1. no list", "1. no list"),
        ("+ no\n* list", "+ no<br>\n* list"),
        ("```", "```"),
        ("~~~\nno fence", "~~~<br>\nno fence"),
        ("    no code", "no code"),
        ("no heading\n===", "no heading<br>\n==="),
        ("> no quote", "&gt; no quote"),
        ("| no | table |\n|---|---|", "| no | table |<br>\n|---|---|"),
        ("<b>no tag</b> &amp;", "&lt;b&gt;no tag&lt;/b&gt; &amp;amp;"),
        ("[no](https://link.example)", "[no](https://link.example)"),
        ("<https://link.example>", "&lt;https://link.example&gt;"),
        ("back\\slash\\", "back\\slash\\"),
        ("one\ntwo", "one<br>\ntwo"),
    ],
)
def test_a_note_is_plain_text_above_the_update(session, firm, note, said):
    assert shown(session, firm, note) == f"<p>{said}</p>\n<hr>\n<p>Two <strong>vehicles</strong>.</p>\n"


def test_a_note_keeps_its_paragraphs(session, firm):
    assert shown(session, firm, "One.\n\nTwo.").startswith("<p>One.</p>\n<p>Two.</p>\n<hr>")


def test_without_a_note_the_update_stands_alone(session, firm):
    assert shown(session, firm, "") == "<p>Two <strong>vehicles</strong>.</p>\n"
