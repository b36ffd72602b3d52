"""Workspaces, number cards and charts: all that they show is there, for whoever may see it, without a currency."""

from __future__ import annotations

import json

import frappe
import pytest
from frappe.desk.desktop import get_desktop_page, get_workspace_sidebar_items
from frappe.desk.doctype.number_card.number_card import get_result
from frappe.desk.query_report import run

from sm_planner.adapters.documents import plan_writer
from sm_planner.engine.guide.steps import STEPS
from sm_planner.engine.model import Plan
from sm_planner.engine.model.vocabulary import DEPTHS

WORKSPACES = ("SM Planner", "SM Executive View")
SPONSOR = "SM Executive Sponsor"


def shown(workspace: str) -> dict:
    """What the Desk gets of a workspace, for the user of the session."""
    return get_desktop_page(json.dumps({"name": workspace, "title": workspace, "public": 1}))


def blocks(workspace: str) -> list[tuple[str, str]]:
    """Kind and name of every block of a workspace that shows a record."""
    content = json.loads(frappe.db.get_value("Workspace", workspace, "content"))
    return [
        (block["type"], block["data"][f"{block['type']}_name"])
        for block in content
        if f"{block['type']}_name" in block["data"]
    ]


@pytest.mark.parametrize("workspace", WORKSPACES)
def test_every_block_and_every_link_of_a_workspace_leads_somewhere(workspace):
    document = frappe.get_doc("Workspace", workspace)
    held = {
        "number_card": {row.number_card_name for row in document.number_cards},
        "chart": {row.chart_name for row in document.charts},
        "shortcut": {row.label for row in document.shortcuts},
        "quick_list": {row.label for row in document.quick_lists},
        "card": {row.label for row in document.links if row.type == "Card Break"},
        "onboarding": {"SM Planner"},
    }
    for kind, name in blocks(workspace):
        assert name in held[kind], (kind, name)
    for row in (*document.links, *document.shortcuts):
        if row.link_to:
            assert frappe.db.exists(row.get("link_type") or row.type, row.link_to), row.label
    for kind, names in (
        ("Number Card", held["number_card"]),
        ("Dashboard Chart", held["chart"]),
        ("Module Onboarding", held["onboarding"]),
    ):
        assert all(frappe.db.exists(kind, name) for name in names)


def test_every_report_is_on_the_workspace():
    reports = {
        row.link_to for row in frappe.get_doc("Workspace", "SM Planner").links if row.link_type == "Report"
    }
    assert reports == set(
        frappe.get_all("Report", {"module": "SM Planner"}, pluck="name", order_by="name asc")
    )


def test_filters_have_four_parts_and_figures_no_currency():
    cards = frappe.get_all("Number Card", {"module": "SM Planner"}, pluck="name", order_by="name asc")
    for name in cards:
        card = frappe.get_doc("Number Card", name)
        for filters in (card.filters_json, card.dynamic_filters_json):
            assert all(len(condition) == 4 for condition in json.loads(filters or "[]")), name
        assert not card.get("currency"), name
    lists = [row for name in WORKSPACES for row in frappe.get_doc("Workspace", name).quick_lists]
    assert all(len(condition) == 4 for row in lists for condition in json.loads(row.quick_list_filter))
    assert frappe.get_all("Dashboard Chart", {"module": "SM Planner", "type": "Heatmap"}) == []


@pytest.mark.parametrize("role", [SPONSOR, "SM Planner Manager", "SM Auditor"])
def test_the_executive_view_shows_all_of_itself_to_its_roles(example_on_site, role, make_user, acting_as):
    document = frappe.get_doc("Workspace", "SM Executive View")
    with acting_as(make_user(role)):
        page = shown("SM Executive View")
        assert len(page["number_cards"]["items"]) == len(document.number_cards)
        assert len(page["charts"]["items"]) == len(document.charts)
        assert len(page["shortcuts"]["items"]) == len(document.shortcuts)
        for row in document.charts:
            chart = frappe.get_doc("Dashboard Chart", row.chart_name)
            assert chart.has_permission("read")
            drawn = run(chart.report_name, {}, ignore_prepared_report=True)["chart"]
            colors = json.loads(chart.custom_options)["colors"]
            assert len(drawn["data"]["datasets"]) == len(colors)
            assert list(drawn["colors"]) == colors
        for row in document.number_cards:
            card = frappe.get_doc("Number Card", row.number_card_name)
            assert card.has_permission("read")
            if card.type == "Custom":
                assert isinstance(frappe.call(card.method)["value"], int)
            else:
                assert get_result(card.as_dict(), card.filters_json) >= 0


