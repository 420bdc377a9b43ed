"""Versions of the email template: who may, what is refused, what is kept, and who comes second."""

import pytest
from sqlmodel import select

from caseupdates.database import reading, writing
from caseupdates.history.models import Area, Event
from caseupdates.refusals import NotFound, NotPermitted
from caseupdates.sending.models import EmailTemplate
from caseupdates.sending.template.preview import preview, recipients_to_try, updates_to_try
from caseupdates.sending.template.problems import TemplateProblem, TemplateTooLarge
from caseupdates.sending.template.standard import STANDARD, Text
from caseupdates.sending.template.versions import (
    SavedMeanwhile,
    in_force,
    reset,
    restore,
    save,
    text_of,
    version,
    versions,
)
from tests.together import together

OURS = Text("{{Update.title}}", "Dear {{Recipient.first_name}},\n\n{{Update.body}}")
THEIRS = Text("{{Case.title}}", "{{Update.body}}")


def history(session):
    return [
        (each.what, each.about)
        for each in session.exec(select(Event).where(Event.area == Area.SETTINGS).order_by(Event.id))
    ]


def test_until_somebody_saves_the_standard_template_is_in_force(session, firm):
    assert in_force(session) == STANDARD
    assert versions(session, limit=10, by=firm.administrator) == []


def test_what_is_saved_is_in_force_at_once_and_says_who_and_when(session, firm, clock):
    saved = save(session, OURS, based_on=0, by=firm.administrator)
    assert in_force(session) == OURS
    assert (saved.id, saved.saved_by, saved.saved_at) == (1, firm.administrator, clock())
    assert history(session) == [("email template saved", "version 1")]


def test_a_version_is_kept_when_another_follows_is_reset_or_restored(session, firm):
    save(session, OURS, based_on=0, by=firm.administrator)
    save(session, THEIRS, based_on=1, by=firm.administrator)
    reset(session, based_on=2, by=firm.administrator)
    assert in_force(session) == STANDARD
    restore(session, 1, based_on=3, by=firm.administrator)
    assert in_force(session) == OURS
    kept = versions(session, limit=10, by=firm.administrator)
    assert [(each.id, text_of(each)) for each in kept] == [(4, OURS), (3, STANDARD), (2, THEIRS), (1, OURS)]
    assert [each.id for each in versions(session, limit=2, by=firm.administrator)] == [4, 3]
    assert history(session)[2:] == [
        ("email template reset to the standard one", "version 3"),
        ("email template restored from version 1", "version 4"),
    ]


@pytest.mark.parametrize(
    ("text", "refusal", "said"),
    [
        (Text("x", "One\n\n{{Case.casenumber}}"), TemplateProblem, "Line 3: .* Did you mean {{Case.case_number}}"),
        (Text("{{Update.body}}", "x"), TemplateProblem, "Subject: .* cannot stand in the subject"),
        (Text("x", "{{Update.body}}\n\n" * 20), TemplateTooLarge, "larger than 1 MB"),
    ],
)
def test_a_template_that_cannot_be_used_is_not_saved(session, firm, text, refusal, said):
    with pytest.raises(refusal, match=said):
        save(session, text, based_on=0, by=firm.administrator)
    assert in_force(session) == STANDARD
    assert history(session) == []


@pytest.mark.parametrize("who", ["manager", "investigator", "client", "outsider"])
def test_only_who_manages_settings_sees_and_changes_it(session, firm, who):
    person, update = getattr(firm, who), firm.update()
    save(session, OURS, based_on=0, by=firm.administrator)
    for act in (
        lambda: save(session, THEIRS, based_on=1, by=person),
        lambda: reset(session, based_on=1, by=person),
        lambda: restore(session, 1, based_on=1, by=person),
        lambda: restore(session, 99, based_on=1, by=person),
        lambda: versions(session, limit=10, by=person),
        lambda: version(session, 1, by=person),
        lambda: version(session, 99, by=person),
        lambda: preview(session, OURS, update.update_id, 0, with_note=True, by=person),
        lambda: updates_to_try(session, by=person),
        lambda: recipients_to_try(session, update.update_id, by=person),
    ):
        with pytest.raises(NotPermitted):
            act()
    assert in_force(session) == OURS


