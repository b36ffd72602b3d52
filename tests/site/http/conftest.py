"""The site over HTTP: users with the roles of the sign-off, and plans of theirs.

The server is another process, so that these tests commit. What they make begins with a prefix of the run, and is
removed by SQL after the last of them: the guards would not let go of signed plans.
"""

from __future__ import annotations

import dataclasses
import os
import secrets
from collections.abc import Callable, Iterator

import pytest

from sm_planner.engine.model import Person, Plan, Signer

if os.environ.get("SM_PLANNER_TEST_SITE"):  # without a site the tests here are skipped
    import frappe
    from frappe.permissions import add_permission, rights, update_permission_property
    from http_kit import PASSWORD, Client, facts, fresh, own_plan, sign

    from sm_planner.adapters.documents import plan_writer
    from sm_planner.adapters.site import doctypes

RUN = f"doors-{secrets.token_hex(3)}"
ROLES = {
    "author": ("SM Planner Manager",),
    "planner": ("SM Planner User",),
    "sponsor": ("SM Executive Sponsor",),
    "other-sponsor": ("SM Executive Sponsor",),
    "boss": (
        "SM Planner Manager",
        "SM Planner User",
        "SM Executive Sponsor",
        "SM Service Owner",
        "SM Auditor",
    ),
    "auditor": ("SM Auditor",),
    "service-owner": ("SM Service Owner",),
    "stakeholder": ("SM Portal Stakeholder",),
    "system-manager": ("System Manager",),
    "nobody": (),
}
"""Who tries the doors. ``boss`` has every role of the app, and is not a System Manager."""

STEPS = {"Draft": (), "In Review": ("In Review",)}
STEPS["To Sign"] = STEPS["Active"] = ("In Review", "To Sign")


@pytest.fixture(autouse=True)
def commits(site: str) -> Iterator[None]:
    """Instead of the one transaction of the other site tests: read what others have committed.

    Refusals of tests before are forgotten, so that nobody has to wait for their sake.
    """
    fresh()
    frappe.db.delete(doctypes.EVENT, {"plan": ("like", f"{RUN}%"), "outcome": "Refused"})
    frappe.db.commit()
    yield
    fresh()


@pytest.fixture(scope="session")
def people(site: str) -> Iterator[dict[str, str]]:
    """Name → user account."""
    accounts = {name: f"{RUN}-{name}@example.org" for name in ROLES}
    fresh()
    for name, account in accounts.items():
        frappe.get_doc(
            {
                "doctype": "User",
                "email": account,
                "first_name": name,
                "send_welcome_email": 0,
                "new_password": PASSWORD,
                "roles": [{"role": role} for role in ROLES[name]],
            }
        ).insert()
    frappe.db.commit()
    yield accounts
    fresh()
    _remove()
    frappe.db.commit()
    frappe.clear_cache()


@pytest.fixture(scope="session")
def client(server: str, people: dict[str, str]) -> Callable[[str], Client]:
    """A session for one of the people, by name; ``guest`` is not logged in."""
    sessions = {"guest": Client(server)}

    def of(name: str) -> Client:
        if name not in sessions:
            sessions[name] = Client(server, people[name])
        return sessions[name]

    return of


@pytest.fixture(scope="session")
def make_plan(minimal: Plan, people: dict[str, str], client: Callable[[str], Client]) -> Callable[..., str]:
    """Makes a plan in a state: written by ``author``, owned by ``planner``, to be signed by ``sponsor``.

    before: those who sign before the sponsor. written: in place of the smallest plan.
    """
    made: list[str] = []

    def make(
        state: str = "Draft",
        sponsor: str = "sponsor",
        owner: str = "planner",
        before: tuple[str, ...] = (),
        written: Plan = minimal,
    ) -> str:
        name = f"{RUN}-{len(made) + 1}"
        made.append(name)
        accounts = {minimal.executive_sponsor: people[sponsor], minimal.plan_owner: people[owner]}
        accounts.update((one, people[one]) for one in before)
        plan = dataclasses.replace(
            written,
            people=(*written.people, *(Person(id=one, title=one.title()) for one in before)),
            signers=tuple(Signer(person=one) for one in before),
        )
        frappe.set_user(people["author"])
        plan_writer.save(own_plan(plan, name, accounts))
        for step in STEPS[state]:
            document = frappe.get_doc(doctypes.PLAN, name)
            document.state = step
            document.save()
        frappe.db.commit()
        if state == "Active":
            answer = sign(client(sponsor), name)
            assert answer.status_code == 200, answer.text
        fresh()
        return name

    return make


