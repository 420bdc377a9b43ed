"""Accessibility: axe-core looks at the page as it stands."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

SOURCE = Path(__file__).parents[2] / ".venv" / "axe" / "node_modules" / "axe-core" / "axe.min.js"
WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def check_axe(page: Page) -> None:
    """Fail with every violation of WCAG 2.2 AA that axe-core finds, each with the elements it is about."""
    page.evaluate(_source())  # not a script tag: the page's own security policy would refuse one
    found = page.evaluate("tags => axe.run({runOnly: tags})", WCAG_22_AA)
    assert not found["violations"], f"{page.url} is not accessible\n" + "\n".join(map(_told, found["violations"]))


@cache
def _source() -> str:
    return SOURCE.read_text()


def _told(violation: dict) -> str:
    places = (f"      {' '.join(map(str, node['target']))}\n        {node['html']}" for node in violation["nodes"])
    return "\n".join([f"  {violation['id']} ({violation['impact']}): {violation['help']}", *places])
