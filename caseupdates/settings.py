"""Settings from the environment (and `.env`), frozen at start; nonsense is refused by name."""

import base64
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import load_dotenv
from email_validator import EmailNotValidError, validate_email

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
KEY_LENGTH = 32  # characters, at least: 128 bits of hex
SERVED_PORT = 8000  # when the base URL names none: a proxy in front has 80 and 443


class WrongSetting(Exception):
    """A setting that cannot be used; says its name and what it wants."""

    def __init__(self, name: str, wants: str) -> None:
        super().__init__(f"{name} {wants}")


@dataclass(frozen=True)
class Settings:
    base_url: str
    data: Path
    database_url: str
    redis_url: str | None
    secret_key: bytes
    mail_from: str
    resend_api_key: str | None
    resend_api_url: str | None
    resend_webhook_secret: str | None
    undo: timedelta
    largest_file: int  # bytes of one upload
    files_per_update: int
    attachments: int  # bytes that may go attached to one mail, before encoding
    demo: bool  # load the demo firm into an empty database

    @property
    def host(self) -> str:
        """Name and port as a browser puts them in `Host`, e.g. `localhost:8000`."""
        return urlsplit(self.base_url).netloc

    @property
    def port(self) -> int:
        return urlsplit(self.base_url).port or SERVED_PORT

    @property
    def is_local(self) -> bool:
        """True when the product is only for this machine: demo firm and local mailbox are allowed."""
        return _is_local(self.base_url)

    @property
    def is_secure(self) -> bool:
        return self.base_url.startswith("https://")

    def url(self, path: str) -> str:
        """An absolute link; never built from what a browser says."""
        return self.base_url + path


def from_environment(environ: Mapping[str, str]) -> Settings:
    """Read and check every setting; raise WrongSetting with the name of the first that is wrong."""
    base_url = _base_url(environ.get("CASEUPDATES_BASE_URL") or f"http://localhost:{SERVED_PORT}")
    data = _folder(environ.get("CASEUPDATES_DATA") or "data")
    return Settings(
        base_url=base_url,
        data=data,
        database_url=_database_url(environ.get("DATABASE_URL") or f"sqlite:///{data / 'caseupdates.db'}"),
        redis_url=_redis_url(environ.get("REDIS_URL")),
        secret_key=_secret_key(environ.get("CASEUPDATES_SECRET_KEY"), data),
        mail_from=_address(environ.get("CASEUPDATES_MAIL_FROM"), base_url, environ.get("RESEND_API_KEY")),
        resend_api_key=environ.get("RESEND_API_KEY") or None,
        resend_api_url=environ.get("RESEND_API_URL") or None,
        resend_webhook_secret=_webhook_secret(environ.get("RESEND_WEBHOOK_SECRET")),
        demo=_is_local(base_url) and environ.get("CASEUPDATES_DEMO") != "no",
        largest_file=_megabytes("CASEUPDATES_LARGEST_FILE_MB", environ.get("CASEUPDATES_LARGEST_FILE_MB"), 2_148),
        files_per_update=_number("CASEUPDATES_FILES_PER_UPDATE", environ.get("CASEUPDATES_FILES_PER_UPDATE"), 5, 100),
        # Resend takes 40 MB a mail, encoded (a third more than the files) and with text and headers.
        attachments=_megabytes("CASEUPDATES_ATTACHMENTS_MB", environ.get("CASEUPDATES_ATTACHMENTS_MB"), 18, most=28),
        undo=_seconds("CASEUPDATES_UNDO_SECONDS", environ.get("CASEUPDATES_UNDO_SECONDS") or "10"),
    )


@cache
def settings() -> Settings:
    """The installation's settings, read once."""
    load_dotenv()
    return from_environment(os.environ)


