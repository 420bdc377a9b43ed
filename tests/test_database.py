"""The database: short transactions, readers and writers at once, and as few queries for fifty rows as for five."""

import asyncio
import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import event
from sqlalchemy.exc import StatementError

from caseupdates import database
from caseupdates.cases import listing as cases
from caseupdates.cases.models import Case, Group
from caseupdates.database import engine, reading, writing
from caseupdates.notifications import listing as notifications
from caseupdates.people.models import Firm, Permission, Person
from caseupdates.sending.evidence import sendings_of, summaries
from caseupdates.sending.recipients import blocks
from caseupdates.updates.feed import feed, update_shown
from caseupdates.updates.writing import write
from tests.together import together


def test_writers_that_read_first_wait_for_each_other_and_lose_nothing(emptied):
    with writing() as session:
        session.add(Firm(name="0"))

    def count_up():
        for _ in range(10):
            with writing() as session:
                firm = session.get(Firm, 1, with_for_update=True)
                firm.name = str(int(firm.name) + 1)

    assert together(*[count_up] * 4) == [None] * 4
    with reading() as session:
        assert session.get(Firm, 1).name == "40"


def test_a_reader_does_not_wait_for_a_writer_and_sees_what_was_committed(emptied):
    with writing() as session:
        session.add(Firm(name="Before"))
    with writing() as session:
        session.get(Firm, 1).name = "After"
        session.flush()
        assert together(name_now) == ["Before"]
    assert name_now() == "After"


def name_now():
    with reading() as session:
        return session.get(Firm, 1).name


def test_a_transaction_that_fails_leaves_nothing(emptied):
    with pytest.raises(ZeroDivisionError):
        fail_after_writing()
    with reading() as session:
        assert session.get(Firm, 1) is None


def fail_after_writing():
    with writing() as session:
        session.add(Firm(name="Harbour"))
        session.flush()
        raise ZeroDivisionError


def test_a_transaction_that_only_looks_changes_nothing(emptied):
    with reading() as session:
        session.add(Firm(name="Harbour"))
        session.flush()
    with reading() as session:
        assert session.get(Firm, 1) is None


def test_what_was_read_is_usable_when_the_transaction_is_over(standing):
    with reading() as session:
        person = session.get(Person, standing.client.id)
        revision = update_shown(session, standing.ready.update_id, by=person)
    assert (person.client.name, person.role.name) == ("Meridian Freight Ltd", "Client Contact")
    assert not person.may(Permission.CREATE_UPDATES)
    assert revision.access_group.admits(person)
    assert (revision.update.case.client.name, revision.update.author.name) == (
        "Meridian Freight Ltd",
        "Investigator R.",
    )
    assert (revision.written_by.name, revision.validated_by.name) == ("Investigator R.", "Manager G.")


def test_what_was_written_is_usable_too(standing):
    with writing() as session:
        person = session.get(Person, standing.manager.id)
        revision = write(session, "2026-0142", standing.text("Night three"), by=person)
    assert (revision.title, revision.update.case.number, revision.written_by.name) == (
        "Night three", "2026-0142", "Manager G.",
    )  # fmt: skip


@pytest.mark.anyio
async def test_verbs_run_in_threads_and_return_what_they_found(emptied, anyio_backend_name):
    def rename(session, name, *, suffix=""):
        session.add(Firm(name=name + suffix))
        return threading.current_thread()

    def name_of(session):
        return session.get(Firm, 1).name

    assert await database.write(rename, "Harbour", suffix=" & Sons") is not threading.current_thread()
    assert await database.read(name_of) == "Harbour & Sons"


@pytest.mark.anyio
async def test_a_transaction_is_over_when_whoever_was_cancelled_in_it_is(emptied, anyio_backend_name):
    begun, go_on = threading.Event(), threading.Event()

    def rename(session):
        begun.set()
        go_on.wait(5)
        session.add(Firm(name="Harbour"))

    renaming = asyncio.create_task(database.write(rename))
    await asyncio.to_thread(begun.wait, 5)
    renaming.cancel()
    await asyncio.sleep(0.05)
    assert not renaming.done()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await renaming
    assert name_now() == "Harbour"


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=-5)), timezone(timedelta(hours=5, minutes=45))])
def test_a_moment_comes_back_as_the_same_moment_in_utc(session, firm, zone):
    moment = datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=zone)
    firm.case.opened_at = moment
    session.flush()
    session.expire_all()
    opened = session.get(Case, firm.case.id).opened_at
    assert opened == moment
    assert opened.utcoffset() == timedelta(0)


def test_a_word_that_is_none_of_its_kind_is_refused(session, firm):
    firm.client.access_level = "Everything"
    with pytest.raises(StatementError, match="Everything"):
        session.flush()


class Statements:
    """Counts the statements sent to the database while it is open."""

    def __enter__(self):
        self.count = 0
        event.listen(engine(), "before_cursor_execute", self._one)
        return self

    def __exit__(self, *_):
        event.remove(engine(), "before_cursor_execute", self._one)

    def _one(self, *_):
        self.count += 1


def grow(firm, count):
    """So many more updates, each by somebody else, sent to its writer; the first of all is sent to every writer."""
    for _ in range(count):
        writer = firm.person(f"Writer{len(firm.writers)} W.", "Investigator")
        firm.assign(writer, Group.INVESTIGATOR)
        firm.writers.append(writer)
        firm.updates.append(firm.update(by=writer))
        firm.send(firm.updates[-1], [firm.client, writer])
    firm.send(firm.updates[0], firm.writers)


def updates_of_staff(session, firm):
    return feed(session, firm.case, by=firm.manager, limit=1000)


def updates_of_a_contact(session, firm):
    return feed(session, firm.case, by=firm.client, limit=1000)


def numbers_of_sendings(session, firm):
    return summaries(session, [each.update_id for each in firm.updates])


def recipients_offered(session, firm):
    return [each for block in blocks(session, firm.updates[0]) for each in block.candidates]


def recipients_shown(session, firm):
    return sendings_of(session, firm.updates[0].update_id, by=firm.manager)[0][1]


def people_on_the_case(session, firm):
    return cases.assignments(session, firm.case)


def own_notifications(session, firm):
    return notifications.newest(session, by=firm.client, limit=1000)


def everything_looked_at(session, firm):
    """What each look found and how many statements it took, with nothing remembered from before."""
    looks = (
        updates_of_staff, updates_of_a_contact, numbers_of_sendings, recipients_offered, recipients_shown,
        people_on_the_case, own_notifications,
    )  # fmt: skip
    rows, statements = {}, {}
    for look in looks:
        session.flush()
        session.expunge_all()
        with Statements() as sent:
            rows[look.__name__] = len(look(session, firm))
        statements[look.__name__] = sent.count
    return rows, statements


def test_fifty_rows_take_as_many_statements_as_five(session, firm):
    firm.writers, firm.updates = [], []
    grow(firm, 5)
    few, statements_for_few = everything_looked_at(session, firm)
    grow(firm, 45)
    many, statements_for_many = everything_looked_at(session, firm)
    assert min(few.values()) >= 5
    assert all(many[name] - few[name] >= 45 for name in few)
    assert statements_for_many == statements_for_few
