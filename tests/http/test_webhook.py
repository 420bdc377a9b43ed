"""POST /webhooks/resend: what is signed is taken once, what is not is refused alike and explained to operators only."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from caseupdates.database import reading
from caseupdates.delivery import outbox, routes
from caseupdates.delivery.models import Provider, ProviderEvent
from caseupdates.delivery.outcomes import Accepted
from caseupdates.notifications.models import Notification
from caseupdates.people.models import Kind, Person
from caseupdates.sending.models import Delivery
from caseupdates.sending.send import send
from caseupdates.settings import settings
from tests.delivery.post import a_mail, hand_over, put_in, stored
from tests.delivery.reports import HARD, body
from tests.provider import signed
from tests.stories import UNDO

PATH = "/webhooks/resend"
SECRET = "whsec_c3RhbmQtaW4="
OTHER = "whsec_c29tZWJvZHk="
REFUSED = (401, {"refused": "This cannot be known to come from the mail provider. An administrator can see why."})


@pytest.fixture(autouse=True)
def secret(monkeypatch):
    """The secret the operator has set; `secret(None)` for none."""

    def set_to(value):
        monkeypatch.setattr(routes, "settings", lambda: replace(settings(), resend_webhook_secret=value))

    set_to(SECRET)
    return set_to


@pytest.fixture
def svix(visitor):
    """Svix: no browser, so no Origin."""
    return visitor(origin=None)


@pytest.fixture
def mail(emptied, clock):
    return put_in()[0]


@pytest.fixture
def rows(emptied):
    """Every row of a table."""

    def of(table):
        with reading() as session:
            return list(session.exec(select(table)).all())

    return of


def post(svix, mail, type="delivered", *, at, secret=SECRET, id="", **details):
    headers, content = signed(body(stored(mail), type, **details), secret, at=at, id=id)
    return svix.post(PATH, headers=headers, content=content)


def answer(response):
    return response.status_code, response.json()


def account(rows):
    [found] = rows(Provider)
    return found


def test_a_signed_event_is_taken(svix, mail, clock, rows):
    assert answer(post(svix, mail, at=clock())) == (200, {})
    assert stored(mail).delivered_at == clock()
    assert (account(rows).event_at, account(rows).event_refused_at) == (clock(), None)


def test_the_same_event_again_is_taken_and_changes_nothing(svix, mail, clock, rows):
    for _ in range(3):
        assert post(svix, mail, "bounced", at=clock(), id="msg_a").status_code == 200
        before = stored(mail).model_dump()
        clock.forward(minutes=1)
    assert stored(mail).model_dump() == before
    assert len(rows(ProviderEvent)) == 1


@pytest.mark.parametrize(
    "content",
    [b"{}", b"[]", b"not JSON", b'{"type": "email.delivered"}', b'{"type": "email.opened"}', b'{"type": "domain.created"}'],
)  # fmt: skip
def test_what_is_signed_but_says_nothing_of_a_mail_of_ours_is_taken_and_ignored(svix, mail, clock, rows, content):
    headers, content = signed(content, SECRET, at=clock())
    assert svix.post(PATH, headers=headers, content=content).status_code == 200
    assert rows(ProviderEvent) == []


def test_an_event_about_somebody_elses_mail_is_taken_and_ignored(svix, mail, clock, rows):
    assert post(svix, mail, at=clock(), tags={"message": "unknown"}).status_code == 200
    assert rows(ProviderEvent) == []
    assert stored(mail).delivered_at is None


@pytest.mark.parametrize("seconds", [-300, 300])
def test_five_minutes_between_the_clocks_are_borne(svix, mail, clock, seconds):
    assert post(svix, mail, at=clock() + timedelta(seconds=seconds)).status_code == 200


@pytest.mark.parametrize(
    ("seconds", "says"),
    [(-301, "5 minutes ahead of"), (301, "5 minutes behind"), (-3600, "60 minutes ahead of"), (86400, "1,440 minutes")],
)
def test_more_than_that_is_refused_and_operators_read_by_how_much(svix, mail, clock, rows, seconds, says):
    assert answer(post(svix, mail, at=clock() + timedelta(seconds=seconds))) == REFUSED
    assert says in account(rows).event_refused_why
    assert stored(mail).delivered_at is None


def test_another_secret_is_refused(svix, mail, clock, rows):
    assert answer(post(svix, mail, at=clock(), secret=OTHER)) == REFUSED
    assert "another secret" in account(rows).event_refused_why
    assert account(rows).event_refused_at == clock()
    assert account(rows).event_at is None


def test_without_a_secret_everything_is_refused(svix, mail, clock, rows, secret):
    secret(None)
    assert answer(post(svix, mail, at=clock())) == REFUSED
    assert "RESEND_WEBHOOK_SECRET is not set" in account(rows).event_refused_why


@pytest.mark.parametrize("header", ["svix-id", "svix-timestamp", "svix-signature"])
def test_a_missing_header_is_refused(svix, mail, clock, rows, header):
    headers, content = signed(body(stored(mail)), SECRET, at=clock())
    del headers[header]
    assert answer(svix.post(PATH, headers=headers, content=content)) == REFUSED
    assert account(rows).event_refused_why == "It was not signed."


@pytest.mark.parametrize("part", ["svix-id", "svix-timestamp", "content"])
def test_a_changed_part_is_refused(svix, mail, clock, part):
    headers, content = signed(body(stored(mail)), SECRET, at=clock())
    if part == "content":
        content = content.replace(b"delivered", b"bounced")
    else:
        headers[part] = str(int(headers[part]) + 1) if part == "svix-timestamp" else f"{headers[part]}0"
    assert answer(svix.post(PATH, headers=headers, content=content)) == REFUSED


@pytest.mark.parametrize(
    ("signature", "status"),
    [
        ("v1,AAAA {}", 200),
        ("{} v1,AAAA", 200),
        ("v2,AAAA v1a,AAAA {}", 200),
        ("v1,AAAA v1,BBBB", 401),
        ("", 401),
        (" ", 401),
        ("v1", 401),
        ("v2,{bare}", 401),
        ("{bare}", 401),
        ("v1,{bare},", 401),
        ("v1,é", 401),
    ],
)
def test_one_right_signature_among_several_is_enough(svix, mail, clock, signature, status):
    headers, content = signed(body(stored(mail)), SECRET, at=clock())
    right = headers["svix-signature"]
    headers["svix-signature"] = signature.replace("{bare}", right.removeprefix("v1,")).replace("{}", right)
    sent = {name.encode(): value.encode() for name, value in headers.items()}
    assert svix.post(PATH, headers=sent, content=content).status_code == status


def test_while_the_secret_is_changed_both_sign(svix, mail, clock):
    headers, content = signed(body(stored(mail)), SECRET, at=clock(), id="msg_a")
    other, _ = signed(content, OTHER, at=clock(), id="msg_a")
    headers["svix-signature"] = f"{other['svix-signature']} {headers['svix-signature']}"
    assert svix.post(PATH, headers=headers, content=content).status_code == 200


def test_forgeries_do_not_make_us_write_each_time(svix, mail, clock, rows):
    post(svix, mail, at=clock(), secret=OTHER)
    began = clock()
    for _ in range(9):
        clock.forward(seconds=1)
        assert post(svix, mail, at=clock(), secret=OTHER).status_code == 401
    assert account(rows).event_refused_at == began
    clock.forward(seconds=1)
    post(svix, mail, at=clock(), secret=OTHER)
    assert account(rows).event_refused_at == clock()


def test_a_body_of_a_quarter_megabyte_is_read_and_a_larger_one_is_not(svix, mail, clock):
    for size, status in ((routes.LARGEST, 401), (routes.LARGEST + 1, 413)):
        assert svix.post(PATH, content=b"x" * size).status_code == status


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH"])
def test_nothing_but_post_is_answered(svix, mail, method):
    answered = svix.request(method, PATH)
    assert (answered.status_code, answered.headers["allow"]) == (405, "POST")


def test_another_site_is_refused_even_here_and_another_name_too(visitor, svix, mail, clock):
    headers, content = signed(body(stored(mail)), SECRET, at=clock())
    for foreign in (visitor(origin="https://evil.example"), visitor(origin=None, host="evil.example")):
        assert foreign.post(PATH, headers=headers, content=content).status_code == 403
    assert stored(mail).delivered_at is None


@pytest.mark.parametrize("path", ["/webhooks/resend/", "/webhooks/resend/x", "/webhooks", "/sign-out", "/sign-in"])
def test_no_other_post_gets_in_without_an_origin(svix, mail, path):
    assert svix.post(path).status_code == 403


def test_a_hard_bounce_stops_the_address_and_tells_the_sender_once(svix, installed, clock):
    update, firm = installed.update(), installed.firm
    installed.change(send, update.update_id, [firm.client.id], seen=1, already=0, by=firm.manager, undo=UNDO)
    clock.forward(seconds=10)
    installed.change(hand_over, Accepted("re_1"))
    [delivery] = installed.rows(Delivery)
    for id in ("msg_a", "msg_b", "msg_a"):
        assert post(svix, delivery.message_id, "bounced", at=clock(), id=id, **HARD).status_code == 200
    [client] = [each for each in installed.rows(Person) if each.name == "Client C."]
    assert client.bounced_at == clock()
    [notice] = [each for each in installed.rows(Notification) if each.kind is Kind.DELIVERY_FAILED]
    assert notice.person_id == firm.manager.id
    assert notice.summary == "Client C. did not get “Night two” by email. The address does not exist."


def test_a_bounced_invitation_stops_the_address_though_it_belongs_to_no_sending(svix, installed, clock):
    message = installed.change(outbox.enqueue, a_mail("client@example.com"))
    assert post(svix, message.id, "bounced", at=clock(), **HARD).status_code == 200
    assert [each.name for each in installed.rows(Person) if each.bounced_at] == ["Client C."]
    assert not [each for each in installed.rows(Notification) if each.kind is Kind.DELIVERY_FAILED]


def test_the_answer_and_the_log_say_nothing_of_the_mail(svix, mail, clock, caplog):
    content = json.dumps({"type": "email.bounced", "data": {"to": ["client0@example.com"], "email_id": 7}}).encode()
    for secret_key in (SECRET, OTHER):
        headers, content = signed(content, secret_key, at=clock())
        assert "client0" not in svix.post(PATH, headers=headers, content=content).text
    assert "client0" not in caplog.text
