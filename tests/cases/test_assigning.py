"""Put people on a case, move them between its groups, take them off it again."""

import json

import pytest
from sqlmodel import select

from caseupdates import bell, clock
from caseupdates.cases.access import cases_of
from caseupdates.cases.assigning import Place, assign, end, make_primary, move
from caseupdates.cases.groups import OF_KIND, NotAssignable
from caseupdates.cases.listing import assignments
from caseupdates.cases.models import Assignment, Group
from caseupdates.delivery.models import Message
from caseupdates.history.models import Area, Event
from caseupdates.notifications import listing
from caseupdates.people import preferences
from caseupdates.people.models import AccessLevel, Kind, PersonKind
from caseupdates.refusals import Invalid, NotFound, NotPermitted
from caseupdates.settings import settings

CASE = "2026-0142"


def put(session, firm, person, group, *, primary=False, by=None, on=CASE):
    return assign(session, on, [Place(person.id, group, primary)], by=by or firm.manager)


def on_it(session, firm):
    """Who is on the case: name, group, and a star for the primary."""
    return {
        (each.person.name, f"{each.group}{'*' if each.is_primary else ''}") for each in assignments(session, firm.case)
    }


def the(session, firm, person):
    """The one assignment of a person to the case."""
    [found] = [each for each in assignments(session, firm.case) if each.person_id == person.id]
    return found


def lines(session):
    return [(e.what, e.about) for e in session.exec(select(Event).order_by(Event.id)) if e.area is Area.CASES]


def mails(session):
    return [json.loads(each.payload) for each in session.exec(select(Message).order_by(Message.id))]


def test_whoever_is_assigned_is_on_the_case_and_sees_it(session, firm, clock):
    [new] = put(session, firm, firm.colleague, Group.INVESTIGATOR)
    assert (new.person_id, new.group, new.is_primary, new.assigned_at) == (
        firm.colleague.id, Group.INVESTIGATOR, False, clock(),
    )  # fmt: skip
    assert session.exec(cases_of(firm.colleague)).all() == [firm.case]
    assert lines(session) == [("person assigned", "Colleague S. · Investigator")]
    assert {bell.case(firm.case.id), bell.CASES, bell.person(firm.colleague.id)} <= session.info["rings"]


def test_several_are_assigned_at_once_each_in_a_group_of_their_own(session, firm):
    new = firm.contact("New C.", firm.meridian)
    assign(
        session, CASE,
        [Place(firm.colleague.id, Group.SALESPERSON, True), Place(new.id, Group.CLIENT_CONTACT), Place(firm.administrator.id, Group.INVESTIGATOR)],
        by=firm.manager,
    )  # fmt: skip
    assert {
        ("Colleague S.", "Salesperson*"), ("New C.", "Client Contact"), ("Administrator A.", "Investigator"),
    } <= on_it(session, firm)  # fmt: skip


def test_they_are_told_and_mailed_where_to_look(session, firm):
    put(session, firm, firm.colleague, Group.ADDITIONAL_EMPLOYEE)
    [notice] = listing.newest(session, by=firm.colleague)
    assert (notice.kind, notice.title, notice.summary, notice.path, notice.actor_id) == (
        Kind.ASSIGNED, "You were assigned to 2026-0142 as Additional Employee", "Warehouse losses, Quay Street",
        "/cases/2026-0142", firm.manager.id,
    )  # fmt: skip
    [mail] = mails(session)
    assert (mail["to"], mail["subject"]) == (["colleague@example.com"], notice.title)
    assert settings().url("/cases/2026-0142") in mail["text"]


def test_each_is_told_of_their_own_group(session, firm):
    assign(
        session, CASE, [Place(firm.colleague.id, Group.SALESPERSON), Place(firm.administrator.id, Group.INVESTIGATOR)],
        by=firm.manager,
    )  # fmt: skip
    assert listing.newest(session, by=firm.colleague)[0].title.endswith("as Salesperson")
    assert listing.newest(session, by=firm.administrator)[0].title.endswith("as Investigator")


def test_nobody_is_told_of_assigning_themselves(session, firm):
    put(session, firm, firm.manager, Group.INVESTIGATOR)
    assert listing.unread(session, by=firm.manager) == 0
    assert mails(session) == []


def test_whoever_cannot_sign_in_gets_the_notification_and_no_mail(session, firm):
    firm.contact("Silent C.", firm.meridian, password_hash=None)
    silent = firm.contact("Paralegal P.", firm.meridian, password_hash=None)
    put(session, firm, silent, Group.CLIENT_CONTACT)
    assert listing.unread(session, by=silent) == 1
    assert mails(session) == []


