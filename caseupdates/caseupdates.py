"""The app: pages, routes, lifespan tasks; no logic."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import reflex as rx
from anyio import to_thread

from caseupdates import bell
from caseupdates.cases.page import case_page, cases_page
from caseupdates.cases.state import CaseList, CasePage
from caseupdates.delivery import mailers, worker
from caseupdates.delivery.page import mailbox_page
from caseupdates.delivery.state import Mailbox
from caseupdates.files import storage
from caseupdates.files.state import CaseFiles
from caseupdates.interface import http, log
from caseupdates.interface.errors import say_sorry
from caseupdates.interface.frame import first_page, lost_line, no_page
from caseupdates.interface.state import Frame
from caseupdates.interface.tabs import OwnTabOnly
from caseupdates.links.page import gate_page
from caseupdates.links.state import Gate
from caseupdates.notifications.page import notifications_page, preferences_page
from caseupdates.notifications.state import Notifications, Preferences
from caseupdates.people.page import security_page, sign_in_page, welcome_page
from caseupdates.people.state import Security, Welcome
from caseupdates.sending.failures import tell_sender
from caseupdates.sending.journal.state import Journal
from caseupdates.settings import settings
from caseupdates.updates.page import update_page
from caseupdates.updates.state import Feed

app = rx.App(
    api_transformer=[http.OwnAddress, http.routes(), http.OwnOriginOnly, http.SecureAnswers],
    backend_exception_handler=say_sorry,
    toaster=None,  # it evaluates strings, which the content security policy forbids; Frame.notice does its work
    stylesheets=["/caseupdates.css"],
    head_components=[
        rx.el.script(src="/caseupdates.js"),
        rx.el.script(src="/upload.js"),
        rx.el.link(rel="icon", href="/icon.svg"),
    ],
    html_lang="en",
    app_wraps={(5, "Overlay"): lambda stateful: lost_line() if stateful else None},
)
app.add_middleware(OwnTabOnly(), index=0)  # before Reflex's own, which answers `hydrate` with the whole state


def _page(component: Any, route: str, title: str, *on_load: Any) -> None:
    app.add_page(component, route=route, title=f"{title} · Case Updates", on_load=list(on_load))


CASE = (Frame.live, CasePage.watch, Feed.watch, Journal.watch)

_page(first_page, "/", "Cases", Welcome.enter)
_page(sign_in_page, "/sign-in", "Sign in", Welcome.look)
_page(welcome_page, "/welcome", "Welcome", Welcome.look)
_page(cases_page, "/cases", "Cases", Frame.live, CaseList.watch)
_page(case_page, "/cases/[case_number]", "Case", *CASE, CaseFiles.watch)
_page(update_page, "/cases/[case_number]/updates/[update_id]", "Update", *CASE)
_page(notifications_page, "/profile/notifications", "Notifications", Frame.live, Notifications.watch)
_page(preferences_page, "/profile/preferences", "Preferences", Frame.live, Preferences.look)
_page(security_page, "/profile/security", "Security", Frame.live, Security.look)
_page(gate_page, "/l/[link_token]", "Files", Gate.watch)
if settings().is_local:
    _page(mailbox_page, "/mailbox", "Mailbox", Mailbox.watch)


app.add_page(no_page, route="404", title="Nothing here · Case Updates")


def _content(sha256: str) -> bytes:
    return storage.path(sha256).read_bytes()


@asynccontextmanager
async def working() -> AsyncIterator[None]:
    """While the server runs: the bell between processes, and the worker that empties the outbox."""
    log.keep_values_out()
    await to_thread.run_sync(storage.sweep)
    async with bell.shared_through(settings().redis_url), mailers.chosen(settings(), content=_content) as mailer:
        task = asyncio.create_task(worker.run(mailer, ended=tell_sender))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


app.register_lifespan_task(working)
