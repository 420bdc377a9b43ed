"""The light that comes back along rays into the scene."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tests.make_demo_files.arrays import Numbers, dot, noise, numbers
from tests.make_demo_files.bodies import Body, Paint
from tests.make_demo_files.light import lights
from tests.make_demo_files.van import van_paint
from tests.make_demo_files.yard import Moment, moving, yard


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
