"""PUT /cases/<number>/files: who may, what is taken, and that nothing is read or left behind where it is refused."""

import asyncio
from urllib.parse import quote

import pytest

from caseupdates.files import storage
from caseupdates.files.models import DraftFile, File
from caseupdates.interface import http
from caseupdates.settings import settings
from caseupdates.updates.models import Draft
from tests.http.conftest import Body
from tests.together import together

CASE = "/cases/2026-0142/files"
LARGEST = 2_148_000_000


@pytest.fixture
def put(visitor, installed):
    """Upload as somebody; the length is the body's unless told otherwise, None means none is given."""

    def put(body=b"Two vehicles.", *, by="investigator", name="note.txt", path=CASE, length=-1, **origin):
        cookie = installed.signed_in(by) if by else {}
        given = len(body) if length == -1 else length
        headers = {**cookie, "x-file-name": quote(name), **({} if given is None else {"content-length": str(given)})}
        content = body if isinstance(body, Body) else Body(body)
        return visitor(**origin).request("PUT", path, content=content, headers=headers)

    return put


@pytest.fixture(autouse=True)
def nothing_half_written():
    """Whatever a test uploads, nothing stays in the store's folder for what is on its way."""
    yield
    assert list((settings().data / "files" / "incoming").glob("*")) == []


def said(answer):
    return answer.status_code, answer.json()["refused"]


def test_a_file_goes_to_the_case(put, installed):
    answer = put(b"%PDF-1.7 five nights", name="Interim report.pdf")
    [file] = installed.rows(File)
    assert answer.json() == {"id": file.id, "name": "Interim report.pdf", "size": "20 bytes"}
    assert (file.media_type, file.size, file.uploaded_by_id) == ("application/pdf", 20, installed.firm.investigator.id)
    assert storage.path(file.sha256).read_bytes() == b"%PDF-1.7 five nights"
    assert file.filed_at
    assert installed.rows(DraftFile) == []


def test_a_file_waits_in_the_draft_of_whoever_writes_it(put, installed):
    assert put(path=f"{CASE}?draft=new").status_code == 200
    [file] = installed.rows(File)
    assert file.filed_at is None
    assert [each.file_id for each in installed.rows(DraftFile)] == [file.id]


def test_many_chunks_make_one_content(put, installed):
    chunks = [bytes([number]) * 100_000 for number in range(50)]
    assert put(Body(*chunks), name="raw.bin", length=5_000_000).json()["size"] == "5.0 MB"
    [file] = installed.rows(File)
    assert storage.path(file.sha256).read_bytes() == b"".join(chunks)


@pytest.mark.parametrize("by", ["", "outsider", "colleague", "client", "investigator"])
def test_nothing_is_read_from_somebody_who_may_not(put, by):
    body = Body(b"secret")
    answer = put(body, by=by, length=6, path="/cases/2026-0151/files" if by == "investigator" else CASE)
    assert answer.status_code == {"": 401, "client": 403}.get(by, 404)
    assert body.taken == 0


@pytest.mark.parametrize("by", ["outsider", "colleague"])
def test_a_case_that_is_not_theirs_answers_like_none(put, by):
    theirs, none = put(by=by), put(by=by, path="/cases/2026-9999/files")
    assert said(theirs) == said(none) == (404, "This does not exist, or you may not see it.")


def test_a_session_that_is_over_uploads_nothing(visitor, installed, clock):
    cookie, body = installed.signed_in("investigator"), Body(b"x")
    clock.forward(hours=12)
    assert visitor().request("PUT", CASE, content=body, headers={**cookie, "content-length": "1"}).status_code == 401
    assert body.taken == 0


@pytest.mark.parametrize(
    ("length", "status"),
    [(LARGEST + 1, 413), (10**17, 413), (None, 411), (0, 400), ("", 411), ("-1", 411), ("1e3", 411), ("0x10", 411), ("9" * 30, 411), ("5, 5", 411)],
)  # fmt: skip
def test_an_impossible_length_is_refused_unread(put, length, status):
    body = Body(b"abc")
    answer = put(body, length=length)
    assert answer.status_code == status
    assert answer.json()["refused"]
    assert body.taken == 0


def test_the_largest_file_may_begin(put):
    assert said(put(b"abc", length=LARGEST)) == (400, "The upload was broken off. Please try again.")


@pytest.mark.parametrize("origin", ["https://evil.example", "null", None])
def test_another_site_uploads_nothing(put, origin):
    body = Body(b"abc")
    assert put(body, length=3, origin=origin).status_code == 403
    assert body.taken == 0


@pytest.mark.parametrize("method", ["PATCH", "DELETE", "GET", "HEAD"])
def test_only_a_put_uploads(visitor, installed, method):
    body = Body(b"abc")
    answer = visitor().request(method, CASE, content=body, headers=installed.signed_in("investigator"))
    assert (answer.status_code, body.taken) == (405, 0)


