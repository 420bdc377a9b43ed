"""Recording: what came of a parcel, written down by whoever holds the newest lease on it."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, and_, bindparam, cast
from sqlmodel import Session, col, select, update

from caseupdates import bell, clock
from caseupdates.database import FRESH, pairs
from caseupdates.delivery import due, outcomes
from caseupdates.delivery.facts import PATIENCE
from caseupdates.delivery.models import Batch, Message
from caseupdates.delivery.outcomes import Accepted, Outcome, Refused
from caseupdates.delivery.parcels import Answer, Parcel


def _is_open_in(batch_id: Any) -> ColumnElement[bool]:
    """A person may have put it in again meanwhile: then it is another batch's, whose answer counts."""
    return and_(col(Message.batch_id) == batch_id, due.IS_OPEN)


_GIVE_BACK = (
    update(Batch)
    .where(col(Batch.id) == bindparam("batch"), col(Batch.lease) == bindparam("given"))
    .where(col(Batch.leased_until).is_not(None))
    .values(leased_until=None)
)
_GIVEN = pairs(bindparam("given", type_=String)).table_valued("key", "value", name="given")  # provider's id by ours
_ACCEPT = (
    update(Message)
    .where(col(Message.id) == cast(_GIVEN.c.key, Integer), _is_open_in(bindparam("batch")))
    .values(
        accepted_at=bindparam("at"), provider_id=_GIVEN.c.value, ask_at=bindparam("ask"), due_at=None, detail=""
    )
)  # fmt: skip


def record(session: Session, parcel: Parcel, answer: Answer) -> Sequence[Message] | None:
    """Write down what came of an attempt; the messages that ended without being accepted.

    None when the lease has passed to someone else, whose word then counts. What an event told meanwhile stays.
    """
    if session.connection().execute(_GIVE_BACK, {"batch": parcel.batch_id, "given": parcel.lease}).rowcount == 0:
        return None
    bell.ring(session, *{letter.topic for letter in parcel.letters if letter.topic})
    if isinstance(answer.outcomes, Refused) and len(parcel.letters) > 1:
        _take_apart(session, parcel)
        return []
    told = _told(parcel, answer)
    accepted = {id: each for id, each in told.items() if isinstance(each, Accepted)}
    others = {id: told[id] for id in told.keys() - accepted.keys()}
    _accept(session, accepted, parcel.batch_id)
    return _note(session, others, parcel) if others else []


def _told(parcel: Parcel, answer: Answer) -> dict[int, Outcome]:
    ids, told = [letter.id for letter in parcel.letters], answer.outcomes
    return dict(zip(ids, told, strict=True)) if isinstance(told, Sequence) else dict.fromkeys(ids, told)


def _accept(session: Session, accepted: dict[int, Accepted], batch_id: int) -> None:
    """The usual end, in one statement for all: a hundred rows cost a hundred objects otherwise."""
    at = clock.now()
    for is_final, ask_at in ((False, at + PATIENCE), (True, None)):
        given = {id: each.provider_id for id, each in accepted.items() if each.is_final is is_final}
        if given:
            row = {"given": json.dumps(given), "batch": batch_id, "at": at, "ask": ask_at}
            session.connection().execute(_ACCEPT, row)


def _take_apart(session: Session, parcel: Parcel) -> None:
    """The provider refused all for what is wrong with one: each goes alone, and is refused or accepted for itself."""
    mine = update(Message).where(_is_open_in(parcel.batch_id))
    session.exec(mine.values(batch_id=None, goes_alone=True, due_at=clock.now()))


def _note(session: Session, told: dict[int, Outcome], parcel: Parcel) -> list[Message]:
    mine = select(Message).where(col(Message.id).in_(told), _is_open_in(parcel.batch_id))
    mine = mine.with_for_update()  # an event may resolve one at this very moment
    messages = list(session.exec(mine, execution_options=FRESH))
    for message in messages:
        outcomes.note(message, told[message.id], at=clock.now(), was_uncertain=parcel.lease > 1)
    session.add_all(messages)
    session.flush()
    return [each for each in messages if each.refused_at or each.parked_at]
