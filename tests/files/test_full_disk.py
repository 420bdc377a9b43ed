"""A full disk: the upload is refused in words, and nothing half written stays."""

import errno
import os

import pytest

from caseupdates.files import storage
from caseupdates.files.storage import NoRoom
from tests.files.test_storage import CONTENT, break_off, lying

SAID = "The server's disk is full. Nothing was kept; please tell your administrator."


def refusing(reason):
    """A call of the system that fails."""

    def refuse(*_, **__):
        raise OSError(reason, os.strerror(reason))

    return refuse


@pytest.fixture
def full(monkeypatch):
    """Every new file is on a disk that is full: the kernel itself says so."""
    real = os.open

    def on_a_full_disk(name, flags, *mode):
        descriptor = real(name, flags, *mode)
        if "incoming" in str(name) and flags & os.O_CREAT:
            device = real("/dev/full", os.O_WRONLY)
            os.dup2(device, descriptor)
            os.close(device)
        return descriptor

    monkeypatch.setattr(os, "open", on_a_full_disk)


@pytest.mark.parametrize("content", [b"x", b"x" * 4_096, CONTENT], ids=len)
def test_on_a_full_disk_an_upload_is_refused_and_nothing_stays(store, full, content):
    with pytest.raises(NoRoom) as refusal:
        storage.keep(content)
    assert (str(refusal.value), refusal.value.status) == (SAID, 507)
    assert lying(store) == []


def test_a_disk_that_fills_up_in_the_middle_leaves_nothing(store, full):
    with pytest.raises(NoRoom):
        break_off(*[b"x" * 1_000] * 1_000)
    assert lying(store) == []


def test_a_broken_upload_on_a_full_disk_is_a_broken_upload(store, full):
    with pytest.raises(ConnectionError):
        break_off(b"x")
    assert lying(store) == []


@pytest.mark.parametrize("reason", [errno.ENOSPC, errno.EDQUOT])
@pytest.mark.parametrize("step", ["open", "mkdir", "fsync", "replace"])
def test_whatever_the_disk_has_no_room_for(store, monkeypatch, step, reason):
    monkeypatch.setattr(os, step, refusing(reason))
    with pytest.raises(NoRoom):
        storage.keep(CONTENT)
    assert lying(store) == []


@pytest.mark.parametrize("reason", [errno.EIO, errno.EACCES, errno.EROFS])
def test_another_trouble_of_the_disk_is_not_called_full(store, monkeypatch, reason):
    monkeypatch.setattr(os, "fsync", refusing(reason))
    with pytest.raises(OSError, match=os.strerror(reason)):
        storage.keep(CONTENT)
    assert lying(store) == []


def test_once_there_is_room_again_the_same_content_is_taken(store, monkeypatch):
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(os, "fsync", refusing(errno.ENOSPC))
        with pytest.raises(NoRoom):
            storage.keep(CONTENT)
    assert storage.path(storage.keep(CONTENT).sha256).read_bytes() == CONTENT
