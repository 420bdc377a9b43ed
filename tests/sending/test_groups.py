"""Distribution groups: who may make and change them, and what each must have."""

import functools

import pytest
from sqlmodel import select

from caseupdates import bell
from caseupdates.cases.models import Group
from caseupdates.database import reading, writing
from caseupdates.history.models import Area, Event
from caseupdates.people.models import AccessLevel
from caseupdates.refusals import Invalid, NotFound, NotPermitted
from caseupdates.sending import groups
from caseupdates.sending.groups import NameTaken, Typed
from caseupdates.sending.models import DistributionGroup, DistributionGroupMember, DistributionGroupRule
from caseupdates.sending.recipients import NotARecipient
from caseupdates.sending.resolving import RULES, Rule, rules_of
from tests.sending.conftest import WHO_MAY_NOT_SEND
from tests.together import together

PRIMARY_CONTACT, ALL_INVESTIGATORS = Rule(Group.CLIENT_CONTACT, True), Rule(Group.INVESTIGATOR, False)
STRANGERS_TO_SETTINGS = ["manager", "investigator", "colleague", "client", "outsider"]


def add(session, firm, name="Board", *members, rules=(), by=None):
    return groups.add(session, Typed(name, [each.id for each in members], rules), by=by or firm.administrator)


def change(session, firm, group, name, *members, rules=()):
    typed = Typed(name, [each.id for each in members], rules)
    return groups.change(session, group.id, typed, by=firm.administrator)


def kept(session):
    """By name: the members' names, and the rules in words."""
    session.expire_all()
    return {
        each.name: (sorted(one.person.name for one in each.members), [str(rule) for rule in rules_of(each)])
        for each in groups.every(session)
    }


def test_a_group_has_its_people_and_its_rules(session, firm):
    add(session, firm, "Board", firm.client, firm.outsider, rules=[ALL_INVESTIGATORS, PRIMARY_CONTACT])
    assert kept(session) == {
        "Board": (["Client C.", "Outsider O."], ["Primary client contact", "All investigators on the case"])
    }


@pytest.mark.parametrize(
    "words",
    [
        "Primary client contact", "All client contacts on the case", "Primary case manager", "All case managers on the case",
        "Primary investigator", "All investigators on the case", "Primary salesperson", "All salespeople on the case",
        "Primary additional employee", "All additional employees on the case", "Primary affiliate contact",
        "All affiliate contacts on the case", "Primary vendor contact", "All vendor contacts on the case",
    ],
)  # fmt: skip
def test_every_rule_has_its_words(words):
    assert words in map(str, RULES)
    assert len(RULES) == 2 * len(Group)


def test_people_alone_and_rules_alone_are_enough(session, firm):
    add(session, firm, "People", firm.client)
    add(session, firm, "Rules", rules=[PRIMARY_CONTACT])
    assert list(kept(session)) == ["People", "Rules"]


def test_groups_stand_by_name_whatever_their_case(session, firm):
    for name in ("usual", "Board", "Émile", "answers"):
        add(session, firm, name, firm.client)
    assert [each.name for each in groups.listed(session, by=firm.administrator)] == [
        "answers",
        "Board",
        "usual",
        "Émile",
    ]


def test_a_group_of_nobody_is_refused(session, firm):
    with pytest.raises(Invalid, match="Choose at least one person or one rule"):
        add(session, firm)
    assert kept(session) == {}


@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
def test_a_name_that_is_none_or_too_long_is_refused(session, firm, name):
    with pytest.raises(Invalid, match="a name of at most 80 characters"):
        add(session, firm, name, firm.client)


@pytest.mark.parametrize("name", ["x", "x" * 80, f"  {'x' * 80}  "])
def test_the_shortest_and_the_longest_name_are_taken(session, firm, name):
    assert add(session, firm, name, firm.client).name == name.strip()


@pytest.mark.parametrize("twin", ["Usual recipients", "USUAL RECIPIENTS", " usual\t  recipients\n"])
def test_a_name_is_taken_whatever_its_case_and_blanks(session, firm, twin):
    add(session, firm, "Usual recipients", firm.client)
    with pytest.raises(NameTaken, match="There is a group “Usual recipients” already"):
        add(session, firm, twin, firm.partner)


