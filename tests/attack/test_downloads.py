"""What is recorded as downloaded: a file that somebody has whole, once, and nothing that broke off."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import httpx
import pytest

from tests.attack.doors import Door, door, visitor
from tests.attack.evidence import Evidence
from tests.attack.wire import Wire, name_of, sign_in
from tests.browser.server import Server

pytestmark = [pytest.mark.one_database, pytest.mark.usefixtures("told_later")]

SIZE = 50_000_000
MB = 1_000_000


@pytest.fixture(scope="module")
def content() -> bytes:
    return b"".join(number.to_bytes(8, "big") for number in range(SIZE // 8))


@pytest.fixture
def big(server: Server, evidence: Evidence, content: bytes) -> Iterator[tuple[str, str]]:
    """The partner's link leads to 50 MB."""
    with linked(server, evidence, content) as found:
        yield found


@contextmanager
def linked(server: Server, evidence: Evidence, content: bytes) -> Iterator[tuple[str, str]]:
    """The partner's link, open in a window, leads to this content: the file's address, and the window's cookie."""
    headers = {"origin": server.url, "cookie": sign_in(server.url, "investigator"), "x-file-name": "footage.raw"}
    file_id = httpx.put(f"{server.url}/cases/2026-0142/files", content=content, headers=headers, timeout=60).json()[
        "id"
    ]
    before = door(server, evidence, "partner")
    whose = "SELECT link.id FROM link JOIN person ON person.id = person_id WHERE person.email = 'partner@example.com'"
    evidence.change(
        f"INSERT INTO link_file (link_id, file_id, position, sent) VALUES (({whose}), {int(file_id)}, 9, 0)"
    )
    with opened(server, before) as wire:
        yield f"{before.to(str(file_id))}?download", wire.cookie  # type: ignore[attr-defined]
    evidence.change(f"DELETE FROM link_file WHERE file_id = {int(file_id)}")


def opened(server: Server, door: Door) -> Wire:
    """A window on a link that needs no code, its "Open files" pressed."""
    cookie = visitor(server, door)
    wire = Wire(server.url, cookie=cookie, at=door.path)
    wire.hydrate()
    wire.say(name_of("gate.enter"))
    wire.finish()
    wire.cookie = cookie  # type: ignore[attr-defined]
    return wire


class Download:
    """A download that takes as much as it is told to; a small buffer of its own, so that little is on its way."""

    def __init__(self, server: Server, big: tuple[str, str], *, at: int = 0, buffer: int = 65536) -> None:
        (path, cookie), parts = big, urlsplit(server.url)
        self._line = socket.socket()
        self._line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        self._line.settimeout(20)
        self._line.connect(("127.0.0.1", parts.port))
        asked = f"range: bytes={at}-\r\n" if at else ""
        self._line.sendall(f"GET {path} HTTP/1.1\r\nhost: {parts.netloc}\r\ncookie: {cookie}\r\n{asked}\r\n".encode())
        head = b""
        while b"\r\n\r\n" not in head:
            head += self._line.recv(1)
        self.status, self.at, self.has = int(head[9:12]), at, b""

    def take(self, until: int) -> "Download":
        pieces = []
        while self.at < until and (piece := self._line.recv(min(2**20, until - self.at))):
            pieces.append(piece)
            self.at += len(piece)
        self.has += b"".join(pieces)
        return self

    def stop(self) -> int:
        self._line.close()
        return self.at


def downloads(evidence: Evidence, *, wanted: int) -> int:
    """How often it was recorded; waits for as many as are wanted, and a moment longer for one too many."""
    waits_until = time.monotonic() + 5
    while (found := _recorded(evidence)) < wanted and time.monotonic() < waits_until:
        time.sleep(0.05)
    time.sleep(0 if found > wanted else 1.5)
    return _recorded(evidence)


def _recorded(evidence: Evidence) -> int:
    newest = "(SELECT max(id) FROM file WHERE name = 'footage.raw')"
    return len(evidence.all(f"SELECT id FROM link_event WHERE step = 'downloaded' AND file_id = {newest}"))


def test_read_to_the_end_it_is_downloaded_once(
    server: Server, evidence: Evidence, big: tuple[str, str], content: bytes
) -> None:
    download = Download(server, big).take(SIZE)
    assert (download.status, download.has == content) == (200, True)
    assert downloads(evidence, wanted=1) == 1
    download.stop()
    Download(server, big).take(SIZE).stop()  # again within the same visit
    assert downloads(evidence, wanted=1) == 1


@pytest.mark.parametrize("until", [0, 1, 1 * MB, 25 * MB, SIZE - 3 * MB])
def test_broken_off_it_is_not(server: Server, evidence: Evidence, big: tuple[str, str], until: int) -> None:
    Download(server, big).take(until).stop()
    assert downloads(evidence, wanted=0) == 0


def test_read_slowly_and_broken_off_it_is_not(server: Server, evidence: Evidence, big: tuple[str, str]) -> None:
    download = Download(server, big)
    for step in range(1, 21):
        download.take(step * 200_000)
        time.sleep(0.1)
    download.stop()
    assert downloads(evidence, wanted=0) == 0


def test_ending_just_before_the_last_byte_it_is_not(server: Server, evidence: Evidence, big: tuple[str, str]) -> None:
    """The last bytes lie in the reader's own buffer, which the network counts as read: a gap no server can see."""
    download = Download(server, big, buffer=4096).take(SIZE - 200_000)
    download.stop()
    assert downloads(evidence, wanted=0) == 0


@pytest.mark.parametrize("buffer", [4096, 65536, 4 * MB])
def test_resumed_it_is_downloaded_once(
    server: Server, evidence: Evidence, big: tuple[str, str], content: bytes, buffer: int
) -> None:
    first = Download(server, big, buffer=buffer).take(20 * MB)
    at = first.stop()
    assert downloads(evidence, wanted=0) == 0
    rest = Download(server, big, at=at).take(SIZE)
    assert (rest.status, first.has + rest.has == content) == (206, True)
    assert downloads(evidence, wanted=1) == 1
    rest.stop()


@pytest.mark.parametrize(("until", "wanted"), [(0, 0), (2_000, 0), (60_000, 1)])
def test_a_small_file_that_fits_into_one_message(server: Server, evidence: Evidence, until: int, wanted: int) -> None:
    with linked(server, evidence, bytes(60_000)) as small:
        Download(server, small, buffer=4096).take(until).stop()
        assert downloads(evidence, wanted=wanted) == wanted


def test_the_end_alone_is_no_download(server: Server, evidence: Evidence, big: tuple[str, str]) -> None:
    Download(server, big).take(5 * MB).stop()
    Download(server, big, at=40 * MB).take(SIZE).stop()
    assert downloads(evidence, wanted=0) == 0


def test_looking_at_its_head_is_no_download(server: Server, evidence: Evidence, big: tuple[str, str]) -> None:
    for _ in range(3):
        assert httpx.head(server.url + big[0], headers={"cookie": big[1]}).status_code == 200
    assert downloads(evidence, wanted=0) == 0
