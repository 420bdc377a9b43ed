"""Asking: what became of mails, where no event told; one after another, and only while no mail waits to leave."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlmodel import Session, col, func, select, update

from caseupdates import clock
from caseupdates.database import read, write
from caseupdates.delivery import events, hearing, pace, turns
from caseupdates.delivery.checking import RESTRICTED
from caseupdates.delivery.due import next_due
from caseupdates.delivery.facts import PATIENCE
from caseupdates.delivery.fates import Fate, Untold
from caseupdates.delivery.mishaps import log
from caseupdates.delivery.models import Message, Provider

AT_AGES = (PATIENCE, timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=2), timedelta(days=3))
WITHOUT_LEAVE = timedelta(days=1)  # until a key that may only send is tried again
LONGEST_SLEEP = timedelta(seconds=60)
A_MOMENT = timedelta(seconds=1)  # mail goes first


class Asked(Protocol):
    async def fate(self, provider_id: str) -> Fate | Untold:
        """How the mail fares that the provider knows under this id."""


@dataclass(frozen=True)
class Question:
    message_id: int
    key: str
    provider_id: str
    accepted_at: datetime


async def run(asked: Asked, told: hearing.Told) -> None:
    """Ask whatever is due until cancelled; any number of processes may do so at once."""
    while True:
        try:
            sleep = await turn(asked, told)
        except Exception as error:
            log("Asking what became of mails failed", error)
            sleep = LONGEST_SLEEP
        await asyncio.sleep(sleep.total_seconds())


async def turn(asked: Asked, told: hearing.Told) -> timedelta:
    """Ask about one mail, if that is due and may be; how long to sleep then."""
    if wait := await read(_wait):
        return wait
    question, wait = await write(_question)
    if question is None:
        return wait
    match await asked.fate(question.provider_id):
        case Fate() as fate:
            await write(_hear, question, fate, told)
        case Untold.NO_SUCH_MAIL:
            await write(_forget, question)
        case Untold.NOT_ALLOWED:
            await write(_restricted)
        case Untold.NOT_NOW:
            return LONGEST_SLEEP
    return timedelta(0)


def next_at(accepted_at: datetime, now: datetime) -> datetime | None:
    """When to ask again, more and more seldom; None when it is no use any more."""
    return next((accepted_at + age for age in AT_AGES if accepted_at + age > now), None)


def _wait(session: Session) -> timedelta:
    """How long nothing may or need be asked; nothing when something can be."""
    now, account = clock.now(), session.get(Provider, 1)
    first: datetime | None = session.scalar(select(func.min(Message.ask_at)).where(col(Message.ask_at).is_not(None)))
    if first is None or (account and _is_restricted(account)):
        return LONGEST_SLEEP
    return min(LONGEST_SLEEP, max(timedelta(0), first - now))


def _question(session: Session) -> tuple[Question | None, timedelta]:
    """The mail whose turn it is, and the right to a request; the next time to ask about it is set, whatever comes now."""
    now, account = clock.now(), pace.provider(session, lock=True)
    if opens_at := turns.opens_at(account):
        return None, min(LONGEST_SLEEP, opens_at - now)
    due_at = next_due(session)
    if due_at and due_at <= now:
        return None, A_MOMENT
    overdue = select(Message).where(col(Message.ask_at) <= now).order_by(col(Message.ask_at)).limit(1)
    message = session.exec(overdue.with_for_update(skip_locked=True, key_share=True)).first()
    if message is None:
        return None, A_MOMENT
    accepted_at = message.accepted_at or now
    message.ask_at = next_at(accepted_at, now)
    session.add(message)
    if not message.provider_id:
        return None, timedelta(0)
    turns.take(session, account)
    return Question(message.id, message.key, message.provider_id, accepted_at), timedelta(0)


def _hear(session: Session, question: Question, fate: Fate, told: hearing.Told) -> None:
    """An answer counts as an event, dated now: the true one may come yet, and is earlier."""
    if fate.kind is None:
        return
    id, now = f"asked-{question.message_id}-{fate.kind}", clock.now()
    accepted_at = fate.accepted_at or question.accepted_at
    event = events.Event(
        id, fate.kind, now, accepted_at, question.key, question.provider_id, detail=events.usual_detail(fate.kind)
    )
    hearing.hear(session, event, told=told)


def _forget(session: Session, question: Question) -> None:
    session.execute(update(Message).where(col(Message.id) == question.message_id).values(ask_at=None))


def _restricted(session: Session) -> None:
    account = pace.provider(session, lock=True)
    account.domain_status, account.domain_checked_at = RESTRICTED, clock.now()
    session.add(account)


def _is_restricted(account: Provider) -> bool:
    checked_at = account.domain_checked_at
    return account.domain_status == RESTRICTED and bool(checked_at and checked_at > clock.now() - WITHOUT_LEAVE)
