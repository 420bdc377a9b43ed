"""Take in a file: who may, how large, how many; and what is written down about it."""

import hashlib

import pytest
from sqlmodel import select

from caseupdates import bell
from caseupdates.cases.models import Group
from caseupdates.files import drafting, storage
from caseupdates.files.access import files_of_case
from caseupdates.files.kinds import NotWhatItSays
from caseupdates.files.models import DraftFile, File
from caseupdates.files.storage import Stored
from caseupdates.files.uploading import NoLength, TooLarge, require_upload, said, take_in
from caseupdates.people import roles
from caseupdates.people.models import AccessLevel
from caseupdates.refusals import Invalid, NotFound, NotPermitted
from tests.files.shelf import CASE, JPEG, PDF

WHO_MAY = ["administrator", "manager", "investigator"]
WHO_MAY_NOT = [("client", NotPermitted), ("partner", NotPermitted), ("colleague", NotFound), ("outsider", NotFound)]


def of_size(size):
    return Stored(hashlib.sha256(b"").hexdigest(), size, b"Two vehicles.")


def test_a_file_says_what_it_is_who_brought_it_and_when(shelf, clock):
    file = shelf.upload("C:\\Users\\R\\Interim report.PDF", PDF + b"five nights")
    assert (file.name, file.media_type, file.size) == ("Interim report.PDF", "application/pdf", 20)
    assert file.sha256 == hashlib.sha256(PDF + b"five nights").hexdigest()
    assert (file.case_id, file.uploaded_by_id) == (shelf.firm.case.id, shelf.firm.investigator.id)
    assert (file.uploaded_at, file.filed_at) == (clock(), clock())
    assert storage.path(file.sha256).read_bytes() == PDF + b"five nights"


def test_the_same_content_twice_is_two_files_and_one_content(shelf):
    first, second = shelf.upload("plate.jpg"), shelf.upload("again.jpg")
    assert first.id != second.id
    assert first.sha256 == second.sha256


def test_a_file_of_the_case_is_in_its_history_and_rings_its_pages(shelf, session):
    session.info.clear()
    shelf.upload("plate.jpg")
    newest = shelf.firm.history()[0]
    assert (newest.what, newest.about, newest.person_id) == ("file added", "plate.jpg", shelf.firm.investigator.id)
    assert session.info["rings"] == {bell.case(shelf.firm.case.id)}


def test_a_file_in_a_draft_is_nobody_elses_yet(shelf, session):
    session.info.clear()
    file = shelf.upload("plate.jpg", draft="new")
    assert file.filed_at is None
    assert shelf.firm.history() == []
    assert session.info.get("rings", set()) == set()


@pytest.mark.parametrize("draft", ["", "new"])
@pytest.mark.parametrize("name", WHO_MAY)
def test_whoever_works_the_case_and_may_upload_does(shelf, name, draft):
    assert shelf.upload(by=getattr(shelf.firm, name), draft=draft).uploaded_by.name.lower().startswith(name)


@pytest.mark.parametrize("draft", ["", "new"])
@pytest.mark.parametrize(("name", "refusal"), WHO_MAY_NOT)
def test_nobody_else_uploads_anything(shelf, session, name, refusal, draft):
    person = getattr(shelf.firm, name)
    for size in (1, 0, None, 10**12):
        with pytest.raises(refusal):
            require_upload(session, CASE, size, draft=draft, by=person)
    with pytest.raises(refusal):
        take_in(session, CASE, "plate.jpg", storage.keep(JPEG), draft=draft, by=person)
    assert session.exec(select(File)).all() == []


def test_a_case_that_is_not_theirs_is_refused_like_one_that_does_not_exist(shelf, session):
    told = set()
    for number in (CASE, "2026-9999", "", "2026-0142\0"):
        with pytest.raises(NotFound) as refusal:
            require_upload(session, number, 1, by=shelf.firm.colleague)
        told.add((str(refusal.value), refusal.value.status))
    assert told == {("This does not exist, or you may not see it.", 404)}


def test_whoever_leaves_the_case_uploads_no_more(shelf, session, clock):
    shelf.firm.investigators_assignment.ended_at = clock()
    session.flush()
    with pytest.raises(NotFound):
        require_upload(session, CASE, 1, by=shelf.firm.investigator)


@pytest.mark.parametrize("facts", [{"access_level": AccessLevel.DISABLED}, {"role": None}])
def test_nobody_uploads_without_access_or_permission(shelf, session, facts):
    person = shelf.firm.person("Night Desk", roles.INVESTIGATOR)
    shelf.firm.assign(person, Group.INVESTIGATOR)
    require_upload(session, CASE, 1, by=person)
    for name, value in facts.items():
        setattr(person, name, value or shelf.firm.roles[roles.CLIENT_CONTACT])
    session.flush()
    with pytest.raises((NotFound, NotPermitted)):
        require_upload(session, CASE, 1, by=person)


@pytest.mark.parametrize("size", [1, 999, 1_000])
def test_a_file_up_to_the_limit_is_taken(shelf, session, set_to, size):
    set_to(largest_file=1_000)
    require_upload(session, CASE, size, by=shelf.firm.investigator)
    assert take_in(session, CASE, "note.txt", of_size(size), by=shelf.firm.investigator).size == size


def test_a_larger_file_is_refused_before_and_after_it_is_read(shelf, session, set_to):
    set_to(largest_file=1_000)
    for refused in (
        lambda: require_upload(session, CASE, 1_001, by=shelf.firm.investigator),
        lambda: take_in(session, CASE, "note.txt", of_size(1_001), by=shelf.firm.investigator),
    ):
        with pytest.raises(
            TooLarge, match=r"^A file may have at most 1\.0 kB\. Split it, or send it another way\.$"
        ) as r:
            refused()
        assert r.value.status == 413


def test_an_empty_file_is_refused(shelf, session):
    for refused in (
        lambda: require_upload(session, CASE, 0, by=shelf.firm.investigator),
        lambda: take_in(session, CASE, "note.txt", of_size(0), by=shelf.firm.investigator),
    ):
        with pytest.raises(Invalid, match=r"^This file is empty\.$"):
            refused()


def test_an_upload_that_does_not_say_its_length_is_refused(shelf, session):
    with pytest.raises(NoLength, match=r"^The upload does not say how large it is\.") as refusal:
        require_upload(session, CASE, None, by=shelf.firm.investigator)
    assert refusal.value.status == 411


@pytest.mark.parametrize("draft", ["", "new"])
def test_a_file_that_is_not_what_it_says_is_written_down_nowhere(shelf, session, draft):
    with pytest.raises(NotWhatItSays, match=r"^“plate\.jpg” is a web page inside"):
        shelf.upload("plate.jpg", b"<script>alert(1)</script>", draft=draft)
    assert session.exec(select(File)).all() == session.exec(select(DraftFile)).all() == []
    assert files_of_case(session, CASE, by=shelf.firm.investigator) == []
    assert drafting.files_in_editor(session, CASE, "new", by=shelf.firm.investigator) == []


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1_000, "1.0 kB"), (1_449, "1.4 kB"), (9_949, "9.9 kB"),
        (9_950, "10 kB"), (812_400, "812 kB"), (1_000_000, "1.0 MB"), (18_000_000, "18 MB"), (640_000_000, "640 MB"),
        (2_148_000_000, "2.1 GB"), (10**13, "10,000 GB"),
    ],
)  # fmt: skip
def test_a_size_is_said_as_people_read_it(size, words):
    assert said(size) == words
