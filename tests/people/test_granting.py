"""Roles as the firm makes them."""

import pytest
from sqlmodel import select

from caseupdates import bell
from caseupdates.database import reading, writing
from caseupdates.history.models import Event
from caseupdates.people import granting
from caseupdates.people.administrators import LastAdministrator, OwnSettings
from caseupdates.people.meanings import MEANINGS
from caseupdates.people.models import AccessLevel, Permission, Role
from caseupdates.people.names import Taken
from caseupdates.people.role_refusals import HeldByContacts, StillHeld
from caseupdates.people.settings.roles.rows import role_rows
from caseupdates.refusals import Invalid, NotFound, NotPermitted
from tests.together import together

WRITES = {Permission.CREATE_UPDATES, Permission.UPLOAD_FILES}


def history(session):
    session.flush()
    return [(each.what, each.about) for each in session.exec(select(Event).order_by(Event.id))]


def change(session, firm, role, permissions, *, name="", by=None):
    return granting.change(session, role.id, name or role.name, permissions, by=by or firm.administrator)


def owner_role(session, firm):
    """A second role that manages settings, held by the manager."""
    role = granting.add(session, "Owner", {Permission.MANAGE_SETTINGS}, by=firm.administrator)
    firm.manager.role = role
    session.flush()
    return role


def test_roles_are_listed_the_ready_ones_first_with_how_many_hold_each(session, firm):
    granting.add(session, "Auditor", {Permission.VIEW_HISTORY}, by=firm.administrator)
    firm.partner.archived_at = firm.partner.created_at
    listed = [(held.role.name, held.people) for held in granting.overview(session, by=firm.administrator)]
    assert listed == [
        ("Administrator", 1), ("Case Manager", 1), ("Investigator", 2), ("Client Contact", 3), ("Auditor", 0),
    ]  # fmt: skip


def test_every_permission_is_explained():
    assert set(MEANINGS) == set(Permission)
    assert all(meaning.endswith(".") for meaning in MEANINGS.values())


def test_a_row_says_what_a_role_may_in_the_order_of_the_work(session, firm):
    rows = {row.name: row for row in role_rows(session, by=firm.administrator)}
    assert rows["Administrator"].says == "May do everything."
    assert rows["Investigator"].says == "May create updates, upload files and view history."
    assert rows["Client Contact"].says == "May look at what the access groups show, and nothing more."
    assert rows["Client Contact"].people == "3 people"
    [kept] = [box for row in rows.values() for box in row.boxes if box.is_kept]
    assert (kept.label, kept.is_ticked) == ("Manage settings", True)


def test_a_new_role_permits_what_was_ticked(session, firm):
    role = granting.add(session, " Night  desk ", WRITES, by=firm.administrator)
    assert (role.name, role.permissions) == ("Night desk", WRITES)
    assert history(session) == [("role added", "Night desk · may create updates and upload files")]


def test_a_change_holds_at_once_and_says_what_was_given_and_taken(session, firm):
    now = {Permission.CREATE_UPDATES, Permission.VALIDATE_UPDATES, Permission.UPLOAD_FILES}
    change(session, firm, firm.investigator.role, now)
    assert {each for each in Permission if firm.investigator.may(each)} == now
    assert history(session) == [("role changed", "Investigator · may now validate updates; may no longer view history")]


def test_the_open_pages_of_whoever_holds_it_look_again(session, firm):
    change(session, firm, firm.investigator.role, WRITES)
    assert session.info["rings"] == {
        bell.SETTINGS, bell.person(firm.investigator.id), bell.person(firm.colleague.id),
    }  # fmt: skip


def test_saving_a_role_as_it_is_writes_nothing(session, firm):
    change(session, firm, firm.investigator.role, firm.investigator.role.permissions)
    assert history(session) == []
    assert "rings" not in session.info


def test_a_role_of_the_firms_own_is_renamed(session, firm):
    role = granting.add(session, "Night desk", WRITES, by=firm.administrator)
    change(session, firm, role, WRITES, name="Evening desk")
    assert (role.name, role.permissions) == ("Evening desk", WRITES)
    assert history(session)[-1] == ("role changed", "Night desk · now “Evening desk”")


def test_a_ready_role_keeps_its_name(session, firm):
    with pytest.raises(Invalid, match="“Investigator” comes with the product and keeps its name"):
        change(session, firm, firm.investigator.role, WRITES, name="Detective")
    granting.change(
        session, firm.investigator.role.id, "", WRITES, by=firm.administrator
    )  # a closed field sends nothing
    assert firm.investigator.role.name == "Investigator"


@pytest.mark.parametrize("twin", ["investigator", " CASE  manager", "Night Desk"])
def test_no_two_roles_have_one_name(session, firm, twin):
    granting.add(session, "Night desk", WRITES, by=firm.administrator)
    other = granting.add(session, "Evening desk", WRITES, by=firm.administrator)
    with pytest.raises(Taken):
        granting.add(session, twin, WRITES, by=firm.administrator)
    with pytest.raises(Taken):
        change(session, firm, other, WRITES, name=twin)


def test_a_role_nobody_holds_is_removed(session, firm):
    role = granting.add(session, "Night desk", WRITES, by=firm.administrator)
    granting.remove(session, role.id, by=firm.administrator)
    assert session.exec(select(Role).where(Role.name == "Night desk")).first() is None
    assert history(session)[-1] == ("role removed", "Night desk")


