"""The frame of the pages under /settings: for whoever may manage settings, with the way between them."""

from typing import Any

import reflex as rx

from caseupdates.interface.frame import page
from caseupdates.interface.parts import Part, missing, skeleton
from caseupdates.interface.state import Frame
from caseupdates.refusals import NotPermitted

SECTIONS = (
    # label, path, icon, what it affects
    ("The firm", "/settings/firm", "building-2", "Name, logo, contact, time zone, and what a sending begins with."),
    ("People", "/settings/people", "users", "Who works here and who receives: roles, access levels, invitations."),
    ("Clients", "/settings/clients", "briefcase", "The companies cases are worked for, and their contacts."),
    ("Roles", "/settings/roles", "key-round", "What each role may do."),
    ("Access groups", "/settings/access-groups", "eye", "Which roles see an update, and whether it must be validated."),
    ("Distribution groups", "/settings/distribution-groups", "send", "People who are chosen with one tick."),
    ("Email template", "/settings/email-template", "mail", "How a case update reads in the mailbox."),
    ("Notifications", "/settings/notifications", "bell", "Which kinds of notification also come by email."),
    ("Delivery", "/settings/delivery", "truck", "Whether mail leaves, what waits and why, and what to do about it."),
    ("History", "/settings/history", "history", "Who did what, when, and from where."),
)


def settings_page(title: Any, lead: Any, *content: Any, acts: Any = None, crumb: Any = None, active: str = "") -> Part:
    """A page of settings: its title, a line on what it affects, `acts` beside the title."""
    head = rx.el.div(rx.el.h1(title), acts if acts is not None else rx.fragment(), class_name="page-head")
    inside = rx.el.div(
        _nav(active or title),
        rx.el.div(
            crumb if crumb is not None else rx.fragment(), head, rx.el.p(lead, class_name="second lead"), *content,
            class_name="settings-main",
        ),
        class_name="settings",
    )  # fmt: skip
    refused = rx.cond(Frame.me.name != "", missing(str(NotPermitted())), skeleton(1))
    return page(rx.cond(Frame.may_manage, inside, refused), active="Settings")


def _nav(active: Any) -> Part:
    return rx.el.nav(
        _link("Overview", "/settings", "layout-grid", active),
        *(_link(label, path, icon, active) for label, path, icon, _ in SECTIONS),
        class_name="settings-nav", aria_label="Settings",
    )  # fmt: skip


def _link(label: str, path: str, icon: str, active: Any) -> Part:
    current = {"aria_current": "page"} if label == active else {}
    return rx.link(rx.icon(icon, size=16, aria_hidden="true"), label, href=path, **current)
