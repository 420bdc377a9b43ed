"""What the provider is asked: the same request at each attempt, over connections that are kept."""

import asyncio

import pytest

from caseupdates.delivery import resend_mailer
from caseupdates.delivery.outcomes import Accepted, TryAgain
from caseupdates.delivery.resend_mailer import ResendMailer
from tests.delivery.provider import HANGS_UP, Answer
from tests.delivery.resend.handing import accepting, hand_over

pytestmark = pytest.mark.anyio


async def test_an_accepted_mail_brings_the_providers_id(provider, parcel):
    provider.answers = [Answer(body={"id": "49a3999c"})]
    assert await hand_over(parcel, provider.url) == Accepted("49a3999c")


async def test_the_provider_gets_key_account_and_the_frozen_payload(provider, message, parcel):
    await hand_over(parcel, provider.url)
    [request] = provider.requests
    assert request.path == "/emails"
    assert request.headers["idempotency-key"] == parcel.key
    assert request.headers["authorization"] == "Bearer re_secret"
    assert request.mail == {
        "from": "Firm <updates@example.com>",
        "to": ["client@example.com"],
        "subject": "Warehouse losses",
        "text": "The van left at 06:12.",
        "html": "<p>The van left at 06:12.</p>",
        "headers": {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
        "tags": [{"name": "message", "value": message.key}],
    }


async def test_several_mails_are_one_request_in_the_parcels_order(provider, four):
    provider.answers = [accepting("a", "b", "c", "d")]
    assert await hand_over(four, provider.url) == [Accepted("a"), Accepted("b"), Accepted("c"), Accepted("d")]
    [request] = provider.requests
    assert request.path == "/emails/batch"
    assert request.headers["x-batch-validation"] == "permissive"
    assert request.headers["idempotency-key"] == four.key
    assert request.headers["authorization"] == "Bearer re_secret"
    assert [mail["to"] for mail in request.mail] == [[letter.recipient] for letter in four.letters]
    assert [mail["tags"] for mail in request.mail] == [
        [{"name": "message", "value": letter.key}] for letter in four.letters
    ]


async def test_every_attempt_is_the_same_request(provider, parcel):
    provider.answers = [Answer.error(500, "application_error"), HANGS_UP]
    assert await hand_over(parcel, provider.url, times=3) == Accepted("re_1")
    first, *others = [(request.headers["idempotency-key"], request.mail) for request in provider.requests]
    assert others == [first, first]


async def test_every_attempt_at_several_mails_is_the_same_request(provider, four):
    provider.answers = [Answer.error(500, "application_error"), HANGS_UP, accepting("a", "b", "c", "d")]
    assert len(await hand_over(four, provider.url, times=3)) == 4
    first, *others = [(each.path, each.headers["idempotency-key"], each.mail) for each in provider.requests]
    assert others == [first, first]


async def test_mails_share_a_connection(provider, parcel):
    await hand_over(parcel, provider.url, times=3)
    assert len({request.connection for request in provider.requests}) == 1


async def test_two_accounts_do_not_get_in_each_others_way(provider, parcel):
    async with ResendMailer("re_one", api_url=provider.url) as one, ResendMailer("re_two", api_url=provider.url) as two:
        await asyncio.gather(*(mailer.hand_over(parcel) for mailer in (one, two, one, two)))
    accounts = sorted(request.headers["authorization"] for request in provider.requests)
    assert accounts == ["Bearer re_one"] * 2 + ["Bearer re_two"] * 2


async def test_a_mail_whose_file_cannot_be_read_has_certainly_not_left(provider, parcel, tmp_path):
    def without_its_file(payload):
        return payload + (tmp_path / "gone").read_text()

    async with ResendMailer("re_secret", api_url=provider.url, opened=without_its_file) as mailer:
        assert (await mailer.hand_over(parcel)).outcomes == TryAgain(resend_mailer.NO_FILE)
        assert provider.requests == []
        (tmp_path / "gone").write_text("")
        assert isinstance((await mailer.hand_over(parcel)).outcomes, Accepted)


async def test_waiting_for_the_provider_does_not_block_the_loop(provider, parcel):
    gate = provider.hold()
    handing_over = asyncio.create_task(hand_over(parcel, provider.url))
    await asyncio.to_thread(provider.asked.wait, 5)
    gate.set()
    assert await handing_over == Accepted("re_1")
