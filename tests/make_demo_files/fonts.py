"""Inter, as the report and the drawings set it."""

import io
from functools import cache
from pathlib import Path

import brotli  # noqa: F401 (fontTools reads the font with it)
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from PIL import ImageFont

INTER = Path(__file__).parents[2] / "assets" / "fonts" / "inter-latin-wght-normal.woff2"


def uncompressed(weight: int) -> io.BytesIO:
    font, file = TTFont(INTER, recalcTimestamp=False), io.BytesIO()
    instantiateVariableFont(font, {"wght": weight}, inplace=True)
    font.flavor = None
    font["name"].setName(f"Inter-{weight}", 6, 3, 1, 0x409)  # or the weights would share one name in the file
    font.save(file)
    file.seek(0)
    return file


@cache
def inter(size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(INTER), size)
    font.set_variation_by_axes([weight])
    return font
