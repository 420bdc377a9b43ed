"""What a browser sends, taken apart carefully."""

import pytest

from caseupdates.interface.access import cookie, whole_number, words
from caseupdates.interface.routing import local_path
from caseupdates.refusals import Invalid, NotFound


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("session=abc", "abc"),
        ("zone=Europe%2FLondon; session=abc; theme=dark", "abc"),
        ('session="abc"', "abc"),
        ("session=", ""),
        ("other=abc", ""),
        ("xsession=abc", ""),
        ("session", ""),
        ("", ""),
        (";;;=;", ""),
        ("bad[name]=1", ""),
    ],
)
def test_a_cookie_is_found_by_its_whole_name(header, value):
    assert cookie(header, "session") == value


@pytest.mark.parametrize(("value", "number"), [(7, 7), ("7", 7), ("007", 7), (0, 0), (-1, -1), (2**31 - 1, 2**31 - 1)])
def test_a_whole_number_is_taken(value, number):
    assert whole_number(value) == number


@pytest.mark.parametrize(
    "value",
    [
        "",
        "seven",
        "7.0",
        "-7",
        "1e3",
        " 7",
        "²",
        "9" * 19,
        7.0,
        True,
        None,
        [7],
        {"id": 7},
        2**31,
        -(2**31) - 1,
        str(2**31),
    ],
)
def test_anything_else_does_not_exist(value):
    with pytest.raises(NotFound):
        whole_number(value)


@pytest.mark.parametrize("text", ["", "Night two", "líneas\ny más", "👩‍💻", "<b>"])
def test_text_is_taken_as_it_is(text):
    assert words(text) == text


def test_text_is_cut_where_it_is_too_long():
    assert words("x" * 11, at_most=10) == "x" * 10
    assert len(words("x" * 100_001)) == 100_000


@pytest.mark.parametrize("value", [None, 7, True, ["Night two"], {"title": "Night two"}, b"Night two"])
def test_what_is_no_text_is_refused(value):
    with pytest.raises(Invalid, match="type text"):
        words(value)


@pytest.mark.parametrize("text", ["Night\0 two", "Night\ud800 two", "\udfffNight two"])
def test_what_no_database_can_store_is_left_out(text):
    assert words(text) == "Night two"


@pytest.mark.parametrize("path", ["/", "/cases", "/cases/2026-0142/updates/7?from=mail#top", "/cases/Łódź", "/a//b"])
def test_after_signing_in_one_goes_where_one_wanted(path):
    assert local_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        None,
        "",
        "cases",
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "javascript:alert(1)",
        " //evil.example",
        "/\u00adx",
        "/\x00",
    ],
)
def test_and_never_anywhere_else(path):
    assert local_path(path) == "/cases"
