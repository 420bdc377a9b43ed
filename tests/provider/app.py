"""The stand-in's HTTP: Resend's paths, and /_stand_in/ to steer it."""

import asyncio
import json
from collections.abc import AsyncIterator

from aiohttp import web

from tests.provider.account import Account
from tests.provider.answers import Answer, Refused
from tests.provider.faults import BEFORE
from tests.provider.misbehaving import misbehave
from tests.provider.postman import deliver
from tests.provider.steering import VERBS, do

ACCOUNT: web.AppKey[Account] = web.AppKey("account", Account)
MOST = 64 * 1024 * 1024  # bytes of a body that are read at all
SENDING = ("/emails", "/emails/batch")


def app(account: Account) -> web.Application:
    made = web.Application(client_max_size=MOST)
    made[ACCOUNT] = account
    made.router.add_route("*", "/_stand_in/{verb}", _steer)
    made.router.add_route("*", "/{path:.*}", _serve)
    made.cleanup_ctx.append(_with_postman)
    return made


async def start(account: Account, port: int) -> tuple[web.AppRunner, int]:
    """Listen on loopback; the runner to clean up, and the port."""
    # Batches are hundreds of kilobytes: with the usual buffer of 64 KB their connection would be paused all the time.
    runner = web.AppRunner(app(account), access_log=None, read_bufsize=1024 * 1024, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port, backlog=1024).start()
    return runner, runner.addresses[0][1]


async def _serve(request: web.Request) -> web.StreamResponse:
    account = request.app[ACCOUNT]
    try:
        answer = await _answer(request, account)
    except Refused as refusal:
        answer = account.refuse(refusal)
    except ConnectionResetError:  # whoever sent half of it is gone
        answer = None
    if answer is None:
        return web.Response()  # nobody reads it: the connection is gone
    headers = {"content-type": answer.kind, **answer.headers, **account.headers()}
    return web.Response(status=answer.status, body=answer.body, headers=headers)


async def _answer(request: web.Request, account: Account) -> Answer | None:
    fault = account.arrive(request.method if request.method in ("GET", "POST") else "GET")
    if fault in BEFORE:
        return await misbehave(request, account, fault, None)
    if request.path in SENDING and request.method == "POST":
        answer = await _send(request, account, fault)
    else:
        answer = _read(request, account)
    return await misbehave(request, account, fault, answer) if fault else answer


async def _send(request: web.Request, account: Account, fault: str) -> Answer:
    sending = account.begin(request.path, request.headers, await request.read())
    in_progress = account.settings.latency + (account.settings.slow if fault == "slow" else 0)
    if in_progress:
        await asyncio.sleep(in_progress)
    return account.finish(sending)


def _read(request: web.Request, account: Account) -> Answer:
    place, _, rest = request.path.strip("/").partition("/")
    if place not in ("emails", "domains"):
        raise Refused(404, "not_found", "There is nothing here.")
    if request.method != "GET":
        raise Refused(405, "method_not_allowed", "This cannot be done here.")
    if place == "emails":
        return account.email(rest, request.headers)
    return account.domains(request.query, request.headers)


async def _steer(request: web.Request) -> web.Response:
    verb = request.match_info["verb"]
    if verb not in VERBS:
        return web.json_response({"message": f"One of {', '.join(VERBS)}"}, status=404)
    told = json.loads(await request.read() or b"{}")
    try:
        return web.json_response(do(request.app[ACCOUNT], verb, told))
    except (TypeError, ValueError, KeyError) as error:
        return web.json_response({"message": str(error)}, status=400)


async def _with_postman(made: web.Application) -> AsyncIterator[None]:
    task = asyncio.create_task(deliver(made[ACCOUNT]))
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
