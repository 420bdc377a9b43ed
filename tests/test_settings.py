"""Settings: what is read, what stands where nothing is set, and what is refused by name."""

import stat
from datetime import timedelta

import pytest

from caseupdates.settings import WrongSetting, from_environment

FILES = ("CASEUPDATES_LARGEST_FILE_MB", "CASEUPDATES_FILES_PER_UPDATE", "CASEUPDATES_ATTACHMENTS_MB")


@pytest.fixture
def told(tmp_path):
    """The settings of an environment with a data folder of its own."""

    def read(**environment):
        return from_environment({"CASEUPDATES_DATA": str(tmp_path / "data"), **environment})

    return read


def test_without_any_settings_the_product_is_for_this_machine(told, tmp_path):
    here = told()
    assert (here.base_url, here.host, here.port) == ("http://localhost:8000", "localhost:8000", 8000)
    assert (here.is_local, here.is_secure, here.demo) == (True, False, True)
    assert here.database_url == f"sqlite:///{tmp_path / 'data' / 'caseupdates.db'}"
    assert (here.redis_url, here.resend_api_key, here.resend_api_url) == (None, None, None)
    assert here.mail_from == "Case Updates <updates@localhost>"
    assert here.undo == timedelta(seconds=10)
    assert (here.largest_file, here.files_per_update, here.attachments) == (2_148_000_000, 5, 18_000_000)


def test_an_empty_setting_is_one_that_is_not_set(told):
    names = ("CASEUPDATES_BASE_URL", "DATABASE_URL", "REDIS_URL", "RESEND_API_KEY", "CASEUPDATES_MAIL_FROM", *FILES)
    assert told(**dict.fromkeys(names, ""), CASEUPDATES_SECRET_KEY="", CASEUPDATES_UNDO_SECONDS="") == told()


@pytest.mark.parametrize(
    ("url", "port", "is_local", "is_secure"),
    [
        ("https://updates.example.com", 8000, False, True),
        ("https://updates.example.com:8443", 8443, False, True),
        ("http://localhost:9000", 9000, True, False),
        ("http://127.0.0.1:9000", 9000, True, False),
        ("http://[::1]:9000", 9000, True, False),
        ("https://localhost", 8000, True, True),
    ],
)
def test_the_base_url_says_where_and_for_whom(told, url, port, is_local, is_secure):
    here = told(CASEUPDATES_BASE_URL=url)
    assert (here.base_url, here.port, here.is_local, here.is_secure) == (url, port, is_local, is_secure)
    assert here.demo == is_local


def test_a_slash_at_its_end_is_taken_off(told):
    here = told(CASEUPDATES_BASE_URL="https://updates.example.com/")
    assert here.url("/cases/2026-0142") == "https://updates.example.com/cases/2026-0142"


@pytest.mark.parametrize("host", ["localhost.example.com", "127.0.0.1.example.com", "example.com"])
def test_no_other_name_counts_as_this_machine(told, host):
    assert not told(CASEUPDATES_BASE_URL=f"https://{host}").is_local


@pytest.mark.parametrize(("asked", "loaded"), [("no", False), ("yes", True), ("", True)])
def test_the_demo_firm_can_be_left_out(told, asked, loaded):
    assert told(CASEUPDATES_DEMO=asked).demo is loaded


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CASEUPDATES_BASE_URL", "updates.example.com"),
        ("CASEUPDATES_BASE_URL", "ftp://updates.example.com"),
        ("CASEUPDATES_BASE_URL", "https://"),
        ("CASEUPDATES_BASE_URL", "https://updates.example.com/cases"),
        ("CASEUPDATES_BASE_URL", "https://updates.example.com?a=b"),
        ("CASEUPDATES_BASE_URL", "https://updates.example.com#a"),
        ("CASEUPDATES_BASE_URL", "https://user:word@updates.example.com"),
        ("CASEUPDATES_BASE_URL", "https://updates.example.com:99999"),
        ("CASEUPDATES_BASE_URL", "https://updates.example.com:port"),
        ("CASEUPDATES_BASE_URL", "https://[::1"),
        ("CASEUPDATES_BASE_URL", "http://updates.example.com"),
        ("CASEUPDATES_BASE_URL", "http://192.168.0.5:8000"),
        ("DATABASE_URL", "mysql://localhost/cases"),
        ("DATABASE_URL", "cases.db"),
        ("DATABASE_URL", "sqlite://"),
        ("REDIS_URL", "localhost:6379"),
        ("REDIS_URL", "http://localhost:6379"),
        ("CASEUPDATES_SECRET_KEY", "x" * 31),
        ("CASEUPDATES_MAIL_FROM", "nobody"),
        ("CASEUPDATES_MAIL_FROM", "Firm <nobody>"),
        ("CASEUPDATES_MAIL_FROM", "a@example.com, b@example.com"),
        ("RESEND_WEBHOOK_SECRET", "c3RhbmQtaW4="),
        ("RESEND_WEBHOOK_SECRET", "whsec_"),
        ("RESEND_WEBHOOK_SECRET", "whsec_not base64"),
        ("RESEND_WEBHOOK_SECRET", "whsec_é"),
        ("RESEND_WEBHOOK_SECRET", "re_123"),
        ("CASEUPDATES_UNDO_SECONDS", "-1"),
        ("CASEUPDATES_UNDO_SECONDS", "601"),
        ("CASEUPDATES_UNDO_SECONDS", "1.5"),
        ("CASEUPDATES_UNDO_SECONDS", "soon"),
        ("CASEUPDATES_UNDO_SECONDS", "²"),
        ("CASEUPDATES_UNDO_SECONDS", "9" * 5000),
        *((name, value) for name in FILES for value in ("0", "-1", "1.5", "many", "²", "9" * 5000, " ")),
        ("CASEUPDATES_LARGEST_FILE_MB", "1000001"),
        ("CASEUPDATES_FILES_PER_UPDATE", "101"),
        ("CASEUPDATES_ATTACHMENTS_MB", "29"),
    ],
)
def test_nonsense_is_refused_by_the_settings_name_and_says_what_is_wanted(told, name, value):
    with pytest.raises(WrongSetting, match=rf"^{name} must "):
        told(**{name: value})


