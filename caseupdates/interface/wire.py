"""The connection under a request: whether it takes more, and how much of it the other side has acknowledged.

A server's `send` says only that bytes were taken from us; megabytes can wait in buffers of somebody who is gone.
What may be called downloaded is what the network has acknowledged. Linux tells (tcp(7), TCP_INFO); elsewhere,
and behind a proxy on the same machine, the evidence reaches only as far as the next hop.
"""

import asyncio
import contextlib
import fcntl
import os
import select
import socket
import struct
from collections.abc import Iterator
from typing import Any

ACKED = slice(120, 128)  # tcpi_bytes_acked in struct tcp_info (linux/tcp.h, since 4.1)
SIOCOUTQ = 0x5411  # bytes in the socket's queue that are not yet acknowledged
ESTABLISHED = 1
POLL = 0.002, 0.1  # seconds between two looks, growing
PATIENCE = 60.0  # seconds without progress after which a silent reader has not got the rest
MOST_KNOWN = 4096
PARTING = 1.0  # seconds, when it has closed its end already

_known: dict[tuple[str, int], int] = {}  # the open file of a peer's connection, as it was found last


class Connection:
    """One TCP connection, seen through a handle of our own."""

    def __init__(self, handle: socket.socket) -> None:
        self._socket = handle
        self._ready = select.poll()
        self._ready.register(handle, select.POLLOUT)
        self._before = self._acked()[1]

    def is_ready(self) -> bool:
        """Would it take more at once?"""
        return bool(self._ready.poll(0))

    async def writable(self, gone: asyncio.Future[Any]) -> None:
        """Wait until it takes more, or nobody is there any more."""
        loop, woken = asyncio.get_running_loop(), asyncio.Event()
        loop.add_writer(self._socket, woken.set)
        gone.add_done_callback(wake := lambda _: woken.set())
        try:
            await woken.wait()
        finally:
            loop.remove_writer(self._socket)
            gone.remove_done_callback(wake)

    async def settled(self, length: int) -> bool:
        """Were so many bytes acknowledged since this began, with nothing left in the queue? False once that is hopeless."""
        loop = asyncio.get_running_loop()
        pause, most = POLL
        reached, since = -1, loop.time()
        while True:
            state, acked = self._acked()
            if acked - self._before >= length and not self._queued():
                return True
            if acked != reached:
                reached, since = acked, loop.time()
            if loop.time() - since > (PATIENCE if state == ESTABLISHED else PARTING):
                return False
            await asyncio.sleep(pause)
            pause = min(2 * pause, most)

    @property
    def acknowledged(self) -> int:
        """Bytes acknowledged since this began, the answer's head among them."""
        return self._acked()[1] - self._before

    def close(self) -> None:
        self._socket.close()

    def _acked(self) -> tuple[int, int]:
        told = self._socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 192)
        return told[0], struct.unpack("Q", told[ACKED])[0]

    def _queued(self) -> int:
        return int(struct.unpack("i", fcntl.ioctl(self._socket, SIOCOUTQ, b"\0" * 4))[0])


def connection(scope: Any) -> Connection | None:
    """The connection of a request, found among this process's own; None where the system does not tell."""
    ends = [(host, int(port)) for host, port in (scope.get("server") or ("", 0), scope.get("client") or ("", 0))]
    for number in _likeliest_first(ends[1]):
        if (found := _socket(number, ends)) is not None:
            _known[ends[1]] = number
            try:
                return Connection(found)
            except (OSError, struct.error, AttributeError):
                found.close()
                return None
    return None


def _likeliest_first(peer: tuple[str, int]) -> Iterator[int]:
    """The open files, first the one this peer had last: with a thousand pages open the others take a millisecond."""
    if (known := _known.pop(peer, None)) is not None:
        yield known
    if len(_known) > MOST_KNOWN:
        _known.clear()
    with contextlib.suppress(OSError):
        yield from map(int, os.listdir("/proc/self/fd"))


def _socket(number: int, ends: list[tuple[str, int]]) -> socket.socket | None:
    """A handle of ours to this open file, if it is the connection between these ends."""
    if _peer(number) != ends[1]:
        return None
    try:
        handle = socket.socket(fileno=os.dup(number))
    except OSError:
        return None
    try:
        if [handle.getsockname()[:2], handle.getpeername()[:2]] == ends:
            handle.setblocking(False)
            return handle
    except OSError:
        pass
    handle.close()
    return None


def _peer(number: int) -> tuple[str, int] | None:
    """The other end of an open file, if it is a connection. Asked of every file before a first byte: without a handle."""
    try:
        look = socket.socket(socket.AF_INET6, socket.SOCK_STREAM, 0, fileno=number)
    except OSError:
        return None  # no socket, or closed meanwhile
    try:
        return look.getpeername()[:2]
    except OSError:
        return None
    finally:
        look.detach()
