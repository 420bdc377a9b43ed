"""Every handler of the app, called over a bare socket by those who may not: nothing is changed, nothing is learned."""

import pytest

from tests.attack.evidence import Evidence
from tests.attack.wire import Wire, handlers, sign_in
from tests.browser.server import Server

CASE = "2026-0142"
PLACES = (f"/cases/{CASE}", f"/cases/{CASE}/updates/4", "/cases/2026-0137/updates/2", "/profile/notifications")
HALF_A_LETTER = "\ud800"
PLAUSIBLE = [*range(1, 31)]
HOSTILE = [
    "1", "4", "Client Contacts", "unread", "preview", "case update", "", "x" * 20_000, "1' OR '1'='1", "\0", HALF_A_LETTER,
    0, -1, 2**31, 2**63, 10**30, 1.5, float("nan"), True, False, None, [1, 4], {"id": 4}, {"$ne": 0}, [[]],
]  # fmt: skip
PAIRS = [(1, 1), (3, 1), (4, 1), ("4", "1"), (4, True), ("case update", False)]
# The local mailbox is open to whoever sits at this machine (PRODUCT 4.3); test_mailbox.py holds its door.
OPEN_HERE = "mailbox."
# The gate's answers take a quarter of a second each, whatever is asked; test_links.py calls its handlers.
UNHURRIED = "____gate."


def call_everything(wire: Wire) -> None:
    """Each handler at each place, with each value in every argument, and with ids beside the other kinds of value."""
    for name, arguments in handlers().items():
        if OPEN_HERE in name or UNHURRIED in name:
            continue
        for place in PLACES:
            wire.say(name, _at=place)
        ids = PLAUSIBLE if any(each.endswith("_id") for each in arguments) else []
        for value in [*ids, *HOSTILE] if arguments else []:
            if value != HALF_A_LETTER or "set_is_hydrated" not in name:  # Reflex says it back, and its own socket ends
                wire.say(name, **dict.fromkeys(arguments, value))
        for pair in PAIRS if len(arguments) == 2 else []:
            wire.say(name, **dict(zip(arguments, pair, strict=True)))
        wire.catch_up()
    wire.finish()


def secrets_of(evidence: Evidence, *, but: set[str]) -> set[str]:
    """Whatever in the database names a case, a person, or says something about them."""
    words = {
        word
        for query in (
            "SELECT number FROM cases", "SELECT title FROM cases", "SELECT name FROM client", "SELECT title FROM revision",
            "SELECT body FROM revision", "SELECT name FROM person", "SELECT email FROM person", "SELECT note FROM sending",
            "SELECT name FROM distribution_group", "SELECT password_hash FROM person", "SELECT token_hash FROM sign_in_session",
            "SELECT token_hash FROM invitation", "SELECT address FROM email_alias", "SELECT body FROM email_template",
        )
        for text in evidence.all(query)
        for word in text.splitlines()
    }  # fmt: skip
    return {word for word in words if len(word) > 4 and word != "None"} - but


@pytest.mark.parametrize("name", ["nobody", "outsider", "colleague"])
def test_a_stranger_to_the_case_changes_and_learns_nothing(server: Server, evidence: Evidence, name: str) -> None:
    cookie = "" if name == "nobody" else sign_in(server.url, name)
    before = evidence.dump(but_own=name if cookie else "")
    with Wire(server.url, cookie=cookie) as wire:
        wire.hydrate()
        call_everything(wire)

    # Their own name and case; the numbers of the cases they put into the address come back.
    mine = {
        "nobody": set(), "colleague": {"Colleague S."},
        "outsider": {"Outsider O.", "2026-0151", "Harbour Street tenancy", "Harbour Street Lettings"},
    }[name]  # fmt: skip
    learned = {word for word in secrets_of(evidence, but=mine | {CASE, "2026-0137"}) if word in wire.heard}
    assert learned == set()
    assert evidence.dump(but_own=name if cookie else "") == before


def test_a_client_contact_changes_nothing_and_learns_only_what_is_theirs(server: Server, evidence: Evidence) -> None:
    cookie = sign_in(server.url, "client")  # which history writes down
    before = evidence.dump(but_own="client")
    with Wire(server.url, cookie=cookie) as wire:
        wire.hydrate()
        call_everything(wire)

    shown = evidence.all(
        "SELECT title FROM revision JOIN access_group ON access_group.id = access_group_id "
        "WHERE validated_at IS NOT NULL AND access_group.name = 'Public'"
    )
    assert shown
    assert all(title in wire.heard for title in shown)  # they do see what they should
    authors = {"Investigator R.", "Client C.", "client@example.com"}
    theirs = {
        CASE,
        "2026-0137",
        "Warehouse losses, Quay Street",
        "Meridian Freight Ltd",
        *authors,
        *shown,
        *_lines_of(evidence, shown),
    }
    assert {word for word in secrets_of(evidence, but=theirs) if word in wire.heard} == set()
    assert "Staff only" not in wire.heard
    assert evidence.dump(but_own="client") == before


def _lines_of(evidence: Evidence, titles: list[str]) -> set[str]:
    bodies = (evidence.all("SELECT body FROM revision WHERE title = :title", title=title) for title in titles)
    return {line for [body] in bodies for line in body.splitlines()}
