"""What leaves where the firm has switched a kind's emails off, and what is said of it."""

from datetime import UTC

import pytest
from sqlmodel import select

from caseupdates.delivery.models import Message
from caseupdates.notifications.models import Notification
from caseupdates.notifications.notify import notify
from caseupdates.people import preferences
from caseupdates.people.models import Kind
from caseupdates.sending.journal.rows import sending_rows


@pytest.fixture
def silence(session, firm):
    return lambda kind=Kind.CASE_UPDATE: preferences.silence(session, kind, True, by=firm.administrator)


def mails(session):
    """All but those that say an update waits for validation."""
    return [each for each in session.exec(select(Message)).all() if "waits for validation" not in each.payload]


def test_an_update_is_sent_without_any_mail_and_everybody_is_notified(session, firm, silence):
    revision = firm.update()
    silence()
    firm.send(revision, [firm.client, firm.partner])
    assert mails(session) == []
    told = session.exec(select(Notification).where(Notification.kind == Kind.CASE_UPDATE)).all()
    assert {each.person_id for each in told} == {firm.client.id, firm.partner.id}


def test_show_recipients_says_who_decided(session, firm, silence):
    first, second = firm.update("One"), firm.update("Two")
    preferences.choose(session, Kind.CASE_UPDATE, email=False, by=firm.client)
    firm.send(first, [firm.client])
    silence()
    firm.send(second, [firm.client, firm.partner])
    said = [
        (each.face.name, each.now, each.detail)
        for revision in (first, second)
        for sending in sending_rows(session, revision.update_id, UTC, by=firm.manager)
        for each in sending.recipients
    ]
    assert said == [
        ("Client C.", "Not emailed (preference)", "Wants no email for case updates."),
        ("Client C.", "Not emailed (the firm)", "The firm sends no email for case updates."),
        ("Partner C.", "Not emailed (the firm)", "The firm sends no email for case updates, and they cannot sign in."),
    ]


def test_what_was_sent_before_is_mailed_all_the_same(session, firm, silence):
    firm.send(firm.update(), [firm.client])
    silence()
    assert [each.recipient for each in mails(session)] == ["client@example.com"]
    assert mails(session)[0].due_at


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.CASE_UPDATE])
def test_a_notification_of_a_silenced_kind_comes_without_its_mail(session, firm, silence, kind):
    silence(kind)
    notify(session, [firm.manager], kind, "Title", "Summary.")
    assert mails(session) == []
    assert len(session.exec(select(Notification)).all()) == 1
    notify(session, [firm.manager], Kind.CASE_UPDATE, "Title", "Summary.")
    assert len(mails(session)) == 1
