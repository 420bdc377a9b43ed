"""Addresses that refused mail."""

import pytest

from caseupdates.people import bounces
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
