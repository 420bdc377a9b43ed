"""What leaves: each recipient's own link in their mail and no token anywhere at rest, attachments as they were uploaded."""

import base64
import hashlib
import json
import re

import pytest

from caseupdates import seals
from caseupdates.links.access import open_link
from caseupdates.refusals import NotFound
from caseupdates.settings import settings
from tests.files.sent import handed_over, links, press, token, two_files
from tests.files.shelf import JPEG, PDF, everything
from tests.sending.conftest import Written

IN_A_MAIL = re.compile(r"/l/([0-9a-f]{64})\b")


@pytest.fixture
def revision(shelf):
    return two_files(shelf)


@pytest.fixture
def written(session):
    return Written(session)


def test_a_mail_names_the_files_and_leads_to_its_recipients_link_in_both_twins(session, firm, revision, written):
    press(firm, revision)
    for link in links(session):
        mail = handed_over(written, link.person)
        for twin in (mail["text"], mail["html"]):
            assert set(IN_A_MAIL.findall(twin)) == {token(link)}
            assert settings().url(f"/l/{token(link)}") in twin
            assert "plate.jpg" in twin
            assert "Interim report.pdf" in twin
        assert "attachments" not in mail
        assert open_link(session, token(link)) == link


def test_no_token_is_stored_anywhere_only_its_hash(session, firm, revision):
    press(firm, revision, firm.client, firm.partner, firm.colleague)
    rows = everything(session)
    for link in links(session):
        assert token(link) not in rows
        assert link.token_hash == hashlib.sha256(token(link).encode()).hexdigest()
        assert link.token_hash in rows


def test_what_stands_in_the_database_opens_nothing(session, firm, revision, written):
    press(firm, revision, firm.client)
    [link] = links(session)
    for guess in (
        link.seal,
        link.token_hash,
        seals.sealed(seals.LINK, link.seal),
        seals.link_token(b"k" * 32, link.seal),
    ):
        with pytest.raises(NotFound):
            open_link(session, guess)


def test_a_mail_is_handed_over_in_the_same_bytes_every_time(firm, revision, written, clock):
    press(firm, revision, firm.client, attach=True)
    first = json.dumps(handed_over(written, firm.client))
    clock.forward(days=3)
    assert json.dumps(handed_over(written, firm.client)) == first


def test_attached_files_are_the_stores_content(firm, revision, written):
    press(firm, revision, firm.client, attach=True)
    attached = handed_over(written, firm.client)["attachments"]
    assert [set(each) for each in attached] == [{"filename", "content"}] * 2
    assert {each["filename"]: base64.b64decode(each["content"], validate=True) for each in attached} == {
        "plate.jpg": JPEG + b"plate",
        "Interim report.pdf": PDF + b"report",
    }


def test_a_seal_that_somebody_typed_opens_nothing(session, firm, shelf, written):
    typed = seals.sealed(seals.LINK, "s" * 43)
    revision = firm.update(body=f"Look: {typed}")
    press(firm, revision, firm.client)
    [made] = set(re.findall(r"\b[0-9a-f]{64}\b", handed_over(written, firm.client)["text"]))
    with pytest.raises(NotFound):
        open_link(session, made)
