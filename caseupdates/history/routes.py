"""The HTTP doors of history: what is filtered on a page, as a table to keep."""

import functools
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from caseupdates import database
from caseupdates.files.names import disposition
from caseupdates.history import listing, table
from caseupdates.history.listing import Line, Wanted
from caseupdates.history.models import Area
from caseupdates.history.rows import lines_of_case
from caseupdates.interface.access import SESSION_COOKIE, words
from caseupdates.interface.forms import is_word
from caseupdates.interface.routing import signed_in
from caseupdates.people import sessions

MOST = 100_000  # lines in one file
AT_ONCE = 2_000  # lines read in one turn; who may read is asked anew for each
Read = Callable[..., Sequence[Line]]


@signed_in
async def of_case(request: Request) -> Response:
    """GET a case's history as CSV; `search` and `kind` as on the page."""
    number = request.path_params["number"]
    return await _table(request, functools.partial(_of_case, number), f"history-{number}.csv")


@signed_in
async def of_firm(request: Request) -> Response:
    """GET the firm's history as CSV; `search` and `kind` as on the page."""
    return await _table(request, _of_firm, "history.csv")


async def _table(request: Request, read: Read, name: str) -> Response:
    given, kind = words(request.query_params.get("search", ""), at_most=100), request.query_params.get("kind", "")
    token, area = request.cookies.get(SESSION_COOKIE, ""), is_word(kind, Area) if kind else None
    first = await database.read(read, Wanted(given, area), token)  # a refusal comes before the answer begins
    headers = {"content-disposition": disposition(name, inline=False)}
    rows = _rows(first, functools.partial(database.read, read, token=token), given, area)
    return StreamingResponse(rows, media_type="text/csv; charset=utf-8", headers=headers)


async def _rows(
    lines: Sequence[Line], read: Callable[[Wanted], Awaitable[Sequence[Line]]], given: str, area: Area | None
) -> AsyncIterator[str]:
    yield table.head()
    written = 0
    while lines and written < MOST:
        yield "".join(map(table.row, lines[: MOST - written]))
        written += len(lines)
        lines = await read(Wanted(given, area, before=lines[-1].event.id)) if len(lines) == AT_ONCE else []
    if lines:
        yield table.cut_off(MOST)


def _of_case(number: str, session: Session, wanted: Wanted, token: str) -> Sequence[Line]:
    return lines_of_case(session, number, wanted, by=sessions.person_of(session, token), limit=AT_ONCE)


def _of_firm(session: Session, wanted: Wanted, token: str) -> Sequence[Line]:
    return listing.of_firm(session, wanted, by=sessions.person_of(session, token), limit=AT_ONCE)


routes = [
    Route("/cases/{number}/history.csv", of_case, methods=["GET"]),
    Route("/settings/history.csv", of_firm, methods=["GET"]),
]
