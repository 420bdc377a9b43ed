"""Addresses: one spelling each."""

import pytest

from caseupdates.people import addresses
from caseupdates.people.models import EmailAlias
from caseupdates.refusals import Invalid


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Client@Example.COM", "client@example.com"),
        ("  client@example.com\n", "client@example.com"),
        ("jose\u0301@example.com", "jos\u00e9@example.com"),
        ("client@xn--mnchen-3ya.example.com", "client@münchen.example.com"),
    ],
)
def test_an_address_has_one_spelling(typed, kept):
    assert addresses.normalise(typed) == kept
    assert addresses.normalise(kept) == kept


@pytest.mark.parametrize(
    "typed",
    ["", "nobody", "a@b@example.com", "a@example", "Client <a@example.com>", "a\nb@example.com", "a@exa\0mple.com"],
)
def test_what_is_no_address_is_refused_with_a_sentence(typed):
    with pytest.raises(Invalid, match=r"^This is not an email address\. .+"):
        addresses.normalise(typed)


def test_a_person_is_found_by_address_and_by_alias(session, firm):
    session.add(EmailAlias(person_id=firm.client.id, address="c.c@example.com"))
    assert addresses.person_with(session, "client@example.com") == firm.client
    assert addresses.person_with(session, "c.c@example.com") == firm.client
    assert addresses.person_with(session, "nobody@example.com") is None


def test_somebody_without_an_address_is_not_found_by_none(session, firm):
    firm.partner.email = None
    assert addresses.person_with(session, "") is None
