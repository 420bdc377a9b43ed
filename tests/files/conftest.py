"""A shelf of files, a store of its own, and settings a test may change."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import Session

from caseupdates.files import drafting, storage, uploading
from caseupdates.settings import settings
from tests.files.shelf import Shelf
from tests.stories import Firm


@pytest.fixture
def shelf(session: Session, firm: Firm) -> Shelf:
    return Shelf(session, firm)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an empty store."""
    elsewhere = replace(settings(), data=tmp_path)
    monkeypatch.setattr(storage, "settings", lambda: elsewhere)
    return tmp_path / "files"


@pytest.fixture
def set_to(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Change settings of uploads."""

    def change(**changes: object) -> None:
        changed = replace(settings(), **changes)  # type: ignore[arg-type]
        for module in (uploading, drafting):
            monkeypatch.setattr(module, "settings", lambda: changed)

    return change
