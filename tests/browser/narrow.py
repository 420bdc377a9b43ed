"""A telephone, and whether a page fits it."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import check_axe

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "reduced_motion": "reduce"}
BY_THUMB = 44  # px, Apple's Human Interface Guidelines


def fills_the_screen(dialog: Locator) -> None:
    expect(dialog).to_be_visible()
    box = dialog.bounding_box()
    assert box is not None
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 844)


def is_by_thumb(button: Locator) -> None:
    expect(button).to_be_in_viewport(ratio=1)
    box = button.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= BY_THUMB, f"{button} is {box['width']:.0f} × {box['height']:.0f} px"


def fits(page: Page) -> None:
    """At 390 and at 320 px; targets of at least 24 px, or with that much room around them, are axe-core's rule."""
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 844})
        wide = page.evaluate("document.scrollingElement.scrollWidth")
        assert wide <= width, f"{page.url} scrolls sideways at {width} px: it is {wide} px wide"
        _nothing_sticks_out(page, width)
    check_axe(page)


def _nothing_sticks_out(page: Page, width: int) -> None:
    """Cut off is no better than scrolled: every control that is shown lies within the screen.

    The way between the settings is a strip that is pushed sideways by itself.
    """
    out = page.evaluate(
        """width => [...document.querySelectorAll("button, a, input, select, textarea, h1, h2, h3")]
            .filter(each => each.checkVisibility() && !each.matches(".sr-only, .skip") && !each.closest(".settings-nav"))
            .filter(each => { const box = each.getBoundingClientRect(); return box.right > width + 1 || box.left < -1 })
            .map(each => each.outerHTML.slice(0, 200))""",
        width,
    )
    assert not out, f"{page.url} is cut off at {width} px:\n" + "\n".join(out)
