"""A template rendered: each value as it is, nothing lost, nothing that runs, in both twins."""

import pytest

from caseupdates.sending.template.problems import TemplateTooLarge, TemplateTooSlow
from caseupdates.sending.template.standard import Text
from caseupdates.sending.template.trial import try_out
from tests.sending.template.letters import LINK, Found, content, write

pytestmark = pytest.mark.one_database

NOTE = "Please read this.\nThank you & <b>regards</b> *x*"
HOSTILE = "<b>x</b> \"q\" 'a' *i* [l](https://evil.example) {{ 7*7 }} & | # `c`"


@pytest.mark.parametrize("around", ["{}", "# {}", "- {}", "> {}", "**{}**", "| a |\n|---|\n| {} |", "`{}`", "```\n{}\n```", "[{}](https://ok.example)"])  # fmt: skip
def test_a_value_is_shown_as_it_is_wherever_it_stands(around):
    mail = write(around.format("{{Case.title}}"), case_title=HOSTILE)
    assert HOSTILE in Found(content(mail)).said
    assert HOSTILE in mail.text
    assert {"b", "i"}.isdisjoint(Found(content(mail)).tags)


def test_a_value_opens_no_attribute():
    found = Found(content(write('[x](https://ok.example "{{Case.title}}")', case_title='" onclick="alert(1)')))
    assert found.attributes <= {"href", "title", "rel", "style"}


@pytest.mark.parametrize("address", ["javascript:alert(1)", "JAVAscript:alert(1)", "data:text/html,x", "\tjavascript:x", "vbscript:x"])  # fmt: skip
@pytest.mark.parametrize("link", ["[x]({{Case.title}})", "<{{Case.title}}>", "[x]: {{Case.title}}\n\n[x]"])
def test_a_value_makes_no_address_that_runs(link, address):
    assert Found(content(write(link, case_title=address))).links == []


def test_an_address_can_be_made_of_variables():
    mail = write("[Write to us](mailto:{{Sender.email}}) or [see it]({{Update.url}})")
    links = Found(content(mail)).links
    assert links == ["mailto:alex@example.com", "http://localhost:8000/cases/2026-0001/updates/0"]
    assert "[see it](http://localhost:8000/cases/2026-0001/updates/0)" in mail.text


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("Case.title", "yes"),
        ("not Case.title", "no"),
        ("Update.additional_note", "no"),
        ("Case.title and Update.additional_note", "no"),
        ("Case.title or Update.additional_note", "yes"),
        ("Case.title == 'Warehouse losses'", "yes"),
        ("'Warehouse losses' != Case.title", "no"),
        ("Case.case_type|upper == 'SURVEILLANCE'", "yes"),
        ("Update.body == 'Two **vehicles**.'", "yes"),
    ],
)
def test_a_condition_chooses(condition, said):
    assert write(f"{{% if {condition} %}}yes{{% else %}}no{{% endif %}}").text.startswith(said)


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ("upper", "WAREHOUSE LOSSES"),
        ("lower", "warehouse losses"),
        ("capitalize", "Warehouse losses"),
        ("truncate(9)", "Warehous…"),
        ("truncate(16)", "Warehouse losses"),
        ("truncate(1)|upper", "…"),
        ('default("none")', "Warehouse losses"),
    ],
)
def test_a_filter_changes_a_line(filters, said):
    mail = write(f"{{{{Case.title|{filters}}}}}", subject=f"{{{{Case.title|{filters}}}}}")
    assert mail.subject == said
    assert f">{said}</p>" in mail.html


def test_an_empty_value_has_its_default_and_else_leaves_nothing():
    assert write("until {{Update.attachment_expiration|default('**never**')}}").text.startswith("until **never**")
    html = content(write("{{Update.attachment_expiration}}\n\n{{Update.attachments}}\n\nEnd"))
    assert html.strip().removeprefix('<p style="margin:0 0 16px">').startswith("End</p>")


def test_what_is_indented_within_a_condition_is_no_code():
    assert "<pre" not in write("{% if Case.title %}\n    {{Update.body}}\n\n    Yours\n{% endif %}").html


def test_a_subject_is_one_line_and_never_empty():
    assert (
        write("x", subject="{{Case.title}}", case_title="a\nBcc: thief@example.com").subject
        == "a Bcc: thief@example.com"
    )
    assert write("x", subject="{% if Update.additional_note %}y{% endif %}").subject == "2026-0001: Night two"


