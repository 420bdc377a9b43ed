"""Adding people and changing them."""

import pytest

from caseupdates import bell, clock
from caseupdates.people import invitations, sessions
from caseupdates.people.addresses import AddressInUse
from caseupdates.people.details import NeedsAddress, add, change
from caseupdates.people.models import (
    AccessLevel,
    Client,
    EmailAlias,
    Permission,
    PersonKind,
    Role,
    RolePermission,
)
from caseupdates.people.roles import NotForContacts
from caseupdates.refusals import Invalid, NotFound, NotPermitted, NotSignedIn
from tests.people.conftest import details, written

CONTACTS = [PersonKind.CLIENT_CONTACT, PersonKind.AFFILIATE_CONTACT, PersonKind.VENDOR_CONTACT]


@pytest.fixture
def nora(firm):
    """What the form of a new investigator holds."""
    return details(firm.investigator, name="Nora New", email="Nora@Example.com")


@pytest.fixture
def contact(firm):
    """What the form of a new contact of the case's client holds."""
    return details(firm.client, name="Carl Contact", email="carl@example.com")


def test_a_new_person_has_what_was_typed_and_cannot_sign_in_yet(session, firm, clock, nora):
    person = add(session, nora, by=firm.administrator)
    assert (person.name, person.email, person.kind) == ("Nora New", "nora@example.com", PersonKind.EMPLOYEE)
    assert (person.role.name, person.access_level, person.client) == ("Investigator", AccessLevel.LIMITED, None)
    assert (person.created_at, person.is_active, person.can_sign_in) == (clock(), True, False)


def test_adding_is_written_down_and_rings(session, firm, nora):
    add(session, nora, by=firm.administrator)
    assert written(session) == [("Administrator A.", "person added", "Nora New, employee, nora@example.com")]
    assert bell.SETTINGS in session.info["rings"]


@pytest.mark.parametrize("who", ["manager", "investigator", "client", "outsider"])
def test_only_who_manages_settings_adds_and_changes(session, firm, nora, who):
    by = getattr(firm, who)
    with pytest.raises(NotPermitted):
        add(session, nora, by=by)
    for person in (firm.client, by):
        with pytest.raises(NotPermitted):
            change(session, person.id, details(person, name="Else"), by=by)
    assert written(session) == []


@pytest.mark.parametrize(("typed", "kept"), [("x", "x"), ("x" * 100, "x" * 100), ("  Nora \n\t New\u2028", "Nora New")])
def test_a_name_has_one_to_a_hundred_characters_in_one_line(session, firm, nora, typed, kept):
    assert add(session, details(nora, name=typed), by=firm.administrator).name == kept


@pytest.mark.parametrize("typed", ["", "   ", "\u2028", "\x07", "x" * 101])
def test_any_other_name_is_refused(session, firm, nora, typed):
    with pytest.raises(Invalid, match="name of 1 to 100 characters"):
        add(session, details(nora, name=typed), by=firm.administrator)


@pytest.mark.parametrize("typed", ["", "   "])
def test_somebody_may_have_no_address_and_so_may_the_next(session, firm, contact, typed):
    for name in ("First", "Second"):
        assert add(session, details(contact, name=name, email=typed), by=firm.administrator).email is None


def test_what_is_no_address_is_refused(session, firm, nora):
    with pytest.raises(Invalid, match="not an email address"):
        add(session, details(nora, email="nora at example"), by=firm.administrator)


@pytest.mark.parametrize("typed", ["client@example.com", " CLIENT@example.com", "c.c@example.com", "C.C@EXAMPLE.COM"])
def test_an_address_or_alias_of_somebody_is_refused_by_their_name(session, firm, nora, typed):
    session.add(EmailAlias(person_id=firm.client.id, address="c.c@example.com"))
    for refused in (
        lambda: add(session, details(nora, email=typed), by=firm.administrator),
        lambda: change(session, firm.outsider.id, details(firm.outsider, email=typed), by=firm.administrator),
    ):
        with pytest.raises(AddressInUse, match=r"Client C\. already has the address") as refusal:
            refused()
        assert refusal.value.status == 409


def test_an_archived_person_keeps_their_address(session, firm, nora):
    firm.client.archived_at = clock.now()
    with pytest.raises(AddressInUse, match=r"Client C\., who is archived, already has"):
        add(session, details(nora, email="client@example.com"), by=firm.administrator)


@pytest.mark.parametrize("kind", CONTACTS)
@pytest.mark.parametrize("role", ["Administrator", "Case Manager", "Investigator"])
def test_a_contact_gets_no_role_that_could_harm(session, firm, contact, kind, role):
    with pytest.raises(NotForContacts, match="Contacts may only create updates and upload files"):
        add(session, details(contact, kind=kind, role_id=firm.roles[role].id), by=firm.administrator)


@pytest.mark.parametrize("kind", CONTACTS)
def test_a_contact_may_create_updates_and_upload_files(session, firm, contact, kind):
    writes = [Permission.CREATE_UPDATES, Permission.UPLOAD_FILES]
    session.add(
        role := Role(name="Correspondent", grants=[RolePermission(role_id=0, permission=each) for each in writes])
    )
    session.flush()
    person = add(session, details(contact, kind=kind, role_id=role.id), by=firm.administrator)
    assert person.may(Permission.UPLOAD_FILES)


