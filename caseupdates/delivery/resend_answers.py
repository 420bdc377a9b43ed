"""What Resend's answers mean for a parcel; its errors are listed at resend.com/docs/api-reference/errors."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
from resend.exceptions import ResendError

from caseupdates import clock
from caseupdates.delivery.events import Kind, moment
from caseupdates.delivery.fates import Fate, Untold
from caseupdates.delivery.mail import one_line
from caseupdates.delivery.models import Pause
from caseupdates.delivery.outcomes import WAITING, Accepted, Outcome, Parked, Paused, Refused, TryAgain, Unknown
from caseupdates.delivery.parcels import Limits
from caseupdates.delivery.reasons import LONGEST

UNTIL_SOMEBODY_MENDS_IT = timedelta(minutes=15)
A_MOMENT = timedelta(seconds=1)  # the window in which Resend counts requests
DAY, MONTH = timedelta(days=1), timedelta(days=31)
NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.InvalidURL)
WRONG_MAIL = {400, 413, 422, 451}
WRONG_ACCOUNT = {401, 403}
OPENINGS = {"email.opened", "email.clicked"}

OUT_OF_REACH = f"{WAITING}: it cannot be reached."
NO_CLEAR_ANSWER = f"{WAITING}: it gave no clear answer."
BUSY = f"{WAITING}: its limit is reached."
KEY_USED = "The mail provider knows another mail under this key. This one was not sent."
TODAY = f"{WAITING}: the account's mails for today are used up."
THIS_MONTH = f"{WAITING}: the account's mails for this month are used up."


def outcomes_of(sent: Mapping[str, Any], count: int) -> Sequence[Outcome] | Outcome:
    """What a batch brought each of its mails: those with an error are told by their place, the others in order."""
    errors = {int(each["index"]): str(each["message"]) for each in sent.get("errors") or []}
    accepted = iter([str(each["id"]) for each in sent["data"]])
    if len(sent["data"]) + len(errors) != count or not errors.keys() <= set(range(count)):
        return Unknown(NO_CLEAR_ANSWER)
    return [_refused(errors[place]) if place in errors else Accepted(next(accepted)) for place in range(count)]


def meaning(error: ResendError) -> Outcome:
    """Refused only where Resend itself says so; unknown wherever the mail may have been taken."""
    status = int(error.code)
    if status >= 500:
        return _no_answer(error)
    if error.error_type == "application_error":
        return TryAgain(f"{WAITING}: something between us and it answered {status}.", UNTIL_SOMEBODY_MENDS_IT)
    if status in WRONG_MAIL:
        return _refused(error.message)
    if status in WRONG_ACCOUNT:
        why = f"{WAITING}: it does not accept this account. {_its_words(error.message)}"
        return Paused(why, UNTIL_SOMEBODY_MENDS_IT, Pause.ACCOUNT)
    if error.error_type == "invalid_idempotent_request":
        return Parked(KEY_USED)
    return _not_now(error, status)


def fate_of(mail: Mapping[str, Any]) -> Fate:
    """resend.com/docs/dashboard/emails/introduction lists the last events; who opened it had it delivered."""
    last = f"email.{mail.get('last_event')}"
    kind = Kind.DELIVERED if last in OPENINGS else next((kind for kind in Kind if kind == last), None)
    return Fate(kind, moment(mail.get("created_at")))


def why_untold(error: ResendError) -> Untold:
    if error.error_type == "restricted_api_key":
        return Untold.NOT_ALLOWED
    return Untold.NO_SUCH_MAIL if int(error.code) in {404, 422} else Untold.NOT_NOW


def limits_of(headers: Mapping[str, str]) -> Limits:
    """What the headers say of the account; resend.com/docs/api-reference/rate-limit."""
    given = {name.lower(): value for name, value in headers.items()}
    limit, remaining = _number(given.get("ratelimit-limit")), _number(given.get("ratelimit-remaining"))
    return Limits(limit, remaining, _clock_off(given.get("date", "")))


def _no_answer(error: ResendError) -> Outcome:
    # The SDK wraps every network error in the same 500; what it wrapped tells whether the request left.
    if isinstance(error.__context__, NEVER_LEFT):
        return TryAgain(OUT_OF_REACH)
    return Unknown(NO_CLEAR_ANSWER, _retry_after(error))


def _not_now(error: ResendError, status: int) -> Outcome:
    if error.error_type == "daily_quota_exceeded":
        return Paused(TODAY, _retry_after(error, DAY) or _until_tomorrow(), Pause.QUOTA)
    if error.error_type == "monthly_quota_exceeded":
        return Paused(THIS_MONTH, _retry_after(error, MONTH) or _until_next_month(), Pause.QUOTA)
    if status == 429:
        return Paused(BUSY, _retry_after(error, DAY) or A_MOMENT, Pause.LIMIT)
    if error.error_type == "concurrent_idempotent_requests":
        return Unknown(NO_CLEAR_ANSWER, _retry_after(error))
    return TryAgain(f"{WAITING}: it answered {status}. {_its_words(error.message)}", UNTIL_SOMEBODY_MENDS_IT)


def _refused(words: str) -> Refused:
    return Refused(f"The mail provider refused this mail: {_its_words(words)}")


def _retry_after(error: ResendError, most: timedelta = DAY) -> timedelta | None:
    """Resend gives whole seconds; anything else is not understood, and no limit lasts longer than `most`."""
    given = {name.lower(): value for name, value in error.headers.items()}.get("retry-after")
    seconds = _number(given)
    return None if seconds is None else min(most, timedelta(seconds=seconds))


def _until_tomorrow() -> timedelta:
    now = clock.now()
    return _midnight(now + timedelta(days=1)) - now


def _until_next_month() -> timedelta:
    now = clock.now()
    return _midnight(now.replace(day=28) + timedelta(days=4)).replace(day=1) - now


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def _clock_off(date: str) -> timedelta | None:
    try:
        theirs = parsedate_to_datetime(date)
        return clock.now() - (theirs if theirs.tzinfo else theirs.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _number(given: str | None) -> int | None:
    """A number that PostgreSQL's integer holds: an answer that cannot be recorded would be asked for again for a day."""
    return int(given) if given and given.isascii() and given.isdigit() and len(given) < 10 else None


def _its_words(message: str) -> str:
    return one_line(message)[:LONGEST]
