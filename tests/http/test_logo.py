"""PUT and GET of the logo: who may, what is taken, and how it is shown to anybody."""

import hashlib

import pytest

from caseupdates.files import storage
from caseupdates.files.logo.keeping import remove_logo
from caseupdates.history.models import Event
from caseupdates.people.models import Firm
from caseupdates.refusals import NotPermitted
from caseupdates.settings import settings
from tests.files.pictures import NONE, WHOLE, jpeg, png, webp
from tests.http.conftest import Body

ADDRESS = "/settings/logo"
FOREIGN = "https://evil.example"


@pytest.fixture
def put(visitor, installed):
    """Upload a logo as somebody; the length is the body's unless told otherwise, None means none is given."""

    def put(body=None, *, by="administrator", length=-1, path=ADDRESS, name="logo.png", **origin):
        content = body if isinstance(body, Body) else Body(png() if body is None else body)
        given = sum(map(len, content.chunks)) if length == -1 else length
        named = {"x-file-name": name} if name else {}
        headers = {
            **(installed.signed_in(by) if by else {}),
            **named,
            **({} if given is None else {"content-length": str(given)}),
        }
        return visitor(**origin).request("PUT", path, content=content, headers=headers)  # fmt: skip

    return put


@pytest.fixture
def see(visitor):
    return lambda path="/logo", **headers: visitor(origin=None).get(path, headers=headers)


def said(answer):
    return answer.status_code, answer.json()["refused"]


def lines(installed):
    return [(each.what, each.about) for each in sorted(installed.rows(Event), key=lambda each: each.id)]


def stored():
    return {path for path in (settings().data / "files").rglob("*") if path.is_file()}


def address(content):
    return f"/logo?v={hashlib.sha256(content).hexdigest()[:16]}"


@pytest.mark.parametrize(("media_type", "content"), [(kind, each) for kind, found in WHOLE.items() for each in found])
def test_a_picture_becomes_the_logo_and_anybody_sees_it(put, see, installed, media_type, content):
    assert put(content).status_code == 200
    [here] = installed.rows(Firm)
    answer = see(here.logo_path)
    assert here.logo_path == address(content)
    assert (answer.status_code, answer.content, answer.headers["content-type"]) == (200, content, media_type)
    assert storage.path(here.logo_sha256).read_bytes() == content


def test_the_name_of_the_file_decides_nothing(put, see):
    assert put(jpeg(), name="../../page.html").status_code == 200
    assert see().headers["content-type"] == "image/jpeg"
    assert put(webp(), name="").status_code == 200


def test_a_logo_can_be_kept_by_a_browser_for_as_long_as_it_is_the_logo(put, see):
    put(png())
    assert see(address(png())).headers["cache-control"] == "public, max-age=31536000, immutable"
    for asked in ("/logo", "/logo?v=", address(jpeg())):
        assert see(asked).headers["cache-control"] == "no-cache"
    put(jpeg())
    assert see(address(png())).headers["cache-control"] == "no-cache"
    assert see(address(jpeg())).content == jpeg()


