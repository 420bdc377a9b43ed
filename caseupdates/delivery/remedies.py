"""Remedies: what is wrong with the account at the provider, and what to do about it."""

from typing import NamedTuple


class Remedy(NamedTuple):
    wrong: str
    to_do: str


SUSPENDED = Remedy(
    "the account is suspended", "Write to Resend's support, who suspended it. The mails wait here meanwhile."
)
DOMAIN = Remedy(
    "the sender's domain is not verified",
    "Verify the domain of CASEUPDATES_MAIL_FROM at resend.com/domains, then press “Try now”.",
)
KEY = Remedy(
    "the API key was refused",
    "Make a key at resend.com/api-keys, put it into RESEND_API_KEY and start Case Updates again: it is tried at once.",
)
OTHER = Remedy("the account was refused", "Look at the account at resend.com, then press “Try now”.")


def remedy(why: str) -> Remedy:
    """By the provider's own words."""
    words = why.lower()
    if "suspend" in words:
        return SUSPENDED
    if "domain" in words or "testing emails" in words:
        return DOMAIN
    return KEY if "key" in words else OTHER
