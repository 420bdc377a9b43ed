"""Names that things are known by."""

import pytest

from caseupdates.people import names
from caseupdates.refusals import Invalid

GIVEN = [(1, "Meridian Freight Ltd"), (2, "Łódź Składy")]


def test_a_name_is_put_on_one_line():
    assert names.free("  Quay \t Street\n Holdings\x07 ", GIVEN) == "Quay Street Holdings"


@pytest.mark.parametrize("nothing", ["", "  \n", "\x00\x1b", "\u200b"])
def test_nothing_is_no_name(nothing):
    with pytest.raises(Invalid, match="give it a name"):
        names.free(nothing, GIVEN)


def test_a_name_is_at_most_a_hundred_characters():
    assert names.free("x" * 100, GIVEN) == "x" * 100
    with pytest.raises(Invalid, match="at most 100 characters"):
        names.free("x" * 101, GIVEN)


@pytest.mark.parametrize(
    "twin",
    [
        "MERIDIAN FREIGHT LTD",
        " meridian  freight ltd ",
        "Meridian\u200b Freight Ltd",
        "Meridian Freight Ltd",
        "łódź SKŁADY",
    ],
)
def test_a_name_that_reads_the_same_is_taken(twin):
    with pytest.raises(names.Taken, match="Choose another name"):
        names.free(twin, GIVEN)


def test_one_may_change_the_case_of_ones_own_name():
    assert names.free("MERIDIAN Freight Ltd", GIVEN, but=1) == "MERIDIAN Freight Ltd"
    with pytest.raises(names.Taken):
        names.free("MERIDIAN Freight Ltd", GIVEN, but=2)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and 1 other"),
        (["a", "b", "c", "d"], "a, b and 2 others"),
    ],
)
def test_words_are_listed_as_one_says_them(words, said):
    assert names.listed(words, at_most=2) == said
