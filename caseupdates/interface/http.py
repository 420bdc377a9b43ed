"""HTTP around the app: our routes first, and what holds for every request and answer."""

from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from caseupdates.delivery.routes import routes as delivery
from caseupdates.files.logo.routes import routes as logo
from caseupdates.files.routes import routes as files
from caseupdates.history.routes import routes as history
from caseupdates.interface.policy import BUILD, content_security_policy
from caseupdates.links.routes import routes as links
from caseupdates.people.routes import routes as people
from caseupdates.settings import settings

ROUTES = [*people, *files, *logo, *history, *links, *delivery]
SAFE = {"GET", "HEAD", "OPTIONS"}
PROBES = {"/ping", "/_health"}  # asked by address, without our name
SIGNED = {route.path for route in delivery}  # asked by no browser: a signature stands in for the Origin

HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "x-robots-tag": "noindex, nofollow",
}


def routes() -> Starlette:
    """The routes that are not Reflex's; Reflex mounts itself behind them."""
    return Starlette(routes=ROUTES)


class OwnOriginOnly:
    """Refuse a foreign Origin on the socket and on every request that could change something, and any Host but ours."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in {"http", "websocket"} and (why := _foreign(scope)):
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 4403, "reason": why})
            else:
                await PlainTextResponse(why, status_code=403)(scope, receive, send)
            return
        await self.app(scope, receive, send)


class OwnAddress:
    """Serve a page at the address it has: static files would redirect /cases to /cases/, to plain http behind a proxy."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.pages = {f"/{page.parent.relative_to(BUILD)}" for page in BUILD.glob("**/index.html")} - {"/."}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] in SAFE and scope["path"] in self.pages:
            scope = {**scope, "path": f"{scope['path']}/"}
        await self.app(scope, receive, send)


class SecureAnswers:
    """Put the security headers on every answer; pages and data are never kept by a cache."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                for name, value in {**HEADERS, "content-security-policy": content_security_policy()}.items():
                    headers.setdefault(name, value)  # a file's own are stricter
                if settings().is_secure:
                    headers["strict-transport-security"] = "max-age=31536000"
                immutable = scope["path"].startswith("/assets/") and message["status"] == 200  # named by content
                if immutable or "cache-control" not in headers:
                    headers["cache-control"] = "public, max-age=31536000, immutable" if immutable else "no-store"
                message["headers"] = headers.raw
            await send(message)

        await self.app(scope, receive, secured if scope["type"] == "http" else send)


def _foreign(scope: Scope) -> str:
    """Why this request is not ours; empty when it is."""
    headers, here = Headers(scope=scope), settings()
    if scope["path"] not in PROBES and headers.get("host") != here.host:
        return f"This is {here.base_url}. Please open it by that address."
    changes = scope["type"] == "websocket" or scope["method"] not in SAFE
    origin = headers.get("origin")
    # A socket's handshake always names its origin; a POST may leave it out only together with Sec-Fetch-Site.
    is_signed = scope["type"] == "http" and scope["path"] in SIGNED
    if origin is None and changes and (is_signed or headers.get("sec-fetch-site") == "same-origin"):
        return ""
    if (changes or origin is not None) and origin != here.base_url:
        return "This request comes from another site and was refused."
    return ""
