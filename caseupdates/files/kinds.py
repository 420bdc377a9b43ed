"""What a file is, told from its first bytes as a browser would tell it (WHATWG MIME Sniffing, 6 and 7).

A name that says otherwise is refused, so that nobody opens what they did not expect. Libraries that guess
(puremagic) name several kinds at once and miss the brands cameras write, so the few that matter stand here.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from caseupdates.files.names import split
from caseupdates.refusals import Invalid

HEAD = 1_445  # bytes looked at: what browsers look at (WHATWG MIME Sniffing, 5.2)
OTHER = "application/octet-stream"
INLINE = {
    "image/jpeg", "image/png", "image/gif", "image/webp", "application/pdf",
    "audio/mpeg", "audio/mp4", "audio/wav", "audio/ogg", "audio/flac", "video/mp4", "video/webm", "video/quicktime",
}  # fmt: skip


class NotWhatItSays(Invalid):
    """A name that promises another content."""

    status = 415


@dataclass(frozen=True)
class Kind:
    said: str  # "a JPEG picture"
    media_type: str
    endings: tuple[str, ...]
    matches: Callable[[bytes], bool]


def media_type(name: str, head: bytes) -> str:
    """The media type of a file from its name and first HEAD bytes; raise NotWhatItSays where they contradict."""
    content = next((kind for kind in KINDS if kind.matches(head)), None)
    ending = split(name)[1].lower().lstrip(".")
    promised = next((kind for kind in KINDS if ending in kind.endings), None)
    if content and (ending in content.endings or {content, promised} <= MOVIES):
        return content.media_type
    if content is None and promised is None:
        return "text/plain" if ending in TEXT else OTHER
    if content is None or content in OPAQUE:
        if promised is None:
            return OTHER  # a recorder's own format in a zip, a player that came with it
        raise NotWhatItSays(f"“{name}” is not {promised.said} inside. Save it again as what it is, then upload that.")
    hint = f"Give it the ending .{content.endings[0]} if that is what you mean."
    raise NotWhatItSays(f"“{name}” is {content.said} inside, which its name does not say. {hint}")


def is_inline(media_type: str) -> bool:
    """May it be shown in the page? Never what can run scripts."""
    return media_type in INLINE


def _starts(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(marks)


def _riff(form: bytes) -> Callable[[bytes], bool]:
    return lambda head: head[:4] == b"RIFF" and head[8:12] == form


def _brand(*brands: bytes) -> Callable[[bytes], bool]:
    """ISO base media: the brand after `ftyp` (ISO/IEC 14496-12, 4.3); none given means any."""
    return lambda head: head[4:8] == b"ftyp" and (not brands or head[8:12].lower().startswith(brands))


_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|!--|(?:html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|meta"
    rb"|img|link|form|object|embed|base|input|button|video|audio|template|frameset)[\s/>])",
    re.IGNORECASE,
)
_SVG = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml.*?\?>\s*)?(?>(?:<!--.*?-->\s*)*)(?:<!doctype\s+svg.*?>\s*)?<svg[\s/>]", re.I | re.S
)
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!doctype|[a-z][\w.:-]*[\s/>])", re.I)
_WIDE = re.compile(rb"(?:\xff\xfe|\xfe\xff)[\x00\s]*\x00?<", re.S)  # UTF-16, which a browser reads as well

KINDS = (
    Kind("a JPEG picture", "image/jpeg", ("jpg", "jpeg", "jpe", "jfif"), _starts(b"\xff\xd8\xff")),
    Kind("a PNG picture", "image/png", ("png",), _starts(b"\x89PNG\r\n\x1a\n")),
    Kind("a GIF picture", "image/gif", ("gif",), _starts(b"GIF87a", b"GIF89a")),
    Kind("a WebP picture", "image/webp", ("webp",), _riff(b"WEBP")),
    Kind("a TIFF picture", "image/tiff", ("tif", "tiff", "dng", "nef", "cr2", "arw"), _starts(b"II*\0", b"MM\0*")),
    Kind("a BMP picture", "image/bmp", ("bmp", "dib"), lambda head: head[:2] == b"BM" and head[6:10] == b"\0\0\0\0"),
    Kind("a PDF document", "application/pdf", ("pdf",), _starts(b"%PDF-", b"\xef\xbb\xbf%PDF-")),
    Kind("a Canon raw picture", "image/x-canon-cr3", ("cr3",), _brand(b"crx ")),
    Kind("a HEIF picture", "image/heic", ("heic", "heif", "hif"), _brand(b"heic", b"heix", b"mif1", b"msf1", b"hevc")),
    Kind("an AVIF picture", "image/avif", ("avif",), _brand(b"avif", b"avis")),
    Kind("an AAC sound", "audio/aac", ("aac",), _starts(b"\xff\xf1", b"\xff\xf9")),
    Kind("an MPEG-4 sound", "audio/mp4", ("m4a", "m4b", "aac"), _brand(b"m4a", b"m4b")),
    Kind("a QuickTime video", "video/quicktime", ("mov", "qt"), _brand(b"qt  ")),
    Kind("a mobile video", "video/3gpp", ("3gp", "3gpp", "3g2"), _brand(b"3gp", b"3gr", b"3gs", b"3g2")),
    Kind("an MP4 video", "video/mp4", ("mp4", "m4v", "mp4v", "f4v", "lrv", "insv"), _brand()),
    Kind("a QuickTime video", "video/quicktime", ("mov", "qt"), lambda head: head[4:8] in {b"moov", b"mdat", b"wide"}),
    Kind("a WebM video", "video/webm", ("webm",), lambda head: head[:4] == b"\x1aE\xdf\xa3" and b"webm" in head[:64]),
    Kind("a Matroska video", "video/x-matroska", ("mkv", "mka"), _starts(b"\x1aE\xdf\xa3")),
    Kind("an AVI video", "video/x-msvideo", ("avi",), _riff(b"AVI ")),
    Kind("a Windows Media file", "video/x-ms-asf", ("wmv", "wma", "asf"), _starts(b"0&\xb2u\x8ef\xcf\x11")),
    Kind("an MPEG video", "video/mpeg", ("mpg", "mpeg", "vob"), _starts(b"\0\0\1\xba", b"\0\0\1\xb3")),
    Kind("a WAV sound", "audio/wav", ("wav", "wave"), _riff(b"WAVE")),
    Kind("an MP3 sound", "audio/mpeg", ("mp3", "mpga"), _starts(b"ID3", b"\xff\xfb", b"\xff\xfa", b"\xff\xf3", b"\xff\xf2", b"\xff\xe3", b"\xff\xe2")),
    Kind("an Ogg sound", "audio/ogg", ("ogg", "oga", "opus", "ogv"), _starts(b"OggS\0")),
    Kind("a FLAC sound", "audio/flac", ("flac",), _starts(b"fLaC")),
    Kind("an SVG drawing", "image/svg+xml", ("svg",), lambda head: bool(_SVG.match(head))),
    Kind("a web page", "text/html", ("html", "htm", "xhtml"), lambda head: bool(_MARKUP.match(head))),
    Kind("an XML document", "application/xml", ("xml", "gpx", "kml", "xsl", "xslt", "xhtml", "html", "rss", "plist"),
         lambda head: bool(_XML.match(head) or _WIDE.match(head))),
    Kind("a rich text document", "application/rtf", ("rtf",), _starts(b"{\\rtf")),
    Kind("an archive", "application/zip", ("zip", "docx", "docm", "xlsx", "xlsm", "pptx", "odt", "ods", "odp", "kmz", "jar", "apk", "epub"),
         _starts(b"PK\3\4", b"PK\5\6")),
    Kind("an Office document", "application/x-ole-storage", ("doc", "xls", "ppt", "msg", "vsd", "msi"), _starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")),
    Kind("a 7-Zip archive", "application/x-7z-compressed", ("7z",), _starts(b"7z\xbc\xaf\x27\x1c")),
    Kind("a RAR archive", "application/vnd.rar", ("rar",), _starts(b"Rar!\x1a\x07")),
    Kind("a Windows program", "application/vnd.microsoft.portable-executable", ("exe", "dll", "scr"), _starts(b"MZ")),
)  # fmt: skip
OPAQUE = {kind for kind in KINDS if kind.endings[0] in {"zip", "doc", "exe", "xml"}}
# Cameras and telephones write one of these under another's ending, and every player takes it.
MOVIES = {kind for kind in KINDS if kind.media_type in {"audio/mp4", "video/quicktime", "video/3gpp", "video/mp4"}}
TEXT = {"txt", "csv", "tsv", "log", "md", "json", "srt", "vtt", "eml", "ics", "vcf"}
