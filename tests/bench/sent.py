"""Files sent through links, as the bench's own process writes them into the database of a server that runs."""

import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from sqlmodel import Session, col, select

NOISE = 1 << 20  # bytes that are random; they are repeated


class Sent(NamedTuple):
    """A link of one recipient, and where its files are: their paths in the product, and in the store."""

    token: str
    paths: dict[int, str]  # by size in bytes
    stored: dict[int, Path]


def use(data: Path) -> None:
    """Make this process one of the installation whose folder this is. Before anything of ours is imported."""
    os.environ.update(CASEUPDATES_DATA=str(data), DATABASE_URL="", REDIS_URL="", CASEUPDATES_UNDO_SECONDS="")


def send_files(session: Session, sizes: Iterable[int], *, needs_verification: bool = False) -> Sent:
    """One new file of each size, in an update sent to the demo's client; the store has them when this returns."""
    from caseupdates import seals
    from caseupdates.cases.models import AccessGroup
    from caseupdates.demo_firm import MAIN_CASE
    from caseupdates.files import drafting, storage
    from caseupdates.files.uploading import take_in
    from caseupdates.links.models import Link
    from caseupdates.people.addresses import person_with
    from caseupdates.sending.delivering import Handling
    from caseupdates.sending.send import send
    from caseupdates.settings import settings
    from caseupdates.updates.validation import validate
    from caseupdates.updates.writing import Text

    manager, client = (person_with(session, f"{name}@example.com") for name in ("manager", "client"))
    assert manager
    assert client
    group = session.exec(select(AccessGroup).where(AccessGroup.name == "Public")).one()
    files = {
        size: take_in(session, MAIN_CASE, f"{size}.bin", _content(size), draft="new", by=manager) for size in sizes
    }
    revision = drafting.save(session, MAIN_CASE, "new", Text("Footage", "All of it.", group.id), by=manager)
    if not revision.is_validated:
        validate(session, revision.update_id, seen=1, by=manager)
    handling = Handling(expires_at=None, needs_verification=needs_verification)
    send(
        session, revision.update_id, [client.id], seen=1, already=0, files=handling, by=manager,
        undo=timedelta(),
    )  # fmt: skip
    link = session.exec(select(Link).where(col(Link.revision_id) == revision.id)).one()
    token = seals.link_token(settings().secret_key, link.seal)
    return Sent(
        token,
        {size: f"/l/{token}/files/{file.id}/{file.name}?download" for size, file in files.items()},
        {size: storage.path(file.sha256) for size, file in files.items()},
    )


@contextmanager
def open_window(token: str) -> Iterator[str]:
    """A visit on a link that needs no code, its lease renewed as an open page does; gives the visitor's cookie."""
    from caseupdates import tokens
    from caseupdates.database import writing
    from caseupdates.interface.visitors import VISITOR_COOKIE
    from caseupdates.links import gate, visits
    from caseupdates.links.visitors import visitor

    cookie, over = tokens.new(), threading.Event()
    with writing() as session:
        visit_id = gate.open_without_code(session, token, visitor(cookie)).id

    def renew() -> None:
        while not over.wait(visits.RENEWED_EVERY.total_seconds()):
            with writing() as session:
                visits.renew(session, visit_id)

    page = threading.Thread(target=renew)
    page.start()
    try:
        yield f"{VISITOR_COOKIE}={cookie}"
    finally:
        over.set()
        page.join()


def _content(size: int):  # type: ignore[no-untyped-def]
    from caseupdates.files import storage

    noise = os.urandom(min(size, NOISE))
    with storage.Incoming() as incoming:
        for at in range(0, size, len(noise)):
            incoming.write(noise[: size - at])
        return incoming.finish()