@pytest.mark.parametrize("kind", CONTACTS)
def test_an_employee_becomes_a_contact_only_with_a_role_that_fits(session, firm, kind):
    given = details(firm.investigator, kind=kind, client_id=firm.meridian.id)
    with pytest.raises(NotForContacts):
        change(session, firm.investigator.id, given, by=firm.administrator)
    fitting = details(given, role_id=firm.roles["Client Contact"].id)
    assert change(session, firm.investigator.id, fitting, by=firm.administrator).kind is kind


def test_a_client_contact_needs_a_client(session, firm, contact):
    for missing in (0, 999_999):
        with pytest.raises(Invalid, match="choose the client"):
            add(session, details(contact, client_id=missing), by=firm.administrator)


@pytest.mark.parametrize("kind", [PersonKind.AFFILIATE_CONTACT, PersonKind.VENDOR_CONTACT])
def test_another_contact_may_have_a_client_but_none_that_is_not_there(session, firm, contact, kind):
    assert add(session, details(contact, kind=kind, client_id=0), by=firm.administrator).client is None
    second = details(contact, kind=kind, email="")
    assert add(session, second, by=firm.administrator).client == firm.meridian
    with pytest.raises(Invalid, match="choose the client"):
        add(session, details(second, client_id=999_999), by=firm.administrator)


def test_an_employee_belongs_to_no_client(session, firm, nora):
    assert add(session, details(nora, client_id=firm.meridian.id), by=firm.administrator).client_id is None


def test_a_role_must_be_one(session, firm, nora):
    with pytest.raises(Invalid, match="choose a role"):
        add(session, details(nora, role_id=0), by=firm.administrator)


def test_a_change_is_taken_over_and_written_down_in_words(session, firm):
    session.add(client := Client(name="Quay & Sons"))
    session.flush()
    given = details(firm.client, name="Clara C.", client_id=client.id, access_level=AccessLevel.FULL)
    person = change(session, firm.client.id, given, by=firm.administrator)
    assert (person.name, person.client.name, person.access_level) == ("Clara C.", "Quay & Sons", AccessLevel.FULL)
    said = "Clara C.: name Client C. → Clara C., access level Limited → Full, client Meridian Freight Ltd → Quay & Sons"
    assert written(session) == [("Administrator A.", "person changed", said)]
    assert session.info["rings"] >= {bell.SETTINGS, bell.person(person.id)}


def test_a_change_of_nothing_is_none(session, firm):
    change(session, firm.client.id, details(firm.client, name=" Client  C. "), by=firm.administrator)
    assert written(session) == []


@pytest.mark.parametrize("missing", [0, 999_999])
def test_somebody_who_is_not_there_is_not_found(session, firm, missing):
    with pytest.raises(NotFound):
        change(session, missing, details(firm.client), by=firm.administrator)


def test_another_role_permits_and_forbids_at_once(session, firm):
    given = details(firm.investigator, role_id=firm.roles["Case Manager"].id)
    person = change(session, firm.investigator.id, given, by=firm.administrator)
    assert person.may(Permission.SEND_UPDATES)
    assert "role Investigator → Case Manager" in written(session)[0][2]


def test_a_new_address_has_not_bounced_and_withdraws_what_was_mailed_to_the_old(session, firm):
    invitation = invitations.invite(session, firm.client.id, by=firm.administrator)
    firm.client.bounced_at = clock.now()
    change(session, firm.client.id, details(firm.client, name="Clara"), by=firm.administrator)
    session.refresh(invitation)
    assert (firm.client.bounced_at, invitation.withdrawn_at) == (clock.now(), None)
    change(session, firm.client.id, details(firm.client, email="clara@example.com"), by=firm.administrator)
    session.refresh(invitation)
    assert (firm.client.bounced_at, invitation.withdrawn_at) == (None, clock.now())


def test_who_signs_in_keeps_an_address(session, firm):
    with pytest.raises(NeedsAddress, match="Type one, or set the access level to Disabled"):
        change(session, firm.client.id, details(firm.client, email=""), by=firm.administrator)
    disabled = details(firm.client, email="", access_level=AccessLevel.DISABLED)
    assert change(session, firm.client.id, disabled, by=firm.administrator).email is None
    assert change(session, firm.partner.id, details(firm.partner, email=""), by=firm.administrator).email is None


def test_disabling_ends_sessions_for_good_and_withdraws_invitations(session, firm):
    token = sessions.start(session, firm.client)
    invitation = invitations.invite(session, firm.client.id, by=firm.administrator)
    for level in (AccessLevel.DISABLED, AccessLevel.FULL):
        change(session, firm.client.id, details(firm.client, access_level=level), by=firm.administrator)
        with pytest.raises(NotSignedIn):
            sessions.person_of(session, token)
    session.refresh(invitation)
    assert invitation.withdrawn_at


def test_full_instead_of_limited_signs_nobody_out(session, firm):
    token = sessions.start(session, firm.client)
    change(session, firm.client.id, details(firm.client, access_level=AccessLevel.FULL), by=firm.administrator)
    assert sessions.person_of(session, token) == firm.client
