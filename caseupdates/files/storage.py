"""The store: file contents by their SHA-256, in a private folder that nothing serves by path.

A content is written under a temporary name, synced, then renamed, so that a name in the store always has its
whole content. The same content uploaded twice lies here once. It is never changed.
"""

import errno
import hashlib
import os
import time
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import BinaryIO, NamedTuple

from caseupdates import tokens
from caseupdates.files.kinds import HEAD
from caseupdates.refusals import NotFound, Refusal
from caseupdates.settings import settings

LEFT_OVER = 24 * 3600  # seconds after which an upload that never ended is swept away


class NoRoom(Refusal):
    status = 507

    def __str__(self) -> str:
        return "The server's disk is full. Nothing was kept; please tell your administrator."


class Stored(NamedTuple):
    """A content in the store."""

    sha256: str
    size: int  # bytes
    head: bytes  # the first bytes, to tell what it is


def path(sha256: str) -> Path:
    """Where a content lies; its first two letters are the folder, so that none grows too large."""
    return _folder() / sha256[:2] / sha256


def opened(sha256: str) -> FileIO:
    """A content to read from; raise NotFound for one that is not there, as after a restored backup without its files."""
    try:
        return FileIO(f"{_folder()}/{sha256[:2]}/{sha256}")  # `path`, in a tenth of its time: a first byte waits for it
    except FileNotFoundError:
        raise NotFound from None


def keep(content: bytes) -> Stored:
    """Put a whole content into the store."""
    with Incoming() as incoming:
        incoming.write(content)
        return incoming.finish()


def sweep() -> None:
    """Remove what uploads left half written when the server stopped."""
    for left in (_folder() / "incoming").glob("*"):
        if left.stat().st_mtime < time.time() - LEFT_OVER:
            left.unlink(missing_ok=True)


class Incoming:
    """A content on its way in. Leaving the `with` without `finish` leaves nothing behind."""

    def __init__(self) -> None:
        self._digest, self.head, self._size = hashlib.sha256(), b"", 0
        self._path = _folder() / "incoming" / tokens.new()

    def __enter__(self) -> "Incoming":
        with _room():
            _folder().mkdir(mode=0o700, exist_ok=True)
            self._path.parent.mkdir(mode=0o700, exist_ok=True)
            self._file: BinaryIO = open(self._path, "xb", opener=_private)
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):  # closing writes what was left, and a full disk refuses that once more
            self._file.close()
        self._path.unlink(missing_ok=True)

    def write(self, chunk: bytes | bytearray) -> None:
        """Append; raise NoRoom when the disk is full."""
        self._size += len(chunk)
        self._digest.update(chunk)
        if len(self.head) < HEAD:
            self.head += bytes(chunk[: HEAD - len(self.head)])
        with _room():
            self._file.write(chunk)

    def finish(self) -> Stored:
        """Sync and put it under its hash; raise NoRoom when the disk is full."""
        sha256 = self._digest.hexdigest()
        final = path(sha256)
        with _room():
            self._file.flush()
            os.fsync(self._file.fileno())
            final.parent.mkdir(mode=0o700, exist_ok=True)
            os.replace(self._path, final)
            _sync_folder(final.parent)
        return Stored(sha256, self._size, self.head)


class _room:
    def __enter__(self) -> None: ...

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise NoRoom from None


def _folder() -> Path:
    return settings().data / "files"


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


def _sync_folder(folder: Path) -> None:
    """A rename survives a power cut only once its folder is synced."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
