"""The database while codes and links are live: whoever copies it opens nothing with it."""

import logging
import re

import pytest

from caseupdates import limits, seals
from caseupdates.database import reading, writing
from caseupdates.delivery import mailbox
from caseupdates.links import telling
from caseupdates.links.models import Step
from caseupdates.settings import settings
from tests.delivery.post import letters_due
from tests.links.dump import dump
from tests.links.story import PARTNER, STRANGER, other_than

COOKIES = {"phone's cookie", "laptop's cookie"}


@pytest.fixture
def secrets(lasting, clock, caplog):
    """A gate in full use: every token and code that is live, mailed, tried, told of and taken by the local mailbox."""
    caplog.set_level(logging.DEBUG)
    live = {lasting.token, lasting.send(lasting.firm.client)}
    lasting.ask(PARTNER, lasting.laptop)
    lasting.confirm(lasting.code_mailed(), lasting.laptop)
    clock.forward(minutes=1)
    lasting.ask(PARTNER, lasting.phone)
    code = lasting.code_mailed()
    lasting.confirm(other_than(code), lasting.phone)
    lasting.ask(STRANGER, lasting.phone)
    lasting.confirm(code, lasting.phone)
    clock.forward(minutes=1)
    lasting.ask(PARTNER, lasting.phone)
    code = lasting.code_mailed()
    lasting.do(telling.tell, lasting.token, Step.DENIED)
    with writing() as session:
        mailbox.keep(session, letters_due(session))
    every = [seals.code(settings().secret_key, each.seal) for each in lasting.challenges]
    assert code.replace(" ", "") in every
    return live | {form for each in every for form in (each, seals.spaced(each), f"{each[:4]}-{each[4:]}")}


def everything():
    """Every value of every column, as text."""
    with reading() as session:
        return [str(value) for rows in dump(session).values() for row in rows for value in row if value is not None]


def test_no_token_and_no_code_is_in_any_column_of_any_table(secrets):
    found = everything()
    assert len(found) > 500
    assert len(secrets) == 2 + 4 * 3
    assert [secret for secret in secrets for value in found if secret in value] == []


def test_no_run_of_digits_in_it_is_a_code_however_it_is_written(secrets):
    digits = {re.sub(r"\D", "", value) for value in everything() if len(value) < 1_000}
    codes = {each for each in secrets if re.fullmatch(r"\d{8}", each)}
    assert len(codes) == 4
    assert codes & digits == set()


def test_no_cookie_and_no_limited_address_is_in_it_in_clear(secrets):
    found = everything()
    assert [value for value in found for cookie in COOKIES if cookie in value] == []
    with reading() as session:
        buckets = dump(session)[limits.Bucket.__tablename__]
    assert len(buckets) >= 5
    assert "example.com" not in str(buckets)


def test_the_key_is_not_in_it(secrets):
    key = settings().secret_key
    assert [value for value in everything() if key.decode(errors="replace") in value or key.hex() in value] == []


def test_what_is_stored_of_a_code_cannot_be_tried_out_without_the_key(secrets, lasting):
    """All 10^8 codes could be hashed in a second: nothing stored is a hash of one."""
    stored = set(everything())
    for challenge in lasting.challenges:
        code = seals.code(settings().secret_key, challenge.seal)
        assert {seals.tokens.digest(each) for each in (code, seals.spaced(code))} & stored == set()
        assert seals.code(b"another key", challenge.seal) != code


def test_neither_is_in_the_files_of_the_database(secrets, lasting, request):
    postgresql = request.config.stash.get("postgresql", None)
    files = postgresql.pgdata.rglob("*") if postgresql else settings().data.glob("caseupdates.db*")
    content = b"".join(each.read_bytes() for each in files if each.is_file())
    assert lasting.link.token_hash.encode() in content
    assert [secret for secret in secrets if secret.encode() in content] == []


def test_neither_is_in_the_log(secrets, caplog):
    said = "\n".join(f"{each.getMessage()} {each.args} {each.exc_text}" for each in caplog.records)
    assert [secret for secret in secrets | {PARTNER, STRANGER} if secret in said] == []
