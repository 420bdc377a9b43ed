"""The template that comes with the product, in force until the firm saves its own."""

from typing import NamedTuple


class Text(NamedTuple):
    """A template as it is written."""

    subject: str
    body: str  # Markdown with variables


STANDARD = Text(
    "{{Case.case_number}}: {{Update.title}}",
    """\
###### {{Case.case_number}} · {{Case.title}}

# {{Update.title}}

{{Update.attachments}}

{{Update.additional_note}}

{{Update.body}}

{{Update.url}}

{{Company.email_signature}}
""",
)
