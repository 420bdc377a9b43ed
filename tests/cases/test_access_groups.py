"""Access groups as the firm makes them."""

import pytest
from sqlmodel import select

from caseupdates import bell
from caseupdates.cases import access_groups
from caseupdates.cases.access_groups import Admitted, Rules, StillUsed
from caseupdates.cases.models import AccessGroup
from caseupdates.cases.settings.access_groups.rows import page
from caseupdates.database import writing
from caseupdates.history.models import Event
from caseupdates.notifications.listing import newest
from caseupdates.people import granting
from caseupdates.people.names import Taken
from caseupdates.refusals import Invalid, NotFound, NotPermitted
from caseupdates.updates import drafts, feed
from caseupdates.updates.writing import write
from tests.together import together


def rules(firm, name="Office notes", roles=("Administrator", "Investigator"), **options):
    return Rules(name, [firm.roles[each].id for each in roles], **options)


def add(session, firm, name="Office notes", **options):
    return access_groups.add(session, rules(firm, name, **options), by=firm.administrator)


def change(session, firm, group, *, name="", roles=(), **options):
    chosen = rules(firm, name or group.name, roles or [role.name for role in group.roles], **options)
    return access_groups.change(session, group.id, chosen, by=firm.administrator)


def history(session):
    session.flush()
    return [(each.what, each.about) for each in session.exec(select(Event).order_by(Event.id))]


def sees(session, person, revision):
    return feed.is_shown(session, revision.update_id, to=person)


def test_a_new_group_has_the_rules_that_were_chosen(session, firm):
    group = add(session, firm, needs_validation=False, moves_last_update=False)
    assert ({role.name for role in group.roles}, group.needs_validation, group.moves_last_update) == (
        {"Administrator", "Investigator"}, False, False,
    )  # fmt: skip
    assert history(session) == [
        ("access group added",
         "Office notes · seen by Administrator and Investigator; no validation needed; does not move “Last update”")
    ]  # fmt: skip
    assert session.info["rings"] == {bell.SETTINGS, bell.CASES}


def test_groups_are_listed_by_name_whatever_its_case(session, firm):
    add(session, firm, "office notes")
    names = [group.name for group in access_groups.access_groups(session, by=firm.administrator)]
    assert names == ["office notes", "Public", "Staff only"]


def test_whoever_is_unticked_loses_sight_at_once_and_whoever_is_ticked_gains_it(session, firm):
    revision = firm.update(group=firm.public)
    assert sees(session, firm.client, revision)
    change(session, firm, firm.public, roles=("Administrator", "Case Manager"))
    assert not sees(session, firm.client, revision)
    assert not sees(session, firm.investigator, revision)
    change(session, firm, firm.public, roles=("Case Manager", "Client Contact"))
    assert sees(session, firm.client, revision)


def test_a_contact_who_gains_a_group_still_sees_nothing_that_waits(session, firm):
    waiting = firm.update(group=firm.staff_only, validated=False)
    change(session, firm, firm.staff_only, roles=tuple(firm.roles))
    assert not sees(session, firm.client, waiting)


def test_what_was_sent_stays_with_its_recipient(session, firm):
    sending = firm.send(firm.update(group=firm.public), [firm.client])
    change(session, firm, firm.public, roles=("Administrator", "Case Manager"))
    [notice] = newest(session, by=firm.client)
    assert (notice.title, notice.withdrawn_at, sending.recalled_at) == ("Night two", None, None)


def test_a_change_is_written_down_with_both_names(session, firm):
    change(session, firm, firm.staff_only, name="Office notes", needs_validation=False)
    [(what, about)] = history(session)
    assert what == "access group changed"
    assert about.startswith("Office notes, before “Staff only” · seen by Administrator, Case Manager and Investigator")


def test_saving_a_group_as_it_is_writes_nothing(session, firm):
    change(session, firm, firm.public)
    assert history(session) == []
    assert "rings" not in session.info


@pytest.mark.parametrize("roles", [(), ("Client Contact",)])
def test_somebody_of_the_firm_must_see_a_group(session, firm, roles):
    with pytest.raises(Invalid, match="at least one role that somebody of the firm holds"):
        access_groups.add(session, rules(firm, roles=roles), by=firm.administrator)
    with pytest.raises(Invalid, match="at least one role"):
        access_groups.change(session, firm.public.id, rules(firm, "Public", roles), by=firm.administrator)
    assert len(firm.public.roles) == 4


def test_a_role_held_only_by_somebody_archived_or_made_up_does_not_count(session, firm):
    firm.manager.archived_at = firm.manager.created_at
    with pytest.raises(Invalid, match="at least one role"):
        add(session, firm, roles=("Case Manager", "Client Contact"))
    with pytest.raises(Invalid, match="at least one role"):
        access_groups.add(session, Rules("Void", [0, -1, 404]), by=firm.administrator)


@pytest.mark.parametrize("twin", ["public", " PUBLIC ", "Public", "staff  ONLY"])
def test_no_two_groups_have_one_name(session, firm, twin):
    with pytest.raises(Taken):
        add(session, firm, twin)
    other = add(session, firm)
    with pytest.raises(Taken):
        change(session, firm, other, name=twin)
    assert other.name == "Office notes"


def test_a_group_nothing_was_written_in_is_removed(session, firm):
    group = add(session, firm)
    access_groups.remove(session, group.id, by=firm.administrator)
    assert session.exec(select(AccessGroup).where(AccessGroup.name == "Office notes")).first() is None
    assert history(session)[-1] == ("access group removed", "Office notes")


