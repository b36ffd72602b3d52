"""Reports in the Desk: they read and write nothing, for who may read the plan, with a constant number of queries."""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Iterable
from datetime import date
from html import unescape
from itertools import product
from types import SimpleNamespace

import frappe
import pytest
from frappe.desk.query_report import export_query, run
from frappe.utils import getdate

from sm_planner.adapters import plan_reader
from sm_planner.adapters.desk import plan_choice, script_reports
from sm_planner.adapters.documents import plan_writer
from sm_planner.adapters.guards import report_filters
from sm_planner.engine.checks import check
from sm_planner.engine.model import Plan, Service
from sm_planner.reports import REPORTS as REGISTERED
from sm_planner.reports.table import Column, Table

REPORTS = tuple(report.title for report in REGISTERED.values())
HOSTILE = "<img src=x onerror=alert(1)>"


def shown(report: str, plan: str, **filters: object) -> dict:
    """What the Desk gets of a report."""
    return run(report, {"plan": plan, **filters}, ignore_prepared_report=True)


def grown(plan: Plan, times: int) -> Plan:
    """The plan with many more services that have findings."""
    services = tuple(Service(id=f"more-{number}", title=f"Service {number}") for number in range(times))
    return dataclasses.replace(plan, services=plan.services + services)


def test_every_report_of_the_registry_is_in_the_desk_and_two_that_need_more_than_a_plan():
    there = set(frappe.get_all("Report", {"module": "SM Planner"}, pluck="name", order_by="name asc"))
    assert there == {*REPORTS, "SLA Attainment", "Seal Register"}


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_is_there_for_all_who_work_with_plans(report):
    document = frappe.get_doc("Report", report)
    assert (document.ref_doctype, document.report_type) == ("SM Plan", "Script Report")
    roles = {row.role for row in document.roles}
    assert roles == {permission.role for permission in frappe.get_meta("SM Plan").permissions}


def test_every_report_only_reads_and_shows_all_of_its_parts(
    example, example_on_site, give_accounts, count_queries
):
    give_accounts(example)  # else nobody is asked to confirm anything
    for report in REPORTS:
        with count_queries() as made:
            found = shown(report, example.id)
        for part in ("columns", "result", "message", "chart", "report_summary"):
            assert found[part], (report, part)
        assert found["chart"]["reading"] in unescape(found["message"]), report
        assert found["chart"]["fieldtype"] == script_reports.CHARTED, report
        writing = [query for query in made if not query.lstrip().lower().startswith(("select", "show"))]
        assert writing == [], report


def test_who_may_not_read_the_plan_gets_nothing_of_it(
    minimal, minimal_on_site, example, make_user, acting_as
):
    plan_writer.save(example)
    user = make_user("SM Auditor")
    allowed = {"doctype": "User Permission", "user": user, "allow": "SM Plan", "for_value": minimal.id}
    frappe.get_doc(allowed).insert()
    with acting_as(user):
        for report, plan in product(REPORTS, (example.id, "no-such-plan")):
            assert shown(report, minimal.id)["columns"], report
            refused = shown(report, plan)
            assert refused["message"] == "There is no plan with this name that you may read.", report
            assert refused["chart"] == script_reports.NO_CHART
            assert not any(refused[part] for part in ("columns", "result", "report_summary"))


@pytest.fixture
def bare_on_site(example_on_site: str) -> str:
    """The example without any RACI, of which many rules tell."""
    frappe.db.delete("SM RACI Entry", {"plan": example_on_site})
    return example_on_site


@pytest.fixture
def short_pages(monkeypatch):
    """A request of the Desk, which is given five rows of a report at once."""
    for module in (script_reports, report_filters):
        monkeypatch.setattr(module, "LONGEST", 5)
    monkeypatch.setattr(frappe.local, "request", SimpleNamespace(path="", method="GET"), raising=False)
    monkeypatch.setattr(frappe.local, "form_dict", frappe._dict(), raising=False)


def findings_in(found: dict) -> list[dict]:
    """The rows of *Plan Findings* without the lines that they stand beneath."""
    return [row for row in found["result"] if not row.get("is_head")]


