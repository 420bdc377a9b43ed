"""Names of files as they come in: whatever somebody calls a file, no screen, header or folder is fooled."""

import unicodedata

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from caseupdates.files.names import LENGTH, UNNAMED, cleaned, disposition, split

pytestmark = pytest.mark.one_database

NASTY = [
    "../", "..\\", "/", "\\", "\r\n", "\n", "\0", "\t", "\x1b", "\x7f", "\x85", "\u2028", "\u2029", '"', "'", "%", ";", "=",
    "\u202e", "\u202d", "\u2066", "\u2069", "\u200e", "\u200f", "\u061c", "\u200b", "\u200d", "\ufeff", "\ud800", "\udfff",
    "\ue000", ".", " ", "..", "CON", "e", "\u0301", "\u0338", "<", ">", ":", "|", "?", "*", "x" * 179, "語" * 60, ".pdf", ".exe",
]  # fmt: skip
DIRECTIONS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
PART, WORD = st.sampled_from(NASTY), st.text(st.characters(exclude_categories=()), max_size=8)
NAMES = st.tuples(WORD, PART, PART, WORD, PART).map("".join)


@settings(max_examples=10_000, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(NAMES)
@example("e\u200d\u0301.pdf")  # a joiner between a letter and its accent
@example("x" * 178 + " .abcdefghijklmnop")  # a cut that makes an ending
@example("x" * 178 + ". y")  # a cut that ends in a dot
def test_of_ten_thousand_names_none_holds_what_could_fool_anybody(name):
    clean = cleaned(name)
    assert clean == cleaned(clean)
    assert 0 < len(clean) <= LENGTH
    assert not set(clean) & set('/\\<>:"|?*')
    assert not {unicodedata.category(each) for each in clean} & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    assert not {unicodedata.bidirectional(each) for each in clean} & DIRECTIONS
    assert clean == clean.strip(" .")
    assert disposition(clean, inline=False).isascii()


@settings(max_examples=1_000, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(NAMES, st.sampled_from([".pdf", ".JPG", ".mp4", ".7z", ".xhtml", ".e01", ".vsmacros"]))
def test_a_name_keeps_its_ending_however_long_or_strange_the_rest(name, ending):
    assert split(cleaned(f"{name}b{ending}"))[1] == ending


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Interim report.pdf", "Interim report.pdf"),
        ("Überwachung – Straße 12 (final).MP4", "Überwachung – Straße 12 (final).MP4"),
        ("監視 夜.mp4", "監視 夜.mp4"),
        ("تقرير.pdf", "تقرير.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\Windows\\win.ini", "win.ini"),
        ("C:\\Users\\R\\plate.jpg", "plate.jpg"),
        ("a/b\\c.txt", "c.txt"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\r\nSet-Cookie: b=c.pdf", "a Set-Cookie_ b=c.pdf"),
        ("pla\0te.jpg", "plate.jpg"),
        ('say "cheese".jpg', "say _cheese_.jpg"),
        ("  spaces   and\u00a0more .pdf ", "spaces and more.pdf"),
        (".htaccess", "htaccess"),
        ("night.pdf. . .", "night.pdf"),
        ("cafe\u0301.txt", "caf\u00e9.txt"),
    ],
)
def test_a_name_reads_as_it_was_meant(given, kept):
    assert cleaned(given) == kept


@pytest.mark.parametrize("nothing", ["", " ", ".", "..", "...", "/", "a/", "\\", "\0", "\u202e", "\ud800", " . / . "])
def test_a_name_of_nothing_is_called_a_file(nothing):
    assert cleaned(nothing) == UNNAMED


@pytest.mark.parametrize(("length", "kept"), [(LENGTH - 5, LENGTH - 1), (LENGTH - 4, LENGTH), (LENGTH - 3, LENGTH)])
def test_a_long_name_is_cut_before_its_ending(length, kept):
    name = cleaned("x" * length + ".pdf")
    assert (len(name), name[-5:]) == (kept, "x.pdf")


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Interim report.PDF", ("Interim report", ".PDF")),
        ("week.1.mp4", ("week.1", ".mp4")),
        ("README", ("README", "")),
        ("pdf", ("pdf", "")),
        (".pdf", (".pdf", "")),
        ("a.", ("a.", "")),
        ("a.b c", ("a.b c", "")),
        ("a.123456789012", ("a", ".123456789012")),
        ("a.1234567890123", ("a.1234567890123", "")),
    ],
)
def test_an_ending_is_a_short_word_after_the_last_dot(name, parts):
    assert split(name) == parts
