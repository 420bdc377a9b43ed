"""Uploads far larger than memory should be: the server's processes do not grow with them, nor keep what broke off."""

import os
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.attack.evidence import Evidence
from tests.attack.wire import sign_in
from tests.browser.server import Server

pytestmark = pytest.mark.one_database

MB, GB = 10**6, 10**9
MAY_GROW = 64 * MB
PIECE = bytes(2**20)  # zeros: a recorder's raw data, for all the server knows


@pytest.fixture(autouse=True)
def disk_is_given_back(server: Server, evidence: Evidence) -> Iterator[None]:
    """The contents go after each test; nothing is ever left on its way."""
    yield
    waits_until = time.monotonic() + 10
    while list((server.data / "files" / "incoming").glob("*")):
        assert time.monotonic() < waits_until, "something is still half written"
        time.sleep(0.1)
    for sha256 in evidence.all("SELECT sha256 FROM file WHERE name LIKE 'recorder%'"):
        (server.data / "files" / sha256[:2] / sha256).unlink(missing_ok=True)


def upload(server: Server, cookie: str, name: str, size: int, *, sent: int | None = None) -> bytes:
    """What the server answers to so many bytes, or `b""` where the connection is cut after `sent` of them."""
    parts = urlsplit(server.url)
    with socket.create_connection(("127.0.0.1", parts.port or 80), timeout=120) as line:
        line.sendall(
            f"PUT /cases/2026-0142/files HTTP/1.1\r\nhost: {parts.netloc}\r\norigin: {server.url}\r\ncookie: {cookie}\r\n"
            f"x-file-name: {name}\r\ncontent-length: {size}\r\nconnection: close\r\n\r\n".encode()
        )
        left = size if sent is None else sent
        with suppress(BrokenPipeError, ConnectionResetError):  # a refusal comes before all was sent
            while left:
                left -= line.send(PIECE[: min(left, len(PIECE))])
        if sent is not None:
            return b""
        answer = b""
        while piece := line.recv(65536):
            answer += piece
        return answer


class Memory:
    """What the server's processes hold together, and the most each ever held since this began, in bytes."""

    def __init__(self, server: Server) -> None:
        self.pids = _family(server._process.pid)
        for pid in self.pids:
            Path(f"/proc/{pid}/clear_refs").write_text("5")  # the peak counts from now on (proc(5))
        self.before = self._sum("VmRSS")

    def grown(self) -> int:
        return self._sum("VmHWM") - self.before

    def _sum(self, field: str) -> int:
        status = [Path(f"/proc/{pid}/status").read_text() for pid in self.pids]
        return sum(int(each.split(f"{field}:")[1].split()[0]) * 1024 for each in status)


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in _family(int(child)))]


def test_two_gigabytes_fit_into_a_few_megabytes_of_memory(server: Server, evidence: Evidence, record_property) -> None:  # type: ignore[no-untyped-def]
    cookie = sign_in(server.url, "investigator")
    assert upload(server, cookie, "recorder-0.raw", 1 * MB).startswith(b"HTTP/1.1 200")
    memory, began = Memory(server), time.monotonic()
    assert upload(server, cookie, "recorder-1.raw", 2 * GB).startswith(b"HTTP/1.1 200")
    record_property("seconds", time.monotonic() - began)
    record_property("grown", memory.grown() / MB)
    print(f"2 GB: {time.monotonic() - began:.1f} s, {memory.grown() / MB:.1f} MB")
    assert memory.grown() < MAY_GROW
    [sha256] = evidence.all("SELECT sha256 FROM file WHERE name = 'recorder-1.raw' AND size = 2000000000")
    assert (server.data / "files" / sha256[:2] / sha256).stat().st_size == 2 * GB


def test_several_at_once_take_no_more(server: Server, evidence: Evidence) -> None:
    cookie, names = sign_in(server.url, "investigator"), [f"recorder-{number}.raw" for number in range(4, 8)]
    memory = Memory(server)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda name: upload(server, cookie, name, 300 * MB), names))
    print(f"4 x 300 MB: {memory.grown() / MB:.1f} MB")
    assert [each[:12] for each in answers] == [b"HTTP/1.1 200"] * 4
    assert memory.grown() < MAY_GROW


def test_an_upload_that_breaks_off_leaves_nothing(server: Server, evidence: Evidence) -> None:
    cookie = sign_in(server.url, "investigator")
    before = evidence.dump()
    upload(server, cookie, "recorder-9.raw", 300 * MB, sent=100 * MB)
    time.sleep(0.5)
    assert evidence.dump() == before


@pytest.mark.parametrize(
    ("who", "size", "status"),
    [("nobody", 300 * MB, 401), ("outsider", 300 * MB, 404), ("client", 300 * MB, 403), ("investigator", 3 * GB, 413)],
)
def test_a_refused_upload_is_hardly_read(server: Server, who: str, size: int, status: int) -> None:
    cookie = sign_in(server.url, who) if who != "nobody" else ""
    began, read = time.monotonic(), _io(server, "rchar")
    assert upload(server, cookie, "recorder-9.raw", size)[9:12] in {str(status).encode(), b""}  # b"": reset
    assert time.monotonic() - began < 5
    assert _io(server, "rchar") - read < 20 * MB


def _io(server: Server, field: str) -> int:
    """Bytes that the server's processes have read, files and sockets alike."""
    found = [
        Path(f"/proc/{pid}/io").read_text() for pid in _family(server._process.pid) if os.path.exists(f"/proc/{pid}/io")
    ]
    return sum(int(each.split(f"{field}: ")[1].split()[0]) for each in found)