@pytest.fixture(scope="session")
def plan_in(make_plan: Callable[..., str]) -> Callable[[str], str]:
    """A plan in a state: the same one for all tests, as long as they leave it as it was."""
    standing: dict[str, tuple[str, dict]] = {}

    def own_facts(name: str) -> dict:
        return {kind: rows for kind, rows in facts(name).items() if kind not in ("plans", "seals")}

    def get(state: str) -> str:
        if state not in standing or own_facts(standing[state][0]) != standing[state][1]:
            name = make_plan(state)
            standing[state] = name, own_facts(name)
        return standing[state][0]

    return get


@pytest.fixture
def deputy(make_plan: Callable[..., str], people: dict[str, str]) -> str:
    """A person on the site behind the account ``other-sponsor``, known to no plan; its name."""
    name = f"{make_plan()}-deputy"
    frappe.set_user("Administrator")
    person = {"doctype": "SM Person", "title": "Vi Nowak", "user": people["other-sponsor"]}
    frappe.get_doc(person).insert(set_name=name)
    frappe.db.commit()
    return name


@pytest.fixture(scope="module")
def every_right(people: dict[str, str]) -> Iterator[None]:
    """As if somebody had given every right on plans and seals to the roles of the sign-off."""
    fresh()
    given = (doctypes.PLAN, doctypes.SEAL)
    for doctype in given:
        for role in ("SM Planner Manager", "SM Executive Sponsor"):
            add_permission(doctype, role)
            for right in rights:
                update_permission_property(doctype, role, 0, right, 1, validate=False)
    frappe.db.commit()
    frappe.clear_cache()
    yield
    fresh()
    frappe.db.delete("Custom DocPerm", {"parent": ("in", given)})
    frappe.db.commit()
    frappe.clear_cache()


def _remove() -> None:
    """Everything that bears the prefix of the run."""
    ours = ("like", f"{RUN}%")
    named_by = {doctypes.DOCTYPES[part]: "plan" for part in doctypes.PARTS}
    named_by |= {doctypes.EVENT: "plan", doctypes.DELEGATION: "principal"}
    named_by |= dict.fromkeys(doctypes.OF_LINEAGE, "lineage")
    named_by |= dict.fromkeys(doctypes.PERSONAL, "person")
    for doctype in {*doctypes.RECORDS, *named_by, doctypes.SEAL, doctypes.LINEAGE} - {doctypes.SETTINGS}:
        names = frappe.get_all(doctype, {named_by.get(doctype, "name"): ours}, pluck="name")
        for table in frappe.get_meta(doctype).get_table_fields():
            frappe.db.delete(table.options, {"parenttype": doctype, "parent": ("in", names)})
        frappe.db.delete("Version", {"ref_doctype": doctype, "docname": ("in", names)})
        about = {"reference_doctype": doctype, "reference_name": ("in", names)}
        actions = frappe.get_all("Workflow Action", about, pluck="name")
        frappe.db.delete("Workflow Action Permitted Role", {"parent": ("in", actions)})
        for log in ("Workflow Action", "Comment"):
            frappe.db.delete(log, about)
        frappe.db.delete(doctype, {"name": ("in", names)})
    for doctype in (doctypes.ACCOUNT_PASSWORD, doctypes.CALENDAR_FEED):
        frappe.db.delete(doctype, {"account": ours})
    frappe.db.delete("Notification Log", {"for_user": ours})
    frappe.db.delete("Error Log", {"method": ("like", f"%{RUN}%")})
    for file in frappe.get_all("File", {"owner": ours}, pluck="name"):
        frappe.delete_doc("File", file)
    for user in frappe.get_all("User", {"name": ours}, pluck="name"):
        frappe.delete_doc("User", user, force=True, delete_permanently=True)
        frappe.db.delete("Contact", {"email_id": user})
        frappe.db.delete("Activity Log", {"user": user})
