"""The HTTP doors of people: they set and clear the session cookie, which no script can read."""

import asyncio
from random import SystemRandom

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from caseupdates import database, limits
from caseupdates.interface import pages
from caseupdates.interface.access import SESSION_COOKIE, words
from caseupdates.interface.routing import anyone, drop_session, go, keep_session, local_path, network
from caseupdates.notifications import inviting
from caseupdates.people import accepting, invitations, sessions, welcome
from caseupdates.people.sessions import WrongPassword
from caseupdates.refusals import Refusal
from caseupdates.settings import settings

MAX_FIELDS = {"max_files": 0, "max_fields": 10}
_later: set[asyncio.Task[None]] = set()


@anyone
async def sign_in(request: Request) -> Response:
    """POST email, password, next: start a session."""
    async with request.form(**MAX_FIELDS) as form:
        email, password, after = (_typed(form, name) for name in ("email", "password", "next"))
    await database.write(limits.pass_through, limits.SIGN_IN_BY_NETWORK, network(request))
    await database.write(limits.pass_through, limits.SIGN_IN_BY_ADDRESS, email.strip().lower())
    try:
        token = await database.write(sessions.sign_in, email=email, password=password, **_from(request))
    except WrongPassword:
        await database.write(sessions.note_refused, email)
        raise
    return _entered(token, local_path(after))


@anyone
async def sign_out(request: Request) -> Response:
    """POST: end this browser's session everywhere it is open."""
    await database.write(sessions.sign_out, request.cookies.get(SESSION_COOKIE, ""))
    answer = go("/sign-in")
    drop_session(answer)
    return answer


@anyone
async def begin(request: Request) -> Response:
    """POST token, firm, name, email, password: make the first administrator and sign them in."""
    async with request.form(**MAX_FIELDS) as form:
        given = {name: _typed(form, name) for name in ("firm", "name", "email", "password")}
        token = _typed(form, "token")
    await database.write(limits.pass_through, limits.SIGN_IN_BY_NETWORK, network(request))
    session = await database.write(
        welcome.begin, given=token, secret_key=settings().secret_key, **given, **_from(request)
    )
    return _entered(session, "/cases")


@anyone
async def invited(request: Request) -> Response:
    """GET the address from an invitation: the page that shows it, with the status of what it leads to. Changes nothing."""
    try:
        await database.read(accepting.open_invitation, request.path_params["token"])
    except Refusal as refusal:
        return pages.built(status=refusal.status)
    return pages.built()


@anyone
async def accept(request: Request) -> Response:
    """POST token, password: choose the password and begin, whoever was signed in with this browser before."""
    async with request.form(**MAX_FIELDS) as form:
        token, password = _typed(form, "token"), _typed(form, "password")
    await database.write(limits.pass_through, limits.SIGN_IN_BY_NETWORK, network(request))
    session = await database.write(accepting.accept, token, password, **_from(request))
    await database.write(sessions.sign_out, request.cookies.get(SESSION_COOKIE, ""))
    return _entered(session, "/cases")


@anyone
async def forgotten(request: Request) -> Response:
    """POST email: mail a way to a new password to whoever can sign in with it; the answer never tells whether."""
    async with request.form(**MAX_FIELDS) as form:
        email = _typed(form, "email").strip().lower()
    await database.write(limits.pass_through, invitations.FORGOT_BY_NETWORK, network(request))
    await database.write(limits.pass_through, invitations.FORGOT_BY_ADDRESS, email)
    _help_later(email)
    return go("/forgotten-password/sent")


def _help_later(email: str) -> None:
    """Look for the address, but not within the answer: its time would say what the answer does not."""

    async def help_them() -> None:
        await asyncio.sleep(SystemRandom().uniform(0.1, 1))
        await database.write(inviting.help_whoever_forgot, email)

    task = asyncio.create_task(help_them())
    _later.add(task)
    task.add_done_callback(_later.discard)


def _typed(form: FormData, name: str) -> str:
    return words(form.get(name, ""), at_most=1_000)


def _entered(token: str, path: str) -> Response:
    answer = go(path)
    keep_session(answer, token)
    return answer


def _from(request: Request) -> dict[str, str]:
    return {"address": network(request), "browser": request.headers.get("user-agent", "")}


routes = [
    Route("/sign-in", sign_in, methods=["POST"]),
    Route("/sign-out", sign_out, methods=["POST"]),
    Route("/welcome", begin, methods=["POST"]),
    Route("/invitation", accept, methods=["POST"]),
    Route("/invitation/{token}", invited, methods=["GET"]),
    Route("/forgotten-password", forgotten, methods=["POST"]),
]
