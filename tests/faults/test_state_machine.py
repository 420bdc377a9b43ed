"""Whatever happens in whatever order: no mail twice, none lost, none stuck, none after it was taken back."""

from collections import Counter, defaultdict
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import event
from sqlmodel import SQLModel

from caseupdates import clock
from caseupdates.database import engine, writing
from caseupdates.delivery import claiming, due, events, hearing, outbox, pace, patience, turns
from caseupdates.delivery.models import Lane, Provider
from caseupdates.delivery.resend_answers import KEY_USED
from tests.conftest import Clock
from tests.delivery.reports import silent
from tests.faults import IS_LONG, courier, mails
from tests.provider import NO_LIMIT, StandIn
from tests.provider.faults import FAULTS
from tests.provider.idempotency import LIFE

KINDS = ("letters", "attachments", "codes", "refused")
SOME = st.integers(0, 1_000)
A_LITTLE = timedelta(seconds=2)
LATER = (
    timedelta(seconds=1), timedelta(seconds=40), timedelta(minutes=2), mails.CODE_LIFE - A_LITTLE, timedelta(minutes=20),
    timedelta(hours=2), patience.KEY_LIFE - A_LITTLE, timedelta(hours=25), patience.PATIENCE - A_LITTLE,
)  # fmt: skip
UNREACHABLE = "unreachable"
WHAT_HAPPENS = ("", "", "", UNREACHABLE, *sorted(FAULTS))
STEPS = CLAIMED, ANSWERED, RECORDED = ("claimed", "answered", "recorded")
SAYS_NOT_TAKEN = {patience.NOT_TAKEN, patience.TOO_OLD}


