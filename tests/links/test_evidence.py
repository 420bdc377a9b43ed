"""Evidence of files: viewed once a visit, downloaded only when every byte has gone."""

import pytest

from caseupdates.links import gate as gates
from caseupdates.links import serving
from caseupdates.links.evidence import first_openings
from caseupdates.links.models import LinkEvent, Step
from tests.links.story import SIZE
from tests.together import together


def downloads(gate):
    return gate.steps.count(Step.DOWNLOADED)


def view(gate, by=None):
    gate.do(serving.viewed, gate.grant(by=by), by or gate.phone)


WHOLE = [
    [(0, SIZE)],
    [(0, 400), (400, SIZE)],  # broken off, resumed
    [(0, 400), (300, SIZE)],  # resumed a little earlier
    [(0, 1), (1, 2), (2, SIZE)],
    [(0, 400), (0, SIZE)],  # begun anew
    [(0, 1), (0, SIZE)],  # a player asks whether ranges work
    [(0, 600), (100, 200), (600, SIZE)],  # read again in the middle
    [(0, 600), (0, 100), (600, SIZE)],
    [(500, SIZE), (0, SIZE)],
    [(500, SIZE), (0, 500), (500, SIZE)],
]
NOT_WHOLE = [
    [(0, SIZE - 1)],
    [(1, SIZE)],
    [(SIZE - 1, SIZE)],
    [(0, 400), (401, SIZE)],  # one byte skipped
    [(500, SIZE), (0, 500)],  # the end came first, and was not waited for
    [(0, 400), (0, 300), (0, 999)],
    [(0, 400), (600, SIZE), (400, 600)],
    [(0, 0)],
]


@pytest.mark.parametrize("parts", WHOLE)
def test_a_file_is_downloaded_when_every_byte_has_gone(gate, parts):
    gate.enter()
    for part in parts[:-1]:
        gate.download(gate.files[0], part)
    assert downloads(gate) == 0
    gate.download(gate.files[0], parts[-1])
    assert downloads(gate) == 1


@pytest.mark.parametrize("parts", NOT_WHOLE)
def test_a_file_is_not_downloaded_while_a_byte_is_missing(gate, parts):
    gate.enter()
    gate.download(gate.files[0], *parts)
    assert downloads(gate) == 0


def test_each_file_is_counted_for_itself(gate):
    gate.enter()
    gate.download(gate.files[0], (0, 400))
    gate.download(gate.files[1], (400, SIZE))
    assert downloads(gate) == 0
    gate.download(gate.files[1], (0, SIZE))
    [event] = [each for each in gate.rows(LinkEvent) if each.step is Step.DOWNLOADED]
    assert event.file_id == gate.files[1].id


def test_a_download_is_resumed_in_a_later_visit(gate, clock):
    gate.enter()
    gate.download(gate.files[0], (0, 400))
    clock.forward(hours=1)
    gate.enter()
    gate.download(gate.files[0], (400, SIZE))
    assert downloads(gate) == 1


def test_downloading_twice_in_a_visit_is_noted_once(gate):
    gate.enter()
    gate.download()
    gate.download()
    assert downloads(gate) == 1


def test_downloading_again_in_a_later_visit_is_noted_again(gate, clock):
    for _ in range(2):
        gate.enter()
        gate.download()
        clock.forward(hours=1)
    assert downloads(gate) == 2


def test_after_a_whole_download_the_next_begins_anew(gate, clock):
    gate.enter()
    gate.download(gate.files[0], (0, 400), (400, SIZE))
    clock.forward(hours=1)
    gate.enter()
    gate.download(gate.files[0], (400, SIZE))
    assert downloads(gate) == 1


def test_a_file_is_viewed_once_a_visit_however_often_it_is_sought_through(gate, clock):
    gate.enter()
    for _ in range(5):
        view(gate)
    assert gate.steps.count(Step.VIEWED) == 1
    clock.forward(minutes=1)
    gate.enter()
    view(gate)
    assert gate.steps.count(Step.VIEWED) == 2


def test_parts_of_a_video_asked_for_at_once_are_one_viewing(lasting):
    lasting.enter()
    together(*[lambda: view(lasting)] * 6)
    assert lasting.steps.count(Step.VIEWED) == 1


def test_parts_of_a_download_that_end_at_once_are_one_download(lasting):
    lasting.enter()
    together(*[lasting.download] * 6)
    assert downloads(lasting) == 1


def test_evidence_says_when_from_where_and_with_what(gate, clock):
    visit = gate.enter()
    clock.forward(seconds=5)
    gate.download(gate.files[1])
    event = gate.rows(LinkEvent)[-1]
    assert (event.step, event.at, event.file_id, event.visit_id) == (
        Step.DOWNLOADED,
        clock(),
        gate.files[1].id,
        visit.id,
    )
    assert (event.network, event.browser) == (gate.phone.network, "Firefox")


def opened_first(gate, session):
    return first_openings(session, [gate.link.id]).get(gate.link.id)


def test_a_guarded_link_counts_as_opened_once_somebody_is_in(gate, session, clock):
    gate.asked()
    assert opened_first(gate, session) is None
    clock.forward(seconds=30)
    gate.confirm(gate.code_mailed())
    verified = clock()
    clock.forward(seconds=30)
    gate.download()
    assert opened_first(gate, session) == verified


def test_an_unguarded_link_counts_as_opened_at_the_press(unguarded, session, clock):
    unguarded.before()
    assert opened_first(unguarded, session) is None
    unguarded.do(gates.open_without_code, unguarded.token, unguarded.phone)
    assert opened_first(unguarded, session) == clock()
