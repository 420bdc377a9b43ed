"""A socket to the product without its pages: says anything, hears everything."""

import inspect
import json
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from select import select
from typing import Any, Self
from urllib.parse import urlsplit

import httpx
import reflex as rx
import websocket
from reflex_base.constants import Reflex
from reflex_base.utils.format import format_event_handler

PASSWORD = "case-updates-demo"
PATIENCE = 20  # seconds of silence after which something said will not be answered
QUIET = 0.25  # seconds without a frame after which nothing more is expected


def states(root: type[rx.State] = rx.State) -> Iterator[type[rx.State]]:
    """Every state of the app, Reflex's own too."""
    yield root
    for each in root.get_substates():
        yield from states(each)


@cache
def handlers() -> dict[str, list[str]]:
    """Every handler a socket can call, by the name it is called with, and the names of its arguments."""
    from caseupdates.caseupdates import app

    assert app
    return {
        format_event_handler(handler): list(inspect.signature(handler.fn).parameters)[1:]
        for state in states()
        for handler in state.event_handlers.values()
    }


def name_of(ending: str) -> str:
    """The full name of a handler: `name_of("feed.validate")`."""
    [found] = [name for name in handlers() if name.endswith(ending)]
    return found


def sign_in(url: str, name: str) -> str:
    """The `Cookie` header of name@example.com, freshly signed in."""
    form = {"email": f"{name}@example.com", "password": PASSWORD}
    answer = httpx.post(f"{url}/sign-in", data=form, headers={"origin": url})
    assert answer.status_code == 200, answer.text
    return "; ".join(f"{name}={value}" for name, value in answer.cookies.items())


class Wire:
    """One browser tab as the server sees it. `at` is the path its address bar would show."""

    def __init__(
        self, url: str, *, cookie: str = "", token: str = "", at: str = "/cases/2026-0142", origin: str | None = "own",
        host: str = "",
    ) -> None:  # fmt: skip
        own, self.at = urlsplit(url), at
        self.token = token or str(uuid.uuid4())
        self.frames: list[str] = []
        self._socket = websocket.create_connection(
            f"ws://127.0.0.1:{own.port}/_event/?EIO=4&transport=websocket&token={self.token}",
            host=host or own.netloc, cookie=cookie or None, subprotocols=[Reflex.VERSION], timeout=PATIENCE,
            suppress_origin=origin is None, origin=url if origin == "own" else origin,
        )  # fmt: skip
        self._wait_for('0{"sid"')
        self._socket.send("40/_event,")
        self._wait_for("40/_event,")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    @property
    def heard(self) -> str:
        return "\n".join(self.frames)

    def say(self, handler: str, /, _at: str = "", **payload: Any) -> None:
        """Call a handler by its full name."""
        parts = (_at or self.at).strip("/").split("/")
        query = dict(zip(("case_number", "update_id"), parts[1::2], strict=False)) if parts[0] == "cases" else {}
        router = {"pathname": _at or self.at, "asPath": _at or self.at, "query": query}
        self.emit("event", {"name": handler, "payload": payload, "router_data": router})

    def emit(self, *message: Any) -> None:
        """Say it once the server takes more, and hear it meanwhile: it may itself wait to be heard."""
        waits_until = time.monotonic() + PATIENCE
        while not select([], [self._socket.sock], [], 0)[1] and time.monotonic() < waits_until:
            self._read(0.05)
        self._socket.settimeout(PATIENCE)
        self._socket.send(f"42/_event,{json.dumps(message)}")

    def hydrate(self) -> str:
        """What a page asks first; returns what it is told, the page's own loading included."""
        self.say(name_of("state.hydrate_and_load"))
        self._wait_for("is_hydrated_rx_state_")
        return self.listen()

    def finish(self) -> str:
        """Wait until all that was said before has been worked off, and nothing more comes."""
        self.catch_up()
        return self.listen()

    def catch_up(self) -> None:
        """Wait until what was said before has been worked off: a server that cannot keep up ends the connection."""
        self.frames.append("")
        self.say(name_of("welcome.enter"))  # anybody may, and its answer is unlike all others
        self._wait_for('"path":"/cases"')

    def listen(self, quiet: float = QUIET) -> str:
        """Read until nothing has come for a while; returns all that was ever heard."""
        while self._read(quiet):
            pass
        return self.heard

    def is_cut_off_or_quiet(self) -> None:
        """Hear what comes after nonsense; to be disconnected for it is fair."""
        with suppress(ConnectionError, websocket.WebSocketException):
            self.listen(0.05)

    def _wait_for(self, mark: str) -> None:
        """Read on until a frame after now has the mark; a server that still answers what was said before is waited for."""
        before = len(self.frames)
        while not any(mark in frame.replace(" ", "") for frame in self.frames[before:]):
            before = len(self.frames)
            if not self._read(PATIENCE):
                raise TimeoutError(f"{mark} was not heard; last: {self.heard[-2000:]}")

    def _read(self, patience: float) -> bool:
        self._socket.settimeout(patience)
        try:
            frame = self._socket.recv()
        except websocket.WebSocketTimeoutException:
            return False
        if frame == "2":
            self._socket.send("3")  # a ping
        elif frame == "":
            raise ConnectionError("the server closed the socket")
        else:
            self.frames.append(frame if isinstance(frame, str) else frame.decode())
        return True
