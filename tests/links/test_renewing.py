"""After a link was sent: renew it under the same address, revoke it."""

from datetime import timedelta

import pytest

from caseupdates import bell
from caseupdates.history.models import Event
from caseupdates.links import renewing
from caseupdates.links.access import LinkExpired, LinkRevoked
from caseupdates.links.models import Link
from caseupdates.links.renewing import CannotRenew
from caseupdates.refusals import NotFound, NotPermitted
from tests.links.story import WEEK

WHO_MAY_NOT = [
    ("investigator", NotPermitted),
    ("client", NotPermitted),
    ("colleague", NotFound),
    ("outsider", NotFound),
]


def renew(gate, *links, by=None, until=None):
    ids = [each.id for each in links] or [gate.link.id]
    gate.do(renewing.renew, ids, until, by=by or gate.firm.manager)


def revoke(gate, *ids, by=None):
    gate.do(renewing.revoke, ids or [gate.link.id], by=by or gate.firm.manager)


def test_an_expired_link_that_is_renewed_works_under_the_same_address(gate, clock):
    token = gate.token
    clock.forward(days=30)
    with pytest.raises(LinkExpired):
        gate.asked()
    renew(gate, until=clock() + WEEK)
    assert gate.token == token
    assert gate.enter()
    clock.forward(days=6, hours=23, minutes=59, seconds=59)
    assert gate.enter()
    clock.forward(seconds=1)
    with pytest.raises(LinkExpired):
        gate.enter()


def test_a_link_that_runs_can_be_given_more_or_less_time(gate, clock):
    renew(gate, until=clock() + timedelta(days=30))
    clock.forward(days=29)
    assert gate.enter()
    renew(gate, until=clock() + timedelta(minutes=1))
    clock.forward(minutes=1)
    with pytest.raises(LinkExpired):
        gate.enter()


def test_a_renewal_until_the_case_closes(gate, clock):
    renew(gate, until=None)
    clock.forward(days=3650)
    assert gate.enter()


def test_a_window_of_before_is_not_opened_by_a_renewal(gate, clock):
    gate.enter()
    clock.forward(days=7)
    renew(gate, until=clock() + WEEK)
    assert not gate.is_open()


@pytest.mark.parametrize("fact", ["revoked_at", "locked_at"])
def test_a_link_that_was_revoked_or_locked_stays_dead(gate, session, clock, fact):
    setattr(session.get_one(Link, gate.link.id), fact, clock())
    with pytest.raises(CannotRenew, match="Only a link that runs or has expired") as refused:
        renew(gate, until=clock() + WEEK)
    assert refused.value.status == 409
    assert not gate.is_open()


def test_of_several_links_those_that_can_be_are_renewed(gate, clock):
    first = gate.link
    gate.token = gate.send(gate.firm.client)
    revoke(gate, first.id)
    renew(gate, first, gate.link, until=clock() + timedelta(days=30))
    assert (gate.link.expires_at - clock()).days == 30
    assert gate.rows(Link)[0].expires_at == first.expires_at


def test_links_of_two_updates_are_not_renewed_together(sent, clock):
    mine, other = sent(), sent()
    with pytest.raises(NotFound):
        renew(mine, mine.link, other.link, until=clock() + WEEK)


@pytest.mark.parametrize("act", [renew, revoke])
@pytest.mark.parametrize(("name", "refusal"), WHO_MAY_NOT)
def test_only_who_may_send_renews_and_revokes(gate, act, name, refusal):
    before = gate.link.model_dump()
    with pytest.raises(refusal):
        act(gate, by=getattr(gate.firm, name))
    assert gate.link.model_dump() == before


@pytest.mark.parametrize("verb", [renewing.renew, renewing.revoke])
@pytest.mark.parametrize("ids", [[], [404_404]])
def test_no_links_and_made_up_ones_are_not_found(gate, verb, ids):
    until = [None] if verb is renewing.renew else []
    with pytest.raises(NotFound):
        gate.do(verb, ids, *until, by=gate.firm.manager)


def test_revoking_ends_the_windows_at_once(gate):
    visit = gate.enter()
    revoke(gate)
    assert not gate.renew(visit)
    with pytest.raises(LinkRevoked):
        gate.grant()


def test_revoking_twice_keeps_the_first_moment(gate, clock):
    revoke(gate)
    first = gate.link.revoked_at
    clock.forward(hours=1)
    revoke(gate)
    assert gate.link.revoked_at == first


@pytest.mark.parametrize(("act", "what"), [(renew, "link renewed"), (revoke, "link revoked")])
def test_history_and_open_pages_hear_of_it(gate, session, act, what):
    session.info.clear()
    act(gate)
    [event] = [each for each in gate.rows(Event) if each.what == what]
    assert (event.person_id, event.about) == (gate.firm.manager.id, "Night two · Partner C.")
    assert session.info["rings"] == {bell.link(gate.link.id), bell.case(gate.firm.case.id)}
