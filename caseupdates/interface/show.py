"""Small display records: what a page needs of a row, and nothing more."""

from dataclasses import dataclass

from caseupdates.people.models import Permission, Person


@dataclass
class Face:
    """A person as a page shows them: name, initials, and the colour of their part in the work."""

    name: str = ""
    initials: str = ""
    hue: str = "gray"


@dataclass
class Choice:
    """One of a list to choose from."""

    id: str = ""
    name: str = ""


@dataclass
class Notice:
    """A sentence at the foot of the page; the number makes a second one with the same words appear again."""

    sentence: str = ""
    is_refusal: bool = False
    number: int = 0


def face(person: Person | None) -> Face:
    if person is None:
        return Face("Case Updates", "CU")
    parts = person.name.replace(".", " ").split() or [person.name]
    return Face(person.name, (parts[0][0] + (parts[-1][0] if len(parts) > 1 else "")).upper(), _hue(person))


def _hue(person: Person) -> str:
    if not person.is_employee:
        return "sky"
    return "jade" if Permission.VALIDATE_UPDATES in person.role.permissions else "amber"


def counted(number: int, one: str, many: str = "") -> str:
    """ "1 recipient", "3 recipients"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
