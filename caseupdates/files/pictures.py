"""Is this a whole picture and nothing else? For a picture that everybody is shown.

The first bytes say what a browser takes it for (files.kinds); these walk through to the last: nothing hangs behind the
picture that another program would read as an archive or a page, and its size on the screen is one that browsers bear.
"""

import struct
import zlib
from collections.abc import Callable, Iterator

from caseupdates.refusals import Invalid

MOST = 4_096  # pixels in width and height: a small file can unfold to gigabytes
PNG = b"\x89PNG\r\n\x1a\n"
# Start of frame: all that carry a size (ITU-T T.81, table B.1); 4, 8 and 12 are other things.
FRAMES = {0xC0 + number for number in range(16)} - {0xC4, 0xC8, 0xCC}
ALONE = {0x01, *range(0xD0, 0xD8)}  # markers without a length


class NotAPicture(Invalid):
    status = 415

    def __str__(self) -> str:
        return "This is not a whole PNG, JPEG or WebP picture. Save it anew from a drawing program, then upload that."


class TooManyPixels(Invalid):
    status = 413

    def __str__(self) -> str:
        return f"A picture may be {MOST:,} pixels wide and high at most. Make it smaller, then upload it again."


def picture_type(content: bytes) -> str:
    """The media type of a PNG, JPEG or WebP picture; raise NotAPicture for anything else, TooManyPixels."""
    for (media_type, start), size_of in KNOWN.items():
        if content.startswith(start):
            try:
                width, height = size_of(content)
            except (struct.error, IndexError, ValueError):
                raise NotAPicture from None
            if width == 0 or height == 0:
                raise NotAPicture
            if max(width, height) > MOST:
                raise TooManyPixels
            return media_type
    raise NotAPicture


def _png(content: bytes) -> tuple[int, int]:
    """PNG (ISO/IEC 15948, 5): chunks with check sums from IHDR to IEND."""
    chunks = list(_png_chunks(content))
    names = [name for name, _ in chunks]
    _ensure(names[0] == b"IHDR" and b"IDAT" in names and names.index(b"IEND") == len(names) - 1)
    width, height = struct.unpack(">II", chunks[0][1][:8])
    return width, height


def _png_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(PNG)
    while at < len(content):
        length, name = struct.unpack_from(">I4s", content, at)
        body = content[at + 8 : at + 8 + length]
        [check] = struct.unpack_from(">I", content, at + 8 + length)
        _ensure(check == zlib.crc32(name + body))
        yield name, body
        at += 12 + length


def _jpeg(content: bytes) -> tuple[int, int]:
    """JPEG (ITU-T T.81, B.1): segments from SOI to EOI, each scan followed by its entropy-coded bytes."""
    at, size = 2, (0, 0)
    while True:
        _ensure(content[at] == 0xFF)
        marker = content[at + 1]
        if marker == 0xD9:
            _ensure(at + 2 == len(content))
            return size
        if marker in ALONE or marker == 0xFF:  # 0xFF fills
            at += 1 if marker == 0xFF else 2
            continue
        [length] = struct.unpack_from(">H", content, at + 2)
        _ensure(length >= 2)
        if marker in FRAMES:
            height, width = struct.unpack_from(">HH", content, at + 5)
            size = width, height
        at += 2 + length
        if marker == 0xDA:
            at = _end_of_scan(content, at)


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the next marker stands that is no restart and no 0xFF of the data."""
    while True:
        at = content.index(b"\xff", at)
        if content[at + 1] != 0 and content[at + 1] not in ALONE:
            return at
        at += 2


def _webp(content: bytes) -> tuple[int, int]:
    """WebP (RFC 9649): a RIFF file as long as it says, its size in the first chunk."""
    length, form, name = struct.unpack_from("<I4s4s", content, 4)
    _ensure(form == b"WEBP" and length + 8 == len(content))
    if name == b"VP8X":
        return 1 + int.from_bytes(content[24:27], "little"), 1 + int.from_bytes(content[27:30], "little")
    if name == b"VP8L":
        _ensure(content[20] == 0x2F)
        packed = int.from_bytes(content[21:25], "little")
        return 1 + (packed & 0x3FFF), 1 + (packed >> 14 & 0x3FFF)
    _ensure(name == b"VP8 " and content[23:26] == b"\x9d\x01\x2a")
    width, height = struct.unpack_from("<HH", content, 26)
    return width & 0x3FFF, height & 0x3FFF


def _ensure(holds: bool) -> None:
    if not holds:
        raise ValueError


KNOWN: dict[tuple[str, bytes], Callable[[bytes], tuple[int, int]]] = {
    ("image/png", PNG): _png,
    ("image/jpeg", b"\xff\xd8\xff"): _jpeg,
    ("image/webp", b"RIFF"): _webp,
}
