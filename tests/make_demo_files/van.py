"""The van: its middle at x = 0, driving towards larger x, its wheels on y = 0."""

import numpy as np

from tests.make_demo_files.arrays import Numbers, Triple, noise, numbers
from tests.make_demo_files.bodies import Body, Paint, box, hull, prism, rounded
from tests.make_demo_files.paint import plain
from tests.make_demo_files.van_drawings import AXLES, HIGH, LONG, PIXELS, rear_drawing, side_drawing


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
