"""The mail that brings a verification code."""

from caseupdates import seals
from caseupdates.delivery.letters import letter
from caseupdates.delivery.mail import Mail
from caseupdates.people.models import Firm


def verification_code(here: Firm, *, to: str, seal: str, sender: str) -> Mail:
    """The code stands in the body only: subjects are shown on locked screens. It is sealed until handed over."""
    return letter(
        "verification_code", to=to, subject="Your verification code", reply_to=here.reply_to, firm=here.name,
        contact=here.contact, sender=sender, code=seals.sealed(seals.CODE, seal),
    )  # fmt: skip
