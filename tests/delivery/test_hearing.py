"""Taking events in: once each, whoever works on the same message at the moment; addresses that refuse mail."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from caseupdates import bell
from caseupdates.database import read, write, writing
from caseupdates.delivery import claiming, hearing, outbox, pace
from caseupdates.delivery.models import Batch, Message, ProviderEvent
from caseupdates.delivery.outcomes import Accepted, TryAgain, Unknown
from caseupdates.delivery.parcels import Answer
from caseupdates.delivery.patience import NOT_SURE
from caseupdates.delivery.recording import record
from caseupdates.people import bounces, details
from caseupdates.people.models import Person
from tests.delivery.post import WATCHER, a_mail, attempted, batch_of, claimed, ids_of, put_in, stored
from tests.delivery.reports import HARD, SOFT, report, silent
from tests.people.conftest import details as form_of
from tests.people.conftest import written
from tests.together import together


def hear(session, event, told=silent):
    return hearing.hear(session, event, told=told)


@pytest.fixture
def message(session):
    """An accepted mail to the address of the client of tests/stories.py."""
    outbox.enqueue(session, a_mail("client@example.com"), topic=WATCHER)
    return attempted(session, Accepted("re_1"))


def kept(session):
    return [(each.event_id, each.kind) for each in session.exec(select(ProviderEvent).order_by(ProviderEvent.id))]


def test_an_event_is_kept_and_moves_its_mail(session, message, clock):
    clock.forward(seconds=3)
    assert hear(session, report(message, "delivered", id="msg_a"))
    assert message.delivered_at == clock()
    assert kept(session) == [("msg_a", "email.delivered")]


def test_the_same_event_again_changes_nothing(session, message, clock):
    hear(session, report(message, "bounced", id="msg_a", **HARD))
    before = message.model_dump()
    clock.forward(hours=1)
    assert not hear(session, report(message, "complained", id="msg_a"))
    session.refresh(message)
    assert message.model_dump() == before
    assert len(kept(session)) == 1


def test_an_event_about_nobodys_mail_is_not_kept(session, message):
    stranger = report(message, tags={"message": "unknown"}, id="msg_a")
    assert not hear(session, stranger)
    assert kept(session) == []


def test_a_mail_from_before_our_tags_is_known_by_the_providers_id(session, message):
    message.provider_id = report(message).provider_id
    session.flush()
    assert hear(session, report(message, tags=None))
    assert message.delivered_at


def test_another_key_is_never_made_good_by_a_known_id(session, message):
    message.provider_id = report(message).provider_id
    session.flush()
    assert not hear(session, report(message, tags={"message": "of another installation"}))


def test_whoever_watches_the_mail_hears_of_it(session, message):
    hear(session, report(message))
    assert WATCHER in session.info["rings"]


@pytest.mark.parametrize(
    ("type", "details", "line"),
    [
        ("bounced", HARD, "address bounced"),
        ("complained", {}, "mail marked as spam"),
        ("suppressed", {}, "address suppressed by the mail provider"),
    ],
)
def test_a_hard_bounce_a_complaint_and_a_suppression_disable_the_address(
    session, firm, message, clock, type, details, line
):
    hear(session, report(message, type, **details))
    assert firm.client.bounced_at == clock()
    assert written(session) == [(None, line, "Client C.: client@example.com")]
    assert firm.client.bounce == line
    assert bell.SETTINGS in session.info["rings"]
    assert firm.partner.bounced_at is None


@pytest.mark.parametrize(
    ("type", "details"),
    [("bounced", SOFT), ("failed", {}), ("delivery_delayed", {}), ("delivered", {}), ("bounced", {"bounce": {}})],
)
def test_what_may_pass_disables_nobody(session, firm, message, type, details):
    hear(session, report(message, type, **details))
    assert firm.client.bounced_at is None


def test_an_address_is_disabled_whatever_its_spelling_in_the_mail(session, firm):
    message = outbox.enqueue(session, a_mail("Client@Example.com"))
    hear(session, report(message, "bounced", **HARD))
    assert firm.client.bounced_at


def test_an_address_is_disabled_since_the_earliest_and_said_once(session, firm, message, clock):
    clock.forward(hours=2)
    for hours in (0, 1, 0):
        hear(session, report(message, "bounced", at=clock() - timedelta(hours=hours), **HARD))
    assert firm.client.bounced_at == clock() - timedelta(hours=1)
    assert len(written(session)) == 1


def test_what_happened_before_the_address_was_reactivated_disables_it_no_more(session, firm, message, clock):
    clock.forward(hours=1)
    hear(session, report(message, "bounced", **HARD))
    old = clock()
    clock.forward(hours=1)
    bounces.reactivate(session, firm.client.id, by=firm.administrator)
    clock.forward(hours=1)
    hear(session, report(message, "complained", at=old + timedelta(minutes=30)))
    assert firm.client.bounced_at is None
    hear(session, report(message, "complained"))
    assert firm.client.bounced_at == clock()


def test_two_people_never_share_an_address_so_one_is_disabled(session, firm, message):
    hear(session, report(message, "bounced", **HARD))
    assert [each.name for each in session.exec(select(Person)) if each.bounced_at] == ["Client C."]


def test_an_address_somebody_no_longer_has_disables_nobody(session, firm, message):
    details.change(session, firm.client.id, form_of(firm.client, email="new@example.com"), by=firm.administrator)
    hear(session, report(message, "bounced", **HARD))
    assert firm.client.bounced_at is None


def test_somebody_is_told_of_the_first_trouble_only(session, message):
    told = []
    for type in ("delivered", "bounced", "complained", "bounced"):
        hear(session, report(message, type), told=lambda _, each: told.append((each.id, each.detail)))
    assert told == [(message.id, "The address does not exist.")]


def test_a_notification_that_fails_costs_no_fact_and_its_words_stay_out_of_the_log(session, message, caplog):
    def fail(_session, message):
        raise ValueError(message.recipient)

    assert hear(session, report(message, "bounced", **HARD), told=fail)
    assert message.bounced_at
    assert "its end was not told: ValueError" in caplog.text
    assert "client@example.com" not in caplog.text


def test_a_parked_mail_that_an_event_settled_is_not_sent_again(session, message, clock):
    other = outbox.enqueue(session, a_mail())
    attempted_again = claimed(session)
    record(session, attempted_again, Answer(Unknown()))
    clock.forward(hours=24)
    [parked] = claiming.claim(session).given_up
    assert (parked.id, parked.detail) == (other.id, NOT_SURE)
    hear(session, report(other, "delivered"))
    with pytest.raises(outbox.NotParked):
        outbox.retry(session, other.id)
    assert not claiming.claim(session)


def test_a_batch_goes_again_whole_although_an_event_settled_one_of_it(session, clock):
    messages = outbox.enqueue_all(session, [a_mail(f"client{n}@example.com") for n in range(3)])
    first = claimed(session)
    hear(session, report(messages[1]))
    record(session, first, Answer(Unknown()))
    clock.forward(hours=1)
    again = claimed(session)
    assert (again.key, again.letters) == (first.key, first.letters)
    record(session, again, Answer([Accepted(f"re_{n}") for n in range(3)]))
    session.refresh(messages[1])
    assert messages[1].delivered_at
    assert messages[1].provider_id != "re_1"


def test_a_batch_whose_mails_are_all_settled_does_not_go_again(session, clock):
    message = outbox.enqueue(session, a_mail())
    parcel = claimed(session)
    hear(session, report(message))
    clock.forward(hours=1)
    assert not claiming.claim(session)
    assert record(session, parcel, Answer(Unknown())) == []
    assert session.get_one(Batch, parcel.batch_id).leased_until is None


def test_events_and_refusals_are_noted_now_and_then(session, clock):
    account = pace.provider(session)
    for noted, note in ((False, hearing.heard), (True, lambda session: hearing.refused(session, "Not signed."))):
        assert not hearing.is_noted(session, refused=noted)
        note(session)
        began = clock()
        clock.forward(seconds=9)
        assert hearing.is_noted(session, refused=noted)
        note(session)
        session.refresh(account)
        assert (account.event_refused_at if noted else account.event_at) == began
        clock.forward(seconds=1)
        assert not hearing.is_noted(session, refused=noted)
    assert account.event_refused_why == "Not signed."


def in_transaction(verb, *args, **kwargs):
    def work():
        with writing() as session:
            return verb(session, *args, **kwargs)

    return work


@pytest.mark.usefixtures("emptied", "clock")
class TestAtTheSameMoment:
    def test_the_same_event_eight_times_at_once_counts_once(self):
        [message_id] = put_in()
        event = report(stored(message_id), "bounced", id="msg_a", **HARD)
        answers = together(*[in_transaction(hear, event)] * 8)
        assert sorted(answers) == [False] * 7 + [True]

    def test_different_events_at_once_all_count(self):
        [message_id] = put_in()
        message = stored(message_id)
        types = ("sent", "delivery_delayed", "delivered", "bounced", "complained", "failed", "suppressed")
        assert together(*[in_transaction(hear, report(message, type)) for type in types]) == [True] * 7
        after = stored(message_id)
        assert all(getattr(after, f"{fact}_at") for fact in ("delayed", "delivered", "bounced", "complained", "failed"))

    @pytest.mark.parametrize("outcome", [Accepted("re_1"), Unknown(), TryAgain()])
    def test_an_event_while_the_answer_is_recorded_stands(self, outcome):
        for _ in range(10):
            ids = put_in(5)
            with writing() as session:
                parcel = claimed(session)
            assert ids_of(parcel) == ids
            events = [report(stored(each)) for each in ids]
            answers = together(
                *[in_transaction(hear, each) for each in events], in_transaction(record, parcel, Answer(outcome))
            )
            assert answers[:-1] == [True] * 5, answers
            assert not isinstance(answers[-1], Exception), answers
            for each in map(stored, ids):
                assert (each.due_at, each.parked_at, each.refused_at) == (None, None, None)
                assert each.accepted_at
                assert each.delivered_at

    def test_an_event_not_yet_committed_outlives_giving_its_batch_up(self, clock):
        other, message_id = put_in(2)
        with writing() as session:
            record(session, claimed(session), Answer(Unknown()))
        clock.forward(hours=24)
        with ThreadPoolExecutor(1) as pool:
            with writing() as session:
                hear(session, report(stored(message_id)))
                given_up = pool.submit(in_transaction(claiming.claim))
                time.sleep(0.3)  # until the other stands where only the database's locks keep it
            assert [each.id for each in given_up.result(10).given_up] == [other]
        after = stored(message_id)
        assert (after.parked_at, after.due_at, after.detail) == (None, None, "")
        assert after.delivered_at

    def test_an_event_does_not_take_a_lease_away(self):
        [message_id] = put_in()
        with writing() as session:
            claimed(session)
        before = batch_of(message_id)
        in_transaction(hear, report(stored(message_id)))()
        assert batch_of(message_id) == before

    @pytest.mark.anyio
    async def test_whoever_watches_hears_within_a_second_of_the_commit(self):
        [message_id] = put_in()
        event = report(stored(message_id))
        with bell.listening(WATCHER) as rung:
            await write(hear, event)
            await asyncio.wait_for(rung.wait(), 1)
        assert await read(lambda session: session.get_one(Message, message_id).delivered_at)
