"""What a new administrator does on the first day, step by step, through the pages."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.pages import go

PASSWORD = "three plain words"
FIRM = "Quay & Sons"


def begin(page: Page, log: str) -> None:
    """Become the first administrator by the address on the console."""
    found = re.search(r"/welcome\?token=\w+", log)
    assert found, "the console does not say where to begin"
    go(page, found[0])
    given = {"Firm": FIRM, "Your name": "Ada First", "Email": "ada@example.com", "Password": PASSWORD}
    for label, value in given.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("button", name="Create administrator").click()
    expect(page).to_have_url(re.compile("/cases$"))


def name_firm(page: Page) -> None:
    go(page, "/settings/firm")
    contact = page.get_by_role("region", name="Name and contact")
    expect(contact.get_by_label("Firm", exact=True)).to_have_value(FIRM)
    contact.get_by_label("Contact for outsiders").fill("Questions? Call 020 7946 0000.")
    contact.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved")).to_be_visible()


def add_person(
    page: Page,
    name: str,
    role: str,
    *,
    kind: str = "employee",
    client: str = "",
    level: str = "Limited",
    invite: bool = True,
) -> None:
    go(page, "/settings/people")
    page.get_by_role("button", name="Add person").click()
    dialog = page.get_by_role("dialog", name="Add person")
    dialog.get_by_label("Name", exact=True).fill(name)
    dialog.get_by_label("Kind").select_option(kind)
    if client:
        dialog.get_by_label("Client").select_option(client)
    dialog.get_by_label("Email", exact=True).fill(address_of(name))
    dialog.get_by_label("Role").select_option(role)
    dialog.get_by_role("radio", name=level).check()
    dialog.get_by_role("checkbox", name="Invite by email").set_checked(invite)
    dialog.get_by_role("button", name="Add person").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("link").filter(has_text=name)).to_be_visible()


def accept_invitation(page: Page, mailbox: Page, name: str) -> None:
    """Open the newest invitation's address as its mail names it, and choose a password."""
    go(mailbox, "/mailbox")
    mailbox.get_by_role("listitem").filter(has_text=address_of(name)).first.get_by_role("button").click()
    mailbox.get_by_role("radio", name="Plain text").click()
    text = mailbox.locator(".mail-text")
    expect(text).to_contain_text("/invitation/")
    found = re.search(r"/invitation/\w+", text.inner_text())
    assert found
    go(page, found[0])
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Begin").click()
    expect(page).to_have_url(re.compile("/cases$"))


def add_client(page: Page, name: str) -> None:
    go(page, "/settings/clients")
    _add(page, "Add client", lambda dialog: dialog.get_by_label("Name", exact=True).fill(name))
    expect(page.get_by_role("listitem").filter(has_text=name)).to_be_visible()


def add_access_group(page: Page, name: str, roles: list[str]) -> None:
    def fill(dialog: Locator) -> None:
        dialog.get_by_label("Name", exact=True).fill(name)
        for role in roles:
            dialog.get_by_role("checkbox", name=re.compile(f"^{role}")).check()

    go(page, "/settings/access-groups")
    expect(page.get_by_text("No access groups yet")).to_be_visible()
    _add(page, "Add access group", fill)
    expect(page.get_by_role("listitem").filter(has_text=name)).to_be_visible()


def put_the_note_below(page: Page) -> None:
    """A template that says the note after everything else."""
    go(page, "/settings/email-template")
    body, note = page.get_by_label("Body", exact=True), "{{Update.additional_note}}"
    body.fill(f"{body.input_value().replace(note, '')}\n\n{note}")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved")).to_be_visible()


def add_group_by_rule(page: Page, name: str, rule: str) -> None:
    def fill(dialog: Locator) -> None:
        dialog.get_by_label("Name", exact=True).fill(name)
        dialog.get_by_role("checkbox", name=rule).check()

    go(page, "/settings/distribution-groups")
    expect(page.get_by_text("No distribution groups yet")).to_be_visible()
    page.get_by_role("button", name="New group").click()
    dialog = page.get_by_role("dialog", name="New distribution group")
    fill(dialog)
    dialog.get_by_role("button", name="Save group").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_text(name, exact=True)).to_be_visible()


def open_case(page: Page, title: str, client: str) -> str:
    """Open a case with the number that is suggested; its path."""
    go(page, "/cases")
    page.get_by_role("button", name="New", exact=True).click()
    page.get_by_role("menuitem", name="Case").click()
    dialog = page.get_by_role("dialog", name="New Case")
    dialog.get_by_label("Title", exact=True).fill(title)
    dialog.get_by_label("Type", exact=True).fill("Surveillance")
    dialog.get_by_label("Client", exact=True).select_option(client)
    number = dialog.get_by_label("Case number").input_value()
    dialog.get_by_role("button", name="Open case").click()
    expect(page).to_have_url(re.compile(f"/cases/{number}"))
    return f"/cases/{number}"


def assign(page: Page, *names: str) -> None:
    """Put these people on the case that is open, each in the group their part suggests."""
    page.get_by_role("tab", name="Assigned").click()
    page.get_by_role("button", name="Assign people").first.click()
    dialog = page.get_by_role("dialog", name="Assign people")
    for name in names:
        dialog.get_by_role("checkbox", name=name, exact=True).click()
        expect(dialog.get_by_role("checkbox", name=name, exact=True)).to_be_checked()
    dialog.get_by_role("button", name="Assign", exact=True).click()
    expect(dialog).to_be_hidden()
    for name in names:
        expect(
            page.get_by_role("tabpanel", name="Assigned").get_by_role("listitem").filter(has_text=name)
        ).to_be_visible()


def address_of(name: str) -> str:
    return f"{name.split()[0].lower()}@example.com"


def _add(page: Page, act: str, fill) -> None:  # type: ignore[no-untyped-def]
    page.get_by_role("button", name=act, exact=True).click()
    dialog = page.get_by_role("dialog", name=act)
    fill(dialog)
    dialog.get_by_role("button", name="Save", exact=True).click()
    expect(dialog).to_be_hidden()
