"""GET the tables of history: of a case, of the firm; for whom, with what in them."""

import csv
import io

import pytest

from caseupdates.history import routes
from caseupdates.history.models import Area
from caseupdates.history.record import record
from caseupdates.people.models import Person

CASE, FIRM = "/cases/2026-0142/history.csv", "/settings/history.csv"


@pytest.fixture
def have(visitor, installed):
    """A table as somebody signed in."""
    installed.change(tell, installed.firm)

    def have(path, *, by="administrator", **headers):
        cookie = installed.signed_in(by) if by else {}
        return visitor(origin=None).get(path, headers={**cookie, **headers})

    return have


def tell(session, firm):
    record(
        session, Area.UPDATES, "update written", by=session.merge(firm.investigator), case_id=firm.case.id, about="=2+2"
    )
    record(
        session, Area.SENDING, "update sent", by=session.merge(firm.manager), case_id=firm.case.id, about="Night two"
    )
    record(session, Area.FILES, "file added", by=session.merge(firm.manager), case_id=firm.other_case.id, about="a.pdf")
    record(session, Area.SETTINGS, "firm changed", by=session.merge(firm.administrator), about="name: Quay")


def rows(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def whats(answer):
    return [row["What"] for row in rows(answer)]


def test_a_cases_table_holds_its_lines_newest_first(have):
    answer = have(CASE, by="investigator")
    assert whats(answer) == ["update sent", "update written"]
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].startswith('attachment; filename="history-2026-0142.csv"')
    assert answer.headers["cache-control"] == "no-store"


def test_the_firms_table_holds_every_line(have):
    answer = have(FIRM)
    assert whats(answer) == ["firm changed", "file added", "update sent", "update written"]
    assert [row["Case"] for row in rows(answer)] == ["", "2026-0151", "2026-0142", "2026-0142"]


def test_no_cell_runs_in_a_spreadsheet(have):
    assert rows(have(CASE))[-1]["About"] == "'=2+2"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?search=night", ["update sent"]), ("?kind=files", ["file added"]), ("?kind=sending&search=manager", ["update sent"]),
        ("?kind=files&search=night", []), ("?search=2026-0151", ["file added"]), ("?search=%00%25", []), ("?search=%27%20OR%201%3D1", []),
        ("?kind=", ["firm changed", "file added", "update sent", "update written"]),
    ],
)  # fmt: skip
def test_a_table_holds_what_is_filtered(have, query, found):
    assert whats(have(FIRM + query)) == found


@pytest.mark.parametrize("kind", ["banana", "Updates", "updates'--", "%00", "x" * 5_000])
def test_a_kind_that_is_none_is_not_there(have, kind):
    assert have(f"{FIRM}?kind={kind}").status_code == 404


@pytest.mark.parametrize(
    ("by", "status"), [("", 401), ("manager", 403), ("investigator", 403), ("client", 403), ("outsider", 403)]
)
def test_the_firms_table_is_for_who_manages_settings(have, by, status):  # fmt: skip
    answer = have(FIRM, by=by)
    assert answer.status_code == status
    assert "Quay" not in answer.text


def test_another_case_answers_like_none(have):
    theirs, none = have(CASE, by="colleague"), have("/cases/2026-9999/history.csv", by="colleague")
    outsiders = have(CASE, by="outsider")
    said = (404, {"refused": "This does not exist, or you may not see it."})
    assert [(each.status_code, each.json()) for each in (theirs, none, outsiders)] == [said] * 3
    assert have("/cases/2026-0151/history.csv", by="investigator").status_code == 404


def test_a_client_reads_no_history_of_their_own_case(have):
    assert have(CASE, by="client").status_code == 403


def test_somebody_not_signed_in_is_taken_to_the_sign_in_page(have):
    answer = have(CASE, by="", accept="text/html")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/sign-in?next={CASE}")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_a_table_is_only_read(visitor, installed, method):
    assert visitor().request(method, FIRM, headers=installed.signed_in("administrator")).status_code == 405


@pytest.mark.parametrize(("most", "said"), [(4, False), (2, True)])
def test_a_table_comes_whole_in_several_turns_and_ends_where_it_must(have, monkeypatch, most, said):
    monkeypatch.setattr(routes, "AT_ONCE", 2)
    monkeypatch.setattr(routes, "MOST", most)
    lines = have(FIRM).text.splitlines()
    assert len(lines) == 1 + most + said
    assert ("Only the newest" in lines[-1]) is said


def test_who_may_read_is_asked_again_while_a_long_table_goes_out(have, installed, monkeypatch):
    monkeypatch.setattr(routes, "AT_ONCE", 1)
    asked = []

    def archived_meanwhile(*args, **kwargs):
        asked.append(args)
        if len(asked) == 2:
            installed.change(
                lambda session: setattr(
                    session.get_one(Person, installed.firm.administrator.id),
                    "archived_at",
                    installed.firm.case.opened_at,
                )
            )
        return real(*args, **kwargs)

    real = routes.listing.of_firm
    monkeypatch.setattr(routes.listing, "of_firm", archived_meanwhile)
    assert len(have(FIRM).text.splitlines()) < 5  # fmt: skip
