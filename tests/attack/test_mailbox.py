"""The local mailbox shows every mail to whoever sits at this machine; elsewhere it shows nothing to anybody."""

import asyncio
import dataclasses
import inspect

import pytest
import reflex as rx

from caseupdates.caseupdates import app
from caseupdates.delivery.state import Mailbox
from caseupdates.interface import access
from caseupdates.settings import settings

HANDLERS = sorted(set(Mailbox.event_handlers) - {"setvar"})


@pytest.mark.parametrize("name", HANDLERS)
def test_where_others_can_come_no_handler_of_it_answers(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert app
    elsewhere = dataclasses.replace(settings(), base_url="https://firm.test")
    monkeypatch.setattr(access, "settings", lambda: elsewhere)
    mailbox = rx.State().get_substate(Mailbox.get_full_name().split("."))
    handler = Mailbox.event_handlers[name].fn

    asyncio.run(handler(mailbox, *[1] * (len(inspect.signature(handler).parameters) - 1)))
    assert mailbox.notice.sentence == "You may not do this. Ask an administrator if you should."
    assert (mailbox.mails, mailbox.html, mailbox.opened) == ([], "", 0)
