"""Rate limits: token buckets as database rows, each behind a named door."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, SQLModel

from caseupdates import clock, tokens
from caseupdates.refusals import TooMany


class Bucket(SQLModel, table=True):
    """How many tries are left behind one door for one caller; keys are hashed, so no address is kept."""

    __tablename__ = "rate_limit"
    key: str = Field(primary_key=True)
    left: float
    as_of: datetime


@dataclass(frozen=True)
class Door:
    """At most `tries` in any `per`, refilled evenly."""

    name: str
    tries: int
    per: timedelta


HOUR = timedelta(hours=1)
SIGN_IN_BY_ADDRESS = Door("sign-in address", tries=10, per=timedelta(minutes=15))
SIGN_IN_BY_NETWORK = Door("sign-in network", tries=60, per=timedelta(minutes=15))


def pass_through(session: Session, door: Door, caller: str) -> None:
    """Take one try; raise TooMany with the seconds to wait when none is left."""
    bucket, now = _bucket(session, door, caller), clock.now()
    rate, passed = door.tries / door.per.total_seconds(), max(0.0, (now - bucket.as_of).total_seconds())
    bucket.left = min(door.tries, bucket.left + rate * passed)
    bucket.as_of = now
    if bucket.left < 1:
        raise TooMany(seconds=int((1 - bucket.left) / rate) + 1)
    bucket.left -= 1
    session.add(bucket)


def _bucket(session: Session, door: Door, caller: str) -> Bucket:
    """The caller's row, locked; two first tries at the same moment share the one that was written first."""
    key = tokens.digest(f"{door.name}\n{caller}")
    if found := session.get(Bucket, key, with_for_update=True):
        return found
    try:
        with session.begin_nested():
            session.add(fresh := Bucket(key=key, left=door.tries, as_of=clock.now()))
        return fresh
    except IntegrityError:
        return session.get_one(Bucket, key, with_for_update=True)
