"""Disk full, read-only, locked, gone and back: people are told, nothing is half written, mail goes on by itself."""

import asyncio
import os
from datetime import timedelta

import pytest
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import SQLModel

from caseupdates.database import engine, write, writing
from caseupdates.delivery import claiming, outbox, patience, worker
from caseupdates.delivery.models import Provider
from caseupdates.interface.errors import say_sorry
from caseupdates.interface.state import Frame
from caseupdates.outages import outage
from caseupdates.sending.send import send
from tests.delivery.post import working
from tests.faults import mails
from tests.faults.breaking import ON_POSTGRESQL, ON_SQLITE, gone, no_larger
from tests.http.conftest import BASE, Browser
from tests.provider import NO_LIMIT, StandIn

MAILS = 300
LASTS = 1.5  # seconds
TURNS = 12  # of two workers in that time: each waits longer and longer. Where a few bytes more still fit, they go on
LONG_NOTE = "Please read before Friday. " * 60
KINDS = ON_POSTGRESQL if os.environ["DATABASE_URL"] else ON_SQLITE


@pytest.fixture(params=KINDS, ids=lambda each: each.__name__)
def kind(request):
    return request.param


@pytest.fixture
def broken(kind, pytestconfig):
    return lambda: kind(pytestconfig)


@pytest.fixture
def said(kind):
    return {**ON_SQLITE, **ON_POSTGRESQL}[kind]


def everything():
    with engine().connect() as connection:
        tables = SQLModel.metadata.sorted_tables
        return {each.name: sorted(map(repr, connection.execute(each.select()))) for each in tables}


def send_it(firm):
    with writing() as session:
        ready, chosen = firm.ready, [firm.client.id, firm.partner.id]
        send(
            session, ready.update_id, chosen, seen=ready.number, already=0, note=LONG_NOTE, by=firm.manager,
            undo=timedelta(seconds=10),
        )  # fmt: skip


def test_who_sends_is_told_and_nothing_is_half_written(standing, broken, said):
    before, waiting = everything(), mails.ends().open
    with broken(), pytest.raises(SQLAlchemyError) as error:
        send_it(standing)
    assert isinstance(outage(error.value), said)
    assert shown(error.value) == str(said())
    assert everything() == before
    send_it(standing)
    assert len(mails.ends().open - waiting) == 2


def shown(error):
    """The sentence at the foot of the page."""
    sorry = say_sorry(error)
    [(_, why)] = [(name, value) for name, value in sorry.args]
    page = Frame(_reflex_internal_init=True)
    asyncio.run(Frame.apologise.fn(page, why._var_value))
    return page.notice.sentence


@pytest.mark.parametrize("kind", [each for each in KINDS if each is not no_larger])  # there a few bytes more still fit
def test_a_form_is_answered_with_the_sentence(standing, broken, said):
    with broken():
        answer = Browser({"origin": BASE}, "192.0.2.1").post(
            "/sign-in", data={"email": "manager@example.com", "password": "wrong"}
        )
    assert (answer.status_code, answer.json()) == (said.status, {"refused": str(said())})


if gone in KINDS:  # with all others reading still works

    @pytest.mark.parametrize("kind", [gone])
    def test_who_follows_a_link_reads_it_on_a_page(standing, broken, said):
        with broken():
            page = Browser({}, "192.0.2.1").get(f"/l/{'x' * 43}", headers={"accept": "text/html"})
        assert page.status_code == said.status
        assert str(said()).rstrip(".") in page.text


def test_workers_wait_and_go_on_by_themselves(emptied, monkeypatch, broken, kind):
    turns = []

    async def counted(verb, *args, **kwargs):
        turns.append(verb.__name__)
        return await write(verb, *args, **kwargs)

    monkeypatch.setattr(worker, "write", counted)
    monkeypatch.setattr(claiming, "LEASE", timedelta(seconds=2))
    monkeypatch.setattr(claiming, "LARGEST", 2)
    monkeypatch.setattr(worker, "TOO_LONG", 1)
    monkeypatch.setattr(patience, "FIRST_PAUSE", timedelta(milliseconds=100))
    with writing() as session:
        session.add(Provider(requests_a_second=NO_LIMIT))
        outbox.enqueue_all(session, [mails.letter(n) for n in range(MAILS)])
    with StandIn(limit=NO_LIMIT, latency=0.02) as resend:
        asyncio.run(work(resend, broken, turns, most=TURNS if kind is not no_larger else MAILS))
        found = mails.ends()
        assert resend.duplicates() == {}
        assert found.accepted == mails.ids_given(resend)
        assert len(found.accepted) == MAILS


async def work(resend, broken, turns, *, most):
    """Two workers; in the middle of their work the database fails them."""
    async with mails.mailer(resend.url) as one, mails.mailer(resend.url) as two, working(one, two):
        async with asyncio.timeout(60):
            while len(resend.account.mails) < MAILS // 4:  # noqa: ASYNC110 (the provider does not ring)
                await asyncio.sleep(0.01)
        with broken():
            await asyncio.sleep(0.3)  # what was under way comes to its end
            turns.clear()
            await asyncio.sleep(LASTS)
            assert len(turns) <= most
        async with asyncio.timeout(60):
            while await asyncio.to_thread(mails.some_are_open):  # noqa: ASYNC110 (nobody rings for all of them)
                await asyncio.sleep(0.05)
