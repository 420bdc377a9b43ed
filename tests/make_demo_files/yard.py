"""All bodies of the scene, those that stand still and those that move."""

from dataclasses import dataclass
from functools import cache

from tests.make_demo_files.arrays import numbers
from tests.make_demo_files.bodies import Body, box
from tests.make_demo_files.paint import asphalt, between_bars, brick, bulb, plain, terrace, warehouse
from tests.make_demo_files.van import van_at

LANE_LAMPS = (14, 27, 40)


@dataclass(frozen=True)
class Moment:
    """What moves in the scene."""

    van: float = 0.0  # x of its middle; at 0 it stands before the gate
    head: float = 0.0  # how bright its headlights are
    tail: float = 0.0
    gate: float = 0.0  # how far it is slid open


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
