"""The list of people."""

import pytest
from sqlalchemy import event

from caseupdates.people import listing
from caseupdates.people.listing import Filter, Who
from caseupdates.people.models import EmailAlias, PersonKind
from caseupdates.refusals import NotFound, NotPermitted

EMPLOYEES = ["Administrator A.", "Colleague S.", "Investigator R.", "Manager G."]
CONTACTS = ["Client C.", "Outsider O.", "Partner C."]


def names(session, firm, text="", **wanted):
    return [each.name for each in listing.search(session, Filter(text, **wanted), by=firm.administrator)]


def test_everybody_by_name_whatever_its_case(session, firm):
    firm.partner.name = "alice partner"
    assert names(session, firm) == [
        "Administrator A.",
        "alice partner",
        *sorted([*EMPLOYEES[1:], "Client C.", "Outsider O."]),
    ]


@pytest.mark.parametrize(("who", "found"), [(Who.EMPLOYEES, EMPLOYEES), (Who.CONTACTS, CONTACTS)])
def test_only_employees_or_only_contacts(session, firm, who, found):
    firm.partner.kind = PersonKind.VENDOR_CONTACT
    assert names(session, firm, who=who) == found


def test_the_archived_are_apart(session, firm, clock):
    firm.client.archived_at = clock()
    assert "Client C." not in names(session, firm)
    assert names(session, firm, is_archived=True) == ["Client C."]
    assert names(session, firm, is_archived=True, who=Who.EMPLOYEES) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("client c", ["Client C."]), ("OUTSIDER@", ["Outsider O."]), ("harbour", ["Outsider O."]),
        ("meridian part", ["Partner C."]), ("c.c@", ["Client C."]), ("  ", sorted(EMPLOYEES + CONTACTS)), ("nobody", []),
        ("%", []), ("_", []), ("meridian manager", []),
    ],
)  # fmt: skip
def test_every_word_is_found_in_name_address_alias_or_client(session, firm, text, found):
    session.add(EmailAlias(person_id=firm.client.id, address="c.c@elsewhere.example"))
    assert names(session, firm, text) == found


def test_the_list_comes_in_pages(session, firm):
    for number in range(60):
        firm.person(f"Number{number:02} N.", "Investigator", email=None)
    assert len(listing.search(session, Filter(), by=firm.administrator)) == listing.PAGE == 50
    assert len(listing.search(session, Filter(), by=firm.administrator, limit=100)) == 67


def test_a_long_list_takes_no_query_per_person(session, firm):
    for number in range(40):
        firm.contact(f"Number{number} N.", firm.meridian, email=None)
    session.expire_all()
    asked = []
    connection = session.connection()
    event.listen(connection, "before_cursor_execute", lambda *_: asked.append(1))
    by = firm.administrator
    assert by.name
    asked.clear()
    for person in listing.search(session, Filter(), by=by):
        assert person.role.permissions is not None
        assert person.client or person.is_employee
    assert len(asked) <= 3


@pytest.mark.parametrize("who", ["manager", "investigator", "client", "outsider"])
def test_only_who_manages_settings_looks(session, firm, who):
    by = getattr(firm, who)
    with pytest.raises(NotPermitted):
        listing.search(session, Filter(), by=by)
    for person_id in (by.id, 999_999):
        with pytest.raises(NotPermitted):
            listing.person_numbered(session, person_id, by=by)


def test_one_person_is_found_by_number_or_not_at_all(session, firm):
    assert listing.person_numbered(session, firm.client.id, by=firm.administrator) == firm.client
    with pytest.raises(NotFound):
        listing.person_numbered(session, 999_999, by=firm.administrator)
