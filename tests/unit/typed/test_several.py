"""Rows of a table → records: by title, with every fault at its cell, and nothing made in between."""

from __future__ import annotations

import pytest

from sm_planner.engine.model import COLLECTIONS
from sm_planner.engine.model.fields import specs
from sm_planner.engine.typed.names import Names, Wanted
from sm_planner.engine.typed.several import key_of, mentioned, read_rows, with_made
from sm_planner.engine.typed.sheets import SHEETS, WEEK
from sm_planner.engine.typed.written import Writing

NAMES = Names(
    {
        "people": {"edith": "Edith Lane", "smith": "Smith, John"},
        "stakeholders": {"readers": "Readers"},
        "services": {"loans": "Loans"},
        "teams": {},
    },
    {"people": {"tom": "Tom Far", "tom2": "Tom Far", "e2": "Edith Lane"}},
)


def rows(name: str, *cells: dict[str, str], **values: str):
    return read_rows(SHEETS[name], cells, values, NAMES, Writing())


def faults(read) -> dict[tuple[int, str], str]:
    return {(one.row, one.column): f"{one.message} {one.fix}" for one in read.problems}


@pytest.mark.parametrize("name", SHEETS)
def test_a_table_has_fields_of_the_model_and_makes_what_a_title_is_enough_for(name):
    sheet = SHEETS[name]
    assert len({column.name for column in sheet.columns}) == len(sheet.columns)
    for column in sheet.columns:
        spec = sheet.spec(column)
        assert spec.kind != "key"
        assert spec.kind != "rows" or column.name == WEEK
        if column.makes:
            needed = {
                field
                for field, known in specs(COLLECTIONS[spec.target].record).items()
                if known.required and known.kind != "key"
            }
            assert needed <= {"title"}


def test_a_title_is_the_record_of_the_plan_before_others():
    read = rows("services", {"title": "Desk", "service_owner": "edith lane", "customers": "READERS"})
    assert (read.records[1].service_owner, read.records[1].customers) == ("edith", ("readers",))
    assert read.wanted == ()


def test_what_is_called_the_same_twice_is_asked_for_by_its_id():
    read = rows("services", {"title": "Desk", "service_owner": "Tom Far"})
    assert faults(read) == {
        (
            1,
            "service_owner",
        ): "Several are called “Tom Far”: tom, tom2. Write the ID of the one that you mean."
    }
    assert rows("services", {"title": "Desk", "service_owner": "tom2"}).records[1].service_owner == "tom2"


def test_what_is_made_is_made_once():
    read = rows(
        "services",
        {"title": "Desk", "service_owner": "Nora New", "customers": "Guests; Readers, Friends"},
        {"title": "Shop", "service_owner": "nora  new", "customers": "guests"},
    )
    assert sorted(map(key_of, read.wanted)) == [
        ("people", "nora new"),
        ("stakeholders", "friends"),
        ("stakeholders", "guests"),
    ]
    made = with_made(read.records[1], {key_of(one): f"id-{one}" for one in read.wanted})
    assert (made.service_owner, made.customers) == ("id-Nora New", ("id-Guests", "readers", "id-Friends"))
    assert not isinstance(made.service_owner, Wanted)


def test_a_comma_is_part_of_the_name_of_a_person():
    holders = rows("roles", {"title": "Lead", "holders": "Smith, John; Doe, Jane"}).records[1].holders
    assert [row.person for row in holders] == ["smith", "Doe, Jane"]
    holders = rows("roles", {"title": "Lead", "holders": "Edith Lane, smith"}).records[1].holders
    assert [row.person for row in holders] == ["edith", "smith"]


def test_each_fault_stands_at_its_cell():
    read = rows(
        "components",
        {"title": "Scanner", "services": "Loan"},
        {},
        {"kind": "Server"},
        {"title": "scanner", "services": "nothing alike"},
        unknown="x",
    )
    assert faults(read)[1, "services"] == "There is no Service “Loan”. Did you mean “Loans”?"
    assert faults(read)[3, "title"] == "This is missing. Fill it in."
    assert faults(read)[4, "services"] == "There is no Service “nothing alike”. Choose one from the list."
    assert faults(read)[1, "unknown"] == "“unknown” is not a field here. Leave it out."
    assert read.records == {}


def test_the_title_of_something_in_the_plan_is_taken():
    assert faults(rows("services", {"title": "LOANS"})) == {
        (1, "title"): "The plan has “LOANS” already. Leave out this row, or give it another title."
    }


def test_what_the_form_refuses_is_refused_at_its_cell():
    read = rows("requirements", {"title": "Quicker"})
    assert faults(read) == {(1, "customer"): "This is missing. Fill it in."}


def test_a_value_for_all_rows_gives_way_to_what_a_row_says():
    read = rows("roles", {"title": "A", "kind": "Business"}, {"title": "B"}, kind="Service")
    assert [one.kind for one in read.records.values()] == ["Business", "Service"]


def test_all_that_may_be_named_is_looked_for_at_once():
    named = mentioned(
        SHEETS["services"],
        [{"title": "x", "customers": "A, B; C", "service_owner": "D"}],
        {"owning_team": "E"},
    )
    assert named["stakeholders"] == {"A, B; C", "A, B", "C", "A", "B"}
    assert (named["people"], named["teams"]) == ({"D"}, {"E"})


def test_the_hours_of_a_calendar_are_one_line():
    read = rows("calendars", {"title": "Desk", "windows": "Mo–Fr 8–18 Uhr"}, timezone="Europe/Berlin")
    assert len(read.records[1].windows) == 5
    read = rows("calendars", {"title": "Desk", "windows": "Mon 9–5"}, timezone="Europe/Berlin")
    assert faults(read)[1, "windows"].startswith("“9–5” may be meant in two ways.")