def test_a_contact_who_can_sign_in_is_mailed(session, firm):
    put(session, firm, firm.contact("Paralegal P.", firm.meridian), Group.CLIENT_CONTACT)
    assert [mail["to"] for mail in mails(session)] == [["paralegal@example.com"]]


def test_whoever_wants_no_mail_about_assignments_gets_none(session, firm):
    preferences.choose(session, Kind.ASSIGNED, email=False, by=firm.colleague)
    put(session, firm, firm.colleague, Group.INVESTIGATOR)
    assert listing.unread(session, by=firm.colleague) == 1
    assert mails(session) == []


def test_whoever_is_in_the_group_already_stays_as_they_are_and_is_not_told_again(session, firm):
    before = on_it(session, firm)
    assert put(session, firm, firm.investigator, Group.INVESTIGATOR) == []
    assert on_it(session, firm) == before
    assert listing.unread(session, by=firm.investigator) == 0
    assert lines(session) == []


def test_the_same_place_chosen_twice_is_one(session, firm):
    twice = [Place(firm.colleague.id, Group.INVESTIGATOR)] * 2
    assert len(assign(session, CASE, twice, by=firm.manager)) == 1


def test_somebody_may_be_on_a_case_in_two_groups_and_again_after_the_end(session, firm):
    put(session, firm, firm.investigator, Group.CASE_MANAGER)
    end(session, firm.investigators_assignment.id, by=firm.manager)
    assert [each.group for each in assignments(session, firm.case) if each.person_id == firm.investigator.id] == [
        Group.CASE_MANAGER
    ]
    put(session, firm, firm.investigator, Group.INVESTIGATOR)
    assert ("Investigator R.", "Investigator") in on_it(session, firm)


def test_nobody_chosen_is_refused(session, firm):
    with pytest.raises(Invalid, match="Choose at least one person"):
        assign(session, CASE, [], by=firm.manager)


KINDS = [(kind, group) for kind in PersonKind for group in Group]


@pytest.mark.parametrize(("kind", "group"), KINDS, ids=lambda each: str(each))
def test_contacts_fit_their_own_group_and_employees_those_of_employees(session, firm, kind, group):
    client = firm.meridian if kind is PersonKind.CLIENT_CONTACT else None
    person = firm._person("Somebody S.", "Investigator", kind=kind, client=client)
    if group in OF_KIND[kind]:
        assert put(session, firm, person, group)
    else:
        with pytest.raises(NotAssignable) as refused:
            put(session, firm, person, group)
        assert str(refused.value).startswith(
            f"Somebody S. cannot be assigned: a{'n' if kind[0] in 'ae' else ''} {kind} is no"
        )
        assert ("Somebody S.", str(group)) not in on_it(session, firm)


@pytest.mark.parametrize("facts", [{}, {"archived_at": clock.now()}, {"access_level": AccessLevel.DISABLED}])
def test_another_clients_contact_is_refused_like_somebody_who_does_not_exist(session, firm, facts):
    for name, value in facts.items():
        setattr(firm.outsider, name, value)
    said = set()
    for person_id in (firm.outsider.id, 999_999, 0, -1):
        with pytest.raises(NotAssignable) as refused:
            assign(session, CASE, [Place(person_id, Group.CLIENT_CONTACT)], by=firm.manager)
        said.add((str(refused.value), refused.value.person))
    assert len(said) == 1
    assert "Outsider" not in said.pop()[0]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"access_level": AccessLevel.DISABLED}, "Colleague S. cannot be assigned: their access level is Disabled."),
        ({"archived_at": clock.now()}, "Colleague S. cannot be assigned: they are archived."),
    ],
)
def test_whoever_is_disabled_or_archived_is_refused_with_the_reason_and_nobody_else_is_assigned(
    session, firm, facts, said
):
    for name, value in facts.items():
        setattr(firm.colleague, name, value)
    with pytest.raises(NotAssignable) as refused, session.begin_nested():
        assign(
            session, CASE, [Place(firm.administrator.id, Group.INVESTIGATOR), Place(firm.colleague.id, Group.INVESTIGATOR)],
            by=firm.manager,
        )  # fmt: skip
    assert str(refused.value) == said
    assert "Administrator A." not in {name for name, _ in on_it(session, firm)}


def test_a_group_has_one_primary_and_a_new_one_takes_the_place(session, firm):
    put(session, firm, firm.colleague, Group.INVESTIGATOR, primary=True)
    assert {("Colleague S.", "Investigator*"), ("Investigator R.", "Investigator")} <= on_it(session, firm)
    make_primary(session, firm.investigators_assignment.id, by=firm.manager)
    assert {("Colleague S.", "Investigator"), ("Investigator R.", "Investigator*")} <= on_it(session, firm)
    assert lines(session)[-1] == ("primary chosen", "Investigator R. · Investigator")


