"""POST /sign-in and /sign-out: the session's cookie, and what it takes to get one."""

from statistics import median
from time import process_time

import pytest
from sqlmodel import Session, select

from caseupdates.database import engine
from caseupdates.history.models import Event
from caseupdates.interface.routing import local_path
from caseupdates.people.models import SignInSession
from tests.http.conftest import PASSWORD
from tests.people.conftest import written
from tests.together import together

pytestmark = pytest.mark.usefixtures("people")
RIGHT = {"email": "manager@example.com", "password": PASSWORD}
WRONG = {"email": "manager@example.com", "password": "harbour lights at dawn"}


def sessions() -> list[SignInSession]:
    with Session(engine()) as session:
        return list(session.exec(select(SignInSession).order_by(SignInSession.id)).all())


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(visitor):
    answer = visitor().post("/sign-in", data=RIGHT)
    assert (answer.status_code, answer.json()) == (200, {"go": "/cases"})
    [cookie] = answer.headers.get_list("set-cookie")
    value, *attributes = cookie.lower().split("; ")
    assert value.startswith("session=")
    assert set(attributes) == {"httponly", "samesite=lax", "path=/", "max-age=43200"}


def test_the_database_keeps_only_the_hash_of_the_cookie(visitor):
    token = visitor().post("/sign-in", data=RIGHT).cookies["session"]
    assert token not in repr(sessions())


@pytest.mark.parametrize(
    "email",
    ["manager@example.com", "nobody@example.com", "colleague@example.com", "partner@example.com", "", "not an address"],
)
def test_whoever_it_is_a_wrong_password_is_refused_alike(visitor, email):
    password = PASSWORD if email == "colleague@example.com" else WRONG["password"]  # right, but disabled
    answer = visitor().post("/sign-in", data={"email": email, "password": password})
    assert (answer.status_code, answer.json()) == (401, {"refused": "The email or the password is not right."})
    assert "set-cookie" not in answer.headers
    assert sessions() == []


def test_a_wrong_password_takes_as_long_for_nobody_as_for_somebody(visitor):
    """Measured in seconds of this process, which a busy machine does not stretch; a hash more or less is tenfold."""

    def seconds(email: str, number: int) -> float:
        browser = visitor(network=f"192.0.2.{number}")
        began = process_time()
        assert browser.post("/sign-in", data={**WRONG, "email": email}).status_code == 401
        return process_time() - began

    seconds("manager@example.com", 1)  # the first one opens the database
    pairs = [(seconds("manager@example.com", each), seconds(f"nobody{each}@example.com", each)) for each in range(9)]
    known, unknown = (median(times) for times in zip(*pairs, strict=True))
    assert 0.5 < known / unknown < 2


def test_ten_tries_for_an_address_from_wherever_they_come(visitor, clock):
    answers = [visitor(network=f"192.0.2.{number}").post("/sign-in", data=WRONG) for number in range(11)]
    assert [answer.status_code for answer in answers] == [401] * 10 + [429]
    assert answers[10].headers["retry-after"] == "91"
    assert answers[10].json() == {"refused": "Too many tries. Wait 2 minutes, then try again."}

    clock.forward(seconds=89)
    assert visitor().post("/sign-in", data=RIGHT).status_code == 429
    clock.forward(seconds=1)
    assert visitor().post("/sign-in", data=RIGHT).status_code == 200


@pytest.mark.parametrize("written", ["MANAGER@example.com", " manager@example.com ", "manager@EXAMPLE.COM"])
def test_an_address_written_otherwise_is_no_further_try(visitor, written):
    for number in range(10):
        visitor(network=f"192.0.2.{number}").post("/sign-in", data=WRONG)
    assert visitor().post("/sign-in", data={**RIGHT, "email": written}).status_code == 429


def test_sixty_tries_from_a_network_whomever_they_are_for(visitor, clock):
    browser = visitor()
    for number in range(60):
        assert browser.post("/sign-in", data={"email": f"nobody{number}@example.com"}).status_code == 401
    refused = browser.post("/sign-in", data=RIGHT)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "16")
    assert visitor(network="192.0.2.2").post("/sign-in", data=RIGHT).status_code == 200
    clock.forward(seconds=14)
    assert browser.post("/sign-in", data=RIGHT).status_code == 429
    clock.forward(seconds=1)
    assert browser.post("/sign-in", data=RIGHT).status_code == 200


def test_a_network_cannot_be_made_up(visitor):
    for number in range(60):
        visitor(**{"x-forwarded-for": f"198.51.100.{number}"}).post("/sign-in", data={"email": f"{number}@example.com"})
    assert visitor(**{"x-forwarded-for": "198.51.100.99"}).post("/sign-in", data=RIGHT).status_code == 429


@pytest.mark.parametrize("path", ["/cases/2026-0142", "/cases?search=quay", "/profile/preferences"])
def test_next_leads_to_a_page_of_ours(visitor, path):
    assert visitor().post("/sign-in", data={**RIGHT, "next": path}).json() == {"go": path}


