"""The last day of a link, as its recipient reads it: in the firm's time zone, whoever reads it where."""

from datetime import UTC, datetime

import pytest

from caseupdates.links import gate as gates
from caseupdates.links.access import LinkExpired, open_link
from caseupdates.links.models import Link
from caseupdates.people.firm import firm
from caseupdates.sending.journal.rows import sending_rows

ENDED = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
DAYS = [
    ("UTC", "22 November 2026"),
    ("Europe/Helsinki", "23 November 2026"),
    ("Pacific/Kiritimati", "23 November 2026"),
    ("America/New_York", "22 November 2026"),
]


@pytest.fixture(params=DAYS, ids=lambda each: each[0])
def day(request, gate, session):
    """The day on which the link ended, in the zone the firm has chosen."""
    zone, said = request.param
    here = firm(session)
    here.time_zone = zone
    session.add(here)
    session.get_one(Link, gate.link.id).expires_at = ENDED
    session.flush()
    return said


def test_an_expired_link_names_it(gate, day):
    for act in (lambda: gate.do(open_link, gate.token), gate.grant, gate.asked):
        with pytest.raises(LinkExpired, match=f"This link expired on {day}."):
            act()
    assert str(gate.before().refusal) == f"This link expired on {day}."
    assert gate.before().stage is gates.Stage.DEAD


def test_staff_reads_the_same_day_wherever_they_are(gate, day, session):
    [sending] = gate.do(sending_rows, gate.update_id, UTC, by=gate.firm.manager)
    assert f"links end {day}" in sending.head


def test_a_zone_that_is_no_more_says_it_in_utc(gate, session):
    here = firm(session)
    here.time_zone = "Europe/Atlantis"
    session.add(here)
    session.get_one(Link, gate.link.id).expires_at = ENDED
    assert str(gate.before().refusal) == "This link expired on 22 November 2026."
