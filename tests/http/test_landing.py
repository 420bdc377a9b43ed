"""GET /l/<token> and the files behind it: what a mailed address shows, to whom, and until when."""

from datetime import timedelta

import pytest
from sqlmodel import update as change

from caseupdates import clock as now
from caseupdates.cases.models import Assignment, Case
from caseupdates.interface import pages
from caseupdates.links import gate, renewing, visits
from caseupdates.links.access import link_of
from caseupdates.links.models import Link, LinkEvent, Step
from caseupdates.links.visitors import visitor as seen_as
from caseupdates.notifications.models import Notification
from caseupdates.people.models import Kind, Person
from caseupdates.sending.recall import recall

PAGE = "<!doctype html><title>Files</title>"
FILM = b"\0\0\0\x18ftypisom" + b"." * 988
NAME = "Quay Street at night.mp4"
COOKIE = "visitor-cookie"
WEEK = timedelta(days=7)
NONSENSE = [
    "x", "0" * 64, "0" * 63 + "Z", "%2e%2e", "..%2f..%2fdata%2fsecret.key", "..%5c..%5cwin.ini", "%00", "a%00b", "a" * 10_000, "%f0%9f%98%80",
    "%ff%fe", "'%20OR%201=1--", "%0d%0aset-cookie:%20a=b", "seal-link-" + "a" * 43, "{{7*7}}", "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
]  # fmt: skip


@pytest.fixture(autouse=True)
def built_page(tmp_path, monkeypatch):
    """The page as a build would have written it."""
    (tmp_path / "__spa-fallback.html").write_text(PAGE)
    monkeypatch.setattr(pages, "BUILD", tmp_path)
    pages._built.cache_clear()
    yield
    pages._built.cache_clear()


@pytest.fixture
def door(installed, visitor):
    return Door(installed, visitor)


class Door:
    """The partner's and the client's link to one film, and a browser before it."""

    def __init__(self, installed, visitor):
        self.installed, self._visitor = installed, visitor
        self.film = installed.file(NAME, FILM, draft="new")
        self.tokens = installed.send(expires_at=now.now() + WEEK)
        self.url, self.file = f"/l/{self.tokens['partner']}", self.file_of("partner")

    def file_of(self, name):
        return f"/l/{self.tokens[name]}/files/{self.film.id}/film.mp4"

    def ask(self, path, *, method="GET", cookie=COOKIE, **headers):
        carried = {"cookie": f"visitor={cookie}".encode()} if cookie else {}
        return self._visitor(origin=None).request(method, path, headers={**carried, **headers})

    def post(self, path):
        return self._visitor().post(path, headers={"cookie": f"visitor={COOKIE}"})

    def let_in(self, name="partner", cookie=COOKIE):
        """A visit of this browser, as after a right code."""
        return self.with_link(lambda session, link: visits.begin(session, link, seen_as(cookie)).id, name)

    def with_link(self, verb, name="partner"):
        return self.installed.change(lambda session: verb(session, link_of(session, self.tokens[name])))

    def set(self, table, whose, **values):
        self.installed.change(lambda session: session.exec(change(table).where(whose).values(**values)) and None)

    def set_link(self, **values):
        self.set(Link, Link.token_hash == self.with_link(lambda _, link: link.token_hash), **values)


def test_a_live_link_shows_the_page_and_gives_a_cookie_until_the_browser_closes(door):
    answer = door.ask(door.url, cookie="")
    assert (answer.status_code, answer.text, answer.headers["cache-control"]) == (200, PAGE, "no-store")
    [cookie] = answer.headers.get_list("set-cookie")
    value, *attributes = cookie.lower().split("; ")
    assert value.startswith("visitor=")
    assert len(value) >= len("visitor=") + 43  # 256 bits
    assert set(attributes) == {"httponly", "samesite=lax", "path=/"}  # no max-age, no expires


def test_a_browser_keeps_the_cookie_it_has(door):
    assert "set-cookie" not in door.ask(door.url).headers


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("token", NONSENSE)
def test_a_token_of_no_link(door, token, method):
    for path in (f"/l/{token}", f"/l/{token}/files/{door.film.id}/x"):
        answer = door.ask(path, method=method)
        assert answer.status_code == 404
        assert "set-cookie" not in answer.headers
        assert "<script" not in answer.text


