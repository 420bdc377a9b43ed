"""GET /invitation/<token> and POST /invitation: what a mailed invitation opens, once."""

import logging

import pytest

from caseupdates import seals
from caseupdates.delivery import mailbox
from caseupdates.interface import pages
from caseupdates.notifications import inviting
from caseupdates.people import archiving, sessions
from caseupdates.people.models import Invitation, Person, SignInSession
from caseupdates.settings import settings
from tests.delivery.post import letters_due
from tests.http.conftest import PASSWORD
from tests.http.test_landing import NONSENSE
from tests.together import together

PAGE = "<!doctype html><title>Welcome</title>"


@pytest.fixture(autouse=True)
def built_page(tmp_path, monkeypatch):
    """The page as a build would have written it."""
    (tmp_path / "__spa-fallback.html").write_text(PAGE)
    monkeypatch.setattr(pages, "BUILD", tmp_path)
    pages._built.cache_clear()
    yield
    pages._built.cache_clear()


class Invited:
    """The partner, invited by the administrator, and their browser."""

    def __init__(self, installed, visitor):
        self.installed, self.visitor, self.browser = installed, visitor, visitor()
        self.token = self.invite()

    def invite(self):
        invitation = self.installed.change(inviting.invite, self.person.id, by=self.installed.firm.administrator)
        return seals.invitation_token(settings().secret_key, invitation.seal)

    @property
    def person(self):
        return self.installed.firm.partner

    @property
    def row(self):
        return next(each for each in self.installed.rows(Person) if each.id == self.person.id)

    def look(self, token=None, **headers):
        return self.visitor(origin=None).get(f"/invitation/{token or self.token}", headers=headers)

    def begin(self, token=None, password=PASSWORD, browser=None, **headers):
        given = {"token": self.token if token is None else token, "password": password}
        return (browser or self.browser).post("/invitation", data=given, headers=headers)


@pytest.fixture
def invited(installed, visitor):
    return Invited(installed, visitor)


def test_beginning_signs_in_with_a_cookie_out_of_reach_of_scripts_and_other_sites(invited):
    answer = invited.begin()
    assert (answer.status_code, answer.json()) == (200, {"go": "/cases"})
    [cookie] = answer.headers.get_list("set-cookie")
    value, *attributes = cookie.lower().split("; ")
    assert value.startswith("session=")
    assert set(attributes) == {"httponly", "samesite=lax", "path=/", "max-age=43200"}
    token = answer.cookies["session"]
    assert invited.installed.change(sessions.person_of, token).id == invited.person.id


def test_the_password_signs_in_afterwards(invited):
    invited.begin()
    answer = invited.visitor().post("/sign-in", data={"email": "partner@example.com", "password": PASSWORD})
    assert answer.status_code == 200


def test_a_thousand_looks_of_scanners_change_nothing(invited):
    before = invited.installed.dump()
    for number in range(300):
        headers = [{}, {"sec-purpose": "prefetch"}, {"user-agent": "scanner", "accept": "text/html"}][number % 3]
        answer = invited.look(**headers)
        assert (answer.status_code, answer.text, answer.headers["cache-control"]) == (200, PAGE, "no-store")
        assert "set-cookie" not in answer.headers
    assert invited.installed.dump() == before
    assert invited.begin().status_code == 200


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH"])
def test_only_a_post_begins(invited, method):
    before = invited.installed.dump()
    given = {"token": invited.token, "password": PASSWORD}
    assert invited.browser.request(method, "/invitation", params=given).status_code == 405
    assert invited.installed.dump() == before


def test_it_is_used_up_by_the_first(invited):
    invited.begin()
    again = invited.begin(password="another good password")
    assert (again.status_code, again.json()) == (
        410,
        {"refused": "This invitation has been used. Sign in with the password that was chosen."},
    )
    assert "set-cookie" not in again.headers
    assert invited.look().status_code == 410
    signed_in = {"email": "partner@example.com", "password": PASSWORD}
    assert invited.visitor().post("/sign-in", data=signed_in).status_code == 200


def test_of_two_posts_at_once_one_begins(invited):
    answers = together(
        *(lambda password=each: invited.begin(password=password) for each in ("first good password", "second password"))
    )
    assert sorted(each.status_code for each in answers) == [200, 410]
    assert len(invited.installed.rows(SignInSession)) == 1


def test_it_is_good_until_its_seventy_second_hour(invited, clock):
    clock.forward(hours=71, minutes=59, seconds=59)
    assert invited.look().status_code == 200
    assert invited.begin().status_code == 200


