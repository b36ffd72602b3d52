"""The example plan on a site: loaded with the user accounts that it names, and removed again."""

import frappe

from sm_planner.adapters import plan_documents
from sm_planner.adapters.doctypes import DOCTYPES, PARTS, PLAN, SEAL, SHARED
from sm_planner.engine import plan_file, sign_off
from sm_planner.engine.examples import example_path
from sm_planner.engine.model import Person, Plan

MADE = "sm_planner_example"
"""Default that remembers which documents were made for the example, so that no others are removed."""


def load(password: str = "") -> str:
    """Load the example plan; its name. password: that of the accounts that are made for its people."""
    plan = plan_file.load(example_path("example"))
    made = [["User", user] for user in _make_users(plan, password)]
    made += [[DOCTYPES[collection], record.id] for collection, record in _not_there_yet(plan)]
    frappe.db.set_default(MADE, frappe.as_json(_remembered() + made))
    return plan_documents.save(plan)


def clear() -> None:
    """Remove the example plan in all its versions, and what was made for it."""
    plan = plan_file.load(example_path("example"))
    versions = frappe.get_all(PLAN, filters={"lineage": plan.lineage}, pluck="name", order_by="version desc")
    # Past the guards: the example is nobody's signed plan, and its lineage is the only one that is removed here.
    for doctype in (SEAL, *(DOCTYPES[part] for part in reversed(PARTS))):
        frappe.db.delete(doctype, {"plan": ("in", versions)})
    for child in frappe.get_meta(PLAN).get_table_fields():
        frappe.db.delete(child.options, {"parenttype": PLAN, "parent": ("in", versions)})
    frappe.db.delete(PLAN, {"name": ("in", versions)})
    for doctype, name in reversed(_remembered()):
        frappe.delete_doc(doctype, name, ignore_missing=True)
    frappe.db.set_default(MADE, None)


def _remembered() -> list[list[str]]:
    return frappe.parse_json(frappe.db.get_default(MADE) or "[]")


def _not_there_yet(plan: Plan):
    """Collection and record of what loading the plan will make, in the order in which it is made."""
    for collection in SHARED:
        records = getattr(plan, collection)
        there = set(
            frappe.get_all(
                DOCTYPES[collection],
                filters={"name": ("in", [record.id for record in records])},
                pluck="name",
            )
        )
        yield from ((collection, record) for record in records if record.id not in there)


def _make_users(plan: Plan, password: str) -> list[str]:
    """Make an account for everybody in the plan who has none; those that were made."""
    wanted = {person.user: person for person in plan.people if person.user}
    there = set(frappe.get_all("User", filters={"name": ("in", list(wanted))}, pluck="name"))
    made = [user for user in wanted if user not in there]
    for user in made:
        _make_user(wanted[user], _roles(plan, wanted[user]), password)
    return made


def _make_user(person: Person, roles: list[str], password: str) -> None:
    first, _space, last = person.title.partition(" ")
    frappe.get_doc(
        {
            "doctype": "User",
            "email": person.user,
            "first_name": first,
            "last_name": last,
            "enabled": person.enabled,
            "send_welcome_email": 0,
            "new_password": password,
            "roles": [{"role": role} for role in roles],
        }
    ).insert()


def _roles(plan: Plan, person: Person) -> list[str]:
    roles = []
    if person.id == plan.executive_sponsor:
        roles.append(sign_off.SPONSOR)
    if person.id == plan.plan_owner:
        roles.append(sign_off.MANAGER)
    if any(service.service_owner == person.id for service in plan.services):
        roles.append("SM Service Owner")
    return roles or ["SM Auditor"]
