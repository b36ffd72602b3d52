"""The example plan on a site: loaded with the user accounts that it names, and removed again."""

import frappe
from frappe import _

from sm_planner.adapters.documents import plan_writer
from sm_planner.adapters.evidence import kept_heads
from sm_planner.adapters.site import bulk, doctypes, roles, stored_records
from sm_planner.adapters.site.doctypes import (
    ACCOUNT_PASSWORD,
    DOCTYPES,
    EVENT,
    LINEAGE,
    OF_LINEAGE,
    PARTS,
    PLAN,
    SEAL,
    SETTINGS,
    SHARED,
)
from sm_planner.engine import plan_file
from sm_planner.engine.examples import example_path, faulty_twin
from sm_planner.engine.model import Person, Plan, Settings, states
from sm_planner.engine.model.plan import FACTS
from sm_planner.engine.sealing import thresholds

MADE = "sm_planner_example"
"""Default that remembers which documents were made for the example, so that no others are removed."""
FAULTY = "sm_planner_example_faulty"
"""Default that remembers whether they are of its faulty twin."""


def load(password: str = "", faulty: bool = False) -> str:
    """Load the example plan; its name. password: that of the accounts that are made for its people.

    faulty: its faulty twin instead. They are one plan: a site has one of them at a time.
    """
    plan = faulty_twin() if faulty else plan_file.load(example_path("example"))
    remembered = _remembered()
    if remembered and faulty != (_kept(FAULTY) == "1"):
        frappe.throw(_("The other example is loaded. Remove it first."))
    _refuse_foreign(plan, remembered)
    made = [["User", user] for user in _make_users(plan, password)]
    made += [
        [DOCTYPES[collection], record.id]
        for collection in SHARED
        for record in getattr(plan, collection)
        if [DOCTYPES[collection], record.id] not in remembered
    ]
    frappe.db.set_default(MADE, frappe.as_json(remembered + made))
    frappe.db.set_default(FAULTY, int(faulty))
    _set_thresholds(Settings(), plan.settings)
    return plan_writer.save(plan)


def clear() -> None:
    """Remove the example plan in all its versions, and what was made for it.

    Raises frappe.LinkExistsError, which names the document, where something else has come to rest on it.
    """
    plan = plan_file.load(example_path("example"))
    versions = frappe.get_all(PLAN, filters={"lineage": plan.lineage}, pluck="name", order_by="version desc")
    # Past the guards: the example is nobody's signed plan, and its lineage is the only one that is removed here.
    for doctype in reversed(OF_LINEAGE):
        bulk.delete(doctype, frappe.get_all(doctype, {"lineage": plan.lineage}, pluck="name"))
    for doctype in (SEAL, EVENT, *(DOCTYPES[part] for part in reversed(PARTS))):
        bulk.delete(doctype, frappe.get_all(doctype, filters={"plan": ("in", versions)}, pluck="name"))
    bulk.delete(PLAN, versions)
    bulk.delete(LINEAGE, [plan.lineage])
    frappe.db.after_commit.add(lambda: kept_heads.forget(plan.lineage))
    made = _remembered()
    for collection in FACTS:
        named = {name for doctype, name in made if doctype in DOCTYPES.values()}
        bulk.delete(DOCTYPES[collection], list(stored_records.living_about(collection, named)))
    for doctype in {doctype for doctype, _name in made} - {"User"}:
        bulk.delete_rows(doctype, [name for other, name in made if other == doctype])
    people = [name for doctype, name in made if doctype == DOCTYPES["people"]]
    frappe.db.set_value(DOCTYPES["people"], {"name": ("in", people)}, "reports_to", None)
    for number, (doctype, name) in enumerate(reversed(made)):
        if not number % 20:
            frappe.publish_progress(100 * number / len(made), title=_("Removing the example"))
        frappe.delete_doc(doctype, name, ignore_missing=True)
    # Else these accounts, made once more, would have another password than before, and sign nothing for a while.
    frappe.db.delete(
        ACCOUNT_PASSWORD, {"account": ("in", [name for doctype, name in made if doctype == "User"])}
    )
    frappe.db.set_default(MADE, None)
    frappe.db.set_default(FAULTY, None)
    _set_thresholds(plan.settings, Settings())


def _set_thresholds(there: Settings, wanted: Settings) -> None:
    """Give the site the example's thresholds, or the standard ones again: where nobody has set others."""
    stored = stored_records.settings()
    changed = thresholds.changed(there, wanted)
    names = [name for name in changed if getattr(stored, name) == getattr(there, name)]
    if names:
        settings = frappe.get_single(SETTINGS)
        settings.update(doctypes.write(wanted, names)).save()


def _remembered() -> list[list[str]]:
    return frappe.parse_json(_kept(MADE) or "[]")


def _kept(key: str) -> str | None:
    """A default as the database has it: a request beside this one can bring back into the cache what was forgotten just now."""
    return frappe.db.get_value("DefaultValue", {"parent": "__default", "defkey": key}, "defvalue")


def _refuse_foreign(plan: Plan, remembered: list[list[str]]) -> None:
    """Records of the site that only share an id with the example stay as they are."""
    for collection in SHARED:
        doctype, ids = DOCTYPES[collection], [record.id for record in getattr(plan, collection)]
        for name in frappe.get_all(doctype, filters={"name": ("in", ids)}, pluck="name", order_by="name asc"):
            if [doctype, name] not in remembered:
                frappe.throw(
                    _("{0} {1} already exists, with other content than in the example.").format(
                        _(doctype), name
                    )
                )


def _make_users(plan: Plan, password: str) -> list[str]:
    """Make an account for everybody in the plan who has none; those that were made."""
    wanted = {person.user: person for person in plan.people if person.user}
    there = set(frappe.get_all("User", filters={"name": ("in", list(wanted))}, pluck="name"))
    made = [user for user in wanted if user not in there]
    for number, user in enumerate(made):
        frappe.publish_progress(100 * number / len(made), title=_("Creating the accounts of the example"))
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
    held = []
    if person.id == plan.executive_sponsor:
        held.append(states.SPONSOR)
    if person.id == plan.plan_owner:
        held.append(states.MANAGER)
    if any(service.service_owner == person.id for service in plan.services):
        held.append(roles.OWNER)
    return held or [states.AUDITOR]
