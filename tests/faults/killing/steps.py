"""The steps of a mail's way at which a process can be killed, and how it is made known when one passes them.

The product's own functions run; what is put around them only says where the process is.
"""

import functools
import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx
from sqlalchemy import event
from sqlmodel import Session

from caseupdates.database import reading
from caseupdates.delivery import claiming, hearing, worker
from caseupdates.delivery.models import Batch
from caseupdates.delivery.outcomes import Paused
from caseupdates.delivery.parcels import Answer, Parcel
from caseupdates.delivery.resend_mailer import ResendMailer
from tests.faults.killing import scale

OF_WORKERS = (
    "claiming",  # all is written, nothing committed
    "claimed",  # committed, and nothing else done
    "before the request",
    "sending",  # its first half is on the wire
    "during",  # the provider has it and has not answered
    "after accept",  # the answer is there, and nobody has looked at it
    "before recording",
    "recording",  # all is written, nothing committed
    "recorded",  # committed
)
OF_RECEIVERS = (
    "a webhook arrives",
    "a webhook is taken",  # all is written, nothing committed
    "a webhook was taken",  # committed, and not yet answered
)
ON_THE_WIRE = {
    "http11.send_request_body.started": "sending",
    "http11.send_request_body.complete": "during",
    "http11.receive_response_body.complete": "after accept",
}
LATENCY = 0.01  # seconds that the provider takes; so long lasts "during"


@dataclass
class Doom:
    """Die at the so manieth passing of a step, `lingers` (0 to 1) of its duration into it."""

    step: str
    passings: int
    lingers: float = 0

    def passing(self, step: str) -> None:
        if step != self.step:
            return
        self.passings -= 1
        if self.passings == 0:
            if step == "during":  # all others are moments
                time.sleep(self.lingers * LATENCY)
            os.kill(os.getpid(), signal.SIGKILL)


doom: Doom | None = None  # of this process
passed: Counter[str] = Counter()


def passing(step: str) -> None:
    passed[step] += 1
    if doom:
        doom.passing(step)


def watch_workers() -> None:
    """Let this process, and all forked from it, say where it is."""
    worker.claim = _claiming(worker.claim)
    worker.record = _recording(worker.record)
    ResendMailer.hand_over = _handing_over(ResendMailer.hand_over)
    httpx.AsyncHTTPTransport.handle_async_request = _on_the_wire(httpx.AsyncHTTPTransport.handle_async_request)


def watch_receivers() -> None:
    hearing.hear = _hearing(hearing.hear)


def _claiming(claim: Callable[..., claiming.Claim]) -> Callable[..., claiming.Claim]:
    @functools.wraps(claim)
    def watched(session: Session, **lanes: Any) -> claiming.Claim:
        claimed = claim(session, **lanes)
        if claimed.parcel:
            _around_commit(session, "claiming", "claimed")
        return claimed

    return watched


def _recording(record: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(record)
    def watched(session: Session, *what: Any) -> Any:
        passing("before recording")
        _around_commit(session, "recording", "recorded")
        return record(session, *what)

    return watched


def _hearing(hear: Callable[..., bool]) -> Callable[..., bool]:
    @functools.wraps(hear)
    def watched(session: Session, *what: Any, **told: Any) -> bool:
        _around_commit(session, "a webhook is taken", "a webhook was taken")
        return hear(session, *what, **told)

    return watched


def _around_commit(session: Session, before: str, after: str) -> None:
    """Pass two steps at the commit of what was just done; the release of a savepoint is none."""
    event.listen(session, "before_commit", lambda it: it.in_nested_transaction() or passing(before))
    event.listen(session, "after_commit", lambda it: it.in_nested_transaction() or passing(after))


def _handing_over(hand_over: Callable[..., Any]) -> Callable[..., Any]:
    """Whoever hears that the provider took nothing sleeps until another hands the same over again.

    To record then what was true before would put mails back into the queue that are just being sent.
    """

    @functools.wraps(hand_over)
    async def watched(self: ResendMailer, parcel: Parcel) -> Answer:
        passing("before the request")
        answer = await hand_over(self, parcel)
        if isinstance(answer.outcomes, Paused):
            _sleep_past_the_lease(parcel)
        return answer

    return watched


def _sleep_past_the_lease(parcel: Parcel) -> None:
    """Let nothing here go on, as if the machine were asleep, until another has the batch; or nobody wanted it."""
    latest = time.monotonic() + 2 * scale.LEASE.total_seconds()
    while time.monotonic() < latest:
        time.sleep(0.01)
        with reading() as session:
            if session.get_one(Batch, parcel.batch_id).lease != parcel.lease:
                return


def _on_the_wire(send: Callable[..., Any]) -> Callable[..., Any]:
    async def trace(what: str, _: object) -> None:
        if step := ON_THE_WIRE.get(what):
            passing(step)

    @functools.wraps(send)
    async def watched(self: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
        request.extensions["trace"] = trace
        return await send(self, request)

    return watched
