"""A client that is no limit: plain sockets that read into one buffer and throw away what they have read."""

import selectors
import socket
import time
from typing import NamedTuple
from urllib.parse import urlsplit

BUFFER = 1 << 20  # bytes
WAITS = 120  # seconds without a byte


class Source(NamedTuple):
    """Where a file is had."""

    url: str
    cookie: str = ""

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", urlsplit(self.url).port or 80), timeout=WAITS)

    @property
    def request(self) -> bytes:
        parts = urlsplit(self.url)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        cookie = f"Cookie: {self.cookie}\r\n" if self.cookie else ""
        return f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nUser-Agent: bench\r\n{cookie}\r\n".encode()


class Download:
    """One answer on its way in over one connection."""

    def __init__(self, source: Source, connection: socket.socket | None = None) -> None:
        self.source, self.socket = source, connection or source.connect()
        self._head, self._left, self.size = b"", -1, 0

    def ask(self) -> None:
        self.socket.sendall(self.source.request)

    def take(self, buffer: bytearray) -> bool:
        """Read what is there; is it whole now? Raise OSError for one that is no 200, or breaks off."""
        read = self.socket.recv_into(buffer)
        if not read:
            raise OSError(f"{self.source.url} broke off with {self._left:,} bytes to go")
        if self._left < 0:
            read = self._past_head(buffer[:read])
        self._left -= read
        return self._left == 0

    def _past_head(self, begin: bytes | bytearray) -> int:
        self._head += begin
        head, found, rest = self._head.partition(b"\r\n\r\n")
        if not found:
            return 0
        first, *lines = head.decode("latin-1").split("\r\n")
        if " 200" not in first:
            raise OSError(f"{self.source.url} answered {first}")
        lengths = [line.partition(":")[2] for line in lines if line.lower().startswith("content-length:")]
        self._left = self.size = int(lengths[0])
        return len(rest)


def one(source: Source) -> float:
    """Bytes per second of one download."""
    return many(source, 1)


def many(source: Source, number: int) -> float:
    """Bytes per second of so many downloads at once, all together."""
    buffer, downloads = bytearray(BUFFER), [Download(source) for _ in range(number)]
    start = time.perf_counter()
    with selectors.DefaultSelector() as waiting:
        for each in downloads:
            each.ask()
            waiting.register(each.socket, selectors.EVENT_READ, each)
        while waiting.get_map():
            ready = waiting.select(WAITS)
            if not ready:
                raise OSError(f"{source.url} fell silent")
            for key, _ in ready:
                if key.data.take(buffer):
                    waiting.unregister(key.fileobj)
    seconds = time.perf_counter() - start
    for each in downloads:
        each.socket.close()
    return sum(each.size for each in downloads) / seconds


class Line:
    """A connection that is kept alive from one small file to the next."""

    def __init__(self, source: Source) -> None:
        self._source, self._socket, self._buffer = source, source.connect(), bytearray(BUFFER)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def first_byte(self) -> float:
        """Seconds from the request to the answer's first byte; the answer is read to its end."""
        download = Download(self._source, self._socket)
        start = time.perf_counter()
        download.ask()
        self._socket.recv(1, socket.MSG_PEEK)
        seconds = time.perf_counter() - start
        while not download.take(self._buffer):
            pass
        return seconds

    def close(self) -> None:
        self._socket.close()
