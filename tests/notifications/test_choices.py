"""What "Preferences" and the firm's switches show of each kind."""

from datetime import UTC

import pytest

from caseupdates.notifications.state import EXPLAINED, _choices
from caseupdates.people import preferences
from caseupdates.people.models import Kind
from caseupdates.people.settings.switches.state import SAYS, _switches
from caseupdates.refusals import NotPermitted


def test_every_kind_is_explained_to_whoever_gets_it_and_to_who_switches_it():
    assert set(EXPLAINED) == set(SAYS) == set(Kind)
    assert EXPLAINED[Kind.ASSIGNED] == ("Assigned to a case", "Somebody put you on a case.")


def test_a_kind_the_firm_silences_is_shown_off_and_as_its_doing(session, firm):
    preferences.silence(session, Kind.REPLY, True, by=firm.administrator)
    preferences.choose(session, Kind.LINK_OPENED, email=False, by=firm.manager)
    shown = {row.kind: (row.email, row.by_firm) for row in _choices(session, by=firm.manager)}
    assert shown[Kind.REPLY] == (False, True)
    assert shown[Kind.LINK_OPENED] == (False, False)
    assert shown[Kind.CASE_UPDATE] == (True, False)


def test_a_switch_says_who_switched_it_off_and_when(session, firm):
    preferences.silence(session, Kind.REPLY, True, by=firm.administrator)
    rows, alone = _switches(session, UTC, by=firm.administrator)
    assert [(row.kind, row.since) for row in rows if not row.is_on] == [
        (Kind.REPLY, "Switched off today 09:00 by Administrator A.")
    ]
    assert alone == 1


@pytest.mark.parametrize("who", ["manager", "client"])
def test_the_switches_are_shown_to_who_manages_settings(session, firm, who):
    with pytest.raises(NotPermitted):
        _switches(session, UTC, by=getattr(firm, who))
