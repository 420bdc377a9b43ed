"""Addresses that refused mail."""

from datetime import timedelta

import pytest

from caseupdates.people import bounces
from caseupdates.people.models import Bounce, EmailAlias
from caseupdates.refusals import NotFound, NotPermitted
from tests.people.conftest import written


def test_a_bounced_address_is_reactivated_once(session, firm, clock):
    firm.client.bounced_at = clock()
    for _ in range(2):
        assert bounces.reactivate(session, firm.client.id, by=firm.administrator).bounced_at is None
    assert written(session) == [("Administrator A.", "address reactivated", "Client C.: client@example.com")]


@pytest.mark.parametrize("who", ["manager", "client"])
def test_only_who_manages_settings_may(session, firm, clock, who):
    firm.client.bounced_at = clock()
    with pytest.raises(NotPermitted):
        bounces.reactivate(session, firm.client.id, by=getattr(firm, who))
    assert firm.client.bounced_at


def test_somebody_who_is_not_there_is_not_found(session, firm):
    with pytest.raises(NotFound):
        bounces.reactivate(session, 999_999, by=firm.administrator)


def test_an_address_is_disabled_by_nobody_and_stays_so_until_reactivated(session, firm, clock):
    bounced = clock()
    assert bounces.disable(session, "client@example.com", Bounce.BOUNCED, at=bounced) is firm.client
    assert bounces.disable(session, "client@example.com", Bounce.COMPLAINED, at=clock()) is None
    assert firm.client.bounced_at == bounced
    assert written(session) == [(None, "address bounced", "Client C.: client@example.com")]


def test_what_was_known_when_it_was_reactivated_does_not_count_again(session, firm, clock):
    bounced = clock()
    bounces.disable(session, "client@example.com", Bounce.BOUNCED, at=bounced)
    clock.forward(minutes=1)
    bounces.reactivate(session, firm.client.id, by=firm.administrator)
    assert bounces.disable(session, "client@example.com", Bounce.BOUNCED, at=clock()) is None
    clock.forward(seconds=1)
    assert bounces.disable(session, "client@example.com", Bounce.BOUNCED, at=clock()) is firm.client


def test_the_reactivation_of_one_address_says_nothing_of_another_that_ends_alike(session, firm, clock):
    firm.partner.email = "a_client@example.com"
    bounces.disable(session, "client@example.com", Bounce.BOUNCED, at=clock())
    clock.forward(minutes=1)
    bounces.reactivate(session, firm.client.id, by=firm.administrator)
    assert bounces.disable(session, "a_client@example.com", Bounce.BOUNCED, at=clock()) is firm.partner


def test_an_alias_and_an_unknown_address_disable_nobody(session, firm, clock):
    session.add(EmailAlias(person_id=firm.client.id, address="alias@example.com"))
    for address in ("alias@example.com", "nobody@example.com", ""):
        assert bounces.disable(session, address, Bounce.BOUNCED, at=clock()) is None
    assert firm.client.bounced_at is None


def test_the_latest_reason_counts_after_a_reactivation(session, firm, clock):
    bounces.disable(session, "client@example.com", Bounce.BOUNCED, at=clock())
    clock.forward(minutes=1)
    bounces.reactivate(session, firm.client.id, by=firm.administrator)
    clock.forward(minutes=1)
    bounces.disable(session, "client@example.com", Bounce.SUPPRESSED, at=clock())
    assert firm.client.bounce is Bounce.SUPPRESSED


@pytest.mark.parametrize("turned_round", [False, True])
def test_what_happened_first_counts_in_whatever_order_it_is_told(session, firm, clock, turned_round):
    minute = timedelta(minutes=1)
    told = [(Bounce.COMPLAINED, clock()), (Bounce.BOUNCED, clock() + minute)]
    for what, at in reversed(told) if turned_round else told:
        bounces.disable(session, "client@example.com", what, at=at)
    assert (firm.client.bounced_at, firm.client.bounce) == (clock(), Bounce.COMPLAINED)
