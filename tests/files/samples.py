"""The first bytes of files, as programs and cameras write them, by the media type they have."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(24)


def ftyp(brand: bytes) -> bytes:
    """The head of an ISO base media file (ISO/IEC 14496-12) of this brand."""
    return b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0isom" + brand


def riff(form: bytes) -> bytes:
    return b"RIFF\x24\x08\x00\x00" + form + b"fmt "


SAMPLES: dict[str, list[bytes]] = {
    "image/jpeg": [b"\xff\xd8\xff\xe0\x00\x10JFIF", b"\xff\xd8\xff\xe1\x00\x10Exif", b"\xff\xd8\xff\xdb"],
    "image/png": [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"],
    "image/gif": [b"GIF87a\1\0\1\0", b"GIF89a\1\0\1\0"],
    "image/webp": [riff(b"WEBP")],
    "image/tiff": [b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08"],
    "image/bmp": [b"BM\x36\x10\x0e\0\0\0\0\0\x36\0\0\0"],
    "application/pdf": [b"%PDF-1.4\n%\xe2\xe3", b"%PDF-2.0\n", b"\xef\xbb\xbf%PDF-1.7"],
    "image/x-canon-cr3": [ftyp(b"crx ")],
    "image/heic": [ftyp(each) for each in (b"heic", b"heix", b"mif1", b"msf1", b"hevc")],
    "image/avif": [ftyp(b"avif"), ftyp(b"avis")],
    "audio/aac": [b"\xff\xf1\x50\x80", b"\xff\xf9\x50\x80"],
    "audio/mp4": [ftyp(b"M4A "), ftyp(b"M4B ")],
    "video/quicktime": [ftyp(b"qt  "), b"\0\0\0\x08wide\0\0", b"\0\0\x10\0moov\0\0", b"\0\0\x10\0mdat\0\0"],
    "video/3gpp": [ftyp(each) for each in (b"3gp4", b"3gp5", b"3gp6", b"3gr6", b"3gs7", b"3g2a")],
    "video/mp4": [
        ftyp(brand)
        for brand in (
            b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"hvc1", b"mmp4", b"dash", b"M4V ", b"M4VH",
            b"f4v ", b"XAVC", b"MSNV", b"NDSC", b"NDXM", b"CAEP", b"caqv", b"pana", b"niko", b"FFMP", b"SDV ", b"\0\0\0\0",
        )
    ],
    "video/webm": [b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm"],
    "video/x-matroska": [b"\x1aE\xdf\xa3\xa3B\x86\x81\x01B\x82\x88matroska"],
    "video/x-msvideo": [riff(b"AVI ")],
    "video/x-ms-asf": [b"0&\xb2u\x8ef\xcf\x11\xa6\xd9\0\xaa\0b\xcel"],
    "video/mpeg": [b"\0\0\1\xba\x44", b"\0\0\1\xb3\x16"],
    "audio/wav": [riff(b"WAVE")],
    "audio/mpeg": [b"ID3\4\0\0", *(bytes([0xFF, second, 0x90, 0]) for second in (0xFB, 0xFA, 0xF3, 0xF2, 0xE3, 0xE2))],
    "audio/ogg": [b"OggS\0\2\0\0"],
    "audio/flac": [b"fLaC\0\0\0\x22"],
    "text/html": [b"<!DOCTYPE html><html>", b"\n<HTML>", b"\xef\xbb\xbf<script>alert(1)</script>", b"<!-- x --><p>Hello"],
    "image/svg+xml": [
        b'<svg xmlns="http://www.w3.org/2000/svg">',
        b'<?xml version="1.0"?>\n<svg>',
        b'<?xml version="1.0"?><!-- Generator: a drawing program --><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd"><svg >',
        b"<!-- Generator: a drawing program -->\n<svg>",
    ],
    "application/xml": [b'<?xml version="1.0"?><gpx>', b"\xef\xbb\xbf<?xml?>", b"<gpx version='1.1'>", b"<!DOCTYPE plist>"],
    "application/rtf": [b"{\\rtf1\\ansi"],
    "application/zip": [b"PK\3\4\x14\0", b"PK\5\6\0\0"],
    "application/x-ole-storage": [OLE],
    "application/x-7z-compressed": [b"7z\xbc\xaf\x27\x1c\0\4"],
    "application/vnd.rar": [b"Rar!\x1a\x07\0", b"Rar!\x1a\x07\1\0"],
    "application/vnd.microsoft.portable-executable": [b"MZ\x90\0\3\0"],
}  # fmt: skip
RECORDERS = {  # what telephones, cameras and recorders write in formats of their own
    "night.dav": b"DHAV\xfd\0\0\0",
    "night.h264": b"\0\0\0\1gM@",
    "00001.MTS": b"\0\0\0\0G@\0\x10",
    "night.ts": b"G@\0\x10",
    "talk.amr": b"#!AMR\n<\x91",
    "talk.ds2": b"\3ds2",
    "image.E01": b"EVF\t\r\n\xff\0",
    "messages.db": b"SQLite format 3\0",
    "page.mht": b"From: <Saved by a browser>\r\n",
    "raw": b"\x01\x02\x03",
    "night.rec": b"PK\3\4",
    "player.bin": b"MZ\x90",
    "Thumbs.db": OLE,
}