def _base_url(value: str) -> str:
    wants = "must be an address like https://updates.example.com, without a path"
    try:
        parts = urlsplit(value.rstrip("/"))
        parts.port  # noqa: B018  (raises on a port that is no number)
    except ValueError:
        raise WrongSetting("CASEUPDATES_BASE_URL", wants) from None
    beyond = parts.path or parts.query or parts.fragment or parts.username
    if parts.scheme not in {"http", "https"} or not parts.hostname or beyond:
        raise WrongSetting("CASEUPDATES_BASE_URL", wants)
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise WrongSetting(
            "CASEUPDATES_BASE_URL", "must be https unless it is this machine: session cookies travel on it"
        )
    return value.rstrip("/")


def _is_local(base_url: str) -> bool:
    return urlsplit(base_url).hostname in LOOPBACK


def _folder(value: str) -> Path:
    path = Path(value).absolute()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise WrongSetting("CASEUPDATES_DATA", f"must be a folder that can be written: {error.strerror}") from None
    return path


def _database_url(value: str) -> str:
    if value.startswith("postgres://"):
        value = value.replace("postgres://", "postgresql://", 1)
    if value.startswith("postgresql://"):
        value = value.replace("postgresql://", "postgresql+psycopg://", 1)
    if not value.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise WrongSetting("DATABASE_URL", "must start with postgresql:// or sqlite:///")
    return value


def _redis_url(value: str | None) -> str | None:
    if value and not value.startswith(("redis://", "rediss://", "unix://")):
        raise WrongSetting("REDIS_URL", "must start with redis://, rediss:// or unix://")
    return value or None


def _secret_key(value: str | None, data: Path) -> bytes:
    if value:
        if len(value) < KEY_LENGTH:
            raise WrongSetting("CASEUPDATES_SECRET_KEY", f"must have at least {KEY_LENGTH} characters, or be left out")
        return value.encode()
    return _kept_key(data / "secret.key")


def _kept_key(kept: Path) -> bytes:
    """The key of the first run; what a full disk or a second start left half written is not trusted."""
    try:
        with suppress(FileExistsError), open(kept, "x", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
            file.write(secrets.token_hex(32))
        key = kept.read_text().strip()
    except OSError as error:
        raise WrongSetting("CASEUPDATES_DATA", f"must be a folder that can be written: {error.strerror}") from None
    if len(key) < KEY_LENGTH:
        raise WrongSetting("CASEUPDATES_SECRET_KEY", f"must be whole in {kept}: restore that file, or remove it")
    return key.encode()


def _address(value: str | None, base_url: str, api_key: str | None) -> str:
    if not value:
        if api_key:
            raise WrongSetting(
                "CASEUPDATES_MAIL_FROM", "must be set with RESEND_API_KEY: Firm <updates@your-verified-domain>"
            )
        return f"Case Updates <updates@{urlsplit(base_url).hostname}>"
    try:
        validate_email(value, allow_display_name=True, check_deliverability=False)
    except EmailNotValidError as error:
        raise WrongSetting(
            "CASEUPDATES_MAIL_FROM", f"must be an address like Firm <updates@example.com>. {error}"
        ) from None
    return value


def _webhook_secret(value: str | None) -> str | None:
    if not value:
        return None
    try:
        key = base64.b64decode(value.removeprefix("whsec_"), validate=True)
    except ValueError:
        key = b""
    if not value.startswith("whsec_") or not key:
        raise WrongSetting("RESEND_WEBHOOK_SECRET", "must be the webhook's signing secret, as Resend shows it: whsec_…")
    return value


def _seconds(name: str, value: str) -> timedelta:
    if not value.isdecimal() or len(value) > 3 or int(value) > 600:
        raise WrongSetting(name, "must be a whole number of seconds from 0 to 600")
    return timedelta(seconds=int(value))


def _number(name: str, value: str | None, default: int, most: int) -> int:
    if not value:
        return default
    if not value.isdecimal() or len(value) > 9 or not 0 < int(value) <= most:
        raise WrongSetting(name, f"must be a whole number from 1 to {most:,}")
    return int(value)


def _megabytes(name: str, value: str | None, default: int, most: int = 1_000_000) -> int:
    return _number(name, value, default, most) * 10**6
