"""The lamps, and what of their light arrives where."""

from dataclasses import dataclass

import numpy as np

from tests.make_demo_files.arrays import Numbers, Triple, numbers
from tests.make_demo_files.yard import LANE_LAMPS, Moment


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
