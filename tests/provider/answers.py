"""What the stand-in answers, and how it refuses."""

import json
from typing import NamedTuple

Headers = dict[str, str]


class Answer(NamedTuple):
    status: int
    body: bytes
    kind: str = "application/json"
    headers: Headers = {}


class Refused(Exception):
    """A request that is not done; carries Resend's name for it and the headers that go with it."""

    def __init__(self, status: int, name: str, message: str, **headers: str) -> None:
        super().__init__(message)
        self.status, self.name, self.message = status, name, message
        self.headers = {each.replace("_", "-"): value for each, value in headers.items()}

    @property
    def answer(self) -> Answer:
        said = {"statusCode": self.status, "name": self.name, "message": self.message}
        return Answer(self.status, as_json(said), headers=self.headers)


def as_json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def done(value: object) -> Answer:
    return Answer(200, as_json(value))


def page(status: int, words: str) -> Answer:
    """What a proxy says in front of the API."""
    return Answer(status, f"<html><body><h1>{words}</h1></body></html>".encode(), "text/html")
