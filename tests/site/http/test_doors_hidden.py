"""Doors to plans that a user may not read: whom a User Permission keeps to a company sees nothing of another's plans.

Every question is put by ``author`` too, who may read them all: an answer that tells nobody anything proves nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import frappe
import frappe.client
import pytest
import requests
from http_kit import API, Client, Request, assert_unchanged, document, first, fresh, lineage, says, told

import sm_planner

pytestmark = pytest.mark.commits

SECRET = "Mergerplan"
OURS, THEIRS = "Doors Ours", "Doors Theirs"
LIVED = {"SM Evidence": "reference", "SM Improvement": "title", "SM Measurement": "evidence"}
"""DocTypes of registers and facts of the hidden plan, each with a text of it."""
KEPT = ("planner", "auditor")
"""Whom a User Permission keeps to our company."""
NOT_ALLOWED = (
    "that you may not read.",
    "You need the 'write' permission",
    "No permission for SM Plan",
    "there is none with this name that you may read.",
)
"""What the versions of Frappe say of it: late ones keep the reason for themselves."""


def ensure_doctype(name: str) -> bool:
    """Make a DocType of ERPNext's where ERPNext is not; whether that was needed."""
    if frappe.db.exists("DocType", name):
        return False
    field = {"fieldname": "title", "fieldtype": "Data", "label": "Title", "in_list_view": 1}
    frappe.get_doc(
        {
            "doctype": "DocType",
            "name": name,
            "module": "Custom",
            "custom": 1,
            "autoname": "prompt",
            "fields": [field],
            "permissions": [{"role": "System Manager", "read": 1}],
        }
    ).insert()
    return True


@pytest.fixture(scope="module")
def organisation(site: str) -> Iterator[None]:
    """Two companies and two departments; without ERPNext, with DocTypes of the same names."""
    fresh()
    made = [kind for kind in ("Company", "Department") if ensure_doctype(kind)]
    for kind in made:
        for name in (OURS, THEIRS):
            if not frappe.db.exists(kind, name):
                frappe.get_doc({"doctype": kind}).insert(set_name=name)
    frappe.db.commit()
    yield
    fresh()
    for kind in made:
        frappe.delete_doc("DocType", kind, force=True)
        frappe.db.commit()
        frappe.db.sql_ddl(f"drop table `tab{kind}`")  # which Frappe leaves behind
    frappe.clear_cache()


def keep(user: str, kind: str, name: str) -> None:
    """Give a User Permission."""
    permission = {"user": user, "allow": kind, "for_value": name, "apply_to_all_doctypes": 1}
    made = frappe.get_doc({"doctype": "User Permission", **permission})
    made.flags.ignore_links = True
    made.insert()


def action(plan: str) -> str:
    """An improvement of the plan's lineage."""
    return first("SM Improvement", lineage=lineage(plan))


def tell_of_action(name: str) -> None:
    """A comment on an improvement, and a file of it."""
    about = {"reference_doctype": "SM Improvement", "reference_name": name}
    frappe.get_doc({"doctype": "Comment", "comment_type": "Comment", "content": SECRET, **about}).insert()
    held = {"attached_to_doctype": "SM Improvement", "attached_to_name": name, "is_private": 1}
    frappe.get_doc(
        {"doctype": "File", "file_name": f"{SECRET}-{name}.txt", "content": SECRET, **held}
    ).insert()


@pytest.fixture(scope="module")
def hidden(organisation: None, people: dict[str, str], make_plan: Callable[..., str]) -> Iterator[str]:
    """A signed plan of the other company, which those who are kept to ours may not read."""
    fresh()
    plan = make_plan("Active")
    frappe.db.set_value("SM Plan", plan, {"company": THEIRS, "title": SECRET})
    for objective in frappe.get_all("SM Objective", {"plan": plan}, pluck="name"):
        frappe.db.set_value("SM Objective", objective, "title", SECRET)
    frappe.db.set_value("SM Value Statement", first("SM Value Statement", parent=plan), "statement", SECRET)
    frappe.db.set_value("SM RACI Entry", first("SM RACI Entry", plan=plan), "task", SECRET)
    frappe.db.set_value("SM Plan Seal", {"plan": plan}, "meaning", SECRET)
    objective = first("SM Objective", plan=plan)
    frappe.get_doc(
        {"doctype": "SM Measurement", "objective": objective, "day": "2026-11-01", "value": 1}
    ).insert()
    for doctype, field in LIVED.items():
        frappe.db.set_value(doctype, first(doctype, lineage=lineage(plan)), field, SECRET)
    frappe.db.set_value("SM Lineage", lineage(plan), "title", SECRET)
    tell_of_action(action(plan))
    for name in KEPT:
        keep(people[name], "Company", OURS)
    frappe.db.commit()
    frappe.clear_cache()
    yield plan
    fresh()
    for file in frappe.get_all("File", {"attached_to_name": action(plan)}, pluck="name"):
        frappe.delete_doc("File", file)
    frappe.db.delete("User Permission", {"user": ("in", [people[name] for name in KEPT])})
    frappe.db.commit()
    frappe.clear_cache()


