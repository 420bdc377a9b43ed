"""Files as links with identity verification, from the dialog to the last byte, every step seen by the sender."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser import gate, pages
from tests.browser.conftest import Opener
from tests.browser.pages import act

PARTNER = "partner@example.com"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
STEPS = ("Link opened", "Code requested", "Verified", "Viewed week-1.mp4", "Downloaded Interim report.pdf")


def test_a_recipient_opens_the_files_and_the_sender_sees_each_step(person: Opener, visitor: Opener) -> None:
    manager, mailbox, partner = person("manager"), visitor(), visitor(**PHONE)
    before = gate.count_mails(mailbox, PARTNER)
    update = gate.send_links(manager, "Partner C.")
    link = gate.mailed_link(mailbox, PARTNER, after=before)
    act(update, "Show Recipients").click()
    sending = update.locator(".sending").first
    done = sending.get_by_role("list", name="What was done with the link")
    sending.get_by_role("button", name="Details of Partner C.").click()
    expect(sending).to_contain_text("Nobody has opened this link yet.")

    _go_in(partner, mailbox, link, before + 1, done)
    _watch_and_seek(partner)
    expect(done.get_by_text(STEPS[3])).to_be_visible()
    _download(partner)
    for step in STEPS:
        expect(done.get_by_text(step, exact=True)).to_have_count(1)
    expect(sending.get_by_text("Downloaded 1 of 2 files", exact=True)).to_be_visible()

    client, outsider = person("client"), person("outsider")
    client.goto(link)
    expect(client.get_by_text("Open because you are signed in.")).to_be_visible()
    outsider.goto(link)
    expect(outsider.get_by_label("Email address", exact=True)).to_be_visible()
    expect(outsider.get_by_text("week-1.mp4")).to_have_count(0)


def test_a_wrong_address_is_answered_like_a_right_one_and_the_sender_is_told(person: Opener, visitor: Opener) -> None:
    manager, mailbox, stranger = person("manager"), visitor(), visitor()
    before = gate.count_mails(mailbox, "paralegal@example.com")
    update = gate.send_links(manager, "Paralegal P.")
    stranger.goto(gate.mailed_link(mailbox, "paralegal@example.com", after=before))
    gate.ask(stranger, "stranger@example.com")
    expect(stranger.get_by_text("may open this link, a code is on its way")).to_be_visible()
    expect(mailbox.get_by_role("listitem").filter(has_text="stranger@example.com")).to_have_count(0)
    stranger.get_by_label("Verification code", exact=True).fill("1234 5678")
    stranger.get_by_role("button", name="Open files").click()
    expect(stranger.get_by_role("alert")).to_have_text("This code is not right. You have 4 more tries.")
    expect(stranger.get_by_label("Verification code", exact=True)).to_have_value("1234 5678")

    act(update, "Show Recipients").click()
    expect(update.locator(".sending").first).to_contain_text("Opened, not verified")
    expect(update.locator(".sending").first).to_contain_text("Somebody was refused")
    pages.go(manager, pages.NOTIFICATIONS)
    expect(pages.card(manager, "Somebody could not open Paralegal P.’s link").first).to_be_visible()


def test_leave_and_lock_closes_every_tab_of_the_browser(person: Opener, visitor: Opener) -> None:
    mailbox, partner = visitor(), visitor(may_log="401")
    before = gate.count_mails(mailbox, PARTNER)
    gate.send_links(person("manager"), "Partner C.")
    link = gate.mailed_link(mailbox, PARTNER, after=before)
    partner.goto(link)
    gate.ask(partner, PARTNER)
    gate.enter(partner, gate.mailed_code(mailbox, PARTNER, after=before + 1))
    second = partner.context.new_page()
    second.goto(link)
    expect(gate.heading(second, "Your files")).to_be_visible()
    file = second.locator("video").get_attribute("src") or ""

    partner.get_by_role("button", name="Leave and lock").click()
    for page in (partner, second):
        expect(gate.heading(page, "Two files for you")).to_be_visible()
    assert partner.request.get(file).status == 401


def test_recall_closes_an_open_window_at_once_and_says_who_had_opened(person: Opener, visitor: Opener) -> None:
    manager, mailbox, partner = person("manager"), visitor(), visitor(may_log="410")
    before = gate.count_mails(mailbox, PARTNER)
    update = gate.send_links(manager, "Partner C.", verify=False)
    link = gate.mailed_link(mailbox, PARTNER, after=before)
    partner.goto(link)
    partner.get_by_role("button", name="Open files").click()
    expect(gate.heading(partner, "Your files")).to_be_visible()

    act(update, "Show Recipients").click()
    update.locator(".sending").first.get_by_role("button", name="Recall").click()
    ask = manager.get_by_role("alertdialog")
    ask.get_by_role("button", name="Recall").click()
    expect(ask).to_contain_text("Partner C., today")
    expect(gate.heading(partner, "This link was withdrawn by the sender.")).to_be_visible()
    answer = partner.goto(link)
    assert answer is not None
    assert answer.status == 410
    expect(partner.get_by_text("Questions? Call 020 7946 0000.")).to_be_visible()


def _go_in(partner: Page, mailbox: Page, link: str, mails: int, done: Locator) -> None:
    partner.goto(link)
    expect(partner.get_by_text("Interim report.pdf")).to_have_count(0)
    gate.ask(partner, PARTNER)
    expect(done.get_by_text(STEPS[1], exact=True)).to_be_visible()
    gate.enter(partner, gate.mailed_code(mailbox, PARTNER, after=mails).replace(" ", "-"))
    expect(done.get_by_text(STEPS[2], exact=True)).to_be_visible()


def _watch_and_seek(page: Page) -> None:
    video = page.locator("video")
    video.evaluate(
        "video => new Promise(playing => { video.ontimeupdate = () => video.currentTime > 0.3 && playing(); video.play() })"
    )
    video.evaluate("video => new Promise(there => { video.onseeked = there; video.pause(); video.currentTime = 6 })")
    assert video.evaluate("video => video.currentTime") == 6
    assert video.evaluate("video => video.readyState") >= 2  # the picture at that moment is there


def _download(page: Page) -> None:
    with page.expect_download() as kept:
        page.get_by_role("link", name=re.compile("Download Interim report.pdf")).click()
    assert kept.value.suggested_filename == "Interim report.pdf"
    original = Path(__file__).parents[2] / "caseupdates" / "demo_files" / "Interim report.pdf"
    assert Path(kept.value.path()).read_bytes() == original.read_bytes()
