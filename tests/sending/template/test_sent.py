"""The firm's own template in what is sent: where the note stands, every variable, and that no template stops a sending."""

from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from caseupdates.history.models import Area, Event
from caseupdates.people.firm import name_firm, zone_of
from caseupdates.sending.delivering import FAILED, Handling
from caseupdates.sending.dialog.offer import letter
from caseupdates.sending.models import EmailTemplate
from caseupdates.sending.template.standard import Text
from caseupdates.sending.template.variables import VARIABLES
from caseupdates.sending.template.versions import save
from tests.files.sent import handed_over, links, press, token, two_files
from tests.files.shelf import Shelf

BODY_FIRST = "{{Update.body}}\n\n{{Update.additional_note}}"


@pytest.fixture
def use(session, firm):
    """Save a template as the administrator would."""
    return lambda body, subject="{{Update.title}}": save(
        session, Text(subject, body), based_on=0, by=firm.administrator
    )


@pytest.mark.parametrize(
    ("template", "note_is_first"), [(BODY_FIRST, False), ("Hello\n\n{{Update.body}}", True), (None, True)]
)
def test_the_note_stands_where_the_firm_wants_it(firm, written, use, template, note_is_first):
    if template:
        use(template)
    firm.send(firm.update("Night two", "Two vehicles."), [firm.client], note="Read this.")
    mail = written.mail(firm.client)
    for twin in (mail["text"], mail["html"]):
        assert (twin.index("Read this.") < twin.index("Two vehicles.")) is note_is_first


def test_what_was_sent_before_stays_as_it_was(firm, written, use):
    revision = firm.update()
    firm.send(revision, [firm.client])
    before = written.mail(firm.client)
    use("Quite another mail. {{Update.body}}")
    assert written.mail(firm.client) == before
    firm.send(revision, [firm.client])
    assert "Quite another mail" in written.mail(firm.client)["text"]


def test_every_variable_says_what_it_is_named_for(session, firm, written, use):
    here = name_firm(session, "Harbour & Sons", contact="Call us.")
    here.email_signature, here.time_zone = "**Harbour**", "Europe/London"
    session.flush()
    revision = two_files(Shelf(session, firm))
    use("\n\n".join(f"<{each.name}> {{{{{each.name}}}}}" for each in VARIABLES))
    firm.send(revision, [firm.client], note="Mind the gate.")
    text = handed_over(written, firm.client)["text"]
    said = {line.partition("> ")[0].strip("<"): line.partition("> ")[2] for line in text.split("\n")}
    assert said["General.date"] == "23 November 2026"
    assert (said["Case.case_number"], said["Case.title"]) == ("2026-0142", "Warehouse losses, Quay Street")
    assert (said["Case.case_type"], said["Client.name"]) == ("Surveillance", "Meridian Freight Ltd")
    assert (said["Update.title"], said["Update.body"]) == (revision.title, "Two vehicles.")
    assert (said["Update.author"], said["Update.additional_note"]) == ("Investigator R.", "Mind the gate.")
    [link] = links(session)
    assert said["Update.attachments"].startswith("plate.jpg (15 bytes), Interim report.pdf")
    assert token(link) in said["Update.attachments"]
    assert said["Update.attachment_expiration"] == "30 November 2026"
    assert said["Update.url"].endswith(f"/cases/2026-0142/updates/{revision.update_id}")
    assert (said["Recipient.first_name"], said["Recipient.name"]) == ("Client", "Client C.")
    assert (said["Sender.name"], said["Sender.email"]) == ("Manager G.", "manager@example.com")
    assert (said["Company.name"], said["Company.email_signature"]) == ("Harbour & Sons", "**Harbour**")
    assert "[" not in said["General.date"]


@pytest.mark.parametrize(("zone", "day"), [("UTC", "23 November"), ("Pacific/Auckland", "24 November"), ("Nowhere/Land", "23 November"), ("", "23 November")])  # fmt: skip
def test_days_are_said_in_the_firms_zone(session, firm, written, use, clock, zone, day):
    clock.forward(hours=6)
    name_firm(session, "Harbour").time_zone = zone
    session.flush()
    use("{{General.date}} {{Update.body}}")
    firm.send(firm.update(), [firm.client])
    assert f"{day} 2026 Two" in written.mail(firm.client)["text"]


def test_the_link_ends_on_a_day_of_the_firms_zone(session, firm, written, clock):
    here = name_firm(session, "Harbour")
    here.time_zone = "Pacific/Auckland"
    session.flush()
    assert zone_of(here) == ZoneInfo("Pacific/Auckland")
    press(firm, two_files(Shelf(session, firm)), files=Handling(expires_at=clock().replace(hour=23)))
    assert "Available until 24 November 2026." in handed_over(written, firm.client)["text"]


def test_each_recipients_link_is_their_own_and_whole_wherever_it_stands(session, firm, written, use):
    use("[Open]({{Update.attachments}}) or see {{Update.attachments}}\n\n{{Update.attachments}}\n\n{{Update.body}}")
    press(firm, two_files(Shelf(session, firm)), firm.client, firm.partner)
    for link in links(session):
        mail = handed_over(written, link.person)
        assert mail["text"].count(f"/l/{token(link)}") == 3
        assert mail["html"].count(f"/l/{token(link)}") == 3
        assert "seal-" not in mail["text"] + mail["html"]


def test_recipients_are_spoken_to_by_their_own_name(firm, written, use):
    use(
        "Dear {{Recipient.first_name}},{% if Recipient.name == 'Partner C.' %} old friend,{% endif %}\n\n{{Update.body}}"
    )
    firm.send(firm.update(), [firm.client, firm.partner])
    assert "Dear Client,\n" in written.mail(firm.client)["text"]
    assert "Dear Partner, old friend,\n" in written.mail(firm.partner)["text"]


@pytest.mark.parametrize(
    "text",
    [
        Text("x", "{{Case.no_longer}}"),
        Text("x", "{% if"),
        Text("x", "{{Update.body}}\n\n" * 400),
        Text("x", "[" * 100_000),
        Text("{{Update.body}}", "x"),
    ],
)
def test_a_template_that_fails_while_sending_stops_nobody_and_history_says_so(session, firm, written, text):
    """One that got into the database past our checks, or that a later version takes no more."""
    session.add(EmailTemplate(id=1, **text._asdict(), saved_by_id=firm.administrator.id, saved_at=firm.case.opened_at))
    session.flush()
    firm.send(firm.update("Night two", "Two vehicles. " * 200), [firm.client, firm.partner], note="Read this.")
    for person in (firm.client, firm.partner):
        mail = written.mail(person)
        assert mail["subject"] == "2026-0142: Night two"
        assert mail["text"].index("Read this.") < mail["text"].index("Two vehicles.")
    [event] = session.exec(select(Event).where(Event.area == Area.SETTINGS))
    assert (event.what, event.case_id) == (FAILED, firm.case.id)
    assert event.about.startswith("Night two · ")


def test_the_dialogs_preview_is_written_by_the_template_in_force(session, firm, use):
    use(f"Our own words.\n\n{BODY_FIRST}")
    mail = letter(session, firm.update().update_id, firm.client.id, "Read this.", Handling(), by=firm.manager)
    assert mail.text.index("Our own words") < mail.text.index("Two vehicles") < mail.text.index("Read this.")
