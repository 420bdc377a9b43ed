"""What is wrong with a template, said so that whoever wrote it can put it right."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from caseupdates.refusals import Invalid
from caseupdates.sending.template.variables import KNOWN

SUBJECT = 0  # the line of a problem in the subject
CLOSE, VERY_CLOSE = 0.55, 0.8  # difflib's likeness; below, a suggestion would be a guess


@dataclass(frozen=True)
class Problem:
    line: int  # 1, 2, … of the body, or SUBJECT
    says: str

    def __str__(self) -> str:
        return f"{f'Line {self.line}' if self.line else 'Subject'}: {self.says}"


class TemplateProblem(Invalid):
    """A template that cannot be taken; `problems` are all that was found, the sentence is the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(*self.problems[:1])


class TemplateTooLarge(Invalid):
    def __str__(self) -> str:
        return "With this template a mail can become larger than 1 MB. Let {{Update.body}} stand in it only once."


class TemplateTooSlow(Invalid):
    def __str__(self) -> str:
        return "With this template a mail takes too long to write. Make it shorter."


def unknown(written: str) -> str:
    """The sentence for a variable that does not exist, with the nearest that does."""
    nearest = _nearest(written.lower())
    rest = f"Did you mean {{{{{nearest}}}}}?" if nearest else "The variables are listed below the text."
    return f"{{{{{written}}}}} is not known. {rest}"


def tag_refused(name: str) -> str:
    """The sentence for a tag that is none of ours."""
    return f"{{% {name} %}} cannot be used. There are {{% if %}}, {{% elif %}}, {{% else %}} and {{% endif %}}."


def _nearest(wanted: str) -> str:
    """By the whole name; else one whose field has these letters in it, of the same object first; else by the field."""
    names, field = {each.lower(): each for each in KNOWN}, wanted.rpartition(".")[2]
    fields = {each.field: each.name for each in KNOWN.values()}
    if close := get_close_matches(wanted, names, n=1, cutoff=VERY_CLOSE):
        return names[close[0]]
    if containing := [name for name in names if len(field) > 2 and field in name.partition(".")[2]]:
        return names[min(containing, key=lambda name: name.partition(".")[0] != wanted.partition(".")[0])]
    if close := get_close_matches(wanted, names, n=1, cutoff=CLOSE):
        return names[close[0]]
    return fields[close[0]] if (close := get_close_matches(field, fields, n=1, cutoff=CLOSE)) else ""
