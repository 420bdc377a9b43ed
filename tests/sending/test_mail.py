"""The case update as a recipient gets it by email."""

from html.parser import HTMLParser

import pytest

from caseupdates.people.firm import name_firm
from caseupdates.settings import settings

NOTE = "Please read this before Friday.\nThank you & <b>regards</b>"


def sent(firm, written, *, title="Night two", body="Two **vehicles**.", note="", to=None):
    recipient = to or firm.client
    firm.send(firm.update(title, body), [recipient], note=note)
    return written.mail(recipient)


def test_text_and_html_say_the_same(firm, written):
    mail = sent(firm, written)
    for twin in (mail["text"], mail["html"]):
        for words in ("2026-0142", "Warehouse losses, Quay Street", "Night two", "Sent by Manager G."):
            assert words in twin
    assert "Two **vehicles**." in mail["text"]
    assert "Two <strong>vehicles</strong>.</p>" in mail["html"]


def test_a_mail_has_one_recipient_and_the_cases_number_in_its_subject(firm, written):
    mail = sent(firm, written)
    assert mail["to"] == ["client@example.com"]
    assert mail["subject"] == "2026-0142: Night two"


@pytest.mark.parametrize("between", ["\n", "\r\n", "\t", "\u2028", "\x0b"])
def test_a_title_of_several_lines_makes_a_subject_of_one(firm, written, between):
    mail = sent(firm, written, title=f"Night{between}Bcc: thief@example.com")
    assert mail["subject"] == "2026-0142: Night Bcc: thief@example.com"


def test_the_note_stands_above_the_body_and_says_whose_it_is(firm, written):
    mail = sent(firm, written, note=NOTE)
    for twin, note in ((mail["text"], NOTE), (mail["html"], "Thank you &amp; &lt;b&gt;regards&lt;/b&gt;")):
        assert twin.index("Manager G. writes") < twin.index(note) < twin.index("vehicles")


def test_without_a_note_nobody_writes(firm, written):
    mail = sent(firm, written, note="  \n")
    assert "writes" not in mail["text"] + mail["html"]


def test_a_note_is_plain_text(firm, written):
    mail = sent(firm, written, note="**not bold** <script>alert(1)</script> {{ 7*7 }}")
    assert "**not bold** &lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }}" in mail["html"]
    assert "**not bold** <script>alert(1)</script> {{ 7*7 }}" in mail["text"]


def test_a_title_is_plain_text_too(firm, written):
    assert "<h1" in (html := sent(firm, written, title="A <b>bold</b> title")["html"])
    assert "A &lt;b&gt;bold&lt;/b&gt; title</h1>" in html


class Loading(HTMLParser):
    """What a mail program would fetch: elements and attributes that load, and addresses inside styles."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.styles = set(), set(), ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.styles += "".join(value for name, value in attrs if name == "style")

    def handle_data(self, data):
        self.styles += data if self.cdata_elem == "style" else ""


def test_nothing_in_a_mail_is_loaded_from_elsewhere(firm, written):
    body = "![pixel](https://evil.example/p.gif) <img src=https://evil.example/q.gif> <style>@import 'x'</style>"
    found = Loading(sent(firm, written, body=body, note="![n](https://evil.example/n.gif)")["html"])
    assert found.tags <= {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "table",
        "tr",
        "td",
        "div",
        "p",
        "h1",
        "h6",
        "a",
    }
    assert not found.attributes & {"src", "srcset", "background", "poster", "data"}
    assert "prefers-color-scheme" in found.styles
    assert not any(each in found.styles for each in ("url(", "@import", "http"))


def test_whoever_can_sign_in_gets_a_link_to_the_update(firm, written):
    mail = sent(firm, written)
    url = settings().url(f"/cases/2026-0142/updates/{written.sendings[0].update_id}")
    assert f"Open it in Case Updates: {url}" in mail["text"]
    assert f'href="{url}"' in mail["html"]


def test_whoever_cannot_sign_in_gets_no_link_that_would_not_open(firm, written):
    mail = sent(firm, written, to=firm.partner)
    assert settings().base_url not in mail["text"] + mail["html"]


def test_answers_go_to_the_firm_and_its_contact_stands_below(session, firm, written):
    name_firm(session, "Harbour & Sons", reply_to="office@example.com", contact="Call 020 7946 0000.")
    session.flush()
    mail = sent(firm, written)
    assert mail["reply_to"] == "office@example.com"
    for twin, name in ((mail["text"], "Harbour & Sons"), (mail["html"], "Harbour &amp; Sons")):
        assert f"Sent by Manager G., {name}. Questions? Reply to this email." in twin
        assert "Call 020 7946 0000." in twin


def test_without_an_address_for_answers_nobody_is_asked_to_answer(firm, written):
    mail = sent(firm, written)
    assert "reply_to" not in mail
    assert "Reply to this email" not in mail["text"] + mail["html"]


def test_a_mail_says_that_a_machine_sent_it(firm, written):
    assert sent(firm, written)["headers"]["Auto-Submitted"] == "auto-generated"


def test_no_mail_names_the_other_recipients(firm, written):
    firm.send(firm.update(), [firm.client, firm.partner])
    mail = written.mail(firm.client)
    assert "partner" not in str(mail).lower()
