"""The last problems, told once each."""

from datetime import timedelta

from caseupdates.delivery import outbox
from caseupdates.delivery import problems as room
from caseupdates.delivery.models import Pause
from caseupdates.delivery.outcomes import Accepted, Paused, Refused, TryAgain
from caseupdates.delivery.problems import Problem, problems
from tests.delivery.post import a_mail, attempted, hand_over


def test_without_problems_there_is_nothing_to_tell(session):
    outbox.enqueue(session, a_mail())
    attempted(session, Accepted("re_1"))
    outbox.enqueue(session, a_mail())
    assert problems(session) == []


def test_the_same_sentence_is_told_once_with_its_count_and_the_latest_recipient(session, clock):
    outbox.enqueue_all(session, [a_mail(f"client{n}@example.com") for n in range(3)])
    hand_over(session, TryAgain("Out of reach."))
    [problem] = problems(session)
    last = problem.message_id
    assert problem == Problem("Out of reach.", 3, clock(), last, "client2@example.com")


def test_a_mail_that_waits_since_the_queue_was_stopped_tells_of_that_moment(session, clock):
    outbox.enqueue(session, a_mail())
    clock.forward(days=1)
    attempted(session, Paused("The key was refused.", timedelta(minutes=15), Pause.ACCOUNT))
    assert [(each.says, each.latest_at) for each in problems(session)] == [("The key was refused.", clock())]


def test_the_latest_problem_comes_first(session, clock):
    for sentence in ("Old.", "New."):
        clock.forward(minutes=1)
        outbox.enqueue(session, a_mail())
        attempted(session, Refused(sentence))
    assert [(each.says, each.latest_at) for each in problems(session)] == [
        ("New.", clock()),
        ("Old.", clock().replace(minute=1)),
    ]


def test_a_problem_is_over_once_the_mail_was_accepted(session, clock):
    outbox.enqueue(session, a_mail())
    attempted(session, TryAgain("Out of reach."))
    clock.forward(hours=1)
    attempted(session, Accepted("re_1"))
    assert problems(session) == []


def test_only_so_many_sentences_are_told(session, clock):
    for number in range(room.PAGE + 2):
        clock.forward(minutes=1)
        outbox.enqueue(session, a_mail())
        attempted(session, Refused(f"Problem {number}."))
    assert [each.says for each in problems(session)][:2] == ["Problem 7.", "Problem 6."]
    assert len(problems(session)) == room.PAGE


def test_only_the_newest_mails_are_looked_through(session, monkeypatch):
    monkeypatch.setattr(room, "LOOKED_THROUGH", 2)
    outbox.enqueue(session, a_mail())
    attempted(session, Refused("Beyond."))
    outbox.enqueue(session, a_mail())
    assert [each.says for each in problems(session)] == ["Beyond."]
    outbox.enqueue(session, a_mail())
    assert problems(session) == []
