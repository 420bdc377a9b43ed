"""Thousands of templates made of pieces of the language, of attacks and of noise: refused with a line, or harmless."""

import functools
import re
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseupdates.sending.template.marks import MARK
from caseupdates.sending.template.problems import TemplateTooLarge, TemplateTooSlow
from caseupdates.sending.template.rendering import Rendered, Values, rendered
from caseupdates.sending.template.standard import Text
from caseupdates.sending.template.values import values
from caseupdates.sending.template.variables import VARIABLES
from caseupdates.updates.markdown import TAGS
from tests.sending.template.letters import LINK, Found, content, files_of, made_up, refusals, write
from tests.sending.template.test_syntax import ESCAPES

pytestmark = pytest.mark.one_database

NOTE = "N0te <b>b</b> {{ Case.title }} *x* [y](javascript:alert(1))"
TITLE = 'T1tle <b>b</b> "onload=alert(1) {{7*7}} {% raw %} *x* `c` | # javascript:alert(1)'
RUNS = "javascript:alert(1)//"
OURS = {"div", "span"}  # in our own boxes
ATTRIBUTES = {*["href", "title", "rel", "style", "class", "start", "role", "width", "cellpadding", "cellspacing"]}
LINES = [f"{{{{{each.name}}}}}" for each in VARIABLES if not each.is_block]
BLOCKS = [f"{{{{{each.name}}}}}" for each in VARIABLES if each.is_block]
FILTERS = ["|upper", "|lower", "|trim", "|capitalize", '|default("<i>d</i>")', "|truncate(5)"]
MARKDOWN = [
    *"\n\n\n  \t#*_`>|-~[]()!\\<&", "\n\n", "# ", "> ", "- ", "1. ", "```\n", "---\n", "| a |\n|---|\n| ", "](", "![", "<b>", "</div>",
    "[x](", "[x]: ", "[x]", "javascript:", "https://ok.example/", '"', "' ", "<!--", "\n    ", "plain words",
]  # fmt: skip
CONDITIONS = [
    "Case.title",
    "not Update.additional_note",
    "Update.attachments and Case.title",
    "Client.name == 'x'",
    "Update.url",
]
IFS = [f"{{% if {each} %}}" for each in CONDITIONS]
ELSES = [*(f"{{% elif {each} %}}" for each in CONDITIONS), "{% else %}"]
FILTERED = [line.replace("}}", each + "}}") for line, each in zip(LINES, FILTERS * 3, strict=False)]
GARBAGE = [
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "#}",
    "{{ x }}",
    "{{Case.",
    "|",
    ".",
    "__class__",
    "''",
    "(",
    ")",
    "\u2028",
    "\0",
    "Ä",
    "{% endif %}",
]
WORDS = [*LINES, *FILTERED, *BLOCKS, *BLOCKS, *MARKDOWN, *MARKDOWN, *IFS, *ELSES, *["{% endif %}"] * 4]


def balanced(parts: list[str]) -> str:
    """The parts with every condition closed, and nothing that belongs to none."""
    kept, is_open = [], []
    for part in parts:
        if part in IFS:
            is_open.append(True)
        elif part in ELSES or part == "{% endif %}":
            if not is_open or (part in ELSES and not is_open[-1]):
                continue
            is_open[-1] = part != "{% else %}"
            if part == "{% endif %}":
                is_open.pop()
        kept.append(part)
    return "".join(kept) + "{% endif %}" * len(is_open)


good = st.lists(st.sampled_from(WORDS), min_size=1, max_size=25).map(balanced)
noise = st.lists(st.sampled_from([*WORDS, *GARBAGE, *GARBAGE, *ESCAPES]), min_size=1, max_size=8).map("".join)


@functools.cache
def all_values() -> Values:
    here, revision, to = made_up(title=TITLE, case_title=RUNS, recipient=TITLE, signature="**S** <i>")
    return values(here, revision, to=to, sender=to, note=NOTE, files=files_of(linked=True))


def is_harmless(template: str) -> None:
    """Render it, and look that nothing is wrong with that; or it is refused, with its line."""
    if problems := refusals(template):
        assert all(re.match(r"Line \d+: .+", each) for each in problems)
        return
    with suppress(TemplateTooLarge, TemplateTooSlow):
        look_at(rendered(Text("s", template), all_values()))


def look_at(mail: Rendered) -> None:
    found = Found(str(mail.html))
    assert found.tags <= TAGS | OURS
    assert found.attributes <= ATTRIBUTES
    assert all(re.match(r"(https?|mailto|tel):|(?![a-z+.-]*:)", link, re.IGNORECASE) for link in found.links)
    assert MARK not in mail.html + mail.text
    for twin in (mail.text, found.said):
        assert "N0te <b>b</b> {{ Case.title }} *x*" in twin
        assert not re.search("49|<module|object at 0x|<class '", twin)
    assert LINK in mail.text
    assert LINK in mail.html


@given(good)
@settings(max_examples=2500, deadline=None, database=None)
def test_what_the_language_can_say_is_taken_harmless_and_loses_nothing(template: str) -> None:
    is_harmless(template)


@given(noise)
@settings(max_examples=2500, deadline=None, database=None)
def test_attacks_and_noise_are_refused_with_a_line_or_harmless(template: str) -> None:
    is_harmless(template)


@given(good)
@settings(max_examples=300, deadline=None, database=None)
def test_the_note_is_there_as_often_as_the_template_says_and_at_least_once(template: str) -> None:
    """Where no condition hides it, and nothing of Markdown can."""
    plain = re.sub(r"[^\w{}.\n ]", "", template.replace("{%", "").replace("%}", ""))
    if refusals(plain):
        return
    mail = write(plain, note=NOTE)
    expected = max(1, plain.count("{{Update.additional_note}}"))
    assert mail.text.count("N0te") == Found(content(mail)).said.count("N0te") == expected
