"""Pace: how fast the provider takes requests, whether the whole queue waits and why; one row, shared by all workers."""

from collections.abc import Sequence

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from caseupdates import bell, clock
from caseupdates.delivery.models import Batch, Pause, Provider
from caseupdates.delivery.outcomes import Accepted, Paused
from caseupdates.delivery.parcels import Answer, Limits, Parcel
from caseupdates.delivery.turns import LATE, SECOND, Trip, comes_at, keep_distance

REQUESTS_A_SECOND = 10  # until an answer says otherwise; Resend, "Usage Limits"


def provider(session: Session, *, lock: bool = False) -> Provider:
    """The one row, made by whoever needs it first."""
    if found := session.get(Provider, 1, with_for_update=lock, populate_existing=lock):
        return found
    try:
        with session.begin_nested():
            session.add(fresh := Provider(requests_a_second=REQUESTS_A_SECOND))
        return fresh
    except IntegrityError:
        return session.get_one(Provider, 1, with_for_update=lock)


def hear(session: Session, parcel: Parcel, answer: Answer, trip: Trip | None = None) -> Paused | None:
    """Learn from an answer; what pauses the queue from now on, if that is news."""
    outcomes = answer.outcomes if isinstance(answer.outcomes, Sequence) else [answer.outcomes]
    paused = next((each for each in outcomes if isinstance(each, Paused)), None)
    if paused is None and answer.limits is None:
        return None
    is_paced = trip is not None and trip.turn.apart > LATE
    if paused is None and not is_paced and not _is_worth_hearing(provider(session), answer):
        return None
    account, now = provider(session, lock=True), clock.now()
    if trip and is_paced:
        keep_distance(account, trip)
    account.answered_at = now
    if answer.limits:
        _learn(session, account, parcel, answer.limits)
    session.add(account)
    if paused:
        return paused if _pause(session, account, paused) else None
    if any(isinstance(each, Accepted) for each in outcomes):
        account.accepted_at = now
        if not _left_before_pause(account, trip):
            resume(session, account)
    return None


def resume(session: Session, account: Provider) -> None:
    """Let the queue go on."""
    if account.pause is not None:
        account.pause, account.paused_since, account.paused_until, account.paused_why = None, None, None, ""
        account.next_at = comes_at(account) or clock.now()  # what waited may go from now on
        session.add(account)
        bell.ring(session, bell.OUTBOX, bell.SETTINGS)


def use_key(session: Session, key_hash: str) -> None:
    """Another API key than before is worth a try at once."""
    account = provider(session, lock=True)
    if account.key_hash != key_hash:
        account.key_hash, account.domain_status, account.domain_checked_at = key_hash, "", None
        session.add(account)
        resume(session, account)


def _is_worth_hearing(account: Provider, answer: Answer) -> bool:
    """Once in the second that the provider counts in, and whenever something is new: all workers write this row."""
    lately = account.answered_at is not None and account.answered_at > clock.now() - SECOND
    same = answer.limits is None or answer.limits.requests_a_second in {None, account.requests_a_second}
    return not (lately and same and account.pause is None)


def _learn(session: Session, account: Provider, parcel: Parcel, limits: Limits) -> None:
    if limits.clock_off is not None:
        account.clock_off = limits.clock_off.total_seconds()
    if limits.requests_a_second:
        account.requests_a_second = limits.requests_a_second
    if limits.requests_a_second and limits.remaining is not None:
        used = limits.requests_a_second - limits.remaining
        account.others = max(0, used - _ours(session, parcel))


def _ours(session: Session, parcel: Parcel) -> int:
    """How many requests of ours the provider may have counted in the second before its answer to this one."""
    at = session.get_one(Batch, parcel.batch_id).attempted_at
    lately = col(Batch.attempted_at).between(at - SECOND, max(at, clock.now()))
    return session.exec(select(func.count()).where(lately)).one()


def _left_before_pause(account: Provider, trip: Trip | None) -> bool:
    """What was under way as a pause began says nothing of it."""
    lasts = account.paused_until is not None and account.paused_until > clock.now()
    return bool(lasts and trip and account.paused_since and trip.left_at <= account.paused_since)


def _pause(session: Session, account: Provider, paused: Paused) -> bool:
    """True when the queue did not wait for this already, or longer for something else."""
    now, is_news = clock.now(), account.pause is not paused.pause
    if is_news and account.paused_until and account.paused_until > now + paused.after:
        return False
    if is_news:
        account.paused_since = now
    account.pause, account.paused_why, account.paused_until = paused.pause, paused.why, now + paused.after
    bell.ring(session, bell.SETTINGS)
    return is_news and paused.pause is not Pause.LIMIT
