"""The site over HTTP: users with one role each, and a plan of theirs.

The server is another process, so that these tests commit; what they make carries a prefix of the run and is
removed afterwards.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Iterator

import pytest

from sm_planner.engine.model import Plan, Settings

if os.environ.get("SM_PLANNER_TEST_SITE"):  # without a site the tests here are skipped
    import frappe
    from http_kit import PASSWORD, Client, fresh, sign

    from sm_planner.adapters import doctypes, plan_documents

ROLES = {
    "author": ("SM Planner Manager",),
    "planner": ("SM Planner User",),
    "sponsor": ("SM Executive Sponsor",),
    "other-sponsor": ("SM Executive Sponsor",),
    "boss": ("SM Planner Manager", "SM Planner User", "SM Executive Sponsor", "System Manager"),
    "auditor": ("SM Auditor",),
    "nobody": (),
}
PREFIX = "doors"
STEPS = {"Draft": (), "In Review": ("In Review",)}
STEPS["To Sign"] = STEPS["Active"] = ("In Review", "To Sign")


def account(name: str) -> str:
    return f"{PREFIX}-{name}@example.org"


@pytest.fixture(autouse=True)
def commits(site: str) -> Iterator[None]:
    """Instead of the one transaction of the other site tests: read what others have committed."""
    fresh()
    yield
    fresh()


@pytest.fixture(scope="module")
def people(site: str) -> Iterator[dict[str, str]]:
    """Name → user account; ``boss`` has every role but is not Administrator."""
    fresh()
    for name, roles in ROLES.items():
        if not frappe.db.exists("User", account(name)):
            user = {"doctype": "User", "email": account(name), "first_name": name, "send_welcome_email": 0}
            made = frappe.get_doc({**user, "new_password": PASSWORD}).insert()
            made.add_roles(*roles)
    frappe.db.commit()
    yield {name: account(name) for name in ROLES}
    fresh()
    for name in ROLES:
        frappe.delete_doc("User", account(name), force=True)
    frappe.db.commit()


@pytest.fixture(scope="module")
def client(server: str, people: dict[str, str]) -> Callable[[str], Client]:
    """A session for one of the people, by name; ``guest`` is not logged in."""
    sessions: dict[str, Client] = {}

    def of(name: str) -> Client:
        if name not in sessions:
            sessions[name] = Client(server, None if name == "guest" else people[name])
        return sessions[name]

    return of


@pytest.fixture
def make_plan(minimal: Plan, people: dict[str, str]) -> Iterator[Callable[..., str]]:
    """Makes a plan in a state, written by ``author`` and sponsored by ``sponsor``; its name."""
    made: list[str] = []

    def make(state: str = "Draft", sponsor: str = "sponsor", signer: Client | None = None) -> str:
        name = f"{PREFIX}-{len(made) + 1}-{frappe.generate_hash(length=6)}"
        made.append(name)
        accounts = {minimal.executive_sponsor: people[sponsor], minimal.plan_owner: people["planner"]}
        named = tuple(
            dataclasses.replace(person, user=accounts.get(person.id, people["auditor"]))
            for person in minimal.people
        )
        plan = dataclasses.replace(minimal, id=name, lineage=name, people=named, settings=Settings())
        frappe.set_user(people["author"])
        plan_documents.save(plan)
        for step in STEPS[state]:
            document = frappe.get_doc("SM Plan", name)
            document.state = step
            document.save()
        frappe.db.commit()
        fresh()
        if state == "Active":
            answer = sign(signer, name)
            assert answer.status_code == 200, answer.text
            fresh()
        return name

    yield make
    fresh()
    _remove(made, minimal)


def _remove(lineages: list[str], minimal: Plan) -> None:
    """By SQL: the guards would not let go of signed plans."""
    plans = frappe.get_all("SM Plan", filters={"lineage": ("in", lineages)}, pluck="name")
    gone = {doctypes.PLAN: plans}
    for part in doctypes.PARTS:
        doctype = doctypes.DOCTYPES[part]
        gone[doctype] = frappe.get_all(doctype, filters={"plan": ("in", plans)}, pluck="name")
    for collection in doctypes.SHARED:
        gone[doctypes.DOCTYPES[collection]] = [record.id for record in getattr(minimal, collection)]
    for doctype, names in gone.items():
        for table in frappe.get_meta(doctype).get_table_fields():
            frappe.db.delete(table.options, {"parenttype": doctype, "parent": ("in", names)})
        frappe.db.delete(doctype, {"name": ("in", names)})
        for log, kind, named in (
            ("Version", "ref_doctype", "docname"),
            ("Comment", "reference_doctype", "reference_name"),
            ("Workflow Action", "reference_doctype", "reference_name"),
        ):
            frappe.db.delete(log, {kind: doctype, named: ("in", names)})
    frappe.db.delete(doctypes.SEAL, {"lineage": ("in", lineages)})
    frappe.db.commit()
