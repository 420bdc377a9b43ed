from dataclasses import replace

import pytest

from caseupdates.delivery import mailers, outbox
from caseupdates.delivery.mailbox import LocalMailbox
from caseupdates.delivery.outcomes import Accepted
from caseupdates.settings import settings
from tests.delivery.post import a_mail

pytestmark = pytest.mark.anyio


async def test_without_an_account_mail_stays_on_this_machine():
    async with mailers.chosen(settings(), content=no_files) as mailer:
        assert isinstance(mailer, LocalMailbox)


async def test_with_an_account_mail_goes_to_the_provider(session, provider):
    with_account = replace(settings(), resend_api_key="re_secret", resend_api_url=f"{provider.url}/")
    async with mailers.chosen(with_account, content=no_files) as mailer:
        assert await mailer.hand_over(outbox.enqueue(session, a_mail())) == Accepted("re_1")
    assert [request.path for request in provider.requests] == ["/emails"]


def no_files(sha256: str) -> bytes:
    raise FileNotFoundError(sha256)
