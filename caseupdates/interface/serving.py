"""A file as an answer: byte ranges, conditions, names in any script, and nothing in it that could run.

Whoever serves it may be told how far it went: evidence counts only what was handed over.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from io import FileIO
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from caseupdates import database
from caseupdates.files.kinds import OTHER, is_inline
from caseupdates.files.names import disposition
from caseupdates.interface import log
from caseupdates.interface.ranges import Part, Unsatisfiable, is_current, part
from caseupdates.interface.streaming import stream
from caseupdates.refusals import Refusal

PDF = "application/pdf"
NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'"
POLICIES = {
    # Nothing runs in what is kept. A sound or video in a window of its own is played by a page the browser makes,
    # which needs our origin for its requests; without scripts it can do nothing with it. A PDF is drawn by a viewer that
    # Safari starts only where scripts may run: there they may, in an origin of nobody's. It may stand in our own page.
    "kept": f"{NOTHING}; frame-ancestors 'none'; sandbox",
    "shown": f"{NOTHING}; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox allow-same-origin",
    "pdf": f"{NOTHING}; frame-ancestors 'self'; sandbox allow-scripts",
}


@dataclass(frozen=True)
class Handed:
    """Bytes `first` to `until` (exclusive) went out, to be kept or to be shown."""

    first: int
    until: int
    is_download: bool


Still = Callable[[], Awaitable[bool]]  # may it go on? Asked again and again while a large file goes out
Note = Callable[[Handed], Coroutine[Any, Any, None]]


def asked_again(verb: Callable[..., Any], *args: Any, **kwargs: Any) -> Still:
    """May it go on? Yes while this verb, which only looks, does not refuse; a database away for a moment refuses nobody."""

    async def still() -> bool:
        try:
            await database.read(verb, *args, **kwargs)
        except Refusal:
            return False
        except SQLAlchemyError as error:
            log.note(error)
        return True

    return still


class FileAnswer(Response):
    """An open file's content, under its name; `?download` in the address, or a type that is never shown, is to be kept."""

    def __init__(
        self,
        request: Request,
        file: FileIO,
        name: str,
        media_type: str,
        size: int,
        sha256: str,
        *,
        still: Still,
        note: Note | None = None,
    ) -> None:
        self._file, self._size, self._still, self._note = file, size, still, note
        self._is_head = request.method == "HEAD"
        self._is_download = "download" in request.query_params or not is_inline(media_type)
        self.background = None
        etag = f'"{sha256}"'
        is_pdf = media_type == PDF and not self._is_download
        headers = {
            "content-type": OTHER if self._is_download and not is_inline(media_type) else media_type,
            "content-disposition": disposition(name, inline=not self._is_download),
            "etag": etag,
            "cache-control": "private, no-store",
            "content-security-policy": POLICIES["kept" if self._is_download else "pdf" if is_pdf else "shown"],
            "x-frame-options": "SAMEORIGIN" if is_pdf else "DENY",
        }
        if not is_pdf:
            headers["accept-ranges"] = "bytes"  # Chromium's PDF viewer asks for parts without our cookies
        self.status_code, self._part = self._chosen(request, etag)
        if self.status_code == 206:
            headers["content-range"] = f"bytes {self._part.first}-{self._part.until - 1}/{size}"
        if self.status_code == 416:
            headers["content-range"] = f"bytes */{size}"
        if self.status_code != 304:
            headers["content-length"] = str(self._part.until - self._part.first)
        self.init_headers(headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._file:
            await self._hand_over(scope, receive, send)

    async def _hand_over(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def begin() -> None:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})

        first, until = self._part
        if self._is_head or first == until:
            await begin()
            await send({"type": "http.response.body", "body": b""})
            return
        # What is shown is seen as it begins: a video may take its time. What is kept is known only at the end.
        shown = (
            asyncio.ensure_future(self._note(Handed(first, until, False)))
            if self._note and not self._is_download
            else None
        )
        reached = await stream(
            self._file.fileno(), first, until, scope=scope, receive=receive, send=send, begin=begin, still=self._still
        )
        if shown:
            await shown
        elif self._note and reached > first:
            await self._note(Handed(first, reached, True))

    def _chosen(self, request: Request, etag: str) -> tuple[int, Part]:
        nothing = Part(0, 0)
        if is_current(request.headers.get("if-none-match"), etag):
            return 304, nothing
        try:
            found = part(request.headers.get("range"), request.headers.get("if-range"), size=self._size, etag=etag)
        except Unsatisfiable:
            return 416, nothing
        return (206, found) if found else (200, Part(0, self._size))
