"""All that a stranger can reach, walked: every handler of every state, every route, every var that goes to a browser."""

import dataclasses
import inspect
from collections.abc import Iterator
from typing import Any, get_args

import pytest
import reflex as rx
from reflex_base.config import get_config
from reflex_base.event import EventHandler
from reflex_base.vars import Var
from sqlmodel import SQLModel
from starlette.routing import BaseRoute, Route

from caseupdates.caseupdates import app
from caseupdates.interface import http, routing
from caseupdates.interface.access import anyone, declared

# Reflex's own, open to anybody: each was looked at. Another one in a new version fails the test, and is looked at too.
REFLEX_OWN = {
    "setvar",  # calls `set_<var>`, of which there are none (below): state_auto_setters is off
    "State.hydrate", "State.hydrate_and_load",  # show a tab its own state; interface.tabs empties another's first
    "State.set_is_hydrated", "OnLoadInternalState.set_is_hydrated",  # a flag of one's own tab
    "OnLoadInternalState.on_load_internal",  # queues the page's on_load handlers, which ask for themselves
    "UpdateVarsInternalState.update_vars_internal",  # sets only vars kept in the browser, of which there are none (below)
    "FrontendEventExceptionState.handle_frontend_exception",  # writes one line to the log
}  # fmt: skip


def test_every_handler_says_who_may_call_it_and_trusts_no_type() -> None:
    assert app
    assert "\n".join(faults(rx.State)) == ""


def test_reflex_brings_no_handler_that_nobody_looked_at() -> None:
    own = {
        name if name == "setvar" else f"{state.__name__}.{name}"
        for state in states(rx.State)
        for name, handler in state.event_handlers.items()
        if not is_ours(handler.fn)
    }
    assert own == REFLEX_OWN


def test_every_route_says_who_may_call_it() -> None:
    assert http.ROUTES
    assert undeclared(http.ROUTES) == []


def test_the_browser_can_set_nothing() -> None:
    for state in states(rx.State):
        setters = {name for name in dir(state) if name.startswith("set_")} - {"set_is_hydrated"}
        assert not setters, f"setvar reaches {state.__name__}.{setters}"
        kept_in_browser = [name for name in state.vars if state._is_client_storage(name)]
        assert not kept_in_browser, f"scripts read and write {state.__name__}.{kept_in_browser}"


def test_only_small_records_go_to_a_browser() -> None:
    rows = [
        f"{state.__name__}.{name}"
        for state in states(rx.State)
        for name, var in state.vars.items()
        if any(issubclass(each, SQLModel) for each in kinds(var._var_type))
    ]
    assert rows == []


def test_the_defaults_that_leak_are_off() -> None:
    config = get_config()
    assert list(config.cors_allowed_origins) == [config.api_url]
    assert config.telemetry_enabled is False
    assert config.state_manager_mode in {"memory", "redis"}  # "disk" writes what people were shown
    assert config.state_auto_setters is not True


async def _undeclared(self: Any) -> None: ...


@anyone
async def _typed(self: Any, case_id: int) -> None: ...


def _waiting(self: Any) -> None: ...


@pytest.mark.parametrize(
    ("method", "said"),
    [(_undeclared, "declares no access"), (_typed, "trusts that case_id is int"), (_waiting, "is not async")],
)
def test_a_planted_handler_is_found(method: Any, said: str) -> None:
    method.__module__ = "caseupdates.planted"
    planted = type("Planted", (), {"event_handlers": {"plant": EventHandler(fn=method)}, "get_substates": set})
    assert said in "\n".join(faults(planted))


def test_a_planted_public_method_is_found() -> None:
    planted = type("Planted", (), {"event_handlers": {}, "get_substates": set, "look": staticmethod(len)})
    planted.__module__ = "caseupdates.planted"
    assert "look is public" in "\n".join(faults(planted))


def test_a_planted_route_is_found() -> None:
    async def endpoint(request: Any) -> Any: ...

    open_to_all = Route("/open", routing.anyone(endpoint))
    assert undeclared([open_to_all, Route("/planted", endpoint)]) == ["/planted"]


def test_a_planted_row_is_found() -> None:
    @dataclasses.dataclass
    class Card:
        people: list[SQLModel | None] = dataclasses.field(default_factory=list)

    assert SQLModel in set(kinds(dict[str, list[Card]]))


def faults(root: Any) -> Iterator[str]:
    """What is wrong with the handlers and public methods of these states of ours, as lines to read."""
    for state in states(root):
        for name, handler in state.event_handlers.items():
            if is_ours(handler.fn):
                yield from (f"{state.__name__}.{name} {why}" for why in _faults_of(handler))
        if state.__module__.startswith("caseupdates."):
            yield from (f"{state.__name__}.{name} is public" for name in _loose_methods(state))


def states(root: Any) -> Iterator[Any]:
    yield root
    for each in root.get_substates():
        yield from states(each)


def is_ours(function: Any) -> bool:
    return str(function.__module__).startswith("caseupdates.")


def undeclared(routes: list[BaseRoute]) -> list[str]:
    return [route.path for route in routes if not (isinstance(route, Route) and declared(route.endpoint))]


def kinds(annotation: Any) -> Iterator[type]:
    """Every class within a type, through containers, unions and the fields of dataclasses."""
    if isinstance(annotation, type) and not get_args(annotation):
        yield annotation
        for field in dataclasses.fields(annotation) if dataclasses.is_dataclass(annotation) else ():
            yield from kinds(inspect.get_annotations(annotation, eval_str=True).get(field.name, field.type))
    for part in get_args(annotation):
        yield from kinds(part)


def _faults_of(handler: EventHandler) -> Iterator[str]:
    if not declared(handler.fn):
        yield "declares no access"
    if not inspect.iscoroutinefunction(handler.fn):
        yield "is not async: it would delay everybody"
    for argument in list(inspect.signature(handler.fn).parameters.values())[1:]:
        kind = argument.annotation if isinstance(argument.annotation, str) else argument.annotation.__name__
        if kind != "object":
            yield f"trusts that {argument.name} is {kind}: a browser sends what it likes"


def _loose_methods(state: Any) -> Iterator[str]:
    for name, value in vars(state).items():
        is_known = name.startswith("_") or name in state.event_handlers or isinstance(value, Var)
        if not is_known and (callable(value) or isinstance(value, staticmethod | classmethod | property)):
            yield name