@pytest.fixture(scope="module")
def own(hidden: str, make_plan: Callable[..., str]) -> str:
    """A draft of our company."""
    plan = make_plan("Draft")
    frappe.db.set_value("SM Plan", plan, "company", OURS)
    frappe.db.commit()
    return plan


@dataclass(frozen=True)
class Question:
    """A request that tells of the hidden plan to who may read it. refused: else it is answered without."""

    id: str
    what: str
    ask: Request
    refused: bool = False
    tells: str = SECRET

    def named(self) -> str:
        return f"{self.id} {self.what}"


def method(function: str, /, **values: object) -> Request:
    """A call of a function of Frappe. ``PLAN`` in a value stands for the plan."""

    def filled(value: object, plan: str) -> object:
        return json.loads(json.dumps(value).replace("PLAN", plan))

    return lambda client, plan: client.call(
        function, **{key: filled(value, plan) for key, value in values.items()}
    )


def resource(doctype: str, version: str = "resource", **filters: str) -> Request:
    """One document, by name or by what it belongs to."""

    def ask(client: Client, plan: str) -> requests.Response:
        name = first(doctype, **dict.fromkeys(filters, plan)) if filters else plan
        return client.get(f"/api/{version}/{doctype}/{name}")

    return ask


def listed(doctype: str, **more: object) -> Request:
    return lambda client, _plan: client.get(
        f"/api/resource/{doctype}", fields=["*"], limit_page_length=0, **more
    )


def lived(doctype: str, version: str = "resource") -> Request:
    """One entry of a register, or one fact, of the plan's lineage."""
    return lambda client, plan: client.get(
        f"/api/{version}/{doctype}/{first(doctype, lineage=lineage(plan))}"
    )


VIEW = "frappe.desk.reportview"
ROW = {"doctype": "SM Value Statement", "parent": "SM Plan", "fields": ["*"], "limit_page_length": 0}
EXPORT = {
    "doctype": "SM Plan",
    "file_format_type": "CSV",
    "title": "x",
    "fields": ["`tabSM Plan`.`name`", "`tabSM Plan`.`title`"],
    "filters": [],
    "order_by": "`tabSM Plan`.`name` asc",
    "start": 0,
    "page_length": 1000,
    "view": "Report",
}
BY_NAME = {"doctype": "SM Plan", "filters": [["SM Plan", "name", "=", "PLAN"]]}


def export_of(doctype: str, field: str) -> dict[str, object]:
    columns = {"fields": [f"`tab{doctype}`.`{field}`"], "order_by": f"`tab{doctype}`.`name` asc"}
    return {**EXPORT, "doctype": doctype, **columns}


def validated(client: Client, plan: str, **more: object) -> requests.Response:
    """Ask whether a plan is there, and for its title, as the form does for a link."""
    link = {"doctype": "SM Plan", "docname": plan}
    if hasattr(frappe.client, "validate_link_and_fetch"):  # Frappe 16
        return client.get(
            "/api/method/frappe.client.validate_link_and_fetch", **link, fields_to_fetch=["title"], **more
        )
    return client.get("/api/method/frappe.client.validate_link", **link, fields=["title"])


