"""Who may import whom: the rooms' order, and the few files that know Reflex or Starlette."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from importlib.util import resolve_name
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# Each room may import those before it; its screens and routes, which nobody in the domain imports, may import any.
ROOMS = ("people", "history", "delivery", "notifications", "cases", "updates", "files", "links", "sending")
FOR_ALL = {"history"}
GROUND = {"clock", "tokens", "limits", "settings", "database", "bell", "refusals", "outages"}
SCREENS = {"state", "page", "parts", "rows", "bell"}
ROUTES = {"routes"}
KNOW_REFLEX = {"caseupdates.caseupdates", "caseupdates.serve"}  # the app, and the command that starts it


@dataclass(frozen=True)
class Module:
    """One of our files, `caseupdates.sending.dialog.state`, and all that it imports anywhere in it.

    `needs` leaves out what only the type checker imports, which may go in a circle.
    """

    name: str
    imports: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()

    @property
    def place(self) -> str:
        """The room, `interface`, or the name of a file beside the rooms."""
        return f"{self.name}.".split(".")[1]

    @property
    def is_in_room(self) -> bool:
        return self.place in ROOMS

    @property
    def role(self) -> str:
        return self.name.rpartition(".")[2] if self.is_in_room else ""

    @property
    def is_domain(self) -> bool:
        return self.is_in_room and self.role not in SCREENS | ROUTES


def test_the_product_keeps_its_boundaries() -> None:
    found = list(violations(ROOT))
    assert not found, "\n" + "\n".join(found)


def test_every_room_has_its_place_in_the_order() -> None:
    folders = {path.parent.name for path in (ROOT / "caseupdates").glob("*/__init__.py")}
    assert folders - {"interface"} <= set(ROOMS)


@pytest.mark.parametrize(
    ("path", "source", "said"),
    [
        ("cases/access.py", "import reflex as rx", "cases.access imports reflex"),
        ("cases/access.py", "from reflex_base.config import get_config", "cases.access imports reflex_base"),
        ("cases/access.py", "from starlette.requests import Request", "cases.access imports starlette"),
        ("cases/state.py", "import starlette", "cases.state imports starlette"),
        ("cases/routes.py", "import reflex", "cases.routes imports reflex"),
        ("clock.py", "import reflex", "clock imports reflex"),
        ("people/roles.py", "from caseupdates.cases import models", "people.roles imports cases.models"),
        ("updates/writing.py", "def late():\n from caseupdates.sending.send import send", "updates.writing imports"),
        ("updates/writing.py", "from ..sending import send", "updates.writing imports sending.send"),
        ("delivery/worker.py", "import caseupdates.notifications.notify", "delivery.worker imports notifications"),
        ("sending/send.py", "from caseupdates.interface import frame", "sending.send imports interface.frame"),
        ("sending/send.py", "from caseupdates.sending.state import State", "sending.send imports sending.state"),
        ("limits.py", "from caseupdates.people.models import Person", "limits imports people.models"),
        ("bell.py", "from caseupdates.interface import frame", "bell imports interface.frame"),
        ("cases/state.py", "from caseupdates.cases import page", "cases.page → caseupdates.cases.state"),
    ],
)
def test_a_planted_violation_is_found(tmp_path: Path, path: str, source: str, said: str) -> None:
    files = {"people/models.py": "", "notifications/notify.py": "", "interface/frame.py": "import starlette, reflex"}
    files |= {"cases/models.py": "from caseupdates.people import models", "sending/send.py": "", "sending/state.py": ""}
    files |= {"cases/page.py": "import reflex\nfrom caseupdates.cases import state", "cases/state.py": ""}
    for name, text in files.items():
        _write(tmp_path / "caseupdates" / name, text)
    assert list(violations(tmp_path)) == []

    _write(tmp_path / "caseupdates" / path, source)
    assert said in "\n".join(violations(tmp_path))


def violations(root: Path) -> Iterator[str]:
    """Each import that a rule forbids, as a line to read."""
    modules = {module.name: module for module in _modules(root)}
    for module in modules.values():
        for imported in sorted(module.imports):
            if why := _forbidden(module, imported):
                yield f"{_short(module.name)} imports {_short(imported)}: {why}"
    yield from _cycle(modules)


def _forbidden(module: Module, imported: str) -> str:
    library, there = imported.partition(".")[0], Module(imported)
    if library.partition("_")[0] == "reflex" and not _may_know_reflex(module):
        return "only the app, interface/ and files named state, page, parts or bell know Reflex"
    if library == "starlette" and module.place != "interface" and module.role not in ROUTES:
        return "only route files and interface/ know Starlette"
    if library != "caseupdates":
        return ""
    if module.place in GROUND and (there.is_in_room or there.place == "interface"):
        return "the ground that rooms stand on imports no room"
    if module.is_domain and (there.place == "interface" or (there.is_in_room and not there.is_domain)):
        return "the domain runs without screens, routes and interface/"
    if module.is_domain and there.is_in_room and _comes_later(there.place, module.place):
        return f"{module.place} comes before {there.place}"
    return ""


def _may_know_reflex(module: Module) -> bool:
    return module.name in KNOW_REFLEX or module.place == "interface" or module.role in SCREENS


def _comes_later(there: str, here: str) -> bool:
    return there not in FOR_ALL and ROOMS.index(there) > ROOMS.index(here)


def _cycle(modules: dict[str, Module]) -> Iterator[str]:
    graph = {name: module.needs & modules.keys() - {name} for name, module in modules.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        yield f"imports go in a circle: {' → '.join(reversed(error.args[1]))}"


def _modules(root: Path) -> Iterator[Module]:
    names = {path: _name(path.relative_to(root)) for path in sorted((root / "caseupdates").rglob("*.py"))}
    for path, name in names.items():
        package = name if path.stem == "__init__" else name.rpartition(".")[0]
        tree, ours = ast.parse(path.read_text()), set(names.values())
        imports = frozenset(_imports(tree, package, ours))
        yield Module(name, imports, needs=frozenset(_imports(Running().visit(tree), package, ours)))


class Running(ast.NodeTransformer):
    """Takes away what only the type checker sees."""

    def visit_If(self, node: ast.If) -> ast.AST | None:
        return None if ast.unparse(node.test) == "TYPE_CHECKING" else self.generic_visit(node)


def _name(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def _imports(tree: ast.AST, package: str, ours: set[str]) -> Iterator[str]:
    """Names of modules; of `from a import b` it is `a.b` when that is a module of ours, else `a`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = resolve_name("." * node.level + (node.module or ""), package)
            whole = (f"{origin}.{alias.name}" for alias in node.names)
            yield from (name if name in ours else origin for name in whole)


def _short(name: str) -> str:
    return name.removeprefix("caseupdates.")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
