"""Sending to many: the transaction of `send()` against inserting as many bare rows."""

import os
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from sqlmodel import Session, SQLModel, select

SIZES = (10, 100, 1_000)  # recipients
TEMPLATES = {"the standard one": "", "one that names each": "Dear {{Recipient.first_name}},\n\n{{Update.body}}"}


def main() -> None:
    os.environ["CASEUPDATES_DATA"] = tempfile.mkdtemp(prefix="caseupdates-bench-")
    os.environ["DATABASE_URL"] = ""
    from caseupdates import demo, tables
    from caseupdates.database import engine, writing

    assert tables
    SQLModel.metadata.create_all(engine())
    with writing() as session:
        demo.load(session)
        _staff(session, max(SIZES))
    print(f"{'recipients':>12}{'send()':>12}{'bare rows':>12}{'ratio':>8}")
    for size in SIZES:
        ours, floor = _best(lambda size=size: _send(size)), _best(lambda size=size: _bare(size))
        print(f"{size:12,}{ours * 1000:9.1f} ms{floor * 1000:9.1f} ms{ours / floor:8.1f}")
    print(f"\n{'mails':>12}{'template':>12}{'one file':>12}{'ratio':>8}")
    for name, body in TEMPLATES.items():
        ours, floor = _best(lambda body=body: _write(max(SIZES), body)), _best(lambda: _write_bare(max(SIZES)))
        print(f"{max(SIZES):12,}{ours * 1000:9.1f} ms{floor * 1000:9.1f} ms{ours / floor:8.1f}  {name}")


def _best(work: Callable[[], object], times: int = 3) -> float:
    """Seconds of the fastest of some runs: the machine is shared."""
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def _staff(session: Session, number: int) -> None:
    from caseupdates import clock
    from caseupdates.people import roles
    from caseupdates.people.models import Person, PersonKind

    role = roles.ready(session)[roles.INVESTIGATOR].id
    session.add_all(
        Person(
            kind=PersonKind.EMPLOYEE,
            name=f"Staff {i}",
            email=f"staff{i}@example.com",
            role_id=role,
            created_at=clock.now(),
        )
        for i in range(number)
    )


def _send(recipients: int) -> None:
    from caseupdates.database import writing
    from caseupdates.people.models import Person
    from caseupdates.sending.send import send, sendings_so_far
    from caseupdates.updates.models import Revision

    with writing() as session:
        manager = session.exec(select(Person).where(Person.email == "manager@example.com")).one()
        revision = session.exec(select(Revision).where(Revision.title == "Opening note")).one()
        staff = select(Person.id).where(Person.name.startswith("Staff ")).limit(recipients)  # type: ignore[attr-defined]
        already = sendings_so_far(session, revision.update_id)
        send(
            session, revision.update_id, session.exec(staff).all(), seen=1, already=already, note="A note.", by=manager,
            undo=timedelta(minutes=10),
        )  # fmt: skip


def _bare(recipients: int) -> None:
    """As many rows of the same weight as send() writes, by one executemany each, committed."""
    import sqlite3

    with sqlite3.connect(Path(os.environ["CASEUPDATES_DATA"]) / "floor.db") as floor:
        floor.execute("PRAGMA journal_mode=WAL")
        floor.execute("PRAGMA synchronous=FULL")
        for table in ("notification", "message", "delivery"):
            floor.execute(f"CREATE TABLE IF NOT EXISTS {table} (id INTEGER PRIMARY KEY, person INTEGER, body TEXT)")
            body = "x" * (6_000 if table == "message" else 300)
            floor.executemany(
                f"INSERT INTO {table} (person, body) VALUES (?, ?)", [(i, body) for i in range(recipients)]
            )


def _write(recipients: int, body: str) -> None:
    """The mails of a sending by a template, no two to the same person."""
    from caseupdates.people.models import Firm
    from caseupdates.sending.mail import case_update
    from caseupdates.sending.template import sample
    from caseupdates.sending.template.files import Files
    from caseupdates.sending.template.standard import STANDARD, Text

    here, revision, to = Firm(name="Firm"), sample.update(), sample.recipient()
    text = Text("{{Update.title}}", body) if body else STANDARD
    for number in range(recipients):
        to.name = f"Person{number} P."
        case_update(here, text, revision, to=to, sender=to, note="A note.", files=Files())


def _write_bare(recipients: int) -> None:
    """As many mails of a template that stands in two files, as every other mail of ours."""
    from caseupdates.delivery.letters import letter

    for number in range(recipients):
        letter(
            "notice", to="a@example.com", subject="s", title=f"Update {number}", summary="A note. " * 30, url="https://example.com",
            firm="Firm", preferences="https://example.com",
        )  # fmt: skip