@pytest.mark.parametrize("number", [0, -1, 2, 2**31 - 1])
def test_a_version_that_never_was_cannot_be_restored(session, firm, number):
    save(session, OURS, based_on=0, by=firm.administrator)
    with pytest.raises(NotFound):
        restore(session, number, based_on=1, by=firm.administrator)


def test_who_comes_second_is_told_who_was_first_and_may_then_save(session, firm):
    save(session, OURS, based_on=0, by=firm.administrator)
    second = firm.person("Second A.", "Administrator")
    for act in (lambda: save(session, THEIRS, based_on=0, by=second), lambda: reset(session, based_on=0, by=second)):
        with pytest.raises(SavedMeanwhile, match=r"^Administrator A. saved another version"):
            act()
    assert in_force(session) == OURS
    save(session, THEIRS, based_on=1, by=second)
    assert in_force(session) == THEIRS


def test_of_two_who_save_at_once_exactly_one_does(standing):
    def press(text):
        with writing() as session:
            save(session, text, based_on=0, by=standing.administrator)

    outcomes = together(*(lambda text=text: press(text) for text in (OURS, THEIRS)))
    refused = [each for each in outcomes if isinstance(each, SavedMeanwhile)]
    assert len(refused) == 1
    assert "Administrator A." in str(refused[0])
    with reading() as session:
        assert len(session.exec(select(EmailTemplate)).all()) == 1


def test_a_preview_shows_what_is_typed_not_what_is_saved(session, firm):
    update = firm.update("Night two", "Two **vehicles**.")
    mail = preview(session, OURS, update.update_id, firm.client.id, with_note=True, by=firm.administrator)
    assert (mail.subject, mail.to) == ("Night two", "client@example.com")
    for twin in (mail.text, mail.html):
        assert "Dear Client," in twin
        assert "Administrator A. writes" in twin
    without = preview(session, OURS, update.update_id, firm.client.id, with_note=False, by=firm.administrator)
    assert "writes" not in without.text
    assert versions(session, limit=10, by=firm.administrator) == []


def test_a_preview_without_a_case_is_of_a_made_up_update(session, firm):
    assert (
        "Alex Sample"
        in preview(session, Text("x", "{{Recipient.name}}"), 0, 0, with_note=True, by=firm.administrator).text
    )
    assert recipients_to_try(session, 0, by=firm.administrator) == []


def test_a_preview_is_offered_of_validated_updates_for_those_who_could_be_chosen(session, firm, clock):
    ready, waiting = firm.update("Ready"), firm.update("Waiting", validated=False)
    firm.partner.bounced_at = clock()
    assert [each.title for each in updates_to_try(session, by=firm.administrator)] == ["Ready"]
    offered = {each.name for each in recipients_to_try(session, ready.update_id, by=firm.administrator)}
    assert {"Client C.", "Manager G.", "Colleague S."} <= offered
    assert not offered & {"Partner C.", "Outsider O."}
    assert waiting.update_id not in [each.update_id for each in updates_to_try(session, by=firm.administrator)]


def test_an_administrator_with_limited_access_previews_only_their_cases(session, firm):
    limited, update = firm.person("Limited A.", "Administrator"), firm.update()
    assert updates_to_try(session, by=limited) == []
    for act in (
        lambda: preview(session, OURS, update.update_id, 0, with_note=True, by=limited),
        lambda: recipients_to_try(session, update.update_id, by=limited),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_preview_of_what_cannot_be_used_says_why(session, firm):
    with pytest.raises(TemplateProblem, match="Line 1"):
        preview(session, Text("x", "{{lipsum}}"), 0, 0, with_note=True, by=firm.administrator)
