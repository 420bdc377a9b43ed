"""An update with two files, sent as links: who stands before the gate, and what they do there."""

import json
import re
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta

from sqlalchemy.orm import joinedload
from sqlmodel import Session, SQLModel, col, select

from caseupdates import clock, seals, tokens
from caseupdates.delivery.models import Lane, Message
from caseupdates.files import storage
from caseupdates.files.drafting import attach
from caseupdates.files.models import File
from caseupdates.links import codes, gate, serving, visits
from caseupdates.links.access import link_of
from caseupdates.links.models import Challenge, Link, LinkEvent, Step, Visit
from caseupdates.links.visitors import Visitor, visitor
from caseupdates.people.models import Person
from caseupdates.sending.delivering import Handling
from caseupdates.sending.models import Delivery
from caseupdates.sending.send import send, sendings_so_far
from caseupdates.settings import settings
from tests.stories import UNDO, Firm

PARTNER = "partner@example.com"
STRANGER = "stranger@example.com"
WEEK = timedelta(days=7)
SIZE = 1_000  # bytes of each file
REPORT, PLATE, VIDEO = "Interim report.pdf", "plate.jpg", "week-1.mp4"
MEDIA_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "mp4": "video/mp4"}
Transaction = Callable[[], AbstractContextManager[Session]]


@contextmanager
def inside(session: Session):  # type: ignore[no-untyped-def]
    """One transaction of the product, as a savepoint of the test's own, that reads everything anew."""
    with session.begin_nested():
        session.expire_all()
        yield session


def browser(cookie: str) -> Visitor:
    return visitor(cookie, network=f"192.0.2.{len(cookie)}", browser="Firefox")


