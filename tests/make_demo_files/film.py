"""The picture and the film: what happens at the gate, and who takes it."""

import io
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import av
import numpy as np
from PIL import Image, ImageDraw

from tests.make_demo_files.camera import Camera
from tests.make_demo_files.fonts import inter
from tests.make_demo_files.yard import Moment

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
