"""What a template may be made of, and what is said to whoever wrote something else."""

import pytest

from caseupdates.sending.template.problems import TemplateProblem
from caseupdates.sending.template.standard import STANDARD, Text
from caseupdates.sending.template.syntax import BODY_LENGTH, SUBJECT_LENGTH, check, compiled
from caseupdates.sending.template.variables import KNOWN, VARIABLES
from tests.sending.template.letters import refusals

pytestmark = pytest.mark.one_database

NAMES = [
    "General.date",
    "Case.case_number",
    "Case.title",
    "Case.case_type",
    "Client.name",
    "Update.title",
    "Update.body",
    "Update.author",
    "Update.additional_note",
    "Update.attachments",
    "Update.attachment_expiration",
    "Update.url",
    "Recipient.first_name",
    "Recipient.name",
    "Sender.name",
    "Sender.email",
    "Company.name",
    "Company.email_signature",
]  # PRODUCT 4.1
ESCAPES = [
    "{{ ''.__class__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ Case.__class__ }}",
    "{{ Case.title.__class__ }}",
    "{{ Case['title'] }}",
    "{{ Case.title[0] }}",
    "{{ Case|attr('__class__') }}",
    "{{ Case.title|attr('__class__') }}",
    "{{ Case.title|map(attribute='__class__')|list }}",
    "{{ Case.title|format(Case) }}",
    "{{ '%s'|format(Case.title) }}",
    "{{ '{0.__class__}'.format(Case) }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__ }}",
    "{{ lipsum() }}",
    "{{ joiner }}",
    "{{ namespace(x=1) }}",
    "{{ self }}",
    "{{ self.__init__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ request.application }}",
    "{{ config }}",
    "{{ marks }}",
    "{{ marks.values }}",
    "{{ range(10**9) }}",
    "{{ dict() }}",
    "{{ caller() }}",
    "{{ varargs }}",
    "{{ environment }}",
    "{{ context }}",
    "{{ super() }}",
    "{{ 7 * 7 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ 'a' * 10**9 }}",
    "{{ Case.title ~ Case.title }}",
    "{{ Case.title + 'x' }}",
    "{{ [Case] }}",
    "{{ (Case, Client) }}",
    "{{ {'a': Case} }}",
    "{{ true }}",
    "{{ none }}",
    "{{ 'a fixed text' }}",
    "{{ Case.title is defined }}",
    "{{ Case.title in Client.name }}",
    "{{ 'x' if Case.title else 'y' }}",
    "{{ Case.title|upper() |safe }}",
    "{{ Case.title|default(Client.name) }}",
    "{{ Case.title|default(value='x') }}",
    "{{ Case.title|default(*Case) }}",
    "{{ Case.title|truncate('5') }}",
    "{{ Case.title|truncate(true) }}",
    "{{ Case.title|truncate(-1) }}",
    "{{ Case.title|truncate(10000000000000000000000000) }}",
    "{% set x = Case %}",
    "{% set x %}y{% endset %}",
    "{% set Case.title = 'x' %}",
    "{% import 'os' as os %}",
    "{% from 'x' import y %}",
    "{% include '/etc/passwd' %}",
    "{% extends 'layout.html' %}",
    "{% block content %}{% endblock %}",
    "{% macro x() %}{% endmacro %}",
    "{% call x() %}{% endcall %}",
    "{% filter upper %}x{% endfilter %}",
    "{% with x = Case %}{% endwith %}",
    "{% autoescape false %}x{% endautoescape %}",
    "{% for x in Case %}{{ x }}{% endfor %}",
    "{% for x in range(10**9) %}{% endfor %}",
    "{% raw %}{{ Case.title }}{% endraw %}",
    "{% do Case %}",
    "{% debug %}",
    "{% trans %}x{% endtrans %}",
    "{% if Case.title is defined %}x{% endif %}",
    "{% if lipsum %}x{% endif %}",
    "{% if Case.title > 'a' %}x{% endif %}",
    "{% if 'a' in Case.title %}x{% endif %}",
    "{% if Case.title == Client.name %}x{% endif %}",
    "{% if Case.title == 'a' == 'b' %}x{% endif %}",
    "{% if 'a' == 'a' %}x{% endif %}",
    "{% if Case.title == 1 %}x{% endif %}",
    "{% if 1 %}x{% endif %}",
    "{% if Case.title %}{{ lipsum }}{% endif %}",
    "{% if Case.title %}{% else %}{% if Case.title %}{{ ''.x }}{% endif %}{% endif %}",
    "{% if Case.title %}{% elif cycler %}{% endif %}",
    "{{ Ｃase.title }}",  # full-width: Python would read it as Case
    "{{ Case.ｔitle }}",
    "{{ Cаse.title }}",  # a Cyrillic a
    "{{ Case.tit\u200ble }}",
    "{{ case.title }}",
    "{{ Case.Title }}",
    "{{ Update.body|upper }}",
    "{{ Update.url|truncate(5) }}",
    "{{ Update.attachments|default('x') }}",
    "{{ (Case.title|upper).__class__ }}",
    "{{ not Case.title }}",
    "{{ -Case.title }}",
    "{{ Case.title, Client.name }}",
]  # fmt: skip


