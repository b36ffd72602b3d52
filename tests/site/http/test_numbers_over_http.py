"""Numbers over HTTP: filters, sums and files of the Desk, edits that are refused, and the Data Import."""

from __future__ import annotations

import csv
import io
import json

import frappe
import openpyxl
import pytest
from http_kit import fresh, imported, told

pytestmark = pytest.mark.commits

EFFORTS = {"none": None, "zero": 0, "twelve": 12, "ninety": 90, "exact": 99.95, "hundred-and-ten": 110}
IMPROVEMENT = "SM Improvement"


@pytest.fixture(scope="module")
def plan(make_plan) -> str:
    """A plan with improvements that take these efforts; its lineage has the same name."""
    name = make_plan()
    for id, effort in EFFORTS.items():
        frappe.get_doc(
            {"doctype": IMPROVEMENT, "lineage": name, "id": id, "title": id, "effort_days": effort}
        ).insert()
    frappe.db.commit()
    return name


def ours(plan: str) -> list[list[object]]:
    return [[IMPROVEMENT, "lineage", "=", plan], [IMPROVEMENT, "id", "in", list(EFFORTS)]]


@pytest.fixture
def ask(client, plan):
    """What the Desk asks for a list, a report or a file of the improvements."""

    def act(method: str, *filters: list, **more: object):
        fields = more.pop("fields", ["`tabSM Improvement`.`id`", "`tabSM Improvement`.`effort_days`"])
        answer = client("planner").call(
            f"frappe.desk.reportview.{method}",
            doctype=IMPROVEMENT,
            fields=fields,
            filters=[*ours(plan), *filters],
            **{"order_by": "`tabSM Improvement`.`effort_days` desc", "start": 0, "page_length": 20, **more},
        )
        assert answer.status_code == 200, told(answer)
        return answer

    return act


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ([], ["hundred-and-ten", "exact", "ninety", "twelve", "zero", "none"]),
        ([[">", 50]], ["hundred-and-ten", "exact", "ninety"]),
        ([["<", 50]], ["twelve", "zero"]),
        ([["=", 0]], ["zero"]),
        ([["is", "set"]], ["hundred-and-ten", "exact", "ninety", "twelve", "zero"]),
        ([["is", "not set"]], ["none"]),
        ([["Between", [12, 99.95]]], ["exact", "ninety", "twelve"]),
        ([[">=", "12"], ["<=", "90"]], ["ninety", "twelve"]),
    ],
)
def test_a_list_finds_numbers_as_a_user_asks_for_them(ask, asked, found):
    filters = [[IMPROVEMENT, "effort_days", operator, value] for operator, value in asked]
    message = ask("get", *filters).json()["message"]
    assert [row[0] for row in message["values"]] == found
    assert ask("get_count", *filters, fields=[]).json()["message"] == len(found)


@pytest.mark.parametrize("filters", ["[", "7", [7], [[[], {}, "is", "set"]], [["effort_days"]]])
def test_filters_that_make_no_sense_are_left_to_frappe(client, filters):
    planner = client("planner")
    ours, theirs = (
        planner.call("frappe.client.get_list", doctype=doctype, filters=filters).status_code
        for doctype in (IMPROVEMENT, "User")
    )
    assert ours == theirs


def test_filters_of_an_object_ask_for_the_same(client, plan):
    def found(**filters: object) -> list[str]:
        answer = client("planner").call(
            "frappe.client.get_list",
            doctype=IMPROVEMENT,
            fields=["id"],
            filters={"lineage": plan, "id": ["in", list(EFFORTS)], **filters},
            order_by="id asc",
        )
        return [row["id"] for row in answer.json()["message"]]

    assert found(effort_days=["is", "not set"]) == ["none"]
    assert found(effort_days=["between", [0, 90]]) == ["ninety", "twelve", "zero"]
    assert found(effort_days=0) == ["zero"]


