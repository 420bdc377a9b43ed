"""File names: cleaned when they come in, written so that no header and no screen can be fooled when they go out."""

import re
import unicodedata
from urllib.parse import quote

LENGTH = 180  # characters kept; file systems stop at 255 bytes, and a download may add " (1)"
UNNAMED = "file"
FORBIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}  # controls, bidi overrides ("exe.fdp" for "pdf.exe"), half characters
_RESERVED = re.compile(r'[<>:"|?*]')  # Windows refuses these in a name


def cleaned(name: str) -> str:
    """The name without folders, control and direction characters, at most LENGTH characters, its ending kept."""
    kept = "".join(" " if each in "\t\n\r" else each for each in name if _is_allowed(each))
    base = _RESERVED.sub("_", re.split(r"[/\\]", unicodedata.normalize("NFC", kept))[-1])
    words = " ".join(base.split()).strip(" .")
    return _fitted(_fitted(words)) or UNNAMED  # twice: where a long word was cut, an ending may be new


def split(name: str) -> tuple[str, str]:
    """ "Interim report.PDF" as ("Interim report", ".PDF"); a name without an ending has an empty one."""
    stem, dot, ending = name.rpartition(".")
    return (stem, dot + ending) if stem and 0 < len(ending) <= 12 and ending.isalnum() else (name, "")


def disposition(name: str, *, inline: bool) -> str:
    """A Content-Disposition header (RFC 6266, with RFC 8187's `filename*`), in ASCII whatever the name's script."""
    stem, ending = map(_plain, split(name))
    fallback = f"{stem.strip(' .') if stem.strip(' ._') else UNNAMED}{ending}".strip(" .")
    return f"{'inline' if inline else 'attachment'}; filename=\"{fallback}\"; filename*=UTF-8''{quote(name, safe='')}"


def _fitted(name: str) -> str:
    stem, ending = split(name)
    return f"{stem[: LENGTH - len(ending)].rstrip(' .')}{ending}"


def _plain(text: str) -> str:
    """In ASCII, and with nothing in it that a header's quotes would have to escape."""
    return re.sub(r"[^\w .()\-]", "_", unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode())


def _is_allowed(character: str) -> bool:
    return character in "\t\n\r" or unicodedata.category(character) not in FORBIDDEN