def test_the_variables_are_those_of_the_product():
    assert [each.name for each in VARIABLES] == NAMES


def test_the_standard_template_is_one_that_could_be_saved():
    check(STANDARD)


@pytest.mark.parametrize("name", NAMES)
def test_each_variable_can_be_used_in_the_text_and_in_a_condition(name):
    assert refusals(f"{{{{{name}}}}} {{% if not {name} %}}x{{% endif %}}") == []


@pytest.mark.parametrize(
    "body",
    [
        "{% if Case.title and not (Client.name or Update.author) %}a{% elif Case.case_type != 'x' %}b{% else %}c{% endif %}",
        '{% if "Surveillance" == Case.case_type %}a{% endif %}',
        "{% if Case.case_type|lower == 'surveillance' %}a{% endif %}",
        '{{ Case.title|trim|upper|lower|capitalize|truncate(40)|default("none") }}',
        "{# for whoever reads this next #}{{ Case . title }}",
        "{%- if Case.title -%}\n x {%- endif -%}",
        "{ Case.title } {not a tag} }} %} #}",
    ],
)
def test_what_the_language_has_is_taken(body):
    assert refusals(body) == []


@pytest.mark.parametrize("body", ESCAPES)
def test_everything_else_is_refused_at_its_line(body):
    [said] = {each.partition(":")[0] for each in refusals(f"One\nTwo\n{body}\nFour")}
    assert said == "Line 3"
    with pytest.raises(TemplateProblem):
        compiled(f"One\nTwo\n{body}\nFour")


@pytest.mark.parametrize("body", ESCAPES)
def test_it_is_refused_in_the_subject_too(body):
    assert all(each.startswith("Subject: ") for each in refusals(subject=body))
    assert refusals(subject=body)


