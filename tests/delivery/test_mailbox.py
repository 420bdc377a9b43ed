import asyncio

import pytest

from caseupdates import bell
from caseupdates.database import read
from caseupdates.delivery import mailbox, outbox
from caseupdates.delivery.mailbox import LocalMailbox
from caseupdates.delivery.outcomes import Accepted
from caseupdates.refusals import NotFound
from tests.delivery.post import a_mail, parcel_of, put_in, stored


def received(session, *recipients, **parts):
    messages = outbox.enqueue_all(session, [a_mail(each, **parts) for each in recipients])
    return mailbox.keep(session, parcel_of(*messages).letters)


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


def test_each_mail_of_a_parcel_gets_its_name_in_the_parcels_order(session):
    [known] = received(session, "known@example.com")
    names = received(session, "one@example.com", "two@example.com")
    kept = {f"local-{each.id}": each.recipient for each in mailbox.mails(session, limit=10)}
    assert [kept[name] for name in [known, *names]] == ["known@example.com", "one@example.com", "two@example.com"]


def test_of_a_parcel_only_what_is_new_is_kept(session):
    known, new = outbox.enqueue_all(session, [a_mail("known@example.com"), a_mail("new@example.com")])
    [name] = mailbox.keep(session, parcel_of(known).letters)
    fresh, again = mailbox.keep(session, parcel_of(new, known).letters)
    assert (again, fresh == name) == (name, False)
    assert [each.recipient for each in mailbox.mails(session, limit=10)] == ["new@example.com", "known@example.com"]


@pytest.mark.anyio
async def test_the_mailbox_keeps_a_message_once_and_rings(emptied):
    parcel = parcel_of(*[stored(each) for each in put_in(2)])
    with bell.listening(bell.MAILBOX) as rung:
        first = await LocalMailbox().hand_over(parcel)
        await asyncio.wait_for(rung.wait(), 5)
    assert await LocalMailbox().hand_over(parcel) == first
    kept = await read(mailbox.mails, limit=10)
    assert [Accepted(f"local-{each.id}", is_final=True) for each in reversed(kept)] == first.outcomes
    assert len(kept) == 2


@pytest.mark.anyio
async def test_the_mailbox_has_no_limits(emptied):
    assert (await LocalMailbox().hand_over(parcel_of(stored(put_in()[0])))).limits is None
