"""What several tests begin with: made once by the code under test, then written again statement by statement.

A plan takes some 2,000 queries to make, and a tenth of that to write again.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import frappe
from frappe.utils.password import update_password

from sm_planner.adapters import plan_reader
from sm_planner.adapters.documents import plan_writer
from sm_planner.adapters.signing import sign_off
from sm_planner.engine.model import Plan, Settings
from sm_planner.engine.sealing import canonical

PASSWORD = "Planner-2027!"
MEANING = "I approve this plan and fund it."
NURSE = "nurse@example.org"
"""The account of somebody who works without the Desk."""

T = TypeVar("T")
WRITES = ("insert", "update", "delete", "replace")


@dataclass(frozen=True)
class Seed(Generic[T]):
    """made: what the maker returned. statements: what it wrote to the database. users: accounts among that."""

    made: T
    statements: tuple[tuple[str, Any], ...]
    users: tuple[str, ...]

    def plant(self) -> T:
        """Write it in the transaction of a test."""
        for statement, values in self.statements:
            frappe.db.sql(statement, values)
        for user in self.users:
            frappe.clear_cache(user=user)  # what tests before made of the same account
        frappe.db.value_cache.clear()
        frappe.local.cache.clear()
        return self.made


def grow(make: Callable[[], T]) -> Seed[T]:
    """What a maker writes. Rolling it back is left to the caller."""
    run = frappe.local.db.sql
    statements: list[tuple[str, Any]] = []

    def recording(query: Any, values: Any = (), *args: Any, **more: Any) -> Any:
        word = str(query).split(maxsplit=1)[0].lower()
        assert word != "rollback", "what is undone cannot be written again"
        if word in WRITES:
            statements.append((str(query), values))
        return run(query, values, *args, **more)

    before = set(frappe.get_all("User", pluck="name"))
    frappe.local.db.sql = recording
    try:
        made = make()
    finally:
        del frappe.local.db.sql
    users = set(frappe.get_all("User", pluck="name")) - before
    return Seed(made, tuple(statements), tuple(sorted(users)))


@contextmanager
def acting(user: str) -> Iterator[None]:
    """Another user acts."""
    before = frappe.session.user
    frappe.set_user(user)
    try:
        yield
    finally:
        frappe.set_user(before)


def account_with(*roles: str, name: str = "someone@example.org") -> str:
    """Make a user account with these roles; its name."""
    account = {"email": name, "first_name": name, "send_welcome_email": 0}
    held = [{"role": role} for role in roles]
    frappe.get_doc({"doctype": "User", **account, "roles": held}).insert(ignore_permissions=True)
    return name


def plan_before_sponsor(plan: Plan, **others: str) -> str:
    """Make a plan that waits for its sponsor, whose account is ``sponsor@example.org``; its name.

    others: id of a person → account, beside sponsor and owner.
    """
    author = account_with("SM Planner Manager", name="writer@example.org")
    sponsor = account_with("SM Executive Sponsor", name="sponsor@example.org")
    update_password(sponsor, PASSWORD)
    owner = account_with("SM Planner User", name="owner@example.org")
    accounts = {plan.executive_sponsor: sponsor, plan.plan_owner: owner, **others}
    people = tuple(dataclasses.replace(person, user=accounts.get(person.id, "")) for person in plan.people)
    with acting(author):
        name = plan_writer.save(dataclasses.replace(plan, people=people, settings=Settings()))
        put_before_sponsor(name)
    return name


def put_before_sponsor(plan: str) -> None:
    for state in ("In Review", "To Sign"):
        document = frappe.get_doc("SM Plan", plan)
        document.state = state
        document.save()


def sign_as_sponsor(plan: str, password: str = PASSWORD):
    """Sign a plan as it stands, as ``sponsor@example.org``."""
    with acting("sponsor@example.org"):
        seen = canonical.content_hash(plan_reader.load(plan))
        return sign_off.sign(plan, seen, password, MEANING)
