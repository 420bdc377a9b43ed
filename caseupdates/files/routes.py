"""The HTTP doors of files: upload into a case or a draft, and have a file as somebody signed in."""

from io import FileIO
from urllib.parse import unquote

from anyio import to_thread
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from caseupdates import database
from caseupdates.files import kinds, names, storage, uploading
from caseupdates.files.access import file_shown
from caseupdates.files.models import File
from caseupdates.interface import visitors
from caseupdates.interface.access import SESSION_COOKIE, whole_number, words
from caseupdates.interface.evidence import evidence
from caseupdates.interface.routing import signed_in
from caseupdates.interface.serving import FileAnswer, asked_again
from caseupdates.interface.uploads import chunks, length
from caseupdates.links.serving import Granted, own
from caseupdates.people import sessions

AT_ONCE = 2**20  # bytes gathered before a thread hashes and writes them


@signed_in
async def upload(request: Request) -> Response:
    """PUT a file's bytes to the case, its name in `x-file-name` (URI-encoded), the draft's `about` in `?draft=`."""
    number, draft = request.path_params["number"], words(request.query_params.get("draft", ""), at_most=50)
    name, token = unquote(request.headers.get("x-file-name", "")), request.cookies.get(SESSION_COOKIE, "")
    size = length(request, "content-length")
    await database.read(_may_upload, token, number, size, draft)
    name = names.cleaned(words(name, at_most=1_000))
    content = await _stored(request, size or 0, name)
    file = await database.write(_take_in, token, number, name, content, draft)
    return JSONResponse({"id": file.id, "name": file.name, "size": uploading.said(file.size)})


@signed_in
async def may_upload(request: Request) -> Response:
    """POST the size alone, in `x-file-size`: may this upload begin? A refusal in the middle of a large body can get lost."""
    number, draft = request.path_params["number"], words(request.query_params.get("draft", ""), at_most=50)
    size = length(request, "x-file-size")
    await database.read(_may_upload, request.cookies.get(SESSION_COOKIE, ""), number, size, draft)
    return JSONResponse({"may": True})


@signed_in
async def have(request: Request) -> Response:
    """GET a file of an update one sees, or of a case one works; `?download` to keep it."""
    token = request.cookies.get(SESSION_COOKIE, "")
    file_id = whole_number(request.path_params["file_id"])
    file, content, granted = await database.read(_opened, token, file_id)
    note = evidence(granted, visitors.of_request(request)) if granted else None
    still = asked_again(_shown, token, file_id)
    return FileAnswer(request, content, file.name, file.media_type, file.size, file.sha256, still=still, note=note)


async def _stored(request: Request, size: int, name: str) -> storage.Stored:
    """The body in the store; raise Invalid when it ends early. Memory does not grow with it."""
    gathered = bytearray()
    with storage.Incoming() as incoming:
        async for chunk in chunks(request, size):
            gathered += chunk
            if len(gathered) >= AT_ONCE:
                await to_thread.run_sync(incoming.write, gathered)
                gathered = bytearray()
        await to_thread.run_sync(incoming.write, gathered)
        kinds.media_type(name, incoming.head)  # what is refused shall not stay in the store
        return await to_thread.run_sync(incoming.finish)


def _may_upload(session: Session, token: str, number: str, size: int | None, draft: str) -> None:
    uploading.require_upload(session, number, size, draft=draft, by=sessions.person_of(session, token))


def _take_in(session: Session, token: str, number: str, name: str, content: storage.Stored, draft: str) -> File:
    return uploading.take_in(session, number, name, content, draft=draft, by=sessions.person_of(session, token))


def _opened(session: Session, token: str, file_id: int) -> tuple[File, FileIO, Granted | None]:
    """The file, its content, and the link through which the person was sent it, if they were."""
    file = _shown(session, token, file_id)
    return file, storage.opened(file.sha256), own(session, file, sessions.person_of(session, token))


def _shown(session: Session, token: str, file_id: int) -> File:
    return file_shown(session, file_id, by=sessions.person_of(session, token))


routes = [
    Route("/cases/{number}/files", upload, methods=["PUT"]),
    Route("/cases/{number}/files", may_upload, methods=["POST"]),
    Route("/files/{file_id}/{name}", have, methods=["GET"]),
]
