"""GET /files/<id>/<name>: who gets a file, with which headers, and how much of it."""

import random
from urllib.parse import quote

import pytest

from caseupdates.files import storage
from caseupdates.interface.http import HEADERS

MP4 = b"\0\0\0\x18ftypisom" + bytes(range(256)) * 4
PDF = b"%PDF-1.7 five nights"
SIZE = len(MP4)
INLINE = {"film.mp4": MP4, "scan.png": b"\x89PNG\r\n\x1a\n.", "photo.jpg": b"\xff\xd8\xff.", "call.mp3": b"ID3."}
SCRIPTS = {
    "page.html": b"<!doctype html><script>alert(1)</script>", "drawing.svg": b"<svg onload='alert(1)'/>", "data.xml": b"<?xml version='1.0'?><a/>",
    "feed.xhtml": b"<html xmlns='http://www.w3.org/1999/xhtml'/>", "wide.xml": b"\xff\xfe<\0s\0", "run.js": b"alert(1)", "style.css": b"a{}",
}  # fmt: skip


@pytest.fixture
def get(visitor, installed):
    """GET as somebody, the investigator unless told otherwise."""

    def get(path, *, by="investigator", method="GET", **headers):
        cookie = installed.signed_in(by) if by else {}
        return visitor(origin=None).request(
            method, path, headers={**cookie, **{name.replace("_", "-"): value for name, value in headers.items()}}
        )

    return get


@pytest.fixture
def film(installed):
    return f"/files/{installed.file('film.mp4', MP4).id}/film.mp4"


def test_the_whole_file(get, film):
    answer = get(film)
    assert (answer.status_code, answer.content) == (200, MP4)
    assert answer.headers["content-length"] == str(SIZE)
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["etag"] == f'"{storage.keep(MP4).sha256}"'


@pytest.mark.parametrize(
    ("by", "status"),
    [("investigator", 200), ("manager", 200), ("", 401), ("client", 404), ("outsider", 404), ("colleague", 404)],
)
def test_a_file_filed_on_the_case_is_for_those_of_the_firm_who_work_it(get, film, by, status):
    answer = get(film, by=by)
    assert answer.status_code == status
    assert (MP4 in answer.content) == (status == 200)


@pytest.mark.parametrize(
    ("by", "status"), [("investigator", 200), ("manager", 404), ("client", 404), ("colleague", 404)]
)
def test_a_file_in_a_draft_is_for_who_writes_it(get, installed, by, status):
    file = installed.file("film.mp4", MP4, draft="new")
    assert get(f"/files/{file.id}/film.mp4", by=by).status_code == status


@pytest.mark.parametrize(("validated", "status"), [(True, 200), (False, 404)])
def test_a_file_of_an_update_is_for_the_contact_who_sees_the_update(get, installed, validated, status):
    file = installed.file("film.mp4", MP4, draft="new")
    installed.update(validated=validated)
    assert get(f"/files/{file.id}/film.mp4", by="client").status_code == status
    assert get(f"/files/{file.id}/film.mp4", by="outsider").status_code == 404


def test_a_file_for_staff_only_is_not_for_a_contact(get, installed):
    file = installed.file("film.mp4", MP4, draft="new")
    installed.update(group=installed.firm.staff_only)
    assert get(f"/files/{file.id}/film.mp4", by="client").status_code == 404
    assert get(f"/files/{file.id}/film.mp4", by="manager").status_code == 200


def test_a_file_that_is_not_theirs_answers_like_none(get, film):
    theirs, none = get(film, by="colleague"), get("/files/999999/film.mp4", by="colleague")
    assert (theirs.status_code, theirs.content) == (none.status_code, none.content)
    assert dict(theirs.headers) == dict(none.headers)


@pytest.mark.parametrize(
    "number",
    [
        "x",
        "-1",
        "0",
        "1.0",
        "1e0",
        "%00",
        "²",
        "1%20",
        "0x1",
        "9" * 18,
        "9" * 19,
        "9" * 400,
        "1;",
        "1'--",
        "..",
        "%2e%2e",
    ],
)
def test_an_id_that_is_none_is_not_found(get, film, number):
    answer = get(f"/files/{number}/film.mp4")
    assert answer.status_code == 404
    assert MP4 not in answer.content


@pytest.mark.parametrize("name", ["x", "%00", "passwd", "..%5c..%5cpasswd", "film.html", "%F0%9F%98%80", "a" * 5_000])
def test_the_name_in_the_address_decides_nothing(get, film, name):
    answer = get(film.replace("film.mp4", name))
    assert (answer.status_code, answer.content) == (200, MP4)
    assert 'filename="film.mp4"' in answer.headers["content-disposition"]


def test_a_content_that_is_lost_is_not_found(get, installed):
    file = installed.file("lost.bin", b"lost")
    storage.path(file.sha256).unlink()
    assert get(f"/files/{file.id}/lost.bin").status_code == 404


