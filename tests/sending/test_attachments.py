"""Which files go attached, and why the others become links."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseupdates.files.models import File
from caseupdates.sending.attachments import REFUSED, Plan, plan

MB = 10**6
LIMIT = 18 * MB
FILES = st.lists(
    st.tuples(st.sampled_from(["jpg", "pdf", "mp4", "exe", "JS", "html", ""]), st.integers(1, 40)), max_size=8
).map(lambda found: [file(f"a.{ending}", size, number) for number, (ending, size) in enumerate(found, start=1)])


def file(name, size=MB, number=1):
    return File(id=number, name=name, size=size, media_type="", sha256="", case_id=1, uploaded_by_id=1)


def planned(*files, limit=LIMIT):
    """What is attached, what is linked, by name, and the reasons in their order."""
    going = plan(files, attach=True, limit=limit)
    return [each.name for each in going.attached], [each.name for each in going.linked], list(going.reasons.values())


def test_links_are_chosen_links_are_made_and_need_no_reason():
    files = [file("a.jpg", number=1), file("b.exe", number=2)]
    assert plan(files, attach=False, limit=LIMIT) == Plan(linked=tuple(files))


def test_what_fits_goes_attached_in_its_order():
    assert planned(file("b.jpg", number=1), file("a.pdf", number=2)) == (["b.jpg", "a.pdf"], [], [])


def test_no_files_are_no_trouble():
    assert plan([], attach=True, limit=LIMIT) == plan([], attach=False, limit=LIMIT) == Plan()


@pytest.mark.parametrize("sizes", [[LIMIT], [LIMIT - 1], [LIMIT - MB, MB], [6 * MB] * 3])
def test_exactly_the_limit_goes_attached(sizes):
    files = [file(f"{number}.jpg", size, number) for number, size in enumerate(sizes)]
    assert planned(*files)[1:] == ([], [])


def test_one_byte_more_becomes_a_link_and_says_why():
    assert planned(file("night.mp4", LIMIT + 1)) == ([], ["night.mp4"], ["does not fit into the 18 MB of a mail"])
    assert planned(file("a.jpg", LIMIT - MB, 1), file("b.jpg", MB + 1, 2)) == (
        ["a.jpg"], ["b.jpg"], ["does not fit into the 18 MB of a mail"],
    )  # fmt: skip


def test_a_file_too_large_leaves_room_for_those_after_it():
    files = [file("a.jpg", 10 * MB, 1), file("b.mp4", 10 * MB, 2), file("c.pdf", 8 * MB, 3), file("d.pdf", 1, 4)]
    assert planned(*files)[:2] == (["a.jpg", "c.pdf"], ["b.mp4", "d.pdf"])


@pytest.mark.parametrize("ending", sorted(REFUSED))
def test_what_mail_providers_refuse_becomes_a_link_and_says_so(ending):
    refused = f"mail providers refuse .{ending} files"
    assert planned(file(f"a.{ending}", 1)) == ([], [f"a.{ending}"], [refused])
    assert planned(file(f"a.{ending.upper()}", 1))[2] == planned(file(f"a.pdf.{ending}", 1))[2] == [refused]


@pytest.mark.parametrize("name", ["exe", "a.exe.pdf", "a.exe-old", "setup exe", "js.txt", "a.html", "a.zip", "a.docm"])
def test_a_name_that_only_looks_like_it_goes_attached(name):
    assert planned(file(name, 1)) == ([name], [], [])


def test_a_refused_file_takes_no_room():
    assert planned(file("a.exe", LIMIT, 1), file("b.jpg", LIMIT, 2))[0] == ["b.jpg"]


@pytest.mark.parametrize("limit", [0, 1])
def test_a_limit_of_next_to_nothing_attaches_next_to_nothing(limit):
    assert planned(file("a.jpg", 1), limit=limit)[0] == ["a.jpg"] * limit


@settings(max_examples=1_000, deadline=None, database=None)
@given(FILES, st.integers(0, 100), st.booleans())
def test_every_file_goes_one_way_in_its_order_and_what_is_attached_fits(files, limit, attach):
    going = plan(files, attach=attach, limit=limit)
    assert sum(each.size for each in going.attached) <= limit
    assert sorted([*going.attached, *going.linked], key=lambda each: each.id) == files
    for way in (going.attached, going.linked):
        assert [each.id for each in way] == sorted(each.id for each in way)
    assert set(going.reasons) == ({each.id for each in going.linked} if attach else set())


@settings(max_examples=500, deadline=None, database=None)
@given(FILES, st.integers(0, 100))
def test_nothing_that_would_have_fitted_is_left_behind(files, limit):
    going = plan(files, attach=True, limit=limit)
    for each in going.linked:
        before = sum(other.size for other in going.attached if other.id < each.id)
        assert "providers refuse" in going.reasons[each.id] or before + each.size > limit
