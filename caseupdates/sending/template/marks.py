"""Marks: stand in the text for the values until it has been read as Markdown, so that no value is ever read as any.

A mark is small letters and digits only, which Markdown, HTML and addresses leave as they are. Its beginning is random
and new with each start of the process: nobody can write one.
"""

import re
import secrets
import time
from collections.abc import Callable

from jinja2.runtime import Context
from jinja2.utils import pass_context

from caseupdates.sending.template.problems import TemplateTooLarge, TemplateTooSlow
from caseupdates.sending.template.variables import Block

LARGEST = 1_000_000  # characters that a template may add to what its values have anyway
LONGEST = 0.05  # seconds of computing, not of waiting: a busy machine refuses nobody
LINE, BLOCK = "v", "b"
WITHIN, BOX = "a", "k"  # what becomes of them: inside an attribute; a block alone in its paragraph
MARK = f"x{secrets.token_hex(8)}"
_INLINE = re.compile(rf"{MARK}([{LINE}{BLOCK}{WITHIN}])(\d+)z")


class Marks:
    """The values of one rendering, in the order they came out; raises TemplateTooLarge and TemplateTooSlow."""

    def __init__(self, within: float = LONGEST) -> None:
        self.values: list[str] = []
        self._added = 0
        self._ends = time.thread_time() + within

    def put(self, value: str) -> str:
        """The mark for a value. A block that is empty leaves nothing, so that its paragraph goes with it."""
        if not isinstance(value, Block):
            return self._mark(LINE, value, len(value))
        once_more = any(value is each for each in self.values)  # standing there once is not the template's doing
        return self._mark(BLOCK, value, len(value.html) if once_more else 0) if value else ""

    def indices(self, block: Block) -> list[int]:
        """Where among the values this block came out."""
        return [index for index, value in enumerate(self.values) if value is block]

    def replaced(self, text: str, by: Callable[[str, str], str]) -> str:
        """The text with each mark but boxes replaced by what `by` makes of its kind and value."""
        return _INLINE.sub(lambda found: by(found[1], self.values[int(found[2])]), text)

    def check_time(self) -> None:
        if time.thread_time() > self._ends:
            raise TemplateTooSlow

    def _mark(self, kind: str, value: str, size: int) -> str:
        self._added += size
        if self._added > LARGEST:
            raise TemplateTooLarge
        self.check_time()
        self.values.append(value)
        return mark(kind, len(self.values) - 1)


def mark(kind: str, index: int) -> str:
    """The mark of a kind for the value at this index."""
    return f"{MARK}{kind}{index}z"


@pass_context
def outgoing(context: Context, value: str) -> str:
    """Jinja hands over each value that it would write."""
    marks: Marks = context["marks"]
    return marks.put(value)
