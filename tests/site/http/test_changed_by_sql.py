"""What was changed past the sign-off is told over HTTP, whatever it is; and many who write to the log at once."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import frappe
import pytest
from http_kit import API, Client, first, fresh, move, seen_hash, sign, told, verify

from sm_planner.adapters.site import stored_records
from sm_planner.engine import canonical_json

pytestmark = pytest.mark.commits


def put(doctype: str, name: str, **values: object) -> None:
    frappe.db.set_value(doctype, name, values, update_modified=False)


def forge(plan: str, **values: object) -> None:
    """Another seal with fitting hashes."""
    (made,) = stored_records.seals(plan)
    made = dataclasses.replace(made, **values)
    made = dataclasses.replace(made, content_hash=canonical_json.hash_of(made.content))
    made = dataclasses.replace(made, seal_hash=canonical_json.hash_of(made.statement()))
    put("SM Plan Seal", first("SM Plan Seal", plan=plan), **made.as_dict())


def scope_of(plan: str) -> str:
    return frappe.get_all("SM Plan Scope", {"parent": plan}, pluck="name", order_by="idx asc")[0]


CHANGES: dict[str, tuple[Callable[[str], None], str]] = {
    "state": (lambda p: put("SM Plan", p, state="Draft", docstatus=0), "by seals and log it is Active"),
    "scope row": (lambda p: put("SM Plan Scope", scope_of(p), record_type="No Such"), "not there at signing"),
    "event": (
        lambda p: put("SM Sign-off Event", first("SM Sign-off Event", plan=p, act="Sign"), signature="{"),
        "was changed",
    ),
    "event deleted": (
        lambda p: frappe.db.delete("SM Sign-off Event", {"plan": p, "act": "Send for Review"}),
        "does not follow the one before it",
    ),
    "content": (lambda p: forge(p, content="{"), "the sealed content cannot be read"),
    "time": (lambda p: forge(p, signed_at="yesterday"), "the time of the signature cannot be read"),
    "signatures before": (
        lambda p: forge(p, signed_before="[[]]"),
        "the signatures before it cannot be read",
    ),
    "schema": (
        lambda p: put("SM Plan Seal", first("SM Plan Seal", plan=p), schema_version=2147483647),
        "a later release of SM Planner made it",
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_changed_by_sql_is_told_and_breaks_no_page(client, make_plan, change):
    plan = make_plan("Active")
    make, words = CHANGES[change]
    make(plan)
    frappe.db.commit()
    fresh()
    auditor = client("auditor")

    verified = verify(auditor, plan)

    assert not verified["intact"]
    assert [problem for problem in verified["problems"] if words in problem], verified["problems"]
    for function in ("check", "plan_book", "sign_off_log", "sign_off_summary", "receipt"):
        answer = auditor.get(f"{API}.{function}", plan=plan)
        assert answer.status_code in (200, 417), (function, told(answer))
    register = auditor.get(
        "/api/method/frappe.desk.query_report.run", report_name="Seal Register", filters={"plan": plan}
    )
    assert register.status_code == 200, told(register)


def test_a_hash_from_a_mail_is_compared(client, make_plan):
    plan = make_plan("Active")
    seal_hash = frappe.db.get_value("SM Plan Seal", {"plan": plan}, "seal_hash")

    known, other = (
        client("auditor").get(f"{API}.compare_hash", plan=plan, hash=hash).json()["message"]
        for hash in (seal_hash, "0" * 64)
    )

    assert (known["known"], "This is seal 1: version 1" in known["text"]) == (True, True)
    assert (other["known"], "No seal of this plan has this hash." in other["text"]) == (False, True)


def test_a_lineage_in_other_letters_is_refused(client, make_plan):
    plan = make_plan("Draft")
    made = client("author").create("SM Plan", title="Another", lineage=plan.upper(), version=2)
    assert (made.status_code, f"already exists as “{plan}”" in told(made)) == (417, True), told(made)


def test_refusals_at_once_are_all_in_one_chain(client, server, people, make_plan):
    """Each is kept in a transaction of its own, once its request is rolled back; a signature goes on meanwhile."""
    plan = make_plan("To Sign")
    shown = seen_hash(client("sponsor"), plan)
    sessions = [Client(server, people[name]) for name in ("author", "planner", "author", "planner")]
    refused = [partial(sign, session, plan, seen_hash=shown) for session in sessions]

    with ThreadPoolExecutor(5) as pool:
        answers = [
            answer.status_code
            for answer in pool.map(
                lambda send: send(), [*refused, partial(sign, client("sponsor"), plan, seen_hash=shown)]
            )
        ]

    assert answers[-1] == 200
    assert set(answers[:-1]) == {417}
    fresh()
    assert frappe.db.count("SM Sign-off Event", {"plan": plan, "act": "Sign", "outcome": "Refused"}) == 4
    verified = verify(client("auditor"), plan)
    assert (verified["problems"], verified["intact"]) == ([], True)


def test_first_steps_of_many_plans_at_once_all_come_about(client, make_plan):
    plans = [make_plan("Draft") for _ in range(4)]
    author = client("author")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda plan: move(author, plan, "Send for Review"), plans))
    fresh()
    assert {frappe.db.get_value("SM Plan", plan, "state") for plan in plans} == {"In Review"}
