"""The visitor cookie: random, in no script's reach, gone with the browser. By itself it opens nothing."""

from starlette.requests import Request
from starlette.responses import Response

from caseupdates import tokens
from caseupdates.interface.routing import network
from caseupdates.links.visitors import Visitor, visitor
from caseupdates.settings import settings

VISITOR_COOKIE = "__Host-visitor" if settings().is_secure else "visitor"


def of_request(request: Request) -> Visitor:
    """The visitor who makes this request."""
    return visitor(
        request.cookies.get(VISITOR_COOKIE, ""), network=network(request), browser=request.headers.get("user-agent", "")
    )


def welcome(request: Request, response: Response) -> Response:
    """Give a browser that has none its visitor cookie, for as long as it is open."""
    if not request.cookies.get(VISITOR_COOKIE):
        response.set_cookie(
            VISITOR_COOKIE, tokens.new(), httponly=True, samesite="lax", secure=settings().is_secure, path="/"
        )
    return response