class Gate:
    """What `manager` sent to `partner`; `phone` and `laptop` are two browsers that know the link."""

    def __init__(
        self,
        firm: Firm,
        transaction: Transaction,
        *,
        needs_verification: bool = True,
        life: timedelta | None = WEEK,
        to: str | Sequence[Person] = "partner",
        names: Sequence[str] = (REPORT, PLATE),
    ) -> None:
        self.firm, self.transaction = firm, transaction
        self.phone, self.laptop = browser("phone's cookie"), browser("laptop's cookie")
        with transaction() as session:
            revision = session.merge(firm.ready) if hasattr(firm, "ready") else firm.update()
            self.update_id = revision.update_id
            self.files = [_file(session, firm, name) for name in names]
            attach(session, revision, self.files)
            self.revision = revision
        people = [getattr(firm, to)] if isinstance(to, str) else to
        self.token = self.send(*people, needs_verification=needs_verification, life=life)

    def send(self, *people: Person, needs_verification: bool = True, life: timedelta | None = WEEK) -> str:
        """Send the update once more; the token in the address that the first of them was mailed."""
        terms = Handling(expires_at=clock.now() + life if life else None, needs_verification=needs_verification)
        with self.transaction() as session:
            already = sendings_so_far(session, self.update_id)
            sending = send(
                session, self.update_id, [each.id for each in people], seen=self.revision.number, already=already, files=terms,
                by=session.merge(self.firm.manager), undo=UNDO,
            )  # fmt: skip
            first = select(Delivery).where(Delivery.sending_id == sending.id, Delivery.person_id == people[0].id)
            return re.search(r"/l/([0-9a-f]{64})\b", _opened(session.exec(first).one().message)["text"])[1]

    def do(self, verb, *args, **options):  # type: ignore[no-untyped-def]
        """One verb in a transaction of its own; what it returned."""
        with self.transaction() as session:
            return verb(session, *args, **options)

    def ask(self, address: str = PARTNER, by: Visitor | None = None) -> bool:
        """ "Send code", as the page does it: past the doors in one transaction, then in another."""
        self.do(codes.pass_doors, self.token, address, by or self.phone)
        return self.do(codes.ask, self.token, address, by or self.phone)

    def confirm(self, typed: str, by: Visitor | None = None):  # type: ignore[no-untyped-def]
        """ "Open files" with a code: a Visit, or the refusal."""
        return self.do(codes.confirm, self.token, typed, by or self.phone, key=settings().secret_key)

    def asked(self, address: str = PARTNER, by: Visitor | None = None) -> str:
        """Ask for a code, past no door; the code as the recipient reads it."""
        assert self.do(codes.ask, self.token, address, by or self.phone)
        return self.code_mailed(address)

    def enter(self, by: Visitor | None = None) -> Visit:
        """Ask for a code and give it back."""
        visit = self.confirm(self.asked(by=by), by)
        assert isinstance(visit, Visit)
        return visit

    def code_mails(self, address: str = PARTNER) -> list[Message]:
        """The mails with codes to an address that will leave."""
        mine = select(Message).where(Message.lane == Lane.CODE, Message.recipient == address)
        with self.transaction() as session:
            return list(
                session.exec(
                    mine.where(col(Message.cancelled_at).is_(None))
                    .order_by(col(Message.id))
                    .options(joinedload(Message.frozen))
                )
            )

    def code_mailed(self, address: str = PARTNER) -> str:
        """The newest code in the queue, "1234 5678", found by breaking the mail's seal as a mailer does."""
        return re.search(r"^\d{4} \d{4}$", _opened(self.code_mails(address)[-1])["text"], re.MULTILINE)[0]

    def before(self, by: Visitor | None = None, session_token: str = "") -> gate.Before:
        return self.do(gate.before, self.token, by or self.phone, session_token=session_token)

    def grant(self, file: File | None = None, by: Visitor | None = None, session_token: str = "") -> serving.Granted:
        file_id = (file or self.files[0]).id
        return self.do(serving.grant, self.token, file_id, by or self.phone, session_token=session_token)

    def download(self, file: File | None = None, *parts: tuple[int, int], by: Visitor | None = None) -> None:
        """Ask for a file, and get these parts of it: bytes first to until (exclusive); all of it unless told."""
        granted = self.grant(file, by)
        for first, until in parts or [(0, SIZE)]:
            self.do(serving.downloaded, granted, by or self.phone, first=first, until=until)

    def is_open(self, by: Visitor | None = None) -> bool:
        return self.before(by).stage is gate.Stage.FILES

    def renew(self, visit: Visit) -> bool:
        return self.do(visits.renew, visit.id)

    @property
    def link(self) -> Link:
        return self.do(link_of, self.token)

    @property
    def challenges(self) -> list[Challenge]:
        return self.do(self._all, Challenge)

    @property
    def steps(self) -> list[Step]:
        """What was done with the link, oldest first."""
        link_id = self.link.id
        return [each.step for each in self.do(self._all, LinkEvent) if each.link_id == link_id]

    def rows(self, table: type[SQLModel]) -> list:  # type: ignore[type-arg]
        return self.do(self._all, table)

    @staticmethod
    def _all(session: Session, table):  # type: ignore[no-untyped-def]
        return list(session.exec(select(table).order_by(table.id)))


def other_than(code: str) -> str:
    """A code of eight digits that is not this one."""
    return f"{(int(code.replace(' ', '')) + 1) % 10**seals.CODE_DIGITS:08}"


def _opened(message: Message) -> dict[str, str]:
    return json.loads(seals.broken(message.payload, settings().secret_key))


def _file(session: Session, firm: Firm, name: str) -> File:
    stored = storage.keep((name + tokens.digest(name) * SIZE).encode()[:SIZE])
    file = File(
        case_id=firm.case.id, name=name, media_type=MEDIA_TYPES[name.rpartition(".")[2]], size=stored.size, sha256=stored.sha256,
        uploaded_by_id=firm.investigator.id, uploaded_at=clock.now(),
    )  # fmt: skip
    session.add(file)
    session.flush()
    return file