@pytest.mark.parametrize(("how", "result"), [("sum", 311.95), ("avg", 62.39)])
def test_a_report_adds_up_numbers_and_leaves_out_what_is_empty(ask, how, result):
    message = ask(
        "get",
        fields=["`tabSM Improvement`.`lineage`"],
        group_by="`tabSM Improvement`.`lineage`",
        aggregate_function=how,
        aggregate_on_field="effort_days",
        aggregate_on_doctype=IMPROVEMENT,
        order_by="_aggregate_column desc",
    ).json()["message"]
    assert [row[message["keys"].index("_aggregate_column")] for row in message["values"]] == [result]


def test_a_spreadsheet_of_a_list_holds_numbers_and_empty_cells(ask):
    answer = ask("export_query", file_format_type="Excel", title="Improvements")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    column = next(place for place, title in enumerate(next(sheet.values)) if "Effort" in str(title))
    cells = [row[column] for row in list(sheet.iter_rows())[1:]]
    assert [cell.value for cell in cells] == [110, 99.95, 90, 12, 0, None]
    assert {cell.data_type for cell in cells} == {"n"}


def test_a_csv_file_of_a_list_holds_all_decimal_places_and_empty_cells(ask):
    answer = ask("export_query", file_format_type="CSV", title="Improvements")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    column = next(place for place, title in enumerate(rows[0]) if "Effort" in title)
    assert [row[column] for row in rows[1:]] == ["110.0", "99.95", "90.0", "12.0", "0.0", ""]


@pytest.mark.parametrize(("how", "result"), [("Sum", 311.95), ("Average", 62.39), ("Minimum", 0)])
def test_a_number_card_adds_up_numbers(client, plan, how, result):
    card = {"document_type": IMPROVEMENT, "function": how, "aggregate_function_based_on": "effort_days"}
    answer = client("planner").call(
        "frappe.desk.doctype.number_card.number_card.get_result",
        doc=card,
        filters=[*ours(plan), [IMPROVEMENT, "effort_days", "is", "set"]],
    )
    assert answer.json()["message"] == result, told(answer)


@pytest.mark.parametrize("written", ["10 days", "95%", "83,5 Tage"])
def test_an_edit_with_what_is_no_number_is_refused_by_field(client, plan, written):
    planner, name = client("planner"), f"{plan}-twelve"
    doc = planner.get(f"/api/resource/{IMPROVEMENT}/{name}").json()["data"]
    for answer in (
        planner.put(IMPROVEMENT, name, effort_days=written),
        planner.call(
            "frappe.client.set_value", doctype=IMPROVEMENT, name=name, fieldname="effort_days", value=written
        ),
        planner.call("frappe.desk.form.save.savedocs", doc={**doc, "effort_days": written}, action="Save"),
        planner.create(IMPROVEMENT, lineage=plan, title="New", effort_days=written),
    ):
        assert answer.status_code == 417, told(answer)
        assert f"Effort (Person-days): “{written}” is not a number." in told(answer)
        assert "Write a number such as 99.5" in told(answer)
    fresh()
    assert frappe.db.get_value(IMPROVEMENT, name, "effort_days") == 12


def test_a_bulk_edit_with_what_is_no_number_changes_nothing(client, plan):
    answer = client("planner").call(
        "frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs",
        doctype=IMPROVEMENT,
        docnames=[f"{plan}-twelve"],
        action="update",
        data={"effort_days": "1,234"},
    )
    assert answer.json()["message"] == [f"{plan}-twelve"]  # those that failed
    fresh()
    assert frappe.db.get_value(IMPROVEMENT, f"{plan}-twelve", "effort_days") == 12


def test_a_form_that_is_saved_as_it_was_loaded_keeps_what_is_empty(client, plan):
    planner = client("planner")
    for id, effort in EFFORTS.items():
        doc = planner.get(f"/api/resource/{IMPROVEMENT}/{plan}-{id}").json()["data"]
        assert doc.get("effort_days") == effort
        saved = planner.call("frappe.desk.form.save.savedocs", doc={**doc, "title": f"{id}!"}, action="Save")
        assert saved.status_code == 200, told(saved)
        fresh()
        assert frappe.db.get_value(IMPROVEMENT, f"{plan}-{id}", "effort_days") == effort


