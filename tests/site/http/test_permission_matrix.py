"""Every cell of docs/permissions.md over HTTP: what a user with one role does with a document of each DocType."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import frappe
import pytest
import requests
from http_kit import WHO_HAS, Client, first, fresh, told

from sm_planner.adapters import permissions
from sm_planner.adapters.evidence.keeping import keep
from sm_planner.adapters.guards import permission_matrix
from sm_planner.adapters.guards.permission_matrix import RIGHTS, granted
from sm_planner.adapters.site import doctypes
from sm_planner.engine.model import COLLECTIONS, Collection
from sm_planner.engine.model.fields import specs
from sm_planner.engine.rhythm.triggers import OPEN

pytestmark = pytest.mark.commits

OF_SIGNED = (doctypes.SEAL, doctypes.EVENT)
"""DocTypes whose documents come with a signature."""

ABOUT = {
    "SM Acknowledgement": ("person",),
    "SM Benchmark Note": ("noted_by",),
    "SM Assessment": ("assessor",),
    "SM Briefing Confirmation": ("person",),
    "SM Communication Run": ("sender",),
    "SM Feedback": ("reported_by",),
    "SM Engagement": ("person",),
    "SM Gap Decision": ("requester",),
    "SM Improvement": ("improvement_owner",),
    "SM Lesson": ("lesson_owner",),
    "SM Report Confirmation": ("person",),
    "SM Review": ("chair",),
    "SM Risk": ("risk_owner", "decided_by"),
    "SM Sanity Check": ("lead",),
    "SM Skill Rating": ("person",),
    "SM Training Attendance": ("person",),
    "SM Trigger": ("noticed_by",),
    "SM Waiver": ("requester",),
    "SM Workaround": ("reported_by",),
}
"""DocType of registers and facts → the fields by which an entry is about somebody."""

ABOUT_PARTS = {
    "SM Budget Actual": {"budget_line": ("SM Budget Line", "line_owner")},
    "SM Communication Run": {"communication": ("SM Communication", "sender")},
    "SM Evidence": {"commitment": ("SM Commitment", "person")},
    "SM Measurement": {"objective": ("SM Objective", "objective_owner")},
    "SM Phase Acceptance": {"phase": ("SM Phase", "accepted_by")},
    "SM Progress Report": {"improvement": ("SM Improvement", "improvement_owner")},
    "SM Report Issue": {"report_spec": ("SM Report Spec", "report_owner")},
}
"""The same where it is about what somebody answers for: field → DocType of that, and the field that names him."""

NARROWED = {
    ("SM Assessment Framework", "create"): "Only whom it is about, or a planner",
    ("SM Assessment Framework", "write"): "Only whom it is about, or a planner",
    ("SM Review", "create"): "Only planners plan reviews",
    ("SM Review", "delete"): "Only planners delete reviews",
    ("SM Trigger", "write"): "Planners decide",
}
"""DocType and right → what everybody is told who has the right, even where it is about him, and may not write plans."""

NEVER_COPIED = ("name", "owner", "creation", "modified", "modified_by", "docstatus", "idx", "doctype")


@pytest.fixture(scope="module")
def samples(make_plan: Callable[..., str], people: dict[str, str]) -> Iterator[dict[str, str]]:
    """DocType → a document of it, in the scope of a draft or of a signed plan; and whom to share with."""
    draft, signed = make_plan("Draft"), make_plan("Active")
    found = {doctypes.PLAN: draft, doctypes.LINEAGE: draft, doctypes.SETTINGS: doctypes.SETTINGS}
    for doctype in OF_SIGNED:
        found[doctype] = first(doctype, plan=signed)
    found["nobody"] = people["nobody"]
    sponsor = frappe.db.get_value("SM Plan", draft, "executive_sponsor")
    deputy = first("SM Person", name=("like", f"{draft}-%"), user=("is", "not set"))
    frappe.db.set_value("SM Person", deputy, "user", people["other-sponsor"])
    today = frappe.utils.today()
    put(
        "SM Delegation",
        f"{draft}-delegation",
        {
            "principal": sponsor,
            "deputy": deputy,
            "plan": draft,
            "valid_from": today,
            "valid_to": frappe.utils.add_days(today, 5),
            "reason": "Away for a few days",
        },
    )
    put(
        "SM Waiver",
        f"{draft}-WVR-01",
        {
            "id": "WVR-01",
            "title": "For now",
            "lineage": draft,
            "rule": "SVC-05",
            "reason": "Known, and to be put right within a month.",
            "approver": deputy,
            "expires": frappe.utils.add_days(today, 30),
        },
    )
    for name, collection in COLLECTIONS.items():
        if not frappe.db.exists(doctypes.DOCTYPES[name], _of(draft, name)):
            put(*sample(draft, name, collection))
    own(draft, people["service-owner"])
    frappe.db.commit()
    found[doctypes.ACCOUNT_PASSWORD] = first(doctypes.ACCOUNT_PASSWORD, account=people["sponsor"])
    found[doctypes.CALENDAR_FEED] = keep(
        doctypes.CALENDAR_FEED, {"account": people["sponsor"], "token_hash": "0" * 64, "events": "[]"}
    )
    frappe.db.commit()
    found["SM Delegation"] = first("SM Delegation", plan=draft)
    for name, doctype in doctypes.DOCTYPES.items():
        found[doctype] = first(doctype, **_of(draft, name))
    for who in WHO_HAS.values():
        for doctype in doctypes.OF_LINEAGE:
            found[f"{doctype} {who}"] = own_entry(found, doctype, who, people[who])
    frappe.db.commit()
    yield found
    fresh()
    frappe.db.delete("DocShare", {"user": people["nobody"]})
    frappe.db.delete("Communication", {"owner": ("in", list(people.values()))})
    frappe.db.delete("SM Delegation", {"plan": draft})
    frappe.db.commit()


def _of(plan: str, collection: str) -> dict[str, Any]:
    """Which documents of a collection are in the scope of a plan."""
    if collection in doctypes.LIVING:
        return {"lineage": plan}
    return {"plan": plan} if collection in doctypes.PARTS else {"name": ("like", f"{plan}-%")}


def sample(plan: str, name: str, collection: Collection) -> tuple[str, str, dict[str, Any]]:
    """A document of a collection of which the plan has no record: DocType, name and values."""
    values: dict[str, Any] = {"title": "A sample"}
    for field, spec in specs(collection.record).items():
        if spec.kind == "link" and spec.required:
            linked = first(doctypes.DOCTYPES[spec.target], **_of(plan, spec.target))
            values[doctypes.fieldname(field)] = linked
        elif spec.kind == "choice" and spec.required:
            values[field] = spec.choices[0]
        elif spec.kind == "number" and spec.required:
            values[field] = 1
        elif spec.kind == "date" and spec.required:
            values[field] = frappe.utils.today()
        elif spec.kind in ("line", "text") and spec.required:
            values[field] = "a sample"
    if not collection.shared:
        values |= {"lineage" if collection.is_of_lineage else "plan": plan, "id": "sample"}
    return doctypes.DOCTYPES[name], f"{plan}-sample", values


def own(plan: str, account: str) -> None:
    """Let an account own the services and agreements of a plan: a service owner writes no others."""
    owner = first("SM Person", name=("like", f"{plan}-%"), user=("is", "not set"))
    frappe.db.set_value("SM Person", owner, "user", account)
    ours = {"name": ("like", f"{plan}-%")}
    for doctype, field in permissions.OWNED.items():
        if field:
            frappe.db.set_value(doctype, ours, field, owner)
    service = first("SM Service", **ours)
    for doctype in ("SM Customer Requirement", "SM Business Calendar Entry"):
        frappe.db.set_value(doctype, {**ours, "service": ("is", "not set")}, "service", service)


def own_entry(samples: dict[str, str], doctype: str, who: str, account: str) -> str:
    """An entry of a register, or a fact, that is about an account and was entered by it just now."""
    plan = samples[doctypes.PLAN]
    person = frappe.db.get_value("SM Person", {"user": account, "name": ("like", f"{plan}-%")})
    person = person or put("SM Person", f"{plan}-{who}", {"title": who, "user": account})
    changes = dict.fromkeys(ABOUT.get(doctype, ()), person)
    for field, (part, owner) in ABOUT_PARTS.get(doctype, {}).items():
        id = f"of-{who}"
        values = {**copied(part, samples[part], id), owner: person}
        changes[field] = put(part, f"{plan}-{id}", values)
    name = f"{plan}-of-{who}-{doctype}".lower().replace(" ", "-")
    put(doctype, name, copied(doctype, samples[doctype], name) | changes)
    enter(doctype, name, account)
    return name


def enter(doctype: str, name: str, account: str) -> None:
    """Let a document have been made by an account just now."""
    values = {"owner": account, "creation": frappe.utils.now()}
    frappe.db.set_value(doctype, name, values, update_modified=False)


def put(doctype: str, name: str, values: dict[str, Any]) -> str:
    """A document, written past everything."""
    frappe.get_doc({"doctype": doctype, **values, "name": name}).db_insert(ignore_if_duplicate=True)
    return name


def copied(doctype: str, sample: str, name: str) -> dict[str, Any]:
    """The values of another document of the kind."""
    document = frappe.get_doc(doctype, sample)
    values = {
        field: value
        for field, value in document.as_dict(no_nulls=True).items()
        if field not in NEVER_COPIED and not isinstance(value, list) and not field.startswith("_")
    }
    if doctype == "SM RACI Entry":  # of which each cell of a plan has one
        values["role"] = None
        values["task"] = name
        values["sm_process"] = first("SM Process", name=("like", f"{values['plan']}-%"))
        values["letter"] = "N/A"
    if doctype == doctypes.PLAN:
        values["lineage"] = ""
    for field in ("day", "scheduled"):  # of a fact, which is there once a day
        if frappe.get_meta(doctype).has_field(field):
            values[field] = frappe.utils.add_days("2000-01-01", next(DAYS))
    if doctype == "SM Trigger":
        values["status"] = OPEN
    if doctype == "SM Sanity Check":  # which lies ahead, or stays as it is
        values.pop("held_on", None)
    if doctype == "SM Skill Rating":  # which is about a shared record alone
        values.pop("lineage", None)
    if doctype == "SM Training Attendance":  # whose effect others look at
        values |= {"effect": "", "effect_on": None}
    if doctype in ("SM Workaround", "SM Feedback"):
        values |= {"answer": "", "answered_by": "", "answered_on": None}
    if doctype == "SM Assessment":
        values["status"] = "Draft"
    if "id" in values:
        values["id"] = name
    return {field: str(value) if hasattr(value, "year") else value for field, value in values.items()}


def read(client: Client, doctype: str, name: str) -> requests.Response:
    return client.get(f"/api/resource/{doctype}/{name}")


def write(client: Client, doctype: str, name: str) -> requests.Response:
    return client.put(doctype, name)


def create(client: Client, doctype: str, name: str) -> requests.Response:
    new = f"{name}-new-{frappe.generate_hash(length=6)}".lower()
    values = copied(doctype, name, new)
    answer = client.create(doctype, **values, name=new)
    if answer.status_code == 200:
        made = answer.json()["data"]["name"]
        fresh()
        frappe.db.delete(doctype, {"name": made})
        frappe.db.commit()
    return answer


def delete(client: Client, doctype: str, name: str) -> requests.Response:
    gone = f"{name}-gone-{frappe.generate_hash(length=6)}".lower()
    values = copied(doctype, name, gone)
    if doctype == doctypes.PLAN:
        values["lineage"] = gone
    if doctype in (*OF_SIGNED, doctypes.ACCOUNT_PASSWORD, doctypes.CALENDAR_FEED):  # which nobody deletes
        gone = name
    else:
        put(doctype, gone, values)
        if doctype in doctypes.OF_LINEAGE:
            enter(doctype, gone, frappe.db.get_value(doctype, name, "owner"))
        frappe.db.commit()
    return client.delete(doctype, gone)


def submit(client: Client, doctype: str, name: str) -> requests.Response:
    return client.put(doctype, name, docstatus=1)


def cancel(client: Client, doctype: str, name: str) -> requests.Response:
    return client.call("frappe.client.cancel", doctype=doctype, name=name)


def print_out(client: Client, doctype: str, name: str) -> requests.Response:
    return client.get("/api/method/frappe.www.printview.get_html_and_style", doc=doctype, name=name)


def email(client: Client, doctype: str, name: str) -> requests.Response:
    make = "frappe.core.doctype.communication.email.make"
    return client.call(make, doctype=doctype, name=name, content="Read this", subject="x", send_email=0)


def export(client: Client, doctype: str, name: str) -> requests.Response:
    return client.call(
        "frappe.desk.reportview.export_query",
        doctype=doctype,
        file_format_type="CSV",
        title="x",
        fields=[f"`tab{doctype}`.`name`"],
        filters=[[doctype, "name", "=", name]],
        order_by=f"`tab{doctype}`.`name` asc",
        start=0,
        page_length=5,
        view="Report",
    )


DAYS = itertools.count()
"""Days after the first of 2000, each of which is taken once: a fact is there once a day."""

ACTS: dict[str, Callable[[Client, str, str], requests.Response]] = {
    "read": read,
    "write": write,
    "create": create,
    "delete": delete,
    "submit": submit,
    "cancel": cancel,
    "print": print_out,
    "email": email,
    "export": export,
}
"""Right → what it is needed for."""

SINGLE = ("read", "write")
"""What is done with a DocType that has one document."""

REFUSED = {"submit": (403, 417), "cancel": (403, 417), "delete": (403,), "create": (403,)}

ROLES = sorted(WHO_HAS)
DOCTYPES = sorted(permission_matrix.doctypes())


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("doctype", DOCTYPES)
def test_a_role_does_what_the_matrix_says_and_nothing_else(client, samples, doctype, role):
    may = granted(doctype, role)
    single = permission_matrix.doctypes()[doctype].get("issingle")
    if role == "System Manager":  # who exports, in Frappe, whatever he reads
        may |= {"export"}

    def share(client: Client, doctype: str, name: str) -> requests.Response:
        return client.call("frappe.share.add", doctype=doctype, name=name, user=samples["nobody"], read=1)

    plans = "write" in granted(doctypes.PLAN, role)
    found, expected = {}, {}
    for right, act in {**ACTS, "share": share}.items():
        if single and right not in SINGLE:
            continue
        who = WHO_HAS[role]
        answer = act(client(who), doctype, samples.get(f"{doctype} {who}", samples[doctype]))
        fresh()
        ok = answer.status_code in (200, 202)
        refused = answer.status_code in REFUSED.get(right, (403,))
        found[right] = ok if ok or refused else told(answer)
        expected[right] = right in may
        if right in may and not plans and (doctype, right) in NARROWED:
            expected[right] = False
            assert NARROWED[doctype, right] in told(answer)
    assert found == expected


@pytest.mark.parametrize("doctype", permissions.OWNED)
def test_a_service_owner_writes_nothing_of_others(client, samples, make_plan, doctype):
    other, name = make_plan("Draft"), doctypes.COLLECTION_OF[doctype]
    if not frappe.db.exists(doctype, _of(other, name)):
        put(*sample(other, name, COLLECTIONS[name]))
        frappe.db.commit()
    foreign = first(doctype, name=("like", f"{other}-%"))
    answer = client("service-owner").put(doctype, foreign, title="Taken over")
    fresh()
    assert answer.status_code == 403
    assert frappe.db.get_value(doctype, foreign, "title") != "Taken over"
    assert client("service-owner").put(doctype, samples[doctype], title="Looked after").status_code == 200


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("doctype", DOCTYPES)
def test_frappe_reckons_with_the_same_rights(client, samples, doctype, role):
    """Also those that lead to no request of their own: report and import."""
    who = WHO_HAS[role]
    own = f"{doctype} {who}" if doctype in doctypes.PERSONAL else doctype  # what is about others is hidden
    answer = client(who).get(
        "/api/method/frappe.client.get_doc_permissions", doctype=doctype, docname=samples[own]
    )
    may = granted(doctype, role)
    if "read" not in may and doctype != doctypes.SETTINGS:  # as of a document that is not there
        assert (answer.status_code, may) == (403, set())
        return
    permissions = answer.json()["message"]["permissions"]
    assert {right for right in RIGHTS if permissions.get(right)} == may


def test_every_role_of_the_matrix_is_tried():
    assert WHO_HAS.keys() == permission_matrix.ROLES.keys()


def test_a_stakeholder_of_the_portal_has_no_desk(client, people):
    fresh()
    assert frappe.db.get_value("User", people["stakeholder"], "user_type") == "Website User"
    assert client("stakeholder").get("/app").status_code == 403
