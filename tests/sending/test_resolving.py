"""Whom a distribution group means on a case, and that nothing is sent when it means others than the sender saw."""

import pytest
from sqlmodel import Session

from caseupdates.cases.listing import assignments
from caseupdates.cases.models import Group
from caseupdates.people import preferences
from caseupdates.people.models import AccessLevel, Kind
from caseupdates.sending import groups
from caseupdates.sending.dialog.offer import offered
from caseupdates.sending.groups import Typed
from caseupdates.sending.models import Channel
from caseupdates.sending.recipients import NotARecipient, blocks
from caseupdates.sending.resolving import GroupChanged, Rule, resolve
from caseupdates.sending.send import send, sendings_so_far
from tests.files.shelf import counted
from tests.sending.conftest import NOTHING, WHO_MAY_NOT_SEND
from tests.stories import UNDO


@pytest.fixture
def revision(firm):
    return firm.update()


class Board:
    """The distribution group "Board" on one update."""

    def __init__(self, session: Session, firm, revision, *members, rules=()):
        self.session, self.firm, self.revision = session, firm, revision
        typed = Typed("Board", [each.id for each in members], [Rule(*each) for each in rules])
        self.group = groups.add(session, typed, by=firm.administrator)
        self.seen = self.now.people

    @property
    def now(self):
        self.session.flush()
        return resolve(self.group, blocks(self.session, self.revision))

    @property
    def names(self):
        """Whom ticking it ticks."""
        return [each.person.name for each in self.now.members if each.can_be_chosen]

    @property
    def left_out(self):
        return {each.person.name: each.reason for each in self.now.members if not each.can_be_chosen}

    def send(self, *also, groups=None):
        """Send to whom it was seen to mean, and to others who were chosen beside it."""
        self.session.flush()
        return send(
            self.session, self.revision.update_id, [*self.seen, *(each.id for each in also)], seen=self.revision.number,
            already=sendings_so_far(self.session, self.revision.update_id),
            groups={self.group.id: self.seen} if groups is None else groups, by=self.firm.manager, undo=UNDO,
        )  # fmt: skip


@pytest.fixture
def board(session, firm, revision):
    return lambda *members, rules=(): Board(session, firm, revision, *members, rules=rules)


def test_the_people_it_names_are_chosen_by_name(firm, board):
    assert board(firm.partner, firm.client, firm.colleague).names == ["Client C.", "Colleague S.", "Partner C."]


@pytest.mark.parametrize("group", list(Group))
def test_a_rule_finds_everybody_in_its_capacity_or_the_primary_alone(firm, board, group):
    first, second = (firm.person(f"{name} X.", "Investigator") for name in ("Ann", "Bob"))
    existing = board(rules=[(group, False)]).names
    firm.assign(first, group, is_primary=True)
    firm.assign(second, group)
    firm.session.delete(groups.every(firm.session)[0])
    assert board(rules=[(group, False)]).names == sorted([*existing, "Ann X.", "Bob X."])
    firm.session.delete(groups.every(firm.session)[0])
    assert {"Ann X."} <= set(board(rules=[(group, True)]).names) <= {"Ann X.", *existing} - {"Bob X."}


def test_somebody_named_and_found_by_two_rules_counts_once(firm, board):
    both = board(firm.client, rules=[(Group.CLIENT_CONTACT, True), (Group.CLIENT_CONTACT, False)])
    assert both.names == ["Client C.", "Partner C."]


def test_a_rule_finds_nobody_of_another_case_nor_whose_assignment_ended(firm, board, clock):
    found = board(rules=[(Group.CLIENT_CONTACT, False), (Group.INVESTIGATOR, False)])
    firm.investigators_assignment.ended_at = clock()
    assert found.names == ["Client C.", "Partner C."]
    assert [str(each) for each in found.now.vacant] == ["All investigators on the case"]


def test_employees_it_names_are_possible_as_unassigned_staff(firm, board, written):
    board(firm.colleague).send()
    assert [each.group for each in written.deliveries] == ["Unassigned Staff"]


def test_who_cannot_get_it_here_is_left_out_with_the_reason(firm, board, clock):
    archived, disabled = firm.contact("Archived C.", firm.meridian), firm.person("Disabled D.", "Investigator")
    found = board(firm.client, firm.partner, firm.outsider, firm.manager, archived, disabled)
    firm.partner.bounced_at, archived.archived_at, disabled.access_level = clock(), clock(), AccessLevel.DISABLED
    firm.manager.email = None
    assert found.names == ["Client C."]
    assert found.left_out == {
        "Archived C.": "archived", "Disabled D.": "access level is Disabled", "Manager G.": "has no email address",
        "Outsider O.": "not on this case", "Partner C.": "the address bounced on 23 November",
    }  # fmt: skip


def test_who_may_not_see_the_access_group_is_left_out(session, firm):
    internal = Board(session, firm, firm.update(group=firm.staff_only), firm.client, firm.investigator)
    assert (internal.names, internal.left_out) == (
        ["Investigator R."],
        {"Client C.": "may not see “Staff only” updates"},
    )


def test_who_wants_no_email_is_possible_and_gets_the_notification(session, firm, board):
    preferences.choose(session, Kind.CASE_UPDATE, email=False, by=firm.client)
    [member] = board(firm.client).now.members
    assert (member.can_be_chosen, member.candidate.channel) == (True, Channel.NOTIFICATION)


def test_a_ticked_group_is_sent_to_whom_it_means(firm, board, written):
    board(firm.outsider, rules=[(Group.CLIENT_CONTACT, True), (Group.INVESTIGATOR, False)]).send(firm.colleague)
    assert {each.person.name for each in written.deliveries} == {"Client C.", "Investigator R.", "Colleague S."}


