"""A client that is made together with its first case."""

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, func, select

from caseupdates import bell
from caseupdates.history.models import Area
from caseupdates.history.record import record
from caseupdates.people.access import require_settings
from caseupdates.people.models import Client, Person
from caseupdates.refusals import Invalid

LENGTH = 100  # characters


def add(session: Session, name: str, *, by: Person) -> Client:
    """A new client; raise NotPermitted, Invalid."""
    require_settings(by)
    if len(name) > LENGTH:
        raise Invalid(f"A client’s name has at most {LENGTH} characters.")
    refusal, client = Invalid(f"There is a client named {name} already. Choose it in the list."), Client(name=name)
    if session.exec(select(Client.id).where(func.lower(Client.name) == func.lower(name))).first() is not None:
        raise refusal
    try:
        with session.begin_nested():
            session.add(client)
    except IntegrityError:  # somebody was quicker
        raise refusal from None
    record(session, Area.PEOPLE, "client added", by=by, about=name)
    bell.ring(session, bell.SETTINGS)
    return client