def test_the_page_of_a_mistyped_link_says_whom_to_ask(door):
    said = door.ask(f"/l/{'0' * 64}").text
    assert all(words in said for words in ("Harbour Investigations", "020 7946 0000", "This link leads nowhere"))


def expire(door):
    door.set_link(expires_at=now.now())


def revoke(door):
    link_id = door.with_link(lambda _, link: link.id)
    door.installed.change(renewing.revoke, [link_id], by=door.installed.firm.manager)


def lock(door):
    door.set_link(locked_at=now.now())


def withdraw(door):
    door.installed.change(recall, door.installed.sending.id, by=door.installed.firm.manager)


def close_the_case(door):
    door.set_link(expires_at=None)
    door.set(Case, Case.id == door.installed.firm.case.id, closed_at=now.now())


def end_the_assignment(door):
    door.set(Assignment, Assignment.person_id == door.installed.firm.partner.id, ended_at=now.now())


def change_the_address(door):
    door.set(Person, Person.id == door.installed.firm.partner.id, email="new@example.com")


def archive(door):
    door.set(Person, Person.id == door.installed.firm.partner.id, archived_at=now.now())


ENDS = [(expire, 410), (revoke, 410), (lock, 429), (withdraw, 410), (close_the_case, 410), (end_the_assignment, 410), (change_the_address, 410), (archive, 410)]  # fmt: skip


@pytest.mark.parametrize(("end", "status"), ENDS)
def test_a_dead_link_says_so_and_whom_to_ask_and_opens_nothing(door, end, status):
    door.let_in()
    assert door.ask(door.file).content == FILM
    end(door)
    for path in (door.url, door.file, f"{door.file}?download"):
        for method, headers in (("GET", {}), ("HEAD", {}), ("GET", {"range": "bytes=500-"})):
            answer = door.ask(path, method=method, **headers)
            assert answer.status_code == status
            assert NAME not in answer.text
            assert FILM[-100:] != answer.content[-100:]
    said = door.ask(door.url).text
    assert all(words in said for words in ("Harbour Investigations", "020 7946 0000", "Manager G."))
    assert ("Ask for a new link" in said) == (end in (expire, close_the_case))
    assert "<script" not in said


def test_the_other_recipients_link_lives_on(door):
    revoke(door)
    door.let_in("client")
    assert door.ask(door.file_of("client")).content == FILM


def test_asking_for_a_new_link_tells_the_sender_and_is_limited(door):
    expire(door)
    answers = [door.post(f"{door.url}/again") for _ in range(5)]
    assert {answer.status_code for answer in answers} == {200}  # whoever asks too often is told the same
    assert all("The sender has been told" in answer.text for answer in answers)
    told = [each for each in door.installed.rows(Notification) if each.kind is Kind.LINK_TROUBLE]
    assert [(each.person_id, each.title) for each in told] == [
        (door.installed.firm.manager.id, "Partner C. asks for a new link")
    ]
    steps = [each.step for each in door.installed.rows(LinkEvent)]
    assert steps == [Step.ASKED_AGAIN]


def test_the_page_that_asks_sends_its_origin_along(door):
    """Under `no-referrer` a browser's form would say `Origin: null`, and be refused as another site's."""
    expire(door)
    assert door.ask(door.url).headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("end", [None, revoke, lock, change_the_address])
def test_only_an_expired_link_can_be_asked_for_again(door, end):
    if end:
        end(door)
    before = door.installed.dump()
    answer = door.post(f"{door.url}/again")
    assert (answer.status_code, answer.headers["location"]) == (303, door.url)
    assert door.post("/l/unknown/again").status_code == 303
    assert door.installed.dump() == before


def test_another_site_cannot_ask_for_a_new_link(door, visitor):
    expire(door)
    for origin in ("https://evil.example", "null", None):
        assert visitor(origin=origin).post(f"{door.url}/again").status_code == 403
    assert door.installed.rows(LinkEvent) == []


