"""The HTTP doors of the logo: put it there, and see it."""

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from caseupdates import database
from caseupdates.files.logo import keeping
from caseupdates.interface.access import SESSION_COOKIE
from caseupdates.interface.ranges import is_current
from caseupdates.interface.routing import anyone, signed_in
from caseupdates.interface.serving import POLICIES
from caseupdates.interface.uploads import chunks, length
from caseupdates.people import sessions

KEPT = "public, max-age=31536000, immutable"  # at an address that changes with the content


@signed_in
async def put(request: Request) -> Response:
    """PUT a picture's bytes: from then on it is the firm's logo. Whoever does not manage settings sends none."""
    token, size = request.cookies.get(SESSION_COOKIE, ""), length(request, "content-length")
    await database.read(_may_put, token, size)
    content = b"".join([chunk async for chunk in chunks(request, size or 0)])
    await database.write(_keep, token, content)
    return JSONResponse({"kept": True})


@signed_in
async def may_put(request: Request) -> Response:
    """POST the size alone, in `x-file-size`: may this upload begin? A refusal in the middle of a large body can get lost."""
    await database.read(_may_put, request.cookies.get(SESSION_COOKIE, ""), length(request, "x-file-size"))
    return JSONResponse({"may": True})


@anyone
async def see(request: Request) -> Response:
    """GET the logo. With the content's hash in `?v=` a browser may keep it for good."""
    found = await database.read(keeping.logo)
    etag, asked = f'"{found.sha256}"', request.query_params.get("v", "")
    headers = {
        "etag": etag,
        "cache-control": KEPT if asked == found.sha256[:16] else "no-cache",
        "content-security-policy": POLICIES["kept"],
    }
    if is_current(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers=headers)
    return Response(found.content, media_type=found.media_type, headers=headers)


def _may_put(session: Session, token: str, size: int | None) -> None:
    keeping.require_logo(session, size, by=sessions.person_of(session, token))


def _keep(session: Session, token: str, content: bytes) -> None:
    keeping.keep_logo(session, content, by=sessions.person_of(session, token))


routes = [
    Route("/settings/logo", put, methods=["PUT"]),
    Route("/settings/logo", may_put, methods=["POST"]),
    Route("/logo", see, methods=["GET"]),
]
