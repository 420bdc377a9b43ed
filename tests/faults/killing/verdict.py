"""What became of the mails, as the database and the provider tell it."""

from collections import defaultdict

from sqlalchemy import text
from sqlmodel import col, func, select

from caseupdates.database import reading
from caseupdates.delivery.models import Message, ProviderEvent
from tests.faults.killing.traffic import TOLD
from tests.provider.steering import Steering

SHOWN = {
    "delivery_delayed": "delayed_at",
    "delivered": "delivered_at",
    "bounced": "bounced_at",
    "complained": "complained_at",
    "suppressed": "suppressed_at",
}


def faults(resend: Steering) -> dict[str, list[str]]:
    """The keys of the mails that did not end as they must, by what is wrong with them; empty when all is well."""
    with reading() as session:
        messages = session.exec(select(Message)).all()
        times, ids = resend.accepted_references(), resend.accepted_ids()
        wrong = {
            "lost": [each.key for each in messages if each.accepted_at and each.key not in times],
            "sent twice": [key for key, count in times.items() if count != 1],
            "sent though cancelled": [each.key for each in messages if each.cancelled_at and each.key in times],
            "known under another id": [
                each.key for each in messages if each.accepted_at and ids.get(each.provider_id or "") != each.key
            ],
            "neither accepted nor cancelled": [
                each.key for each in messages if (each.accepted_at is None) == (each.cancelled_at is None)
            ],
            "refused or parked": [each.key for each in messages if each.refused_at or each.parked_at],
            "still open": [each.key for each in messages if each.due_at],
            "unknown to us": sorted(times.keys() - {each.key for each in messages}),
        }
    return {what: keys for what, keys in wrong.items() if keys}


def still_open() -> int:
    with reading() as session:
        return session.exec(select(func.count()).where(col(Message.due_at).is_not(None))).one()


def misheard() -> list[str]:
    """The keys of the accepted mails that do not show exactly what the provider reported of them, each report once."""
    with reading() as session:
        heard: dict[int, list[str]] = defaultdict(list)
        for event in session.exec(select(ProviderEvent)):
            heard[event.message_id].append(event.kind.removeprefix("email."))
        accepted = session.exec(select(Message).where(col(Message.accepted_at).is_not(None)))
        return [each.key for each in accepted if not _is_told(each, heard[each.id])]


def _is_told(message: Message, heard: list[str]) -> bool:
    told = TOLD.get(message.recipient, ())
    shown = {kind for kind, column in SHOWN.items() if getattr(message, column)}
    return sorted(heard) == sorted(told) and shown == set(told) & SHOWN.keys()


def damage() -> list[str]:
    """What SQLite finds wrong with its file; PostgreSQL is a server of its own that nobody killed."""
    with reading() as session:
        if session.get_bind().dialect.name != "sqlite":
            return []
        found = [row[0] for row in session.execute(text("PRAGMA integrity_check")) if row[0] != "ok"]
        return found + [str(row) for row in session.execute(text("PRAGMA foreign_key_check"))]