QUESTIONS = (
    Question("list", "REST v1", listed("SM Plan")),
    Question(
        "list",
        "REST v2",
        lambda client, _plan: client.get("/api/v2/document/SM Plan", fields=["name", "title"], limit=1000),
    ),
    Question("list", "client.get_list", method("frappe.client.get_list", **BY_NAME, fields=["title"])),
    Question("list", "get_value", method("frappe.client.get_value", **BY_NAME, fieldname="title")),
    Question("list", "reportview", method(f"{VIEW}.get", **BY_NAME, fields=["title"])),
    Question("list", "objectives", listed("SM Objective")),
    Question("list", "RACI entries", listed("SM RACI Entry")),
    Question("list", "seals", listed("SM Plan Seal")),
    *(Question("Z13", f"list of {doctype}", listed(doctype)) for doctype in ("SM Lineage", *LIVED)),
    *(
        Question(
            "Z13", f"report of {doctype}", method(f"{VIEW}.get", doctype=doctype, fields=["name", field])
        )
        for doctype, field in LIVED.items()
    ),
    *(
        Question("Z13", f"file of {doctype}", method(f"{VIEW}.export_query", **export_of(doctype, field)))
        for doctype, field in LIVED.items()
        if doctype == "SM Improvement"
    ),
    *(
        Question("Z13", f"{doctype} by {version}", lived(doctype, version), refused=True)
        for doctype in LIVED
        for version in ("resource", "v2/document")
    ),
    Question("Z13", "a lineage", resource("SM Lineage"), refused=True),
    *(
        Question(
            "Z13",
            f"form of {function}",
            lambda client, plan, function=function: client.call(
                f"frappe.desk.form.load.{function}", doctype="SM Improvement", name=action(plan)
            ),
            refused=True,
        )
        for function in ("getdoc", "get_docinfo")
    ),
    Question("Z13", "a file of an improvement", listed("File")),
    Question(
        "Z13",
        "print of an improvement",
        lambda client, plan: client.call(
            "frappe.www.printview.get_html_and_style", doc="SM Improvement", name=action(plan)
        ),
        refused=True,
    ),
    *(
        Question(
            "Z13", f"link to {doctype}", method("frappe.desk.search.search_link", doctype=doctype, txt=SECRET)
        )
        for doctype in ("SM Lineage", "SM Improvement")
    ),
    Question(
        "Z14",
        "parts of all plans",
        method("sm_planner.api.parts_of_lineage", linked="SM Objective", txt="", page_len=10000),
    ),
    Question(
        "Z14",
        "parts of the plan's lineage",
        lambda client, plan: client.call(
            "sm_planner.api.parts_of_lineage", linked="SM Objective", asked={"lineage": lineage(plan)}
        ),
    ),
    Question("M3", "rows", method("frappe.client.get_list", **ROW)),
    Question("read", "REST v1", resource("SM Plan"), refused=True),
    Question("read", "REST v2", resource("SM Plan", "v2/document"), refused=True),
    Question("read", "client.get", method("frappe.client.get", doctype="SM Plan", name="PLAN"), refused=True),
    Question(
        "read", "form", method("frappe.desk.form.load.getdoc", doctype="SM Plan", name="PLAN"), refused=True
    ),
    Question("read", "an objective", resource("SM Objective", plan="PLAN"), refused=True),
    Question("read", "a seal", resource("SM Plan Seal", plan="PLAN"), refused=True),
    Question("M2", "a row", resource("SM Value Statement", parent="PLAN"), refused=True),
    Question("search", "link", method("frappe.desk.search.search_link", doctype="SM Plan", txt=SECRET)),
    Question(
        "search",
        "link, by who says that User Permissions do not matter",
        method("frappe.desk.search.search_link", doctype="SM Plan", txt=SECRET, ignore_user_permissions=1),
    ),
    Question(
        "search",
        "widget, the same",
        method(
            "frappe.desk.search.search_widget",
            doctype="SM Plan",
            txt=SECRET,
            filter_fields=["title"],
            ignore_user_permissions=1,
        ),
    ),
    Question(
        "search",
        "title of a link",
        method("frappe.desk.search.get_link_title", doctype="SM Plan", docname="PLAN"),
        refused=True,
    ),
    Question("search", "validation of a link", validated),
    Question(
        "search",
        "validation of a link, by who says that User Permissions do not matter",
        lambda client, plan: validated(client, plan, ignore_user_permissions=1),
    ),
    Question("export", "list", method(f"{VIEW}.export_query", **EXPORT)),
    Question(
        "print",
        "document",
        method("frappe.www.printview.get_html_and_style", doc="SM Plan", name="PLAN"),
        refused=True,
    ),
    Question(
        "L1",
        "document that says it is of our company",
        lambda client, plan: client.call(
            "frappe.www.printview.get_html_and_style",
            doc={"doctype": "SM Plan", "name": plan, "company": OURS, "title": SECRET},
        ),
        refused=True,
    ),
    *(
        Question(
            "API", function, method(f"sm_planner.api.{function}", plan="PLAN"), refused=True, tells=tells
        )
        for function, tells in (
            ("check", "lines"),
            ("plan_findings", "findings"),
            ("plan_finding_lines", "lines"),
            ("sign_off_summary", SECRET),
            ("verify", "seals"),
            ("export_plan", SECRET),
            ("plan_book", SECRET),
        )
    ),
    Question(
        "API",
        "raci_effect",
        lambda client, plan: client.get(f"{API}.raci_effect", entry=first("SM RACI Entry", plan=plan)),
        refused=True,
        tells="columns",
    ),
)


