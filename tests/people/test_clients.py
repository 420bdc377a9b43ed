"""Clients: found, added, renamed, removed while nothing belongs to them."""

import pytest
from sqlmodel import select

from caseupdates import bell
from caseupdates.cases.models import Case
from caseupdates.database import writing
from caseupdates.history.models import Event
from caseupdates.people import clients
from caseupdates.people.models import Client
from caseupdates.people.names import Taken
from caseupdates.people.settings.clients.rows import NAMED, client_rows
from caseupdates.refusals import Invalid, NotFound, NotPermitted
from tests.together import together


def found(session, firm, text="", **options):
    return [client.name for client in clients.search(session, text, by=firm.administrator, **options)]


def history(session):
    session.flush()
    return [(each.area, each.what, each.about) for each in session.exec(select(Event).order_by(Event.id))]


def test_clients_are_listed_by_name_whatever_its_case(session, firm):
    clients.add(session, "anchor & Sons", by=firm.administrator)
    assert found(session, firm) == ["anchor & Sons", "Harbour Street Lettings", "Meridian Freight Ltd"]
    assert found(session, firm, limit=1) == ["anchor & Sons"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("freight", ["Meridian Freight Ltd"]), ("LTD meri", ["Meridian Freight Ltd"]), ("%", []), ("_", []), ("nobody", []),
        (" ", ["Harbour Street Lettings", "Meridian Freight Ltd"]),
    ],
)  # fmt: skip
def test_a_search_finds_every_word(session, firm, text, names):
    assert found(session, firm, text) == names


def test_a_new_client_is_written_down_and_open_pages_look_again(session, firm):
    client = clients.add(session, " Quay  Holdings ", by=firm.administrator)
    assert (client.name, client.id is not None) == ("Quay Holdings", True)
    assert history(session) == [("people and sign-in", "client added", "Quay Holdings")]
    assert session.info["rings"] == {bell.SETTINGS, bell.CASES}


def test_a_renamed_client_keeps_its_cases_and_history_says_both_names(session, firm):
    clients.rename(session, firm.meridian.id, "Meridian Group", by=firm.administrator)
    assert firm.case.client.name == "Meridian Group"
    assert history(session) == [("people and sign-in", "client renamed", "Meridian Freight Ltd → Meridian Group")]


def test_saving_the_same_name_changes_nothing(session, firm):
    clients.rename(session, firm.meridian.id, "Meridian Freight Ltd ", by=firm.administrator)
    assert history(session) == []


def test_no_two_clients_have_one_name(session, firm):
    with pytest.raises(Taken, match="“Meridian Freight Ltd” already"):
        clients.add(session, "meridian FREIGHT ltd", by=firm.administrator)
    with pytest.raises(Taken):
        clients.rename(session, firm.other_client.id, "Meridian Freight Ltd", by=firm.administrator)
    with pytest.raises(Invalid, match="name"):
        clients.rename(session, firm.meridian.id, " ", by=firm.administrator)
    assert firm.meridian.name == "Meridian Freight Ltd"


def test_a_client_nothing_belongs_to_is_removed(session, firm):
    client = clients.add(session, "Quay Holdings", by=firm.administrator)
    clients.remove(session, client.id, by=firm.administrator)
    assert "Quay Holdings" not in found(session, firm)
    assert history(session)[-1] == ("people and sign-in", "client removed", "Quay Holdings")


def test_a_client_with_contacts_stays_and_says_how_many(session, firm):
    with pytest.raises(clients.HasContacts, match="“Meridian Freight Ltd” has 2 contacts, archived ones counted"):
        clients.remove(session, firm.meridian.id, by=firm.administrator)
    firm.outsider.archived_at = firm.outsider.created_at
    with pytest.raises(clients.HasContacts, match="has 1 contact,"):
        clients.remove(session, firm.other_client.id, by=firm.administrator)


def test_a_client_with_cases_alone_stays_and_nothing_is_half_done(session, firm):
    client = clients.add(session, "Quay Holdings", by=firm.administrator)
    firm._case("2026-0200", "Night watch", client)
    with pytest.raises(clients.HasCases, match="Cases are worked for “Quay Holdings”"):
        clients.remove(session, client.id, by=firm.administrator)
    assert session.exec(select(Client).where(Client.name == "Quay Holdings")).one().id == client.id
    assert session.exec(select(Case).where(Case.number == "2026-0200")).one().client_id == client.id


@pytest.mark.parametrize("made_up", [0, -1, 404])
def test_a_client_that_is_not_there_is_not_found(session, firm, made_up):
    for act in (lambda: clients.rename(session, made_up, "X", by=firm.administrator),
                lambda: clients.remove(session, made_up, by=firm.administrator)):  # fmt: skip
        with pytest.raises(NotFound):
            act()


@pytest.mark.parametrize("name", ["manager", "investigator", "client", "outsider"])
def test_only_who_manages_settings_sees_or_changes_clients(session, firm, name):
    person, there = getattr(firm, name), firm.meridian.id
    acts = [
        lambda: clients.search(session, by=person),
        lambda: clients.contacts_of(session, [there], by=person),
        lambda: client_rows(session, "", 10, by=person),
        lambda: clients.add(session, "Quay Holdings", by=person),
        lambda: clients.rename(session, there, "Quay Holdings", by=person),
        lambda: clients.remove(session, there, by=person),
        lambda: clients.remove(session, 404, by=person),  # the same answer as for one that is there
    ]
    for act in acts:
        with pytest.raises(NotPermitted):
            act()
    assert firm.meridian.name == "Meridian Freight Ltd"


def test_of_two_adding_one_name_at_once_the_second_is_told(standing):
    def add(person):
        with writing() as session:
            return clients.add(session, "Quay Holdings", by=person).name

    standing.manager.role = standing.administrator.role
    answers = together(lambda: add(standing.administrator), lambda: add(standing.manager))
    assert sorted(map(type, answers), key=str) == [Taken, str]


def test_a_row_names_its_contacts_and_counts_its_cases(session, firm):
    firm.partner.archived_at = firm.partner.created_at
    [harbour, meridian] = client_rows(session, "", 10, by=firm.administrator)
    assert (harbour.name, harbour.says) == ("Harbour Street Lettings", "1 contact · 1 case")
    assert [(each.name, int(each.id)) for each in meridian.contacts] == [("Client C.", firm.client.id)]
    assert meridian.add_path == f"/settings/people?add={firm.meridian.id}"


def test_a_row_of_many_contacts_counts_the_rest(session, firm):
    for number in range(NAMED):
        firm.contact(f"Contact{number} N.", firm.meridian)
    [row] = client_rows(session, "meridian", 10, by=firm.administrator)
    assert (len(row.contacts), row.more, row.says) == (NAMED, "and 2 more", f"{NAMED + 2} contacts · 1 case")
