"""Letters: a Jinja template's text and HTML twins made into one mail."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from caseupdates.delivery.mail import Attachment, Mail

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=lambda name: name is not None and name.endswith(".html"),  # noqa: S701 (decided by the name)
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,  # looking whether they have changed took a third of the time of a mail
)


def letter(
    template: str, *, to: str, subject: str, reply_to: str | None = None, attachments: tuple[Attachment, ...] = (),
    content: tuple[str, str] | None = None, **words: object,
) -> Mail:  # fmt: skip
    """Render `<template>.txt` and `<template>.html` with the same words; `content` has twins of its own, HTML as Markup."""
    words["subject"] = subject
    twins = zip(("txt", "html"), content or ("", ""), strict=True)
    text, html = (_templates.get_template(f"{template}.{kind}").render(words, content=each) for kind, each in twins)
    return Mail(to=to, subject=subject, text=text, html=html, reply_to=reply_to, attachments=attachments)


def part(name: str, **words: object) -> tuple[str, Markup]:
    """A part of a letter, `parts/<name>.txt` and its twin in HTML."""
    text, html = (_templates.get_template(f"parts/{name}.{kind}").render(words).strip() for kind in ("txt", "html"))
    return text, Markup(html)  # noqa: S704 (escaped by Jinja)
