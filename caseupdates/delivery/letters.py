"""Letters: a Jinja template's text and HTML twins made into one mail."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from caseupdates.delivery.mail import Attachment, Mail

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=lambda name: name is not None and name.endswith(".html"),  # noqa: S701 (decided by the name)
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def letter(
    template: str, *, to: str, subject: str, reply_to: str | None = None, attachments: tuple[Attachment, ...] = (),
    **words: object,
) -> Mail:  # fmt: skip
    """Render `<template>.txt` and `<template>.html` with the same words."""
    words["subject"] = subject
    text, html = (_templates.get_template(f"{template}.{kind}").render(words) for kind in ("txt", "html"))
    return Mail(to=to, subject=subject, text=text, html=html, reply_to=reply_to, attachments=attachments)
