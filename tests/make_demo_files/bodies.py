"""Convex bodies, how rays meet them and what a painter says of where they do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tests.make_demo_files.arrays import Numbers, Pair, Triple, dot, numbers


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
