"""What happened, who did it, when."""

from caseupdates.history.models import Area
from caseupdates.history.record import record
from caseupdates.sending.undo import undo
from caseupdates.updates.writing import write


def lines(firm):
    return [(each.what, each.about, each.person and each.person.name) for each in firm.history()]


def test_every_act_on_an_update_is_written_down_newest_first(session, firm):
    revision = firm.update("Night two")
    sending = firm.send(revision, [firm.client, firm.partner])
    undo(session, sending.id, by=firm.manager)
    firm.edit(revision, "Night two, corrected")
    write(session, firm.case.number, firm.text("Re: Night two"), by=firm.manager, reply_to=revision.update_id)
    assert lines(firm) == [
        ("replied", "Re: Night two", "Manager G."),
        ("update edited", "Night two, corrected", "Investigator R."),
        ("sending undone", "Night two", "Manager G."),
        ("update sent", "Night two · 2 recipients", "Manager G."),
        ("update validated", "Night two", "Manager G."),
        ("update written", "Night two", "Investigator R."),
    ]


def test_one_recipient_is_counted_as_one(session, firm):
    firm.send(firm.update("Night two"), [firm.client])
    assert lines(firm)[0][1] == "Night two · 1 recipient"


def test_a_line_says_when(session, firm, clock):
    record(session, Area.CASES, "case opened", by=None, case_id=firm.case.id)
    clock.forward(hours=1)
    record(session, Area.CASES, "case closed", by=firm.manager, case_id=firm.case.id)
    closed, opened = firm.history()
    assert (closed.at - opened.at).total_seconds() == 3600
    assert opened.person is None


def test_a_case_has_only_its_own_lines(session, firm):
    record(session, Area.CASES, "case closed", by=firm.manager, case_id=firm.other_case.id)
    record(session, Area.CASES, "settings changed", by=firm.administrator)
    assert lines(firm) == []
