"""Seals: what waits in the database opens nothing, and what is handed over opens exactly one thing."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseupdates import seals, tokens

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
SEAL, OTHER_SEAL = "s" * 43, "t" * 43
SEALS = st.text(string.ascii_letters + string.digits + "-_", min_size=43, max_size=43)


def test_a_token_is_256_bits_and_always_the_same():
    token = seals.link_token(KEY, SEAL)
    assert token == seals.link_token(KEY, SEAL)
    assert (len(token), set(token) <= set("0123456789abcdef")) == (64, True)


def test_another_key_seal_or_kind_gives_another_secret():
    links = {seals.link_token(key, seal) for key in (KEY, OTHER_KEY) for seal in (SEAL, OTHER_SEAL)}
    codes = {seals.code(key, seal) for key in (KEY, OTHER_KEY) for seal in (SEAL, OTHER_SEAL)}
    assert (len(links), len(codes)) == (4, 4)
    assert tokens.derive(KEY, f"code\n{SEAL}") not in links


def test_a_broken_seal_is_the_secret_in_its_place():
    text = f"Open: https://example.com/l/{seals.sealed(seals.LINK, SEAL)}, code {seals.sealed(seals.CODE, OTHER_SEAL)}."
    token, code = seals.link_token(KEY, SEAL), seals.spaced(seals.code(KEY, OTHER_SEAL))
    assert seals.broken(text, KEY) == f"Open: https://example.com/l/{token}, code {code}."


def test_a_seal_twice_is_the_same_secret_twice():
    seal = seals.sealed(seals.LINK, SEAL)
    assert seals.broken(f"{seal} {seal}", KEY) == " ".join([seals.link_token(KEY, SEAL)] * 2)


@settings(max_examples=500, deadline=None, database=None)
@given(SEALS)
def test_every_code_has_eight_digits_and_reads_as_two_times_four(seal):
    code = seals.code(KEY, seal)
    assert (len(code), code.isascii(), code.isdigit()) == (8, True, True)
    assert seals.spaced(code) == f"{code[:4]} {code[4:]}"


@settings(max_examples=500, deadline=None, database=None)
@given(SEALS)
def test_a_sealed_text_says_nothing_of_the_secret(seal):
    text = seals.sealed(seals.LINK, seal)
    assert seals.link_token(KEY, seal) not in text
    assert seals.broken(text, KEY) == seals.link_token(KEY, seal)


@pytest.mark.parametrize(
    "text",
    ["", "seal-link-", f"seal-link-{'s' * 42}", f"seal-door-{SEAL}", f"SEAL-LINK-{SEAL}", "Zwei Fahrzeuge – 02:14"],
)
def test_a_text_without_a_seal_stays_as_it_is(text):
    assert seals.broken(text, KEY) == text


def test_a_new_seal_fits_its_place():
    assert seals.broken(seals.sealed(seals.LINK, tokens.new()), KEY).isalnum()
