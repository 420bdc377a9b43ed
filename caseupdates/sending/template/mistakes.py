"""Jinja's complaints in plain words, at the line where the mistake was made."""

import re

from jinja2 import TemplateSyntaxError

from caseupdates.sending.template.problems import Problem, tag_refused

CONDITION = {"if", "elif", "else", "endif"}
_TAG = re.compile(r"{%[-+]?\s*(\w+)")
_OPENED = re.compile(r"{{|{%|{#")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}


def in_plain_words(error: TemplateSyntaxError, source: str) -> Problem:
    """The problem a person can put right."""
    said = error.message or ""
    for tag in _TAG.finditer(source):
        if tag[1] not in CONDITION:
            return Problem(_line(source, tag.start()), tag_refused(tag[1]))
    if found := re.search(r"unknown tag '(\w+)'", said):
        return Problem(error.lineno, f"{{% {found[1]} %}} has no {{% if %}} before it.")
    if "end of template" in said.lower() or "end of comment" in said or "raw" in said:
        return _left_open(source) or Problem(error.lineno, "Something is opened here and not closed.")
    if re.search(r"unexpected char '[“”„‘’«»]'", said):
        return Problem(error.lineno, 'Write straight quotes: "…".')
    return Problem(error.lineno, _not_understood(source, error.lineno))


def _left_open(source: str) -> Problem | None:
    """The last thing that was opened and never closed: a variable, a comment, or a condition."""
    opened = list(_OPENED.finditer(source))
    for sign in opened[-1:]:
        if _CLOSING[sign[0]] not in source[sign.end() :]:
            return Problem(_line(source, sign.start()), f"{sign[0]} is not closed by {_CLOSING[sign[0]]}.")
    conditions: list[int] = []
    for tag in _TAG.finditer(source):
        if tag[1] == "if":
            conditions.append(tag.start())
        elif tag[1] == "endif" and conditions:
            conditions.pop()
    return Problem(_line(source, conditions[-1]), "{% if %} is not closed by {% endif %}.") if conditions else None


def _not_understood(source: str, line: int) -> str:
    written = source.split("\n")[line - 1].strip() if 0 < line <= source.count("\n") + 1 else ""
    shown = f"“{written[:60]}” is not understood. " if written else ""
    return f"{shown}A variable is written {{{{Object.field}}}}, a condition {{% if Object.field %}} … {{% endif %}}."


def _line(source: str, position: int) -> int:
    return source.count("\n", 0, position) + 1
