import asyncio

import pytest

from caseupdates import bell
from caseupdates.database import read
from caseupdates.delivery import mailbox, outbox
from caseupdates.delivery.mailbox import LocalMailbox
from caseupdates.refusals import NotFound
from tests.delivery.post import a_mail, put_in, stored


def received(session, *recipients, **parts):
    return [mailbox.keep(session, outbox.enqueue(session, a_mail(each, **parts))) for each in recipients]


def test_a_mail_is_kept_as_it_was_written(session, clock):
    received(session, "client@example.com")
    [kept] = mailbox.mails(session, limit=10)
    assert (kept.recipient, kept.subject, kept.received_at) == ("client@example.com", "Warehouse losses", clock())
    assert (kept.text, kept.html) == ("The van left at 06:12.", "<p>The van left at 06:12.</p>")
    assert mailbox.mail(session, kept.id) == kept


def test_the_newest_mail_comes_first(session):
    received(session, "first@example.com", "second@example.com", "third@example.com")
    newest = [each.recipient for each in mailbox.mails(session, limit=2)]
    assert newest == ["third@example.com", "second@example.com"]


@pytest.mark.parametrize("words", ["CLIENT@", "losses", " 06:12 "])
def test_mails_are_found_by_recipient_subject_and_text(session, words):
    received(session, "client@example.com")
    assert len(mailbox.mails(session, limit=10, search=words)) == 1


@pytest.mark.parametrize("words", ["partner@", "100%", "_"])
def test_mails_without_the_words_are_not_found(session, words):
    received(session, "client@example.com")
    assert mailbox.mails(session, limit=10, search=words) == []


def test_a_mail_that_is_not_there_is_not_found(session):
    with pytest.raises(NotFound):
        mailbox.mail(session, 404)


@pytest.mark.anyio
async def test_the_mailbox_keeps_a_message_once_and_rings(emptied):
    message = stored(put_in()[0])
    with bell.listening(bell.MAILBOX) as rung:
        first = await LocalMailbox().hand_over(message)
        await asyncio.wait_for(rung.wait(), 5)
    assert await LocalMailbox().hand_over(message) == first
    assert len(await read(mailbox.mails, limit=10)) == 1