def names_it(answer: requests.Response, question: Question) -> bool:
    return answer.status_code == 200 and question.tells in answer.text + told(answer)


@pytest.mark.parametrize("question", QUESTIONS, ids=Question.named)
def test_nobody_is_told_of_plans_that_he_may_not_read(client, hidden, question):
    assert names_it(question.ask(client("author"), hidden), question), "who may read it is told"

    answer = question.ask(client("planner"), hidden)

    assert not names_it(answer, question), told(answer)
    assert SECRET not in answer.text
    assert answer.status_code == 403 if question.refused else answer.status_code == 200, told(answer)


OF_A_PLAN = sorted(
    path.parent.name.replace("_", " ")
    for path in Path(sm_planner.__file__).parent.glob("sm_planner/report/*/*.json")
    if path.stem not in ("seal_register", "sla_attainment")
)


@pytest.mark.parametrize("report", OF_A_PLAN)
def test_a_report_is_of_plans_that_one_may_read(client, hidden, report):
    name = first("Report", name=report)
    run = method("frappe.desk.query_report.run", report_name=name, filters={"plan": "PLAN"})

    answers = {who: run(client(who), hidden) for who in ("author", "planner")}

    assert answers["author"].json()["message"].get("columns"), told(answers["author"])
    assert not answers["planner"].json()["message"].get("result"), told(answers["planner"])
    assert SECRET not in answers["planner"].text


@pytest.mark.parametrize("filters", [{}, {"plan": "PLAN"}])
def test_the_seal_register_is_of_plans_that_one_may_read(client, hidden, filters):
    run = method("frappe.desk.query_report.run", report_name="Seal Register", filters=filters)
    assert hidden in told(run(client("author"), hidden))
    answer = run(client("auditor"), hidden)
    assert (answer.status_code, SECRET in answer.text) == (200, False), told(answer)
    assert not any(isinstance(row, dict) for row in answer.json()["message"]["result"])


COUNTS = {
    "reportview": method(f"{VIEW}.get_count", **BY_NAME),
    "objectives": method(
        f"{VIEW}.get_count", doctype="SM Objective", filters=[["SM Objective", "title", "=", SECRET]]
    ),
    **{
        doctype: method(f"{VIEW}.get_count", doctype=doctype, filters=[[doctype, field, "=", SECRET]])
        for doctype, field in {**LIVED, "SM Lineage": "title"}.items()
    },
    "v2": lambda client, plan: client.get(
        "/api/v2/doctype/SM Plan/count", filters=[["SM Plan", "name", "=", plan]]
    ),
}


@pytest.mark.parametrize("count", COUNTS)
def test_nothing_hidden_is_counted(client, hidden, count):
    def number(who: str) -> int:
        answer = COUNTS[count](client(who), hidden).json()
        return answer.get("message", answer.get("data"))

    assert number("author") >= 1
    assert number("planner") == 0


ORACLES = {
    "get_count": method("frappe.client.get_count", **BY_NAME),
    "get_count of rows": method("frappe.client.get_count", doctype="SM Value Statement", filters={}),
    "get_count by API v2": lambda client, plan: client.get(
        "/api/v2/method/frappe.client.get_count", doctype="SM Plan", filters={"name": plan}
    ),
    "get_count by cmd": lambda client, plan: client.post(
        "/api/method/ping", cmd="frappe.client.get_count", doctype="SM Plan", filters={"name": plan}
    ),
    "group by assignment": method(
        "frappe.desk.listview.get_group_by_count",
        doctype="SM Plan",
        current_filters=[],
        field="assigned_to",
    ),
}


