"""What a file is: told from its content, and only where its name says the same."""

import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseupdates.files.kinds import HEAD, INLINE, KINDS, OTHER, TEXT, NotWhatItSays, is_inline, media_type
from tests.files.samples import RECORDERS, SAMPLES

pytestmark = pytest.mark.one_database

RUN_SCRIPTS = ["text/html", "image/svg+xml", "application/xml", "text/xml", "application/xhtml+xml", "text/javascript"]
OWN = [(f"a.{ending}", head, kind) for kind in KINDS for ending in kind.endings for head in SAMPLES[kind.media_type]]


@pytest.mark.parametrize(("name", "head", "kind"), OWN, ids=lambda each: getattr(each, "said", None))
def test_every_kind_is_taken_under_its_own_ending(name, head, kind):
    assert media_type(name, head) == media_type(name.upper(), head + b"\0" * HEAD) == kind.media_type


@pytest.mark.parametrize("brand", SAMPLES["video/mp4"], ids=lambda head: str(head[8:12]))
def test_whatever_brand_a_camera_writes_an_mp4_plays(brand):
    assert is_inline(media_type("GX010042.MP4", brand))


@pytest.mark.parametrize(("name", "head"), RECORDERS.items())
def test_a_recorders_own_format_is_taken_as_what_nobody_shows(name, head):
    assert media_type(name, head) == OTHER


@pytest.mark.parametrize("ending", sorted(TEXT))
def test_text_is_text_where_the_name_says_so(ending):
    assert media_type(f"night.{ending}", "Übergabe 02:14 Uhr.\n".encode()) == "text/plain"


@pytest.mark.parametrize("ending", ["txt", "eml", "csv"])
def test_text_is_shown_nowhere(ending):
    assert not is_inline(media_type(f"night.{ending}", b"Two vehicles."))


@pytest.mark.parametrize(
    ("name", "head", "said"),
    [
        ("plate.jpg", b"%PDF-1.7", "“plate.jpg” is a PDF document inside, which its name does not say. Give it the ending .pdf"),
        ("plate.jpg", b"Two vehicles.", "“plate.jpg” is not a JPEG picture inside. Save it again as what it is"),
        ("report.pdf", b"PK\3\4", "“report.pdf” is not a PDF document inside."),
        ("report.pdf", b"MZ\x90", "“report.pdf” is not a PDF document inside."),
        ("setup.exe", b"\xff\xd8\xff\xe0", "“setup.exe” is a JPEG picture inside"),
        ("page.html", b"GIF89a", "“page.html” is a GIF picture inside"),
        ("archive.zip", b"Rar!\x1a\x07\0", "“archive.zip” is a RAR archive inside"),
        ("plate", b"\xff\xd8\xff\xe0", "“plate” is a JPEG picture inside"),
        ("talk.mp4", b"ID3\4", "“talk.mp4” is an MP3 sound inside"),
        ("x.html.jpg", b"<html>", "“x.html.jpg” is a web page inside"),
        ("x.jpg.html", b"\xff\xd8\xff", "“x.jpg.html” is a JPEG picture inside"),
    ],
)  # fmt: skip
def test_a_name_that_promises_something_else_is_refused_by_its_name(name, head, said):
    with pytest.raises(NotWhatItSays) as refusal:
        media_type(name, head)
    assert str(refusal.value).startswith(said)
    assert refusal.value.status == 415


@pytest.mark.parametrize("runs", [*RUN_SCRIPTS, OTHER, "", "text/plain", "IMAGE/SVG+XML", "image/svg"])
def test_what_can_run_scripts_is_never_shown(runs):
    assert not is_inline(runs)


@pytest.mark.parametrize("shown", sorted(INLINE))
def test_only_pictures_pdf_sounds_and_videos_are_shown(shown):
    assert is_inline(shown)
    assert shown.partition("/")[0] in {"image", "audio", "video"} or shown == "application/pdf"
    assert shown in SAMPLES


@settings(max_examples=1_000, deadline=None, database=None)
@given(
    st.sampled_from(sorted({ending for kind in KINDS for ending in kind.endings} | TEXT | {"", "rec"})),
    st.sampled_from([head for heads in SAMPLES.values() for head in heads] + [b""]),
    st.binary(max_size=40),
)
def test_whatever_is_shown_begins_as_its_type_does(ending, head, rest):
    try:
        told = media_type(f"a.{ending}", head + rest)
    except NotWhatItSays:
        return
    if is_inline(told):
        assert next(kind for kind in KINDS if kind.matches(head + rest)).media_type == told


@pytest.mark.parametrize(
    "head",
    [
        b"<?xml?>" + b"<!---->" * 206,
        b"<!---->" * 206,
        b"<?xml" + b"?><!---->" * 160,
        b"<?xml?><!doctype svg" + b"><!---->" * 170,
        b" " * HEAD,
        b"\xff\xfe" + b"\0 " * 720,
        b"<!--" * 360,
    ],
)
def test_no_content_holds_the_server_up(head):
    began = time.process_time()
    with suppress(NotWhatItSays):
        media_type("a.bin", head[:HEAD])
    assert time.process_time() - began < 0.5
