"""Render a template with its values: subject, text and HTML twins.

Values never meet Markdown: a mark stands for each until the text has been parsed, and is then replaced by the value's
escaped text, or by its box where it stands alone in its paragraph.
"""

from dataclasses import dataclass
from types import SimpleNamespace

from markupsafe import Markup, escape

from caseupdates.delivery.mail import one_line
from caseupdates.sending.template import paper, plain
from caseupdates.sending.template.marks import BLOCK, BOX, LONGEST, WITHIN, Marks, mark
from caseupdates.sending.template.standard import STANDARD, Text
from caseupdates.sending.template.syntax import compiled
from caseupdates.sending.template.variables import Block


@dataclass(frozen=True)
class Values:
    """What a template may say; `owed` are the blocks that nobody may be without, in their order above the body."""

    objects: dict[str, SimpleNamespace]
    body: Block
    owed: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Rendered:
    subject: str
    text: str
    html: Markup


def rendered(template: Text, values: Values, *, within: float = LONGEST) -> Rendered:
    """Raise TemplateProblem, TemplateTooLarge, or TemplateTooSlow after so many seconds of computing."""
    marks = Marks(within)
    subject = _subject(template, values, marks) or _subject(STANDARD, values, marks)
    source = compiled(template.body).render(values.objects, marks=marks)
    text, html = _text(source, values, marks), _html(source, values, marks)
    marks.check_time()
    return Rendered(subject, text, html)


def _subject(template: Text, values: Values, marks: Marks) -> str:
    said = compiled(template.subject, of_subject=True).render(values.objects, marks=marks)
    return one_line(marks.replaced(said, lambda _, value: value))


def _text(source: str, values: Values, marks: Marks) -> str:
    def marks_of(block: Block) -> list[str]:
        return [mark(BLOCK, index) for index in marks.indices(block)]

    missing = [each for each in values.owed if each and not any(found in source for found in marks_of(each))]
    whole = plain.with_above(source, [marks.put(each) for each in missing], marks_of(values.body))
    return plain.text(whole, marks)


def _html(source: str, values: Values, marks: Marks) -> Markup:
    """Parse, put above the body what did not come out, replace the marks, clean again, set the boxes in."""
    pieces = list(paper.pieces(source))
    marks.check_time()
    missing = [each for each in values.owed if each and not _came_out(each, "".join(pieces), marks)]
    at = next((index for index, piece in enumerate(pieces) if _came_out(values.body, piece, marks)), 0)
    pieces[at:at] = [paper.alone(f"<p>{marks.put(each)}</p>") for each in missing]
    inside = marks.replaced("\n".join(pieces), _escaped).replace("<p></p>", "")
    return Markup(paper.with_boxes(paper.dressed(inside), marks))  # noqa: S704 (cleaned; the boxes are ours)


def _came_out(block: Block, html: str, marks: Marks) -> bool:
    """Is the block in what is shown? In an address it counts where it has one of its own."""
    return any(
        mark(BLOCK, index) in html
        or mark(BOX, index) in html
        or (block.address and f'href="{mark(WITHIN, index)}"' in html)
        for index in marks.indices(block)
    )


def _escaped(kind: str, value: str) -> str:
    if kind == WITHIN:
        return str(escape(value.address or str(value) if isinstance(value, Block) else value))
    return str(escape(str(value))).replace("\n", "<br>\n")
