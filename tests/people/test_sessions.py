"""Signing in and out."""

import pytest
from sqlmodel import select

from caseupdates import bell, clock, tokens
from caseupdates.people import sessions
from caseupdates.people.models import AccessLevel, EmailAlias, SignInSession
from caseupdates.people.sessions import WrongPassword
from caseupdates.refusals import NotPermitted, NotSignedIn

ADDRESS = "manager@example.com"


def is_in(session, token):
    try:
        return bool(sessions.person_of(session, token))
    except NotSignedIn:
        return False


@pytest.fixture
def browsers(session, firm):
    """The manager's tokens, signed in with three browsers."""
    return [sessions.start(session, firm.manager) for _ in range(3)]


def test_email_and_password_open_a_session(session, firm, password):
    token = sessions.sign_in(session, email=ADDRESS, password=password)
    assert sessions.person_of(session, token) == firm.manager


@pytest.mark.parametrize("typed", ["Manager@Example.COM", "  manager@example.com\t", "MANAGER@EXAMPLE.COM"])
def test_the_address_may_be_typed_in_any_case_and_with_spaces(session, firm, password, typed):
    assert is_in(session, sessions.sign_in(session, email=typed, password=password))


def test_an_alias_is_as_good_as_the_address(session, firm, password):
    session.add(EmailAlias(person_id=firm.manager.id, address="m.g@example.com"))
    token = sessions.sign_in(session, email="m.g@example.com", password=password)
    assert sessions.person_of(session, token) == firm.manager


def disabled(person):
    person.access_level = AccessLevel.DISABLED


def archived(person):
    person.archived_at = clock.now()


def without_password(person):
    person.password_hash = None


def no_other(person):
    """The person stays as they are."""


@pytest.mark.parametrize(
    ("email", "given", "change"),
    [
        (ADDRESS, "a wrong password", no_other),
        (ADDRESS, "", no_other),
        ("nobody@example.com", "four words make one", no_other),
        ("not an address", "four words make one", no_other),
        ("manager@example.com\0", "four words make one", no_other),
        ("", "", no_other),
        (ADDRESS, "four words make one", disabled),
        (ADDRESS, "four words make one", archived),
        (ADDRESS, "four words make one", without_password),
    ],
)
def test_every_refusal_to_sign_in_is_the_same_sentence(session, firm, password, email, given, change):
    change(firm.manager)
    with pytest.raises(WrongPassword, match=r"^The email or the password is not right\.$") as refused:
        sessions.sign_in(session, email=email, password=given)
    assert refused.value.status == 401
    assert session.exec(select(SignInSession)).all() == []


def test_an_address_with_accents_is_found_however_they_were_typed(session, firm, password):
    firm.manager.email = "jos\u00e9@example.com"
    assert is_in(session, sessions.sign_in(session, email="jose\u0301@example.com", password=password))


def test_the_database_keeps_only_the_tokens_hash(session, firm):
    token = sessions.start(session, firm.manager, address="127.0.0.1", browser="Firefox")
    [row] = session.exec(select(SignInSession))
    assert row.token_hash == tokens.digest(token)
    assert token not in str(row.model_dump())
    assert len(token) == 43


def test_every_session_has_a_token_of_its_own(browsers):
    assert len(set(browsers)) == 3


def test_a_session_lasts_until_its_twelfth_hour(session, firm, clock):
    token = sessions.start(session, firm.manager)
    clock.forward(hours=11, minutes=59, seconds=59)
    assert is_in(session, token)


def test_a_session_is_over_at_twelve_hours(session, firm, clock):
    token = sessions.start(session, firm.manager)
    clock.forward(hours=12)
    assert not is_in(session, token)


@pytest.mark.parametrize("token", ["", "made-up", "x" * 10_000])
def test_an_unknown_token_is_nobody(session, firm, token):
    with pytest.raises(NotSignedIn, match="Please sign in"):
        sessions.person_of(session, token)


def test_the_stored_hash_is_not_a_token(session, browsers):
    assert not is_in(session, tokens.digest(browsers[0]))


@pytest.mark.parametrize("change", [disabled, archived, without_password])
def test_a_session_ends_with_the_right_to_sign_in(session, firm, browsers, change):
    change(firm.manager)
    assert not any(is_in(session, token) for token in browsers)


def test_signing_out_ends_this_session_only(session, browsers):
    sessions.sign_out(session, browsers[0])
    assert [is_in(session, token) for token in browsers] == [False, True, True]


def test_signing_out_tells_the_open_pages(session, firm, browsers):
    sessions.sign_out(session, browsers[0])
    assert session.info["rings"] == {bell.person(firm.manager.id)}


def test_signing_out_twice_or_as_nobody_changes_nothing(session, browsers, clock):
    sessions.sign_out(session, browsers[0])
    first_end = clock()
    session.info.clear()
    clock.forward(minutes=1)
    sessions.sign_out(session, browsers[0])
    sessions.sign_out(session, "made-up")
    assert "rings" not in session.info
    assert {row.ended_at for row in session.exec(select(SignInSession))} == {first_end, None}


def test_a_person_ends_their_other_sessions(session, firm, browsers):
    assert sessions.end_others(session, browsers[1], by=firm.manager) == 2
    assert [is_in(session, token) for token in browsers] == [False, True, False]


def test_ending_ones_other_sessions_leaves_everybody_else_signed_in(session, firm, browsers):
    other = sessions.start(session, firm.client)
    sessions.end_others(session, browsers[0], by=firm.manager)
    assert is_in(session, other)


@pytest.mark.parametrize("who", ["manager", "administrator"])
def test_a_person_or_an_administrator_ends_all_of_the_persons_sessions(session, firm, browsers, who):
    assert sessions.end_all(session, firm.manager, by=getattr(firm, who)) == 3
    assert not any(is_in(session, token) for token in browsers)
    assert bell.person(firm.manager.id) in session.info["rings"]


@pytest.mark.parametrize("who", ["investigator", "client", "outsider"])
def test_nobody_else_ends_a_persons_sessions(session, firm, browsers, who):
    with pytest.raises(NotPermitted):
        sessions.end_all(session, firm.manager, by=getattr(firm, who))
    assert all(is_in(session, token) for token in browsers)


def test_even_a_manager_cannot_end_somebody_elses_sessions(session, firm):
    token = sessions.start(session, firm.client)
    with pytest.raises(NotPermitted):
        sessions.end_all(session, firm.client, by=firm.manager)
    assert is_in(session, token)


def test_a_person_sees_their_live_sessions_newest_first(session, firm, clock):
    old = sessions.start(session, firm.manager, browser="Old")
    clock.forward(hours=6)
    sessions.start(session, firm.manager, browser="Newer")
    clock.forward(hours=1)
    sessions.start(session, firm.manager, browser="Newest")
    sessions.start(session, firm.client, browser="Somebody else's")
    assert seen(session, firm.manager) == ["Newest", "Newer", "Old"]
    sessions.sign_out(session, old)
    assert seen(session, firm.manager) == ["Newest", "Newer"]
    clock.forward(hours=11)
    assert seen(session, firm.manager) == ["Newest"]


def seen(session, person):
    return [each.browser for each in sessions.live(session, by=person)]


def test_a_browsers_endless_name_is_cut(session, firm):
    sessions.start(session, firm.manager, browser="x" * 201)
    assert seen(session, firm.manager) == ["x" * 200]
