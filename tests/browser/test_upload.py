"""Uploads: into an update being written and into the Files tab, with progress, cancelling, and a clear no."""

from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.browser import pages
from tests.browser.conftest import Opener
from tests.browser.pages import CASE, card, go

DEMO = Path(__file__).parents[2] / "caseupdates" / "demo_files"
SLOW = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 40_000}  # bytes a second


def test_files_go_with_the_update_they_were_added_to(person: Opener, title: str) -> None:
    page, reader = person("investigator"), person("manager")
    go(page, CASE)
    editor = pages.open_editor(page)
    pages.type_update(editor, title, "See the files.")
    page.wait_for_timeout(800)  # a draft is kept at every pause of 400
    _add(editor, DEMO / "week-1.mp4", DEMO / "plate.jpg")
    expect(_files(editor)).to_have_count(2)
    page.close()

    go(page := person("investigator"), CASE)  # a closed tab loses nothing
    editor = pages.open_editor(page)
    expect(editor.get_by_label("Title", exact=True)).to_have_value(title)
    expect(_files(editor)).to_have_count(2)
    editor.get_by_role("button", name="Remove plate.jpg").click()
    expect(_files(editor)).to_have_count(1)
    editor.get_by_role("button", name="Save Update").click()
    expect(editor).to_be_hidden()

    go(reader, CASE)
    files = card(reader, title).get_by_role("list", name="Files")
    expect(files.get_by_role("link")).to_have_count(1)
    expect(files).to_contain_text("week-1.mp4")


def test_what_is_not_what_its_name_says_is_refused_beside_it_and_nothing_is_lost(person: Opener, title: str) -> None:
    page = person("investigator", may_log="415")
    go(page, CASE)
    editor = pages.open_editor(page)
    pages.type_update(editor, title, "Not what it seems.")
    html = {"name": "holiday.jpg", "mimeType": "image/jpeg", "buffer": b"<html><script>alert(1)</script>"}
    _picker(editor).set_input_files([html])  # type: ignore[list-item]
    said = editor.get_by_role("alert").filter(has_text="holiday.jpg")
    expect(said).to_contain_text("is a web page inside, which its name does not say")
    expect(editor.get_by_label("Title", exact=True)).to_have_value(title)
    editor.get_by_role("button", name="Dismiss").click()
    expect(said).to_have_count(0)
    editor.get_by_role("button", name="Discard it").or_(editor.get_by_role("button", name="Close")).first.click()


def test_a_long_upload_shows_how_far_it_is_and_can_be_stopped(person: Opener) -> None:
    page = person("manager", anew=True)
    go(page, CASE)
    page.get_by_role("tab", name="Files").click()
    tab = page.get_by_role("tabpanel", name="Files")
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
    _picker(tab).set_input_files([{"name": "long.bin", "mimeType": "", "buffer": bytes(2_000_000)}])  # type: ignore[list-item]
    bar = tab.get_by_role("progressbar", name="Upload of long.bin")
    expect(bar).to_be_visible()
    expect(tab.get_by_text("%")).to_be_visible()
    tab.get_by_role("button", name="Cancel long.bin").click()
    expect(bar).to_have_count(0)
    go(page, CASE)
    page.get_by_role("tab", name="Files").click()
    expect(page.get_by_role("tabpanel", name="Files").get_by_role("listitem").first).to_be_visible()
    expect(page.get_by_text("long.bin")).to_have_count(0)


def test_a_file_of_the_files_tab_shows_in_every_open_browser_of_an_employee(person: Opener, title: str) -> None:
    manager, investigator, client = person("manager"), person("investigator"), person("client")
    for page in (manager, investigator, client):
        go(page, CASE)
        page.get_by_role("tab", name="Files").click()
    name = f"{title}.pdf"
    content = (DEMO / "Interim report.pdf").read_bytes()
    tab = manager.get_by_role("tabpanel", name="Files")
    _picker(tab).set_input_files([{"name": name, "mimeType": "application/pdf", "buffer": content}])  # type: ignore[list-item]
    for page in (manager, investigator):
        expect(page.get_by_role("link", name=name, exact=True)).to_be_visible()
    expect(client.get_by_role("tabpanel", name="Files").get_by_role("button", name="Add files")).to_have_count(0)
    expect(client.get_by_role("link", name=name, exact=True)).to_have_count(0)
    with manager.expect_download() as kept:
        manager.get_by_role("link", name=f"Download {name}").click()
    assert Path(kept.value.path()).read_bytes() == content


def _add(place: Locator, *paths: Path) -> None:
    _picker(place).set_input_files(list(paths))


def _picker(place: Locator) -> Locator:
    return place.locator("input[type=file]")


def _files(editor: Locator) -> Locator:
    return editor.get_by_role("list", name="Files").get_by_role("listitem")