@pytest.mark.parametrize("seconds", [0, 600])
def test_the_undo_window_has_nought_to_600_seconds(told, seconds):
    assert told(CASEUPDATES_UNDO_SECONDS=str(seconds)).undo == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("name", "field", "most", "unit"),
    [
        ("CASEUPDATES_LARGEST_FILE_MB", "largest_file", 1_000_000, 10**6),
        ("CASEUPDATES_FILES_PER_UPDATE", "files_per_update", 100, 1),
        ("CASEUPDATES_ATTACHMENTS_MB", "attachments", 28, 10**6),
    ],
)
def test_files_have_limits_between_one_and_what_is_bearable(told, name, field, most, unit):
    for number in (1, most):
        assert getattr(told(**{name: str(number)}), field) == number * unit
    with pytest.raises(WrongSetting, match=rf"^{name} must be a whole number from 1 to {most:,}$"):
        told(**{name: str(most + 1)})


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgresql://host/cases", "postgresql+psycopg://host/cases"),
        ("postgres://host/cases", "postgresql+psycopg://host/cases"),
        ("postgresql+psycopg://host/cases", "postgresql+psycopg://host/cases"),
        ("sqlite:////srv/cases.db", "sqlite:////srv/cases.db"),
    ],
)
def test_a_database_url_gets_the_driver_we_bring(told, given, used):
    assert told(DATABASE_URL=given).database_url == used


@pytest.mark.parametrize("url", ["redis://localhost", "rediss://redis.example.com:6380/1", "unix:///run/redis.sock"])
def test_redis_may_be_anywhere_redis_can_be(told, url):
    assert told(REDIS_URL=url).redis_url == url


def test_a_provider_needs_an_address_to_send_from(told):
    with pytest.raises(WrongSetting, match=r"^CASEUPDATES_MAIL_FROM must be set with RESEND_API_KEY"):
        told(RESEND_API_KEY="re_1")
    assert told(RESEND_API_KEY="re_1", CASEUPDATES_MAIL_FROM="Firm <updates@example.com>").resend_api_key == "re_1"


def test_a_key_of_ones_own_is_used_and_none_is_kept(told, tmp_path):
    assert told(CASEUPDATES_SECRET_KEY="k" * 32).secret_key == b"k" * 32
    assert not (tmp_path / "data" / "secret.key").exists()


def test_without_one_a_key_is_made_once_kept_privately_and_used_again(told, tmp_path):
    made, kept = told().secret_key, tmp_path / "data" / "secret.key"
    assert len(made) == 64
    assert told().secret_key == made
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


def test_two_installations_have_two_keys(tmp_path):
    first, second = (from_environment({"CASEUPDATES_DATA": str(tmp_path / name)}) for name in "ab")
    assert first.secret_key != second.secret_key


@pytest.mark.parametrize("left", ["", "\n", "short"])
def test_a_key_file_that_was_only_half_written_is_not_trusted(told, tmp_path, left):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "secret.key").write_text(left)
    with pytest.raises(WrongSetting, match=r"^CASEUPDATES_SECRET_KEY must .*secret\.key"):
        told()


@pytest.mark.parametrize("taken", ["data", "data/secret.key"])
def test_a_data_folder_that_cannot_be_used_is_named(told, tmp_path, taken):
    if taken == "data":
        (tmp_path / "data").write_text("a file")
    else:
        (tmp_path / taken).mkdir(parents=True)
    with pytest.raises(WrongSetting, match=r"^CASEUPDATES_[A-Z_]+ must "):
        told()