def test_a_data_import_reads_numbers_as_they_are_written_and_refuses_the_others_by_row(plan):
    cells = {
        "a": ("95,5", 95.5),
        "b": ("1.234,5", 1234.5),
        "c": ("1,234.5", 1234.5),
        "d": ("1.234", 1.234),
        "e": ("", None),
        "f": ("0", 0),
        "g": ("1,234", "“1,234” is not a number."),
        "h": ("abc", "“abc” is not a number."),
        "i": ("10 days", "“10 days” is not a number."),
        "j": ("0.1234567891", "more than 9 decimal places"),
    }
    rows = [[plan, f"import-{id}", id, cell] for id, (cell, _meant) in cells.items()]

    log = imported(IMPROVEMENT, [["lineage", "id", "title", "effort_days"], *rows], f"{plan}-numbers")

    for number, (entry, (id, (cell, meant))) in enumerate(zip(log, cells.items(), strict=True), 2):
        assert json.loads(entry.row_indexes) == [number]
        assert bool(entry.success) != isinstance(meant, str), (cell, entry)
        if isinstance(meant, str):
            assert f"{plan}-import-{id} · Effort (Person-days): " in entry.messages.encode().decode(
                "unicode_escape"
            )
            assert meant in json.dumps(json.loads(entry.messages), ensure_ascii=False)
        else:
            assert frappe.db.get_value(IMPROVEMENT, f"{plan}-import-{id}", "effort_days") == meant


def test_a_data_import_reads_the_numbers_of_rows_and_integers(plan):
    headings = ["name", "title", "kind", "notice_months", "targets.metric", "targets.value"]
    rows = [
        [f"{plan}-a", "A", "UC", "3", "Quality", "99,5"],
        ["", "", "", "", "Availability", ""],
        ["", "", "", "", "Response", "0"],
        [f"{plan}-b", "B", "UC", "3.5", "Quality", "ninety"],
    ]

    kept, refused = imported("SM Agreement", [headings, *rows], f"{plan}-rows")

    agreement = frappe.get_doc("SM Agreement", kept.docname)
    assert (agreement.notice_months, [row.value for row in agreement.targets]) == (3, [99.5, None, 0])
    messages = json.dumps(json.loads(refused.messages), ensure_ascii=False)
    assert "Notice (Months): “3.5” is not a whole number." in messages
    assert "Targets, row 1 · Value: “ninety” is not a number." in messages


def test_a_data_import_reads_the_numbers_of_a_spreadsheet(plan):
    cells = {
        "a": (95.5, 95.5),
        "b": (0, 0),
        "c": (None, None),
        "d": ("95,5", 95.5),
        "e": ("10 days", "refused"),
    }
    rows = [[plan, f"sheet-{id}", id, cell] for id, (cell, _meant) in cells.items()]

    log = imported(IMPROVEMENT, [["lineage", "id", "title", "effort_days"], *rows], f"{plan}-sheet", "xlsx")

    assert [bool(entry.success) for entry in log] == [True, True, True, True, False]
    for id, (_cell, meant) in list(cells.items())[:-1]:
        assert frappe.db.get_value(IMPROVEMENT, f"{plan}-sheet-{id}", "effort_days") == meant


def test_who_customises_a_form_leaves_empty_numbers_empty(client, plan):
    field = {"dt": IMPROVEMENT, "fieldname": "sm_test_room", "fieldtype": "Float", "insert_after": "title"}
    try:
        added = client("system-manager").create("Custom Field", label="Room", **field)
        assert added.status_code == 200, told(added)
        fresh()
        kept = {
            id: frappe.db.get_value(IMPROVEMENT, f"{plan}-{id}", ["effort_days", "sm_test_room"])
            for id in EFFORTS
        }
        assert kept == {id: (effort, 0) for id, effort in EFFORTS.items()}
    finally:
        frappe.delete_doc("Custom Field", f"{IMPROVEMENT}-sm_test_room", ignore_missing=True)
        frappe.db.sql_ddl("alter table `tabSM Improvement` drop column if exists `sm_test_room`")
        frappe.clear_cache(doctype=IMPROVEMENT)
