"""Passwords: long enough, not too long, stored so that a stolen database tells nothing."""

import pytest

from caseupdates.people import passwords
from caseupdates.people.passwords import MAX_LENGTH, MIN_LENGTH
from caseupdates.refusals import Invalid


@pytest.mark.parametrize("length", [MIN_LENGTH, MAX_LENGTH])
def test_a_password_of_twelve_to_256_characters_is_taken(length):
    assert length in (12, 256)
    assert passwords.matches("x" * length, passwords.hashed("x" * length))


@pytest.mark.parametrize("length", [0, 11, 257])
def test_a_shorter_or_longer_one_is_refused_with_the_lengths(length):
    with pytest.raises(Invalid, match="12 to 256 characters"):
        passwords.hashed("x" * length)


@pytest.mark.parametrize("password", ["aaaaaaaaaaaa", "            ", "pässwörter und ключи"])
def test_no_character_is_asked_for_or_forbidden(password):
    assert passwords.matches(password, passwords.hashed(password))


def test_a_password_is_stored_as_argon2id_with_a_salt_of_its_own():
    first, second = (passwords.hashed("four words make one") for _ in range(2))
    assert first.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert first != second


@pytest.mark.parametrize("near", ["four words make on", "four words make one ", "Four words make one", ""])
def test_a_password_that_is_nearly_right_is_wrong(near):
    assert not passwords.matches(near, passwords.hashed("four words make one"))


def test_what_goes_on_after_256_characters_is_another_password():
    assert not passwords.matches("x" * 257, passwords.hashed("x" * 256))


@pytest.mark.parametrize("stored", [None, "", "plain text", "$argon2id$broken"])
def test_nothing_matches_somebody_without_a_usable_hash(stored):
    assert not passwords.matches("the password of nobody", stored)


@pytest.mark.parametrize("stored", [None, "hashed"])
def test_one_hash_is_computed_for_somebody_unknown_as_for_somebody_known(monkeypatch, stored):
    """So that the time taken does not tell whether an address is known."""
    computed, known = [], passwords.hashed("four words make one")
    monkeypatch.setattr(passwords, "_hasher", Counting(computed))
    passwords.matches("a wrong password", stored and known)
    assert computed == ["$argon2id$v=19$m=19456,t=2,p=1"]


class Counting:
    """A hasher that writes down the parameters of what it is asked to verify."""

    def __init__(self, computed):
        self.computed = computed

    def verify(self, password_hash, _password):
        self.computed.append("$".join(password_hash.split("$")[:4]))
        return True
