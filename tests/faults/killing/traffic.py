"""Mail that is put in while workers die: both lanes, attachments, few and many at once, some taken back."""

from datetime import timedelta
from hashlib import sha256
from random import Random

from sqlmodel import Session, col, func, select

from caseupdates import clock
from caseupdates.database import reading, writing
from caseupdates.delivery import outbox
from caseupdates.delivery.mail import Attachment, Mail
from caseupdates.delivery.models import Lane, Message

PICTURE = b"\xff\xd8" * 50_000
ATTACHED = Attachment("van.jpg", sha256(PICTURE).hexdigest(), len(PICTURE))
SILENT = [f"client{n}@example.com" for n in range(20)]  # of whose mails the provider reports nothing
TOLD = {  # what it reports of the others'
    "delivered@example.com": ("sent", "delivered"),
    "delayed@example.com": ("sent", "delivery_delayed", "delivered"),
    "bounced@example.com": ("sent", "bounced"),
    "complained@example.com": ("sent", "delivered", "complained"),
    "suppressed@example.com": ("suppressed",),
}
SENDER = "Firm <updates@example.com>"
DUE = 15  # mails; with fewer some workers would have nothing to die of
UNDO = timedelta(seconds=1)
SIZES = {1: 60, 2: 20, 7: 12, 30: 6, 150: 2}  # mails put in at once, and how often; a request holds a hundred


def content(_sha256: str) -> bytes:
    return PICTURE


class Traffic:
    def __init__(self, random: Random) -> None:
        self.random, self.number = random, 0
        self.longest_due = self.slowest = timedelta(0)  # of what waited, and of putting in
        self.regretted: list[int] = []  # ids of mails put in lately, some of which are taken back

    def open(self) -> None:
        """Put in enough for a rehearsal of workers and receivers: each a request, and all reported."""
        mails = [Mail(client, "Night one", "06:12.", "<p>06:12.</p>", None, (ATTACHED,)) for client in TOLD]
        with writing() as session:
            outbox.enqueue_all(session, mails * 4, sender=SENDER)
        self.number += 4 * len(mails)

    def flow(self) -> None:
        """Put something in when little waits, and take something back."""
        with reading() as session:
            count, longest = due(session)
        self.longest_due = max(self.longest_due, longest)
        if count < DUE:
            start = clock.now()
            with writing() as session:
                self._put_in(session)
                self._take_back(session)
            self.slowest = max(self.slowest, clock.now() - start)

    def _put_in(self, session: Session) -> None:
        [size] = self.random.choices(list(SIZES), list(SIZES.values()))
        kind = self.random.random()
        if kind < 0.3:
            outbox.enqueue_all(session, self._mails(size), lane=Lane.CODE, sender=SENDER)
        elif kind < 0.7:
            outbox.enqueue_all(session, self._mails(min(size, 7), ATTACHED), sender=SENDER)
        elif kind < 0.8:
            due_at = clock.now() + UNDO * self.random.random()
            self._regret(outbox.enqueue_all(session, self._mails(size), due_at=due_at, sender=SENDER))
        else:
            self._regret(outbox.enqueue_all(session, self._mails(size), sender=SENDER)[:2])

    def _take_back(self, session: Session) -> None:
        """Some that may still be in their undo window, or waiting, or just leaving."""
        if self.random.random() < 0.3:
            outbox.cancel(session, self.regretted)
            self.regretted.clear()

    def _regret(self, messages: list[Message]) -> None:
        self.regretted += [message.id for message in messages]

    def _mails(self, count: int, *attached: Attachment) -> list[Mail]:
        self.number += count
        clients = self.random.choices([*SILENT, *TOLD], k=count)
        return [Mail(client, "Night two", "06:12.", "<p>06:12.</p>", None, attached) for client in clients]


def due(session: Session) -> tuple[int, timedelta]:
    """How many could be claimed now, and by how long the one that has been due for longest is late."""
    now = clock.now()
    count, earliest = session.exec(
        select(func.count(), func.min(Message.due_at)).where(col(Message.due_at) <= now)
    ).one()
    return count, now - earliest if earliest else timedelta(0)