def test_a_renewed_link_works_at_the_same_address(door):
    expire(door)
    assert door.ask(door.url).status_code == 410
    link_id = door.with_link(lambda _, link: link.id)
    door.installed.change(renewing.renew, [link_id], now.now() + WEEK, by=door.installed.firm.manager)
    assert door.ask(door.url).status_code == 200
    assert door.ask(door.file).status_code == 401  # renewing lets nobody in


def test_looking_changes_nothing(door):
    """A hundred of each, with every kind of cookie: mail scanners and previews leave no trace."""
    paths = [f"/l/{token}" for token in door.tokens.values()] + [door.file_of(name) for name in door.tokens]
    paths += [f"{path}?download" for path in paths] + [f"{door.url}/again"]
    before = door.installed.dump()
    for number in range(100):
        for method in ("GET", "HEAD"):
            headers = {"sec-purpose": "prefetch"} if number % 2 else {}
            answer = door.ask(paths[number % len(paths)], method=method, cookie="" if number % 3 else COOKIE, **headers)
            assert answer.status_code in {200, 401, 405}
            assert NAME not in answer.text
    door.let_in()
    within = door.installed.dump()
    door.ask(door.url)
    door.ask(door.file, method="HEAD")
    assert door.installed.dump() == within
    assert {name for name in before if before[name] != within[name]} == {"visit"}


def test_a_file_is_refused_without_a_visit(door):
    for cookie in ("", COOKIE, "x" * 4_000, "é"):
        answer = door.ask(door.file, cookie=cookie)
        assert answer.status_code == 401
        assert "This file is not open any more." in answer.text
        assert door.url in answer.text  # the way back


def test_a_visit_opens_its_own_link_in_its_own_browser(door):
    door.let_in()
    assert door.ask(door.file).content == FILM
    assert door.ask(door.file, cookie="another").status_code == 401
    assert door.ask(door.file_of("client")).status_code == 401
    assert door.ask(door.file.replace(f"/{door.film.id}/", "/999999/")).status_code == 404
    other = door.installed.file("other.bin", b"of the case, not of the link")
    assert door.ask(door.file.replace(f"/{door.film.id}/", f"/{other.id}/")).status_code == 404


@pytest.mark.parametrize("headers", [{}, {"range": "bytes=100-"}])
def test_a_visit_ends_with_its_lease_and_is_not_revived(door, clock, headers):
    visit = door.let_in()
    clock.forward(seconds=visits.LEASE.total_seconds() - 1)
    assert door.ask(door.file, **headers).status_code in {200, 206}
    clock.forward(seconds=1)
    assert door.ask(door.file, **headers).status_code == 401
    assert not door.installed.change(visits.renew, visit)
    assert door.ask(door.file, **headers).status_code == 401


def test_a_download_does_not_go_on_after_the_window_closed(door, clock):
    visit = door.let_in()
    door.installed.change(visits.window_closed, visit)
    clock.forward(seconds=visits.GRACE.total_seconds() - 1)
    assert door.ask(f"{door.file}?download", range="bytes=500-").status_code == 206
    clock.forward(seconds=1)
    assert door.ask(f"{door.file}?download", range="bytes=500-").status_code == 401


def test_a_visit_ends_after_eight_hours_however_often_it_is_renewed(door, clock):
    visit = door.let_in()
    for _ in range(8 * 3600 // 40 - 1):
        clock.forward(seconds=40)
        door.installed.change(visits.renew, visit)
    clock.forward(seconds=39)
    assert door.ask(door.file).status_code == 200
    clock.forward(seconds=1)
    assert door.ask(door.file).status_code == 401


def test_leave_and_lock_closes_at_once(door):
    door.let_in()
    door.installed.change(gate.leave, door.tokens["partner"], seen_as(COOKIE))
    assert door.ask(door.file).status_code == 401


@pytest.mark.parametrize(("name", "status"), [("client", 200), ("manager", 200), ("outsider", 401), ("colleague", 401)])
def test_somebody_signed_in_gets_what_they_may_see(door, visitor, name, status):
    session = door.installed.signed_in(name)
    for path in (door.file, door.file_of("client")):
        assert visitor(origin=None, **session).get(path).status_code == status
    assert bool(door.installed.rows(LinkEvent)) == (name == "client")  # evidence is of the recipient alone
