"""Handing mail to the provider: the outbox against its peers and bare clients, on one stand-in for Resend."""

from collections.abc import Callable, Collection
from functools import partial

from tests.bench.delivering import codes, rates, rows
from tests.bench.delivering.installation import Installations, installations

PARTS: dict[str, Callable[[Installations], None]] = {
    **{name: partial(rates.measure, race) for name, race in rates.RACES.items()},
    "codes": codes.measure,
    "rows": rows.measure,
}


def main(parts: Collection[str] = tuple(PARTS)) -> None:
    with installations() as installed:
        for name in parts:
            PARTS[name](installed)
