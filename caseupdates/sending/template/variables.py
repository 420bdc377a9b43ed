"""The variables of the case update email, and the two kinds of value they have."""

from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup


@dataclass(frozen=True)
class Variable:
    name: str  # "Case.case_number"
    says: str
    is_block: bool = False  # takes a paragraph of its own, no filters, no place in a subject

    @property
    def object(self) -> str:
        return self.name.partition(".")[0]

    @property
    def field(self) -> str:
        return self.name.partition(".")[2]


class Block(str):
    """A value of several lines: the string itself is what stands within other text.

    Alone in its paragraph it is `html` and `text`; inside a link's address it is `address`, if it has one.
    """

    html: Markup
    text: str
    address: str

    def __new__(cls, inline: str, *, html: Markup, text: str = "", address: str = "") -> "Block":
        self = super().__new__(cls, inline)
        self.html, self.text, self.address = html, text or inline, address
        return self


VARIABLES = (
    Variable("General.date", "the day of sending"),
    Variable("Case.case_number", "the case's number"),
    Variable("Case.title", "the case's title"),
    Variable("Case.case_type", "the kind of case"),
    Variable("Client.name", "the client the case is worked for"),
    Variable("Update.title", "the update's title"),
    Variable("Update.body", "the update's text", is_block=True),
    Variable("Update.author", "who wrote the update"),
    Variable("Update.additional_note", "the sender's note; nothing where there is none", is_block=True),
    Variable("Update.attachments", "the files, behind a link or attached; nothing where there are none", is_block=True),
    Variable("Update.attachment_expiration", "the last day of the link; nothing where there is no link"),
    Variable("Update.url", "the way to the update, for those who can sign in", is_block=True),
    Variable("Recipient.first_name", "the recipient's first name"),
    Variable("Recipient.name", "the recipient's whole name"),
    Variable("Sender.name", "who sends the update"),
    Variable("Sender.email", "the sender's address"),
    Variable("Company.name", "the firm's name"),
    Variable("Company.email_signature", "the firm's signature, from the settings of the firm", is_block=True),
)  # PRODUCT 4.1
KNOWN = {each.name: each for each in VARIABLES}
OBJECTS = {name: tuple(fields) for name, fields in groupby(VARIABLES, key=lambda each: each.object)}