@pytest.mark.parametrize("template", ["{{Update.body}}\n\n{{Update.additional_note}}", "{{Update.body}}\n{{Update.additional_note}}\nYours"])  # fmt: skip
def test_the_note_stands_where_the_template_puts_it(template):
    mail = write(template, note=NOTE)
    for twin, shown in ((mail.text, NOTE), (mail.html, "Thank you &amp; &lt;b&gt;regards&lt;/b&gt; *x*")):
        assert twin.index("vehicles") < twin.index("Alex Sample writes") < twin.index(shown)
        assert twin.count(shown) == 1
    assert 'class="note"' in mail.html


@pytest.mark.parametrize(
    "template",
    [
        "Dear client,\n\n{{Update.body}}",
        "Dear client,\n\nHere it is: {{Update.body}} Yours",
        "Dear client,\n\n> - {{Update.body}}",
        "Dear client,\n\n{% if not Update.additional_note %}{{Update.additional_note}}{% endif %}\n\n{{Update.body}}",
    ],
)
def test_without_its_variable_the_note_stands_above_the_body_and_so_do_the_files(template):
    mail = write(template, note=NOTE, linked=True)
    for twin in (mail.text, mail.html):
        assert (
            twin.index("Dear client")
            < twin.index("week-1.mp4")
            < twin.index("Please read this")
            < twin.index("vehicles")
        )
        assert twin.count(LINK) == twin.count("Please read this") == 1


@pytest.mark.parametrize("template", ["![{{Update.additional_note}}](x)", "[x](https://ok.example '{{Update.additional_note}}')", "[y]: {{Update.additional_note}}"])  # fmt: skip
def test_a_note_that_would_be_seen_by_nobody_is_shown_above(template):
    mail = write(f"First\n\n{template}\n\n{{{{Update.body}}}}", note=NOTE)
    found = Found(content(mail))
    assert found.said.index("Please read this") < found.said.index("vehicles")
    assert mail.text.count("Please read this") == 1


def test_without_a_body_note_and_files_stand_on_top():
    mail = write("Only a word", note=NOTE, attached=True)
    for twin in (mail.text, content(mail)):
        assert twin.index("Interim report.pdf") < twin.index("Please read this") < twin.index("Only a word")


def test_a_link_written_as_one_is_the_link_and_needs_no_box():
    mail = write("[Open the files]({{Update.attachments}})\n\n{{Update.body}}", linked=True)
    assert LINK in Found(content(mail)).links
    assert mail.html.count(LINK) == mail.text.count(LINK) == 1


def test_within_a_sentence_files_are_named_with_their_link():
    mail = write("See {{Update.attachments}} please.", linked=True)
    assert f"See week-1.mp4 (64 MB): {LINK} please." in mail.text
    assert f"week-1.mp4 (64 MB): {LINK} please." in Found(content(mail)).said


def test_a_note_within_a_sentence_keeps_its_lines():
    mail = write("He says: {{Update.additional_note}}", note=NOTE)
    assert "Please read this.<br>\nThank you &amp; &lt;b&gt;" in mail.html
    assert mail.html.count("Please read this") == 1


def test_twice_in_the_template_is_twice_in_the_mail():
    assert write("{{Update.url}}\n\n{{Update.body}}\n\n{{Update.url}}").html.count("Open in Case Updates") == 2


def test_a_body_and_a_signature_are_markdown_dressed_for_mail_programs():
    html = content(write("{{Update.body}}\n\n{{Company.email_signature}}", update="## Seen\n\n- a *van*\n\n> said\n\n| a |\n|-|\n| b |", signature="**Harbour**"))  # fmt: skip
    for tag in ("h2", "ul", "blockquote", "table", "td", "p"):
        assert f'<{tag} style="' in html
    assert "<strong>Harbour</strong>" in html


def test_the_text_twin_has_no_heading_signs_and_no_gaps():
    text = write("###### {{Case.case_number}}\n\n# {{Update.title}}\n\n{{Update.additional_note}}\n\n{{Update.url}}\n\nEnd", password_hash=None).text  # fmt: skip
    assert text.startswith("2026-0001\n\nNight two\n\nEnd\n")


def test_a_mail_cannot_be_made_larger_than_its_bound():
    with pytest.raises(TemplateTooLarge, match="larger than 1 MB"):
        try_out(Text("s", "{{Update.body}}\n\n" * 12))
    try_out(Text("s", "{{Update.body}}\n\n" * 2))


@pytest.mark.parametrize("slow", ["[", "!["])
def test_a_template_that_takes_long_is_refused(slow):
    with pytest.raises(TemplateTooSlow, match="too long"):
        try_out(Text("s", slow * (20_000 // len(slow))))


def test_a_long_ordinary_template_is_taken():
    try_out(Text("s", "A line of **prose** with {{Case.title}} and [a link](https://ok.example).\n\n" * 90))
