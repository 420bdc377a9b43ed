"""Clients: the companies cases are worked for, and their contacts belong to."""

from collections.abc import Collection, Sequence

from sqlmodel import Session, col, func, select

from caseupdates import bell
from caseupdates.history.models import Area
from caseupdates.history.record import record
from caseupdates.people import names
from caseupdates.people.access import require_settings
from caseupdates.people.models import Client, Person
from caseupdates.refusals import NotFound, Refusal

PAGE = 50  # rows before "Show more"


class HasContacts(Refusal):
    status = 409

    def __init__(self, name: str, number: int) -> None:
        super().__init__(name, number)
        self.name, self.number = name, number

    def __str__(self) -> str:
        counted = f"{self.number} contact{'s' if self.number > 1 else ''}"
        return f"“{self.name}” has {counted}, archived ones counted, so it stays. Give them another client first."


class HasCases(Refusal):
    status = 409

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return f"Cases are worked for “{self.name}”, so it stays."


def search(session: Session, text: str = "", *, by: Person, limit: int = PAGE) -> Sequence[Client]:
    """The clients whose name has every word, by name."""
    require_settings(by)
    found = select(Client)
    for word in text.split():
        found = found.where(col(Client.name).icontains(word, autoescape=True))
    return session.exec(found.order_by(func.lower(Client.name), Client.name).limit(limit)).all()


def contacts_of(session: Session, client_ids: Collection[int], *, by: Person) -> dict[int, list[Person]]:
    """The contacts of these clients who are not archived, by name; clients without any are left out."""
    require_settings(by)
    theirs = select(Person).where(col(Person.client_id).in_(client_ids), col(Person.archived_at).is_(None))
    contacts: dict[int, list[Person]] = {}
    for person in session.exec(theirs.order_by(Person.name)):
        contacts.setdefault(person.client_id or 0, []).append(person)
    return contacts


def add(session: Session, name: str, *, by: Person) -> Client:
    """A new client; raise Invalid or Taken."""
    require_settings(by)
    client = Client(name=names.free(name, _others(session)))
    with names.or_refuse(session, names.Taken(client.name)):
        session.add(client)
    _tell(session, "client added", client.name, by=by)
    return client


def rename(session: Session, client_id: int, name: str, *, by: Person) -> Client:
    """Give a client another name; cases and contacts show it at once. Raise Invalid, Taken or NotFound."""
    client = _found(session, client_id, by=by)
    before, after = client.name, names.free(name, _others(session), but=client.id)
    if after != before:
        with names.or_refuse(session, names.Taken(after)):
            client.name = after
        _tell(session, "client renamed", f"{before} → {after}", by=by)
    return client


def remove(session: Session, client_id: int, *, by: Person) -> None:
    """Take a client away that nothing belongs to; raise HasContacts, HasCases or NotFound."""
    client = _found(session, client_id, by=by)
    contacts = session.exec(select(func.count()).where(Person.client_id == client.id)).one()
    if contacts:
        raise HasContacts(client.name, contacts)
    with names.or_refuse(session, HasCases(client.name)):  # cases are a later room: their rows hold the client
        session.delete(client)
    _tell(session, "client removed", client.name, by=by)


def _found(session: Session, client_id: int, *, by: Person) -> Client:
    require_settings(by)
    client = session.exec(select(Client).where(Client.id == client_id).with_for_update()).first()
    if client is None:
        raise NotFound
    return client


def _others(session: Session) -> Sequence[tuple[int, str]]:
    return session.exec(select(Client.id, Client.name)).all()


def _tell(session: Session, what: str, about: str, *, by: Person) -> None:
    record(session, Area.PEOPLE, what, by=by, about=about)
    bell.ring(session, bell.SETTINGS, bell.CASES)
