"""The HTTP door of delivery: where the mail provider reports what became of mails."""

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from caseupdates.database import read, write
from caseupdates.delivery import events, hearing, signatures
from caseupdates.interface.routing import mail_provider
from caseupdates.refusals import Refusal
from caseupdates.sending.failures import tell_sender
from caseupdates.settings import settings

LARGEST = 256 * 1024  # bytes; an event is a few thousand


class NotTheProvider(Refusal):
    """The same for whoever asks; the reason is for operators."""

    status = 401

    def __str__(self) -> str:
        return "This cannot be known to come from the mail provider. An administrator can see why."


class TooLarge(Refusal):
    status = 413

    def __str__(self) -> str:
        return "An event of the mail provider is not that large."


@mail_provider
async def take_event(request: Request) -> Response:
    """POST: an event, signed by Svix for Resend. Whatever is signed is taken, or it would come again for a day."""
    body = await _body(request)
    if why := signatures.objection(request.headers, body, secret=settings().resend_webhook_secret):
        if not await read(hearing.is_noted, refused=True):
            await write(hearing.refused, why)
        raise NotTheProvider
    if event := events.read(request.headers["svix-id"], body):
        await write(hearing.hear, event, told=tell_sender)
    if not await read(hearing.is_noted, refused=False):
        await write(hearing.heard)
    return JSONResponse({})


async def _body(request: Request) -> bytes:
    """The whole body; raise TooLarge without reading further than allowed."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST:
                raise TooLarge
    except ClientDisconnect:
        raise NotTheProvider from None
    return bytes(body)


routes = [Route("/webhooks/resend", take_event, methods=["POST"])]
