"""Numbers of cases: what one may be, and which is suggested."""

import pytest

from caseupdates.cases.numbers import LENGTH, NumberTaken, checked, suggested
from caseupdates.refusals import Invalid


@pytest.mark.parametrize(
    "number", ["2026-0152", "1", "A", "HI 2026 7", "Ü-1", "2026.7 (b)", "x" * LENGTH, "案件-1", "A&B", "a+b", "a:b;c"]
)
def test_a_number_is_what_can_be_read_and_stand_in_an_address(session, firm, number):
    assert checked(session, number) == number


def test_a_number_is_kept_without_blanks_around_it(session, firm):
    assert checked(session, "  2026-0152\n") == "2026-0152"


@pytest.mark.parametrize("number", ["", " ", ".", "..", "-", "—", "()"])
def test_what_has_neither_letter_nor_digit_is_no_number(session, firm, number):
    with pytest.raises(Invalid, match="Please give the case a number"):
        checked(session, number)


@pytest.mark.parametrize("sign", ["/", "\\", "?", "#", "%", "\n", "\t", "\0", "\x7f", "\u200b", "\u202e", "\u2028"])
def test_signs_that_an_address_misreads_or_nobody_sees_are_refused(session, firm, sign):
    with pytest.raises(Invalid, match="letters, digits"):
        checked(session, f"2026{sign}1")


def test_a_number_has_at_most_forty_characters(session, firm):
    assert checked(session, "9" * 40)
    with pytest.raises(Invalid, match="at most 40 characters"):
        checked(session, "9" * 41)


@pytest.mark.parametrize("number", ["Ref-7A", "REF-7A", "ref-7a", " ref-7A "])
def test_no_two_cases_have_numbers_that_differ_only_in_the_case_of_letters(session, firm, number):
    firm.case.number = "Ref-7a"
    with pytest.raises(NumberTaken) as refused:
        checked(session, number)
    assert refused.value.status == 409
    assert str(refused.value) == f"There is a case with the number {number.strip()} already. Choose another number."


def test_a_number_like_another_but_for_a_blank_is_another(session, firm):
    assert checked(session, "2026 0142") == "2026 0142"


@pytest.mark.parametrize(
    ("there", "next_one"),
    [
        ((), "2026-0001"),
        (("2025-0900", "A-77", "2026-", "2026-x", "2026-0100-b", "2026-٣"), "2026-0001"),
        (("2026-0142", "2026-0151"), "2026-0152"),
        (("2026-0999",), "2026-1000"),
        (("2026-9999",), "2026-10000"),
        (("2026-7", "2026-3"), "2026-8"),
        (("2026-0009", "2026-10"), "2026-11"),
    ],
)
def test_the_number_after_the_highest_of_the_year_is_suggested(session, firm, there, next_one):
    firm.case.number, firm.other_case.number = "X-1", "X-2"
    for number in there:
        firm._case(number, "Another", firm.meridian)
    assert suggested(session, 2026) == next_one
