"""What is wrong with a template, said so that whoever wrote it can put it right."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from caseupdates.refusals import Invalid
from caseupdates.sending.template.variables import KNOWN

SUBJECT = 0  # the line of a problem in the subject
CLOSE = 0.55  # of difflib's likeness; below, a suggestion would be a guess


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
    names = {each.lower(): each for each in KNOWN}
    fields = {each.field: each.name for each in KNOWN.values()}
    wanted = written.lower()
    if close := get_close_matches(wanted, names, n=1, cutoff=CLOSE):
        nearest = names[close[0]]
    elif close := get_close_matches(wanted.rpartition(".")[2], fields, n=1, cutoff=CLOSE):
        nearest = fields[close[0]]
    else:
        return f"{{{{{written}}}}} is not known. The variables are listed beside the text."
    return f"{{{{{written}}}}} is not known. Did you mean {{{{{nearest}}}}}?"
