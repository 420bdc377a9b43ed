"""Who may call a handler or a route. One that declares nothing fails the build (tests/test_surface.py).

The decorators stand below `@rx.event`, and below nothing on a route. A refusal becomes a sentence on the page;
somebody not signed in is taken to the sign-in page.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Awaitable, Callable
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import reflex as rx

from caseupdates.history.record import network
from caseupdates.people.models import Permission
from caseupdates.refusals import Invalid, NotFound, NotPermitted, NotSignedIn, Refusal
from caseupdates.settings import settings

if TYPE_CHECKING:
    from caseupdates.interface.state import Frame

SESSION_COOKIE = "__Host-session" if settings().is_secure else "session"
LARGEST_ID = 2**31 - 1  # PostgreSQL's integer
UNSTORABLE = re.compile("[\0\ud800-\udfff]")  # PostgreSQL stores no NUL; half a surrogate pair has no UTF-8
Handler = Callable[..., Awaitable[Any]]


def anyone(handler: Handler) -> Handler:
    """Open to the world, signed in or not."""
    return _guarded(handler, "anyone", _nothing)


def signed_in(handler: Handler) -> Handler:
    """Open to whoever holds a live session; what they then see starts from them."""
    return _guarded(handler, "signed in", lambda state: state._ask())


def permitted(permission: Permission) -> Callable[[Handler], Handler]:
    """Open to those whose role carries the permission; the domain asks again, for the case at hand."""
    return lambda handler: _guarded(handler, str(permission), lambda state: state._ask(permission))


def on_this_machine(handler: Handler) -> Handler:
    """Open only while the product is for this machine alone."""
    return _guarded(handler, "on this machine", _local)


def declared(handler: Any) -> str | None:
    """What a handler or route declared, None where it did not."""
    return getattr(handler, "_access", None)


def cookie(header: str, name: str) -> str:
    """One cookie's value out of a `Cookie` header; empty where there is none."""
    try:
        morsel = SimpleCookie(header).get(name)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


def whole_number(value: object) -> int:
    """What a browser sent as an id; anything but a whole number does not exist."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST_ID:
        return value
    if isinstance(value, str) and value.isdecimal() and len(value) < 19 and int(value) <= LARGEST_ID:
        return int(value)
    raise NotFound


def words(value: object, *, at_most: int = 100_000) -> str:
    """What a browser sent as text, bounded, without what no database can store."""
    if not isinstance(value, str):
        raise Invalid("Please type text.")
    return UNSTORABLE.sub("", value[:at_most])


def _guarded(handler: Handler, access: str, check: Callable[[Frame], Awaitable[None]]) -> Handler:
    @functools.wraps(handler)
    async def guarded(state: Frame, *args: Any, **kwargs: Any) -> Any:
        network.set(state.router.session.client_ip)
        try:
            await check(state)
            return await handler(state, *args, **kwargs)
        except NotSignedIn:
            return rx.redirect(f"/sign-in?next={quote(state.router.url.path or '/')}")
        except Refusal as refusal:
            await state._say(str(refusal), is_refusal=True)

    guarded._access = access  # type: ignore[attr-defined]
    return guarded


async def _nothing(state: Frame) -> None: ...


async def _local(state: Frame) -> None:
    if not settings().is_local:
        raise NotPermitted
