"""Tell the sender what happened to a link of theirs."""

from datetime import timedelta

from sqlmodel import Session, col, select

from caseupdates import clock, limits
from caseupdates.links.access import link_of
from caseupdates.links.models import Link, LinkEvent, Step
from caseupdates.notifications.notify import notify
from caseupdates.people.models import Kind
from caseupdates.refusals import TooMany
from caseupdates.updates.writing import path_of

AGAIN = timedelta(hours=1)  # of the same kind, for the same link
TELLING = limits.Door("tell the sender", tries=1, per=AGAIN)


def tell(session: Session, token: str, step: Step) -> None:
    """A notification for the sender about what was just noted; at most one an hour of a kind and link."""
    link = link_of(session, token)
    if not _is_news(session, link, step):
        return
    try:
        limits.pass_through(session, TELLING, f"{link.id}\n{step}")
    except TooMany:
        return
    title, summary = _words(link, step)
    kind = Kind.LINK_OPENED if step in {Step.OPENED, Step.VERIFIED} else Kind.LINK_TROUBLE
    notify(session, [link.sender], kind, title, summary, path=f"{path_of(link.revision.update)}?show=recipients")


def _words(link: Link, step: Step) -> tuple[str, str]:
    who, what = link.person.name, f"“{link.revision.title}”"
    return {
        Step.OPENED: (f"{who} opened your link", f"The files of {what} were opened."),
        Step.VERIFIED: (f"{who} opened your link", f"They confirmed their email and opened the files of {what}."),
        Step.DENIED: (
            f"Somebody could not open {who}’s link",
            f"An address that is not {who}’s was typed for the files of {what}. They got nothing.",
        ),
        Step.LOCKED: (
            f"{who}’s link is locked",
            f"Too many wrong codes were typed for the files of {what}. Send them again if they are still needed.",
        ),
        Step.ASKED_AGAIN: (
            f"{who} asks for a new link",
            f"Their link to the files of {what} has expired. Renew it under Show Recipients: the address stays the same.",
        ),
    }[step]


def _is_news(session: Session, link: Link, step: Step) -> bool:
    """Did it happen within the hour? Nobody is told of what did not, nor long after."""
    lately = select(LinkEvent.id).where(
        LinkEvent.link_id == link.id, LinkEvent.step == step, col(LinkEvent.at) > clock.now() - AGAIN
    )
    return session.exec(lately.limit(1)).first() is not None
