"""Several records typed in one table: made together or not at all, by title, in the plan's scope."""

from __future__ import annotations

import json

import frappe
import pytest

from sm_planner import api
from sm_planner.adapters import plan_reader

PLANNER = "planner@example.org"


@pytest.fixture
def plan(minimal_on_site: str, make_user) -> str:
    make_user("SM Planner User", name=PLANNER)
    frappe.set_user(PLANNER)
    return minimal_on_site


def problems(plan: str, collection: str, rows: list[dict], **values: str) -> dict[tuple[int, str], str]:
    """Row and column → what is said of the cell; nothing was made."""
    before = {doctype: frappe.db.count(doctype) for doctype in ("SM Service", "SM Person", "SM Stakeholder")}
    with pytest.raises(frappe.ValidationError):
        api.add_records(plan, collection, rows, values)
    assert {doctype: frappe.db.count(doctype) for doctype in before} == before
    found = frappe.local.response.pop("problems", [])
    return {(one["row"], one["column"]): one["message"] for one in found}


def scope(plan: str) -> set[tuple[str, str]]:
    return {(row.record_type, row.record) for row in frappe.get_doc("SM Plan", plan).scope}


def test_services_come_with_owners_and_customers_who_were_not_there(plan):
    rows = [
        {"title": "Reading Room", "service_owner": "Nora New", "customers": "Night Readers; Scholars"},
        {"title": "", "service_owner": " "},
        {
            "title": "Inter-library Loan",
            "service_owner": "nora  new",
            "customers": "scholars",
            "importance": "high",
        },
    ]

    made = api.add_records(plan, "services", json.dumps(rows))

    read = plan_reader.load(plan)
    first, second = (read.get("services", name) for name in made["names"])
    assert (first.title, second.title, second.importance) == ("Reading Room", "Inter-library Loan", "High")
    assert first.service_owner == second.service_owner
    assert read.title_of("people", first.service_owner) == "Nora New"
    assert [read.title_of("stakeholders", id) for id in first.customers] == ["Night Readers", "Scholars"]
    assert second.customers == first.customers[1:]
    assert sorted(one["title"] for one in made["made"]) == ["Night Readers", "Nora New", "Scholars"]
    assert {("SM Service", name) for name in made["names"]} <= scope(plan)


def test_a_title_that_exists_is_that_record(plan, minimal):
    person, customer = minimal.people[0], minimal.stakeholders[0]
    made = api.add_records(
        plan,
        "services",
        [{"title": "Reading Room", "service_owner": person.title.upper(), "customers": customer.title}],
    )
    service = plan_reader.load(plan).get("services", made["names"][0])
    assert made["made"] == []
    assert (service.service_owner, service.customers) == (person.id, (customer.id,))


def test_everything_that_is_wrong_is_told_at_its_cell_and_nothing_is_made(plan, minimal):
    taken = minimal.services[0].title
    told = problems(
        plan,
        "components",
        [
            {"title": "Scanner", "services": taken[:-1] + "x", "kind": "Servr", "is_critical": "maybe"},
            {"title": "", "kind": "Server"},
            {"title": "Scanner", "services": taken},
            {"title": "scanner", "services": taken},
        ],
    )
    assert told[1, "services"] == f"There is no Service “{taken[:-1]}x”. Did you mean “{taken}”?"
    assert told[1, "kind"] == "This cannot be “Servr”. Did you mean “Server”?"
    assert told[1, "is_critical"] == "“maybe” is neither yes nor no. Write “Yes” or “No”."
    assert told[2, "title"] == "This is missing. Fill it in."
    assert told[4, "title"].startswith("“scanner” stands here twice, first in row 3.")
    assert set(told) == {(1, "services"), (1, "kind"), (1, "is_critical"), (2, "title"), (4, "title")}


def test_what_the_plan_has_already_is_refused(plan, minimal):
    told = problems(plan, "services", [{"title": minimal.services[0].title}])
    assert told[1, "title"].startswith("The plan has “")


def test_an_account_that_is_not_there_is_told_at_its_cell(plan):
    told = problems(
        plan, "people", [{"title": "A", "user": "nobody@nowhere.example"}, {"title": "B", "user": PLANNER}]
    )
    assert list(told) == [(1, "user")]
    assert "There is no account “nobody@nowhere.example” on this site." in told[1, "user"]


def test_what_a_document_refuses_is_a_problem_of_its_row(plan, monkeypatch):
    from sm_planner.sm_planner.doctype.sm_service.sm_service import SMService

    def refuse(self):
        if self.title == "Second":
            frappe.throw("Not this one.")

    monkeypatch.setattr(SMService, "after_insert", refuse, raising=False)
    told = problems(
        plan, "services", [{"title": "First"}, {"title": "Second", "service_owner": "Somebody Made"}]
    )
    assert told == {(2, ""): "Not this one."}


