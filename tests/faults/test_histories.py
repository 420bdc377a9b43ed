"""Shuffled and repeated histories of events: always the same facts, the same ladder, the same people disabled."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

import pytest

from caseupdates import clock as now
from caseupdates.delivery import facts, hearing, outbox
from caseupdates.delivery.journey import Stage, journey
from caseupdates.delivery.models import Message
from caseupdates.people import bounces
from tests.delivery.post import a_mail
from tests.delivery.reports import silent
from tests.faults import IS_LONG
from tests.faults.histories import History, facts_of, history

ALONE = 100_000 if IS_LONG else 3_000
IN_THE_DATABASE = 1_000 if IS_LONG else 120
STATES = {
    "queued": {"due_at": True},
    "waiting": {"due_at": True, "batch_id": 1, "attempts": 3, "detail": "Waiting for the mail provider."},
    "parked": {"parked_at": True, "batch_id": 1, "detail": "It is not certain whether this mail arrived."},
    "refused": {"refused_at": True, "batch_id": 1, "detail": "No such address."},
    "accepted": {"accepted_at": True, "provider_id": "re_0", "batch_id": 1},
    "cancelled": {"cancelled_at": True},
}
FACT_OF = {
    "email.delivered": "delivered_at", "email.delivery_delayed": "delayed_at", "email.bounced": "bounced_at",
    "email.complained": "complained_at", "email.failed": "failed_at", "email.suppressed": "suppressed_at",
}  # fmt: skip
LADDER = [
    ("complained_at", Stage.COMPLAINED), ("bounced_at", Stage.BOUNCED), ("failed_at", Stage.FAILED), ("suppressed_at", Stage.SUPPRESSED),
    ("delivered_at", Stage.DELIVERED), ("delayed_at", Stage.DELAYED), ("accepted_at", Stage.ACCEPTED),
]  # fmt: skip


def a_message(state: str, written_at: datetime) -> Message:
    given = {"due_at": None, **STATES[state]}
    moment = written_at + timedelta(minutes=3)
    columns = {name: moment if value is True else value for name, value in given.items()}
    return Message(id=1, key="k", recipient="client@example.com", created_at=written_at, **columns)


def test_any_order_and_any_repetition_gives_the_same_facts_and_the_same_ladder(clock: Callable[[], datetime]) -> None:
    random, written_at = Random(5), clock() - timedelta(days=3)
    for number in range(ALONE):
        state, made = random.choice(list(STATES)), history(random, "k", written_at)
        in_order, as_it_came = a_message(state, written_at), a_message(state, written_at)
        for event in made.happened:
            facts.apply(in_order, event)
        news = [facts.apply(as_it_came, event) for event in made.came]
        assert facts_of(as_it_came) == facts_of(in_order), f"history {number}, {state}: {made.came}"
        assert_right(as_it_came, made, state)
        assert sum(news) == facts.has(as_it_came, *facts.TROUBLE), "told of trouble more than once, or never"


def assert_right(message: Message, made: History, state: str) -> None:
    """Not only always the same: what the events said."""
    for kind, fact in FACT_OF.items():
        moments = [max(each.occurred_at, message.created_at) for each in made.happened if each.kind == kind]
        assert getattr(message, fact) == min(moments, default=None)
    assert (message.due_at, message.parked_at, message.refused_at) == (None, None, None)
    assert message.accepted_at
    assert message.batch_id == STATES[state].get("batch_id")
    assert bool(message.cancelled_at) is (state == "cancelled")
    assert journey(message).stage is next(stage for fact, stage in LADDER if getattr(message, fact))


def test_the_database_says_the_same_of_mails_and_people(session, firm, clock):
    random, written_at = Random(7), clock()
    clock.forward(days=3)
    for number in range(IN_THE_DATABASE):
        in_order, as_it_came = (a_stored_mail(session, firm, f"{number}{letter}", written_at) for letter in "ab")
        made, again = (history(Random(number), message.key, written_at) for _, message in (in_order, as_it_came))
        reactivated_at = reactivate_both(session, firm, random, in_order, as_it_came)
        news = [hearing.hear(session, event, told=silent) for event in made.happened]
        news_again = [hearing.hear(session, event, told=silent) for event in again.came]
        assert sum(news) == sum(news_again) == len(made.happened)
        assert told_of(in_order) == told_of(as_it_came), f"history {number}"
        moments = [max(each.occurred_at, written_at) for each in again.happened if each.disables]
        counted = [each for each in moments if reactivated_at is None or each > reactivated_at]
        assert as_it_came[0].bounced_at == min(counted, default=None), f"history {number}, {reactivated_at}"


def a_stored_mail(session, firm, name, written_at):
    person = firm.contact(f"Contact{name} C.", firm.meridian, email=f"contact{name}@example.com")
    message = outbox.enqueue(session, a_mail(person.email))
    message.created_at = written_at
    return person, message


def reactivate_both(session, firm, random, *mails):
    """Sometimes somebody had reactivated the address within these days; when."""
    if random.random() < 0.5:
        return None
    present, moment = now.source, mails[0][1].created_at + timedelta(minutes=random.choice((1, 30, 2000)))
    now.source = lambda: moment
    for person, _ in mails:
        person.bounced_at = moment
        bounces.reactivate(session, person.id, by=firm.administrator)
    now.source = present
    session.flush()
    return moment


def told_of(mail):
    person, message = mail
    names_nobody = {"provider_id", "batch_id"}
    return person.bounced_at, {name: value for name, value in facts_of(message).items() if name not in names_nobody}


@pytest.mark.parametrize("seed", range(20))
def test_histories_are_not_all_alike(seed, clock):
    made = [history(Random(seed * 100 + each), "k", clock()) for each in range(100)]
    assert {event.kind for each in made for event in each.happened} >= set(facts.COLUMN)
    assert any(each.came != each.happened for each in made)
    assert {bool(each.disabled_at) for each in made} == {True, False}