@pytest.mark.parametrize(
    ("role", "pages"),
    [(SPONSOR, set(WORKSPACES)), ("SM Service Owner", {"SM Planner"}), ("SM Auditor", set(WORKSPACES))],
)
def test_the_executive_view_is_offered_to_its_roles_alone(role, pages, make_user, acting_as):
    with acting_as(make_user(role)):
        offered = {page["name"] for page in get_workspace_sidebar_items()["pages"]}
    assert offered & set(WORKSPACES) == pages


def test_the_onboarding_begins_a_plan_and_takes_the_steps_of_the_guide():
    """In the same order and words; nothing leads to what a planner may only read."""
    names = [row.step for row in frappe.get_doc("Module Onboarding", "SM Planner").steps]
    start, example, *others = [frappe.get_doc("Onboarding Step", name) for name in names]

    assert (start.title, start.path) == ("Start a plan", "plan-guide/start")
    assert example.path == "sm-plan"
    told = [(step.path, step.title, step.description) for step in others]
    steps = [(f"plan-guide/{step.key}", step.title, step.what) for step in STEPS]
    assert told == [step for step in steps if step in told], "in the order of the guide"
    asked_first = [step.title for step in STEPS if step.depth == DEPTHS[0]]
    assert [step.title for step in others] == asked_first, "what a first plan is asked"
    assert all(step.action == "Go to Page" and not step.show_form_tour for step in (start, example, *others))


@pytest.mark.parametrize(
    ("role", "reaches"), [("SM Planner User", True), ("SM Planner Manager", True), (SPONSOR, False)]
)
def test_planners_reach_the_guide_and_nobody_else(role, reaches, make_user, acting_as):
    with acting_as(make_user(role)):
        assert bool(frappe.get_doc("Page", "plan-guide").is_permitted()) is reaches


def test_the_tour_of_the_plan_lies_over_no_suggestions():
    for step in frappe.get_doc("Form Tour", "SM Plan").steps:
        opens_beneath = step.fieldtype in ("Link", "Date")
        assert not (opens_beneath and step.position.startswith("Bottom")), step.fieldname
        assert frappe.get_meta("SM Plan").has_field(step.fieldname)


@pytest.mark.parametrize("nothing", ["no plan", "no data"])
def test_a_chart_without_data_says_so(nothing):
    """Of a report that has no chart at all, the Desk draws one with the labels "undefined"."""
    frappe.db.delete("SM Plan")
    if nothing == "no data":
        plan_writer.save(Plan(id="bare", title="Bare"))
    charts = frappe.get_all("Dashboard Chart", {"module": "SM Planner"}, pluck="report_name")
    assert charts
    for report in charts:
        drawn = run(report, {}, ignore_prepared_report=True)["chart"]
        assert drawn["data"].get("labels", []) != [] or drawn == {"data": {}}, report


def test_a_card_counts_what_its_reader_may_read(minimal, example, make_user, acting_as):
    for plan in (minimal, example):
        plan_writer.save(plan)
        frappe.db.set_value("SM Plan", plan.id, "state", "To Sign")
    card = frappe.get_doc("Number Card", "Plans to Sign")
    user = make_user("SM Auditor")
    allowed = {"doctype": "User Permission", "user": user, "allow": "SM Plan", "for_value": minimal.id}
    frappe.get_doc(allowed).insert()
    with acting_as(user):
        assert get_result(card.as_dict(), card.filters_json) == 1
