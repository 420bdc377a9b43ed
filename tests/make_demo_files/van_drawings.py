"""The van's side and rear, drawn flat."""

from dataclasses import dataclass, field
from functools import cache
from itertools import product

import numpy as np
from PIL import Image, ImageDraw

from tests.make_demo_files.arrays import Numbers, Pair, numbers
from tests.make_demo_files.fonts import inter

Colour = tuple[int, int, int]
LONG, HIGH, PIXELS = 2.7, 2.6, 400  # half its length, the height of its drawings, pixels of a drawing for each metre
AXLES = (-1.62, 1.72)
PLATE = "DEMO 142"  # no country issues such a one
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
