"""The report, typeset."""

import io
from collections.abc import Sequence

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont as PdfFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table

from tests.make_demo_files.fonts import uncompressed
from tests.make_demo_files.report_texts import (
    ADVICE,
    CASE,
    CLIENT,
    FACTS,
    FIGURES,
    FINDINGS,
    LIMITS,
    METHOD,
    NIGHTS,
    SUMMARY,
    TITLE,
)

INK, GREY, HAIRLINE, JADE, TINT = (HexColor(each) for each in ("#21201c", "#63635e", "#dad9d6", "#208368", "#e6f7f1"))
HEADING = 13  # points


def report() -> bytes:
    file = io.BytesIO()
    _typeset(file, of=_typeset(io.BytesIO(), of=0))
    return file.getvalue()


def _typeset(file: io.BytesIO, of: int) -> int:
    """Write the report, each page saying of how many; return how many there are."""
    for weight in (400, 600):
        pdfmetrics.registerFont(PdfFont(f"Inter-{weight}", uncompressed(weight)))
    pdfmetrics.registerFontFamily("Inter-400", normal="Inter-400", bold="Inter-600")
    document = SimpleDocTemplate(
        file, pagesize=A4, leftMargin=24 * mm - 6, rightMargin=24 * mm - 6, topMargin=29 * mm, bottomMargin=24 * mm,
        title=f"{TITLE}, case {CASE}", author="Harbour Investigations", subject="Surveillance",
        creator="Case Updates, demo", lang="en-GB", invariant=1,
    )  # fmt: skip

    def frame_page(canvas: Canvas, _: SimpleDocTemplate) -> None:
        _margins(canvas, of)

    document.build(_story(), onFirstPage=frame_page, onLaterPages=frame_page)
    return int(document.page)


def _margins(canvas: Canvas, of: int) -> None:
    left, right, top, low = 24 * mm, A4[0] - 24 * mm, A4[1] - 17 * mm, 15 * mm
    canvas.setFillColor(JADE)
    canvas.roundRect(left, top - 1.2, 9, 9, 2, stroke=0, fill=1)
    canvas.setFillColor(INK)
    canvas.setFont("Inter-600", 9)
    canvas.drawString(left + 15, top, "Harbour Investigations")
    canvas.setFillColor(GREY)
    canvas.setFont("Inter-400", 8)
    canvas.drawRightString(right, top, f"{TITLE}, case {CASE}")
    canvas.drawString(left, low, f"Confidential. For {CLIENT} and those it was sent to.")
    canvas.drawRightString(right, low, f"Page {canvas.getPageNumber()} of {of}")
    canvas.setStrokeColor(HAIRLINE)
    canvas.setLineWidth(0.6)
    canvas.line(left, low + 12, right, low + 12)


def _story() -> list[Flowable]:
    return [
        _words("Surveillance", size=9, weight=600, colour=JADE, after=3),
        _words(TITLE, size=23, weight=600, after=14),
        _facts(),
        *_part("Summary", *map(_words, SUMMARY)),
        Spacer(0, 6),
        _figures(),
        *_part("What it tells", *map(_words, FINDINGS)),
        *_part("How we watched", *map(_words, METHOD)),
        *_part("Five nights of observation", _table()),
        *_part("Departures through the night", _timeline()),
        *_part("Recommendation", _numbered(ADVICE)),
        *_part("What this report cannot say", _words(LIMITS)),
    ]


def _words(text: str, size: float = 10, weight: int = 400, colour: Color = INK, after: float = 6) -> Paragraph:
    style = ParagraphStyle("", fontName=f"Inter-{weight}", fontSize=size, leading=size * 1.5, textColor=colour)
    style.spaceBefore, style.spaceAfter = 16 if size == HEADING else 0, after
    return Paragraph(text.replace("'", "’"), style)


def _part(title: str, first: Flowable, *rest: Flowable) -> list[Flowable]:
    """A heading that never stands alone at the foot of a page."""
    return [KeepTogether([_words(title, HEADING, weight=600, after=5), first]), *rest]


def _facts() -> Table:
    rows = [[_words(name, 9, colour=GREY, after=0), _words(fact, 9, after=0)] for name, fact in FACTS]
    return _ruled(Table(rows, [30 * mm, 132 * mm]))


def _figures() -> Table:
    rows = [
        [_words(figure, 17, 600, JADE, after=0) for figure in FIGURES],
        [_words(meaning, 8.5, colour=GREY, after=0) for meaning in FIGURES.values()],
    ]
    table = Table(rows, [40.5 * mm] * 4)
    table.setStyle([("BACKGROUND", (0, 0), (-1, -1), TINT), ("ROUNDEDCORNERS", [6] * 4)])
    table.setStyle([("LEFTPADDING", (0, 0), (-1, -1), 10)])
    table.setStyle([("TOPPADDING", (0, 1), (-1, 1), 0), ("BOTTOMPADDING", (0, 1), (-1, 1), 10)])
    return table


def _table() -> Table:
    heads = ("Night", "Left at", "Vehicle", "What was seen", "Cartons short")
    rows, starts = [[_words(each, 8.5, 600, GREY, after=0) for each in heads]], []
    for night, departures, short in NIGHTS:
        starts.append(len(rows))
        for time, vehicle, seen in departures or (("", "None", "No vehicle stopped. The gate stayed shut."),):
            rows.append([_words(each, 9, after=0) for each in (night, time, vehicle, seen, short)])
            night = short = ""
    return _ruled(Table(rows, [14 * mm, 17 * mm, 25 * mm, 82 * mm, 24 * mm], repeatRows=1), above=starts)


def _ruled(table: Table, above: Sequence[int] | None = None) -> Table:
    """With a hairline above each row, or above those named, and at its foot."""
    look = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (0, -1), 0)]
    lines = range(len(table._cellvalues)) if above is None else above
    table.setStyle([*look, ("LINEBELOW", (0, -1), (-1, -1), 0.6, HAIRLINE)])
    table.setStyle([("LINEABOVE", (0, row), (-1, row), 0.6, HAIRLINE) for row in lines])
    return table


def _numbered(texts: Sequence[str]) -> Table:
    marks = (_words(f"{number}", weight=600, colour=JADE, after=2) for number in range(1, len(texts) + 1))
    rows = [[mark, _words(text, after=2)] for mark, text in zip(marks, texts, strict=True)]
    table = Table(rows, [8 * mm, 154 * mm])
    table.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)])
    return table


def _timeline() -> Drawing:
    """Each night from 22:00 to 05:00 as a line, its departures as marks, the hours in which all of them fall tinted."""
    left, hour, row = 17 * mm, 20 * mm, 15.0
    high = row * len(NIGHTS) + 20
    drawing = Drawing(162 * mm, high)
    drawing.add(Rect(left + 4 * hour, 14, 1.5 * hour, high - 14, fillColor=TINT, strokeColor=None))
    for passed in range(8):
        drawing.add(_label(left + passed * hour, 2, f"{(22 + passed) % 24:02}:00", textAnchor="middle"))
    for number, (night, departures, _) in enumerate(NIGHTS):
        y = high - row * (number + 0.6)
        drawing.add(_label(0, y - 3, f"Night {night}"))
        drawing.add(Line(left, y, left + 7 * hour, y, strokeColor=HAIRLINE, strokeWidth=1.2))
        for time, *_ in departures:
            x = left + hour * (int(time[:2]) + 2 + int(time[3:]) / 60)
            drawing.add(Rect(x - 1.5, y - 5, 3, 10, rx=1.2, ry=1.2, fillColor=JADE, strokeColor=None))
    return drawing


def _label(x: float, y: float, words: str, **more: str) -> String:
    return String(x, y, words, fontName="Inter-400", fontSize=8, fillColor=GREY, **more)
