"""Which files go out, through which link, to which browser."""

import pytest

from caseupdates.files import storage
from caseupdates.links import serving
from caseupdates.links.models import Visit
from caseupdates.links.serving import NotOpen
from caseupdates.refusals import NotFound
from tests.links.story import PLATE, REPORT, SIZE


def test_an_open_window_gets_each_file_with_all_that_serving_it_takes(gate):
    visit = gate.enter()
    for file, name, media_type in zip(gate.files, (REPORT, PLATE), ("application/pdf", "image/jpeg"), strict=True):
        granted = gate.grant(file)
        assert (granted.name, granted.media_type, granted.size) == (name, media_type, SIZE)
        assert (granted.file_id, granted.link_id, granted.visit_id) == (file.id, gate.link.id, visit.id)
        assert granted.leaves_evidence
        with storage.opened(granted.sha256) as content:
            assert len(content.read()) == SIZE


def test_without_a_visit_no_file_goes_out(gate):
    with pytest.raises(NotOpen, match=r"^This file is not open any more\.") as refused:
        gate.grant()
    assert refused.value.status == 401


def test_a_code_that_is_not_confirmed_yet_opens_nothing(gate):
    gate.asked()
    with pytest.raises(NotOpen):
        gate.grant()


def test_another_browser_gets_nothing_from_this_ones_visit(gate):
    gate.enter(gate.phone)
    with pytest.raises(NotOpen):
        gate.grant(by=gate.laptop)
    assert not gate.is_open(gate.laptop)


def test_a_visit_of_one_link_opens_no_other(gate):
    gate.enter()
    gate.token = gate.send(gate.firm.client)
    with pytest.raises(NotOpen):
        gate.grant()


def test_a_file_of_another_link_is_not_found(sent):
    mine, other = sent(), sent(to="client")
    mine.enter()
    for file in other.files:
        with pytest.raises(NotFound):
            mine.grant(file)


@pytest.mark.parametrize("file_id", [0, -1, 404_404])
def test_a_made_up_file_is_not_found(gate, file_id):
    gate.enter()
    with pytest.raises(NotFound):
        gate.do(serving.grant, gate.token, file_id, gate.phone)


def test_a_made_up_link_has_no_files(gate):
    gate.enter()
    gate.token = "0" * 64
    with pytest.raises(NotFound):
        gate.grant()


def test_of_two_windows_of_a_browser_the_open_one_counts(gate, clock):
    gate.enter()
    clock.forward(seconds=41)
    second = gate.enter()
    clock.forward(seconds=1)
    assert gate.grant().visit_id == second.id
    assert len(gate.rows(Visit)) == 2