@pytest.mark.parametrize("oracle", ORACLES)
@pytest.mark.parametrize("by", ["planner", "nobody", "stakeholder"])
def test_functions_that_count_without_asking_do_not(client, hidden, oracle, by):
    """G14: by its filters, a count tells the value of every field."""
    answer = ORACLES[oracle](client(by), hidden)
    assert (answer.status_code, "Use frappe.desk.reportview.get_count." in answer.text) == (403, True)


def test_who_reads_all_plans_counts_them(client, hidden):
    assert ORACLES["get_count"](client("author"), hidden).json()["message"] == 1


def modified(plan: str) -> str:
    return str(frappe.db.get_value("SM Plan", plan, "modified"))


WRITES = {
    "pull a plan over": lambda client, plan, own: client.put("SM Plan", plan, company=OURS),
    "pull an objective over": lambda client, plan, own: client.put(
        "SM Objective", first("SM Objective", plan=plan), plan=own
    ),
    "add an objective": lambda client, plan, own: client.create("SM Objective", plan=plan, title="Mine"),
    "delete an objective": lambda client, plan, own: client.delete(
        "SM Objective", first("SM Objective", plan=plan)
    ),
    "measure an objective": lambda client, plan, own: client.create(
        "SM Measurement", objective=first("SM Objective", plan=plan), day="2027-05-01", value=1
    ),
    "measure an objective of the lineage": lambda client, plan, own: client.create(
        "SM Measurement",
        lineage=lineage(plan),
        objective=first("SM Objective", plan=plan),
        day="2027-05-01",
        value=1,
    ),
    "add an improvement": lambda client, plan, own: client.create(
        "SM Improvement", lineage=lineage(plan), title="Mine"
    ),
    "add an improvement for an objective": lambda client, plan, own: client.create(
        "SM Improvement", objective=first("SM Objective", plan=plan), title="Mine"
    ),
    "change an improvement": lambda client, plan, own: client.put(
        "SM Improvement", action(plan), title="Mine"
    ),
    "delete an improvement": lambda client, plan, own: client.delete("SM Improvement", action(plan)),
    "set the next review": lambda client, plan, own: client.put(
        "SM Lineage", lineage(plan), next_review="2030-01-01"
    ),
    "start a revision": lambda client, plan, own: client.call("sm_planner.api.start_revision", plan=plan),
    "comment by a made-up document": lambda client, plan, own: client.call(
        "run_doc_method",
        docs={**document(client, own), "name": plan, "docstatus": 1, "modified": modified(plan)},
        method="add_comment",
        args={"text": "Seen"},
    ),
}


@pytest.mark.parametrize("write", WRITES)
def test_nobody_writes_in_plans_that_he_may_not_read(client, hidden, own, write):
    """M6, M7, M14"""
    with assert_unchanged(hidden):
        answer = WRITES[write](client("planner"), hidden, own)
    assert answer.status_code == 403, told(answer)


@pytest.mark.parametrize(
    ("doctype", "values"),
    [("SM Measurement", {"day": "2027-05-01", "value": 1}), ("SM Improvement", {"title": "Mine"})],
)
def test_a_refusal_does_not_tell_what_a_hidden_part_is_called(client, hidden, own, doctype, values):
    """Z15"""
    values = {"lineage": lineage(own), "objective": first("SM Objective", plan=hidden), **values}
    for by, tells in (("planner", False), ("author", True)):
        answer = client(by).create(doctype, **values)
        assert (answer.status_code, "does not belong to the plan" in told(answer)) == (417, True), told(
            answer
        )
        assert (SECRET in told(answer)) == tells


@pytest.mark.parametrize("linked", ["SM Person", "SM Plan", "SM Waiver", "SM Plan Seal", "User", "x", ""])
def test_parts_of_a_lineage_are_objectives_and_commitments_alone(client, own, linked):
    """Z14"""
    answer = client("author").get(f"{API}.parts_of_lineage", linked=linked, txt="")
    assert answer.status_code in (403, 404, 417), told(answer)


def test_a_draft_is_not_pulled_over_from_another_company(client, hidden, make_plan):
    """Frappe by itself asks about the document as it would be."""
    draft = make_plan("Draft")
    frappe.db.set_value("SM Plan", draft, "company", THEIRS)
    frappe.db.commit()
    with assert_unchanged(draft):
        answer = client("planner").put("SM Plan", draft, company=OURS)
    assert (answer.status_code, says(answer, NOT_ALLOWED)) == (403, True), told(answer)


