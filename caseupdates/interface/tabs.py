"""What a tab holds belongs to the session that filled it.

The browser names the tab and keeps the name while one person signs out and another signs in. Left to itself Reflex would
show the second what it kept for the first, and whoever learns the name of a closed tab all that was in it.
"""

from collections.abc import Iterator
from typing import cast

from reflex.app import App
from reflex.event import Event
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState, StateUpdate

from caseupdates import tokens
from caseupdates.interface.state import Frame
from caseupdates.refusals import NotSignedIn


class OwnTabOnly(Middleware):
    """Empty a tab before an event of another session, and before it is shown to one that is over."""

    async def preprocess(self, app: App, state: BaseState, event: Event) -> StateUpdate | None:
        frame = await state.get_state(Frame)
        session = tokens.digest(frame._token)
        if frame._filled_by != session or (_shows_all(event) and await _is_over(frame)):
            for each in _all(Frame):
                await state.get_state(each)  # Redis loads only what an event needs, and only that would be emptied
            frame.reset()  # type: ignore[no-untyped-call]
            frame._filled_by = session
        if _shows_all(event):
            for each in _all(Frame):
                await cast(Frame, await state.get_state(each))._before_shown()
        return None


def _shows_all(event: Event) -> bool:
    return event.name.rpartition(".")[2] in {"hydrate", "hydrate_and_load"}


async def _is_over(frame: Frame) -> bool:
    """Was there a session, that has ended?"""
    if not frame._token:
        return False
    try:
        await frame._ask()
    except NotSignedIn:
        return True
    return False


def _all(state: type[BaseState]) -> Iterator[type[BaseState]]:
    yield state
    for each in state.get_substates():
        yield from _all(each)
