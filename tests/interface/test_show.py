"""What a page shows of a person, and how it counts."""

import pytest

from caseupdates.interface.show import Face, counted, face
from caseupdates.people.models import Person, PersonKind


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Client C.", "CC"),
        ("investigator r.", "IR"),
        ("Ana María de la Cruz", "AC"),
        ("Cher", "C"),
        ("É. Zola", "ÉZ"),
        ("J.R.R. Tolkien", "JT"),
        ("李 明", "李明"),
        (".", "."),
        ("...", "."),
    ],
)
def test_initials_are_of_the_first_and_the_last_name(name, initials):
    assert face(Person(name=name, kind=PersonKind.CLIENT_CONTACT)).initials == initials


@pytest.mark.parametrize(
    ("who", "hue"),
    [("administrator", "jade"), ("manager", "jade"), ("investigator", "amber"), ("client", "sky"), ("outsider", "sky")],
)
def test_the_colour_tells_who_validates_who_writes_and_who_is_a_contact(firm, who, hue):
    assert face(getattr(firm, who)).hue == hue


def test_what_nobody_did_the_product_did():
    assert face(None) == Face("Case Updates", "CU", "gray")


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 recipients"), (1, "1 recipient"), (2, "2 recipients"), (1234, "1,234 recipients")]
)
def test_things_are_counted(number, said):
    assert counted(number, "recipient") == said


@pytest.mark.parametrize(("number", "said"), [(1, "1 person"), (2, "2 people")])
def test_a_plural_of_its_own_is_used(number, said):
    assert counted(number, "person", "people") == said
