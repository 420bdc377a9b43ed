"""Read a template: Jinja's own parser, our allow-list, and what it says no to in plain words."""

import functools
from collections.abc import Iterator

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from caseupdates.sending.template import grammar
from caseupdates.sending.template.filters import FILTERS
from caseupdates.sending.template.marks import outgoing
from caseupdates.sending.template.mistakes import in_plain_words
from caseupdates.sending.template.problems import SUBJECT, Problem, TemplateProblem, tag_refused
from caseupdates.sending.template.standard import Text

SUBJECT_LENGTH = 300  # characters, as written
BODY_LENGTH = 20_000  # characters, as written

_environment = ImmutableSandboxedEnvironment(
    trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined, finalize=outgoing,
    autoescape=False,  # a mark stands for each value; rendering.py escapes the values
)  # fmt: skip
_environment.globals.clear()
_environment.tests.clear()
_environment.filters.clear()
_environment.filters.update(FILTERS)


def problems(text: Text) -> list[Problem]:
    """All that is wrong with a template, the subject's problems first; none where it can be used."""
    return [*_of_subject(text.subject), *_of_body(text.body)]


def check(text: Text) -> None:
    """Raise TemplateProblem where there are any."""
    if found := problems(text):
        raise TemplateProblem(found)


@functools.lru_cache(maxsize=64)
def compiled(source: str, *, of_subject: bool = False) -> Template:
    """Ready to be rendered again and again; raise TemplateProblem for what the allow-list does not hold."""
    tree, found = _read(source, of_subject=of_subject)
    if tree is None or found:
        raise TemplateProblem(found)
    return _environment.from_string(tree)


def _of_subject(source: str) -> Iterator[Problem]:
    if not source.strip():
        yield Problem(SUBJECT, "Please write one.")
    elif len(source) > SUBJECT_LENGTH:
        yield Problem(SUBJECT, f"It has at most {SUBJECT_LENGTH} characters as it is written here.")
    else:
        yield from (Problem(SUBJECT, each.says) for each in _read(source, of_subject=True)[1])


def _of_body(source: str) -> Iterator[Problem]:
    if not source.strip():
        yield Problem(1, "Please write the body. “Reset” brings the standard one.")
    elif len(source) > BODY_LENGTH:
        beyond = source[:BODY_LENGTH].count("\n") + 1
        yield Problem(beyond, f"Here the body has its {BODY_LENGTH:,} characters. Shorten it.")
    else:
        yield from _read(source)[1]


@functools.lru_cache(maxsize=64)
def _read(source: str, *, of_subject: bool = False) -> tuple[nodes.Template | None, list[Problem]]:
    """Jinja's tree of it, None where it finds none, and what is wrong with it."""
    try:
        raw = [line for line, kind, _ in _environment.lex(source) if kind == "raw_begin"]
        tree = _environment.parse(source)
    except TemplateSyntaxError as error:
        return None, [in_plain_words(error, source)]
    except (RecursionError, MemoryError):
        return None, [Problem(1, "Too much stands in each other here. Take it apart.")]
    except (ValueError, OverflowError):  # numbers and names that Python itself refuses
        return None, [Problem(1, "A number or a name in this text is not understood.")]
    found = [Problem(line, tag_refused("raw")) for line in raw]
    return tree, found + sorted(grammar.problems(tree, of_subject=of_subject), key=lambda each: each.line)
