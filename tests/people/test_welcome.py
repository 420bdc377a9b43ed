"""The first administrator."""

import pytest
from sqlmodel import select

from caseupdates.people import roles, sessions, welcome
from caseupdates.people.firm import UNNAMED, firm, name_firm
from caseupdates.people.models import AccessLevel, Permission, Person
from caseupdates.refusals import Invalid, NotFound
from tests.people.conftest import PASSWORD

KEY = b"k" * 32
GIVEN = {
    "firm": "Harbour Investigations",
    "name": " Administrator A. ",
    "email": "Admin@Example.com",
    "password": PASSWORD,
}


def begin(session, **changed):
    return welcome.begin(session, **{"given": welcome.token(KEY), "secret_key": KEY, **GIVEN, **changed})


def test_the_first_person_becomes_administrator_and_is_signed_in(session):
    person = sessions.person_of(session, begin(session))
    assert (person.name, person.email, person.access_level) == (
        "Administrator A.",
        "admin@example.com",
        AccessLevel.FULL,
    )
    assert all(person.may(permission) for permission in Permission)
    assert firm(session).name == "Harbour Investigations"


def test_the_first_person_can_sign_in_afterwards(session):
    begin(session)
    assert sessions.sign_in(session, email="admin@example.com", password=PASSWORD)


@pytest.mark.parametrize("wrong", ["", "0" * 32, welcome.token(b"another key"), welcome.token(KEY).upper(), "ключ"])
def test_a_wrong_token_finds_nothing_and_makes_nobody(session, wrong):
    with pytest.raises(NotFound):
        begin(session, given=wrong)
    assert welcome.is_open(session)


def test_the_token_is_the_same_at_every_start_and_another_for_another_key():
    assert welcome.token(KEY) == welcome.token(KEY) != welcome.token(b"another key")
    assert len(welcome.token(KEY)) == 32


def test_the_welcome_closes_once_somebody_exists(session):
    assert welcome.is_open(session)
    begin(session)
    assert not welcome.is_open(session)
    with pytest.raises(NotFound):
        begin(session, email="second@example.com")
    assert len(session.exec(select(Person)).all()) == 1


@pytest.mark.parametrize("name", ["manager", "client"])
def test_anybody_at_all_closes_it(session, name):
    from tests.stories import Firm

    assert getattr(Firm(session), name)
    assert not welcome.is_open(session)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": "  "}, "type your name"),
        ({"email": "nobody"}, "not an email address"),
        ({"password": "too short"}, "12 to 256 characters"),
    ],
)
def test_what_cannot_be_taken_is_said_and_makes_nobody(session, wrong, sentence):
    with pytest.raises(Invalid, match=sentence):
        begin(session, **wrong)
    assert welcome.is_open(session)


def test_a_firm_nobody_named_has_the_products_name(session):
    assert firm(session).name == UNNAMED
    begin(session, firm="  ")
    assert firm(session).name == UNNAMED


def test_a_firm_is_named_once_and_renamed_in_place(session):
    name_firm(session, "Harbour", contact=" Call us. ")
    session.flush()
    named = name_firm(session, "Harbour Investigations", reply_to="office@example.com")
    assert (named.id, named.name, named.reply_to, named.contact) == (
        1,
        "Harbour Investigations",
        "office@example.com",
        "",
    )


def test_the_ready_roles_are_made_once(session):
    first = roles.ready(session)
    assert roles.ready(session) == first
    assert set(first) == {"Administrator", "Case Manager", "Investigator", "Client Contact"}
