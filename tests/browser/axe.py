"""Accessibility: axe-core looks at the page as it stands."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.pages import shot

SOURCE = Path(__file__).parents[2] / ".venv" / "axe" / "node_modules" / "axe-core" / "axe.min.js"
CONTRAST = ["color-contrast"]
WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def inspect(page: Page, name: str) -> None:
    """Look at the page in light and in dark; keep pictures of it under this name when they are asked for."""
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # colours in motion have no contrast yet
        expect(page.locator("html")).to_have_class(re.compile(rf"\b{scheme}\b"))
        check_axe(page, CONTRAST if scheme == "dark" else WCAG_22_AA)  # all else is the same in both
    shot(page, name)


def check_axe(page: Page, only: Sequence[str] = WCAG_22_AA) -> None:
    """Fail with every violation of these tags or rules that axe-core finds, each with the elements it is about."""
    page.evaluate(_source())  # not a script tag: the page's own security policy would refuse one
    found = page.evaluate("only => axe.run({runOnly: only, rules: {'target-size': {enabled: true}}})", only)
    assert not found["violations"], f"{page.url} is not accessible in {_scheme(page)}\n" + "\n".join(
        map(_told, found["violations"])
    )


def _scheme(page: Page) -> str:
    return str(page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'"))


@cache
def _source() -> str:
    return SOURCE.read_text()


def _told(violation: dict) -> str:
    places = (
        f"      {' '.join(map(str, node['target']))}\n        {node['html']}\n        {node['failureSummary']}"
        for node in violation["nodes"]
    )
    return "\n".join([f"  {violation['id']} ({violation['impact']}): {violation['help']}", *places])
