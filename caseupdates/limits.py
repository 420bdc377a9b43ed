"""Rate limits: token buckets as database rows, each behind a named door."""

from dataclasses import dataclass
from datetime import datetime, timedelta

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


SIGN_IN_BY_ADDRESS = Door("sign-in address", tries=10, per=timedelta(minutes=15))
SIGN_IN_BY_NETWORK = Door("sign-in network", tries=60, per=timedelta(minutes=15))


def pass_through(session: Session, door: Door, caller: str) -> None:
    """Take one try; raise TooMany with the seconds to wait when none is left."""
    key, now = tokens.digest(f"{door.name}\n{caller}"), clock.now()
    bucket = session.get(Bucket, key, with_for_update=True) or Bucket(key=key, left=door.tries, as_of=now)
    rate = door.tries / door.per.total_seconds()
    bucket.left = min(door.tries, bucket.left + rate * (now - bucket.as_of).total_seconds())
    bucket.as_of = now
    if bucket.left < 1:
        raise TooMany(seconds=int((1 - bucket.left) / rate) + 1)
    bucket.left -= 1
    session.add(bucket)
