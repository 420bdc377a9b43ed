from dataclasses import replace

import pytest

from caseupdates.delivery import mailers, outbox
from caseupdates.delivery.mailbox import LocalMailbox
from caseupdates.delivery.models import Pause
from caseupdates.delivery.outcomes import Accepted, Paused
from caseupdates.delivery.parcels import Answer
from caseupdates.settings import settings
from tests.delivery.post import a_mail, parcel_of

pytestmark = pytest.mark.anyio


async def test_without_an_account_mail_stays_on_this_machine():
    async with mailers.chosen(settings(), content=no_files) as mailer:
        assert isinstance(mailer, LocalMailbox)


async def test_with_an_account_mail_goes_to_the_provider(session, provider):
    with_account = replace(settings(), resend_api_key="re_secret", resend_api_url=f"{provider.url}/")
    async with mailers.chosen(with_account, content=no_files) as mailer:
        answer = await mailer.hand_over(parcel_of(outbox.enqueue(session, a_mail())))
    assert answer.outcomes == Accepted("re_1")
    assert [request.path for request in provider.requests] == ["/emails"]


async def test_an_installation_for_others_without_an_account_lets_the_queue_wait_and_says_why(session):
    for_others = replace(settings(), base_url="https://updates.example.com")
    async with mailers.chosen(for_others, content=no_files) as mailer:
        answer = await mailer.hand_over(parcel_of(*outbox.enqueue_all(session, [a_mail(), a_mail()])))
    assert answer == Answer(Paused(mailers.NO_KEY, mailers.AGAIN, Pause.ACCOUNT), limits=None)


def no_files(sha256: str) -> bytes:
    raise FileNotFoundError(sha256)
