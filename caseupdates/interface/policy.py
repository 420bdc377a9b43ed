"""The content security policy: our own scripts, and the inline ones the build wrote, by hash."""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from reflex.utils import prerequisites
from reflex_base import constants

from caseupdates.settings import settings

BUILD = prerequisites.get_web_dir() / constants.Dirs.STATIC
_INLINE = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)


@cache
def content_security_policy() -> str:
    """One policy for every answer, read once from the built pages."""
    socket = settings().base_url.replace("http", "ws", 1)
    scripts = " ".join(sorted(_hashes(BUILD)))
    return "; ".join((
        "default-src 'self'",
        f"script-src 'self' {scripts}".strip(),
        "style-src 'self' 'unsafe-inline'",  # Emotion writes its styles into the page
        "img-src 'self' data:",
        f"connect-src 'self' {socket}",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ))  # fmt: skip


def _hashes(build: Path) -> set[str]:
    scripts = (found for page in build.rglob("*.html") for found in _INLINE.findall(page.read_text()))
    return {f"'sha256-{base64.b64encode(hashlib.sha256(each.encode()).digest()).decode()}'" for each in scripts}