def test_parts_and_entries_of_registers_belong_to_the_plan(plan, minimal):
    objective = api.add_records(
        plan,
        "objectives",
        [{"title": "Fewer calls", "target": "1.234,5", "due": "31.12.2027", "kpi": "Calls"}],
    )["names"][0]
    improvement = api.add_records(
        plan, "improvements", [{"title": "Answer at once", "objective": "Fewer calls", "due": "1.2.2028"}]
    )["names"][0]
    stored = frappe.get_doc("SM Objective", objective)
    assert (stored.plan, stored.target, str(stored.due)) == (plan, 1234.5, "2027-12-31")
    stored = frappe.get_doc("SM Improvement", improvement)
    assert (stored.lineage, stored.objective, str(stored.due)) == (minimal.lineage, objective, "2028-02-01")


def test_roles_have_their_holders_and_values_are_for_all_rows(plan, minimal):
    person = minimal.people[0].title
    names = api.add_records(
        plan,
        "roles",
        [{"title": "Desk Lead", "holders": f"{person}; Wanda Who"}, {"title": "Buyer", "kind": "Business"}],
        {"kind": "Service"},
    )["names"]
    read = plan_reader.load(plan)
    lead, buyer = (read.get("roles", name) for name in names)
    assert [read.title_of("people", row.person) for row in lead.holders] == [person, "Wanda Who"]
    assert (lead.kind, buyer.kind) == ("Service", "Business")


def test_targets_are_rows_of_their_agreement(plan, minimal):
    agreement = next(one for one in plan_reader.load(plan).agreements if one.kind == "SLA")
    before = len(agreement.targets)
    api.add_records(
        plan,
        "targets",
        [{"metric": "Availability", "value": "99,5", "unit": "%"}],
        {"agreement": agreement.id},
    )
    targets = plan_reader.load(plan).get("agreements", agreement.id).targets
    assert (len(targets), targets[-1].value) == (before + 1, 99.5)
    told = problems(plan, "targets", [{"metric": "Speed", "value": "quick"}], agreement=agreement.id)
    assert set(told) == {(1, "metric"), (1, "value")}
    with pytest.raises(frappe.ValidationError, match="Choose the agreement"):
        api.add_records(plan, "targets", [{"metric": "Availability", "value": "99"}])


@pytest.mark.parametrize(
    "collection, rows, values, why",
    [
        ("raci", [{"title": "x"}], None, "cannot be added several at a time"),
        ("services", [], None, "Nothing is written"),
        ("services", "nonsense", None, "not in a form"),
        ("services", ["nonsense"], None, "not in a form"),
        ("services", [{"title": "x"}] * 201, None, "at most 200"),
        ("services", [{"title": "x"}], {"plan": "other"}, "is not a field here"),
        ("services", [{"title": "x", "docstatus": "1"}], None, "is not a field here"),
    ],
)
def test_what_cannot_be_added_is_refused(plan, collection, rows, values, why):
    with pytest.raises(frappe.ValidationError, match=why):
        api.add_records(plan, collection, rows, values)


def test_nothing_is_added_to_a_plan_that_is_signed(in_force, make_user):
    make_user("SM Planner User", name=PLANNER)
    frappe.set_user(PLANNER)
    before = frappe.db.count("SM Service")
    with pytest.raises(frappe.ValidationError):
        api.add_records(in_force, "services", [{"title": "Late"}])
    assert frappe.db.count("SM Service") == before


@pytest.mark.parametrize("role", ["SM Auditor", "SM Service Owner", "SM Executive Sponsor"])
def test_who_does_not_write_plans_adds_nothing(minimal_on_site, make_user, role):
    make_user(role, name="other@example.org")
    frappe.set_user("other@example.org")
    for act in (
        lambda: api.add_records(minimal_on_site, "services", [{"title": "x"}]),
        lambda: api.entry_sheet(minimal_on_site, "services"),
    ):
        with pytest.raises(frappe.PermissionError):
            act()


def test_the_table_tells_its_columns_in_words(plan, minimal):
    told = api.entry_sheet(plan, "services")
    assert told["title"] == "Services"
    columns = {one["name"]: one for one in told["columns"]}
    assert columns["title"]["needed"]
    assert columns["service_owner"]["makes"] == "Person"
    assert minimal.people[0].title in columns["service_owner"]["offers"]
    assert columns["importance"]["offers"] == ["Low", "Medium", "High", "Critical"]
    assert api.entry_sheet(plan, "targets")["holders"]


def test_queries_do_not_grow_faster_than_the_documents(plan, count_queries):
    def cost(rows: int, word: str) -> int:
        with count_queries() as queries:
            api.add_records(
                plan, "stakeholders", [{"title": f"{word} {n}", "contact": "Con Tact"} for n in range(rows)]
            )
        return len(queries)

    cost(1, "first")
    one, many = cost(1, "one"), cost(11, "many")
    assert (many - one) / 10 < 40


