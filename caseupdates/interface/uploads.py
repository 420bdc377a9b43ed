"""The body of an upload: as long as it said, chunk by chunk."""

from collections.abc import AsyncIterator

from starlette.requests import ClientDisconnect, Request

from caseupdates.refusals import Invalid


def length(request: Request, header: str) -> int | None:
    """The number of bytes a header names; None where it names none."""
    given = request.headers.get(header, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else None


async def chunks(request: Request, size: int) -> AsyncIterator[bytes]:
    """What arrives; raise Invalid when it ends early or goes on for longer than `size`."""
    arrived = 0
    try:
        async for chunk in request.stream():
            arrived += len(chunk)
            if arrived > size:
                raise Invalid("The upload is longer than it said. Please try again.")
            yield chunk
    except ClientDisconnect:
        raise Invalid("The upload was broken off.") from None
    if arrived < size:
        raise Invalid("The upload was broken off. Please try again.")
