"""Names of files as they go out: one header, in ASCII, that gives the same name back."""

import email
import re
from email import policy
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import HealthCheck, given, settings

from caseupdates.files.names import cleaned, disposition
from tests.files.test_names import NAMES

pytestmark = pytest.mark.one_database

# RFC 6266, 4.1 with the quoted string of RFC 9110, 5.6.4 without escapes, and RFC 8187, 3.2.1
HEADER = re.compile(
    r"(?P<how>inline|attachment); filename=\"(?P<plain>[ !#-\[\]-~]*)\"; "
    r"filename\*=UTF-8''(?P<whole>(?:[A-Za-z0-9!#$&+.^_`|~-]|%[0-9A-F]{2})+)"
)


def read(header):
    """The name as a browser that knows RFC 8187 reads it, and as one that does not."""
    found = HEADER.fullmatch(header)
    return unquote_to_bytes(found["whole"]).decode("utf-8"), found["plain"]


@settings(max_examples=2_000, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(NAMES)
def test_whatever_the_name_the_header_is_plain_and_gives_it_back(name):
    clean = cleaned(name)
    whole, plain = read(disposition(clean, inline=False))
    assert whole == clean
    assert plain.strip(" ._")
    assert email.message_from_string(f"Content-Disposition: {disposition(clean, inline=True)}\n\n").keys() == [
        "Content-Disposition"
    ]


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Interim report.pdf", "Interim report.pdf"),
        ("Überwachung.mp4", "Uberwachung.mp4"),
        ("監視.mp4", "file.mp4"),
        ("監視", "file"),
        ("50% off; a=b.pdf", "50_ off_ a_b.pdf"),
        ("it's.pdf", "it_s.pdf"),
        ("a\\b.pdf", "a_b.pdf"),
        ('a"; filename="b.exe', "a__ filename__b.exe"),
    ],
)
def test_a_program_that_knows_only_ascii_gets_a_name_with_the_same_ending(name, plain):
    assert read(disposition(name, inline=False)) == (name, plain)


def test_a_mail_programs_parser_reads_the_same_header():
    header = disposition("Bericht 12.pdf", inline=False)
    read_by_it = email.message_from_string(f"Content-Disposition: {header}\n\n", policy=policy.HTTP)
    assert (read_by_it.get_content_disposition(), read_by_it.get_filename()) == ("attachment", "Bericht 12.pdf")


@pytest.mark.parametrize(("inline", "how"), [(True, "inline"), (False, "attachment")])
def test_it_says_whether_to_show_or_keep(inline, how):
    assert HEADER.fullmatch(disposition("plate.jpg", inline=inline))["how"] == how


def test_a_line_break_that_was_never_cleaned_adds_no_header():
    header = disposition("a\r\nSet-Cookie: b=c.pdf", inline=False)
    assert header.isprintable()
    assert read(header)[1] == "a__Set-Cookie_ b_c.pdf"