def test_a_browser_that_has_it_gets_no_second_copy(put, see):
    put(png())
    etag = see().headers["etag"]
    again = see("/logo", **{"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert see("/logo", **{"if-none-match": '"another"'}).status_code == 200


def test_nothing_in_a_logo_can_run(put, see):
    put(png())
    headers = see().headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert "sandbox" in headers["content-security-policy"]


def test_without_a_logo_there_is_none_for_anybody(see, installed):
    assert said(see()) == (404, "This does not exist, or you may not see it.")
    assert see().headers["cache-control"] == "no-store"
    assert installed.rows(Firm)[0].logo_path == ""


def test_a_logo_is_written_down_replaced_and_removed(put, see, installed):
    put(png())
    put(jpeg())
    installed.change(remove_logo, by=installed.firm.administrator)
    installed.change(remove_logo, by=installed.firm.administrator)
    assert lines(installed) == [
        ("logo changed", f"PNG, {len(png())} bytes"), ("logo changed", f"JPEG, {len(jpeg())} bytes"), ("logo removed", ""),
    ]  # fmt: skip
    assert see().status_code == 404


@pytest.mark.parametrize("by", ["", "manager", "investigator", "colleague", "client", "outsider"])
def test_nothing_is_read_from_somebody_who_may_not(put, installed, by):
    body = Body(png())
    assert put(body, by=by).status_code == (403 if by else 401)
    assert body.taken == 0
    assert lines(installed) == []


@pytest.mark.parametrize("who", ["manager", "client"])
def test_only_who_manages_settings_removes_it(put, see, installed, who):
    put(png())
    with pytest.raises(NotPermitted):
        installed.change(remove_logo, by=getattr(installed.firm, who))
    assert see().status_code == 200


@pytest.mark.parametrize("what", [each for each in NONE if each != "nothing"])
def test_what_is_no_picture_is_refused_and_the_logo_stays(put, see, what):
    put(png())
    before = stored()
    sentence = "This is not a whole PNG, JPEG or WebP picture. Save it anew from a drawing program, then upload that."
    assert said(put(NONE[what])) == (415, sentence)
    assert see().content == png()
    assert stored() == before


def test_a_picture_of_too_many_pixels_is_refused(put):
    assert put(png(5_000, 1)).status_code == 413


@pytest.mark.parametrize(
    ("length", "status"), [(1_000_001, 413), (10**17, 413), (None, 411), ("-1", 411), ("1e3", 411), ("5, 5", 411)]
)
def test_an_impossible_length_is_refused_unread(put, length, status):
    body = Body(png())
    answer = put(body, length=length)
    assert (answer.status_code, body.taken) == (status, 0)
    assert answer.json()["refused"]


def test_a_logo_of_exactly_the_limit_may_begin_and_an_empty_one_may_not(put):
    assert said(put(length=1_000_000)) == (400, "The upload was broken off. Please try again.")
    assert said(put(b"", length=0)) == (400, "This file is empty.")


def test_an_upload_longer_than_it_said_is_read_no_further(put, see):
    body = Body(*[b"x" * 1_000] * 100)
    assert said(put(body, length=1_500)) == (400, "The upload is longer than it said. Please try again.")
    assert body.taken == 2_000
    assert see().status_code == 404


@pytest.mark.parametrize("origin", [FOREIGN, "null", None])
def test_another_site_puts_no_logo(put, origin):
    body = Body(png())
    assert put(body, origin=origin).status_code == 403
    assert body.taken == 0


@pytest.mark.parametrize(
    ("by", "size", "status"),
    [
        ("administrator", 1_000_000, 200),
        ("administrator", 1_000_001, 413),
        ("manager", 1, 403),
        ("client", 1, 403),
        ("", 1, 401),
    ],
)
def test_whether_a_logo_may_begin_can_be_asked_first(visitor, installed, by, size, status):  # fmt: skip
    cookie = installed.signed_in(by) if by else {}
    assert visitor().post(ADDRESS, headers={**cookie, "x-file-size": str(size)}).status_code == status


@pytest.mark.parametrize(
    "path",
    ["/logo/../settings", "/logo/%2e%2e/%2e%2e/secret.key", "/logo/..%2f..%2fetc%2fpasswd", "/logo/x", "/logo%00"],
)
def test_no_path_below_the_logo_leads_anywhere(put, see, path):  # fmt: skip
    put(png())
    assert see(path).status_code == 404


@pytest.mark.parametrize("v", ["../../secret.key", "%00", "a" * 9_000, "%ff", "<script>"])
def test_no_query_leads_to_anything_but_the_logo(put, see, v):
    put(png())
    answer = see(f"/logo?v={v}")
    assert (answer.content, answer.headers["cache-control"]) == (png(), "no-cache")


def test_a_logo_whose_content_is_lost_is_none(put, see, installed):
    put(png())
    storage.path(installed.rows(Firm)[0].logo_sha256).unlink()
    assert see().status_code == 404


def test_the_plain_pages_show_it(put, see):
    plain = see("/l/nothing", accept="text/html").text
    assert '<img src="/icon.svg"' in plain
    put(png())
    assert f'<img class="logo" src="{address(png())}" alt="">' in see("/l/nothing", accept="text/html").text
