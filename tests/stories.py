"""A small firm for tests: one person of each part, one case they work, one they do not."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TypeVar

from sqlmodel import Session

from caseupdates import clock
from caseupdates.cases.models import AccessGroup, Assignment, Case, Group
from caseupdates.history.listing import Wanted, of_case
from caseupdates.history.models import Event
from caseupdates.people import roles
from caseupdates.people.models import AccessLevel, Client, Person, PersonKind
from caseupdates.sending.models import Sending
from caseupdates.sending.send import send, sendings_so_far
from caseupdates.updates.models import Revision
from caseupdates.updates.validation import validate
from caseupdates.updates.writing import Text, revise, write

T = TypeVar("T")
UNDO = timedelta(seconds=10)


class Firm:
    """`manager` validates and sends, `investigator` writes, `colleague` is on no case, `client` and `partner`
    are contacts of the case's client, `outsider` of another."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.roles = roles.ready(session)
        self.public = self._add(AccessGroup(name="Public", roles=list(self.roles.values())))
        staff = [role for name, role in self.roles.items() if name != roles.CLIENT_CONTACT]
        self.staff_only = self._add(AccessGroup(name="Staff only", roles=staff))
        self.meridian = self._add(Client(name="Meridian Freight Ltd"))
        self.other_client = self._add(Client(name="Harbour Street Lettings"))
        self.administrator = self.person("Administrator A.", roles.ADMINISTRATOR, level=AccessLevel.FULL)
        self.manager = self.person("Manager G.", roles.CASE_MANAGER, level=AccessLevel.FULL)
        self.investigator = self.person("Investigator R.", roles.INVESTIGATOR)
        self.colleague = self.person("Colleague S.", roles.INVESTIGATOR)
        self.client = self.contact("Client C.", self.meridian)
        self.partner = self.contact("Partner C.", self.meridian, password_hash=None)
        self.outsider = self.contact("Outsider O.", self.other_client)
        self.case = self._case("2026-0142", "Warehouse losses, Quay Street", self.meridian)
        self.other_case = self._case("2026-0151", "Harbour Street tenancy", self.other_client)
        self.assign(self.manager, Group.CASE_MANAGER, is_primary=True)
        self.investigators_assignment = self.assign(self.investigator, Group.INVESTIGATOR, is_primary=True)
        self.assign(self.client, Group.CLIENT_CONTACT, is_primary=True)
        self.assign(self.partner, Group.CLIENT_CONTACT)
        self.assign(self.outsider, Group.CLIENT_CONTACT, case=self.other_case)

    def person(self, name: str, role: str, *, level: AccessLevel = AccessLevel.LIMITED, **facts: object) -> Person:
        """An employee who can sign in, at `<first name>@example.com` unless told otherwise."""
        return self._person(name, role, level=level, kind=PersonKind.EMPLOYEE, **facts)

    def contact(self, name: str, client: Client, **facts: object) -> Person:
        """A client contact, who sees the cases they are assigned to."""
        return self._person(name, roles.CLIENT_CONTACT, kind=PersonKind.CLIENT_CONTACT, client=client, **facts)

    def assign(self, person: Person, group: Group, *, case: Case | None = None, is_primary: bool = False) -> Assignment:
        on = case or self.case
        return self._add(
            Assignment(case_id=on.id, person=person, group=group, is_primary=is_primary, assigned_at=clock.now())
        )

    def text(self, title: str = "Night two", body: str = "Two vehicles.", *, group: AccessGroup | None = None) -> Text:
        """What somebody typed into the editor, "Public" unless told otherwise."""
        return Text(title, body, (group or self.public).id)

    def update(
        self,
        title: str = "Night two",
        body: str = "Two vehicles.",
        *,
        group: AccessGroup | None = None,
        by: Person | None = None,
        validated: bool = True,
    ) -> Revision:
        """An update on the case by the investigator, validated by the manager unless told otherwise."""
        text = self.text(title, body, group=group)
        revision = write(self.session, self.case.number, text, by=by or self.investigator)
        return self.validate(revision) if validated and not revision.is_validated else revision

    def validate(self, revision: Revision) -> Revision:
        return validate(self.session, revision.update_id, seen=revision.number, by=self.manager)

    def edit(
        self,
        revision: Revision,
        title: str = "Night two, corrected",
        body: str = "Three vehicles.",
        *,
        group: AccessGroup | None = None,
    ) -> Revision:
        """The update's next revision, by the investigator; it waits for validation."""
        text = self.text(title, body, group=group)
        return revise(self.session, revision.update_id, text, seen=revision.number, by=self.investigator)

    def send(self, revision: Revision, to: Sequence[Person], *, note: str = "", undo: timedelta = UNDO) -> Sending:
        """What the manager sends, knowing of every sending so far."""
        return send(
            self.session,
            revision.update_id,
            [each.id for each in to],
            seen=revision.number,
            already=sendings_so_far(self.session, revision.update_id),
            note=note,
            by=self.manager,
            undo=undo,
        )

    def history(self) -> list[Event]:
        """What is written down about the case, newest first."""
        return [line.event for line in of_case(self.session, self.case.id, Wanted(), by=self.manager)]

    def _person(self, name: str, role: str, *, level: AccessLevel = AccessLevel.LIMITED, **facts: object) -> Person:
        address = f"{name.split()[0].lower()}@example.com"
        given = {"email": address, "password_hash": "$argon2id$unused", "client": None, **facts}
        return self._add(Person(name=name, role=self.roles[role], access_level=level, created_at=clock.now(), **given))

    def _case(self, number: str, title: str, client: Client) -> Case:
        now = clock.now()
        return self._add(
            Case(
                number=number,
                title=title,
                case_type="Surveillance",
                client=client,
                opened_at=now,
                last_activity_at=now,
            )
        )

    def _add(self, row: T) -> T:
        self.session.add(row)
        self.session.flush()
        return row
