"""A client that is made together with its first case."""

from sqlmodel import Session

from caseupdates.people import clients
from caseupdates.people.models import Client, Person
from caseupdates.people.names import Taken
from caseupdates.refusals import Invalid


def add(session: Session, name: str, *, by: Person) -> Client:
    """A new client; raise NotPermitted, or Invalid, which says where to find one of this name."""
    try:
        return clients.add(session, name, by=by)
    except Taken as taken:
        raise Invalid(f"There is a client named {taken.name} already. Choose it in the list.") from None