@pytest.mark.parametrize(
    ("written", "nearest"),
    [
        ("Case.casenumber", "Case.case_number"),
        ("case.case_number", "Case.case_number"),
        ("Case.Number", "Case.case_number"),
        ("Recipient.firstname", "Recipient.first_name"),
        ("Update.note", "Update.additional_note"),
        ("additional_note", "Update.additional_note"),
        ("signature", "Company.email_signature"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest_known(written, nearest):
    [said] = refusals(f"Dear client,\n\n{{{{{written}}}}}")
    assert said == f"Line 3: {{{{{written}}}}} is not known. Did you mean {{{{{nearest}}}}}?"


def test_a_name_like_no_other_gets_no_guess():
    assert refusals("{{Weather.tomorrow}}") == ["Line 1: {{Weather.tomorrow}} is not known. The variables are listed below the text."]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("a\n{{Case.title", "Line 2: {{ is not closed by }}."),
        ("{% if Case.title %}\na", "Line 1: {% if %} is not closed by {% endif %}."),
        ("a\n{% if Case.title %}\n{% if Client.name %}b{% endif %}", "Line 2: {% if %} is not closed by {% endif %}."),
        ("a\n\n{% endif %}", "Line 3: {% endif %} has no {% if %} before it."),
        ("{% else %}", "Line 1: {% else %} has no {% if %} before it."),
        ("a\n{# never ends", "Line 2: {# is not closed by #}."),
        ("{{Case}}", "Line 1: {{Case}} needs a field: {{Case.case_number}}."),
        ("a\n{{Case.title|default(“none”)}}", 'Line 2: Write straight quotes: "…".'),
        ("{{Case.title|truncate}}", "Line 1: The filter truncate is written truncate(40) with a number from 1 to 1,000."),
        ("{{Case.title|shout}}", "Line 1: There is no filter “shout”. There are upper, lower, capitalize, trim, default, truncate."),
        ("{% for x in y %}", "Line 1: {% for %} cannot be used. There are {% if %}, {% elif %}, {% else %} and {% endif %}."),
        ("{% raw %}", "Line 1: {% raw %} cannot be used. There are {% if %}, {% elif %}, {% else %} and {% endif %}."),
        ("{{Update.body|upper}}", "Line 1: {{Update.body}} has several lines: it takes no filters and cannot stand in the subject."),
        ("  ", "Line 1: Please write the body. “Reset” brings the standard one."),
    ],
)  # fmt: skip
def test_a_mistake_is_told_in_plain_words(body, said):
    assert refusals(body) == [said]


def test_every_mistake_is_told_not_only_the_first():
    found = refusals("{{Case.x}}\n\n{% if Case.y %}\n{{Case.title|z}}{% endif %}", subject="{{Update.body}}")
    assert [each.partition(":")[0] for each in found] == ["Subject", "Line 1", "Line 3", "Line 4"]


@pytest.mark.parametrize("name", [each.name for each in VARIABLES if each.is_block])
def test_what_has_several_lines_has_no_place_in_the_subject(name):
    assert "cannot stand in the subject" in refusals(subject=f"{{{{{name}}}}}")[0]
    assert refusals(subject=f"{{% if {name} %}}x{{% endif %}}") == []


def test_a_subject_of_one_line_is_taken_up_to_its_length():
    assert refusals(subject="x" * SUBJECT_LENGTH) == []
    assert refusals(subject="x" * (SUBJECT_LENGTH + 1)) == [
        "Subject: It has at most 300 characters as it is written here."
    ]
    assert refusals(subject=" ") == ["Subject: Please write one."]


def test_a_body_is_taken_up_to_its_length():
    assert refusals("x\n" * (BODY_LENGTH // 2)) == []
    assert refusals("x\n" * (BODY_LENGTH // 2) + "x") == [
        "Line 10001: Here the body has its 20,000 characters. Shorten it."
    ]


@pytest.mark.parametrize(
    "body",
    [
        "{{" + "(" * 5000 + "Case.title" + ")" * 5000 + "}}",
        "{% if " + "not " * 4000 + "Case.title %}x{% endif %}",
        "{% if " + "Case.title and " * 1000 + "Case.title %}x{% endif %}",
        "{% if Case.title %}" * 400 + "{% endif %}" * 400,
        "{{ Case.title" + "|upper" * 3000 + " }}",
        "{{ Case" + ".title" * 3000 + " }}",
        "{{ " + "9" * 9000 + " }}",
        "{{ Case.title|truncate(" + "9" * 9000 + ") }}",
    ],
)
def test_what_stands_too_deep_in_itself_is_refused_and_harms_nobody(body):
    assert refusals(body)


def test_nothing_but_the_known_names_reaches_the_templates_code():
    environment = compiled("{{Case.title}}").environment
    assert environment.globals == {} == environment.tests
    assert set(environment.filters) == {"upper", "lower", "capitalize", "trim", "default", "truncate"}
    assert len(KNOWN) == 18


def test_a_template_is_read_once():
    text = Text("s", "{{Case.title}} again")
    assert compiled(text.body) is compiled(text.body)
