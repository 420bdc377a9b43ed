"""Try a template out before it is taken: on much, on little, and on what a mail could not bear."""

from datetime import timedelta

from caseupdates import clock
from caseupdates.people.models import Firm
from caseupdates.sending.attachments import Plan
from caseupdates.sending.mail import case_update
from caseupdates.sending.template import paper, sample
from caseupdates.sending.template.files import Files, previewed
from caseupdates.sending.template.problems import TemplateTooSlow
from caseupdates.sending.template.standard import Text
from caseupdates.updates.writing import BODY_LENGTH

LONG = ("A line of an update that is as long as updates can be. " * (BODY_LENGTH // 55))[:BODY_LENGTH]


def try_out(text: Text) -> None:
    """Raise TemplateTooLarge or TemplateTooSlow; what slows down for once, as a busy machine may, is tried twice."""
    try:
        _write(text)
    except TemplateTooSlow:
        paper.pieces.cache_clear()
        _write(text)


def _write(text: Text) -> None:
    here, sender = Firm(name="Sample"), sample.recipient()
    files = previewed(here, Plan(linked=sample.files()), clock.now() + timedelta(days=7))
    for body, note, sent in ((LONG, sample.NOTE, files), (sample.BODY, "", Files())):
        to = sample.recipient(can_sign_in=bool(note))
        case_update(here, text, sample.update(body), to=to, sender=sender, note=note, files=sent)
