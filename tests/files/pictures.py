"""Small pictures, whole and not so whole, as drawing programs write them."""

import struct
import zlib


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int = 2, height: int = 2, *, more: bytes = b"") -> bytes:
    """A PNG in one colour; `more` are chunks before the picture's."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (b"\0" + b"\x20\x83\x68" * width) * height
    body = chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + more + body


def jpeg(width: int = 2, height: int = 2) -> bytes:
    """The segments of a JPEG of one gray component, two scans, a restart and a stuffed 0xFF in its data."""
    frame = struct.pack(">BHHB3B", 8, height, width, 1, 1, 0x11, 0)
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"\x12\xff\x00\x34\xff\xd0\x56"
    fields = b"\xff\xe0\x00\x10JFIF\0\1\1\0\0\1\0\1\0\0" + b"\xff\xff\xfe\x00\x04ab"
    return b"\xff\xd8" + fields + b"\xff\xc2" + struct.pack(">H", 2 + len(frame)) + frame + scan * 2 + b"\xff\xd9"


def webp(width: int = 2, height: int = 2, *, kind: bytes = b"VP8L") -> bytes:
    """The head of a WebP of one of its three kinds."""
    bodies = {
        b"VP8L": b"\x2f" + ((width - 1) | (height - 1) << 14).to_bytes(4, "little"),
        b"VP8X": bytes(4) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little"),
        b"VP8 ": bytes(3) + b"\x9d\x01\x2a" + struct.pack("<HH", width, height),
    }
    body = b"WEBP" + kind + struct.pack("<I", len(bodies[kind])) + bodies[kind] + bytes(len(bodies[kind]) % 2)
    return b"RIFF" + struct.pack("<I", len(body)) + body


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PAGE = b"<!doctype html><script>alert(1)</script>"
WHOLE = {
    "image/png": [png(), png(4_096, 1), png(more=chunk(b"tEXt", b"Title\0Logo"))],
    "image/jpeg": [jpeg(), jpeg(4_096, 4_096)],
    "image/webp": [webp(kind=kind) for kind in (b"VP8L", b"VP8X", b"VP8 ")] + [webp(4_096, 4_096)],
}
NONE = {
    "svg": SVG,
    "svg behind a declaration": b'<?xml version="1.0"?>\n' + SVG,
    "page": PAGE,
    "gif": b"GIF89a\1\0\1\0\0\0\0;",
    "pdf": b"%PDF-1.7",
    "program": b"MZ\x90\0",
    "nothing": b"",
    "png with a page behind": png() + PAGE,
    "png with an archive behind": png() + b"PK\3\4\x14\0",
    "png cut off": png()[:-5],
    "png with a wrong sum": png()[:-1] + b"\0",
    "png without a picture": b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", bytes(13)) + chunk(b"IEND", b""),
    "png that is only its first bytes": b"\x89PNG\r\n\x1a\n" + PAGE,
    "png that says it is huge": b"\x89PNG\r\n\x1a\n" + b"\xff\xff\xff\xffIHDR",
    "jpeg with a page behind": jpeg() + PAGE,
    "jpeg cut off": jpeg()[:-2],
    "jpeg that is only its first bytes": b"\xff\xd8\xff" + PAGE,
    "jpeg with an empty segment": b"\xff\xd8\xff\xe0\0\0\xff\xd9",
    "jpeg without a picture": b"\xff\xd8\xff\xd9",
    "webp with a page behind": webp() + PAGE,
    "webp cut off": webp()[:-3],
    "sound in the same form": b"RIFF\x24\x08\x00\x00WAVEfmt ",
    "webp of no kind": webp().replace(b"VP8L", b"PAGE"),
}