@pytest.mark.parametrize("name", [*INLINE, "report.pdf", *SCRIPTS])
@pytest.mark.parametrize("download", ["", "?download"])
def test_what_every_file_carries(get, installed, name, download):
    content = {**INLINE, **SCRIPTS, "report.pdf": PDF}[name]
    answer = get(f"/files/{installed.file(name, content).id}/{name}{download}")
    headers, is_kept, is_pdf = answer.headers, bool(download) or name in SCRIPTS, name == "report.pdf" and not download
    assert answer.content == content
    assert {each: headers[each] for each in HEADERS if each != "x-frame-options"} | {
        "x-frame-options": "DENY"
    } == HEADERS
    assert headers["x-frame-options"] == ("SAMEORIGIN" if is_pdf else "DENY")
    assert headers["cache-control"] == "private, no-store"
    assert headers["content-disposition"].startswith("attachment; " if is_kept else "inline; ")
    assert (headers["content-type"].startswith("application/octet-stream")) == (name in SCRIPTS)
    assert ("accept-ranges" in headers) == (not is_pdf)
    assert "set-cookie" not in headers
    policy = dict(part.partition(" ")[::2] for part in headers["content-security-policy"].split("; "))
    assert (policy["default-src"], policy["base-uri"], policy["form-action"]) == ("'none'", "'none'", "'none'")
    assert "script-src" not in policy
    assert policy["sandbox"] == ("" if is_kept else "allow-scripts" if is_pdf else "allow-same-origin")
    assert policy["frame-ancestors"] == ("'self'" if is_pdf else "'none'")


@pytest.mark.parametrize("name", ["Отчёт.mp4", "報告 1.mp4", "Łódź 😀.mp4", "a;b,c=d'e%f.mp4", "تقرير.mp4"])
def test_a_name_in_any_script_goes_out_in_ascii(get, installed, name):
    said = get(f"/files/{installed.file(name, MP4).id}/x").headers["content-disposition"]
    assert said.isascii()
    plain, encoded = said.removeprefix("inline; ").split("; filename*=")
    assert encoded == f"UTF-8''{quote(name, safe='')}"
    assert plain.startswith('filename="')
    assert plain.endswith('.mp4"')
    assert not set(plain[10:-1]) & set('"\\;,%')


@pytest.mark.parametrize(
    ("asked", "first", "until"),
    [("bytes=0-0", 0, 1), ("bytes=10-19", 10, 20), ("bytes=1000-", 1000, SIZE), ("bytes=-5", SIZE - 5, SIZE), ("bytes=0-99999999", 0, SIZE)],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_part(get, film, asked, first, until, method):
    answer = get(film, method=method, range=asked)
    assert answer.status_code == 206
    assert answer.headers["content-range"] == f"bytes {first}-{until - 1}/{SIZE}"
    assert answer.headers["content-length"] == str(until - first)
    assert answer.content == (MP4[first:until] if method == "GET" else b"")


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", f"bytes={SIZE}-{SIZE + 9}", "bytes=-0"])
def test_a_part_beyond_the_end(get, film, asked):
    answer = get(film, range=asked)
    assert (answer.status_code, answer.content) == (416, b"")
    assert (answer.headers["content-range"], answer.headers["content-length"]) == (f"bytes */{SIZE}", "0")
    assert answer.headers["cache-control"] == "private, no-store"


def test_a_head_is_a_get_without_the_content(get, film):
    got, headed = get(film), get(film, method="HEAD")
    assert (headed.status_code, headed.content) == (200, b"")
    assert dict(got.headers) == dict(headed.headers)


def test_conditions(get, film):
    etag = get(film).headers["etag"]
    same = get(film, if_none_match=f'"other", W/{etag}')
    assert (same.status_code, same.content) == (304, b"")
    assert "content-length" not in same.headers
    assert get(film, if_none_match='"other"').status_code == 200
    assert get(film, range="bytes=5-", if_range=etag).status_code == 206
    for other in ('"other"', f"W/{etag}", "Mon, 23 Nov 2026 09:00:00 GMT", ""):
        assert get(film, range="bytes=5-", if_range=other).content == MP4


def test_hostile_ranges_through_the_route(get, installed, visitor, film):
    pieces, chosen = (
        ["bytes", "=", "-", ",", "0", "5", str(SIZE), "9" * 19, "9" * 30, " ", "\t", "x", ";", "*", "%00", "é"],
        random.Random(7),
    )
    browser = visitor(origin=None, **installed.signed_in("investigator"))
    for _ in range(300):
        asked = "".join(chosen.choices(pieces, k=chosen.randrange(1, 12)))
        asked = asked if chosen.random() < 0.3 else f"bytes={asked}"
        answer = browser.get(film, headers={"range": asked.encode("latin-1")})
        assert answer.status_code in {200, 206, 416}, asked
        assert answer.headers["content-length"] == str(len(answer.content))
        assert answer.content in MP4
        if answer.status_code == 206:
            first, last = map(int, answer.headers["content-range"].removeprefix("bytes ").partition("/")[0].split("-"))
            assert answer.content == MP4[first : last + 1]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_else_is_done_to_a_file(visitor, installed, film, method):
    assert visitor().request(method, film, headers=installed.signed_in("manager")).status_code == 405


def test_a_foreign_page_gets_no_file(visitor, installed, film):
    answer = visitor(origin="https://evil.example").get(film, headers=installed.signed_in("investigator"))
    assert (answer.status_code, MP4 in answer.content) == (403, False)
    assert "access-control-allow-origin" not in answer.headers
