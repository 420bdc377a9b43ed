"""What an operator asks of the provider: whether it knows us, and to be tried again now."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from email.utils import parseaddr

from resend.exceptions import ResendError
from sqlmodel import Session

from caseupdates import bell, clock
from caseupdates.database import write
from caseupdates.delivery import pace, turns
from caseupdates.delivery.fates import Untold
from caseupdates.delivery.models import Pause
from caseupdates.delivery.outcomes import Paused
from caseupdates.delivery.parcels import Limits
from caseupdates.delivery.resend_answers import limits_of, meaning, why_untold
from caseupdates.delivery.resend_mailer import ResendMailer
from caseupdates.history.models import Area
from caseupdates.history.record import record
from caseupdates.people.access import require_settings
from caseupdates.people.models import Person
from caseupdates.refusals import Refusal
from caseupdates.settings import Settings

LONGEST = 15  # seconds that somebody waits for an answer
NOT_FOUND = "not found"
RESTRICTED = "restricted"  # the key may send and look at nothing
KEY_REFUSED = "key refused"
Domains = Sequence[tuple[str, str]]  # name and status


class NoAnswer(Refusal):
    status = 502

    def __str__(self) -> str:
        return "The mail provider did not answer. Look whether this machine reaches the internet, then check again."


class NoKey(Refusal):
    status = 409

    def __str__(self) -> str:
        return "There is no mail provider to ask: RESEND_API_KEY is not set."


async def check(settings: Settings) -> str:
    """Ask the provider for the domain mail is sent from, in the queue's turn; what it says, which is kept.

    Raise NoKey, or NoAnswer within LONGEST seconds.
    """
    if settings.resend_api_key is None:
        raise NoKey
    try:
        async with asyncio.timeout(LONGEST):
            await _wait_for_a_turn()
            async with ResendMailer(settings.resend_api_key, api_url=settings.resend_api_url) as resend:
                status, limits = await _ask(resend, domain_of(settings.mail_from))
    except TimeoutError:
        raise NoAnswer from None
    await write(_keep, status, limits)
    return status


def domain_of(address: str) -> str:
    """The domain of an address as it stands in `From`, "Firm <updates@firm.example>"."""
    return parseaddr(address)[1].rpartition("@")[2].lower()


def try_now(session: Session, *, by: Person) -> None:
    """Let the queue go on, whatever it waits for; raise NotPermitted."""
    require_settings(by)
    account = pace.provider(session, lock=True)
    if account.pause is not None:
        pace.resume(session, account)
        record(session, Area.SENDING, "mail queue tried again", by=by)


async def _wait_for_a_turn() -> None:
    opens_at = await write(_take_turn)
    while opens_at:
        await asyncio.sleep(max(0.0, (opens_at - clock.now()).total_seconds()))
        opens_at = await write(_take_turn)


def _take_turn(session: Session) -> datetime | None:
    """Take the next request's turn, or say when it comes. A queue that waits for a person or a day may be asked about."""
    account = pace.provider(session, lock=True)
    busy_until = account.paused_until if account.pause is Pause.LIMIT else None
    opens_at = max((each for each in (turns.comes_at(account), busy_until) if each), default=None)
    if opens_at and opens_at > clock.now():
        return opens_at
    # Not at the end of a pause, which mail would then wait for in any case.
    turns.take(session, account, at=clock.now())
    return None


async def _ask(resend: ResendMailer, domain: str) -> tuple[str, Limits]:
    try:
        found, limits = await resend.domains()
    except ResendError as error:
        return _refusal(error), limits_of(error.headers or {})
    except (KeyError, TypeError):  # not Resend's words: something between us and it answered
        raise NoAnswer from None
    return dict(found).get(domain, NOT_FOUND), limits


def _refusal(error: ResendError) -> str:
    if why_untold(error) is Untold.NOT_ALLOWED:
        return RESTRICTED
    match meaning(error):
        case Paused(pause=Pause.ACCOUNT):
            return KEY_REFUSED
    raise NoAnswer


def _keep(session: Session, status: str, limits: Limits) -> None:
    account, now = pace.provider(session, lock=True), clock.now()
    account.domain_status, account.domain_checked_at, account.answered_at = status, now, now
    if limits.clock_off is not None:
        account.clock_off = limits.clock_off.total_seconds()
    session.add(account)
    bell.ring(session, bell.SETTINGS)
