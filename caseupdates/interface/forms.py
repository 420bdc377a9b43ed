"""What the fields of a form held when it was sent. A browser may send anything; what is asked for comes out."""

from collections.abc import Awaitable
from enum import StrEnum
from typing import TypeVar

from caseupdates.interface.access import whole_number, words
from caseupdates.refusals import Invalid, NotFound, NotPermitted, NotSignedIn, Refusal

W = TypeVar("W", bound=StrEnum)


def text(form: object, name: str, *, at_most: int = 1_000) -> str:
    """A field's text without blanks around it; empty where the form has no such field."""
    return words(_value(form, name) or "", at_most=at_most).strip()


def is_ticked(form: object, name: str) -> bool:
    """A box that is not ticked is not sent."""
    return _value(form, name) not in (None, "", False)  # a browser may send what has no hash


def ticked(form: object, prefix: str) -> list[int]:
    """The ids of the ticked boxes named `<prefix>-<id>`."""
    names = [each for each in form if isinstance(each, str)] if isinstance(form, dict) else []
    return [whole_number(each.removeprefix(f"{prefix}-")) for each in names if each.startswith(f"{prefix}-")]


def number(form: object, name: str) -> int:
    """The id of what a select chose; 0 where nothing is chosen."""
    chosen = text(form, name, at_most=20)
    return whole_number(chosen) if chosen else 0


def word(form: object, name: str, words: type[W]) -> W:
    """One of these words; raise Invalid for any other."""
    try:
        return words(text(form, name, at_most=100))
    except ValueError:
        raise Invalid("Please choose one of the list.") from None


def is_word(value: object, words: type[W]) -> W:
    """One of these words out of an argument; what is none does not exist."""
    try:
        return words(str(value))
    except ValueError:
        raise NotFound from None


async def refusal_of(work: Awaitable[object]) -> str:
    """The sentence to stand beside the button; empty where the work was done. Who may not at all is told otherwise."""
    try:
        await work
    except (NotSignedIn, NotPermitted):
        raise
    except Refusal as refusal:
        return str(refusal)
    return ""


def _value(form: object, name: str) -> object:
    return form.get(name) if isinstance(form, dict) else None
