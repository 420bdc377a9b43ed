import json

import pytest

from caseupdates.delivery.mail import SUBJECT_LENGTH, payload
from caseupdates.refusals import Invalid
from tests.delivery.post import a_mail

SENDER = "Firm <updates@example.com>"


def frozen(**parts: str) -> dict[str, object]:
    fields: dict[str, object] = json.loads(payload(a_mail(**parts), sender=SENDER, key="key-1"))
    return fields


def test_a_payload_is_what_the_provider_reads():
    assert frozen(reply_to="office@example.com") == {
        "from": SENDER,
        "to": ["client@example.com"],
        "subject": "Warehouse losses",
        "text": "The van left at 06:12.",
        "html": "<p>The van left at 06:12.</p>",
        "reply_to": "office@example.com",
        "headers": {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
        "tags": [{"name": "message", "value": "key-1"}],
    }


def test_without_a_reply_address_none_is_named():
    assert "reply_to" not in frozen()


def test_the_same_mail_gives_the_same_bytes():
    assert payload(a_mail(), sender=SENDER, key="key-1") == payload(a_mail(), sender=SENDER, key="key-1")


@pytest.mark.parametrize("between", ["\r\n", "\n", "\r", "\t", "\x00", "\x1b", "\x7f", "\x85", "\u2028", "\u2029"])
def test_a_subject_is_one_line_of_printable_characters(between):
    assert frozen(subject=f"Losses{between}Bcc: someone@example.com")["subject"] == "Losses Bcc: someone@example.com"


def test_a_subject_keeps_accents_and_joined_emoji():
    assert frozen(subject="Übergabe 👩‍💻 – Café")["subject"] == "Übergabe 👩‍💻 – Café"


def test_a_subject_of_full_length_stays_whole():
    assert frozen(subject="x" * SUBJECT_LENGTH)["subject"] == "x" * SUBJECT_LENGTH


def test_a_longer_subject_is_shortened_visibly():
    subject = frozen(subject="x" * (SUBJECT_LENGTH + 1))["subject"]
    assert subject == "x" * (SUBJECT_LENGTH - 1) + "…"


def test_a_reply_address_cannot_add_a_header():
    assert frozen(reply_to="office@example.com\r\nBcc: all@example.com")["reply_to"] == (
        "office@example.com Bcc: all@example.com"
    )


@pytest.mark.parametrize(
    "to", ["", "nobody", "a@example.com, b@example.com", "a@example.com\nb@example.com", "A <a@example.com>"]
)
def test_a_mail_goes_to_one_address(to):
    with pytest.raises(Invalid, match="one address"):
        frozen(to=to)