def test_a_group_may_keep_its_name_or_write_it_otherwise(session, firm):
    board = add(session, firm, "Board", firm.client)
    assert change(session, firm, board, "BOARD", firm.client).name == "BOARD"
    add(session, firm, "Usual", firm.client)
    with pytest.raises(NameTaken):
        change(session, firm, board, "usual", firm.client)


def test_a_change_replaces_people_and_rules(session, firm):
    board = add(session, firm, "Board", firm.client, firm.partner, rules=[PRIMARY_CONTACT])
    change(session, firm, board, "Directors", firm.partner, firm.manager, rules=[PRIMARY_CONTACT, ALL_INVESTIGATORS])
    assert kept(session) == {
        "Directors": (["Manager G.", "Partner C."], ["Primary client contact", "All investigators on the case"])
    }


def test_a_change_to_nobody_is_refused_and_changes_nothing(session, firm):
    board = add(session, firm, "Board", firm.client)
    with pytest.raises(Invalid):
        change(session, firm, board, "Board")
    assert kept(session) == {"Board": (["Client C."], [])}


def test_the_same_person_and_rule_twice_count_once(session, firm):
    add(session, firm, "Board", firm.client, firm.client, rules=[PRIMARY_CONTACT, PRIMARY_CONTACT])
    assert kept(session) == {"Board": (["Client C."], ["Primary client contact"])}


def test_somebody_archived_may_stay_but_not_join(session, firm, clock):
    board = add(session, firm, "Board", firm.client)
    firm.client.archived_at = firm.partner.archived_at = clock()
    session.flush()
    change(session, firm, board, "Board", firm.client, firm.manager)
    with pytest.raises(Invalid, match=r"Partner C\. is archived and cannot join"):
        change(session, firm, board, "Board", firm.client, firm.partner)


@pytest.mark.parametrize("nobody", [-1, 0, 404])
def test_somebody_made_up_cannot_join(session, firm, nobody):
    with pytest.raises(Invalid, match="Somebody you chose is not here any more"):
        groups.add(session, Typed("Board", [firm.client.id, nobody]), by=firm.administrator)
    assert kept(session) == {}


def test_a_removed_group_is_gone_with_what_it_held(session, firm):
    board = add(session, firm, "Board", firm.client, rules=[PRIMARY_CONTACT])
    for _ in range(2):
        groups.remove(session, board.id, by=firm.administrator)
    session.flush()
    assert not any(
        session.exec(select(each)).all() for each in (DistributionGroup, DistributionGroupMember, DistributionGroupRule)
    )


def test_every_change_is_written_down_and_heard(session, firm):
    board = add(session, firm, "Board", firm.client)
    change(session, firm, board, "Directors", firm.client)
    groups.remove(session, board.id, by=firm.administrator)
    written = session.exec(select(Event).where(Event.area == Area.SETTINGS).order_by(Event.id)).all()
    assert [(each.what, each.about, each.person.name) for each in written] == [
        ("distribution group added", "Board", "Administrator A."),
        ("distribution group changed", "Directors", "Administrator A."),
        ("distribution group removed", "Directors", "Administrator A."),
    ]
    assert bell.SETTINGS in session.info["rings"]


@pytest.mark.parametrize("name", STRANGERS_TO_SETTINGS)
def test_only_who_manages_settings_sees_and_changes_groups(session, firm, name):
    board, by = add(session, firm, "Board", firm.client), getattr(firm, name)
    for verb in (
        lambda: groups.listed(session, by=by),
        lambda: groups.group(session, board.id, by=by),
        lambda: groups.people_to_add(session, "", by=by),
        lambda: add(session, firm, "Other", firm.client, by=by),
        lambda: groups.change(session, board.id, Typed("Other", [firm.client.id]), by=by),
        lambda: groups.remove(session, board.id, by=by),
    ):
        with pytest.raises(NotPermitted):
            verb()
    assert kept(session) == {"Board": (["Client C."], [])}


@pytest.mark.parametrize("number", [-1, 0, 404, 2**31 - 1])
def test_a_group_that_is_not_there_is_not_found(session, firm, number):
    with pytest.raises(NotFound):
        groups.group(session, number, by=firm.administrator)
    with pytest.raises(NotFound):
        groups.change(session, number, Typed("Board", [firm.client.id]), by=firm.administrator)


