"""The HTTP doors of links: the page behind a mailed address, asking for a new link, and the files."""

from io import FileIO

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from caseupdates import database
from caseupdates.files import storage
from caseupdates.interface import pages, visitors
from caseupdates.interface.access import SESSION_COOKIE, whole_number
from caseupdates.interface.evidence import evidence
from caseupdates.interface.routing import anyone
from caseupdates.interface.serving import FileAnswer, asked_again
from caseupdates.links import gate, renewing, serving, telling
from caseupdates.links.access import DeadLink
from caseupdates.links.gate import Before
from caseupdates.links.models import Step
from caseupdates.links.visitors import Visitor
from caseupdates.people.firm import firm
from caseupdates.refusals import NotFound, Refusal, TooMany


@anyone
async def land(request: Request) -> Response:
    """GET the address from a mail: the gate's page, or a plain page with the right status. Changes nothing."""
    token, visitor = request.path_params["token"], visitors.of_request(request)
    try:
        found = await database.read(gate.before, token, visitor, session_token=request.cookies.get(SESSION_COOKIE, ""))
    except NotFound as refusal:
        return await _nothing(refusal)
    if found.refusal:
        return _dead(found, found.refusal, token)
    return visitors.welcome(request, pages.built())


@anyone
async def ask_again(request: Request) -> Response:
    """POST: ask the sender to renew an expired link; the answer is a plain page."""
    token, visitor = request.path_params["token"], visitors.of_request(request)
    try:
        await database.write(renewing.ask_again, token, visitor)
    except NotFound:
        return RedirectResponse(f"/l/{token}", status_code=303)
    except TooMany:
        pass  # they have been told already
    else:
        await database.write(telling.tell, token, Step.ASKED_AGAIN)
    found = await database.read(gate.before, token, visitor)
    return pages.plain(
        "The sender has been told", found.firm, "When the link is renewed, the address you have works again."
    )


@anyone
async def have(request: Request) -> Response:
    """GET one of a link's files; `?download` to keep it. Asked anew for every request and range."""
    token, visitor = request.path_params["token"], visitors.of_request(request)
    session_token = request.cookies.get(SESSION_COOKIE, "")
    file_id = whole_number(request.path_params["file_id"])
    try:
        granted, content = await database.read(_opened, token, file_id, visitor, session_token)
    except Refusal as refusal:
        here = await database.read(firm)
        return pages.plain(str(refusal), here, "", status=refusal.status, back=f"/l/{token}")
    still = asked_again(serving.grant, token, file_id, visitor, session_token=session_token)
    return FileAnswer(
        request, content, granted.name, granted.media_type, granted.size, granted.sha256, still=still,
        note=evidence(granted, visitor),
    )  # fmt: skip


def _opened(
    session: Session, token: str, file_id: int, visitor: Visitor, session_token: str
) -> tuple[serving.Granted, FileIO]:
    """Ask and open in one turn of a thread: the first byte waits for it."""
    granted = serving.grant(session, token, file_id, visitor, session_token=session_token)
    return granted, storage.opened(granted.sha256)


async def _nothing(refusal: Refusal) -> Response:
    here = await database.read(firm)
    sentence = "Check that the whole address from the email was opened, or ask for the files again."
    return pages.plain("This link leads nowhere", here, sentence, status=refusal.status)


def _dead(found: Before, refusal: DeadLink, token: str) -> Response:
    """What there was, why it is over, and what to do: the sender's name, and a button where they can renew it."""
    ask = f"/l/{token}/again" if found.can_ask_again else ""
    sentence = f"It was sent to you by {found.link.sender.name}."
    return pages.plain(str(refusal).rstrip("."), found.firm, sentence, status=refusal.status, ask=ask)


routes = [
    Route("/l/{token}", land, methods=["GET"]),
    Route("/l/{token}/again", ask_again, methods=["POST"]),
    Route("/l/{token}/files/{file_id}/{name}", have, methods=["GET"]),
]
