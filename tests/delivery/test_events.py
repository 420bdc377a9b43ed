"""What is read out of a webhook: its kind, its mail, its moments, and the problem in plain words."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from caseupdates.delivery import events, reasons
from caseupdates.delivery.events import Kind
from tests.delivery.reports import EMAIL_ID, HARD, SOFT
from tests.provider import an_event

NOTHING = [b"", b"{", b"[]", b"null", b"7", b'"email.delivered"', b"\xff\xfe", b"[" * 100_000, b"1" * 5_000]
ODD = [None, True, 7, -1, 1e308, 10**400, [], {}, [[]], "", "\0", "\ud800", "x" * 100_000, {"a": []}, [{"name": 1}]]


def read(type="delivered", **told):
    return events.read("msg_1", json.dumps({**an_event(type, tags={"message": "k"}), **told}).encode())


def with_data(type="delivered", **data):
    whole = an_event(type, tags={"message": "k"})
    return events.read("msg_1", json.dumps({**whole, "data": {**whole["data"], **data}}).encode())


def test_an_event_says_what_happened_to_which_mail_and_when(clock):
    moment = (clock() - timedelta(hours=1)).timestamp()
    told = events.read("msg_1", json.dumps(an_event("delivered", tags={"message": "k"}, at=moment)).encode())
    assert (told.id, told.kind, told.message_key, told.provider_id) == ("msg_1", Kind.DELIVERED, "k", EMAIL_ID)
    assert told.occurred_at == told.accepted_at == clock() - timedelta(hours=1)
    assert told.detail == ""


@pytest.mark.parametrize("tags", [{"message": "k"}, [{"name": "a", "value": "b"}, {"name": "message", "value": "k"}]])
def test_our_tag_is_found_in_both_shapes(tags):
    assert with_data(tags=tags).message_key == "k"


@pytest.mark.parametrize("type", ["opened", "clicked", "scheduled", "received", "of the future"])
def test_openings_clicks_and_what_nobody_knows_are_not_read(type):
    assert read(type) is None


@pytest.mark.parametrize("type", ["domain.created", "contact.updated", "delivered", 7, None, ["email.delivered"]])
def test_what_is_not_about_a_mail_is_not_read(type):
    assert events.read("msg_1", json.dumps({**an_event(), "type": type}).encode()) is None


@pytest.mark.parametrize("body", NOTHING)
def test_what_is_no_event_is_not_read(body):
    assert events.read("msg_1", body) is None


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: repr(odd)[:20])
@pytest.mark.parametrize("field", ["created_at", "email_id", "tags", "bounce", "failed", "to", "from", "subject"])
def test_no_field_is_trusted_to_be_what_it_should_be(clock, field, odd):
    for told in (with_data("bounced", **{field: odd}), with_data("failed", **{field: odd})):
        assert told is None or told.occurred_at <= clock()
    for type in ("bounced", "failed"):
        read(type, data=odd, created_at=odd)


@pytest.mark.parametrize(
    ("said", "read_as"),
    [
        ("2026-11-22T08:00:00.126Z", datetime(2026, 11, 22, 8, 0, 0, 126_000, UTC)),
        ("2026-11-22T10:00:00+02:00", datetime(2026, 11, 22, 8, tzinfo=UTC)),
        ("2026-11-22 08:00:00.126+00", datetime(2026, 11, 22, 8, 0, 0, 126_000, UTC)),
        ("2026-11-22T08:00:00", datetime(2026, 11, 22, 8, tzinfo=UTC)),
    ],
)
def test_moments_are_read_in_every_spelling(clock, said, read_as):
    assert read(created_at=said).occurred_at == read_as


@pytest.mark.parametrize(
    "said", ["9999-12-31T23:59:59Z", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "yesterday", 1e300]
)
def test_a_moment_that_cannot_be_is_now(clock, said):
    assert read(created_at=said).occurred_at == clock()


@pytest.mark.parametrize(
    ("type", "details", "disables", "says"),
    [
        ("bounced", HARD, True, "The address does not exist."),
        ("bounced", SOFT, False, "The mailbox is full."),
        ("bounced", {"bounce": {"type": "Undetermined", "subType": "Undetermined"}}, False, reasons.REJECTED),
        ("bounced", {"bounce": {}}, False, reasons.REJECTED),
        ("complained", {}, True, reasons.COMPLAINED),
        ("suppressed", {}, True, reasons.SUPPRESSED),
        ("failed", {"failed": {"reason": "reached_daily_quota"}}, False, "The mail provider could not send it: reached daily quota."),
        ("failed", {"failed": {}}, False, "The mail provider could not send it."),
        ("delivery_delayed", {}, False, reasons.DELAYED),
        ("delivered", {}, False, ""),
        ("sent", {}, False, ""),
    ],
)  # fmt: skip
def test_each_problem_is_said_in_plain_words_and_some_disable_the_address(type, details, disables, says):
    told = with_data(type, **details)
    assert (told.disables, told.detail) == (disables, says)


def test_the_providers_own_words_are_one_bounded_line():
    told = with_data("bounced", bounce={"type": "Permanent", "message": "5.1.1\r\n\x1b[31mgone\u2028 " + "x" * 10_000})
    assert told.detail.startswith("5.1.1 [31mgone xxx")
    assert len(told.detail) == reasons.LONGEST
    assert told.detail.isprintable()


@pytest.mark.parametrize("id", ["", "x" * 201])
def test_an_event_without_a_usable_id_is_not_read(id):
    assert events.read(id, json.dumps(an_event(tags={"message": "k"})).encode()) is None
