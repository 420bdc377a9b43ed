"""The app: pages, routes, lifespan tasks; no logic."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import reflex as rx
from anyio import to_thread

from caseupdates import bell, tokens
from caseupdates.cases.assigned.state import Assigned
from caseupdates.cases.page import case_page, cases_page
from caseupdates.cases.settings.access_groups.page import access_groups_page
from caseupdates.cases.settings.access_groups.state import AccessGroups
from caseupdates.cases.settings.overview.page import overview_page
from caseupdates.cases.settings.overview.state import Overview
from caseupdates.cases.state import CaseList, CasePage
from caseupdates.database import write
from caseupdates.delivery import asking, mailers, pace, worker
from caseupdates.delivery.page import mailbox_page
from caseupdates.delivery.resend_mailer import ResendMailer
from caseupdates.delivery.settings.page import delivery_page
from caseupdates.delivery.settings.state import DeliverySettings
from caseupdates.delivery.state import Mailbox
from caseupdates.files import storage
from caseupdates.files.state import CaseFiles
from caseupdates.history.settings.page import history_page
from caseupdates.history.settings.state import FirmHistory
from caseupdates.history.state import CaseHistory
from caseupdates.interface import http, log
from caseupdates.interface.errors import say_sorry
from caseupdates.interface.frame import first_page, lost_line, no_page
from caseupdates.interface.state import Frame
from caseupdates.interface.tabs import OwnTabOnly
from caseupdates.links.page import gate_page
from caseupdates.links.state import Gate
from caseupdates.notifications.page import notifications_page, preferences_page
from caseupdates.notifications.state import Notifications, Preferences
from caseupdates.people.invited.page import invited_page
from caseupdates.people.invited.state import Invited
from caseupdates.people.page import forgotten_page, forgotten_sent_page, security_page, sign_in_page, welcome_page
from caseupdates.people.settings.clients.page import clients_page
from caseupdates.people.settings.clients.state import Clients
from caseupdates.people.settings.firm.page import firm_page
from caseupdates.people.settings.firm.state import FirmSettings
from caseupdates.people.settings.people.page import people_page
from caseupdates.people.settings.people.state import People
from caseupdates.people.settings.person.page import person_page
from caseupdates.people.settings.person.state import PersonSettings
from caseupdates.people.settings.roles.page import roles_page
from caseupdates.people.settings.roles.state import Roles
from caseupdates.people.settings.switches.page import switches_page
from caseupdates.people.settings.switches.state import Switches
from caseupdates.people.state import Security, Welcome
from caseupdates.sending.failures import tell_administrators, tell_sender
from caseupdates.sending.journal.state import Journal
from caseupdates.sending.settings.groups.page import groups_page
from caseupdates.sending.settings.groups.state import Groups
from caseupdates.sending.settings.template.page import template_page
from caseupdates.sending.settings.template.state import TemplateEditor
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
_page(forgotten_page, "/forgotten-password", "Forgot your password?", Welcome.look)
_page(forgotten_sent_page, "/forgotten-password/sent", "Look in your mailbox", Welcome.look)
_page(welcome_page, "/welcome", "Welcome", Welcome.look)
_page(cases_page, "/cases", "Cases", Frame.live, CaseList.watch)
_page(case_page, "/cases/[case_number]", "Case", *CASE, CaseFiles.watch, Assigned.watch, CaseHistory.watch)
_page(update_page, "/cases/[case_number]/updates/[update_id]", "Update", *CASE)
_page(notifications_page, "/profile/notifications", "Notifications", Frame.live, Notifications.watch)
_page(preferences_page, "/profile/preferences", "Preferences", Frame.live, Preferences.look)
_page(security_page, "/profile/security", "Security", Frame.live, Security.look)
_page(overview_page, "/settings", "Settings", Frame.live, Overview.watch)
_page(firm_page, "/settings/firm", "The firm", Frame.live, FirmSettings.watch)
_page(people_page, "/settings/people", "People", Frame.live, People.watch)
_page(person_page, "/settings/people/[person_id]", "Person", Frame.live, PersonSettings.watch)
_page(clients_page, "/settings/clients", "Clients", Frame.live, Clients.watch)
_page(roles_page, "/settings/roles", "Roles", Frame.live, Roles.watch)
_page(switches_page, "/settings/notifications", "Notifications", Frame.live, Switches.watch)
_page(access_groups_page, "/settings/access-groups", "Access groups", Frame.live, AccessGroups.watch)
_page(groups_page, "/settings/distribution-groups", "Distribution groups", Frame.live, Groups.watch)
_page(template_page, "/settings/email-template", "Email template", Frame.live, TemplateEditor.watch)
_page(delivery_page, "/settings/delivery", "Delivery", Frame.live, DeliverySettings.watch)
_page(history_page, "/settings/history", "History", Frame.live, FirmHistory.watch)
_page(invited_page, "/invitation/[invitation_token]", "Welcome", Invited.look)
_page(gate_page, "/l/[link_token]", "Files", Gate.watch)
if settings().is_local:
    _page(mailbox_page, "/mailbox", "Mailbox", Mailbox.watch)


app.add_page(no_page, route="404", title="Nothing here · Case Updates")


def _content(sha256: str) -> bytes:
    return storage.path(sha256).read_bytes()


@asynccontextmanager
async def working() -> AsyncIterator[None]:
    """While the server runs: the bell between processes, the worker that empties the outbox, and asking after mails."""
    log.keep_values_out()
    await to_thread.run_sync(storage.sweep)
    await write(pace.use_key, tokens.digest(settings().resend_api_key or ""))
    async with bell.shared_through(settings().redis_url), mailers.chosen(settings(), content=_content) as mailer:
        tasks = [asyncio.create_task(worker.run(mailer, worker.Hooks(tell_sender, tell_administrators)))]
        if isinstance(mailer, ResendMailer):
            tasks.append(asyncio.create_task(asking.run(mailer, tell_sender)))
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


app.register_lifespan_task(working)
