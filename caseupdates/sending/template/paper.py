"""From Markdown with marks to HTML for mail programs: parsed once for all recipients, dressed and cleaned for each."""

import functools
import re

import nh3

from caseupdates.sending.template.marks import BLOCK, BOX, LINE, MARK, WITHIN, Marks
from caseupdates.sending.template.variables import Block
from caseupdates.updates.markdown import ATTRIBUTES, SCHEMES, TAGS, reader

STYLES = {
    "h1": "margin:0 0 16px;font-size:22px;line-height:28px;font-weight:600;letter-spacing:-.01em",
    "h2": "margin:24px 0 8px;font-size:18px;line-height:26px;font-weight:600",
    "h3": "margin:20px 0 8px;font-size:16px;line-height:24px;font-weight:600",
    "h4": "margin:16px 0 4px;font-size:15px;line-height:24px;font-weight:600",
    "h5": "margin:16px 0 4px;font-size:15px;line-height:24px;font-weight:500",
    "h6": "margin:0 0 4px;font-size:13px;line-height:20px;font-weight:400;color:#63635e",  # small print
    "p": "margin:0 0 16px",
    "a": "color:#1a6f58",
    "ul": "margin:0 0 16px;padding-left:22px",
    "ol": "margin:0 0 16px;padding-left:22px",
    "blockquote": "margin:0 0 16px;padding-left:12px;border-left:3px solid #dad9d6",
    "table": "margin:0 0 16px;border-collapse:collapse",
    "th": "padding:6px 12px 6px 0;border-bottom:1px solid #dad9d6;text-align:left",
    "td": "padding:6px 12px 6px 0;border-bottom:1px solid #dad9d6;text-align:left;vertical-align:top",
    "pre": "margin:0 0 16px;white-space:pre-wrap",
    "hr": "margin:20px 0;border:0;border-top:1px solid #dad9d6",
}  # mail programs know little of style sheets
OWN_LINE = re.compile(rf"^[ \t]*({MARK}{BLOCK}(\d+)z)[ \t]*$", re.MULTILINE)
_ALONE = re.compile(rf"<p>{MARK}{BLOCK}(\d+z)</p>")
_BOXES = re.compile(rf'<p style="{re.escape(STYLES["p"])}">{MARK}{BOX}(\d+)z</p>')
_IN_ATTRIBUTE = re.compile(rf"{MARK}[{LINE}{BLOCK}]")
_cleaner = nh3.Cleaner(tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
_dresser = nh3.Cleaner(
    tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener noreferrer nofollow",
    set_tag_attribute_values={tag: {"style": style} for tag, style in STYLES.items()},
)  # fmt: skip
_reader = reader().disable("code")  # what is indented within {% if %} is no code


@functools.lru_cache(maxsize=32)
def pieces(source: str) -> tuple[str, ...]:
    """The text's outermost paragraphs, lists, tables, … as HTML, marks and all."""
    env: dict[str, object] = {}
    tokens = _reader.parse(OWN_LINE.sub(r"\n\1\n", source), env)
    for each in (child for token in tokens for child in token.children or ()):
        each.attrs = {name: _IN_ATTRIBUTE.sub(f"{MARK}{WITHIN}", str(value)) for name, value in each.attrs.items()}
    found, begun = [], 0
    for index, token in enumerate(tokens, 1):
        if token.level == 0 and token.nesting <= 0:
            html = _reader.renderer.render(tokens[begun:index], _reader.options, env)
            found.append(alone(_cleaner.clean(html)))
            begun = index
    return tuple(found)


def alone(html: str) -> str:
    """A block alone in its paragraph will be a box."""
    return _ALONE.sub(rf"<p>{MARK}{BOX}\1</p>", html)


@functools.lru_cache(maxsize=64)
def dressed(html: str) -> str:
    """Clean it, now that values are in it, and dress it for mail programs."""
    return _dresser.clean(html)


def with_boxes(html: str, marks: Marks) -> str:
    """The boxes in place of their paragraphs; they are ours, and not cleaned."""

    def box(found: re.Match[str]) -> str:
        value = marks.values[int(found[1])]
        return value.html if isinstance(value, Block) else ""

    return _BOXES.sub(box, html)
