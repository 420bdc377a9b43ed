"""Files that pretend: pages under another name, and contents that are two things at once."""

import pytest

from caseupdates.files.kinds import OTHER, NotWhatItSays, is_inline, media_type

pytestmark = pytest.mark.one_database

PAGE = b"<script>fetch('/cases')</script>"
PAGES = {
    "a page": b"<!DOCTYPE html><html><script>alert(1)</script>",
    "in capitals": b"<HTML><SCRIPT>alert(1)</SCRIPT>",
    "after blanks": b" \t\r\n\x0c" + PAGE,
    "after a byte order mark": b"\xef\xbb\xbf" + PAGE,
    "after both": b"\xef\xbb\xbf \r\n" + PAGE,
    "after a comment": b"<!-- nothing to see -->" + PAGE,
    "an iframe": b"<iframe src=//example.com>",
    "a picture that runs": b"<img src=x onerror=alert(1)>",
    "a body that runs": b"<body\nonload=alert(1)>",
    "a closed tag": b"<script/src=//example.com/x.js>",
    "a form": b"<form action=//example.com>",
    "a drawing": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">',
    "a drawing with a prologue": b"<?xml version='1.0'?><!-- x --><svg onload=alert(1)>",
    "a drawing in capitals": b"\n<SVG ONLOAD=alert(1)>",
}
DOCUMENTS = {
    "XML": b"<?xml version='1.0'?><x xmlns='http://www.w3.org/1999/xhtml'><script>alert(1)</script></x>",
    "XML with a stylesheet": b"<?xml-stylesheet href='#x' type='text/xsl'?><x/>",
    "XML after a byte order mark": b"\xef\xbb\xbf<?xml version='1.0'?><html/>",
    "UTF-16": "\ufeff<html><script>alert(1)</script>".encode("utf-16-le"),
    "UTF-16 the other way round": "\ufeff<html><script>alert(1)</script>".encode("utf-16-be"),
    "UTF-16 after blanks": "\ufeff \n\t<svg onload=alert(1)>".encode("utf-16-le"),
}
PROMISING = ["plate.jpg", "report.pdf", "night.mp4", "talk.mp3", "plan.png", "files.zip", "letter.docx"]


@pytest.mark.parametrize("name", [*PROMISING, "note.txt", "table.csv", "note", "note.js"])
@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_page_or_drawing_under_another_name_is_refused(page, name):
    with pytest.raises(NotWhatItSays, match=rf"^“{name}” is (a web page|an SVG drawing) inside"):
        media_type(name, page)


@pytest.mark.parametrize("name", PROMISING)
@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_a_document_of_markup_under_another_name_is_refused(document, name):
    with pytest.raises(NotWhatItSays, match=rf"^“{name}” is not an? .* inside"):
        media_type(name, document)


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_a_document_of_markup_under_a_name_that_promises_nothing_is_only_kept(document):
    assert media_type("note.txt", document) == media_type("note.js", document) == OTHER


@pytest.mark.parametrize(
    ("name", "head"), [("a.html", PAGES["a page"]), ("a.svg", PAGES["a drawing"]), ("a.xml", DOCUMENTS["XML"])]
)
def test_a_page_or_drawing_under_its_own_name_is_taken_and_never_shown(name, head):
    assert not is_inline(media_type(name, head))


TWO_THINGS = [
    ("jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF" + PAGE, "image/jpeg"),
    ("jpg", b"\xff\xd8\xff/*" + PAGE + b"*/", "image/jpeg"),
    ("gif", b"GIF89a=1;alert(1);//" + PAGE, "image/gif"),
    ("gif", b"GIF89a/*<svg/onload=alert(1)>*/=alert(1)//", "image/gif"),
    ("png", b"\x89PNG\r\n\x1a\n" + PAGE, "image/png"),
    ("pdf", b"%PDF-1.7\n<html>" + PAGE, "application/pdf"),
    ("pdf", b"%PDF-1.7\nPK\3\4", "application/pdf"),
    ("bmp", b"BM/*\0\0\0\0\0\0" + PAGE, "image/bmp"),
    ("wav", b"RIFF<!--WAVE" + PAGE, "audio/wav"),
    ("mp4", b"\0\0\0\x18ftypisom" + PAGE, "video/mp4"),
    ("mp3", b"ID3" + PAGE, "audio/mpeg"),
    ("zip", b"PK\3\4" + PAGE, "application/zip"),
]


@pytest.mark.parametrize(("ending", "head", "first"), TWO_THINGS)
def test_what_is_two_things_at_once_is_what_it_begins_as(ending, head, first):
    assert media_type(f"a.{ending}", head) == first


@pytest.mark.parametrize("other", ["html", "svg", "xml"])
@pytest.mark.parametrize(("ending", "head", "first"), TWO_THINGS)
def test_and_never_what_a_browser_would_run(ending, head, first, other):
    with pytest.raises(NotWhatItSays, match=rf"^“a\.{other}” is "):
        media_type(f"a.{other}", head)


def test_a_page_that_begins_after_what_browsers_look_at_is_text():
    assert media_type("note.txt", (b" " * 1_445 + PAGE)[:1_445]) == "text/plain"
    with pytest.raises(NotWhatItSays):
        media_type("note.txt", (b" " * 1_436 + PAGE)[:1_445])
