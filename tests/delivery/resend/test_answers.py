"""What an answer means for the mails of its request."""

from datetime import timedelta

import pytest

from caseupdates.delivery import resend_answers
from caseupdates.delivery.models import Pause
from caseupdates.delivery.outcomes import Accepted, Parked, Paused, Refused, TryAgain, Unknown
from tests.delivery.provider import HANGS_UP, Answer
from tests.delivery.resend.handing import accepting, closed_port, hand_over

pytestmark = pytest.mark.anyio


async def test_of_several_mails_exactly_the_wrong_ones_are_refused(provider, four):
    errors = [{"index": 2, "message": "Invalid `to` field."}, {"index": 0, "message": "No\nsubject."}]
    provider.answers = [accepting("a", "b", errors=errors)]
    assert await hand_over(four, provider.url) == [
        Refused("The mail provider refused this mail: No subject."),
        Accepted("a"),
        Refused("The mail provider refused this mail: Invalid `to` field."),
        Accepted("b"),
    ]


@pytest.mark.parametrize("errors", [[], None])
async def test_no_errors_may_be_said_too(provider, four, errors):
    provider.answers = [Answer(body={"data": [{"id": each} for each in "abcd"], "errors": errors})]
    assert await hand_over(four, provider.url) == [Accepted(each) for each in "abcd"]


@pytest.mark.parametrize(
    ("ids", "places"),
    [
        ("", []),
        ("abc", []),  # one is missing
        ("abcde", []),  # one too many
        ("abcd", [1]),  # four accepted, and one refused as well
        ("ab", [1]),
        ("ab", [1, 1]),  # the same one twice
        ("abc", [4]),  # there is no fifth
        ("abc", [-1]),
    ],
)
async def test_an_answer_that_does_not_fit_the_mails_is_not_a_clear_one(provider, four, ids, places):
    provider.answers = [accepting(*ids, errors=[{"index": place, "message": "No."} for place in places])]
    assert await hand_over(four, provider.url) == Unknown(resend_answers.NO_CLEAR_ANSWER)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Answer.error(422, "validation_error"), Refused),
        (Answer.error(403, "invalid_api_key"), Paused),
        (Answer.error(429, "rate_limit_exceeded"), Paused),
        (Answer.error(404, "not_found"), TryAgain),
        (Answer.error(409, "invalid_idempotent_request"), Parked),
        (Answer.error(500, "internal_server_error"), Unknown),
        (HANGS_UP, Unknown),
    ],
)
async def test_an_error_is_the_same_for_all_mails_of_a_request(provider, four, answer, kind):
    provider.answers = [answer]
    assert isinstance(await hand_over(four, provider.url), kind)


@pytest.mark.parametrize(
    ("status", "name"),
    [
        (400, "validation_error"),
        (413, "payload_too_large"),
        (422, "missing_required_field"),
        (451, "security_error"),
    ],
)
async def test_a_mail_that_is_wrong_is_refused_in_the_providers_words(provider, parcel, status, name):
    provider.answers = [Answer.error(status, name, "Invalid `to` field.")]
    outcome = await hand_over(parcel, provider.url)
    assert outcome == Refused("The mail provider refused this mail: Invalid `to` field.")


async def test_the_providers_words_are_one_line_of_bearable_length(provider, parcel):
    provider.answers = [Answer.error(422, "validation_error", "No.\n" * 500)]
    outcome = await hand_over(parcel, provider.url)
    assert "\n" not in outcome.why
    assert len(outcome.why) < 400


@pytest.mark.parametrize(
    ("status", "name"), [(401, "missing_api_key"), (403, "invalid_api_key"), (403, "validation_error")]
)
async def test_a_wrong_key_or_domain_loses_nothing(provider, parcel, status, name):
    provider.answers = [Answer.error(status, name, "The domain is not verified.")]
    outcome = await hand_over(parcel, provider.url)
    assert outcome == Paused(outcome.why, resend_answers.UNTIL_SOMEBODY_MENDS_IT, Pause.ACCOUNT)
    assert outcome.why.startswith("Waiting for the mail provider: it does not accept this account.")


@pytest.mark.parametrize("answer", [Answer.error(404, "not_found"), Answer(403, "<h1>Blocked</h1>", kind="text/html")])
async def test_somebody_else_answering_loses_nothing(provider, parcel, answer):
    provider.answers = [answer]
    assert isinstance(await hand_over(parcel, provider.url), TryAgain)


@pytest.mark.parametrize(
    "answer",
    [
        Answer.error(500, "application_error"),
        Answer.error(500, "internal_server_error"),
        Answer(502, "<h1>Bad gateway</h1>", kind="text/html"),
        Answer(200, "<h1>Welcome</h1>", kind="text/html"),
        Answer.error(409, "concurrent_idempotent_requests"),
        HANGS_UP,
    ],
)
async def test_without_a_clear_answer_the_mail_may_have_been_taken(provider, parcel, answer):
    provider.answers = [answer]
    assert await hand_over(parcel, provider.url) == Unknown(resend_answers.NO_CLEAR_ANSWER)


async def test_an_overloaded_provider_says_when_to_come_back(provider, parcel):
    provider.answers = [Answer.error(503, "application_error", retry_after="20")]
    assert await hand_over(parcel, provider.url) == Unknown(resend_answers.NO_CLEAR_ANSWER, timedelta(seconds=20))


async def test_a_key_used_for_another_mail_is_for_a_person(provider, parcel):
    provider.answers = [Answer.error(409, "invalid_idempotent_request")]
    assert await hand_over(parcel, provider.url) == Parked(resend_answers.KEY_USED)


async def test_a_provider_that_cannot_be_reached_certainly_has_nothing(parcel):
    assert await hand_over(parcel, closed_port()) == TryAgain(resend_answers.OUT_OF_REACH)