def refused(board, written, *said):
    with pytest.raises(GroupChanged) as refusal:
        board.send()
    assert str(refusal.value) == " ".join([*said, "Look again, then send."])
    assert written.counts() == NOTHING


def test_somebody_who_joined_since_it_was_ticked_stops_the_sending(firm, board, written):
    investigators = board(rules=[(Group.INVESTIGATOR, False)])
    firm.assign(firm.colleague, Group.INVESTIGATOR)
    refused(investigators, written, "The group “Board” has changed: Colleague S. joined.")


def test_somebody_who_left_but_could_still_get_it_stops_the_sending(firm, board, written, clock):
    investigators = board(rules=[(Group.INVESTIGATOR, False), (Group.CASE_MANAGER, False)])
    firm.investigators_assignment.ended_at = clock()  # from now on one of the Unassigned Staff
    refused(investigators, written, "The group “Board” has changed: Investigator R. left.")


def test_another_primary_contact_stops_the_sending(firm, board, written):
    contact = board(rules=[(Group.CLIENT_CONTACT, True)])
    for each in assignments(firm.session, firm.case):
        each.is_primary = each.person == firm.partner
    refused(contact, written, "The group “Board” has changed: Partner C. joined, Client C. left.")


def test_members_changed_in_settings_stop_the_sending(session, firm, board, written):
    named = board(firm.client, firm.partner)
    typed = Typed("Directors", [firm.client.id, firm.colleague.id])
    groups.change(session, named.group.id, typed, by=firm.administrator)
    refused(named, written, "The group “Directors” has changed: Colleague S. joined, Partner C. left.")


def test_many_changes_are_counted(session, firm, board, written):
    named, people = board(firm.client), [firm.person(f"P{number} X.", "Investigator") for number in range(6)]
    groups.change(session, named.group.id, Typed("Board", [each.id for each in people]), by=firm.administrator)
    said = "The group “Board” has changed: P0 X., P1 X., P2 X., P3 X. and 2 others joined, Client C. left."
    refused(named, written, said)


def test_a_group_that_was_removed_stops_the_sending(session, firm, board, written):
    named = board(firm.client)
    groups.remove(session, named.group.id, by=firm.administrator)
    refused(named, written, "A distribution group you ticked has been removed.")


def test_a_change_that_concerns_nobody_here_stops_nothing(session, firm, board):
    named = board(firm.client, firm.outsider)
    groups.change(session, named.group.id, Typed("Renamed", [firm.client.id]), by=firm.administrator)
    assert named.send().number == 1


def test_a_group_that_is_not_ticked_may_change(firm, board):
    investigators = board(rules=[(Group.INVESTIGATOR, False)])
    firm.assign(firm.colleague, Group.INVESTIGATOR)
    assert investigators.send(groups={}).number == 1


def test_a_second_click_after_a_change_returns_the_first_sending(session, firm, board):
    investigators = board(rules=[(Group.INVESTIGATOR, False)])
    first = investigators.send()
    firm.assign(firm.colleague, Group.INVESTIGATOR)
    session.flush()
    again = send(
        session, first.update_id, list(investigators.seen), seen=1, already=0, groups={investigators.group.id: investigators.seen},
        by=firm.manager, undo=UNDO,
    )  # fmt: skip
    assert again == first


@pytest.mark.parametrize("number", [-1, 0, 404, 2**31 - 1])
def test_a_made_up_group_sends_nothing(firm, board, written, number):
    with pytest.raises(GroupChanged, match="has been removed"):
        board(firm.client).send(groups={number: [firm.client.id]})
    assert written.counts() == NOTHING


@pytest.mark.parametrize("whom", ["outsider", "partner"])
def test_a_group_smuggles_nobody_in(firm, board, written, whom):
    """Neither another client's contact nor somebody blocked, though the group names them and the browser insists."""
    firm.partner.access_level = AccessLevel.DISABLED
    named = board(firm.client, getattr(firm, whom))
    assert named.names == ["Client C."]
    with pytest.raises(NotARecipient):
        named.send(getattr(firm, whom))
    named.seen |= {getattr(firm, whom).id}
    with pytest.raises(GroupChanged):
        named.send()
    assert written.counts() == NOTHING


@pytest.mark.parametrize(("name", "refusal"), WHO_MAY_NOT_SEND)
def test_only_who_may_send_is_offered_anything(session, firm, revision, board, name, refusal):
    board(firm.client)
    with pytest.raises(refusal):
        offered(session, revision.update_id, by=getattr(firm, name))


def test_the_offer_shows_every_group_by_name(session, firm, revision, board):
    board(firm.outsider)
    groups.add(session, Typed("answers", [firm.client.id]), by=firm.administrator)
    found = offered(session, revision.update_id, by=firm.manager).groups
    assert [(each.group.name, len(each.people)) for each in found] == [("answers", 1), ("Board", 0)]


@pytest.mark.parametrize("number", [20])
def test_many_groups_cost_no_more_questions_than_one(session, firm, revision, board, number):
    def asked():
        session.expire_all()
        with counted() as statements:
            offered(session, revision.update_id, by=firm.manager)
        return len(statements)

    board(firm.client, rules=[(Group.INVESTIGATOR, False)])
    one = asked()
    for each in range(number):
        groups.add(session, Typed(f"Group {each}", [firm.client.id, firm.outsider.id]), by=firm.administrator)
    assert asked() <= one + 1