def test_another_primary_leaves_other_groups_and_other_cases_alone(session, firm):
    there = firm.assign(firm.colleague, Group.INVESTIGATOR, case=firm.other_case, is_primary=True)
    here = put(session, firm, firm.colleague, Group.INVESTIGATOR, primary=True)
    assert here[0].is_primary
    assert session.get_one(Assignment, there.id).is_primary
    assert {("Client C.", "Client Contact*"), ("Manager G.", "Case Manager*")} <= on_it(session, firm)


def test_whoever_is_primary_already_stays_it_without_a_line(session, firm):
    make_primary(session, firm.investigators_assignment.id, by=firm.manager)
    assert lines(session) == []


def test_an_ended_primary_stays_what_it_was_in_the_past(session, firm):
    end(session, firm.investigators_assignment.id, by=firm.manager)
    put(session, firm, firm.investigator, Group.INVESTIGATOR)
    assert ("Investigator R.", "Investigator") in on_it(session, firm)


def test_somebody_is_moved_to_another_group_where_they_are_not_primary(session, firm):
    moved = move(session, firm.investigators_assignment.id, Group.SALESPERSON, by=firm.manager)
    assert (moved.group, moved.is_primary) == (Group.SALESPERSON, False)
    assert lines(session) == [("group changed", "Investigator R. · Investigator → Salesperson")]
    assert session.info["rings"] == {bell.case(firm.case.id), bell.CASES}


def test_moving_to_the_same_group_changes_nothing(session, firm):
    assert move(session, firm.investigators_assignment.id, Group.INVESTIGATOR, by=firm.manager).is_primary
    assert lines(session) == []


def test_nobody_is_moved_where_they_do_not_fit_or_are_already(session, firm):
    for person, group in ((firm.client, Group.INVESTIGATOR), (firm.investigator, Group.CLIENT_CONTACT)):
        with pytest.raises(NotAssignable, match="is no"):
            move(session, the(session, firm, person).id, group, by=firm.manager)
    put(session, firm, firm.investigator, Group.SALESPERSON)
    with pytest.raises(NotAssignable, match="on this case as Salesperson already"):
        move(session, firm.investigators_assignment.id, Group.SALESPERSON, by=firm.manager)


def test_whoever_is_removed_no_longer_sees_the_case(session, firm, clock):
    ended = end(session, firm.investigators_assignment.id, by=firm.manager)
    assert ended.ended_at == clock()
    assert session.exec(cases_of(firm.investigator)).all() == []
    assert lines(session) == [("person removed", "Investigator R. · Investigator")]
    assert session.info["rings"] == {bell.case(firm.case.id), bell.CASES}


def test_what_has_ended_is_not_found(session, firm):
    end(session, firm.investigators_assignment.id, by=firm.manager)
    for verb in CHANGES.values():
        with pytest.raises(NotFound):
            verb(session, firm.investigators_assignment.id, firm.manager)


CHANGES = {
    "move": lambda session, which, by: move(session, which, Group.SALESPERSON, by=by),
    "make_primary": lambda session, which, by: make_primary(session, which, by=by),
    "end": lambda session, which, by: end(session, which, by=by),
}


@pytest.mark.parametrize("verb", CHANGES)
@pytest.mark.parametrize("which", [0, -1, 999_999, 2**31 - 1])
def test_an_assignment_that_never_was_is_not_found(session, firm, verb, which):
    with pytest.raises(NotFound):
        CHANGES[verb](session, which, firm.manager)


@pytest.mark.parametrize("verb", CHANGES)
def test_who_may_not_assign_changes_nobody(session, firm, verb, entitled_client):
    for person in (firm.investigator, entitled_client):
        with pytest.raises(NotPermitted):
            CHANGES[verb](session, firm.investigators_assignment.id, person)


@pytest.mark.parametrize("verb", CHANGES)
def test_to_an_outsider_the_assignment_does_not_exist(session, firm, verb):
    for person in (firm.outsider, firm.colleague, firm.person("Stranger M.", "Case Manager")):
        with pytest.raises(NotFound):
            CHANGES[verb](session, firm.investigators_assignment.id, person)


def test_who_may_not_assign_assigns_nobody(session, firm, entitled_client):
    for person, refusal in (
        (firm.investigator, NotPermitted), (entitled_client, NotPermitted), (firm.colleague, NotFound), (firm.outsider, NotFound),
    ):  # fmt: skip
        with pytest.raises(refusal):
            put(session, firm, firm.colleague, Group.INVESTIGATOR, by=person)


def test_limited_access_assigns_on_its_own_cases_alone(session, firm, limited):
    put(session, firm, firm.colleague, Group.INVESTIGATOR, by=limited)
    with pytest.raises(NotFound):
        put(session, firm, firm.colleague, Group.INVESTIGATOR, by=limited, on="2026-0151")