def found(session, firm, text="", **options):
    return [each.name for each in groups.people_to_add(session, text, by=firm.administrator, **options)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("client c", ["Client C."]), ("MERIDIAN", ["Client C.", "Partner C."]), ("meridian part", ["Partner C."]),
        ("colleague@example", ["Colleague S."]), ("%", []), ("_", []), ("nobody", []),
    ],
)  # fmt: skip
def test_people_are_found_by_name_address_and_client(session, firm, text, names):
    assert found(session, firm, text) == names


def test_people_are_found_page_by_page(session, firm):
    everybody = found(session, firm)
    assert len(everybody) == 7
    assert found(session, firm, limit=3) == everybody[:3]


@pytest.mark.parametrize("fact", ["archived_at", "access_level"])
def test_whoever_is_gone_is_not_found(session, firm, clock, fact):
    setattr(firm.client, fact, clock() if fact == "archived_at" else AccessLevel.DISABLED)
    session.flush()
    assert "Client C." not in found(session, firm)


def save(session, firm, revision, *people, name="Friday call", by=None):
    ids = [each if isinstance(each, int) else each.id for each in people]
    return groups.save_chosen(session, revision.update_id, name, ids, by=by or firm.manager)


def test_whoever_may_send_keeps_the_chosen_people_as_a_group(session, firm):
    save(session, firm, firm.update(), firm.client, firm.colleague)
    assert kept(session) == {"Friday call": (["Client C.", "Colleague S."], [])}
    [line] = session.exec(select(Event).where(Event.area == Area.SETTINGS)).all()
    assert (line.what, line.about, line.person) == ("distribution group added", "Friday call", firm.manager)


@pytest.mark.parametrize(("name", "refusal"), WHO_MAY_NOT_SEND)
def test_whoever_may_not_send_keeps_nobody(session, firm, name, refusal):
    with pytest.raises(refusal):
        save(session, firm, firm.update(), firm.client, firm.partner, by=getattr(firm, name))
    assert kept(session) == {}


def test_a_case_manager_of_other_cases_keeps_nobody_of_this_one(session, firm):
    stranger = firm.person("Night Desk", "Case Manager", level=AccessLevel.LIMITED)
    with pytest.raises(NotFound):
        save(session, firm, firm.update(), firm.client, firm.partner, by=stranger)


def blocked(firm):
    firm.partner.access_level = AccessLevel.DISABLED
    firm.session.flush()
    return firm.partner


@pytest.mark.parametrize("whom", [lambda firm: firm.outsider, lambda firm: 404, lambda firm: -1, blocked])
def test_only_who_is_offered_on_the_update_is_kept(session, firm, whom):
    with pytest.raises(NotARecipient):
        save(session, firm, firm.update(), firm.client, whom(firm))
    assert kept(session) == {}


def test_a_client_is_not_kept_from_what_is_for_staff(session, firm):
    with pytest.raises(NotARecipient, match="may not see “Staff only” updates"):
        save(session, firm, firm.update(group=firm.staff_only), firm.client, firm.investigator)


@pytest.mark.parametrize(("name", "refusal"), [("board", NameTaken), (" ", Invalid), ("x" * 81, Invalid)])
def test_the_name_in_the_dialog_follows_the_same_rules(session, firm, name, refusal):
    add(session, firm, "Board", firm.client)
    with pytest.raises(refusal):
        save(session, firm, firm.update(), firm.client, firm.partner, name=name)


def test_keeping_nobody_is_refused(session, firm):
    with pytest.raises(Invalid, match="Choose at least one person"):
        save(session, firm, firm.update())


@pytest.mark.parametrize("names", [("Friday call", "Friday call"), ("Friday call", "FRIDAY  CALL")])
def test_of_two_people_saving_one_name_at_once_exactly_one_does(standing, names):
    def press(name, by):
        with writing() as session:
            return save(session, standing, standing.ready, standing.client, standing.partner, name=name, by=by).id

    people = (standing.manager, standing.administrator)
    answers = together(*(functools.partial(press, *each) for each in zip(names, people, strict=True)))
    assert sorted(map(type, answers), key=str) == [NameTaken, int]
    with reading() as session:
        assert len(kept(session)) == 1
