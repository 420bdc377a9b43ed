"""Clients as rows: their contacts, and how many cases are worked for them."""

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlmodel import Session, col, func, select

from caseupdates.cases.models import Case
from caseupdates.interface.show import Choice, counted
from caseupdates.people import clients
from caseupdates.people.models import Person

NAMED = 8  # contacts a row names; the rest are counted


@dataclass
class ClientRow:
    id: int = 0
    name: str = ""
    contacts: list[Choice] = field(default_factory=list)
    more: str = ""  # "and 4 more"
    says: str = ""  # "3 contacts · 2 cases"
    add_path: str = ""  # where a contact of this client is added


def client_rows(session: Session, search: str, limit: int, *, by: Person) -> list[ClientRow]:
    """The clients somebody who manages settings looks for, in three queries."""
    found = clients.search(session, search, by=by, limit=limit)
    ids = [client.id for client in found]
    contacts, cases = clients.contacts_of(session, ids, by=by), _cases(session, ids)
    return [_row(each.id, each.name, contacts.get(each.id, []), cases.get(each.id, 0)) for each in found]


def _cases(session: Session, client_ids: Collection[int]) -> dict[int, int]:
    by_client = select(Case.client_id, func.count()).where(col(Case.client_id).in_(client_ids))
    return dict(session.exec(by_client.group_by(col(Case.client_id))).all())


def _row(client_id: int, name: str, contacts: list[Person], cases: int) -> ClientRow:
    more = len(contacts) - NAMED
    return ClientRow(
        client_id, name, [Choice(str(each.id), each.name) for each in contacts[:NAMED]], f"and {more} more" if more > 0 else "",
        f"{counted(len(contacts), 'contact')} · {counted(cases, 'case')}", f"/settings/people?add={client_id}",
    )  # fmt: skip
