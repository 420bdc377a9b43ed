"""What became of the mails, as the database and the provider tell it."""

from sqlalchemy import text
from sqlmodel import select

from caseupdates.database import reading
from caseupdates.delivery.models import Message
from tests.provider.steering import Steering


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
            "refused or parked": [each.key for each in messages if each.refused_at or each.parked_at or each.due_at],
            "unknown to us": sorted(times.keys() - {each.key for each in messages}),
        }
    return {what: keys for what, keys in wrong.items() if keys}


def damage() -> list[str]:
    """What SQLite finds wrong with its file; PostgreSQL is a server of its own that nobody killed."""
    with reading() as session:
        if session.get_bind().dialect.name != "sqlite":
            return []
        found = [row[0] for row in session.execute(text("PRAGMA integrity_check")) if row[0] != "ok"]
        return found + [str(row) for row in session.execute(text("PRAGMA foreign_key_check"))]