@pytest.mark.parametrize(
    "path",
    ["//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example", "javascript:alert(1)", "evil.example", "",
     "/\t/evil.example", "/\n/evil.example", "/cases\r\nset-cookie: session=evil", " //evil.example", "/\0/evil.example", "///evil.example"],
)  # fmt: skip
def test_next_leads_nowhere_else(visitor, path):
    answer = visitor().post("/sign-in", data={**RIGHT, "next": path})
    assert answer.json() == {"go": "/cases"}
    assert local_path(path) == "/cases"
    assert len(answer.headers.get_list("set-cookie")) == 1


def test_a_cookie_planted_beforehand_is_not_adopted(visitor):
    answer = visitor().post("/sign-in", data=RIGHT, headers={"cookie": "session=planted-by-somebody-else"})
    assert "planted" not in answer.headers["set-cookie"]


def test_each_sign_in_has_a_session_of_its_own(visitor):
    first, second = visitor().post("/sign-in", data=RIGHT), visitor().post("/sign-in", data=RIGHT)
    assert first.cookies["session"] != second.cookies["session"]
    assert len(first.cookies["session"]) >= 43  # 256 bits


def test_signing_out_ends_the_session_and_takes_the_cookie(visitor):
    browser = visitor()
    token = browser.post("/sign-in", data=RIGHT).cookies["session"]
    answer = browser.post("/sign-out", headers={"cookie": f"session={token}"})
    assert answer.json() == {"go": "/sign-in"}
    assert "max-age=0" in answer.headers["set-cookie"].lower()
    assert "httponly" in answer.headers["set-cookie"].lower()
    [session] = sessions()
    assert session.ended_at


def test_signing_out_with_no_session_says_nothing_of_anybody(visitor):
    assert visitor().post("/sign-out").json() == {"go": "/sign-in"}
    assert visitor().post("/sign-out", headers={"cookie": "session=unknown"}).json() == {"go": "/sign-in"}


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"])
def test_only_a_post_changes_anything(visitor, method):
    browser = visitor()
    token = browser.post("/sign-in", data=RIGHT).cookies["session"]
    for path in ("/sign-out", "/sign-in", "/welcome"):
        answer = browser.request(method, path, params=RIGHT, headers={"cookie": f"session={token}"})
        assert answer.status_code == 405
        assert "set-cookie" not in answer.headers
    assert [session.ended_at for session in sessions()] == [None]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"email=" + b"x" * 5_000_000, "application/x-www-form-urlencoded"),
        (b"&".join(b"f%d=1" % number for number in range(1000)), "application/x-www-form-urlencoded"),
        (b'--b\r\ncontent-disposition: form-data; name="email"\r\n\r\n' + b"x" * 5_000_000 + b"\r\n--b--\r\n", "multipart/form-data; boundary=b"),
        (b'--b\r\ncontent-disposition: form-data; name="email"; filename="a"\r\n\r\nx\r\n--b--\r\n', "multipart/form-data; boundary=b"),
        (b"no boundary", "multipart/form-data"),
        (b"--b\r\nbroken", "multipart/form-data; boundary=b"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/sign-in", "/welcome"])
def test_a_body_too_large_or_broken_is_refused(visitor, path, body, kind):
    answer = visitor().post(path, content=body, headers={"content-type": kind})
    assert 400 <= answer.status_code < 500
    assert "Traceback" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "body",
    [b"", b"email=%00&password=%00", b"email=a%00b%40example.com&password=x", b"email=%ff%fe&password=%ed%a0%80", b"email[]=a&email=b", b"{}",
     b"email=" + b"x" * 100_000 + b"%40example.com&password=" + b"y" * 100_000],
)  # fmt: skip
def test_nonsense_is_a_wrong_password(visitor, body):
    answer = visitor().post("/sign-in", content=body, headers={"content-type": "application/x-www-form-urlencoded"})
    assert (answer.status_code, answer.json()) == (401, {"refused": "The email or the password is not right."})


def test_the_first_tries_of_all_may_come_at_the_same_moment(visitor):
    answers = together(*[lambda: visitor().post("/sign-in", data=WRONG).status_code] * 4)
    assert answers == [401] * 4


def test_what_was_refused_is_written_down_without_what_was_typed_unless_it_is_an_address_we_know(visitor):
    for email in ("manager@example.com", "nobody@example.com", "harbour lights at dusk"):
        visitor().post("/sign-in", data={"email": email, "password": WRONG["password"]})
    with Session(engine()) as session:
        lines = written(session)
    assert lines == [(None, "sign-in refused", about) for about in ("manager@example.com", *["an unknown address"] * 2)]


def test_signing_in_and_out_is_written_down_with_the_network(visitor):
    token = visitor(network="192.0.2.7").post("/sign-in", data=RIGHT).cookies["session"]
    visitor(network="192.0.2.8").post("/sign-out", headers={"cookie": f"session={token}"})
    with Session(engine()) as session:
        lines = [(each.what, each.network) for each in session.exec(select(Event).order_by(Event.id))]
    assert lines == [("signed in", "192.0.2.7"), ("signed out", "192.0.2.8")]
