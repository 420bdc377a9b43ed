"""POST /welcome: the first administrator, once."""

from functools import partial

import pytest
from sqlmodel import Session, select

from caseupdates.database import engine
from caseupdates.people import welcome
from caseupdates.people.models import Person
from caseupdates.settings import settings
from tests.http.conftest import PASSWORD
from tests.together import together


def form(**other: str) -> dict[str, str]:
    token = welcome.token(settings().secret_key)
    given = {"firm": "Harbour Investigations", "name": "Administrator A.", "email": "administrator@example.com"}
    return {"token": token, "password": PASSWORD, **given, **other}


def people() -> list[str | None]:
    with Session(engine()) as session:
        return list(session.exec(select(Person.email)).all())


def test_the_token_makes_one_administrator_and_signs_them_in(visitor):
    answer = visitor().post("/welcome", data=form())
    assert (answer.status_code, answer.json()) == (200, {"go": "/cases"})
    assert "httponly" in answer.headers["set-cookie"].lower()
    assert people() == ["administrator@example.com"]


@pytest.mark.parametrize("token", ["", "0" * 32, "short", "é" * 32, "\0"])
def test_a_wrong_token_makes_nobody(visitor, token):
    answer = visitor().post("/welcome", data=form(token=token))
    assert answer.status_code == 404
    assert "set-cookie" not in answer.headers
    assert people() == []


def test_nearly_the_token_is_not_the_token(visitor):
    right = form()["token"]
    for token in (right[:-1], right + "0", right.upper() + " ", right[::-1]):
        assert visitor().post("/welcome", data=form(token=token)).status_code == 404
    assert people() == []


@pytest.mark.usefixtures("people")
def test_the_door_is_closed_once_somebody_exists(visitor):
    answer = visitor().post("/welcome", data=form(email="second@example.com"))
    assert answer.status_code == 404
    assert "set-cookie" not in answer.headers
    assert "second@example.com" not in people()


def test_four_at_the_same_moment_make_one_administrator(visitor):
    forms = [form(email=f"number{number}@example.com") for number in range(4)]
    answers = together(*(partial(visitor().post, "/welcome", data=given) for given in forms))
    assert sorted(answer.status_code for answer in answers) == [200, 404, 404, 404]
    assert len(people()) == 1


def test_the_token_cannot_be_guessed_for_long(visitor):
    browser = visitor()
    tries = [browser.post("/welcome", data=form(token=f"{number:032}")).status_code for number in range(61)]
    assert tries == [404] * 60 + [429]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [({"password": "short"}, "12 to 256"), ({"email": "nonsense"}, "address"), ({"name": "  "}, "name"), ({"password": "x" * 257}, "12 to 256")],
)  # fmt: skip
def test_what_cannot_be_taken_is_said_and_makes_nobody(visitor, wrong, says):
    answer = visitor().post("/welcome", data=form(**wrong))
    assert answer.status_code == 400
    assert says in answer.json()["refused"]
    assert people() == []


@pytest.mark.parametrize("field", ["firm", "name", "email"])
def test_what_no_database_keeps_is_not_an_error_of_ours(visitor, field):
    assert visitor().post("/welcome", data=form(**{field: "a\0b"})).status_code < 500
