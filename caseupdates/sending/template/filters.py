"""The filters of a template; each makes one line of text of another."""

from collections.abc import Callable

from caseupdates.delivery.mail import shortened

SHORTEST, LONGEST = 1, 1_000  # characters that truncate may be asked for


def default(text: str, instead: str) -> str:
    """Another text where there is none."""
    return text or instead


FILTERS: dict[str, Callable[..., str]] = {
    "upper": str.upper, "lower": str.lower, "capitalize": str.capitalize, "trim": str.strip, "default": default, "truncate": shortened,
}  # fmt: skip
TAKES: dict[str, type] = {"default": str, "truncate": int}  # the one argument of those that have one
EXAMPLES = {"default": 'default("none")', "truncate": "truncate(40)"}
