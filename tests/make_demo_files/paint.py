"""How the ground, the buildings and the gate are painted."""

import numpy as np
from numpy.typing import NDArray

from tests.make_demo_files.arrays import Numbers, Triple, noise, numbers
from tests.make_demo_files.bodies import Paint, Painter


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
