"""What a sending left behind, to look at."""

import json
from dataclasses import dataclass

import pytest
from sqlmodel import Session, select

from caseupdates.delivery.models import Message
from caseupdates.notifications.models import Notification
from caseupdates.people.models import Kind
from caseupdates.refusals import NotFound, NotPermitted
from caseupdates.sending.models import Delivery, Sending


@dataclass
class Written:
    """The rows that sending writes, read from the database."""

    session: Session

    def rows(self, table):  # type: ignore[no-untyped-def]
        return self.session.exec(select(table).order_by(table.id)).all()

    @property
    def sendings(self) -> list[Sending]:
        return self.rows(Sending)

    @property
    def deliveries(self) -> list[Delivery]:
        return self.rows(Delivery)

    @property
    def messages(self) -> list[Message]:
        """The mails of sendings; notices about waiting updates are none of theirs."""
        return [each.message for each in self.deliveries if each.message]

    @property
    def notices(self) -> list[Notification]:
        return [each for each in self.rows(Notification) if each.kind is Kind.CASE_UPDATE]

    def mail(self, person) -> dict[str, str]:  # type: ignore[no-untyped-def]
        """The newest mail to somebody, as the provider would read it."""
        return json.loads([each for each in self.messages if each.recipient == person.email][-1].payload)

    def counts(self) -> dict[str, int]:
        found = {"sendings": self.sendings, "deliveries": self.deliveries, "messages": self.messages}
        return {name: len(rows) for name, rows in (found | {"notices": self.notices}).items()}


WHO_MAY_NOT_SEND = [
    ("investigator", NotPermitted),
    ("client", NotPermitted),
    ("colleague", NotFound),
    ("outsider", NotFound),
]
NOTHING = {"sendings": 0, "deliveries": 0, "messages": 0, "notices": 0}


@pytest.fixture
def written(session: Session) -> Written:
    return Written(session)
