"""Whoever runs the installation sees whether mail flows, and decides about what waits; Resend is the stand-in."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import pages
from tests.browser.axe import inspect
from tests.browser.conftest import Opener
from tests.browser.narrow import PHONE, fits, is_by_thumb
from tests.browser.pages import go
from tests.browser.server import Server, free_port
from tests.provider.thread import StandIn

DELIVERY = "/settings/delivery"
KEY, OTHERS_KEY = "re_ours", "re_others"
SOON = 15_000  # milliseconds: the undo window, and the page's next look


@pytest.fixture(scope="module")
def resend() -> Iterator[StandIn]:
    with StandIn(keys={OTHERS_KEY: "full_access"}) as running:
        yield running


@pytest.fixture(scope="module")
def mailing(tmp_path_factory: pytest.TempPathFactory, resend: StandIn) -> Iterator[Server]:
    """The product with the demo firm and a key that the provider does not know."""
    url, home = f"http://localhost:{free_port()}", tmp_path_factory.mktemp("mailing")
    running = Server(
        url, home, CASEUPDATES_UNDO_SECONDS="1", RESEND_API_KEY=KEY, RESEND_API_URL=resend.url,
        CASEUPDATES_MAIL_FROM="Harbour Investigations <updates@example.com>", RESEND_WEBHOOK_SECRET="whsec_c3RhbmQtaW4=",
    ).start()  # fmt: skip
    yield running
    running.stop()


@pytest.fixture
def signed_in(visitor: Opener, mailing: Server) -> Callable[..., Page]:
    def open_page(name: str, **options: object) -> Page:
        page = visitor(base_url=mailing.url, **options)
        pages.sign_in(page, name)
        return page

    return open_page


@pytest.fixture
def administrator(signed_in: Callable[..., Page]) -> Page:
    page = signed_in("administrator")
    go(page, DELIVERY)
    return page


@pytest.fixture
def change(mailing: Server) -> Callable[..., None]:
    """Change the database, as time or a bad day would have."""

    def run(statement: str) -> None:
        with closing(sqlite3.connect(mailing.data / "caseupdates.db", timeout=10)) as database, database:
            database.execute(statement)

    return run


@pytest.fixture
def park(change: Callable[..., None]) -> Callable[..., None]:
    """Have the newest mail wait for a person: certainly not taken, or perhaps."""

    def parked(why: str, *, is_uncertain: bool = False) -> None:
        batch = "batch_id" if is_uncertain else "NULL"
        change("UPDATE batch SET created_at = '2026-01-05 09:00:00.000000'")
        change(
            f"UPDATE message SET accepted_at = NULL, parked_at = created_at, detail = '{why}', batch_id = {batch} "
            "WHERE id = (SELECT max(id) FROM message)"
        )

    return parked


def test_a_wrong_key_stops_the_mail_and_once_mended_it_flows(
    signed_in: Callable[..., Page], administrator: Page, resend: StandIn, title: str
) -> None:
    now = _part(administrator, "Mail now")
    expect(now).to_contain_text("Mail is stopped: the API key was refused", timeout=SOON)
    expect(now).to_contain_text("RESEND_API_KEY")
    expect(_finding(administrator, "API key")).to_contain_text("Wrong")
    expect(_problem(administrator, "The API key is invalid.")).to_be_visible()
    expect(pages.bell(administrator)).to_contain_text("1 unread")
    waiting = int(_place(administrator, "Ready to go").get_by_role("cell").first.inner_text())
    _send(signed_in("manager"), title)
    expect(_place(administrator, "Ready to go").get_by_role("cell").first).to_have_text(str(waiting + 1), timeout=SOON)
    inspect(administrator, "settings-delivery-stopped")
    assert resend.accepted_references() == {}

    resend.configure(keys={KEY: "full_access"})
    now.get_by_role("button", name="Try now").click()
    expect(administrator.get_by_text("The queue goes on.")).to_be_visible()
    expect(now).to_contain_text("Mail is flowing")
    expect(administrator.get_by_text("Nothing waits")).to_be_visible(timeout=SOON)
    expect(administrator.get_by_text("No problems")).to_be_visible()
    expect(_finding(administrator, "API key")).to_contain_text("In order")
    expect(administrator.get_by_role("img", name=f"{waiting + 1} in all")).to_be_visible()
    assert sum(resend.accepted_references().values()) == waiting + 1

    go(administrator, pages.NOTIFICATIONS)
    administrator.get_by_role("article").first.get_by_role("button").first.click()
    administrator.get_by_role("article").first.get_by_role("link").first.click()
    expect(administrator.get_by_role("heading", name="Delivery", level=1)).to_be_visible()


def test_a_parked_mail_is_sent_again(administrator: Page, resend: StandIn, park: Callable[..., None]) -> None:
    before = sum(resend.accepted_references().values())
    park("Nobody took it.")
    row = _parked(administrator)
    expect(row).to_contain_text("Nobody took it.", timeout=SOON)
    expect(row.get_by_role("link", name="2026-0142 · ")).to_be_visible()
    row.get_by_role("button", name="Send again").click()
    expect(administrator.get_by_text("The mail is in the queue again.")).to_be_visible()
    expect(administrator.get_by_text("Nothing to decide")).to_be_visible()
    expect(administrator.get_by_text("Nothing waits")).to_be_visible(timeout=SOON)
    assert sum(resend.accepted_references().values()) == before + 1


def test_a_mail_that_may_have_arrived_goes_again_only_after_a_question(
    administrator: Page, resend: StandIn, park: Callable[..., None]
) -> None:
    before = sum(resend.accepted_references().values())
    park("It is not certain.", is_uncertain=True)
    again = _parked(administrator).get_by_role("button", name="Send again")
    expect(again).to_be_visible(timeout=SOON)
    again.click()
    question = administrator.get_by_role("alertdialog", name="Send this mail again?")
    expect(question).to_contain_text("It is not certain whether this mail arrived.")
    expect(question).to_contain_text("client@example.com gets it twice")
    inspect(administrator, "settings-delivery-uncertain")
    question.get_by_role("button", name="Cancel").click()
    expect(question).to_be_hidden()
    expect(again).to_be_visible()
    assert sum(resend.accepted_references().values()) == before
    again.click()
    question.get_by_role("button", name="Send again").click()
    expect(administrator.get_by_text("Nothing waits")).to_be_visible(timeout=SOON)
    assert sum(resend.accepted_references().values()) == before + 1


def test_a_mail_given_up_has_failed_and_the_case_remembers_who_decided(
    administrator: Page, park: Callable[..., None]
) -> None:
    park("Nobody took it.")
    give_up = _parked(administrator).get_by_role("button", name="Give up")
    expect(give_up).to_be_visible(timeout=SOON)
    give_up.click()
    question = administrator.get_by_role("alertdialog", name="Give this mail up?")
    expect(question).to_contain_text("The mail to client@example.com")
    question.get_by_role("button", name="Give up").click()
    expect(administrator.get_by_text("The mail was given up.")).to_be_visible()
    expect(administrator.get_by_text("Nothing to decide")).to_be_visible()
    expect(_problem(administrator, "Given up by a person. Nobody took it.")).to_be_visible()
    go(administrator, "/settings/history")
    line = administrator.get_by_role("listitem").first
    expect(line).to_contain_text("Administrator A. · email given up")
    expect(line.get_by_role("link", name="2026-0142")).to_be_visible()


def test_many_parked_mails_go_again_with_one_act(administrator: Page, change: Callable[..., None]) -> None:
    change(
        "UPDATE message SET parked_at = created_at, accepted_at = NULL, refused_at = NULL, batch_id = NULL, detail = 'Nobody took it.' "
        "WHERE id IN (SELECT id FROM message ORDER BY id DESC LIMIT 2)"
    )
    section = _part(administrator, "Waiting for a person")
    expect(section.get_by_role("listitem")).to_have_count(2, timeout=SOON)
    section.get_by_role("button", name="Send all again").click()
    question = administrator.get_by_role("alertdialog", name="Send them all again?")
    expect(question).to_contain_text("2 mails go into the queue again: none of them has arrived.")
    question.get_by_role("button", name="Send all again").click()
    expect(administrator.get_by_text("2 mails are in the queue again.")).to_be_visible()
    expect(administrator.get_by_text("Nothing to decide")).to_be_visible()


def test_the_account_is_checked_by_keyboard_and_told_in_words(administrator: Page, resend: StandIn) -> None:
    domain = _finding(administrator, "Sender's domain")
    expect(domain).to_contain_text("has not been checked")
    check = administrator.get_by_role("button", name="Check now")
    administrator.get_by_role("radio", name="24 hours").focus()
    for _ in range(12):
        if check.evaluate("each => each === document.activeElement"):
            break
        administrator.keyboard.press("Tab")
    expect(check).to_be_focused()
    administrator.keyboard.press("Enter")
    expect(domain).to_contain_text("In order")
    expect(domain).to_contain_text("example.com is verified.")
    expect(_finding(administrator, "Clock")).to_contain_text("In order")
    inspect(administrator, "settings-delivery-checked")

    resend.configure(domains={"elsewhere.example": "verified"})
    check.click()
    expect(domain).to_contain_text("is not among the account's domains")
    resend.configure(keys={KEY: "sending_access"})
    check.click()
    expect(domain).to_contain_text("The key may only send")
    resend.fail_next("drop_before", method="GET")
    check.click()
    expect(administrator.get_by_text("The mail provider did not answer.")).to_be_visible()
    expect(check).to_be_enabled()
    resend.configure(keys={KEY: "full_access"}, domains={"example.com": "verified"})


def test_a_used_up_quota_pauses_the_mail_until_a_time_by_thumb_too(
    signed_in: Callable[..., Page], resend: StandIn, title: str
) -> None:
    resend.configure(daily_quota=resend.statistics()["today"])
    _send(signed_in("manager"), title)
    phone = signed_in("administrator", **PHONE)
    go(phone, DELIVERY)
    now = _part(phone, "Mail now")
    expect(now).to_contain_text(re.compile("Mail is paused until .*: the daily quota is used up"), timeout=SOON)
    is_by_thumb(now.get_by_role("button", name="Try now"))
    fits(phone)
    resend.configure(daily_quota=None)
    now.get_by_role("button", name="Try now").tap()
    expect(now).to_contain_text("Mail is flowing", timeout=SOON)


def test_what_waits_while_no_mail_leaves_can_be_recalled(
    signed_in: Callable[..., Page], resend: StandIn, title: str
) -> None:
    manager, before = signed_in("manager"), sum(resend.accepted_references().values())
    resend.configure(daily_quota=resend.statistics()["today"])
    update = pages.validated_update(manager, title)
    pages.send_to(update, Client_Contacts="Client C.")
    pages.act(update, "Show Recipients").click()
    recipients = update.get_by_role("region", name="Recipients")
    expect(recipients).to_contain_text("mails for today are used up", timeout=SOON)
    recipients.get_by_role("button", name="Recall").click()
    ask = manager.get_by_role("alertdialog")
    expect(ask).to_contain_text("Emails that wait are stopped.")
    ask.get_by_role("button", name="Recall").click()
    expect(ask).to_contain_text("Stopped before it left: 1 email.")
    ask.get_by_role("button", name="Close").click()
    expect(recipients).to_contain_text("Cancelled")
    expect(recipients).to_contain_text("recalled today")
    resend.configure(daily_quota=None)
    administrator = signed_in("administrator")
    go(administrator, DELIVERY)
    _part(administrator, "Mail now").get_by_role("button", name="Try now").click()
    expect(administrator.get_by_text("Nothing waits")).to_be_visible(timeout=SOON)
    assert sum(resend.accepted_references().values()) == before


@pytest.mark.parametrize("name", ["manager", "investigator", "client"])
def test_somebody_else_finds_nothing_there(person: Opener, name: str) -> None:
    page = person(name)
    go(page, DELIVERY)
    expect(page.get_by_role("main").get_by_text("You may not do this.")).to_be_visible()
    expect(page.get_by_role("main").locator("section, button, table")).to_have_count(0)


def _send(manager: Page, title: str) -> None:
    pages.send_to(pages.validated_update(manager, title), Client_Contacts="Client C.")


def _part(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def _place(page: Page, name: str) -> Locator:
    return page.get_by_role("row").filter(has_text=name)


def _parked(page: Page) -> Locator:
    return _part(page, "Waiting for a person").get_by_role("listitem").first


def _problem(page: Page, says: str) -> Locator:
    return _part(page, "Last problems").get_by_role("listitem").filter(has_text=says)


def _finding(page: Page, about: str) -> Locator:
    return _part(page, "Account at the mail provider").get_by_role("listitem").filter(has_text=about)
