"""What the page "Delivery" shows, and that showing it stays cheap."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, insert, text

from caseupdates.database import engine
from caseupdates.delivery import outbox, pace
from caseupdates.delivery.models import Lane, Message, Pause
from caseupdates.delivery.outcomes import Parked, Paused, TryAgain
from caseupdates.delivery.settings import rows
from caseupdates.delivery.settings.accepted import rows as accepted
from caseupdates.delivery.settings.rows import read_page
from caseupdates.interface.when import zone_named
from caseupdates.refusals import NotPermitted
from tests.delivery.post import a_mail, attempted, hand_over

NEW_YORK = zone_named("America/New_York")
MANY = 5_000


@pytest.fixture
def look(session, firm):
    def read(person=firm.administrator, **wanted):
        return read_page(session, NEW_YORK, **{"by_hour": False, "limit": 10, **wanted}, by=person)

    return read


def test_a_new_installation_has_nothing_to_show_but_where_mail_goes(look):
    shown = look()
    assert shown.flow.says == "Mail goes to the local mailbox"
    assert (shown.has_mailbox, shown.has_provider, shown.findings) == (True, False, [])
    assert (shown.places, shown.parked, shown.problems, shown.throughput.bars) == ([], [], [], [])
    assert (shown.throughput.minute, shown.throughput.day) == ("0", "0")


@pytest.mark.parametrize("name", ["manager", "investigator", "client"])
def test_nobody_reads_it_who_does_not_manage_settings(look, firm, name):
    with pytest.raises(NotPermitted):
        look(getattr(firm, name))


@pytest.fixture
def with_resend(monkeypatch):
    here = replace(rows.settings(), resend_api_key="re_secret", mail_from="updates@firm.example")
    for room in (rows, accepted):
        monkeypatch.setattr(room, "settings", lambda: here)


@pytest.mark.usefixtures("with_resend")
def test_a_pause_is_one_line_in_the_readers_zone(session, look, clock):
    account = pace.provider(session)
    account.pause, account.paused_why = Pause.QUOTA, "the account's mails for today are used up."
    account.paused_until = clock() + timedelta(hours=9)
    assert look().flow.says == "Mail is paused until today 13:00: the daily quota is used up"
    assert look().flow.can_try
    outbox.enqueue(session, a_mail())
    assert look().places[0].says == "as soon as mail goes on"
    clock.forward(hours=9, seconds=1)
    assert look().flow.says == "Mail is paused: the daily quota is used up"


@pytest.mark.usefixtures("with_resend")
def test_a_stopped_account_says_when_it_is_tried_again(session, look, clock):
    account = pace.provider(session)
    account.pause, account.paused_why = Pause.ACCOUNT, "The API key is invalid."
    account.paused_until = clock() + timedelta(minutes=15)
    flow = look().flow
    assert (flow.hue, flow.says) == ("red", "Mail is stopped: the API key was refused")
    assert flow.to_do.endswith("Tried again by itself today 04:15.")
    assert [each.about for each in look().findings if each.status == "bad"] == ["API key"]


@pytest.mark.usefixtures("with_resend")
def test_while_mail_flows_the_last_one_is_told(session, look, clock):
    assert look().flow.why == ""
    pace.provider(session).accepted_at = clock()
    assert (look().flow.says, look().flow.why) == ("Mail is flowing", "The last mail was taken today 04:00.")


def test_a_problem_leads_to_whoever_it_befell(session, look):
    outbox.enqueue(session, a_mail("client+news@example.com"))
    attempted(session, Parked("Look."))
    assert look().problems[0].person == "/settings/people?search=client%2Bnews%40example.com"


@pytest.mark.usefixtures("with_resend")
def test_the_limit_is_told_with_what_others_use(session, look):
    account = pace.provider(session)
    assert look().throughput.limit == "Allowed: 10 requests a second of up to 100 mails each."
    account.others = 3
    assert look().throughput.limit.endswith(" Other programs on the account use 3 of them.")


def test_the_places_are_told_in_the_order_mail_goes_through(session, look, clock):
    outbox.enqueue_all(session, [a_mail() for _ in range(1_200)], due_at=clock() + timedelta(minutes=1))
    outbox.enqueue(session, a_mail(), lane=Lane.CODE)
    clock.forward(seconds=30)
    told = [(row.label, row.mails, row.codes, row.oldest) for row in look().places]
    assert told == [("Ready to go", "–", "1", "30 s"), ("Can still be undone", "1,200", "–", "30 s")]


def test_bars_are_as_high_as_their_share_and_the_fewest_are_seen(session, look, clock):
    for count, minutes in ((200, 5), (1, 0)):
        for message in outbox.enqueue_all(session, [a_mail() for _ in range(count)]):
            message.accepted_at, message.due_at = clock() - timedelta(minutes=minutes), None
    session.flush()
    told = look().throughput
    assert [bar.height for bar in told.bars if bar.height != "0%"] == ["100%", "3%"]
    assert told.bars[-6].says == "03:55: 200 mails"
    assert told.most == "Most in one minute: 200 mails at 03:55"
    assert told.summary.startswith("Mails accepted in each minute of the last hour: 201 in all")
    by_hour = look(by_hour=True).throughput
    assert (len(by_hour.bars), by_hour.day) == (24, "201")


def test_a_parked_mail_leads_to_its_update_only_for_whoever_may_see_it(session, firm, look, clock):
    firm.send(firm.update("Night two", by=firm.manager), [firm.client])
    clock.forward(seconds=10)
    hand_over(session, Parked("Look."))
    [row] = look().parked
    assert (row.recipient, row.about.title) == ("client@example.com", "2026-0142 · Night two")
    assert row.about.path.startswith("/cases/2026-0142/updates/")
    assert (row.why, row.when, row.can_go) == ("Look.", "today 04:00", True)
    assert look().problems[0].about.path == row.about.path
    firm.administrator.access_level = "Limited"
    session.flush()
    assert (look().parked[0].about.title, look().parked[0].about.path) == ("Case update", "")
    assert "Night two" not in str(look())


def test_what_a_parked_mail_is_can_be_told_without_its_text(session, look, clock):
    outbox.enqueue(session, a_mail(subject="Secret subject"))
    attempted(session, Parked("Look."))
    clock.forward(minutes=1)
    outbox.enqueue(session, a_mail(), lane=Lane.CODE, useless_after=clock() + timedelta(minutes=10))
    attempted(session, Parked("Look."))
    clock.forward(minutes=10)
    code, mail = look().parked
    assert (code.about.title, code.can_go) == ("Verification code", False)
    assert (mail.about.title, mail.can_go) == ("Notice or invitation", True)
    assert "Secret subject" not in str(look())
    assert len(look(limit=1).parked) == 1
    assert look(limit=1).parked_count == 2


def test_among_many_mails_the_page_reads_only_indexes(session, look, clock):
    """Of those that have ended, however many there are, none is looked at that was not accepted lately."""
    old = clock() - timedelta(days=9)
    ended = [
        {"key": f"old-{n}", "lane": "mail", "recipient": "x@example.com", "topic": "", "goes_alone": False,
         "created_at": old, "attempts": 1, "accepted_at": old, "provider_id": f"re_{n}", "detail": ""}
        for n in range(MANY)
    ]  # fmt: skip
    session.execute(insert(Message), ended)
    outbox.enqueue_all(session, [a_mail() for _ in range(50)])
    hand_over(session, TryAgain("Out of reach."))
    session.execute(text("ANALYZE message"))
    asked = []
    listener = lambda *called: asked.append((called[2], called[3]))  # noqa: E731
    event.listen(engine(), "before_cursor_execute", listener)
    try:
        look()
    finally:
        event.remove(engine(), "before_cursor_execute", listener)
    of_mails = [(sql, values) for sql, values in asked if "FROM message" in sql]
    assert len(of_mails) >= 7
    for sql, values in of_mails:
        assert not scans(session, sql, values), sql


def scans(session, sql, values):
    """Does the database read the whole table for this?"""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)]
        return [step for step in plan if step.startswith("SCAN message") and "ix_message_" not in step]
    plan = [row[0] for row in connection.exec_driver_sql(f"EXPLAIN {sql}", values)]
    return [step for step in plan if "Seq Scan on message" in step]


def test_pausing_leaves_the_mails_ready(session, look):
    outbox.enqueue(session, a_mail())
    attempted(session, Paused("Used up.", timedelta(hours=1), Pause.QUOTA))
    assert [row.label for row in look().places] == ["Ready to go"]
