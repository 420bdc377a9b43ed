"""Mails to hand over to Resend, and what it says of the time."""

from http.server import BaseHTTPRequestHandler

import pytest

from caseupdates.delivery import outbox
from tests.delivery.post import a_mail, parcel_of

SENDER = "Firm <updates@example.com>"


@pytest.fixture
def message(session):
    return outbox.enqueue(session, a_mail(), sender=SENDER)


@pytest.fixture
def parcel(message):
    return parcel_of(message)


@pytest.fixture
def four(session):
    """A parcel of four."""
    mails = [a_mail(f"client{n}@example.com") for n in range(4)]
    return parcel_of(*outbox.enqueue_all(session, mails, sender=SENDER))


@pytest.fixture
def provider_says_it_is(monkeypatch):
    """Set the Date that the provider writes on its answers."""

    def say(date):
        monkeypatch.setattr(BaseHTTPRequestHandler, "date_time_string", lambda *_: date)

    return say
