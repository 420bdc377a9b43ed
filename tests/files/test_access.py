"""Which files a person may have; everybody else is told that there is none."""

import pytest

from caseupdates.cases.models import AccessGroup, Group
from caseupdates.files import drafting
from caseupdates.files.access import PAGE, file_shown, files_of_case
from caseupdates.people.models import AccessLevel
from caseupdates.refusals import NotFound
from tests.files.shelf import CASE

EVERYBODY = {"administrator", "manager", "investigator", "colleague", "client", "partner", "outsider"}
STAFF = {"administrator", "manager", "investigator"}
CLIENTS = {"client", "partner"}


def filed(shelf):
    return shelf.upload("plate.jpg")


def with_an_update(shelf):
    return drafting.files_of(shelf.session, shelf.update("plate.jpg"))[0]


def with_an_unvalidated_update(shelf):
    return drafting.files_of(shelf.session, shelf.update("plate.jpg", validated=False))[0]


def with_a_staff_only_update(shelf):
    return drafting.files_of(shelf.session, shelf.update("plate.jpg", group=shelf.firm.staff_only))[0]


def in_a_draft(shelf):
    return shelf.upload("plate.jpg", draft="new")


def on_another_case(shelf):
    file = shelf.upload("plate.jpg")
    file.case_id = shelf.firm.other_case.id
    shelf.session.flush()
    return file


WHO_HAS_IT = [
    (filed, STAFF),
    (with_an_update, STAFF | CLIENTS),
    (with_an_unvalidated_update, STAFF),
    (with_a_staff_only_update, STAFF),
    (in_a_draft, {"investigator"}),
    (on_another_case, {"administrator", "manager"}),
]


def has(session, file_id, person):
    try:
        return file_shown(session, file_id, by=person).id == file_id
    except NotFound:
        return False


@pytest.mark.parametrize(("somewhere", "who"), WHO_HAS_IT)
def test_a_file_is_for_those_who_see_where_it_is(shelf, session, somewhere, who):
    file = somewhere(shelf)
    assert {name for name in EVERYBODY if has(session, file.id, getattr(shelf.firm, name))} == who


@pytest.mark.parametrize(("somewhere", "who"), WHO_HAS_IT)
def test_the_files_of_a_case_are_those_one_may_have_and_none_of_a_draft(shelf, session, somewhere, who):
    file, listed = somewhere(shelf), set()
    for name in EVERYBODY - {"colleague", "outsider"}:
        found = files_of_case(session, CASE, by=getattr(shelf.firm, name))
        assert found in ([], [file])
        listed |= {name} if found else set()
    assert listed == (set() if somewhere in (in_a_draft, on_another_case) else who)


@pytest.mark.parametrize("name", ["colleague", "outsider"])
def test_a_case_that_is_not_theirs_has_no_files(shelf, session, name):
    filed(shelf)
    for number in (CASE, "2026-9999"):
        with pytest.raises(NotFound):
            files_of_case(session, number, by=getattr(shelf.firm, name))


@pytest.mark.parametrize("made_up", [0, -1, 404, 2**31 - 1])
def test_a_made_up_file_is_not_found(shelf, session, made_up):
    assert not has(session, made_up, shelf.firm.administrator)


def test_an_edit_hides_a_new_file_from_clients_until_it_is_validated(shelf, session):
    edited = shelf.edit(shelf.update("a.jpg"), also=["b.jpg"])
    old, new = drafting.files_of(session, edited)
    assert (has(session, old.id, shelf.firm.client), has(session, new.id, shelf.firm.client)) == (True, False)
    shelf.firm.validate(edited)
    assert has(session, new.id, shelf.firm.client)


def test_a_file_left_out_is_gone_for_clients_once_the_edit_is_validated(shelf, session):
    revision = shelf.update("a.jpg")
    [file] = drafting.files_of(session, revision)
    edited = shelf.edit(revision, without=[file])
    assert has(session, file.id, shelf.firm.client)
    shelf.firm.validate(edited)
    assert not has(session, file.id, shelf.firm.client)


def test_a_file_put_into_somebodys_draft_of_an_edit_is_theirs_alone(shelf, session):
    revision = shelf.update("a.jpg")
    file = shelf.upload("b.jpg", draft=f"edit:{revision.update_id}:1")
    assert {name for name in EVERYBODY if has(session, file.id, getattr(shelf.firm, name))} == {"investigator"}


def test_whoever_leaves_the_case_has_none_of_its_files_not_even_in_a_draft(shelf, session, clock):
    files = [filed(shelf), with_an_update(shelf), in_a_draft(shelf)]
    assert all(has(session, each.id, shelf.firm.investigator) for each in files)
    shelf.firm.investigators_assignment.ended_at = clock()
    session.flush()
    assert not any(has(session, each.id, shelf.firm.investigator) for each in files)


@pytest.mark.parametrize("facts", [{"access_level": AccessLevel.DISABLED}, {"archived": True}])
@pytest.mark.parametrize("name", ["manager", "investigator", "client"])
def test_nobody_without_access_has_any(shelf, session, clock, name, facts):
    person = getattr(shelf.firm, name)
    files = [with_an_update(shelf), *([] if name == "client" else [filed(shelf), shelf.upload(draft="new", by=person)])]
    assert all(has(session, each.id, person) for each in files)
    person.access_level = facts.get("access_level", person.access_level)
    person.archived_at = clock() if "archived" in facts else None
    session.flush()
    assert not any(has(session, each.id, person) for each in files)


def test_an_access_group_that_is_not_ones_own_hides_the_files_from_staff_too(shelf, session):
    board = AccessGroup(name="Board", roles=[shelf.firm.roles["Administrator"]])
    session.add(board)
    session.flush()
    [file] = drafting.files_of(
        session, shelf.update("a.jpg", group=board, by=shelf.firm.administrator, validated=False)
    )
    assert {name for name in EVERYBODY if has(session, file.id, getattr(shelf.firm, name))} == {"administrator"}


def test_an_employee_among_the_client_contacts_is_still_an_employee(shelf, session):
    shelf.firm.assign(shelf.firm.colleague, Group.CLIENT_CONTACT)
    assert has(session, filed(shelf).id, shelf.firm.colleague)


def test_the_newest_file_comes_first_and_a_page_has_fifty(shelf, session):
    files = [shelf.upload(f"{number}.jpg") for number in range(PAGE + 1)]
    by = shelf.firm.investigator
    assert list(files_of_case(session, CASE, by=by)) == files[:0:-1]
    assert list(files_of_case(session, CASE, by=by, limit=PAGE + 1)) == files[::-1]
