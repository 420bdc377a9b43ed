"""What the provider reports of a mail shows live to its sender, and stops mail to an address until it is reactivated."""

import json
import sqlite3

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import pages
from tests.browser.conftest import MAIL, WEBHOOK_SECRET, Opener
from tests.browser.pages import act, block, go, tick
from tests.browser.server import Server
from tests.provider import an_event, signed

SOON = 1_000  # milliseconds until an open page must show it; PRODUCT 2.6
BOUNCE = {"type": "Permanent", "subType": "General", "message": "The mailbox does not exist."}


def test_a_bounce_shows_live_and_stops_the_address_until_it_is_reactivated(
    person: Opener, server: Server, title: str
) -> None:
    manager, administrator = person("manager"), person("administrator")
    update, line = sent(manager, title)

    report(server, "delivered")
    expect(line).to_contain_text("Delivered", timeout=SOON)
    report(server, "bounced", bounce=BOUNCE)
    expect(line).to_contain_text("Bounced", timeout=SOON)
    expect(line).to_contain_text("The mailbox does not exist.")
    expect(update).to_contain_text("1 not delivered")
    pages.shot(manager, "reports-bounced")

    dialog = pages.open_sending(update)
    block(dialog, "Client Contacts").click()
    expect(tick(dialog, "Paralegal P.")).to_be_disabled()
    expect(dialog).to_contain_text("the address bounced on")
    manager.keyboard.press("Escape")

    open_paralegal(administrator)
    expect(administrator.get_by_text("Mail to paralegal@example.com came back today")).to_be_visible()
    pages.shot(administrator, "reports-person")
    reactivate(administrator)

    dialog = pages.open_sending(update)
    block(dialog, "Client Contacts").click()
    expect(tick(dialog, "Paralegal P.")).to_be_enabled()


@pytest.mark.parametrize(
    ("type", "says"),
    [
        ("delivery_delayed", "Delayed"),
        ("suppressed", "Suppressed"),
        ("failed", "Failed"),
        ("complained", "Marked as spam"),
    ],
)
def test_every_other_report_shows_live_too(person: Opener, server: Server, title: str, type: str, says: str) -> None:
    manager, administrator = person("manager"), person("administrator")
    _, line = sent(manager, title)
    report(server, type)
    expect(line).to_contain_text(says, timeout=SOON)
    pages.shot(manager, f"reports-{type}")
    if type in {"suppressed", "complained"}:
        open_paralegal(administrator)
        pages.shot(administrator, f"reports-person-{type}")
        reactivate(administrator)


def sent(manager: Page, title: str) -> tuple[Locator, Locator]:
    """An update whose mail to the paralegal was accepted, and the paralegal's line under it."""
    update = pages.validated_update(manager, title)
    pages.send_to(update, Client_Contacts="Paralegal P.")
    act(update, "Show Recipients").click()
    line = pages.recipient(update, "Paralegal P.")
    expect(line).to_contain_text("Accepted", timeout=MAIL)
    return update, line


def open_paralegal(administrator: Page) -> None:
    go(administrator, "/settings/people?search=paralegal")
    administrator.get_by_role("link", name="Paralegal P.").click()


def reactivate(administrator: Page) -> None:
    administrator.get_by_role("button", name="Reactivate").click()
    expect(administrator.get_by_role("button", name="Reactivate")).to_be_hidden()


def report(server: Server, type: str, **details: object) -> None:
    """What the provider would report now of the newest mail to the paralegal."""
    event = an_event(type, to="paralegal@example.com", tags={"message": newest_key(server)}, **details)
    headers, body = signed(json.dumps(event).encode(), WEBHOOK_SECRET)
    assert httpx.post(f"{server.url}/webhooks/resend", headers=headers, content=body).status_code == 200


def newest_key(server: Server) -> str:
    mine = "SELECT key FROM message WHERE recipient = 'paralegal@example.com' ORDER BY id DESC LIMIT 1"
    with sqlite3.connect(server.data / "caseupdates.db", timeout=10) as database:
        return str(database.execute(mine).fetchone()[0])
