"""Byte ranges: which part of a file a request asks for (RFC 9110, 13 and 14)."""

import re
from typing import NamedTuple

_ONE = re.compile(r"bytes=[ \t]*(\d{0,19})-(\d{0,19})[ \t]*$", re.ASCII)  # more digits are no offset in any file


class Part(NamedTuple):
    """Bytes `first` to `until`, exclusive."""

    first: int
    until: int


class Unsatisfiable(Exception):
    """No byte of the file is in the range: 416."""


def part(range_header: str | None, if_range: str | None, *, size: int, etag: str) -> Part | None:
    """The one part asked for, or None for the whole file; raise Unsatisfiable.

    What is no single range, or is asked of another content (If-Range), is answered with the whole, as 14.2 allows.
    """
    found = _ONE.match(range_header or "")
    if not found or not any(found.groups()) or (if_range is not None and if_range.strip() != etag):
        return None
    first, last = found.groups()
    if not first:
        length = min(int(last), size)
        begin, until = size - length, size
    else:
        begin, until = int(first), min(int(last) + 1, size) if last else size
        if last and int(last) < int(first):
            return None
    if begin >= size or begin >= until:
        raise Unsatisfiable
    return Part(begin, until)


def is_current(if_none_match: str | None, etag: str) -> bool:
    """Does the browser have this content already? (13.1.2, weak comparison)"""
    held = {each.strip().removeprefix("W/") for each in (if_none_match or "").split(",")}
    return etag in held or "*" in held
