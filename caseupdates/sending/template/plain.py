"""The plain-text twin: the text as it was written, with plain values."""

import re
from collections.abc import Sequence

from caseupdates.sending.template.marks import BLOCK, MARK, Marks
from caseupdates.sending.template.paper import OWN_LINE
from caseupdates.sending.template.variables import Block

_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")
_ADDRESS = re.compile(rf"(?<=\]\(){MARK}{BLOCK}(\d+)z")


def text(source: str, marks: Marks) -> str:
    """Without heading signs and doubled blank lines; a block on a line of its own says all it has to say."""

    def whole(found: re.Match[str]) -> str:
        value = marks.values[int(found[2])]
        return value.text if isinstance(value, Block) else value

    def address(found: re.Match[str]) -> str:
        value = marks.values[int(found[1])]
        return value.address or value if isinstance(value, Block) else value

    bare = _BLANK_LINES.sub("\n\n", OWN_LINE.sub(r"\n\1\n", _HEADING.sub("", source)))
    return marks.replaced(_ADDRESS.sub(address, OWN_LINE.sub(whole, bare.strip())), lambda _, value: value)


def with_above(source: str, added: Sequence[str], bodies: Sequence[str]) -> str:
    """These marks on lines of their own above the line with one of the bodies' marks, or on top."""
    lines = source.split("\n")
    at = next((index for index, line in enumerate(lines) if any(each in line for each in bodies)), 0)
    return "\n".join([*lines[:at], *added, *lines[at:]])
