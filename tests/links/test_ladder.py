"""The ladder in "Show Recipients": how far a recipient has come with a link, in words."""

from datetime import UTC, timedelta

import pytest
from sqlalchemy import event
from sqlmodel import select

from caseupdates.cases.models import Group
from caseupdates.database import engine, reading, writing
from caseupdates.links import evidence, renewing, serving
from caseupdates.links import gate as gates
from caseupdates.links.models import Link, Step
from caseupdates.people.models import Person
from caseupdates.sending.journal.rows import sending_rows
from tests.links.story import PLATE, REPORT, STRANGER, VIDEO, Gate


def row(gate):
    """The recipient's row as the manager sees it."""
    [sending] = gate.do(sending_rows, gate.update_id, UTC, by=gate.firm.manager)
    [recipient] = sending.recipients
    return recipient


def dots(recipient):
    """Which of the last three steps are done: opened, verified or viewed, downloaded."""
    return [each == "done" for each in recipient.dots[-3:]]


def open_it(gate):
    gate.do(gates.open_without_code, gate.token, gate.phone)


def view(gate):
    gate.do(serving.viewed, gate.grant(), gate.phone)


def test_before_anything_is_done_the_mail_has_the_word(gate):
    assert (row(gate).now, dots(row(gate)), row(gate).evidence) == ("Queued", [False, False, False], [])


def test_a_link_climbs_step_by_step(gate):
    gate.asked()
    assert (row(gate).now, row(gate).hue, dots(row(gate))) == ("Opened, not verified", "blue", [True, False, False])
    gate.confirm(gate.code_mailed())
    assert (row(gate).now, row(gate).hue, dots(row(gate))) == ("Verified", "jade", [True, True, False])
    view(gate)
    assert (row(gate).now, dots(row(gate))) == ("Viewed", [True, True, False])
    gate.download(gate.files[0])
    assert (row(gate).now, dots(row(gate))) == ("Downloaded 1 of 2 files", [True, True, False])
    gate.download(gate.files[1])
    assert (row(gate).now, dots(row(gate))) == ("Downloaded both files", [True, True, True])


def test_a_link_without_verification_has_no_such_step(unguarded):
    open_it(unguarded)
    assert (row(unguarded).now, row(unguarded).hue) == ("Opened", "blue")
    assert dots(row(unguarded)) == [True, False, False]
    view(unguarded)
    assert (row(unguarded).now, dots(row(unguarded))) == ("Viewed", [True, True, False])


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([REPORT], "Downloaded"),
        ([REPORT, PLATE], "Downloaded both files"),
        ([REPORT, PLATE, VIDEO], "Downloaded all 3 files"),
    ],
)
def test_who_has_everything_has_downloaded_all_of_it(sent, names, said):
    gate = sent(names=names)
    gate.enter()
    for file in gate.files:
        gate.download(file)
    assert (row(gate).now, dots(row(gate))) == (said, [True, True, True])


def test_every_step_is_listed_with_its_file_and_place(gate, clock):
    gate.enter()
    gate.download(gate.files[1])
    assert [(each.what, each.where) for each in row(gate).evidence] == [
        ("Link opened", gate.phone.network),
        ("Code requested", gate.phone.network),
        ("Verified", gate.phone.network),
        ("Downloaded plate.jpg", gate.phone.network),
    ]


def test_a_refused_address_is_said_and_is_no_step_but_the_opening(gate):
    gate.ask(STRANGER)
    assert row(gate).now == "Opened, not verified"
    assert row(gate).detail.startswith("Somebody was refused ")
    assert dots(row(gate)) == [True, False, False]


def test_a_revoked_link_says_so(gate):
    gate.do(renewing.revoke, [gate.link.id], by=gate.firm.manager)
    assert (row(gate).now, row(gate).hue) == ("Link revoked", "gray")
    assert (row(gate).can_renew, row(gate).can_revoke) == (False, False)


def test_what_was_downloaded_stays_downloaded_when_the_link_is_revoked(gate):
    gate.enter()
    gate.download(gate.files[0])
    gate.download(gate.files[1])
    gate.do(renewing.revoke, [gate.link.id], by=gate.firm.manager)
    assert row(gate).now == "Downloaded both files"


def test_an_expired_link_says_so_until_somebody_asks_for_a_new_one(gate, clock):
    clock.forward(days=7)
    assert (row(gate).now, row(gate).can_renew, row(gate).can_revoke) == ("Link expired", True, True)
    gate.do(renewing.ask_again, gate.token, gate.phone)
    assert (row(gate).now, row(gate).hue) == ("Asks for a new link", "amber")


def test_a_renewed_link_says_again_how_far_it_was(gate, clock):
    gate.enter()
    clock.forward(days=7)
    gate.do(renewing.ask_again, gate.token, gate.phone)
    gate.do(renewing.renew, [gate.link.id], clock() + timedelta(days=7), by=gate.firm.manager)
    assert (row(gate).now, row(gate).can_renew, row(gate).can_revoke) == ("Verified", True, True)


def test_a_locked_link_says_so(gate, session, clock):
    session.get_one(Link, gate.link.id).locked_at = clock()
    assert (row(gate).now, row(gate).hue, row(gate).can_renew, row(gate).can_revoke) == ("Locked", "red", False, False)


def test_a_link_that_is_no_longer_theirs_says_so(gate, session, clock):
    gate.firm.partner.archived_at = clock()
    session.flush()
    assert (row(gate).now, row(gate).hue, row(gate).can_renew) == ("Link ended", "gray", False)


def recipients(standing, count):
    """Another update of the firm's, sent to so many contacts, all of whom have opened their link."""
    with writing() as session:
        standing.session = session
        people = [standing.contact(f"Contact{count}x{number} C.", standing.meridian) for number in range(count)]
        for person in people:
            standing.assign(person, Group.CLIENT_CONTACT)
        standing.ready = standing.update(f"Night {count}")
    gate = Gate(standing, writing, to=people)
    with writing() as session:
        for link in session.exec(select(Link).where(Link.revision_id == gate.revision.id)):
            evidence.note(session, link, Step.OPENED, gate.phone)
    return gate


def queries(gate):
    """How many queries it takes to show them."""
    asked = []
    with reading() as session:
        manager = session.get_one(Person, gate.firm.manager.id)
        event.listen(engine(), "before_cursor_execute", note := lambda *each: asked.append(each[2]))
        [sending] = sending_rows(session, gate.update_id, UTC, by=manager)
        event.remove(engine(), "before_cursor_execute", note)
    assert {each.now for each in sending.recipients} == {"Opened, not verified"}
    return len(sending.recipients), len(asked)


def test_thirty_recipients_are_shown_with_as_many_queries_as_one(standing):
    (one, few), (thirty, many) = queries(recipients(standing, 1)), queries(recipients(standing, 30))
    assert (one, thirty) == (1, 30)
    assert few == many
