"""In which groups somebody may be assigned: contacts in their own, employees in those of employees."""

from caseupdates.cases.models import Case, Group
from caseupdates.people.models import AccessLevel, Permission, Person, PersonKind
from caseupdates.refusals import Refusal

OF_KIND = {
    PersonKind.CLIENT_CONTACT: (Group.CLIENT_CONTACT,),
    PersonKind.EMPLOYEE: (Group.CASE_MANAGER, Group.INVESTIGATOR, Group.SALESPERSON, Group.ADDITIONAL_EMPLOYEE),
    PersonKind.AFFILIATE_CONTACT: (Group.AFFILIATE_CONTACT,),
    PersonKind.VENDOR_CONTACT: (Group.VENDOR_CONTACT,),
}


class NotAssignable(Refusal):
    """Carries the person, unless nobody may know that they exist."""

    status = 409

    def __init__(self, person: Person | None = None, why: str = "") -> None:
        super().__init__(person.id if person else None)
        self.person, self.why = person, why

    def __str__(self) -> str:
        if self.person is None:
            return "Somebody you chose cannot be assigned to this case: only employees, and contacts who belong to it."
        return f"{self.person.name} cannot be assigned: {self.why}."


def groups_for(person: Person) -> tuple[Group, ...]:
    """The groups that fit this person, in their order."""
    return OF_KIND[person.kind]


def likeliest(person: Person) -> Group:
    """The group somebody of this role is assigned in unless told otherwise."""
    fit = groups_for(person)
    if len(fit) == 1:
        return fit[0]
    named = [group for group in fit if group == person.role.name]
    if person.may(Permission.VALIDATE_UPDATES):
        return [*named, Group.CASE_MANAGER][0]
    return [*named, Group.INVESTIGATOR if person.may(Permission.CREATE_UPDATES) else Group.ADDITIONAL_EMPLOYEE][0]


def require_fit(person: Person | None, group: Group, case: Case) -> None:
    """Raise NotAssignable, with the same words for nobody and for another client's contact."""
    if person is None or (person.kind is PersonKind.CLIENT_CONTACT and person.client_id != case.client_id):
        raise NotAssignable
    if person.archived_at:
        raise NotAssignable(person, "they are archived")
    if person.access_level is AccessLevel.DISABLED:
        raise NotAssignable(person, "their access level is Disabled")
    if group not in groups_for(person):
        raise NotAssignable(person, f"{'an' if person.kind[0] in 'ae' else 'a'} {person.kind} is no {group}")
