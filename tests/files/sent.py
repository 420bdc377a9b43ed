"""Files that were sent: press "Send", and look at the links and the mails as they leave."""

import json

from sqlmodel import select

from caseupdates import seals
from caseupdates.delivery.mail import complete
from caseupdates.files import storage
from caseupdates.links.models import Link
from caseupdates.sending.delivering import Handling
from caseupdates.sending.send import send, sendings_so_far
from caseupdates.settings import settings
from tests.files.shelf import JPEG, PDF
from tests.stories import UNDO

KEY = settings().secret_key


def two_files(shelf):
    """A validated update with a picture and a document."""
    shelf.upload("plate.jpg", JPEG + b"plate", draft="new")
    shelf.upload("Interim report.pdf", PDF + b"report", draft="new")
    return shelf.update()


def press(firm, revision, *to, files=None, attach=False, by=None):
    """Send with files, knowing of every sending so far."""
    already, handling = sendings_so_far(firm.session, revision.update_id), files or Handling(attach=attach)
    ids = [each.id for each in to or (firm.client, firm.partner)]
    return send(
        firm.session, revision.update_id, ids, seen=revision.number, already=already, files=handling,
        by=by or firm.manager, undo=UNDO,
    )  # fmt: skip


def content(sha256):
    return storage.path(sha256).read_bytes()


def handed_over(written, person):
    """The newest mail to somebody as the provider gets it."""
    payload = [each for each in written.messages if each.recipient == person.email][-1].payload
    return json.loads(complete(payload, key=KEY, content=content))


def token(link):
    return seals.link_token(KEY, link.seal)


def links(session):
    return session.exec(select(Link).order_by(Link.id)).all()
