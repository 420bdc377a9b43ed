"""Reasons why mails did not arrive, in plain words."""

from caseupdates.delivery.mail import one_line, shortened

LONGEST = 300  # characters; it stands in a list of recipients

DELAYED = "The recipient's mail server does not take it yet. The mail provider goes on trying."
COMPLAINED = "The recipient marked it as spam. Nothing more is mailed to them until somebody reactivates the address."
SUPPRESSED = "The mail provider blocks this address. Take it off its suppression list, then reactivate the address."
REJECTED = "The recipient's mail server did not take it."
BY_SUBTYPE = {  # docs.aws.amazon.com/ses, "Bounce types"; Resend repeats them
    "MailboxFull": "The mailbox is full.",
    "MessageTooLarge": "The mail is too large for the mailbox.",
    "ContentRejected": "The recipient's mail server does not take what the mail says.",
    "AttachmentRejected": "The recipient's mail server does not take the attachment.",
    "Suppressed": SUPPRESSED,
    "OnAccountSuppressionList": SUPPRESSED,
}


def bounced(subtype: object, words: object) -> str:
    """What is known of the subtype, else the provider's own words."""
    known = BY_SUBTYPE.get(subtype) if isinstance(subtype, str) else None
    return known or _said(words) or REJECTED


def failed(reason: object) -> str:
    why = _said(reason).replace("_", " ").rstrip(".")
    return f"The mail provider could not send it: {why}." if why else "The mail provider could not send it."


def _said(words: object) -> str:
    return shortened(one_line(words[: LONGEST * 4]), LONGEST) if isinstance(words, str) else ""
