"""Markdown to HTML, safe for a page and a mail: CommonMark in, an allow-list of tags out."""

import functools
import re

import nh3
from markdown_it import MarkdownIt

TAGS = {
    "p", "br", "strong", "em", "s", "a", "ul", "ol", "li", "blockquote", "code", "pre", "hr",
    "h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto", "tel"}

_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")  # CommonMark 0.31, 2.4: each may be escaped


def reader() -> MarkdownIt:
    """Our Markdown: CommonMark with tables and strikethrough, every line break kept, no HTML."""
    return MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])


_parser = reader()


@functools.lru_cache(maxsize=512)
def html(markdown: str) -> str:
    """HTML without scripts, styles, images, or anything that loads from elsewhere."""
    return nh3.clean(
        _parser.render(markdown), tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )  # fmt: skip


def plain(text: str) -> str:
    """Markdown that shows a text as it was typed, line by line, whatever signs are in it."""
    return "\n".join(_PUNCTUATION.sub(r"\\\g<0>", line.strip()) for line in text.split("\n"))
