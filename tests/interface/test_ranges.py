"""Which part of a file a request asks for, whatever it writes into its headers."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from caseupdates.interface.ranges import Part, Unsatisfiable, is_current, part

pytestmark = pytest.mark.one_database

SIZE = 1_000
ETAG = '"5feceb66"'
OFFSETS = st.integers(0, 2 * SIZE)
# As a browser writes it, then broken: other units, several ranges, signs, spaces, other scripts' digits, controls.
NUMBERS = st.sampled_from(
    [
        "",
        "0",
        "00",
        "1",
        "999",
        "1000",
        "9" * 19,
        "9" * 20,
        "9" * 5_000,
        "-1",
        "+1",
        "1.5",
        "0x1",
        "1e3",
        "٣",
        "²",
        "a",
        "\0",
    ]
)
HOSTILE = st.one_of(
    st.text(max_size=40),
    st.builds("{}={}{}-{}{}".format, st.sampled_from(["bytes", "Bytes", "byte", "", "none", "bytes=bytes"]), st.sampled_from(["", " ", "\t", "\n"]),
              NUMBERS, NUMBERS, st.sampled_from(["", " ", "\t", "\n", ",0-0", ";", "-", ", -5" * 100])),
    st.builds("bytes={}-{}".format, st.integers(0, 2**64), st.integers(0, 2**64)),
)  # fmt: skip


def asked(header: str | None, *, if_range: str | None = None, size: int = SIZE) -> Part | str | None:
    try:
        return part(header, if_range, size=size, etag=ETAG)
    except Unsatisfiable:
        return "unsatisfiable"


@settings(max_examples=10_000, deadline=None)
@given(HOSTILE, st.none() | st.text(max_size=20), st.integers(0, 2**40))
@example("bytes=-0", None, SIZE)
@example("bytes=0-", None, 0)
@example("bytes=-9999999999999999999", None, SIZE)
def test_no_header_asks_for_what_is_not_in_the_file(header, if_range, size):
    found = asked(header, if_range=if_range, size=size)
    assert found in (None, "unsatisfiable") or 0 <= found.first < found.until <= size


@settings(max_examples=1_000, deadline=None)
@given(OFFSETS, OFFSETS)
def test_from_one_byte_to_another(first, last):
    found = asked(f"bytes={first}-{last}")
    if last < first:
        assert found is None
    else:
        assert found == (Part(first, min(last + 1, SIZE)) if first < SIZE else "unsatisfiable")


@given(OFFSETS)
def test_from_a_byte_to_the_end(first):
    assert asked(f"bytes={first}-") == (Part(first, SIZE) if first < SIZE else "unsatisfiable")


@given(OFFSETS)
def test_the_last_bytes(length):
    assert asked(f"bytes=-{length}") == (Part(max(0, SIZE - length), SIZE) if length else "unsatisfiable")


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("bytes=0-0", Part(0, 1)), ("bytes=999-999", Part(999, 1000)), ("bytes=999-1000", Part(999, 1000)), ("bytes=1000-1000", "unsatisfiable"),
        ("bytes=1000-", "unsatisfiable"), ("bytes=-1", Part(999, 1000)), ("bytes= 0-1 ", Part(0, 2)), ("bytes=0-9223372036854775807", Part(0, 1000)),
    ],
)  # fmt: skip
def test_the_edges_of_a_file(header, found):
    assert asked(header) == found


@pytest.mark.parametrize(
    "header",
    [None, "", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=0-1,3-4", "bytes=0-,0-,0-", "items=0-1", "bytes=1-0", "bytes=+1-2", "bytes=0x1-2",
     "bytes=0-0-0", "bytes=٣-٤", "bytes=1.5-2", "bytes=10000000000000000000000-", "0-1"],
)  # fmt: skip
def test_what_is_no_single_range_is_answered_with_the_whole(header):
    assert asked(header) is None


def test_an_empty_file_has_no_part():
    assert {asked(header, size=0) for header in ("bytes=0-", "bytes=0-0", "bytes=-1")} == {"unsatisfiable"}


def test_a_resumed_download_goes_on_only_in_the_same_content():
    assert asked("bytes=5-", if_range=ETAG) == Part(5, SIZE)
    assert asked("bytes=5-", if_range=f" {ETAG} ") == Part(5, SIZE)


@pytest.mark.parametrize(
    "if_range", ['"another"', f"W/{ETAG}", "5feceb66", "", "*", "Mon, 23 Nov 2026 09:00:00 GMT", f'{ETAG}, "b"']
)
def test_of_another_content_it_begins_anew(if_range):
    assert asked("bytes=5-", if_range=if_range) is None
    assert asked("bytes=5000-", if_range=if_range) is None  # not 416: the old content may have been longer


@pytest.mark.parametrize("header", [ETAG, f"W/{ETAG}", f'"a", {ETAG}', f'"a",W/{ETAG} ,"b"', "*"])
def test_a_browser_that_has_the_content_is_told_so(header):
    assert is_current(header, ETAG)


@pytest.mark.parametrize("header", [None, "", "5feceb66", '"another"', '"5feceb6"', 'w/"5feceb66"', ","])
def test_any_other_gets_it(header):
    assert not is_current(header, ETAG)


@settings(max_examples=1_000, deadline=None)
@given(st.text(max_size=60).filter(lambda text: "*" not in text and ETAG not in text))
def test_no_other_words_mean_that_it_has_it(header):
    assert not is_current(header, ETAG)
