"""What Resend's answers mean for a message; its errors are listed at resend.com/docs/api-reference/errors."""

from datetime import timedelta

import httpx
from resend.exceptions import ResendError

from caseupdates.delivery.mail import one_line
from caseupdates.delivery.outcomes import WAITING, Outcome, Parked, Refused, TryAgain, Unknown

UNTIL_SOMEBODY_MENDS_IT = timedelta(minutes=15)
NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.InvalidURL)
LONGEST_SENTENCE = 300  # characters; it stands in a list of recipients
WRONG_MAIL = {400, 413, 422, 451}
WRONG_ACCOUNT = {401, 403}

OUT_OF_REACH = f"{WAITING}: it cannot be reached."
NO_CLEAR_ANSWER = f"{WAITING}: it gave no clear answer."
BUSY = f"{WAITING}: its limit is reached."
KEY_USED = "The mail provider knows another mail under this key. This one was not sent."
QUOTAS = {
    "daily_quota_exceeded": f"{WAITING}: the account's mails for today are used up.",
    "monthly_quota_exceeded": f"{WAITING}: the account's mails for this month are used up.",
}


def meaning(error: ResendError) -> Outcome:
    """Refused only where Resend itself says so; unknown wherever the mail may have been taken."""
    status = int(error.code)
    if status >= 500:
        return _no_answer(error)
    if error.error_type == "application_error":
        return TryAgain(f"{WAITING}: something between us and it answered {status}.", UNTIL_SOMEBODY_MENDS_IT)
    if status in WRONG_MAIL:
        return Refused(f"The mail provider refused this mail: {_its_words(error)}")
    if status in WRONG_ACCOUNT:
        return TryAgain(f"{WAITING}: it does not accept this account. {_its_words(error)}", UNTIL_SOMEBODY_MENDS_IT)
    if error.error_type == "invalid_idempotent_request":
        return Parked(KEY_USED)
    return _not_now(error, status)


def _no_answer(error: ResendError) -> Outcome:
    # The SDK wraps every network error in the same 500; what it wrapped tells whether the request left.
    if isinstance(error.__context__, NEVER_LEFT):
        return TryAgain(OUT_OF_REACH)
    return Unknown(NO_CLEAR_ANSWER, _retry_after(error))


def _not_now(error: ResendError, status: int) -> Outcome:
    if status == 429:
        return TryAgain(QUOTAS.get(error.error_type, BUSY), _retry_after(error))
    if error.error_type == "concurrent_idempotent_requests":
        return Unknown(NO_CLEAR_ANSWER, _retry_after(error))
    return TryAgain(f"{WAITING}: it answered {status}. {_its_words(error)}", UNTIL_SOMEBODY_MENDS_IT)


def _retry_after(error: ResendError) -> timedelta | None:
    """Resend gives whole seconds; anything else is not understood."""
    given = {name.lower(): value for name, value in error.headers.items()}.get("retry-after", "")
    return timedelta(seconds=int(given)) if given.isascii() and given.isdigit() and len(given) < 7 else None


def _its_words(error: ResendError) -> str:
    return one_line(error.message)[:LONGEST_SENTENCE]