def test_calendars_have_their_week_in_one_line_and_the_zone_of_the_site(plan):
    name = api.add_records(
        plan, "calendars", [{"title": "Desk hours", "windows": "Mo–Fr 8–18 Uhr, Sa 9–13"}]
    )["names"][0]
    calendar = plan_reader.load(plan).get("calendars", name)
    assert len(calendar.windows) == 6
    assert calendar.timezone == frappe.utils.get_system_timezone()
    assert api.calendar_week(name)["line"] == "Mon–Fri 8–18, Sat 9–13"
    told = problems(plan, "calendars", [{"title": "Other", "windows": "Mon 8–25", "timezone": "Dublin"}])
    assert told[1, "windows"].startswith("“25” is no time of the day.")
    told = problems(plan, "calendars", [{"title": "Other", "windows": "Mon 8–15", "timezone": "Dublin"}])
    assert told[1, "timezone"].endswith("Did you mean Europe/Dublin?")


def test_a_week_in_one_line_is_read_before_it_is_saved(plan):
    week = api.read_week("mo-do 8:30-12 und 13-17")
    assert (week["line"], len(week["windows"])) == ("Mon–Thu 8:30–12, 13–17", 8)
    assert week["days"][0] == ((510, 720), (780, 1020))
    refused = api.read_week("Mon–Fri 8–18 except holidays")
    assert refused["refused"].startswith("“except” is not understood, at character 14.")
    assert (refused["start"], refused["end"]) == (13, 19)


class TestPastedRows:
    def test_they_are_read_as_people_write_them(self, plan, minimal):
        service, calendar = minimal.services[0], minimal.calendars[0]
        rows = [
            {
                "metric": "availability",
                "value": "99,5",
                "unit": "%",
                "service": service.title.lower(),
                "calendar": "",
            },
            {"metric": "Response", "value": "1.234,5", "calendar": calendar.title},
        ]
        read = api.read_cells("SM Agreement Target", json.dumps(rows))
        assert read["problems"] == []
        assert read["rows"] == [
            {"metric": "Availability", "value": 99.5, "unit": "Percent", "service": service.id},
            {"metric": "Response", "value": 1234.5, "calendar": calendar.id},
        ]
        assert ("SM Service", service.id, service.title) in read["titles"]

    def test_what_cannot_be_read_leaves_nothing(self, plan):
        rows = [{"day": "25.12.2027", "title": "Christmas"}, {"day": "soon", "countable": "x"}]
        read = api.read_cells("SM Calendar Holiday", rows)
        assert read["rows"] == []
        told = {(one["row"], one["column"]): one["message"] for one in read["problems"]}
        assert told == {
            (2, "day"): "“soon” is not a date. Write year-month-day, such as 2027-03-31.",
            (2, "countable"): "Nothing can be pasted into this column. Leave it out.",
        }

    def test_lists_of_links_and_the_scope_go_by_titles(self, plan, minimal):
        customer = minimal.stakeholders[0]
        read = api.read_cells("SM Stakeholder Link", [{"record": customer.title}])
        assert read["rows"] == [{"record": customer.id}]
        service = minimal.services[0]
        rows = [
            {"record_type": "service", "record": service.title},
            {"record_type": "Team", "record": "Nobody"},
        ]
        read = api.read_cells("SM Plan Scope", rows[:1], plan)
        assert read["rows"] == [{"record_type": "SM Service", "record": service.id}]
        read = api.read_cells("SM Plan Scope", rows, plan)
        assert [(one["row"], one["column"]) for one in read["problems"]] == [(2, "record")]

    @pytest.mark.parametrize("child", ["SM Plan", "User", "Has Role", "SM Nothing Link", ""])
    def test_other_tables_are_not_read(self, plan, child):
        with pytest.raises(frappe.ValidationError):
            api.read_cells(child, [{"title": "x"}])


class TestCopies:
    def test_what_is_the_agreements_alone_stays_behind(self, plan):
        doc = frappe.get_doc(
            "SM Agreement", next(one.id for one in plan_reader.load(plan).agreements if one.kind == "SLA")
        )
        copy = frappe.copy_doc(doc, ignore_no_copy=False)
        assert (copy.kind, copy.customer, len(copy.targets)) == (doc.kind, doc.customer, len(doc.targets))
        for field in (
            "start_date",
            "end_date",
            "signed_by_provider",
            "signed_by_customer",
            "version",
            "replaces",
            "status",
        ):
            assert not copy.get(field), field
        assert not copy.changes

    def test_the_next_version_keeps_what_it_is_made_from(self, plan):
        doc = next(one for one in plan_reader.load(plan).agreements if one.kind == "SLA")
        assert api.next_agreement_version(doc.id)["replaces"] == doc.id
