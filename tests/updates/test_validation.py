"""Validate an update: by whom, once, and only what was read."""

import pytest

from caseupdates import bell
from caseupdates.cases.models import Group
from caseupdates.database import writing
from caseupdates.people.models import AccessLevel
from caseupdates.refusals import NotFound, NotPermitted
from caseupdates.updates.validation import AlreadyValidated, NotTheNewest, validate
from tests.together import together


def test_validating_records_who_and_when(session, firm, clock):
    revision = firm.update(validated=False)
    clock.forward(minutes=20)
    validated = validate(session, revision.update_id, seen=1, by=firm.manager)
    assert validated.is_validated
    assert (validated.validated_at, validated.validated_by) == (clock(), firm.manager)


def test_validating_tells_the_open_pages(session, firm):
    revision = firm.update(validated=False)
    session.info.clear()
    firm.validate(revision)
    assert session.info["rings"] == {bell.case(firm.case.id), bell.CASES}


def test_a_writer_who_may_validate_may_validate_their_own(session, firm):
    revision = firm.update(by=firm.manager, validated=False)
    assert firm.validate(revision).validated_by == firm.manager


@pytest.mark.parametrize(
    ("name", "refusal"),
    [("investigator", NotPermitted), ("client", NotFound), ("colleague", NotFound), ("outsider", NotFound)],
)
def test_nobody_else_validates(session, firm, name, refusal):
    revision = firm.update(validated=False)
    with pytest.raises(refusal):
        validate(session, revision.update_id, seen=1, by=getattr(firm, name))
    assert not revision.is_validated


def test_a_case_manager_of_other_cases_does_not_validate_this_one(session, firm):
    stranger = firm.person("Night Desk", "Case Manager", level=AccessLevel.LIMITED)
    revision = firm.update(validated=False)
    with pytest.raises(NotFound):
        validate(session, revision.update_id, seen=1, by=stranger)
    firm.assign(stranger, Group.CASE_MANAGER)
    assert validate(session, revision.update_id, seen=1, by=stranger).is_validated


def test_a_validator_outside_the_access_group_does_not_know_of_it(session, firm):
    firm.staff_only.roles = [firm.roles["Investigator"]]
    revision = firm.update(group=firm.staff_only, validated=False)
    with pytest.raises(NotFound):
        firm.validate(revision)


def test_a_made_up_update_is_not_found(session, firm):
    with pytest.raises(NotFound):
        validate(session, 404, seen=1, by=firm.manager)


def test_a_second_validator_is_told_who_was_first(session, firm, clock):
    first = firm.update()
    clock.forward(minutes=5)
    with pytest.raises(AlreadyValidated, match=r"^Manager G\. has already validated this update\.$"):
        validate(session, first.update_id, seen=1, by=firm.administrator)
    assert first.validated_by == firm.manager
    assert first.validated_at < clock()


@pytest.mark.parametrize("seen", [0, 1, 3, -1])
def test_only_the_text_that_was_read_is_validated(session, firm, seen):
    revision = firm.edit(firm.update(validated=False))
    with pytest.raises(NotTheNewest, match="has changed since you read it"):
        validate(session, revision.update_id, seen=seen, by=firm.manager)
    assert not revision.is_validated


def test_an_edit_has_to_be_validated_again(session, firm):
    first = firm.update()
    second = firm.edit(first)
    assert (first.is_validated, second.is_validated) == (True, False)
    firm.validate(second)
    assert second.is_validated


def test_of_two_validators_at_once_exactly_one_is_recorded(standing):
    with writing() as session:
        standing.session = session
        update_id = standing.edit(standing.ready).update_id

    def press(person):
        with writing() as session:
            return validate(session, update_id, seen=2, by=person).validated_by_id

    answers = together(lambda: press(standing.manager), lambda: press(standing.administrator))
    [refused] = [each for each in answers if isinstance(each, AlreadyValidated)]
    assert refused.revision.validated_by_id in answers
