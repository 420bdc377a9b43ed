import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from caseupdates.outages import outage


def test_a_mistake_of_ours_is_no_outage(session):
    with pytest.raises(DBAPIError) as error:
        session.execute(text("SELECT :what"), {"what": object()})
    assert outage(error.value) is None
