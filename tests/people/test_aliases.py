"""Other addresses of a person."""

import pytest

from caseupdates import bell
from caseupdates.database import reading, writing
from caseupdates.people import addresses, aliases, details
from caseupdates.people.addresses import AddressInUse
from caseupdates.people.models import Person
from caseupdates.refusals import Invalid, NotFound, NotPermitted
from tests.people.conftest import details as typed_into
from tests.people.conftest import written
from tests.together import together


def test_an_alias_is_kept_in_its_one_spelling_and_found(session, firm):
    alias = aliases.add(session, firm.client.id, " C.C@Example.com ", by=firm.administrator)
    assert alias.address == "c.c@example.com"
    assert addresses.person_with(session, "c.c@example.com") == firm.client


@pytest.mark.parametrize("typed", ["manager@example.com", "CLIENT@example.com", "m.g@example.com", "c.c@example.com"])
def test_an_address_or_alias_of_anybody_even_oneself_is_refused(session, firm, typed):
    for person, address in ((firm.manager, "m.g@example.com"), (firm.client, "c.c@example.com")):
        aliases.add(session, person.id, address, by=firm.administrator)
    with pytest.raises(AddressInUse, match="already has"):
        aliases.add(session, firm.client.id, typed, by=firm.administrator)


@pytest.mark.parametrize("typed", ["", "c.c", "c.c@", "a b@example.com"])
def test_what_is_no_address_is_refused(session, firm, typed):
    with pytest.raises(Invalid, match="not an email address"):
        aliases.add(session, firm.client.id, typed, by=firm.administrator)


def test_a_removed_alias_is_free_again(session, firm):
    alias = aliases.add(session, firm.client.id, "c.c@example.com", by=firm.administrator)
    aliases.remove(session, alias.id, by=firm.administrator)
    assert aliases.of(session, firm.client.id, by=firm.administrator) == []
    aliases.add(session, firm.manager.id, "c.c@example.com", by=firm.administrator)
    with pytest.raises(NotFound):
        aliases.remove(session, 999_999, by=firm.administrator)


def test_both_are_written_down_and_ring(session, firm):
    alias = aliases.add(session, firm.client.id, "c.c@example.com", by=firm.administrator)
    aliases.remove(session, alias.id, by=firm.administrator)
    about = "Client C.: c.c@example.com"
    assert written(session) == [
        ("Administrator A.", "alias added", about),
        ("Administrator A.", "alias removed", about),
    ]
    assert bell.SETTINGS in session.info["rings"]


def test_a_person_has_at_most_twenty_in_order_of_the_alphabet(session, firm):
    for number in range(20, 0, -1):
        aliases.add(session, firm.client.id, f"c{number:02}@example.com", by=firm.administrator)
    with pytest.raises(Invalid, match="at most 20"):
        aliases.add(session, firm.client.id, "c21@example.com", by=firm.administrator)
    found = [each.address for each in aliases.of(session, firm.client.id, by=firm.administrator)]
    assert found == [f"c{number:02}@example.com" for number in range(1, 21)]


@pytest.mark.parametrize("who", ["manager", "client", "outsider"])
def test_only_who_manages_settings_sees_adds_and_removes(session, firm, who):
    alias = aliases.add(session, firm.client.id, "c.c@example.com", by=firm.administrator)
    by = getattr(firm, who)
    for verb, argument in ((aliases.of, firm.client.id), (aliases.remove, alias.id)):
        with pytest.raises(NotPermitted):
            verb(session, argument, by=by)
    with pytest.raises(NotPermitted):
        aliases.add(session, by.id, "mine@example.com", by=by)


def test_somebody_who_is_not_there_gets_none(session, firm):
    with pytest.raises(NotFound):
        aliases.add(session, 999_999, "c.c@example.com", by=firm.administrator)


def test_an_address_asked_for_twice_at_once_as_alias_and_as_first_goes_to_one(standing):
    """No index covers both tables."""

    def as_alias():
        with writing() as session:
            by = session.get_one(Person, standing.administrator.id)
            return aliases.add(session, standing.client.id, "shared@example.com", by=by)

    def as_first():
        with writing() as session:
            by = session.get_one(Person, standing.administrator.id)
            given = typed_into(standing.outsider, email="shared@example.com")
            return details.change(session, standing.outsider.id, given, by=by)

    answers = together(as_alias, as_first)
    assert sorted(isinstance(each, AddressInUse) for each in answers) == [False, True]
    with reading() as session:
        holder = addresses.person_with(session, "shared@example.com")
        assert holder
        assert holder.id in {standing.client.id, standing.outsider.id}
