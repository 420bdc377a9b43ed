"""The sender is told of a mail that could not be delivered, and decides whether to try again."""

from datetime import timedelta

import pytest
from sqlmodel import select

from caseupdates.cases.models import Group
from caseupdates.delivery import outbox
from caseupdates.delivery.mail import Mail
from caseupdates.delivery.models import Message, Pause
from caseupdates.delivery.outbox import NotParked
from caseupdates.delivery.outcomes import Accepted, Parked, Paused, Refused
from caseupdates.notifications import listing
from caseupdates.people.models import AccessLevel, Kind
from caseupdates.refusals import NotFound
from caseupdates.sending.again import try_again
from caseupdates.sending.failures import tell_administrators, tell_sender
from caseupdates.sending.recipients import NotARecipient
from tests.delivery.post import hand_over
from tests.sending.conftest import WHO_MAY_NOT_SEND


@pytest.fixture
def revision(firm):
    return firm.update("Night two", by=firm.manager)


def ended(session, clock, outcome):
    """The one mail that is due after the undo window, and what came of it."""
    clock.forward(seconds=10)
    [message] = hand_over(session, outcome)
    return message


@pytest.fixture
def parked(session, firm, revision, written, clock):
    """The delivery to the client whose mail was given up."""
    firm.send(revision, [firm.client])
    ended(session, clock, Parked("Look."))
    [delivery] = written.deliveries
    return delivery


def test_the_sender_is_told_who_did_not_get_what_and_why(session, firm, revision, clock):
    firm.send(revision, [firm.client])
    tell_sender(session, ended(session, clock, Refused("No such address.")))
    [notice] = listing.newest(session, by=firm.manager)
    assert (notice.kind, notice.title) == (Kind.DELIVERY_FAILED, "An email was not delivered")
    assert notice.summary == "Client C. did not get “Night two” by email. No such address."
    assert notice.path == f"/cases/2026-0142/updates/{revision.update_id}"


def test_only_the_sender_is_told(session, firm, revision, clock):
    firm.send(revision, [firm.client])
    tell_sender(session, ended(session, clock, Refused("No.")))
    assert listing.unread(session, by=firm.investigator) == 0
    assert [each.kind for each in listing.newest(session, by=firm.client)] == [Kind.CASE_UPDATE]


def test_a_mail_that_belongs_to_no_sending_has_nobody_to_tell(session, firm):
    stray = outbox.enqueue(session, Mail(to="manager@example.com", subject="A notice", text="x", html="x"))
    tell_sender(session, stray)
    assert listing.newest(session, by=firm.manager) == []


def test_a_sender_who_is_gone_is_not_mailed_about_it(session, firm, revision, clock):
    firm.send(revision, [firm.client])
    message = ended(session, clock, Refused("No."))
    firm.manager.access_level = AccessLevel.DISABLED
    tell_sender(session, message)
    assert [each.recipient for each in session.exec(select(Message))] == ["client@example.com"]


def test_a_mail_that_was_given_up_is_put_in_again_and_the_case_remembers_it(session, firm, parked, clock):
    try_again(session, parked.id, by=firm.manager)
    assert parked.message.parked_at is None
    assert firm.history()[0].about == "Night two · Client C."
    assert hand_over(session, Accepted("re_1")) == []
    assert parked.message.accepted_at == clock()


@pytest.mark.parametrize(("name", "refusal"), WHO_MAY_NOT_SEND)
def test_nobody_tries_again_who_may_not_send(session, firm, parked, name, refusal):
    with pytest.raises(refusal):
        try_again(session, parked.id, by=getattr(firm, name))
    assert parked.message.parked_at


def test_a_mail_that_is_not_given_up_cannot_be_tried_again(session, firm, revision, written):
    firm.send(revision, [firm.client])
    with pytest.raises(NotParked):
        try_again(session, written.deliveries[0].id, by=firm.manager)


def test_a_mail_is_not_tried_again_for_somebody_who_lost_access_meanwhile(session, firm, parked):
    firm.client.access_level = AccessLevel.DISABLED
    with pytest.raises(NotARecipient, match="access level is Disabled"):
        try_again(session, parked.id, by=firm.manager)
    assert parked.message.parked_at


def test_what_was_never_mailed_and_what_does_not_exist_cannot_be_tried_again(session, firm, parked):
    parked.message = None
    session.flush()
    for delivery_id in (parked.id, 404):
        with pytest.raises(NotFound):
            try_again(session, delivery_id, by=firm.manager)


def test_somebody_put_on_the_case_who_may_send_may_try_again(session, firm, parked):
    stranger = firm.person("Night Desk", "Case Manager", level=AccessLevel.LIMITED)
    firm.assign(stranger, Group.CASE_MANAGER)
    try_again(session, parked.id, by=stranger)
    assert parked.message.due_at


@pytest.mark.parametrize(("pause", "says"), [(Pause.ACCOUNT, "must be looked at"), (Pause.QUOTA, "quota resets")])
def test_administrators_are_told_inside_the_product_why_no_mail_leaves(session, firm, pause, says):
    tell_administrators(session, Paused("The key is wrong.", timedelta(minutes=15), pause))
    [notice] = listing.newest(session, by=firm.administrator)
    assert says in notice.title
    assert notice.summary == "The key is wrong."
    assert notice.path == "/settings/delivery"
    assert listing.newest(session, by=firm.manager) == []
    assert session.exec(select(Message)).all() == []
