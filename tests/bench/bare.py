"""The product as `make run` serves it, with one route more: any file by Starlette's own FileResponse, to compare with."""

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

import rxconfig  # before Reflex, as the product has it
from caseupdates import serve
from caseupdates.interface import http
from caseupdates.interface.routing import anyone

assert rxconfig


@anyone
async def have(request: Request) -> Response:
    return FileResponse(f"/{request.path_params['path']}")


# At import, so that workers have it whether they are forked or spawned.
http.ROUTES.append(Route("/bare/{path:path}", have, methods=["GET"]))

if __name__ == "__main__":
    serve.main()
