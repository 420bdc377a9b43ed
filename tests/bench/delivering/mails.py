"""The mails that everybody sends: twins of 2 and 4 kB, as an update's are."""

SENDER, SUBJECT = "Firm <updates@example.com>", "Night two"
TEXT, HTML = "x" * 2_000, "x" * 4_000
BATCH = 100  # mails; Resend, "Send Batch Emails"
KEY = "re_secret"


def addresses(count: int) -> list[str]:
    return [f"client{number}@example.com" for number in range(count)]


def batches(count: int) -> list[list[str]]:
    """So many addresses, by the request."""
    every = addresses(count)
    return [every[first : first + BATCH] for first in range(0, count, BATCH)]
