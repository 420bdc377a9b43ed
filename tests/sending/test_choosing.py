"""What a tick means: people, blocks of people, and groups that hold people."""

import pytest

from caseupdates.sending.selector.choosing import Chosen

ANN, BOB, CY, DEE = 1, 2, 3, 4
BOARD, FRIDAY, EMPTY = 10, 11, 12
MEANING = {BOARD: [ANN, BOB], FRIDAY: [BOB, CY], EMPTY: []}
NOBODY = Chosen()


def chosen(people=(), groups=()):
    return Chosen(frozenset(people), frozenset(groups))


def test_a_tick_chooses_and_another_tick_does_not():
    once = NOBODY.toggled([ANN], MEANING)
    assert once == chosen([ANN])
    assert once.toggled([ANN], MEANING) == NOBODY


def test_a_block_chooses_all_of_it_then_none():
    some = chosen([ANN, DEE])
    every = some.toggled([ANN, BOB, CY], MEANING)
    assert every == chosen([ANN, BOB, CY, DEE])
    assert every.toggled([ANN, BOB, CY], MEANING) == chosen([DEE])


def test_a_group_ticks_its_people():
    assert NOBODY.with_groups([BOARD], MEANING) == chosen([ANN, BOB], [BOARD])


def test_unticking_a_group_unticks_its_people():
    assert NOBODY.with_groups([BOARD], MEANING).with_groups([BOARD], MEANING) == NOBODY


def test_whom_another_ticked_group_holds_stays_chosen():
    both = NOBODY.with_groups([BOARD], MEANING).with_groups([FRIDAY], MEANING)
    assert both == chosen([ANN, BOB, CY], [BOARD, FRIDAY])
    assert both.with_groups([BOARD], MEANING) == chosen([BOB, CY], [FRIDAY])


def test_whom_a_group_that_is_not_ticked_holds_does_not_stay():
    assert chosen([ANN, BOB, CY], [BOARD]).with_groups([BOARD], MEANING) == chosen([CY])


def test_a_group_that_loses_somebody_loses_its_tick():
    assert chosen([ANN, BOB, CY], [BOARD, FRIDAY]).toggled([ANN], MEANING) == chosen([BOB, CY], [FRIDAY])


def test_choosing_its_people_one_by_one_does_not_tick_the_group():
    assert NOBODY.toggled([ANN], MEANING).toggled([BOB], MEANING) == chosen([ANN, BOB])


@pytest.mark.parametrize("group", [EMPTY, 404])
def test_a_group_of_nobody_cannot_be_ticked(group):
    assert NOBODY.with_groups([group], MEANING) == NOBODY


def test_all_groups_are_ticked_at_once_and_unticked_at_once():
    every = NOBODY.with_groups([BOARD, FRIDAY, EMPTY], MEANING)
    assert every == chosen([ANN, BOB, CY], [BOARD, FRIDAY])
    assert every.with_groups([BOARD, FRIDAY, EMPTY], MEANING) == NOBODY


def test_after_a_new_look_a_ticked_group_means_whom_it_means_now():
    now = {**MEANING, BOARD: [BOB, DEE]}
    assert chosen([ANN, BOB, CY], [BOARD]).settled(MEANING, now, [ANN, BOB, CY, DEE]) == chosen([BOB, CY, DEE], [BOARD])


def test_a_group_that_is_not_ticked_brings_nobody():
    assert chosen([ANN]).settled(MEANING, {**MEANING, BOARD: [DEE]}, [ANN, DEE]) == chosen([ANN])


def test_a_group_that_is_gone_or_empty_takes_its_people_along():
    for now in ({FRIDAY: [BOB, CY]}, {**MEANING, BOARD: []}):
        assert chosen([ANN, BOB, CY], [BOARD, FRIDAY]).settled(MEANING, now, [ANN, BOB, CY]) == chosen(
            [BOB, CY], [FRIDAY]
        )


def test_nobody_stays_who_can_no_longer_be_chosen():
    assert chosen([ANN, DEE]).settled(MEANING, MEANING, [ANN]) == chosen([ANN])