@pytest.mark.parametrize("archived", [False, True])
def test_a_role_somebody_holds_stays_even_where_they_are_archived(session, firm, archived):
    role = granting.add(session, "Night desk", WRITES, by=firm.administrator)
    firm.colleague.role = role
    firm.colleague.archived_at = firm.colleague.created_at if archived else None
    session.flush()
    with pytest.raises(StillHeld, match=r"^One person holds “Night desk”"):
        granting.remove(session, role.id, by=firm.administrator)


def test_a_ready_role_stays(session, firm):
    firm.manager.role = firm.administrator.role
    session.flush()
    with pytest.raises(Invalid, match="“Case Manager” comes with the product and stays"):
        granting.remove(session, firm.roles["Case Manager"].id, by=firm.administrator)


def test_administrator_always_manages_settings(session, firm):
    owner_role(session, firm)
    with pytest.raises(Invalid, match="“Administrator” always keeps “manage settings”"):
        change(session, firm, firm.administrator.role, WRITES, by=firm.manager)
    change(session, firm, firm.administrator.role, {Permission.MANAGE_SETTINGS}, by=firm.manager)
    assert firm.administrator.role.permissions == {Permission.MANAGE_SETTINGS}


def test_nobody_takes_their_own_settings_away(session, firm):
    owner = owner_role(session, firm)
    with pytest.raises(OwnSettings, match="shut yourself out"):
        change(session, firm, owner, set(), by=firm.manager)


@pytest.mark.parametrize(
    "fact", [{"password_hash": None}, {"access_level": AccessLevel.DISABLED}, {"archived_at": "created_at"}]
)
def test_the_last_who_can_sign_in_and_manage_settings_stays(session, firm, fact):
    """Whoever else holds such a role but cannot use it does not count."""
    owner, deputy = (
        owner_role(session, firm),
        granting.add(session, "Deputy", {Permission.MANAGE_SETTINGS}, by=firm.administrator),
    )
    by, firm.administrator.role = firm.manager, deputy
    change(session, firm, deputy, set(), by=by)  # the manager is left
    change(session, firm, deputy, {Permission.MANAGE_SETTINGS}, by=by)
    for name, value in fact.items():
        setattr(firm.manager, name, getattr(firm.manager, value) if value == "created_at" else value)
    firm.colleague.role = firm.roles["Administrator"]  # asks for the change, and cannot sign in a second time
    firm.colleague.password_hash = None
    session.flush()
    with pytest.raises(LastAdministrator):
        change(session, firm, deputy, set(), by=firm.colleague)
    assert owner.permissions == {Permission.MANAGE_SETTINGS}


def test_a_role_that_contacts_hold_gets_nothing_of_the_firms_and_says_who_holds_it(session, firm):
    with pytest.raises(HeldByContacts) as refused:
        change(session, firm, firm.client.role, {Permission.CREATE_UPDATES, Permission.VIEW_HISTORY})
    assert str(refused.value) == (
        "Client C., Outsider O. and 1 other are contacts and hold “Client Contact”. "
        "A contact's role may only create updates and upload files."
    )
    change(session, firm, firm.client.role, WRITES)
    assert firm.client.may(Permission.CREATE_UPDATES)


def test_an_archived_contact_counts_too(session, firm):
    role = granting.add(session, "Counsel", set(), by=firm.administrator)
    firm.partner.role, firm.partner.archived_at = role, firm.partner.created_at
    session.flush()
    with pytest.raises(HeldByContacts, match=r"^Partner C\. is a contact and holds “Counsel”"):
        change(session, firm, role, {Permission.SEND_UPDATES})
    assert role.permissions == frozenset()


@pytest.mark.parametrize("made_up", [0, -1, 404])
def test_a_role_that_is_not_there_is_not_found(session, firm, made_up):
    with pytest.raises(NotFound):
        granting.change(session, made_up, "X", set(), by=firm.administrator)
    with pytest.raises(NotFound):
        granting.remove(session, made_up, by=firm.administrator)


@pytest.mark.parametrize("name", ["manager", "investigator", "client", "outsider"])
def test_only_who_manages_settings_sees_or_changes_roles(session, firm, name):
    person, own = getattr(firm, name), getattr(firm, name).role
    before = own.permissions
    acts = [
        lambda: granting.overview(session, by=person),
        lambda: granting.add(session, "Mine", set(Permission), by=person),
        lambda: granting.change(session, own.id, own.name, set(Permission), by=person),
        lambda: granting.remove(session, own.id, by=person),
        lambda: granting.remove(session, 404, by=person),
    ]
    for act in acts:
        with pytest.raises(NotPermitted):
            act()
    assert own.permissions == before


def test_of_two_who_take_each_others_settings_away_at_once_one_is_refused(standing):
    """Else nobody would be left to manage them."""
    with writing() as session:
        administrator, manager = session.merge(standing.administrator), session.merge(standing.manager)
        owner = granting.add(session, "Owner", {Permission.MANAGE_SETTINGS}, by=administrator)
        deputy = granting.add(session, "Deputy", {Permission.MANAGE_SETTINGS}, by=administrator)
        administrator.role, manager.role = owner, deputy
        ids = (owner.id, deputy.id, administrator.id, manager.id)

    def take(role_id, person_id):
        with writing() as session:
            by = session.get_one(type(standing.manager), person_id)
            return change(session, None, session.get_one(Role, role_id), set(), by=by).name

    answers = together(lambda: take(ids[1], ids[2]), lambda: take(ids[0], ids[3]))
    [refused] = [each for each in answers if isinstance(each, Exception)]
    assert isinstance(refused, LastAdministrator | NotPermitted)
    with reading() as session:
        managing = [role for role in session.exec(select(Role)) if Permission.MANAGE_SETTINGS in role.permissions]
        assert {role.name for role in managing} & {"Owner", "Deputy"}
