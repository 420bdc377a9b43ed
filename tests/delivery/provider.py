"""A stand-in for Resend: a real HTTP server on loopback that answers as it is told."""

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


@dataclass(frozen=True)
class Answer:
    status: int = 200
    body: object = field(default_factory=lambda: {"id": "re_1"})
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = "application/json"

    @classmethod
    def error(cls, status: int, name: str, message: str = "", **headers: str) -> "Answer":
        """An error as Resend words it."""
        body = {"statusCode": status, "name": name, "message": message}
        return cls(status, body, {each.replace("_", "-"): value for each, value in headers.items()})


HANGS_UP = Answer(status=0)  # takes the request, then closes the connection without a word


@dataclass(frozen=True)
class Request:
    path: str
    headers: dict[str, str]
    mail: dict[str, Any]
    connection: tuple[str, int]


class Provider:
    """Answers with `answers`, one each, then with success; keeps what it was asked."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self.requests: list[Request] = []
        self.asked = threading.Event()
        self.open = threading.Event()
        self.open.set()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    def hold(self) -> threading.Event:
        """Take requests but answer none until the event is set."""
        self.open.clear()
        return self.open

    def next_answer(self) -> Answer:
        return self.answers.pop(0) if self.answers else Answer()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            mail = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            headers = {name.lower(): value for name, value in self.headers.items()}
            provider.requests.append(Request(self.path, headers, mail, self.client_address))
            provider.asked.set()
            provider.open.wait(5)
            answer = provider.next_answer()
            if answer is HANGS_UP:
                self.close_connection = True
            else:
                self._say(answer)

        def _say(self, answer: Answer) -> None:
            body = json.dumps(answer.body).encode()
            self.send_response(answer.status)
            for name, value in {
                "Content-Type": answer.kind,
                "Content-Length": str(len(body)),
                **answer.headers,
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler
