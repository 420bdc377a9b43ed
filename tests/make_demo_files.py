"""Draws the demo firm's files, a report, a picture and a film, into caseupdates/demo_files/.

Run it after changing what they show; the files are committed. It needs packages that neither the product nor its tests
do, best in an environment of their own:
    python3 -m venv /tmp/demo
    /tmp/demo/bin/pip install av==18.1.0 brotli==1.2.1 fonttools==4.68.0 numpy==2.4.6 pillow==13.0.0 reportlab==5.1.0
    /tmp/demo/bin/python -m tests.make_demo_files  # some minutes

Picture and film are one scene, traced by rays: a side gate at night, lengths in metres, x along the lane, y up, z into
the yard. Nobody and nothing in it is real. No file says a date: the demo's days count back from today.
"""

import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # numpy reads it when imported; the film keeps each core busy with a process

try:
    import av
    import brotli  # noqa: F401 (fontTools reads the font with it)
    import numpy as np
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont
    from numpy.typing import ArrayLike, NDArray
    from PIL import Image, ImageDraw, ImageFont
    from reportlab.graphics.shapes import Drawing, Line, Rect, String
    from reportlab.lib.colors import Color, HexColor
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont as PdfFont
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Flowable, KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table
except ModuleNotFoundError as missing:
    sys.exit(
        f"The demo's files are drawn with {missing.name}, which is not installed. The top of {__file__} says how to."
    )

ROOT = Path(__file__).parent.parent
FILES = ROOT / "caseupdates" / "demo_files"
INTER = ROOT / "assets" / "fonts" / "inter-latin-wght-normal.woff2"

Numbers = NDArray[np.float32]  # points, directions and normals are (n, 3)
Pair = tuple[float, float]
Triple = tuple[float, float, float]
Colour = tuple[int, int, int]
SEED = 142


def main() -> None:
    FILES.mkdir(exist_ok=True)
    for name, made in (("Interim report.pdf", report), ("plate.jpg", picture), ("week-1.mp4", film)):
        (FILES / name).write_bytes(made())
        print(f"{name}: {(FILES / name).stat().st_size:,} bytes")


# --- The report


INK, GREY, HAIRLINE, JADE, TINT = (HexColor(each) for each in ("#21201c", "#63635e", "#dad9d6", "#208368", "#e6f7f1"))
HEADING = 13  # points
TITLE, CASE, CLIENT = "Interim report, first week", "2026-0142", "Meridian Freight Ltd"
FACTS = (
    ("Case", f"{CASE}, Warehouse losses, Quay Street"),
    ("Client", CLIENT),
    ("Period", "Nights 1 to 5, each from 22:00 to 05:00"),
    ("Written by", "Investigator R."),
    ("Reviewed by", "Manager G."),
)
SUMMARY = (
    "We watched the warehouse on Quay Street for five nights. On four of them a vehicle stopped at the side gate between "
    "02:00 and 03:30 and left again within a minute. Each time the gate was unlocked from inside.",
    "The losses found by the morning's stock count match these departures, night by night. On night 3 nothing stopped at "
    "the gate, and the count was complete.",
    "<b>We recommend</b> continuing to the end of the month and preserving the gate controller's records now, "
    "before they are overwritten.",
)
FIGURES = {
    "4 of 5": "nights with departures",
    "6": "departures logged",
    "33": "cartons short in all",
    "0": "at the main gate",
}
METHOD = (
    "Two observers stood in public places, one on the quay side with sight of the side gate, one on the ring road. A fixed "
    "camera, agreed with the client, recorded the side gate throughout. Both observers set their watches and the "
    "camera's clock by the same time signal at 21:30.",
    "Nobody entered the yard or the building, and nobody was spoken to. The stock counts are the client's own, made by "
    "the day shift at 06:00 and sent to us by 09:00.",
)
Departure = tuple[str, str, str]  # time, vehicle, what was seen
NIGHTS: tuple[tuple[str, tuple[Departure, ...], str], ...] = (
    # night, its departures, cartons short in the morning
    ("1", (("02:10", "White van", "Stops at the side gate. Leaves without lights, towards the ring road."),), "6"),
    ("2", (
        ("02:14", "White van", "Puts its lights out at the gate, which opens from inside. Leaves without lights."),
        ("03:05", "Second van", "Same stop, same route. Brakes before leaving; its plate is legible."),
    ), "11"),
    ("3", (), "None"),
    ("4", (("02:21", "White van", "As on night 1. A gray estate at the ring road, 02:40."),), "7"),
    ("5", (
        ("02:08", "White van", "As on night 2. The gate stays ajar after it has left."),
        ("03:22", "White van", "Returns from the ring road for a second stop. The gate is then locked."),
    ), "9"),
)  # fmt: skip
FINDINGS = (
    "<b>One gate, one hour and a half.</b> All six departures fall between 02:00 and 03:30, the time in which the night "
    "shift takes its break in turns.",
    "<b>Help from inside.</b> The side gate has no keypad on the street. It was open before the vehicle had stopped on "
    "five of six occasions, so somebody knew when to expect it.",
    "<b>The same route.</b> Every vehicle left for the ring road. The gray estate that waited there on night 4 may be "
    "keeping watch; one sighting is not enough to say so.",
)
ADVICE = (
    "<b>Preserve the gate controller's records now.</b> The controller overwrites its log after 30 days. Ask the supplier "
    "for a sealed export, and keep the request in writing.",
    "<b>Continue to the end of the month.</b> Five nights show a pattern; a second and third week show whether it follows "
    "the shift plan.",
    "<b>Change nothing that can be seen.</b> New locks, lights or questions would end the departures before they can be "
    "explained. Please keep this report to those it was sent to.",
)
LIMITS = (
    "From the quay side the inside of the gate is hidden: we saw that it was opened, not by whom. Cartons were counted by "
    "the client, not by us. Times are exact to ten seconds. Footage of night 2 is sent with this report; the rest is kept "
    "with the case and can be seen on request."
)


def report() -> bytes:
    file = io.BytesIO()
    _typeset(file, of=_typeset(io.BytesIO(), of=0))
    return file.getvalue()


def _typeset(file: io.BytesIO, of: int) -> int:
    """Write the report, each page saying of how many; return how many there are."""
    for weight in (400, 600):
        pdfmetrics.registerFont(PdfFont(f"Inter-{weight}", _uncompressed(weight)))
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


def _uncompressed(weight: int) -> io.BytesIO:
    font, file = TTFont(INTER, recalcTimestamp=False), io.BytesIO()
    instantiateVariableFont(font, {"wght": weight}, inplace=True)
    font.flavor = None
    font["name"].setName(f"Inter-{weight}", 6, 3, 1, 0x409)  # or the weights would share one name in the file
    font.save(file)
    file.seek(0)
    return file


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


# --- The scene: convex bodies and how they are painted


@dataclass(frozen=True)
class Moment:
    """What moves in the scene."""

    van: float = 0.0  # x of its middle; at 0 it stands before the gate
    head: float = 0.0  # how bright its headlights are
    tail: float = 0.0
    gate: float = 0.0  # how far it is slid open


@dataclass(frozen=True)
class Paint:
    """A surface where rays meet it: its colour, how it glows by itself, how it mirrors."""

    colour: Numbers
    glow: Numbers
    gloss: Numbers

    @classmethod
    def of(cls, colour: ArrayLike, glow: ArrayLike = 0, gloss: ArrayLike = 0) -> "Paint":
        colours = numbers(colour)
        spread = np.broadcast_to(numbers(gloss), len(colours)).copy()
        return cls(colours, np.broadcast_to(numbers(glow), colours.shape).copy(), spread)


Painter = Callable[[Numbers, Numbers], Paint]  # from points in the body's own place, and normals
Holes = Callable[[Numbers], NDArray[np.bool_]]


@dataclass(frozen=True)
class Body:
    """All points where `normals @ point <= offsets`, inside the box from `low` to `high`."""

    normals: Numbers
    offsets: Numbers
    low: Triple
    high: Triple
    paint: Painter
    at: Triple = (0, 0, 0)
    holes: Holes | None = None

    def meets(self, start: Numbers, way: Numbers) -> tuple[Numbers, Numbers]:
        """How far along each ray the body begins (infinity where it never does), and its normal there."""
        far, normal = np.full(len(start), np.inf, np.float32), np.zeros_like(start)
        near = np.flatnonzero(self._is_near(start, way))
        slope = self.normals @ way[near].T  # (planes, rays): numpy reduces that way round several times as fast
        slope = np.where(np.abs(slope) < 1e-7, numbers(1e-7), slope)
        cut = (self.offsets[:, None] - self.normals @ (start[near] - numbers(self.at)).T) / slope
        enter, leave = np.where(slope < 0, cut, -np.inf), np.where(slope > 0, cut, np.inf).min(0)
        first, face = enter.max(0), enter.argmax(0)
        hit = (first < leave) & (first > 1e-3)
        if self.holes:
            hit &= ~self.holes(start[near] - numbers(self.at) + way[near] * np.where(hit, first, 0)[:, None])
        far[near[hit]], normal[near[hit]] = first[hit], self.normals[face[hit]]
        return far, normal

    def _is_near(self, start: Numbers, way: Numbers) -> NDArray[np.bool_]:
        low, high = numbers(self.low), numbers(self.high)
        to_middle = numbers((low + high) / 2 + self.at) - start
        along = dot(to_middle, way)
        aside = dot(to_middle, to_middle) - along * along
        radius = float(np.linalg.norm(high - low)) / 2
        near: NDArray[np.bool_] = (aside < radius * radius) & (along > -radius)
        return near


def numbers(given: ArrayLike) -> Numbers:
    return np.asarray(given, np.float32)


def dot(these: Numbers, those: Numbers) -> Numbers:
    return numbers(np.einsum("ij,ij->i", these, those))


def box(low: Triple, high: Triple, paint: Painter, at: Triple = (0, 0, 0), holes: Holes | None = None) -> Body:
    normals = np.concatenate([np.eye(3), -np.eye(3)]).astype(np.float32)
    return Body(normals, numbers([*high, *(-each for each in low)]), low, high, paint, at, holes)


def hull(low: Triple, high: Triple, paint: Painter, at: Triple, *sides: tuple[Numbers, Numbers]) -> Body:
    normals, offsets = zip(*sides, strict=True)
    return Body(np.concatenate(normals), np.concatenate(offsets), low, high, paint, at)


def prism(outline: Sequence[Pair], across: int, up: int = 1) -> tuple[Numbers, Numbers]:
    """The walls over a convex outline that turns left, as planes: its first numbers on axis `across`, then `up`."""
    corners = numbers(outline)
    edges = np.roll(corners, -1, axis=0) - corners
    out = np.stack([edges[:, 1], -edges[:, 0]], 1) / np.linalg.norm(edges, axis=1, keepdims=True)
    normals = np.zeros((len(out), 3), np.float32)
    normals[:, across], normals[:, up] = out[:, 0], out[:, 1]
    return normals, (out * corners).sum(1).astype(np.float32)


def rounded(outline: Sequence[Pair], radius: float) -> list[Pair]:
    """The outline with each corner replaced by a curve that begins and ends `radius` from it."""
    corners, steps = np.array(outline, float), np.linspace(0, 1, 6)[:, None]
    found: list[Pair] = []
    for before, corner, after in zip(np.roll(corners, 1, 0), corners, np.roll(corners, -1, 0), strict=True):
        start = corner + radius * (before - corner) / np.linalg.norm(before - corner)
        end = corner + radius * (after - corner) / np.linalg.norm(after - corner)
        curve = (1 - steps) ** 2 * start + 2 * steps * (1 - steps) * corner + steps**2 * end
        found += [(float(x), float(y)) for x, y in curve]
    return found


@cache
def grain() -> Numbers:
    """A square of cloudy noise that tiles, from -1 to 1."""
    size = 1024
    rough = np.random.default_rng(SEED).standard_normal((size, size))
    steps = np.hypot(np.fft.fftfreq(size)[:, None], np.fft.rfftfreq(size)[None, :])
    cloudy = np.fft.irfft2(np.fft.rfft2(rough) / np.maximum(steps, 2 / size) ** 1.1)
    return numbers(np.clip(cloudy / cloudy.std() / 2.5, -1, 1))


def noise(across: Numbers, along: Numbers, scale: float) -> Numbers:
    """Noise whose tile is `scale` metres wide."""
    rows, columns = (along / scale * 1024).astype(int) % 1024, (across / scale * 1024).astype(int) % 1024
    return numbers(grain()[rows, columns])


def plain(colour: Triple, gloss: float = 0.0, mottled: float = 0.15) -> Painter:
    def paint(point: Numbers, normal: Numbers) -> Paint:
        uneven = 1 + mottled * noise(point[:, 0] + point[:, 2], point[:, 1] + 0.6 * point[:, 2], 5)
        return Paint.of(numbers(colour) * uneven[:, None], gloss=gloss)

    return paint


def asphalt(point: Numbers, normal: Numbers) -> Paint:
    """The lane with its kerb line, the pavement and the yard; wet where water stands."""
    x, z = point[:, 0], point[:, 2]
    uneven = 1 + 0.2 * noise(x, z, 1.7) + 0.3 * noise(x, z, 9)
    on_pavement = (z > -1.6) & (z < 0.2)
    joints = on_pavement & ((np.abs((x % 0.9) - 0.45) > 0.435) | (np.abs(z + 0.75) < 0.012))
    shade = np.where(on_pavement, 0.15, 0.075) * np.where(joints, 0.55, 1)
    kerb = np.abs(z + 1.68) < 0.08
    lines = ((np.abs(z + 2.0) < 0.05) | (np.abs(z + 2.2) < 0.05)) & (uneven > 0.75)
    colour = np.where(kerb, 0.22, shade)[:, None] * uneven[:, None] * numbers([1, 1, 1.02])
    colour[lines] = numbers([0.42, 0.33, 0.08]) * uneven[lines, None]
    wet = np.clip(0.45 + 0.9 * noise(x + 3, z, 14), 0.08, 1) * np.where(on_pavement, 0.35, 1)
    return Paint.of(colour, gloss=wet)


def brick(point: Numbers, normal: Numbers) -> Paint:
    x, y = point[:, 0] + point[:, 2], point[:, 1]
    row = np.floor(y / 0.075)
    column = np.floor(x / 0.225 + 0.5 * (row % 2))
    mortar = (y % 0.075 < 0.011) | ((x / 0.225 + 0.5 * (row % 2)) % 1 < 0.05)
    each = np.sin(row * 12.9898 + column * 78.233) * 43758.5453 % 1
    shade = np.where(mortar, 0.9, 0.65 + 0.5 * each) * (1 + 0.3 * noise(x, y, 6)) * np.clip(0.55 + y / 1.5, 0, 1)
    colour = np.where(mortar[:, None], numbers([0.23, 0.21, 0.19]), numbers([0.27, 0.13, 0.09]))
    colour = np.where((y > 2.9)[:, None], numbers([0.3, 0.29, 0.27]), colour)
    return Paint.of(colour * shade[:, None])


def warehouse(point: Numbers, normal: Numbers) -> Paint:
    """Corrugated sheet with two roller doors and a row of windows, one of them lit."""
    x, y = point[:, 0], point[:, 1]
    waves = 0.8 + 0.2 * np.sin(x * 2 * np.pi / 0.28)
    door = (np.abs((x + 1.5) % 9 - 4.5) < 1.9) & (y < 3.6)
    waves = np.where(door, 0.7 + 0.3 * (y % 0.22 < 0.17), waves)
    colour = np.where(door[:, None], numbers([0.2, 0.22, 0.24]), numbers([0.24, 0.27, 0.28])) * waves[:, None]
    window = (np.abs((x + 0.2) % 4.5 - 2.25) < 0.8) & (np.abs(y - 5.3) < 0.4)
    bars = window & ((np.abs((x + 0.2) % 0.8 - 0.4) > 0.36) | (np.abs(y - 5.3) > 0.36))
    colour[window] = 0.03
    colour[bars] = 0.15
    lit = window & ~bars & (x > 4.3) & (x < 8.8)
    glow = lit[:, None] * numbers([0.36, 0.3, 0.17]) * (0.7 + 0.3 * np.sin(x * 2.1))[:, None]
    return Paint.of(colour, glow, 0.3 * window)


def terrace(point: Numbers, normal: Numbers) -> Paint:
    """Dark fronts across the lane; here and there a window is lit."""
    x, y = point[:, 0] + point[:, 2], point[:, 1]
    place = np.floor(x / 2.6) * 7.31 + np.floor(y / 2.9) * 3.77
    pane = (np.abs(x % 2.6 - 1.3) < 0.5) & (np.abs(y % 2.9 - 1.7) < 0.62) & (np.abs(x % 2.6 - 1.3) > 0.03)
    lit = pane & (np.sin(place) * 43758.5453 % 1 > 0.8)
    colour = np.where(pane[:, None], 0.02, numbers([0.13, 0.1, 0.085])) * (1 + 0.3 * noise(x, y, 8))[:, None]
    glow = lit[:, None] * numbers([0.3, 0.2, 0.09])
    return Paint.of(colour, glow, 0.4 * pane)


def bulb(point: Numbers, normal: Numbers) -> Paint:
    return Paint.of(np.zeros_like(point), numbers([9, 5.6, 2.4]) * (normal[:, 1:2] < 0.5))


def between_bars(point: Numbers) -> NDArray[np.bool_]:
    """Where the gate, five metres wide from its own middle, lets a ray through."""
    x, y = point[:, 0], point[:, 1]
    bar = np.abs(x % 0.16 - 0.08) < 0.02
    rail = (np.abs(y - 0.3) < 0.06) | (np.abs(y - 2.35) < 0.05) | (np.abs(y - 1.25) < 0.04)
    brace = np.abs(np.abs(x) * 0.8 + 0.35 - y) < 0.04
    metal: NDArray[np.bool_] = bar | rail | brace | (np.abs(x) > 2.43)
    return ~metal


@cache
def yard() -> tuple[Body, ...]:
    """All that stands still."""
    up, ground = numbers([[0, 1, 0]]), numbers([0])
    steel, stone = plain((0.1, 0.11, 0.12), 0.03), plain((0.25, 0.24, 0.22))
    return (
        Body(up, ground, (-90, -90, -90), (90, 0, 90), asphalt),
        box((-40, 0, 0), (-2.9, 3, 0.25), brick),
        box((2.9, 0, 0), (40, 3, 0.25), brick),
        box((-2.95, 0, -0.08), (-2.45, 3.2, 0.33), stone),
        box((2.45, 0, -0.08), (2.95, 3.2, 0.33), stone),
        box((-30, 0, 9), (30, 7.4, 24), warehouse),
        box((3.35, 0, -0.2), (3.47, 5.3, -0.08), steel),
        box((3.36, 5.2, -1.2), (3.46, 5.28, -0.1), steel),
        box((3.26, 5.13, -1.45), (3.56, 5.22, -0.95), steel),
        box((-60, 0, -20), (90, 7, -14.2), terrace),
        box((62, 0, -14), (70, 9, 30), terrace),
        *(box((x - 0.3, 5.9, -8.6), (x + 0.3, 6, -8.3), bulb) for x in LANE_LAMPS),
        *(box((x - 0.06, 0, -9.2), (x + 0.06, 6, -9.08), steel) for x in LANE_LAMPS),
        box((5.2, 0.14, 4.2), (6.6, 1.5, 5.4), plain((0.25, 0.17, 0.1))),
        box((-5.4, 0, 3.4), (-3.8, 1.25, 4.4), plain((0.06, 0.16, 0.12), 0.1)),
    )


def moving(moment: Moment) -> tuple[Body, ...]:
    iron, at = plain((0.14, 0.16, 0.17), 0.05), (-moment.gate, 0.0, 0.0)
    gate = box((-2.5, 0.1, 0.1), (2.5, 2.4, 0.16), iron, at, between_bars)
    return (*(van_at(moment.van) if abs(moment.van) < 25 else ()), gate)


# --- The van: its middle at x = 0, driving towards larger x, its wheels on y = 0


LONG, HIGH, PIXELS = 2.7, 2.6, 400  # half its length, the height of its drawings, pixels of a drawing for each metre
AXLES = (-1.62, 1.72)
PLATE = "DEMO 142"  # no country issues such a one


def van_at(x: float) -> tuple[Body, ...]:
    body = [(-2.68, 0.34), (1.95, 0.34), (2.0, 1.3), (1.05, 2.52), (-2.6, 2.54)]
    nose = [(1.4, 0.32), (2.64, 0.32), (2.7, 0.8), (2.58, 1.08), (1.9, 1.36), (1.4, 1.36)]
    wide = [(-0.98, 0.3), (0.98, 0.3), (1.0, 1.1), (0.88, 2.54), (-0.88, 2.54), (-1.0, 1.1)]
    at, place = (x, 0.0, -3.0), ((-LONG, 0.3, -1.0), (LONG, HIGH, 1.0))
    step = box((-2.78, 0.36, -0.9), (-2.6, 0.54, 0.9), plain((0.035, 0.035, 0.038), 0.08), at=at)
    return (
        hull(*place, van_paint, at, prism(rounded(body, 0.14), 0), prism(rounded(wide, 0.13), 2)),
        hull(*place, van_paint, at, prism(rounded(nose, 0.1), 0), prism(rounded(wide, 0.13), 2)),
        step,
        *(wheel(axle, side, at) for axle in AXLES for side in (-1, 1)),
    )


def wheel(axle: float, side: int, at: Triple) -> Body:
    turns = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    tread = [(axle + 0.335 * float(np.cos(turn)), 0.335 + 0.335 * float(np.sin(turn))) for turn in turns]
    width = numbers([[0, 0, 1], [0, 0, -1]]), numbers([1.005 if side > 0 else -0.78, 1.005 if side < 0 else -0.78])

    def rubber(point: Numbers, normal: Numbers) -> Paint:
        from_hub = np.hypot(point[:, 0] - axle, point[:, 1] - 0.335)
        rim = (from_hub < 0.21) & (np.abs((from_hub - 0.11) / 0.1) < 0.9)
        return Paint.of(np.where(rim, 0.2, 0.022)[:, None] * np.ones(3), gloss=0.03)

    return hull((axle - 0.34, 0, -1.01), (axle + 0.34, 0.68, 1.01), rubber, at, prism(tread, 0), width)


def van_paint(point: Numbers, normal: Numbers) -> Paint:
    x, y, z = point.T
    colour = np.full((len(point), 3), 0.62, np.float32) * numbers([1, 1, 0.98])
    glow, gloss = np.zeros_like(point), np.full(len(point), 0.06, np.float32)
    side, rear, front = np.abs(normal[:, 2]) > 0.8, normal[:, 0] < -0.8, normal[:, 0] > 0.25
    colour[side], glow[side] = looked_up(side_drawing(), x[side] + LONG, y[side])
    colour[rear], glow[rear] = looked_up(rear_drawing(), 1 - z[rear], y[rear])
    glass = front & (x < 2.05) & (y > 1.4) & (y < 2.38) & (np.abs(z) < 0.84)
    lamps = front & (x > 2.3) & (np.abs(np.abs(z) - 0.74) < 0.15) & (np.abs(y - 0.88) < 0.1)
    dark = front & (x > 2.3) & ((y < 0.6) | ((np.abs(z) < 0.5) & (np.abs(y - 0.86) < 0.12)))
    colour[glass], colour[dark], colour[lamps] = 0.02, 0.03, 0.5
    gloss[glass | (~front & (y > 1.4) & (colour.max(1) < 0.012))] = 1
    dirt = np.clip(0.75 - y / 1.5, 0, 1) * (0.8 + 0.5 * noise(x + z, y, 2.3)) + 0.08 * noise(x + 2 * z, y / 3, 1.9)
    colour *= ((0.8 + 0.11 * y) * (1 - np.clip(dirt, -0.1, 0.75) * (glow.max(1) < 0.01)))[:, None]
    glow[lamps] = (2.4, 2.2, 1.8)
    return Paint(colour, glow, gloss)


def looked_up(drawing: Numbers, across: Numbers, up: Numbers) -> tuple[Numbers, Numbers]:
    """The colour and glow that a drawing has, metres from its lower left."""
    rows, columns = len(drawing) - up * PIXELS, across * PIXELS
    rows = np.clip(rows, 0, len(drawing) - 1).astype(int)
    found = drawing[rows, np.clip(columns, 0, drawing.shape[1] - 1).astype(int)]
    return found[:, :3], found[:, :3] * found[:, 3:] * 3


WHITE, SEAM, DARK, GLASS = (205, 206, 203), (94, 95, 95), (26, 27, 28), (14, 17, 20)


@dataclass
class Board:
    """Draws in metres from `left` and from below; `glow`, 0 to 1, says how much of a colour shines by itself."""

    wide: float
    left: float = 0
    picture: Image.Image = field(init=False)
    pen: ImageDraw.ImageDraw = field(init=False)

    def __post_init__(self) -> None:
        self.picture = Image.new("RGBA", (round(self.wide * PIXELS), round(HIGH * PIXELS)), (*WHITE, 0))
        self.pen = ImageDraw.Draw(self.picture)

    def box(self, low: Pair, high: Pair, fill: Colour, glow: float = 0, curve: float = 0.02) -> None:
        corners = [*self._pixel(low[0], high[1]), *self._pixel(high[0], low[1])]
        self.pen.rounded_rectangle(corners, curve * PIXELS, (*fill, round(glow * 255)))

    def line(self, *points: Pair, fill: Colour, wide: float = 0.012) -> None:
        self.pen.line([self._pixel(*each) for each in points], (*fill, 0), max(1, round(wide * PIXELS)), "curve")

    def shape(self, *points: Pair, fill: Colour) -> None:
        self.pen.polygon([self._pixel(*each) for each in points], (*fill, 0))

    def stencil(self, low: Pair, high: Pair, mask: Image.Image, fill: Colour) -> None:
        fitting = mask.resize((round((high[0] - low[0]) * PIXELS), round((high[1] - low[1]) * PIXELS)))
        x, y = self._pixel(low[0], high[1])
        self.picture.paste((*fill, 8), (round(x), round(y)), fitting)

    def shares(self) -> Numbers:
        """Colours as shares of the light they throw back, glow as it is."""
        shares = numbers(np.asarray(self.picture)) / 255
        return np.concatenate([shares[..., :3] ** numbers(2.2), shares[..., 3:]], 2)

    def _pixel(self, x: float, y: float) -> Pair:
        return (self.left + x) * PIXELS, (HIGH - y) * PIXELS


@cache
def side_drawing() -> Numbers:
    board = Board(2 * LONG)
    board.box((0, 0), (5.4, 0.52), DARK)
    board.box((0.1, 0.78), (5.0, 0.88), (44, 45, 46))
    for x in (0.72, 2.42, 3.62, 4.62):
        board.line((x, 0.55), (x, 2.3 if x < 4 else 1.3), fill=SEAM)
    board.line((0.2, 1.42), (4.6, 1.42), fill=(170, 171, 169), wide=0.02)
    board.line((2.5, 1.66), (0.3, 1.66), fill=(70, 71, 71), wide=0.03)
    board.shape((3.7, 1.42), (4.56, 1.42), (4.5, 1.52), (3.98, 2.16), (3.7, 2.16), fill=GLASS)
    board.line((4.1, 1.42), (4.1, 2.0), fill=DARK, wide=0.04)
    for x in (2.3, 3.72):
        board.box((x, 1.2), (x + 0.18, 1.25), DARK)
    for axle in AXLES:
        board.box((LONG + axle - 0.43, -0.08), (LONG + axle + 0.43, 0.78), (8, 8, 8), curve=0.43)
    board.box((0, 0.95), (0.06, 1.45), (190, 20, 16), glow=0.1)
    return board.shares()


@cache
def rear_drawing() -> Numbers:
    board = Board(2.0)
    board.box((0, 0), (2, 0.56), DARK)
    for board.left in (0.17, 1.03):
        _draw_door(board)
    for board.left in (0.015, 1.855):
        _draw_lamp(board)
    board.left = 0
    board.line((1.0, 0.56), (1.0, 2.42), fill=(38, 39, 40), wide=0.016)
    board.box((1.05, 1.16), (1.13, 1.34), DARK)
    board.box((0.82, 2.42), (1.18, 2.46), (120, 10, 8), glow=0.2)
    for x, y in product((0.13, 1.8), (0.72, 1.42, 2.26)):
        board.box((x, y), (x + 0.07, y + 0.09), (70, 71, 71))
    _draw_plate(board)
    return board.shares()


def _draw_door(board: Board) -> None:
    board.box((0, 0.58), (0.8, 2.4), (150, 151, 149), curve=0.07)
    board.box((0.012, 0.592), (0.788, 2.388), WHITE, curve=0.06)
    board.box((0.1, 1.5), (0.7, 2.16), (60, 61, 62), curve=0.08)
    board.box((0.115, 1.515), (0.685, 2.145), GLASS, curve=0.07)
    for wire in range(7):
        board.line((0.15, 1.6 + 0.08 * wire), (0.65, 1.6 + 0.08 * wire), fill=(29, 27, 27), wide=0.006)
    board.box((0.1, 1.1), (0.7, 1.36), (186, 187, 184), curve=0.04)
    board.line((0.12, 1.36), (0.68, 1.36), fill=(222, 222, 220))


def _draw_lamp(board: Board) -> None:
    board.box((0, 0.82), (0.13, 1.52), (60, 8, 8), curve=0.03)
    board.box((0.012, 1.18), (0.118, 1.5), (200, 16, 12), glow=0.5)
    board.box((0.03, 1.24), (0.1, 1.44), (255, 70, 40), glow=1)
    board.box((0.012, 1.02), (0.118, 1.16), (150, 66, 12), glow=0.02)
    board.box((0.012, 0.84), (0.118, 1.0), (150, 150, 146))
    for rib in range(1, 14):
        board.line((0.012, 0.84 + rib * 0.05), (0.118, 0.84 + rib * 0.05), fill=(70, 12, 10), wide=0.004)


def _draw_plate(board: Board) -> None:
    board.box((0.68, 0.64), (1.32, 0.86), (34, 35, 36), curve=0.03)
    board.box((0.735, 0.67), (1.265, 0.785), (222, 172, 36), glow=0.1, curve=0.014)
    words = Image.new("L", (800, 180))
    ImageDraw.Draw(words).text((400, 92), PLATE, 255, inter(150, 750), "mm")
    board.stencil((0.77, 0.692), (1.23, 0.766), words.crop(words.getbbox()), (14, 13, 10))
    board.box((0.86, 0.82), (1.14, 0.838), (255, 244, 220), glow=0.8)


@cache
def inter(size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(INTER), size)
    font.set_variation_by_axes([weight])
    return font


# --- The light


@dataclass(frozen=True)
class Light:
    at: Triple
    colour: Triple
    towards: Triple = (0, -1, 0)
    inner: float = -2.0  # cosines between which it fades at its edge; a bulb shines everywhere
    outer: float = -3.0
    shadows: bool = True

    def reaching(self, points: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """The way to the light from each point, how far it is, and what arrives where nothing is between."""
        way = numbers(self.at) - points
        far = np.linalg.norm(way, axis=-1) + numbers(1e-4)
        way = way / far[..., None]
        aim = numbers(self.towards) / numbers(np.linalg.norm(self.towards))
        edge = np.clip((-(way @ aim) - self.outer) / (self.inner - self.outer), 0, 1)
        strength = edge * edge * (3 - 2 * edge) / (0.15 + far * far)
        return way, far, strength[..., None] * numbers(self.colour)


LAMP = Light((3.41, 5.1, -1.2), (44, 25, 9), (-0.22, -1, -0.28), 0.82, 0.58)
LANE_LAMPS = (14, 27, 40)
LANE = [Light((x, 5.8, -8.4), (15, 10, 5), (0, -1, 0.1), 0.7, 0.1, shadows=False) for x in LANE_LAMPS]
STREET = Light((-11.5, 6.6, -9.5), (9, 11, 14))
YARD_LAMP = Light((-1.2, 6.3, 8.6), (13, 15, 13), (0, -1, -0.55), 0.75, 0.2)


def lights(moment: Moment) -> list[Light]:
    """Those that shine at this moment."""
    found, head, tail = [LAMP, STREET, YARD_LAMP, *LANE], moment.head, moment.tail
    for side in (-0.74, 0.74):
        if head:
            at, colour = (moment.van + 2.76, 0.88, -3 + side), (42 * head, 38 * head, 31 * head)
            found.append(Light(at, colour, (1, -0.085, 0.02), 1.0, 0.945, shadows=False))
        if tail:
            at, colour = (moment.van - 2.72, 1.3, -3 + side * 1.2), (0.55 * tail, 0.03 * tail, 0.02 * tail)
            found.append(Light(at, colour, (-1, -0.3, 0), 0.9, 0.0, shadows=False))
    return found


@dataclass(frozen=True)
class Hits:
    """Where rays end: how far each goes, and of those that meet a body which rays, where, how it faces, which body."""

    far: Numbers
    rays: NDArray[np.int_]
    point: Numbers
    way: Numbers
    normal: Numbers
    body: NDArray[np.int_]


def trace(bodies: Sequence[Body], start: Numbers, way: Numbers) -> Hits:
    far, normal = np.full(len(start), np.inf, np.float32), np.zeros_like(start)
    which = np.full(len(start), -1)
    for number, body in enumerate(bodies):
        there, facing = body.meets(start, way)
        nearer = there < far
        far[nearer], normal[nearer], which[nearer] = there[nearer], facing[nearer], number
    hit = np.flatnonzero(which >= 0)
    return Hits(far, hit, start[hit] + way[hit] * far[hit, None], way[hit], normal[hit], which[hit])


@dataclass(frozen=True)
class Scene:
    moment: Moment

    def seen(self, start: Numbers, way: Numbers, *, mirrored: bool = False) -> tuple[Numbers, Numbers]:
        """The light that comes back along each ray, and how far away it was; in a mirror without shadows."""
        bodies = (*yard(), *moving(self.moment))
        hits, light = trace(bodies, start, way), sky(way)
        paint = self._painted(bodies, hits)
        light[hits.rays] = paint.glow + paint.colour * self._falling(hits, () if mirrored else bodies)
        if not mirrored:
            self._mirror(light, hits, paint.gloss)
        return light, hits.far

    def _painted(self, bodies: Sequence[Body], hits: Hits) -> Paint:
        whole = Paint.of(np.zeros_like(hits.point))
        for number, body in enumerate(bodies):
            here = np.flatnonzero(hits.body == number)
            if len(here):
                part = body.paint(hits.point[here] - numbers(body.at), hits.normal[here])
                shines = self._shines(hits.normal[here]) if body.paint is van_paint else 1
                whole.colour[here], whole.glow[here], whole.gloss[here] = part.colour, part.glow * shines, part.gloss
        return whole

    def _shines(self, normal: Numbers) -> Numbers:
        return numbers(np.where(normal[:, :1] > 0, self.moment.head * 6, self.moment.tail))

    def _falling(self, hits: Hits, shading: Sequence[Body]) -> Numbers:
        """The light that falls on each point: a little from the sky, less beside the van, and from each lamp."""
        point, normal = hits.point, hits.normal
        total = (0.5 + 0.5 * normal[:, 1:2]) * numbers([0.012, 0.016, 0.026]) + numbers([0.006, 0.006, 0.007])
        total *= self._open(point)[:, None]
        for light in lights(self.moment):
            way, far, arriving = light.reaching(point)
            arriving = arriving * np.clip(dot(way, normal), 0, 1)[:, None]
            if light.shadows:
                lit = np.flatnonzero(arriving.max(1) > 2e-4)
                blocked = trace(shading, point[lit] + 0.004 * normal[lit], way[lit]).far < far[lit] - 0.3
                arriving[lit[blocked]] = 0
            total += arriving
        return total

    def _open(self, point: Numbers) -> Numbers:
        """How much of the sky a point on the ground sees past the van."""
        along, across = np.abs(point[:, 0] - self.moment.van) - 2.6, np.abs(point[:, 2] + 3) - 0.95
        aside = np.hypot(np.maximum(along, 0), np.maximum(across, 0))
        return numbers(1 - 0.85 * np.exp(-aside / 0.45) * (point[:, 1] < 0.2))

    def _mirror(self, light: Numbers, hits: Hits, gloss: Numbers) -> None:
        """Add what smooth and wet surfaces show of the rest, more where the view is flat."""
        shiny = np.flatnonzero(gloss > 0.01)
        point, normal, way = hits.point[shiny], hits.normal[shiny], hits.way[shiny]
        ripple = noise(point[:, 0], point[:, 2], 0.9) * 0.05 * (normal[:, 1] > 0.9)
        normal = normal + ripple[:, None] * numbers([1, 0, 0.6])
        normal /= np.linalg.norm(normal, axis=1, keepdims=True)
        facing = np.clip(-dot(way, normal), 0, 1)[:, None]
        share = gloss[shiny, None] * (0.06 + 0.94 * (1 - facing) ** 5)
        light[hits.rays[shiny]] += share * self.seen(point + 0.01 * normal, way + 2 * facing * normal, mirrored=True)[0]


def sky(way: Numbers) -> Numbers:
    low = np.exp(-np.clip(way[:, 1:2], 0, 1) * 7)
    return numbers(numbers([0.004, 0.006, 0.011]) + low * numbers([0.026, 0.02, 0.015]))


# --- The camera


@dataclass(frozen=True)
class Camera:
    at: Triple
    target: Triple
    spread: float  # of its view, in degrees from left to right
    wide: int
    high: int
    exposure: float
    grain: float
    damp: float = 1  # how hazy the air is
    focus: float = 0  # beyond it, metres, all is out of focus; at 0 nothing is

    def rays(self, wide: int, high: int) -> tuple[Numbers, Numbers]:
        ahead = np.subtract(self.target, self.at) / np.linalg.norm(np.subtract(self.target, self.at))
        right = np.cross([0, 1, 0], ahead)
        right /= np.linalg.norm(right)
        reach = np.tan(np.radians(self.spread) / 2)
        across = (np.arange(wide) + 0.5) / wide * 2 - 1
        down = (1 - (np.arange(high) + 0.5) / high * 2) * high / wide
        way = ahead + reach * (across[None, :, None] * right + down[:, None, None] * np.cross(ahead, right))
        way = numbers(way / np.linalg.norm(way, axis=2, keepdims=True))
        return np.broadcast_to(numbers(self.at), way.shape).copy(), way

    def develop(self, moment: Moment, number: int, finer: float) -> Image.Image:
        """The picture of a moment, traced `finer` times as fine as it gets; `number` tells its grain from others'."""
        wide, high = round(self.wide * finer), round(self.high * finer)
        start, way = self.rays(wide, high)
        light, far = Scene(moment).seen(start.reshape(-1, 3), way.reshape(-1, 3))
        light, far = light.reshape(way.shape), far.reshape(high, wide)
        light = light + self.damp * haze(moment, start, way, far)
        if self.focus:
            light = unfocused(light, np.clip(far / self.focus - 1, 0, 0.5) * 2, wide / 190)
        light = light + 0.10 * blurred(light, wide / 90) + 0.05 * blurred(light, wide / 22)
        toned = self._toned(light)
        shrunk = Image.fromarray(toned).resize((self.wide, self.high), Image.Resampling.LANCZOS)
        return self._grainy(shrunk, number)

    def _toned(self, light: Numbers) -> NDArray[np.uint8]:
        """Film's curve, darker towards the corners."""
        high, wide = light.shape[:2]
        across, down = np.linspace(-1, 1, wide)[None, :], np.linspace(-1, 1, high)[:, None]
        light = light * numbers(1 - 0.30 * (across**2 + down**2))[..., None] * self.exposure
        curved = light * (2.51 * light + 0.03) / (light * (2.43 * light + 0.59) + 0.14)
        return (np.clip(curved, 0, 1) ** (1 / 2.2) * 255).astype(np.uint8)

    def _grainy(self, picture: Image.Image, number: int) -> Image.Image:
        rough = np.random.default_rng([SEED, number]).standard_normal((self.high, self.wide, 1))
        shares = np.asarray(picture, np.float32)
        return Image.fromarray(np.clip(shares + rough * self.grain, 0, 255).astype(np.uint8))


def haze(moment: Moment, start: Numbers, way: Numbers, far: Numbers) -> Numbers:
    """Light that the damp air throws back from the lamps' cones, found on every fourth ray and spread."""
    (high, wide), start, way, far = far.shape, start[::4, ::4], way[::4, ::4], np.minimum(far[::4, ::4], 40)
    total = np.zeros_like(way)
    for part in np.linspace(0.02, 0.98, 40):
        point = start + way * (far * part)[..., None]
        for light in lights(moment):
            if light.inner > 0.5 and light not in LANE:
                total += light.reaching(point)[2] * (far / 40)[..., None]
    return blurred((total * 0.0045).repeat(4, 0).repeat(4, 1)[:high, :wide], 3)


def unfocused(light: Numbers, beyond: Numbers, radius: float) -> Numbers:
    """Blurs what is beyond, and only with what is."""
    share = beyond[..., None]
    soft = blurred(light * share, radius) / np.maximum(blurred(share, radius), 1e-3)
    return numbers(light * (1 - share) + soft * share)


def blurred(light: Numbers, radius: float) -> Numbers:
    size, edge = light.shape[:2], int(radius * 3)
    light = np.pad(np.minimum(light, 40), ((edge, edge), (edge, edge), (0, 0)), "edge")
    down, across = np.fft.fftfreq(light.shape[0])[:, None, None], np.fft.rfftfreq(light.shape[1])[None, :, None]
    soft = np.exp(-2 * (np.pi * radius) ** 2 * (down**2 + across**2))
    whole = np.fft.irfft2(np.fft.rfft2(light, axes=(0, 1)) * soft, light.shape[:2], axes=(0, 1))
    return numbers(whole[edge : edge + size[0], edge : edge + size[1]])


# --- The picture and the film

PHONE = Camera((-9.3, 1.55, -4.1), (-2.6, 1.31, -3.06), 37, 1280, 720, exposure=2.6, grain=3.5, damp=0.45, focus=8.5)
FIXED = Camera((-6.2, 4.9, -13.6), (0.3, 1.75, -1.0), 54, 640, 360, exposure=2.2, grain=2.2)
RATE, SECONDS, HASTE = 12, 10, 4  # frames a second, the film's length, how much faster than life it runs
ARRIVES, STOPS, DARK_AT, LEAVES, GONE = 0.5, 3.3, 4.0, 7.2, 9.3  # seconds of the film


def picture() -> bytes:
    taken = PHONE.develop(Moment(tail=1.6, gate=1.2), number=0, finer=1.5)
    written = labelled(taken, "2026-0142   Night 2", "Observer 1   03:05:12", size=25, y=670)
    file = io.BytesIO()
    written.save(file, "JPEG", quality=80, optimize=True, progressive=True)
    return file.getvalue()


def film() -> bytes:
    with ProcessPoolExecutor() as several, TemporaryDirectory() as folder:
        path = Path(folder) / "film.mp4"
        encode(path, several.map(frame, range(RATE * SECONDS)))
        return path.read_bytes()


def frame(number: int) -> Image.Image:
    second = number / RATE
    taken = FIXED.develop(moment_at(second), number, finer=1.25)
    clock = f"02:14:{int(4 + second * HASTE):02}   {HASTE}×"
    return labelled(taken, "Camera 2   Side gate   Night 2", clock, size=13, y=10)  # players draw below


def moment_at(second: float) -> Moment:
    """A van arrives, stops, puts its lights out while the gate opens a little, and leaves without lights."""
    arrived, left = share(second, ARRIVES, STOPS), share(second, LEAVES, GONE)
    lit = 1 - share(second, DARK_AT, DARK_AT + 0.15)
    braking = second > ARRIVES + 0.9 and left == 0
    return Moment(
        van=-18 * (1 - arrived) ** 2 + 18 * left**2,
        head=lit,
        tail=lit * (1.7 if braking else 0.5),
        gate=1.3 * (smooth(share(second, 4.5, 5.4)) - smooth(share(second, 6.1, 7.0))),
    )


def share(second: float, start: float, end: float) -> float:
    """How much of the time from start to end has passed, from 0 to 1."""
    return min(max((second - start) / (end - start), 0), 1)


def smooth(part: float) -> float:
    return part * part * (3 - 2 * part)


def labelled(shown: Image.Image, left: str, right: str, size: int, y: int) -> Image.Image:
    """With words at both sides, legible on light and dark."""
    pen, font = ImageDraw.Draw(shown), inter(size, 600)
    for x, words, anchor in ((size, left, "la"), (shown.width - size, right, "ra")):
        pen.text(
            (x, y), words, (235, 235, 228), font, anchor, features=["tnum"], stroke_width=max(1, size // 12),
            stroke_fill=(0, 0, 0),
        )  # fmt: skip
    return shown


def encode(path: Path, frames: Iterator[Image.Image]) -> None:
    """As H.264 that every browser plays: 4:2:0, its index first, a frame to seek to each second."""
    with av.open(str(path), "w", options={"movflags": "+faststart", "fflags": "+bitexact"}) as file:
        stream = file.add_stream("libx264", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = FIXED.wide, FIXED.high, "yuv420p"
        stream.options = {"profile": "main", "preset": "veryslow", "crf": "29", "g": str(RATE), "threads": "1"}
        for number, shown in enumerate(frames):
            one = av.VideoFrame.from_ndarray(np.asarray(shown), format="rgb24")
            one.pts, one.time_base = number, Fraction(1, RATE)
            file.mux(stream.encode(one))
        file.mux(stream.encode())


if __name__ == "__main__":
    main()
