"""The store: contents by what they are, whole or not there at all, and for nobody else on the machine."""

import hashlib
import os
import stat
import time

import pytest

from caseupdates.files import storage
from caseupdates.files.kinds import HEAD
from caseupdates.files.storage import LEFT_OVER, Incoming
from caseupdates.refusals import NotFound
from tests.together import together

CONTENT = b"Two vehicles at 02:14." * 100_000  # more than one buffer holds


def lying(store):
    """What lies in the store, by name within it."""
    return sorted(str(path.relative_to(store)) for path in store.rglob("*") if path.is_file())


def place(content):
    sha256 = hashlib.sha256(content).hexdigest()
    return f"{sha256[:2]}/{sha256}"


def test_a_content_lies_under_its_hash(store):
    kept = storage.keep(CONTENT)
    assert (kept.sha256, kept.size) == (hashlib.sha256(CONTENT).hexdigest(), len(CONTENT))
    assert lying(store) == [place(CONTENT)]
    with storage.opened(kept.sha256) as file:
        assert file.readall() == CONTENT


@pytest.mark.parametrize("size", [0, 1, HEAD - 1, HEAD, HEAD + 1, 2**20 + 1])
def test_however_it_arrives_its_head_is_what_browsers_look_at(store, size):
    content = bytes(number % 251 for number in range(size))
    for step in (1_000, 10**6):
        with Incoming() as incoming:
            for start in range(0, size, step):
                incoming.write(bytearray(content[start : start + step]))
            kept = incoming.finish()
        assert (kept.head, kept.size) == (content[:1_445], size)


def test_the_same_content_lies_there_once(store):
    first, second = storage.keep(CONTENT), storage.keep(CONTENT)
    assert first == second
    assert lying(store) == [place(CONTENT)]


def test_of_many_at_once_with_the_same_content_all_succeed(store):
    kept = together(*[lambda: storage.keep(CONTENT).sha256] * 8)
    assert set(kept) == {hashlib.sha256(CONTENT).hexdigest()}
    assert lying(store) == [place(CONTENT)]


def test_another_content_lies_beside_it(store):
    for content in (b"a", b"b"):
        storage.keep(content)
    assert lying(store) == sorted([place(b"a"), place(b"b")])


def break_off(*written):
    """A browser that goes away in the middle of its upload."""
    with Incoming() as incoming:
        for chunk in written:
            incoming.write(chunk)
        raise ConnectionError


@pytest.mark.parametrize("written", [b"", b"half", CONTENT])
def test_a_broken_upload_leaves_nothing(store, written):
    with pytest.raises(ConnectionError):
        break_off(written)
    assert lying(store) == []


def test_an_upload_that_never_says_it_is_whole_leaves_nothing(store):
    with Incoming() as incoming:
        incoming.write(CONTENT)
    assert lying(store) == []


def test_a_name_in_the_store_has_its_whole_content_on_the_disk(store, monkeypatch):
    synced = []

    def sync(descriptor):
        synced.append((os.readlink(f"/proc/self/fd/{descriptor}"), os.fstat(descriptor).st_size, lying(store)))

    monkeypatch.setattr(os, "fsync", sync)
    storage.keep(CONTENT)
    (_, size, before), (folder, _, after) = synced
    assert (size, place(CONTENT) in before, after) == (len(CONTENT), False, [place(CONTENT)])
    assert folder == str(store / place(CONTENT)[:2])


@pytest.mark.parametrize("mask", [0o022, 0o000])
def test_nobody_else_on_the_machine_reads_it(store, mask):
    before = os.umask(mask)
    try:
        storage.keep(CONTENT)
    finally:
        os.umask(before)
    modes = {path.relative_to(store.parent): stat.S_IMODE(path.stat().st_mode) for path in store.parent.rglob("*")}
    assert len(modes) == 4
    assert {mode for path, mode in modes.items() if len(path.name) < 64} == {0o700}
    assert {mode for path, mode in modes.items() if len(path.name) == 64} == {0o600}


def test_a_content_that_is_gone_is_not_found(store):
    kept = storage.keep(CONTENT)
    storage.path(kept.sha256).unlink()
    with pytest.raises(NotFound):
        storage.opened(kept.sha256)


@pytest.mark.parametrize(("age", "stays"), [(LEFT_OVER - 60, True), (LEFT_OVER + 60, False)])
def test_left_overs_are_swept_when_they_are_a_day_old(store, age, stays):
    storage.keep(CONTENT)
    left, then = store / "incoming" / "left", time.time() - age
    left.write_bytes(b"half")
    for path in (left, store / place(CONTENT)):
        os.utime(path, (then, then))
    storage.sweep()
    assert lying(store) == [place(CONTENT), *(["incoming/left"] if stays else [])]


def test_sweeping_an_empty_store_is_no_trouble(store):
    storage.sweep()
    assert not store.exists()
