"""From an empty database to an update in the recipients' mailboxes: a new firm, with no demo data."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import first_day, pages
from tests.browser.conftest import MAIL, Opener
from tests.browser.first_day import address_of, go
from tests.browser.narrow import PHONE
from tests.browser.server import Server, free_port

NOTE = "Please read before Friday's call."
GROUP = "The client's first contact"


@pytest.fixture(scope="module")
def new_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """This machine's own installation with nobody in it."""
    url, home = f"http://localhost:{free_port()}", tmp_path_factory.mktemp("new")
    running = Server(url, home, CASEUPDATES_DEMO="no", CASEUPDATES_UNDO_SECONDS="1").start()
    yield running
    running.stop()


def test_a_new_firm_comes_to_its_first_sending_by_mouse_by_thumb_and_by_keyboard(
    visitor: Opener, new_server: Server
) -> None:
    def browser(**options: object) -> Page:
        return visitor(base_url=new_server.url, **options)

    administrator, manager, investigator, mailbox = browser(), browser(), browser(), browser()
    first_day.begin(administrator, new_server.log)
    _settle(administrator)
    first_day.accept_invitation(manager, mailbox, "Mo Manager")
    first_day.accept_invitation(investigator, mailbox, "Ines Investigator")
    case = first_day.open_case(administrator, "Losses at the quay", "Meridian Freight Ltd")
    first_day.assign(administrator, "Ines Investigator", "Carla Contact", "Carl Contact")

    go(mailbox, "/mailbox")
    _main_job(investigator, manager, mailbox, case, "By mouse", _click)
    phones = [_again_on_a_phone(each, browser(**PHONE)) for each in (investigator, manager)]
    _main_job(*phones, mailbox, case, "By thumb", lambda target: target.tap())
    _main_job(investigator, manager, mailbox, case, "By keyboard", _press)


def _settle(administrator: Page) -> None:
    """Everything under Settings that a first sending needs, until the overview has no first steps left."""
    go(administrator, "/settings")
    expect(administrator.get_by_role("heading", name="First steps")).to_be_visible()
    first_day.name_firm(administrator)
    first_day.add_person(administrator, "Mo Manager", "Case Manager", level="Full")
    first_day.add_person(administrator, "Ines Investigator", "Investigator")
    first_day.add_client(administrator, "Meridian Freight Ltd")
    for name in ("Carla Contact", "Carl Contact"):
        first_day.add_person(
            administrator, name, "Client Contact", kind="client contact", client="Meridian Freight Ltd", invite=False
        )
    first_day.add_access_group(
        administrator, "Public", ["Administrator", "Case Manager", "Investigator", "Client Contact"]
    )
    first_day.put_the_note_below(administrator)
    first_day.add_group_by_rule(administrator, GROUP, "All client contacts")


def _main_job(investigator: Page, manager: Page, mailbox: Page, case: str, title: str, act) -> None:  # type: ignore[no-untyped-def]
    """Write, validate, send to the group with a note; its mails have the note below the text."""
    go(investigator, case)
    act(investigator.get_by_role("button", name="New", exact=True))
    act(investigator.get_by_role("menuitem", name="Update"))
    editor = investigator.get_by_role("dialog", name="New Update")
    pages.type_update(editor, title, "Nothing moved before two.")
    act(editor.get_by_role("button", name="Save Update"))
    expect(editor).to_be_hidden()

    go(manager, case)
    update = pages.card(manager, title)
    act(pages.act(update, "Validate"))
    expect(pages.act(update, "Send")).to_be_visible()
    act(pages.act(update, "Send"))
    dialog = manager.get_by_role("dialog", name="Send Update")
    act(pages.block(dialog, "Distribution Groups"))
    act(pages.tick(dialog, GROUP))
    expect(dialog.get_by_text("2 recipients", exact=True)).to_be_visible()
    if (further := dialog.get_by_role("button", name="Next", exact=True)).is_visible():
        act(further)
    dialog.get_by_label("Additional Note").fill(NOTE)
    act(pages.send_button(dialog))
    expect(dialog).to_be_hidden()
    _note_stands_below(mailbox, title)


def _note_stands_below(mailbox: Page, title: str) -> None:
    found = mailbox.get_by_role("listitem").filter(has_text=title)
    expect(found).to_have_count(2, timeout=MAIL)
    for contact in ("Carla Contact", "Carl Contact"):
        expect(found.filter(has_text=address_of(contact))).to_have_count(1)
    found.first.get_by_role("button").click()
    mailbox.get_by_role("radio", name="As sent").click()
    text = mailbox.frame_locator("iframe[title=Mail]").locator("body")
    expect(text).to_contain_text(title)
    said = text.inner_text()
    assert 0 < said.index("Nothing moved before two.") < said.index(NOTE)


def _again_on_a_phone(page: Page, phone: Page) -> Page:
    """The same person's telephone: their session, as signing in there would give them."""
    phone.context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    return phone


def _click(target: Locator) -> None:
    target.click()


def _press(target: Locator) -> None:
    """Go there as Tab would and press Enter; a tick box takes the space bar."""
    target.focus()
    expect(target).to_be_focused()
    target.page.keyboard.press("Space" if target.get_attribute("role") == "checkbox" else "Enter")
