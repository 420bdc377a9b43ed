"""Who may call a route, and how a route answers: a form `{"go": path}` or `{"refused": sentence}`, a reader with a page."""

import functools
from collections.abc import Awaitable, Callable
from urllib.parse import quote

from reflex_base.config import get_config
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from caseupdates import database
from caseupdates.history import record
from caseupdates.interface import pages
from caseupdates.interface.access import SESSION_COOKIE
from caseupdates.people import sessions
from caseupdates.people.firm import firm
from caseupdates.refusals import NotSignedIn, Refusal, TooMany
from caseupdates.settings import settings

Endpoint = Callable[[Request], Awaitable[Response]]


def anyone(endpoint: Endpoint) -> Endpoint:
    """Open to the world; a refusal is answered with its status and sentence."""
    return _guarded(endpoint, "anyone")


def signed_in(endpoint: Endpoint) -> Endpoint:
    """Open to whoever holds a live session, left in `request.state.person`."""

    async def checked(request: Request) -> Response:
        token = request.cookies.get(SESSION_COOKIE, "")
        request.state.person = await database.read(sessions.person_of, token)
        return await endpoint(request)

    return _guarded(functools.wraps(endpoint)(checked), "signed in")


def mail_provider(endpoint: Endpoint) -> Endpoint:
    """Open to the mail provider, which has no session and no page of ours: the endpoint checks its signature."""
    return _guarded(endpoint, "mail provider")


def go(path: str) -> JSONResponse:
    """Where the browser goes next, with a full page load so that the socket learns the new cookie."""
    return JSONResponse({"go": path})


def local_path(path: str | None) -> str:
    """A path of ours to go to after signing in; anything that could lead elsewhere becomes the first page."""
    leads_elsewhere = not path or not path.startswith("/") or path[1:2] in {"/", "\\"} or not path.isprintable()
    return "/cases" if leads_elsewhere or not path else path


def keep_session(response: Response, token: str) -> None:
    response.set_cookie(
        SESSION_COOKIE, token, max_age=int(sessions.LIFE.total_seconds()), httponly=True, samesite="lax",
        secure=settings().is_secure, path="/",
    )  # fmt: skip


def drop_session(response: Response) -> None:
    response.delete_cookie(SESSION_COOKIE, httponly=True, samesite="lax", secure=settings().is_secure, path="/")


def network(request: Request) -> str:
    """Where a request comes from, for limits and the list of sessions; the proxies that are trusted are believed."""
    hops = get_config().trusted_proxy_hops
    forwarded = [each.strip() for each in request.headers.get("x-forwarded-for", "").split(",")]
    if 0 < hops <= len(forwarded) and forwarded[-hops]:
        return forwarded[-hops]
    return request.client.host if request.client else ""


async def _page(request: Request, refusal: Refusal) -> Response:
    """What somebody reads who followed a link: the sign-in page, or why not and whom to ask."""
    if isinstance(refusal, NotSignedIn):
        return RedirectResponse(f"/sign-in?next={quote(request.url.path)}", status_code=303)
    return pages.plain(str(refusal).rstrip("."), await database.read(firm), status=refusal.status)


def _guarded(endpoint: Endpoint, access: str) -> Endpoint:
    @functools.wraps(endpoint)
    async def guarded(request: Request) -> Response:
        record.network.set(network(request))
        try:
            return await endpoint(request)
        except Refusal as refusal:
            if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
                return await _page(request, refusal)
            answer = JSONResponse({"refused": str(refusal)}, status_code=refusal.status)
            if isinstance(refusal, TooMany):
                answer.headers["retry-after"] = str(refusal.seconds)
            return answer

    guarded._access = access  # type: ignore[attr-defined]
    return guarded