def test_it_is_over_at_seventy_two_hours(invited, clock):
    clock.forward(hours=72)
    assert invited.look().status_code == 410
    answer = invited.begin()
    assert answer.status_code == 410
    assert answer.json() == {
        "refused": "This invitation expired on 26 November 2026. Ask Administrator A. for a new one."
    }


def test_the_older_of_two_is_withdrawn(invited, clock):
    older, _ = invited.token, clock.forward(minutes=1)
    newer = invited.invite()
    assert invited.look(older).status_code == 410
    answer = invited.begin(older)
    assert answer.status_code == 410
    assert "replaced by a newer one" in answer.json()["refused"]
    assert invited.begin(newer).status_code == 200


def test_an_archived_person_does_not_begin(invited):
    invited.installed.change(archiving.archive, invited.person.id, by=invited.installed.firm.administrator)
    assert invited.look().status_code == 410
    assert invited.begin().status_code == 410
    assert invited.row.password_hash is None


@pytest.mark.parametrize("token", NONSENSE)
def test_unknown_and_malformed_are_answered_alike(invited, token):
    assert invited.look("0" * 64).status_code == 404
    looked = invited.look(token)
    assert looked.status_code == 404
    assert looked.text in {PAGE, "Not Found"}  # what is no single part of a path leads past the route


@pytest.mark.parametrize("token", ["", "x", "0" * 64, "seal-invitation-" + "a" * 43, "é" * 64, "\0", "a" * 2_000])
def test_a_made_up_token_begins_nothing(invited, token):
    before = _but_limits(invited.installed.dump())
    answer = invited.begin(token)
    assert (answer.status_code, answer.json()) == (404, {"refused": "This does not exist, or you may not see it."})
    assert "set-cookie" not in answer.headers
    assert _but_limits(invited.installed.dump()) == before


@pytest.mark.parametrize("password", ["", "x" * 11, "x" * 257])
def test_a_password_that_cannot_be_taken_is_said_and_costs_nothing(invited, password):
    answer = invited.begin(password=password)
    assert answer.status_code == 400
    assert "12 to 256 characters" in answer.json()["refused"]
    assert invited.begin().status_code == 200


def test_sixty_tries_from_a_network(invited):
    for _ in range(60):
        assert invited.begin("0" * 64).status_code == 404
    assert invited.begin().status_code == 429
    assert invited.begin(browser=invited.visitor(network="192.0.2.2")).status_code == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", None])
def test_another_site_begins_nothing(invited, origin):
    answer = invited.begin(browser=invited.visitor(origin=origin))
    assert answer.status_code == 403
    assert invited.row.password_hash is None


def test_whoever_was_signed_in_with_this_browser_is_signed_out_of_it_alone(invited):
    here, elsewhere = (invited.installed.signed_in("manager") for _ in range(2))
    fresh = invited.begin(**here).cookies["session"]
    assert invited.installed.change(sessions.person_of, fresh).id == invited.person.id
    ended = {each.token_hash: each.ended_at is not None for each in invited.installed.rows(SignInSession)}
    digest = seals.tokens.digest
    assert ended[digest(here["cookie"].removeprefix("session="))]
    assert not ended[digest(elsewhere["cookie"].removeprefix("session="))]
    assert not ended[digest(fresh)]


def test_a_refused_one_leaves_whoever_is_signed_in_alone(invited):
    here = invited.installed.signed_in("manager")
    invited.begin("0" * 64, **here)
    assert [each.ended_at for each in invited.installed.rows(SignInSession)] == [None]


def test_every_older_session_of_the_person_ends(invited, clock):
    older = invited.begin().cookies["session"]
    clock.forward(minutes=1)
    newer = invited.begin(invited.invite()).cookies["session"]
    ended = {each.token_hash: each.ended_at is not None for each in invited.installed.rows(SignInSession)}
    assert [ended[seals.tokens.digest(each)] for each in (older, newer)] == [True, False]


def test_neither_token_nor_password_is_in_the_database_or_the_log(invited, caplog):
    caplog.set_level(logging.DEBUG)
    invited.installed.change(mailbox.keep, invited.installed.change(letters_due))
    invited.look()
    invited.begin(password="short")
    answer = invited.begin()
    dump = str(invited.installed.dump())
    said = "\n".join(f"{each.getMessage()} {each.args}" for each in caplog.records if each.name != "httpx")
    for secret in (invited.token, PASSWORD, answer.cookies["session"]):
        assert secret not in dump
        assert secret not in said
    assert invited.installed.rows(Invitation)[0].token_hash in dump


def _but_limits(dump):
    return {name: rows for name, rows in dump.items() if name != "rate_limit"}