class Post(RuleBasedStateMachine):
    """A firm, workers that may die at any step, a provider that may do anything it can, and time."""

    def __init__(self, resend, hands, time):
        super().__init__()
        self.resend, self.hands, self.time = resend, hands, time
        time.moment = Clock().moment
        self.written = {}  # key -> payload
        self.requests = {}  # idempotency key -> letters
        self.begun = {}  # idempotency key -> when
        self.leases = Counter()  # idempotency key -> the newest lease given
        self.held = []
        self.accepted = set()
        self.decided = Counter()  # key -> how often a person chose twice over never
        resend.reset()
        resend.configure(suspended=False, daily_quota=None)
        with engine().begin() as connection:
            for table in reversed(SQLModel.metadata.sorted_tables):
                connection.execute(table.delete())
        with writing() as session:
            session.add(Provider(requests_a_second=NO_LIMIT))

    @rule(count=st.integers(1, 4), kind=st.sampled_from(KINDS), wait=st.sampled_from((0, 0, 10, 600)))
    def put_in(self, count, kind, wait):
        texts = [mails.letter(n, attached=kind == "attachments", is_wrong=kind == "refused") for n in range(count)]
        lane, until = (Lane.CODE, clock.now() + mails.CODE_LIFE) if kind == "codes" else (Lane.MAIL, None)
        with writing() as session:
            due_at = clock.now() + timedelta(seconds=wait)
            put = outbox.enqueue_all(session, texts, lane=lane, due_at=due_at, useless_after=until)
            self.written |= {each.key: each.payload for each in put}

    @rule(fault=st.sampled_from(WHAT_HAPPENS), lives_until=st.sampled_from((*STEPS, RECORDED, RECORDED)))
    def work(self, fault, lives_until):
        """A worker takes what is due, and may stop at any step."""
        if held := self._take():
            self._go_on(held, fault, lives_until)

    @rule(faults=st.tuples(*[st.sampled_from(WHAT_HAPPENS)] * 2), lives_until=st.sampled_from(STEPS))
    def overtake(self, faults, lives_until):
        """A worker is slow to record; when its lease is over another takes what is due, likely the same."""
        if slow := self._take():
            slow = self._answer(slow, faults[0])
            self.time.moment += claiming.LEASE
            if other := self._take():
                self._go_on(other, faults[1], lives_until)
            self._record(slow)

    def _take(self):
        held, was_anything = courier.claim()
        if held:
            self._see(held)
        elif not was_anything:
            self._nothing_could_be_claimed()
        return held

    def _go_on(self, held, fault="", lives_until=RECORDED):
        if lives_until != CLAIMED:
            held = self._answer(held, fault)
        if lives_until == RECORDED:
            self._record(held)

    def _see(self, held):
        parcel = held.parcel
        assert self.requests.setdefault(parcel.key, parcel.letters) == parcel.letters
        assert parcel.lease == self.leases[parcel.key] + 1
        self.leases[parcel.key] = parcel.lease
        self.begun.setdefault(parcel.key, clock.now())
        self.held.append(held)

    def _nothing_could_be_claimed(self):
        now, batches = clock.now(), courier.batches()
        if self._is_paused():
            return
        for message in courier.messages():
            batch = batches.get(message.batch_id)
            is_leased = batch and batch.leased_until and batch.leased_until > now
            assert message.due_at is None or message.due_at > now or is_leased

    def _is_paused(self):
        with writing() as session:
            return turns.opens_at(pace.provider(session)) is not None

    @precondition(lambda self: any(each.answer is None for each in self.held))
    @rule(which=SOME, fault=st.sampled_from(WHAT_HAPPENS), lives_until=st.sampled_from((ANSWERED, RECORDED)))
    def hand_over_late(self, which, fault, lives_until):
        waiting = [each for each in self.held if each.answer is None]
        held = waiting[which % len(waiting)]
        if clock.now() < self.begun[held.parcel.key] + timedelta(seconds=LIFE):  # a day later no worker does
            self._go_on(held, fault, lives_until)

    def _answer(self, held, fault):
        if fault in FAULTS:
            self.resend.fail_next(fault)
        answered = self.hands.hand_over(held, is_reachable=fault != UNREACHABLE)
        self.held[self.held.index(held)] = answered
        return answered

    @precondition(lambda self: any(each.answer for each in self.held))
    @rule(which=SOME)
    def record_late(self, which):
        answered = [each for each in self.held if each.answer]
        self._record(answered[which % len(answered)])

    def _record(self, held):
        is_fenced = held.parcel.lease < self.leases[held.parcel.key]
        before = courier.everything()
        was_written = courier.write_down(held)
        self.held.remove(held)
        if is_fenced:
            assert not was_written
        if not was_written:
            assert courier.everything() == before
        assert not courier.write_down(held)

    @precondition(lambda self: self.held)
    @rule(which=SOME)
    def crash(self, which):
        self.held.pop(which % len(self.held))

    @rule(by=st.sampled_from(LATER))
    def time_passes(self, by):
        self.time.moment += by

    @rule(which=st.sets(SOME, max_size=4))
    def take_back(self, which):
        known = courier.messages()
        with writing() as session:
            count = outbox.cancel(session, {known[each % len(known)].id for each in which if known})
        assert (
            sum(1 for each in courier.messages() if each.cancelled_at) - sum(1 for each in known if each.cancelled_at)
            == count
        )

    @rule(which=SOME)
    def put_in_again(self, which):
        parked = [each for each in courier.messages() if each.parked_at]
        if parked:
            message = parked[which % len(parked)]
            batch = courier.batches().get(message.batch_id)
            if batch and not patience.key_protects(batch, at=clock.now()):
                self.decided[message.key] += 1
            with writing() as session:
                outbox.retry(session, message.id)

    @precondition(lambda self: self.resend.account.mails)
    @rule(which=SOME, kind=st.sampled_from(events.Kind), again=SOME)
    def report(self, which, kind, again):
        """The provider tells of a mail it has, and may tell so again."""
        taken = self.resend.account.mails
        mail = taken[which % len(taken)]
        at = datetime.fromtimestamp(mail.at, UTC)
        event = events.Event(f"msg_{again % 20}", kind, clock.now(), at, mail.reference, mail.id)
        with writing() as session:
            hearing.hear(session, event, told=silent)

    @rule(suspended=st.booleans(), quota=st.sampled_from((None, 0, 3)))
    def account_changes(self, suspended, quota):
        self.resend.configure(suspended=suspended, daily_quota=quota)

    @rule()
    def resume(self):
        with writing() as session:
            pace.resume(session, pace.provider(session, lock=True))

    @invariant()
    def holds(self):
        given = defaultdict(set)
        for each in self.resend.account.mails:
            given[each.reference].add(each.id)
        assert "invalid_idempotent_request" not in self.resend.statistics()["refused"]
        assert all(len(ids) <= 1 + self.decided[key] for key, ids in given.items()), "accepted twice"
        assert mails.payloads() == self.written
        found = mails.ends()
        assert self.accepted <= found.accepted.keys(), "accepted no more"
        self.accepted |= found.accepted.keys()
        for message in courier.messages():
            self._holds_for(message, given[message.key])

    def _holds_for(self, message, given):
        assert message.detail != KEY_USED
        if message.accepted_at:
            assert message.provider_id in given
        elif not self.decided[message.key]:
            assert not (message.cancelled_at or message.refused_at) or not given
            assert message.detail not in SAYS_NOT_TAKEN or not given
            assert not given or message.batch_id

    def teardown(self):
        """The provider is well again, every worker dies, others go on: all mail comes to an end."""
        self.resend.configure(suspended=False, daily_quota=None)
        self.held.clear()
        for _ in range(200):
            if not mails.some_are_open():
                break
            self._turn()
        assert not mails.some_are_open(), "stuck"
        self.holds()

    def _turn(self):
        with writing() as session:
            moments = [due.next_due(session), turns.opens_at(pace.provider(session)), clock.now()]
        self.time.moment = max(moment for moment in moments if moment)
        if held := self._take():
            self._go_on(held)


@pytest.fixture
def hasty():
    """SQLite waits for no disk: the order of things is looked at here, not that they last."""
    if engine().dialect.name == "sqlite":
        engine().dispose()
        event.listen(engine(), "connect", unsynchronised)
        yield
        event.remove(engine(), "connect", unsynchronised)
        engine().dispose()
    else:
        yield


def unsynchronised(connection, _record):
    connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture
def post(emptied, hasty, monkeypatch):
    time = Clock()
    monkeypatch.setattr(clock, "source", time)
    with ExitStack() as stack:
        resend = stack.enter_context(StandIn(clock=lambda: time().timestamp(), limit=NO_LIMIT, slow=0, stall=0))
        hands = stack.enter_context(courier.Courier(resend))
        yield lambda: Post(resend, hands, time)


def test_whatever_happens_in_whatever_order(post, pytestconfig):
    is_slower = pytestconfig.getoption("--database") == "postgresql"
    examples = (1_000 if IS_LONG else 60) // (3 if is_slower else 1)
    run_state_machine_as_test(
        post,
        settings=settings(
            max_examples=examples, stateful_step_count=40, deadline=None, database=None,
            suppress_health_check=list(HealthCheck), phases=(Phase.generate, Phase.shrink),
        ),
    )  # fmt: skip
