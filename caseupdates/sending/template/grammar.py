"""What may stand in a template: an allow-list over Jinja's syntax tree. Whatever is not named here is refused."""

from collections.abc import Iterator

from jinja2 import nodes

from caseupdates.sending.template import filters
from caseupdates.sending.template.problems import Problem, tag_refused, unknown
from caseupdates.sending.template.variables import KNOWN, OBJECTS, Variable

DEEPEST = 12  # conditions within conditions; Python itself ends at 100
_TAGS: dict[type[nodes.Node], str] = {
    nodes.For: "for", nodes.Assign: "set", nodes.AssignBlock: "set", nodes.Macro: "macro", nodes.Import: "import",
    nodes.FromImport: "from", nodes.Include: "include", nodes.Extends: "extends", nodes.Block: "block", nodes.CallBlock: "call",
    nodes.FilterBlock: "filter", nodes.With: "with", nodes.Scope: "autoescape",
}  # fmt: skip
_EXPRESSIONS: dict[type[nodes.Node], str] = {
    nodes.Call: "A call like {{Case.title()}}", nodes.Getitem: "Brackets behind a name", nodes.Test: "A test with “is”",
    nodes.CondExpr: "“if” within {{ }}", nodes.Concat: "Joining with ~", nodes.List: "A list", nodes.Tuple: "A list",
    nodes.Dict: "A list", nodes.Const: "A fixed value", nodes.TemplateData: "A fixed value",
}  # fmt: skip


def problems(template: nodes.Template, *, of_subject: bool = False) -> Iterator[Problem]:
    """All that may not stand there, in order."""
    for each in template.body:
        yield from _statement(each, 0, of_subject)


def _statement(node: nodes.Node, depth: int, of_subject: bool) -> Iterator[Problem]:
    if depth > DEEPEST:
        yield Problem(node.lineno, f"Conditions stand more than {DEEPEST} deep in each other. Take some apart.")
    elif isinstance(node, nodes.Output):
        for written in node.nodes:
            if not isinstance(written, nodes.TemplateData):
                yield from _value(written, depth, is_alone=not of_subject)
    elif isinstance(node, nodes.If):
        yield from _condition(node.test, depth)
        for otherwise in node.elif_:
            yield from _statement(otherwise, depth, of_subject)
        for inside in (*node.body, *node.else_):
            yield from _statement(inside, depth + 1, of_subject)
    else:
        yield _refused(node)


def _condition(node: nodes.Node, depth: int) -> Iterator[Problem]:
    if depth > DEEPEST:
        yield Problem(node.lineno, "This condition is too long. Take it apart.")
    elif isinstance(node, nodes.Not):
        yield from _condition(node.node, depth + 1)
    elif isinstance(node, nodes.And | nodes.Or):
        yield from _condition(node.left, depth + 1)
        yield from _condition(node.right, depth + 1)
    elif isinstance(node, nodes.Compare):
        yield from _comparison(node, depth)
    else:
        yield from _value(node, depth, is_alone=True)


def _comparison(node: nodes.Compare, depth: int) -> Iterator[Problem]:
    sides = [node.expr, *(each.expr for each in node.ops)]
    texts = [each for each in sides if isinstance(each, nodes.Const) and isinstance(each.value, str)]
    if len(sides) != 2 or len(texts) != 1 or node.ops[0].op not in {"eq", "ne"}:
        yield Problem(
            node.lineno, 'A variable is compared with a text: {% if Case.case_type == "Surveillance" %}, or !=.'
        )
        return
    yield from _value(next(each for each in sides if each is not texts[0]), depth, is_alone=True)


def _value(node: nodes.Node, depth: int, *, is_alone: bool) -> Iterator[Problem]:
    """A variable, or one through filters; a block is taken only where it `is_alone`, in the body and without filters."""
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        name = f"{node.node.name}.{node.attr}"
        if name not in KNOWN:
            yield Problem(node.lineno, unknown(name))
        elif KNOWN[name].is_block and not is_alone:
            yield Problem(node.lineno, _block_refused(KNOWN[name]))
    elif isinstance(node, nodes.Name):
        fields = OBJECTS.get(node.name)
        says = f"{{{{{node.name}}}}} needs a field: {{{{{fields[0].name}}}}}." if fields else unknown(node.name)
        yield Problem(node.lineno, says)
    elif isinstance(node, nodes.Getattr):
        yield Problem(node.lineno, f"“.{node.attr}” leads nowhere. A variable is written {{{{Object.field}}}}.")
    elif isinstance(node, nodes.Filter) and node.node is not None and depth <= DEEPEST:
        yield from _filter(node)
        yield from _value(node.node, depth + 1, is_alone=False)
    else:
        yield _refused(node)


def _filter(node: nodes.Filter) -> Iterator[Problem]:
    kind, given = filters.TAKES.get(node.name), node.args
    if node.name not in filters.FILTERS:
        yield Problem(node.lineno, f"There is no filter “{node.name}”. There are {', '.join(filters.FILTERS)}.")
    elif node.kwargs or node.dyn_args or node.dyn_kwargs or len(given) != (1 if kind else 0) or not _fit(given, kind):
        yield Problem(node.lineno, _filter_written(node.name))


def _fit(given: list[nodes.Expr], kind: type | None) -> bool:
    return all(isinstance(each, nodes.Const) and kind and _is_argument(each.value, kind) for each in given)


def _is_argument(value: object, kind: type) -> bool:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return (
        isinstance(value, str) if kind is str else is_number and filters.SHORTEST <= int(str(value)) <= filters.LONGEST
    )


def _filter_written(name: str) -> str:
    bounds = f" with a number from {filters.SHORTEST} to {filters.LONGEST:,}" if name == "truncate" else ""
    return f"The filter {name} is written {filters.EXAMPLES.get(name, name)}{bounds}."


def _block_refused(variable: Variable) -> str:
    return f"{{{{{variable.name}}}}} has several lines: it takes no filters and cannot stand in the subject."


def _refused(node: nodes.Node) -> Problem:
    if type(node) in _TAGS:  # Jinja gives {% autoescape %} no line, but what is in it
        return Problem(
            node.lineno or next((each.lineno for each in node.iter_child_nodes() if each.lineno), 1),
            tag_refused(_TAGS[type(node)]),
        )
    what = _EXPRESSIONS.get(type(node), "This")
    return Problem(node.lineno, f"{what} cannot be used. Only variables, {{% if %}} and a few filters can.")
