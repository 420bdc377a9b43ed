"""The head of the pages under /profile."""

import reflex as rx

from caseupdates.interface.parts import Part, avatar
from caseupdates.interface.state import Frame

TABS = {
    "Notifications": "/profile/notifications",
    "Preferences": "/profile/preferences",
    "Security": "/profile/security",
}


def profile_head(active: str) -> Part:
    """The person, and the tabs of the profile with this one active."""
    return rx.fragment(
        rx.el.div(avatar(Frame.me, "large"), rx.el.h1(Frame.me.name), class_name="profile-name"),
        rx.el.nav(
            *(_tab(label, href, active) for label, href in TABS.items()), class_name="link-tabs", aria_label="Profile"
        ),
    )


def _tab(label: str, href: str, active: str) -> Part:
    count = (
        rx.cond(Frame.unread > 0, rx.el.span(Frame.unread, class_name="tab-count"))
        if label == "Notifications"
        else rx.fragment()
    )
    current = {"aria_current": "page"} if label == active else {}
    return rx.link(label, count, href=href, **current)
