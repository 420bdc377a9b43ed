"""Receivers of webhooks to be killed: `python -m tests.faults.killing.receivers '{"seed": 7, ...}'`, see forks.

The product's own front door and route, behind the smallest server. All share one listening socket, which outlives each:
as behind any server that replaces its processes, whoever knocks meanwhile waits, and only what one had in hand is cut off.
"""

import asyncio
import os
import socket

import httpx
from aiohttp import web

from caseupdates import tables
from caseupdates.interface import http
from tests.faults.killing import forks, steps

DOOR = socket.socket(fileno=int(os.environ["DOOR"]))


async def work() -> None:
    transport = httpx.ASGITransport(http.SecureAnswers(http.OwnOriginOnly(http.routes())))
    async with httpx.AsyncClient(transport=transport, verify=False) as product:

        async def take(request: web.Request) -> web.Response:
            steps.passing("a webhook arrives")
            answer = await product.post(str(request.url), content=await request.read(), headers=request.headers)
            return web.Response(status=answer.status_code, body=answer.content)

        served = web.Application()
        served.router.add_post("/{path:.*}", take)
        runner = web.AppRunner(served, access_log=None)
        await runner.setup()
        await web.SockSite(runner, DOOR.dup()).start()
        try:
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()


if __name__ == "__main__":
    assert tables
    steps.watch_receivers()
    forks.serve(work, steps.OF_RECEIVERS)
