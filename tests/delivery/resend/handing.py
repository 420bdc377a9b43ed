"""Handing over to Resend at some address, and what it can answer."""

import socket

from caseupdates.delivery.resend_mailer import ResendMailer
from tests.delivery.provider import Answer


async def answer_to(parcel, url, *, times=1):
    """The answer to the last handing over."""
    async with ResendMailer("re_secret", api_url=url) as mailer:
        return [await mailer.hand_over(parcel) for _ in range(times)][-1]


async def hand_over(parcel, url, *, times=1):
    """What the last handing over brought."""
    return (await answer_to(parcel, url, times=times)).outcomes


def closed_port():
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{closed.getsockname()[1]}"


def accepting(*ids, errors=(), headers=None):
    """The answer to a batch."""
    body = {"data": [{"id": each} for each in ids], **({"errors": list(errors)} if errors else {})}
    return Answer(body=body, headers=headers or {})
