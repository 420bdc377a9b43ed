"""What can be set about the account; each may change while the server runs."""

from dataclasses import dataclass, field, fields
from typing import Literal

NO_LIMIT = 100_000_000  # requests a second; "off"


@dataclass
class Settings:
    limit: int = 10  # requests a second, docs/api-reference/rate-limit
    others: int = 0  # of which somebody else in the team always uses so many
    daily_quota: int | None = None
    monthly_quota: int | None = None
    keys: dict[str, str] | None = None  # key -> full_access | sending_access | suspended; None: any key may do all
    domains: dict[str, str] = field(default_factory=lambda: {"example.com": "verified", "localhost": "verified"})
    suspended: bool = False
    blocks_example_addresses: bool = False  # as Resend itself does; our tests write to nobody else
    latency: float = 0  # seconds that each request is in progress
    accept_at: Literal["arrival", "end"] = "end"
    slow: float = 1  # seconds that a slow answer is late
    stall: float = 60  # seconds until a stalled request is given up
    clock_ahead: float = 0  # seconds
    keeps_bodies: bool = True  # html and text of every mail; without them a million mails fit into memory
    webhook_url: str | None = None
    webhook_secret: str = "whsec_c3RhbmQtaW4="
    webhook_speed: float = 1  # times faster than the schedule of retries
    webhook_connections: int = 1  # one keeps events in their order
    webhook_timeout: float = 15  # seconds, docs.svix.com/retries
    event_delay: float = 0  # seconds between two events of a mail
    events_held: bool = False
    events_shuffled: bool = False
    events_repeated: int = 1  # how often each is delivered

    def change(self, changes: dict[str, object]) -> None:
        if unknown := changes.keys() - {each.name for each in fields(self)}:
            raise ValueError(f"No such setting: {', '.join(sorted(unknown))}")
        for name, value in changes.items():
            setattr(self, name, value)
