"""Names that things are known by: one line, and no two alike."""

import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from caseupdates.refusals import Invalid, Refusal

LENGTH = 100  # characters


class Taken(Invalid):
    """Somebody has given this name already, in whatever case and with whatever blanks."""

    status = 409

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return f"There is a “{self.name}” already. Choose another name."


def free(given: str, others: Iterable[tuple[int, str]], *, but: int = 0) -> str:
    """The name on one line; raise Invalid for none or a long one, Taken where another of these (id, name) has it.

    `but` is the id of what is being renamed.
    """
    name = " ".join(_without_control(given).split())
    if not _key(name):
        raise Invalid("Please give it a name.")
    if len(name) > LENGTH:
        raise Invalid(f"A name has at most {LENGTH} characters.")
    for number, other in others:
        if number != but and _key(other) == _key(name):
            raise Taken(other)
    return name


@contextmanager
def or_refuse(session: Session, refusal: Refusal) -> Iterator[None]:
    """Write what the block changes now. Where a rule of the database forbids it (somebody was quicker), raise this."""
    try:
        with session.begin_nested():
            yield
    except IntegrityError:
        raise refusal from None


def listed(words: Iterable[str], *, at_most: int = 99) -> str:
    """ "a", "a and b", "a, b and 3 others"."""
    named = list(words)
    shown, more = named[:at_most], len(named) - at_most
    if more > 0:
        shown.append(f"{more} other{'s' if more > 1 else ''}")
    *first, last = shown or [""]
    return f"{', '.join(first)} and {last}" if first else last


def _key(name: str) -> str:
    """What two names have in common that a reader cannot tell apart."""
    visible = "".join(letter for letter in unicodedata.normalize("NFKC", name) if letter.isprintable())
    return " ".join(visible.split()).casefold()


def _without_control(text: str) -> str:
    return "".join(letter for letter in text if letter.isspace() or unicodedata.category(letter) != "Cc")
