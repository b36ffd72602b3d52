"""Doors for script: Frappe cleans what is saved as a draft, and stores as it is what is saved as submitted."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import frappe
import pytest
import requests
from http_kit import (
    API,
    NO_RIGHT,
    Client,
    Door,
    assert_refused,
    document,
    export,
    facts,
    first,
    fresh,
    put_plan,
    told,
)

from sm_planner.engine import plan_file
from sm_planner.engine.model import Plan

pytestmark = pytest.mark.commits

SCRIPT = "<script>alert(1)</script>"
HANDLER = '<img src="x" onerror="alert(1)">'
ONLY_SIGNING = "Only the executive sponsor puts a plan in force, with the button Sign."

SUBMITTED = (
    Door("C22", "PUT submitted", put_plan(docstatus=1, title=SCRIPT), ONLY_SIGNING),
    Door(
        "C22",
        "PUT submitted and active",
        put_plan(docstatus=1, state="Active", title=SCRIPT),
        "",
        status=417,
    ),
    Door(
        "C22",
        "form submit",
        lambda client, plan: client.call(
            "frappe.desk.form.save.savedocs", doc=document(client, plan, title=SCRIPT), action="Submit"
        ),
        ONLY_SIGNING,
    ),
    Door("D9", "PUT cancelled", put_plan(docstatus=2, title=SCRIPT), "Cannot change docstatus"),
)

BORN = Door(
    "C21",
    "POST submitted",
    lambda client, plan: client.create("SM Plan", title=SCRIPT, docstatus=1, state="Active"),
    NO_RIGHT,
    status=403,
)


@pytest.mark.parametrize("door", [*SUBMITTED[:3], BORN], ids=Door.named)
def test_nobody_has_the_right_to_store_script(client, plan_in, door):
    assert_refused(dataclasses.replace(door, says=NO_RIGHT, status=403), client, plan_in("Draft"))


@pytest.mark.parametrize("door", SUBMITTED, ids=Door.named)
def test_with_the_right_to_submit_no_script_is_stored(client, plan_in, every_right, door):
    assert_refused(door, client, plan_in("Draft"))


def test_with_the_right_to_submit_nothing_is_born_with_script(client, plan_in, every_right):
    born = dataclasses.replace(BORN, says="A new plan must be a Draft.", status=417)
    assert_refused(born, client, plan_in("Draft"))


STORED: dict[str, tuple[str, str, Callable[[Client, str, str], requests.Response]]] = {
    "title": ("SM Plan", "title", lambda client, plan, text: client.put("SM Plan", plan, title=text)),
    "set_value": (
        "SM Plan",
        "vision",
        lambda client, plan, text: client.call(
            "frappe.client.set_value", doctype="SM Plan", name=plan, fieldname="vision", value=text
        ),
    ),
    "objective": (
        "SM Objective",
        "title",
        lambda client, plan, text: client.put("SM Objective", first("SM Objective", plan=plan), title=text),
    ),
    "RACI entry": (
        "SM RACI Entry",
        "task",
        lambda client, plan, text: client.put("SM RACI Entry", first("SM RACI Entry", plan=plan), task=text),
    ),
}


@pytest.mark.parametrize("text", [SCRIPT, HANDLER], ids=["script", "handler"])
@pytest.mark.parametrize("write", STORED)
def test_a_draft_keeps_no_script(client, make_plan, write, text):
    """C23: cleaned, or refused."""
    plan = make_plan("Draft")
    doctype, field, act = STORED[write]
    name = plan if doctype == "SM Plan" else first(doctype, plan=plan)

    answer = act(client("author"), plan, text)

    fresh()
    kept = frappe.db.get_value(doctype, name, field) or ""
    assert answer.status_code in (200, 417), told(answer)
    assert "<script" not in kept and "onerror" not in kept


@pytest.mark.parametrize("field", ["title", "raci"])
def test_a_plan_file_brings_no_script(client, make_plan, field):
    """The one path that inserts many rows at once is as strict as the others."""
    before = make_plan("Draft")
    plan: Plan = export(client("author"), before)
    if field == "title":
        plan = dataclasses.replace(plan, title=f"Plan {SCRIPT}")
    else:
        first_entry, *others = plan.raci
        plan = dataclasses.replace(
            plan, raci=(dataclasses.replace(first_entry, task=f"Do {SCRIPT}"), *others)
        )
    text = plan_file.dumps(dataclasses.replace(plan, id=f"{before}-s", lineage="", version=1))
    unchanged = facts(before)
    file = client("author").create("File", file_name=f"{before}.yaml", content=text, is_private=1)

    answer = client("author").call("sm_planner.api.import_plan", file_url=file.json()["data"]["file_url"])

    assert facts(before) == unchanged
    assert (answer.status_code, "The site cannot keep this text unchanged." in told(answer)) == (
        417,
        True,
    )
    assert not frappe.db.exists("SM Plan", f"{before}-s")


@pytest.mark.parametrize("by", ["author", "auditor"])
def test_what_came_past_frappe_is_escaped_where_the_app_shows_it(client, make_plan, by):
    """By SQL, or by an import of another app's."""
    plan = make_plan("Draft")
    frappe.db.set_value("SM Plan", plan, {"title": SCRIPT, "why": SCRIPT})
    for objective in frappe.get_all("SM Objective", {"plan": plan}, pluck="name"):
        frappe.db.set_value("SM Objective", objective, "title", SCRIPT)
    frappe.db.commit()

    book = client(by).get(f"{API}.plan_book", plan=plan)
    report = client(by).call(
        "frappe.desk.query_report.run", report_name="Objective Progress", filters={"plan": plan}
    )

    assert (book.status_code, report.status_code) == (200, 200)
    assert SCRIPT not in book.text
    assert "&lt;script&gt;" in book.text
    assert SCRIPT not in told(report)
    assert "&lt;script&gt;" in told(report)


@pytest.mark.parametrize("docstatus", [1, 2])
@pytest.mark.parametrize("doctype", ["SM Service", "SM Team", "SM Person", "SM Stakeholder", "SM Process"])
def test_what_is_not_submitted_is_not_born_submitted(server, doctype, docstatus):
    """C24: by Administrator, whom Frappe asks for no right, and whose submitted texts it does not clean."""
    administrator = Client(server)
    administrator.post("/api/method/login", usr="Administrator", pwd="admin")
    before = frappe.db.count(doctype)

    answer = administrator.create(doctype, title=HANDLER, docstatus=docstatus)

    assert answer.status_code in (417, 403), told(answer)
    fresh()
    assert frappe.db.count(doctype) == before


@pytest.mark.parametrize("docstatus", [1, 2])
def test_what_is_not_submitted_is_not_submitted_later(client, make_plan, docstatus):
    """C25: nor do its rows say so."""
    plan = make_plan("Draft")
    service = first("SM Service", name=("like", f"{plan}-%"))
    row = {"channel": "Portal", "docstatus": docstatus, "details": HANDLER}

    client("author").put("SM Service", service, docstatus=docstatus, description=HANDLER)
    client("author").put("SM Service", service, channels=[row])

    fresh()
    stored = str(frappe.get_doc("SM Service", service).as_dict())
    assert "onerror" not in stored
    assert frappe.db.get_value("SM Service", service, "docstatus") == 0
