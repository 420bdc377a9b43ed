"""Mailers: what a message is handed to. Resend with its key; without one, the local mailbox."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import Protocol

from caseupdates.delivery.mail import Content, complete
from caseupdates.delivery.mailbox import LocalMailbox
from caseupdates.delivery.models import Pause
from caseupdates.delivery.outcomes import Paused
from caseupdates.delivery.parcels import Answer, Parcel
from caseupdates.delivery.resend_mailer import ResendMailer
from caseupdates.settings import Settings

NO_KEY = "No mail provider is set up yet. Give RESEND_API_KEY and start again: what waits is sent then."
AGAIN = timedelta(minutes=15)


class Mailer(Protocol):
    async def hand_over(self, parcel: Parcel) -> Answer:
        """Give a parcel to the provider and say what came of it; it may be asked again with the same parcel."""


class NoProvider:
    """An installation for others without a key: mail waits until there is one, and says so."""

    async def hand_over(self, parcel: Parcel) -> Answer:
        return Answer(Paused(NO_KEY, AGAIN, Pause.ACCOUNT))


@asynccontextmanager
async def chosen(settings: Settings, *, content: Content) -> AsyncIterator[Mailer]:
    """The mailer these settings ask for, open while the block runs; `content` reads what goes attached."""
    if settings.resend_api_key is None:
        yield LocalMailbox() if settings.is_local else NoProvider()
        return
    opened = partial(complete, key=settings.secret_key, content=content)
    async with ResendMailer(settings.resend_api_key, api_url=settings.resend_api_url, opened=opened) as resend:
        yield resend
