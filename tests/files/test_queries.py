"""As many files as there are, the database is asked as often as for one."""

import pytest

from caseupdates.database import reading, writing
from caseupdates.files import drafting
from caseupdates.files.access import files_by_revision, files_of_case
from caseupdates.people import roles
from caseupdates.people.models import AccessLevel, Person
from tests.files.shelf import CASE, Shelf, counted


def of_the_revision(session, revision, by):
    return drafting.files_of(session, revision)


def by_revision(session, revision, by):
    return files_by_revision(session, [revision.id])[revision.id]


def of_the_case(session, revision, by):
    return files_of_case(session, CASE, by=by)


def in_an_editor(session, revision, by):
    return drafting.files_in_editor(session, CASE, f"edit:{revision.update_id}:1", by=by)


def in_a_draft(session, revision, by):
    return drafting.files_in_editor(session, CASE, "new", by=by)


def filled(session, firm, number):
    """An update with files, each by another person; they are filed on the case and wait in a draft as well."""
    firm.session, shelf = session, Shelf(session, firm)
    names = [f"P{number}.{each}" for each in range(number)]
    files = [shelf.upload(by=firm.person(each, roles.INVESTIGATOR, level=AccessLevel.FULL)) for each in names]
    revision = firm.update()
    drafting.attach(session, revision, files)
    for file in files:
        drafting.keep_in_draft(session, CASE, "new", file, by=firm.investigator)
    return revision


def cost(firm, look, name, *, number):
    """How often the database is asked for so many files and who brought them, by somebody who was just looked up."""
    with writing() as session:
        revision = filled(session, firm, number)
    with reading() as session, counted() as asked:
        found = look(session, revision, session.get_one(Person, getattr(firm, name).id))
        assert {each.uploaded_by.name for each in found} >= {f"P{number}.{each}" for each in range(number)}
    return len(asked)


@pytest.mark.parametrize(
    ("look", "name"),
    [
        (of_the_revision, "investigator"),
        (by_revision, "investigator"),
        (of_the_case, "investigator"),
        (of_the_case, "client"),
        (in_an_editor, "investigator"),
        (in_a_draft, "investigator"),
    ],
)
def test_for_twenty_files_the_database_is_asked_as_often_as_for_one(standing, set_to, look, name):
    set_to(files_per_update=21)
    assert cost(standing, look, name, number=20) == cost(standing, look, name, number=1)