def test_what_is_told_as_one_is_a_tree_whose_line_is_told_on_each_page(bare_on_site, short_pages):
    pages = [shown("Plan Findings", bare_on_site, page=page)["result"] for page in (1, 2, 3)]
    frappe.local.request = None
    whole = shown("Plan Findings", bare_on_site)["result"]
    assert [row["code"] for page in pages for row in page if not row.get("is_head")] == [
        row["code"] for row in whole if not row.get("is_head")
    ][:15]
    assert (
        pages[0] == whole[: len(pages[0])]
    )  # what a file of the whole is told by the rows that were chosen on the first page
    begun_before = 0
    for rows in (*pages, whole):
        above = ""
        for row in rows:
            if row.get("is_head"):
                above = row["message"]
            assert row["indent"] == (0 if row.get("is_head") or not row["head"] else 1)
            if row["indent"]:
                assert row["fault"] == above
    for before, rows in zip(pages, pages[1:], strict=False):
        begun_before += rows[0].get("is_head", False) and rows[0]["message"] == before[-1]["fault"]
    assert begun_before > 0
    assert "opens" not in next(row for row in whole if row.get("is_head"))


def test_the_desk_is_given_a_long_report_by_the_page(minimal, minimal_on_site, short_pages):
    frappe.local.request = None
    whole = shown("Plan Findings", minimal.id)
    codes = [row["code"] for row in findings_in(whole)]
    count = len(codes)
    assert "smp-page" not in whole["message"]
    frappe.local.request = SimpleNamespace(path="", method="GET")

    first, second = (shown("Plan Findings", minimal.id, page=page) for page in (1, 2))
    assert [row["code"] for row in findings_in(first) + findings_in(second)] == codes[:10]
    assert first["report_summary"] == second["report_summary"] == whole["report_summary"]
    assert f"Rows 1 to 5 of {count}." in first["message"]
    assert ('data-smp-page="2"' in first["message"], 'data-smp-page="0"' in first["message"]) == (True, False)
    assert all(f'data-smp-page="{page}"' in second["message"] for page in (1, 3))

    last = shown("Plan Findings", minimal.id, page=36_000)
    assert [row["code"] for row in findings_in(last)] == codes[(count - 1) // 5 * 5 :]
    assert f"to {count} of {count}." in last["message"]
    assert "smp-page" not in shown("Plan Findings", minimal.id, family="None")["message"]


def file_of(report: str, plan: str, page: int, chosen: Iterable[int]) -> list[dict[str, str]]:
    """The lines of the file of a report that a reader asks for who sees these rows of a page."""
    frappe.form_dict.update(
        cmd="frappe.desk.query_report.export_query",
        report_name=report,
        filters=frappe.as_json({"plan": plan, "page": page}),
        file_format_type="CSV",
        visible_idx=frappe.as_json(list(chosen)),
    )
    report_filters.guard_request()
    export_query()
    return list(csv.DictReader(io.StringIO(frappe.response["filecontent"].decode("utf-8-sig"))))


def test_the_file_of_a_page_with_lines_has_all_rows_and_else_those_that_were_chosen(
    bare_on_site, short_pages
):
    frappe.local.request = None
    whole = [(row["code"], row["title"]) for row in shown("Plan Findings", bare_on_site)["result"]]
    frappe.local.request = SimpleNamespace(path="", method="GET")
    for page in (1, 2):
        frappe.local.form_dict.clear()
        seen = [
            (row["code"], row["title"]) for row in shown("Plan Findings", bare_on_site, page=page)["result"]
        ]
        assert len(seen) > 5
        for chosen, rows in (
            (range(len(seen)), whole),
            ([0], seen[:1]),
            ([0, *range(2, len(seen))], [seen[0], *seen[2:]]),
        ):
            lines = file_of("Plan Findings", bare_on_site, page, chosen)
            assert [(line["Rule"], unescape(line["Record"])) for line in lines] == [
                (code, unescape(title)) for code, title in rows
            ], (page, chosen)
            assert sum(int(line["Count"] or 0) for line in lines) > 0 or len(lines) == 1


@pytest.mark.parametrize(
    ("page", "chosen", "rows"),
    [(1, range(5), slice(None)), (2, range(5), slice(None)), (1, [1], slice(1, 2)), (2, [1, 2], slice(6, 8))],
)
def test_the_file_of_a_full_page_has_all_rows_and_else_those_that_were_chosen(
    minimal, minimal_on_site, short_pages, page, chosen, rows
):
    whole = REGISTERED["plan-readiness"].run(plan_reader.load(minimal.id), getdate())
    pieces = [str(row["piece"]) for row in whole.rows]
    assert len(pieces) > 10
    lines = file_of("Plan Readiness", minimal.id, page, chosen)
    assert [line["Piece"] for line in lines] == pieces[rows]


def test_who_has_nothing_to_do_with_plans_is_refused(minimal, minimal_on_site, make_user, acting_as):
    with acting_as(make_user()):
        for report in REPORTS:
            with pytest.raises(frappe.PermissionError):
                shown(report, minimal.id)


def test_the_number_of_queries_does_not_grow_with_the_plan(example, make_user, acting_as, count_queries):
    user = make_user("SM Auditor")
    allowed = {"doctype": "User Permission", "user": user, "allow": "SM Plan", "for_value": example.id}
    counts = []
    for plan in (example, grown(example, 40)):
        plan_writer.save(plan)
        if not counts:
            frappe.get_doc(allowed).insert()
        counts.append({})
        with acting_as(user):
            for report in REPORTS:
                shown(report, plan.id)
                with count_queries() as made:
                    shown(report, plan.id)
                counts[-1][report] = len(made)
    assert counts[0] == counts[1]


def test_every_finding_opens_where_it_is_mended(example):
    plan_writer.save(grown(example, 1))
    found = shown("Plan Findings", example.id)
    rows = findings_in(found)
    today = date.fromisoformat(frappe.utils.today())
    assert len(rows) == len(check(plan_reader.load(example.id), today).findings) > 0
    for row in rows:
        assert_opens(row["opens"])


def test_every_piece_of_the_readiness_opens_where_it_is_written(minimal, minimal_on_site):
    for row in shown("Plan Readiness", minimal.id)["result"]:
        assert_opens(row["opens"])


def assert_opens(opens):
    """A document that is there, or a list with filters that Frappe takes."""
    if opens["name"]:
        assert frappe.db.exists(opens["doctype"], opens["name"]), opens
    else:
        frappe.get_list(opens["doctype"], filters=opens["filters"], limit=1)


def test_filters_narrow_a_report(example, example_on_site):
    found = shown("Plan Findings", example.id, family="RAC")
    assert {row["code"].partition("-")[0] for row in found["result"]} == {"RAC"}


def test_what_users_wrote_does_not_become_html(example, example_on_site):
    for doctype in ("SM Plan", "SM Service", "SM Role", "SM Process", "SM Agreement", "SM Objective"):
        for name in frappe.get_all(doctype, pluck="name", order_by="name asc"):
            frappe.db.set_value(doctype, name, "title", HOSTILE)
    for report in REPORTS:
        assert "<img" not in frappe.as_json(shown(report, example.id)), report


def test_a_switch_that_is_off_is_off(example, example_on_site):
    short, full = (shown("RACI Matrix", example.id, **filters) for filters in ({"collapsed": 1}, {}))
    assert len(short["result"]) < len(full["result"])


def test_without_a_plan_a_report_is_about_the_default(minimal_on_site):
    for report in REPORTS:
        chosen = shown(report, plan_choice.default_plan()["name"])
        assert shown(report, "")["result"] == chosen["result"], report


def test_where_there_is_no_plan_a_report_says_how_to_come_by_one(make_user, acting_as):
    frappe.db.delete("SM Plan")
    first = run("Plan Findings", {}, ignore_prepared_report=True)["message"]
    assert "There is no plan yet." in first
    assert "/sm-plan" in first
    assert "/sm-settings" in first
    with acting_as(make_user("SM Auditor")):
        refused = run("Plan Findings", {}, ignore_prepared_report=True)["message"]
    assert refused.startswith("There is no plan that you may read.")


def test_every_link_of_a_report_leads_to_a_document(example, example_on_site, give_accounts):
    give_accounts(example)
    frappe.db.delete("SM Acknowledgement")  # so that somebody has not confirmed
    linking = set()
    for report in REPORTS:
        found = shown(report, example.id)
        columns = [column for column in found["columns"] if "opens" in column or "opens_key" in column]
        rows = [row for row in found["result"] if isinstance(row, dict)]  # without the row of totals
        for column, row in product(columns, rows):
            if row.get("is_head"):
                continue  # the rows beneath it open something
            if "opens_key" in column:
                assert_opens(row[column["opens_key"]])
                linking.add(report)
            elif name := row.get(column["opens"]):
                document = column["opens_doctype"], column.get("opens_prefix", "") + name
                assert frappe.db.exists(*document), (column, row)
                linking.add(report)
    assert linking == set(REPORTS)


def test_no_cell_and_no_heading_becomes_a_formula_in_a_spreadsheet():
    hostile = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1")
    table = Table(
        columns=tuple(Column(f"c{number}", text) for number, text in enumerate(hostile)),
        rows=[{f"c{number}": text for number, text in enumerate(hostile)}],
    )
    columns, rows, *_rest = script_reports.shown(table)
    assert [column["label"] for column in columns] == [f"'{text}" for text in hostile]
    assert list(rows[0].values()) == [f"'{text}" for text in hostile]
