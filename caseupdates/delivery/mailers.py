"""Mailers: what a message is handed to. Resend with its key; without one, the local mailbox."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

from caseupdates.delivery.mailbox import LocalMailbox
from caseupdates.delivery.models import Message
from caseupdates.delivery.outcomes import Outcome
from caseupdates.delivery.resend_mailer import ResendMailer
from caseupdates.settings import Settings


class Mailer(Protocol):
    async def hand_over(self, message: Message) -> Outcome:
        """Give a message to the provider and say what came of it; it may be asked again with the same message."""


@asynccontextmanager
async def chosen(settings: Settings) -> AsyncIterator[Mailer]:
    """The mailer these settings ask for, open while the block runs."""
    if settings.resend_api_key is None:
        yield LocalMailbox()
        return
    async with ResendMailer(settings.resend_api_key, api_url=settings.resend_api_url) as resend:
        yield resend
