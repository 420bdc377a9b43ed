"""What the pages of people under /settings say of somebody, and what their form offers."""

from datetime import UTC

import pytest

from caseupdates import clock
from caseupdates.people import aliases, bounces, invitations, listing, sessions
from caseupdates.people.models import AccessLevel, Bounce, PersonKind
from caseupdates.people.settings.person.rows import card, fields_of
from caseupdates.people.settings.rows import details_of, fields, people_rows, permits, permits_of
from caseupdates.refusals import Invalid, NotFound, NotPermitted
from tests.people.conftest import details

FORM = {
    "name": " Nora ",
    "email": "n@example.com",
    "kind": "employee",
    "role": "3",
    "client": "",
    "access_level": "Full",
}


def shown(session, firm, person):
    return card(session, person.id, UTC, by=firm.administrator)


def words(session, firm, person):
    return [badge.words for badge in shown(session, firm, person).head.badges]


def test_the_badges_say_whether_somebody_can_sign_in(session, firm, clock):
    assert words(session, firm, firm.client) == ["Can sign in"]
    assert words(session, firm, firm.partner) == ["Not invited"]
    invitations.invite(session, firm.partner.id, by=firm.administrator)
    assert words(session, firm, firm.partner) == ["Invited, until 26 Nov 09:00"]
    clock.forward(hours=72)
    assert words(session, firm, firm.partner) == ["Not invited"]


def test_the_badges_say_what_keeps_somebody_out(session, firm):
    firm.client.bounced_at = clock.now()
    assert words(session, firm, firm.client) == ["Bounced", "Can sign in"]
    firm.client.access_level = AccessLevel.DISABLED
    assert words(session, firm, firm.client) == ["Bounced", "Disabled"]
    firm.client.archived_at = clock.now()
    assert words(session, firm, firm.client) == ["Bounced", "Archived"]


@pytest.mark.parametrize(
    ("what", "badge", "says"),
    [
        (Bounce.BOUNCED, "Bounced", "Mail to client@example.com came back today 09:00."),
        (Bounce.COMPLAINED, "Marked as spam", "Mail to client@example.com was marked as spam today 09:00."),
        (Bounce.SUPPRESSED, "Suppressed", "The mail provider blocked client@example.com today 09:00."),
    ],
)
def test_the_page_says_why_nothing_is_mailed_to_somebody(session, firm, clock, what, badge, says):
    assert shown(session, firm, firm.client).bounced == ""
    bounces.disable(session, "client@example.com", what, at=clock())
    session.flush()
    assert shown(session, firm, firm.client).bounced.startswith(says)
    assert words(session, firm, firm.client) == [badge, "Can sign in"]


def test_a_row_names_kind_role_client_and_address(session, firm):
    firm.partner.email = None
    rows = {each.face.name: each for each in people_rows(session, listing.Filter(), 50, UTC, by=firm.administrator)}
    client, partner = rows["Client C."], rows["Partner C."]
    assert client.part == "Client contact · Client Contact · Meridian Freight Ltd"
    assert (client.address, partner.address) == ("client@example.com", "No email address")
    assert rows["Manager G."].part == "Employee · Case Manager"


def test_the_page_says_where_somebody_stands(session, firm):
    assert "can sign in" in shown(session, firm, firm.client).entry
    assert shown(session, firm, firm.partner).entry.startswith("Not invited")
    invitations.invite(session, firm.client.id, by=firm.administrator)
    assert shown(session, firm, firm.client).entry.endswith(
        "A mail to choose a new password is out, good until 26 Nov 09:00."
    )


@pytest.mark.parametrize(
    "fact",
    [
        {"email": None},
        {"bounced_at": clock.now()},
        {"archived_at": clock.now()},
        {"access_level": AccessLevel.DISABLED},
    ],
)
def test_who_could_not_be_invited_is_offered_no_invitation(session, firm, fact):
    assert shown(session, firm, firm.partner).may_invite
    for name, value in fact.items():
        setattr(firm.partner, name, value)
    session.flush()
    assert not shown(session, firm, firm.partner).may_invite


def test_the_page_lists_sessions_aliases_and_cases(session, firm):
    sessions.start(session, firm.client, address="192.0.2.1", browser="Mozilla Firefox on Linux")
    aliases.add(session, firm.client.id, "c.c@example.com", by=firm.administrator)
    found = shown(session, firm, firm.client)
    assert [(each.browser, each.where) for each in found.sessions] == [
        ("Firefox on Linux", "192.0.2.1 · since today 09:00")
    ]
    assert [each.address for each in found.aliases] == ["c.c@example.com"]
    assert [(each.number, each.part) for each in found.cases] == [("2026-0142", "Client Contact · primary")]
    firm.case.closed_at = clock.now()
    assert shown(session, firm, firm.client).cases[0].part == "Client Contact · primary · closed"


@pytest.mark.parametrize("kind", [each for each in PersonKind if each is not PersonKind.EMPLOYEE])
def test_a_contact_is_offered_only_roles_that_harm_nobody(session, firm, kind):
    offered = fields(session, kind=kind, by=firm.administrator)
    assert [each.name for each in offered.roles] == ["Client Contact"]
    assert offered.role == str(firm.roles["Client Contact"].id)
    assert offered.permits == "May read what is sent to them and what their access groups show."


def test_an_employee_is_offered_every_role_and_the_usual_one_first(session, firm):
    offered = fields(session, kind=PersonKind.EMPLOYEE, by=firm.administrator)
    assert {each.name for each in offered.roles} == set(firm.roles)
    assert offered.role == str(firm.roles["Investigator"].id)
    assert offered.permits == "May create updates, upload files and view history."


def test_the_form_of_somebody_begins_with_what_they_have(session, firm):
    found = fields_of(session, firm.client.id, by=firm.administrator)
    assert (found.name, found.email, found.level) == ("Client C.", "client@example.com", "Limited")
    assert (found.kind, found.client) == ("client contact", str(firm.meridian.id))
    other = fields_of(session, firm.client.id, PersonKind.EMPLOYEE, by=firm.administrator)
    assert (other.kind, other.name, other.role) == ("employee", "Client C.", found.role)


def test_only_who_manages_settings_is_shown_any_of_it(session, firm):
    for look in (
        lambda: card(session, firm.client.id, UTC, by=firm.manager),
        lambda: fields(session, kind=PersonKind.EMPLOYEE, by=firm.manager),
        lambda: fields_of(session, firm.manager.id, by=firm.manager),
        lambda: permits_of(session, firm.manager.role_id, by=firm.manager),
    ):
        with pytest.raises(NotPermitted):
            look()
    assert permits(None) == permits_of(session, 999_999, by=firm.administrator) == ""


def test_a_form_becomes_details(session, firm):
    expected = details(
        firm.investigator, name="Nora", email="n@example.com", role_id=3, client_id=0, access_level=AccessLevel.FULL
    )
    assert details_of(FORM) == expected


@pytest.mark.parametrize("wrong", [{"kind": "ghost"}, {"kind": None}, {"access_level": "Total"}, {"name": ["x"]}])
def test_what_no_form_of_ours_sends_is_refused(wrong):
    with pytest.raises(Invalid):
        details_of({**FORM, **wrong})
    with pytest.raises(Invalid):
        details_of(None)
    with pytest.raises(NotFound):
        details_of({**FORM, "role": "x"})