def test_a_group_with_updates_stays_with_its_roles(session, firm):
    revision = firm.update(group=firm.public)
    firm.edit(revision, group=firm.staff_only)  # an older text in it is enough
    with pytest.raises(StillUsed, match="Updates or drafts are in “Public”, so it stays"):
        access_groups.remove(session, firm.public.id, by=firm.administrator)
    session.refresh(firm.public, ["roles"])
    assert len(firm.public.roles) == 4


def test_a_group_somebody_is_writing_in_stays(session, firm):
    group = add(session, firm)
    drafts.keep(session, firm.case.number, "new", firm.text(group=group), by=firm.investigator)
    with pytest.raises(StillUsed):
        access_groups.remove(session, group.id, by=firm.administrator)


def test_a_role_that_a_group_admits_stays_until_it_is_taken_out(session, firm):
    desk = granting.add(session, "Night desk", set(), by=firm.administrator)
    firm.public.roles = [*firm.public.roles, desk]
    session.flush()
    with pytest.raises(Admitted, match="“Night desk” sees the updates of “Public”, so it stays"):
        access_groups.remove_role(session, desk.id, by=firm.administrator)
    change(session, firm, firm.public, roles=("Administrator",))
    access_groups.remove_role(session, desk.id, by=firm.administrator)
    assert "Night desk" not in [held.role.name for held in granting.overview(session, by=firm.administrator)]


@pytest.mark.parametrize("made_up", [0, -1, 404])
def test_a_group_that_is_not_there_is_not_found(session, firm, made_up):
    with pytest.raises(NotFound):
        access_groups.change(session, made_up, rules(firm), by=firm.administrator)
    with pytest.raises(NotFound):
        access_groups.remove(session, made_up, by=firm.administrator)


@pytest.mark.parametrize("name", ["manager", "investigator", "client", "outsider"])
def test_only_who_manages_settings_sees_or_changes_groups(session, firm, name):
    person = getattr(firm, name)
    acts = [
        lambda: access_groups.access_groups(session, by=person),
        lambda: page(session, by=person),
        lambda: access_groups.add(session, rules(firm), by=person),
        lambda: access_groups.change(session, firm.staff_only.id, rules(firm, roles=tuple(firm.roles)), by=person),
        lambda: access_groups.remove(session, firm.staff_only.id, by=person),
        lambda: access_groups.remove(session, 404, by=person),
        lambda: access_groups.remove_role(session, person.role_id, by=person),
    ]
    for act in acts:
        with pytest.raises(NotPermitted):
            act()
    assert len(firm.staff_only.roles) == 3


def test_of_two_adding_one_name_at_once_the_second_is_told(standing):
    standing.manager.role = standing.administrator.role
    chosen = rules(standing)

    def add_as(person):
        with writing() as session:
            return access_groups.add(session, chosen, by=person).name

    answers = together(lambda: add_as(standing.administrator), lambda: add_as(standing.manager))
    assert sorted(map(type, answers), key=str) == [Taken, str]


def test_of_a_writer_and_a_remover_at_once_one_is_refused(standing):
    """Never an update in a group that is gone, nor an error nobody understands."""
    with writing() as session:
        group = access_groups.add(session, rules(standing), by=standing.administrator)

    def save():
        with writing() as session:
            return write(session, standing.case.number, standing.text(group=group), by=standing.investigator).id

    def remove():
        with writing() as session:
            return access_groups.remove(session, group.id, by=standing.administrator)

    answers = together(save, remove)
    [refused] = [each for each in answers if isinstance(each, Exception)]
    assert isinstance(refused, StillUsed) or "choose an access group" in str(refused)


def test_a_row_says_who_sees_a_group_and_what_it_takes(session, firm):
    firm.update(group=firm.public)
    firm.staff_only.needs_validation, firm.staff_only.moves_last_update = False, False
    [public, staff] = page(session, by=firm.administrator).groups
    assert public.seen == "Seen by Administrator, Case Manager, Investigator and Client Contact."
    assert public.rules == "Must be validated before it is sent. Moves “Last update”."
    assert (public.updates, staff.updates) == ("1 update", "0 updates")
    assert staff.rules == "Needs no validation: it can be sent as soon as it is saved. Does not move “Last update”."


def test_a_row_warns_where_contacts_see_what_nobody_validated(session, firm):
    firm.public.needs_validation = False
    [public, _] = page(session, by=firm.administrator).groups
    assert public.rules.startswith("Needs no validation: contacts on the case see it as soon as it is saved.")


def test_a_row_warns_where_nobody_could_ever_validate(session, firm):
    change(session, firm, firm.public, roles=("Investigator",))
    troubles = {row.name: row.trouble for row in page(session, by=firm.administrator).groups}
    assert troubles == {"Public": "Nobody who may validate sees it", "Staff only": ""}
    change(session, firm, firm.public, needs_validation=False)
    assert page(session, by=firm.administrator).groups[0].trouble == ""


def test_a_form_begins_with_the_boxes_as_they_are(session, firm):
    found = page(session, by=firm.administrator)
    ticked = {row.name: [box.label for box in row.boxes if box.is_ticked] for row in [*found.groups, found.new]}
    assert ticked["Staff only"] == ["Administrator", "Case Manager", "Investigator"]
    assert (ticked[""], found.new.needs_validation, found.new.moves_last_update) == ([], True, True)
    assert found.new.boxes[-1].says == "3 people, contacts among them"
