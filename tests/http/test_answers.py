"""What every answer carries, whose requests are answered at all, and what https changes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from caseupdates.interface import http

FORGED = {"email": "manager@example.com", "password": "x"}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("POST", "/sign-in", 401), ("POST", "/sign-out", 200), ("GET", "/sign-in", 405), ("GET", "/nothing", 404)],
)
def test_every_answer_carries_the_headers(visitor, method, path, status):
    answer = visitor().request(method, path)
    assert answer.status_code == status
    for name, value in http.HEADERS.items():
        assert answer.headers[name] == value
    assert answer.headers["cache-control"] == "no-store"
    assert "strict-transport-security" not in answer.headers  # http on this machine


def test_the_policy_lets_no_foreign_or_written_script_run(visitor):
    policy = dict(part.split(" ", 1) for part in visitor().get("/").headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'self'"
    for unsafe in ("unsafe-inline", "unsafe-eval", "unsafe-hashes", "strict-dynamic", "http:", "https:", "data:", "*"):
        assert unsafe not in policy["script-src"]
    for closed in ("object-src", "base-uri", "frame-ancestors"):
        assert policy[closed] == "'none'"
    assert policy["form-action"] == "'self'"
    assert policy["connect-src"] == "'self' ws://localhost:8000"


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "http://localhost",
        "http://localhost:8001",
        "https://localhost:8000",
        "null",
        "",
        "http://localhost:8000.evil.example",
    ],
)
@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/welcome"])
def test_a_form_on_another_site_is_refused(visitor, path, origin):
    answer = visitor(origin=origin).post(path, data=FORGED)
    assert (answer.status_code, answer.text) == (403, "This request comes from another site and was refused.")
    assert answer.headers["x-frame-options"] == "DENY"


def test_a_post_that_names_no_origin_is_refused_unless_the_browser_vouches(visitor):
    assert visitor(origin=None).post("/sign-out").status_code == 403
    assert visitor(origin=None, **{"sec-fetch-site": "cross-site"}).post("/sign-out").status_code == 403
    assert visitor(origin=None, **{"sec-fetch-site": "same-site"}).post("/sign-out").status_code == 403
    assert visitor(origin=None, **{"sec-fetch-site": "same-origin"}).post("/sign-out").status_code == 200


def test_a_browser_that_vouches_does_not_outweigh_the_origin(visitor):
    forged = visitor(origin="https://evil.example", **{"sec-fetch-site": "same-origin"})
    assert forged.post("/sign-out").status_code == 403


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost", "localhost:8001", "127.0.0.1:8000", "localhost:8000.evil.example"]
)
def test_another_name_for_this_machine_is_refused(visitor, host):
    answer = visitor(host=host).post("/sign-out")
    assert (answer.status_code, answer.text) == (403, "This is http://localhost:8000. Please open it by that address.")


def test_an_error_of_ours_tells_nothing_of_itself(visitor, monkeypatch):
    monkeypatch.setattr("caseupdates.people.sessions.person_of", None)
    monkeypatch.setattr("caseupdates.people.sessions.sign_out", None)
    answer = visitor().post("/sign-out")
    assert (answer.status_code, answer.text) == (500, "Internal Server Error")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_behind_https_the_cookie_is_bound_to_this_host_and_to_https(tmp_path):
    """In a process of its own: the cookie's name is chosen when the product starts."""
    environment = {**os.environ, "CASEUPDATES_BASE_URL": "https://firm.test", "CASEUPDATES_DATA": str(tmp_path)}
    environment |= dict.fromkeys(("DATABASE_URL", "REDIS_URL"), "")
    begun = subprocess.run(
        [sys.executable, "-c", BEGIN], env=environment, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )  # fmt: skip
    cookie, transport, gone = begun.stdout.splitlines()[-3:]
    value, *attributes = cookie.lower().split("; ")
    assert value.startswith("__host-session=")
    assert set(attributes) == {"httponly", "samesite=lax", "path=/", "max-age=43200", "secure"}
    assert transport == "max-age=31536000"
    assert "Max-Age=0" in gone
    assert "Secure" in gone  # or the browser would not let go of it


BEGIN = """
import asyncio
import httpx
from sqlmodel import SQLModel
from caseupdates import tables
from caseupdates.database import engine
from caseupdates.interface import http
from caseupdates.people import welcome
from caseupdates.settings import settings

SQLModel.metadata.create_all(engine())

async def ask(path, **form):
    transport = httpx.ASGITransport(http.SecureAnswers(http.OwnOriginOnly(http.routes())))
    async with httpx.AsyncClient(transport=transport, base_url="https://firm.test") as client:
        return await client.post(path, data=form, headers={"origin": "https://firm.test"})

begun = asyncio.run(ask(
    "/welcome", token=welcome.token(settings().secret_key), firm="F", name="A", email="a@example.com", password="harbour lights at dusk"
))
print(begun.headers["set-cookie"])
print(begun.headers["strict-transport-security"])
print(asyncio.run(ask("/sign-out")).headers["set-cookie"])
"""
