"""When the page for browsers is built anew, and that it works at whatever address it is served."""

import gzip
import os
from pathlib import Path

import pytest

from caseupdates import building
from caseupdates.settings import Settings, from_environment

LOCAL, PUBLIC = "http://localhost:8000", "https://updates.firm.example"
ENV = "var e={{PING:`{http}/ping`,EVENT:`{ws}/_event`,TRANSPORT:`websocket`}};export{{e as t}};"
FREED = (
    'var e={PING:location.origin+"/ping",EVENT:location.origin.replace("http","ws")+"/_event",'
    "TRANSPORT:`websocket`};export{e as t};"
)


def test_the_same_files_need_no_second_build(project: Path) -> None:
    assert building.fingerprint(told()) == building.fingerprint(told(CASEUPDATES_UNDO_SECONDS="3"))


@pytest.mark.parametrize("path", ["rxconfig.py", "requirements.txt", "caseupdates/cases/page.py", "assets/sheet.css"])
def test_a_changed_file_needs_a_build(project: Path, path: str) -> None:
    before = building.fingerprint(told())
    (project / path).write_text("changed")
    assert building.fingerprint(told()) != before


def test_another_address_on_this_machine_needs_no_build(project: Path) -> None:
    assert building.fingerprint(told()) == building.fingerprint(told(CASEUPDATES_BASE_URL="http://localhost:8001"))


def test_an_address_for_others_needs_a_build_without_mailbox(project: Path) -> None:
    assert building.fingerprint(told()) != building.fingerprint(told(CASEUPDATES_BASE_URL=PUBLIC))


@pytest.mark.parametrize("base_url", [LOCAL, PUBLIC])
def test_the_page_talks_to_where_it_came_from(tmp_path: Path, base_url: str) -> None:
    script = written(tmp_path, ENV.format(http=base_url, ws=base_url.replace("http", "ws")))
    building.free_of_address(tmp_path, base_url)
    assert script.read_text() == FREED
    assert gzip.decompress(script.with_name(f"{script.name}.gz").read_bytes()).decode() == FREED


@pytest.mark.parametrize("script", ["", ENV + "fetch(`${{h}}//localhost:8000`)"])
def test_an_address_that_is_elsewhere_in_the_page_stops_the_build(tmp_path: Path, script: str) -> None:
    written(tmp_path, script.format(http=LOCAL, ws="ws://localhost:8000"))
    with pytest.raises(building.NotBuilt, match="localhost:8000 is not where"):
        building.free_of_address(tmp_path, LOCAL)


def written(page: Path, content: str) -> Path:
    """The script that Reflex writes the address into, and its packed twin."""
    script = page / "assets" / "reflex-env-x1.js"
    script.parent.mkdir()
    script.write_text(content)
    script.with_name(f"{script.name}.gz").write_bytes(gzip.compress(content.encode()))
    return script


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small copy of what a page is built from."""
    for path in ("rxconfig.py", "requirements.txt", "caseupdates/cases/page.py", "assets/sheet.css"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(path)
    monkeypatch.setattr(building, "ROOT", tmp_path)
    monkeypatch.setenv("CASEUPDATES_DATA", str(tmp_path / "data"))
    return tmp_path


def told(**environment: str) -> Settings:
    return from_environment({"CASEUPDATES_DATA": os.environ["CASEUPDATES_DATA"], **environment})