@pytest.mark.parametrize(
    "name",
    ["Отчёт за неделю.txt", "報告書.txt", "تقرير.txt", "שלום.txt", "Łódź 😀.txt", "अंतरिम.txt", "a%b&c=d;e'f.txt"],
)
def test_names_in_any_script(put, installed, name):
    assert put(name=name).json()["name"] == name
    assert [file.name for file in installed.rows(File)] == [name]


@pytest.mark.parametrize(
    ("name", "kept"),
    [("../../etc/passwd", "passwd"), ("C:\\Users\\x\\a.txt", "a.txt"), ("a\0b.txt", "ab.txt"), ("a\r\nset-cookie: b.txt", "a set-cookie_ b.txt"),
     ("fdp\u202etxt.txt", "fdptxt.txt"), ("", "file"), ("...", "file"), ("x" * 50_000 + ".txt", "x" * 180)],
)  # fmt: skip
def test_names_that_would_fool_somebody(put, installed, name, kept):
    assert put(name=name).json()["name"] == kept


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [("photo.jpg", b"<html><script>alert(1)</script>", "“photo.jpg” is a web page inside, which its name does not say. Give it the ending .html if that is what you mean."),
     ("report.pdf", b"MZ\x90\0", "“report.pdf” is not a PDF document inside. Save it again as what it is, then upload that."),
     ("note.txt", b"%PDF-1.7", "“note.txt” is a PDF document inside, which its name does not say. Give it the ending .pdf if that is what you mean.")],
)  # fmt: skip
def test_a_content_that_contradicts_its_name(put, installed, name, content, sentence):
    assert said(put(content, name=name)) == (415, sentence)
    assert installed.rows(File) == []


def test_an_upload_that_ends_early_is_not_kept(put, installed):
    assert said(put(b"abc", length=4)) == (400, "The upload was broken off. Please try again.")
    assert installed.rows(File) == []


def test_an_upload_longer_than_it_said_is_read_no_further(put, installed):
    body = Body(*[b"x" * 1_000] * 100)
    assert said(put(body, length=1_500)) == (400, "The upload is longer than it said. Please try again.")
    assert body.taken == 2_000
    assert installed.rows(File) == []


@pytest.mark.parametrize("chunks", [[], [b"x" * 3_000_000]])
def test_a_connection_that_breaks_leaves_nothing(installed, chunks):
    heard = [{"type": "http.request", "body": each, "more_body": True} for each in chunks]
    heard.append({"type": "http.disconnect"})
    cookie = installed.signed_in("investigator")["cookie"].encode()
    scope = {
        "type": "http", "method": "PUT", "path": CASE, "query_string": b"", "client": ("192.0.2.1", 1), "server": ("localhost", 8000),
        "headers": [(b"cookie", cookie), (b"content-length", b"9000000"), (b"x-file-name", b"raw.bin")],
    }  # fmt: skip
    answers = []

    async def upload():
        async def receive():
            return heard.pop(0)

        async def send(message):
            answers.append(message)

        await http.routes()(scope, receive, send)

    asyncio.run(upload())
    assert answers[0]["status"] == 400
    assert installed.rows(File) == []


def test_a_draft_with_five_files_is_full(put, installed):
    answers = [put(path=f"{CASE}?draft=new").status_code for _ in range(5)]
    assert answers == [200] * 5
    body = Body(b"abc")
    assert said(put(body, length=3, path=f"{CASE}?draft=new")) == (
        400, "An update has at most 5 files. Write a second update for the rest."
    )  # fmt: skip
    assert body.taken == 0
    assert put(path=CASE).status_code == 200  # the Files tab has room
    assert put(path=f"{CASE}?draft=new", by="manager").status_code == 200  # and so has another's draft


def test_of_several_at_once_only_as_many_as_there_is_room_for(put, installed):
    answers = together(*[lambda: put(path=f"{CASE}?draft=new").status_code] * 8)
    assert sorted(answers) == [200] * 5 + [400] * 3
    assert len(installed.rows(DraftFile)) == 5


@pytest.mark.parametrize(
    "about",
    ["banana", "edit", "edit:", "edit:x", "edit:1", "edit:1:x", "edit:99:1", "reply:", "reply:x", "reply:99", "edit:" + "9" * 30, "edit:-1:1",
     "%ff", "edit:%D9%A3:1", "reply:" + "9" * 18, "new%0A", "new" * 50],
)  # fmt: skip
def test_a_draft_of_nothing_takes_nothing(put, installed, about):
    assert put(path=f"{CASE}?draft={about}").status_code == 404
    assert (installed.rows(File), installed.rows(Draft)) == ([], [])


@pytest.mark.parametrize(
    ("by", "size", "status"),
    [
        ("investigator", LARGEST, 200), ("investigator", LARGEST + 1, 413), ("investigator", "much", 411), ("client", 1, 403),
        ("outsider", 1, 404), ("colleague", 1, 404), ("", 1, 401),
    ],
)  # fmt: skip
def test_whether_an_upload_may_begin_can_be_asked_first(visitor, installed, by, size, status):
    cookie = installed.signed_in(by) if by else {}
    answer = visitor().post(CASE, headers={**cookie, "x-file-size": str(size)})
    assert answer.status_code == status
    assert installed.rows(File) == []
