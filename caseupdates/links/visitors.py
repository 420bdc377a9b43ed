"""A visitor: the browser at the gate, known by a random cookie that no script can read."""

from typing import NamedTuple

from caseupdates import tokens


class Visitor(NamedTuple):
    """Who asks: the hash of the visitor cookie, and what evidence keeps of where they come from."""

    cookie_hash: str
    network: str = ""
    browser: str = ""


def visitor(cookie: str, *, network: str = "", browser: str = "") -> Visitor:
    """The visitor with this cookie; an empty one is nobody's, and has no visits."""
    return Visitor(tokens.digest(cookie), network, browser[:200])
