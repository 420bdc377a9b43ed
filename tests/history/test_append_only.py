"""A line of history is never changed and never removed: the product itself refuses, before the database does."""

import pytest

from caseupdates.history.models import Area
from caseupdates.history.record import record


@pytest.fixture
def line(session, firm):
    event = record(session, Area.CASES, "case opened", by=firm.manager, case_id=firm.case.id)
    session.flush()
    return event


@pytest.mark.parametrize(
    ("column", "value"),
    [("what", "case closed"), ("about", "x"), ("person_id", None), ("network", "x"), ("case_id", None)],
)
def test_a_line_cannot_be_changed(session, line, column, value):
    setattr(line, column, value)
    with pytest.raises(TypeError, match="appended, never changed"):
        session.flush()


def test_a_line_cannot_be_removed(session, line):
    session.delete(line)
    with pytest.raises(TypeError, match="appended, never changed"):
        session.flush()