def test_a_plan_is_not_given_to_another_company(client, hidden, own):
    with assert_unchanged(own):
        answer = client("planner").put("SM Plan", own, company=THEIRS)
    assert (answer.status_code, says(answer, NOT_ALLOWED)) == (403, True), told(answer)


def test_a_plan_of_ones_own_company_is_written(client, own):
    assert client("planner").put("SM Plan", own, vision="Ours").status_code == 200


@pytest.fixture
def strict() -> Iterator[None]:
    def switch(value: int) -> None:
        fresh()
        frappe.db.set_single_value("System Settings", "apply_strict_user_permissions", value)
        frappe.db.commit()
        frappe.clear_cache()

    switch(1)
    yield
    switch(0)


def test_where_the_site_is_strict_a_plan_of_no_company_is_hidden_too(client, own, make_plan, strict):
    unnamed = make_plan("Draft")
    planner = client("planner")
    answers = [planner.get(f"/api/resource/SM Plan/{plan}").status_code for plan in (own, unnamed)]
    assert answers == [200, 403]
    names = told(listed("SM Plan")(planner, ""))
    assert (own in names, unnamed in names) == (True, False)


def told_by_links(client: Callable[[str], Client], plan: str, person: str) -> None:
    """P7: what a service tells of the person that it names, to who may read that person and to who may not."""
    service = first("SM Service", name=("like", f"{plan}-%"))
    frappe.db.set_value("SM Service", service, "service_owner", person)
    frappe.db.set_value("SM Person", person, {"title": SECRET, "user": None})
    frappe.db.commit()
    asked = {"doctype": "SM Service", "filters": [["name", "=", service]]}
    for by, tells in (("author", True), ("service-owner", False)):
        answers = (
            client(by).get(f"/api/resource/SM Service/{service}", expand_links=1),
            client(by).call("frappe.desk.form.load.getdoc", doctype="SM Service", name=service),
            client(by).call("frappe.client.get_list", **asked, fields=["name", "service_owner.title"]),
        )
        assert [answer.status_code for answer in answers] == [200, 200, 200]
        assert [SECRET in answer.text for answer in answers] == [tells, tells, tells]
        assert all(service in answer.text for answer in answers)
    owner = client("service-owner")
    by_title = [["service_owner.title", "like", f"{SECRET[:3]}%"]]
    for answer in (
        owner.call("frappe.client.get_list", **asked, order_by="service_owner.title asc"),
        owner.call("frappe.client.get_list", doctype="SM Service", filters=by_title),
        owner.get("/api/v2/document/SM Service", filters=by_title, doctype="User"),
        owner.get("/api/v2/doctype/SM Service/count", filters=by_title),
        owner.post(
            "/api/method/frappe.client.get_list",
            doctype="SM Service",
            filters=json.dumps(by_title).replace("_", "\\u005f"),
        ),
        owner.call(
            "frappe.desk.doctype.number_card.number_card.get_result",
            doc={"document_type": "SM Service", "function": "Count", "name": "x"},
            filters=by_title,
        ),
    ):
        assert (answer.status_code, "This asks for fields of a link" in told(answer)) == (403, True), told(
            answer
        )


def test_a_department_hides_persons_and_plans_of_others(client, people, organisation, make_plan):
    plan = make_plan("Draft")
    person = frappe.db.get_value("SM Plan", plan, "plan_owner")
    frappe.db.set_value("SM Person", person, "department", THEIRS)
    frappe.db.set_value("SM Plan", plan, "unit", THEIRS)
    keep(people["service-owner"], "Department", OURS)
    frappe.db.commit()
    frappe.clear_cache()
    try:
        for doctype, name in (("SM Person", person), ("SM Plan", plan)):
            for by, status in (("service-owner", 403), ("author", 200)):
                assert client(by).get(f"/api/resource/{doctype}/{name}").status_code == status
                assert (name in listed(doctype)(client(by), "").text) == (status == 200)
        told_by_links(client, plan, person)
    finally:
        fresh()
        frappe.db.delete("User Permission", {"user": people["service-owner"]})
        frappe.db.commit()
        frappe.clear_cache()
