"""The HTTP doors of people: they set and clear the session cookie, which no script can read."""

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from caseupdates import database, limits
from caseupdates.interface.access import SESSION_COOKIE, words
from caseupdates.interface.routing import anyone, drop_session, go, keep_session, local_path, network
from caseupdates.people import sessions, welcome
from caseupdates.settings import settings

MAX_FIELDS = {"max_files": 0, "max_fields": 10}


@anyone
async def sign_in(request: Request) -> Response:
    """POST email, password, next: start a session."""
    async with request.form(**MAX_FIELDS) as form:
        email, password, after = (_typed(form, name) for name in ("email", "password", "next"))
    await database.write(limits.pass_through, limits.SIGN_IN_BY_NETWORK, network(request))
    await database.write(limits.pass_through, limits.SIGN_IN_BY_ADDRESS, email.strip().lower())
    token = await database.write(sessions.sign_in, email=email, password=password, **_from(request))
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
]
