"""Doors to the decision about an improvement, and to its state: by the wrong person, in another's place, by hand, after the fact.

Of the plan ``planner`` is the owner, and ``sponsor`` signs it. ``service-owner`` carries the improvement out.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator

import frappe
import pytest
import requests
from http_kit import (
    API,
    Client,
    assert_unchanged,
    export,
    fresh,
    import_plan,
    imported,
    lineage,
    says,
    taken_over,
    told,
    verify,
    with_key,
)

from sm_planner.engine.model import Improvement
from sm_planner.install import BOARD

pytestmark = pytest.mark.commits

IMPROVEMENT, APPROVAL, REPORT = "SM Improvement", "SM Approval", "SM Progress Report"
OWNER, SPONSOR, CARRIER, OTHER = "planner", "sponsor", "service-owner", "other-sponsor"
BULK = "frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs"
KANBAN = "frappe.desk.doctype.kanban_board.kanban_board"
WORKFLOW = "frappe.model.workflow"
OWN_WORKFLOW, OWN_ACTION = "Doors", "Wave Through"
OWN_LOG_IN = "You decide after a log-in of your own"
DECIDERS = "The plan owner or the executive sponsor decides about this improvement."
BY_HAND = "by who decides about it"
CHANGED = "The improvement has changed since you opened it."
BY_SITE = ("The site alone writes this.", "does not have doctype access via role permission")
NOT_YOURS = "Only whom it is about, or a planner, can enter or change this."
CLOSED = "This improvement is closed, and stays as it is."
STAYS = "What happened is corrected only by who entered it, within a day."
NO_PART = "You have no part in a plan in force here."


@pytest.fixture(scope="module")
def plan(make_plan: Callable[..., str], people: dict[str, str]) -> str:
    """A plan in force with somebody who carries improvements out and plans nothing."""
    name = make_plan("Active")
    stands_for(f"{name}-omar", people[CARRIER])
    return name


@pytest.fixture(scope="module")
def without_desk(make_plan: Callable[..., str], people: dict[str, str]) -> str:
    """The same where this is somebody who reads no document."""
    name = make_plan("Active")
    stands_for(f"{name}-omar", people["stakeholder"])
    return name


def stands_for(person: str, account: str) -> None:
    frappe.db.set_value("SM Person", person, "user", account)
    frappe.db.commit()
    fresh()


def made(plan: str, status: str = "Assess", **values: object) -> str:
    """An improvement of a plan, with all that has to be known to decide; its name."""
    fresh()
    known = {
        "title": "Card at the desk",
        "improvement_owner": f"{plan}-omar",
        "start_date": "2027-01-01",
        "due": "2027-06-30",
        "effort_days": 20,
        "benefit_kpi": "Walk-ins",
        "benefit_baseline": 100,
        "benefit_target": 50,
    }
    document = frappe.get_doc({"doctype": IMPROVEMENT, "lineage": lineage(plan), **known, **values})
    document.insert()
    document.status = status
    document.save()
    frappe.db.commit()
    return document.name


@pytest.fixture
def improvement(plan: str) -> Iterator[str]:
    """An improvement that waits for a decision; its name. Afterwards nothing is left of it."""
    yield made(plan)
    forget(plan)


@pytest.fixture
def approved(client: Callable[[str], Client], plan: str, improvement: str) -> str:
    """The same, approved by the owner of the plan."""
    settled(decide(client(OWNER), improvement), "Approved")
    return improvement


@pytest.fixture
def closed(client: Callable[[str], Client], plan: str, approved: str) -> str:
    """The same, carried out and closed."""
    came = {"benefit_actual": 48, "verdict": "Reached"}
    for values in ({"status": "In Progress"}, {"status": "Verify", **came}):
        answer = client(CARRIER).put(IMPROVEMENT, approved, **values)
        assert answer.status_code == 200, told(answer)
    settled(decide(client(OWNER), approved, "Close"), "Closed")
    return approved


def forget(plan: str) -> None:
    """Remove what the tests entered for a plan: what came with it has an id of words."""
    fresh()
    of_plan = {"lineage": lineage(plan)}
    names = frappe.get_all(IMPROVEMENT, {**of_plan, "id": ("like", "IMP-%")}, pluck="name")
    for doctype in (APPROVAL, REPORT):
        frappe.db.delete(doctype, of_plan)
    for log, kind, name in (
        ("Version", "ref_doctype", "docname"),
        ("Comment", "reference_doctype", "reference_name"),
        ("File", "attached_to_doctype", "attached_to_name"),
    ):
        frappe.db.delete(log, {kind: IMPROVEMENT, name: ("in", names)})
    frappe.db.delete(IMPROVEMENT, {"name": ("in", names)})
    frappe.db.commit()


def shown(client: Client, improvement: str) -> str:
    """The hash of what the form shows the client; of nothing if it shows nothing."""
    form = client.get("/api/method/frappe.desk.form.load.getdoc", doctype=IMPROVEMENT, name=improvement)
    onload = form.json()["docs"][0]["__onload"] if form.ok else {}
    return onload.get("decision", {}).get("shown", "0" * 64)


def decide(client: Client, improvement: str, act: str = "Approve", **values: str) -> requests.Response:
    return client.call(
        "sm_planner.api.decide_improvement",
        **{"improvement": improvement, "act": act, "shown": shown(client, improvement), **values},
    )


def settled(answer: requests.Response, status: str) -> None:
    assert (answer.status_code, answer.json().get("message")) == (200, status), told(answer)


def status_of(improvement: str) -> str:
    fresh()
    return frappe.db.get_value(IMPROVEMENT, improvement, "status")


def decisions(improvement: str) -> list[str]:
    fresh()
    held = frappe.db.get_value(IMPROVEMENT, improvement, ["lineage", "id"], as_dict=True)
    of_entry = {"lineage": held.lineage, "entry": held.id}
    return frappe.get_all(APPROVAL, of_entry, pluck="act", order_by="number asc")


def refused(answer: requests.Response, words: str | tuple[str, ...]) -> None:
    assert (answer.status_code, says(answer, words)) == (403, True), told(answer)


@pytest.mark.parametrize(
    "way", [pytest.param(with_key, id="a key"), pytest.param(taken_over, id="a session that was taken over")]
)
def test_nobody_decides_in_the_place_of_the_plan_owner(server, client, plan, improvement, people, way):
    """Z61"""
    other = way(server, people[OWNER])
    with assert_unchanged(plan):
        answer = decide(other, improvement)
    refused(answer, OWN_LOG_IN)
    settled(decide(client(OWNER), improvement), "Approved")
    assert verify(client("auditor"), plan)["intact"]


@pytest.mark.parametrize("who", ["author", "boss", OTHER, "auditor", "system-manager"])
@pytest.mark.parametrize("act", ["Approve", "Reject"])
def test_who_neither_owns_nor_signs_the_plan_decides_about_none_of_its_improvements(
    client, plan, improvement, who, act
):
    """Z62"""
    with assert_unchanged(plan):
        answer = decide(client(who), improvement, act, reason="x")
    refused(answer, DECIDERS)


@pytest.mark.parametrize("person", ["paula", "edith"])
def test_nobody_gives_the_own_account_to_who_decides(client, plan, improvement, people, person):
    """Z62"""
    author = client("author")
    with assert_unchanged(plan):
        changed = author.put("SM Person", f"{plan}-{person}", user=people["author"])
        cannot = "You cannot decide whether your own account stands for"
        assert (changed.status_code, says(changed, cannot)) == (417, True), told(changed)
        refused(decide(author, improvement), DECIDERS)


@pytest.mark.parametrize("who", ["nobody", "stakeholder", "guest"])
def test_who_may_not_read_an_improvement_does_not_decide(client, plan, improvement, who):
    """Z62"""
    with assert_unchanged(plan):
        assert decide(client(who), improvement).status_code == 403


@pytest.mark.parametrize(
    ("who", "field", "words"),
    [
        (CARRIER, "improvement_owner", "You carry out this improvement."),
        (OWNER, "improvement_owner", "You carry out this improvement."),
        (SPONSOR, "improvement_owner", "You carry out this improvement."),
        (OWNER, "suggested_by", "You suggested this improvement."),
        (SPONSOR, "suggested_by", "You suggested this improvement."),
    ],
)
@pytest.mark.parametrize("act", ["Approve", "Reject"])
def test_nobody_decides_about_what_he_carries_out_or_suggested(client, plan, people, who, field, words, act):
    """Z63"""
    person = frappe.db.get_value("SM Person", {"user": people[who], "name": ("like", f"{plan}-%")})
    name = made(plan, **{field: person})
    try:
        with assert_unchanged(plan):
            answer = decide(client(who), name, act, reason="x")
        refused(answer, words)
    finally:
        forget(plan)


def test_nobody_takes_back_that_he_suggested_it_to_decide_himself(client, plan):
    """Z63"""
    owner = client(OWNER)
    name = made(plan, suggested_by=f"{plan}-paula")
    try:
        for other in ("", f"{plan}-omar"):
            with assert_unchanged(plan):
                answer = owner.put(IMPROVEMENT, name, suggested_by=other)
            refused(answer, "does not take that back")
    finally:
        forget(plan)


def test_what_another_carries_out_is_assessed_again_when_its_approver_takes_it_over(client, plan, approved):
    """Z63"""
    answer = client(OWNER).put(IMPROVEMENT, approved, improvement_owner=f"{plan}-paula")
    assert answer.status_code == 200, told(answer)
    assert status_of(approved) == "Assess"
    refused(decide(client(OWNER), approved), "You carry out this improvement.")


def test_a_link_decides_nothing(client, plan, improvement):
    """Z64"""
    one = client(OWNER)
    values = {"improvement": improvement, "act": "Approve", "shown": shown(one, improvement)}
    with assert_unchanged(plan):
        for answer in (
            one.get(f"{API}.decide_improvement", **values),
            one.get("/", cmd="sm_planner.api.decide_improvement", **values),
        ):
            assert answer.status_code == 403, told(answer)


def test_what_was_not_read_is_not_decided_about(client, plan, improvement):
    """Z65: what it said before, what another says, and nothing"""
    one = client(OWNER)
    before, other = shown(one, improvement), made(plan, title="Another")
    assert one.put(IMPROVEMENT, improvement, cost=1500).status_code == 200
    with assert_unchanged(plan):
        for read in (before, shown(one, other), "0" * 64, ""):
            refused(decide(one, improvement, shown=read), CHANGED)
    settled(decide(one, improvement), "Approved")


def document(client: Client, improvement: str, **changes: object) -> dict[str, object]:
    """The improvement as the client gets it, with changes."""
    return {**client.get(f"/api/resource/{IMPROVEMENT}/{improvement}").json()["data"], **changes}


Send = Callable[..., requests.Response]

WRITES: dict[str, Send] = {
    "PUT": lambda client, name, **values: client.put(IMPROVEMENT, name, **values),
    "API v2": lambda client, name, **values: client.session.patch(
        f"{client.address}/api/v2/document/{IMPROVEMENT}/{name}", json=values
    ),
    "set_value": lambda client, name, **values: client.call(
        "frappe.client.set_value", doctype=IMPROVEMENT, name=name, fieldname=values
    ),
    "client.save": lambda client, name, **values: client.call(
        "frappe.client.save", doc=document(client, name, **values)
    ),
    "the form": lambda client, name, **values: client.call(
        "frappe.desk.form.save.savedocs", doc=document(client, name, **values), action="Save"
    ),
}
"""Ways to write an improvement that answer for what they did."""

BULKS: dict[str, Send] = {
    "client.bulk_update": lambda client, name, **values: client.call(
        "frappe.client.bulk_update", docs=[{"doctype": IMPROVEMENT, "docname": name, **values}]
    ),
    "bulk edit of the list": lambda client, name, **values: client.call(
        BULK, doctype=IMPROVEMENT, docnames=[name], action="update", data=values
    ),
}
"""Those that answer with what failed."""

CARDS: dict[str, Send] = {
    "a card is moved": lambda client, name, status: client.call(
        f"{KANBAN}.update_order_for_single_card",
        board_name=BOARD,
        docname=name,
        from_colname="Assess",
        to_colname=status,
        old_index=0,
        new_index=0,
    ),
    "cards are ordered": lambda client, name, status: client.call(
        f"{KANBAN}.update_order", board_name=BOARD, order={status: [name]}
    ),
}
"""What the board does."""


@pytest.mark.parametrize("who", [OWNER, CARRIER, "author"])
@pytest.mark.parametrize("status", ["Approved", "Rejected", "Closed", "In Progress"])
@pytest.mark.parametrize("way", [*WRITES, *BULKS, *CARDS])
def test_nothing_is_decided_by_writing_the_status(client, plan, improvement, way, status, who):
    """Z66"""
    with assert_unchanged(plan):
        answer = {**WRITES, **BULKS, **CARDS}[way](client(who), improvement, status=status)
    if way in BULKS:
        assert improvement in answer.text, told(answer)
    else:
        refused(answer, (BY_HAND, "does not become"))


@pytest.mark.parametrize("status", ["approved", "APPROVED", " Approved", "", "Done"])
def test_no_other_spelling_of_a_status_decides(client, plan, improvement, status):
    """Z66"""
    client(OWNER).put(IMPROVEMENT, improvement, status=status)
    assert (status_of(improvement), decisions(improvement)) == ("Assess", [])


@pytest.mark.parametrize("status", ["Approved", "Closed"])
def test_a_data_import_decides_nothing(plan, improvement, people, status):
    """Z66"""
    with assert_unchanged(plan):
        frappe.set_user(people["system-manager"])
        rows = [["ID", "Status"], [improvement, status]]
        (log,) = imported(IMPROVEMENT, rows, f"{plan}-states", import_type="Update Existing Records")
    assert (log.success, BY_HAND in log.messages) == (0, True), log


@pytest.mark.parametrize("who", [OWNER, CARRIER, "author", "system-manager"])
@pytest.mark.parametrize("status", ["Approved", "In Progress", "Verify", "On Hold", "Closed", "Rejected"])
def test_nothing_begins_as_if_it_were_decided_about(client, plan, who, status):
    """Z67"""
    values = {
        "lineage": lineage(plan),
        "title": "Done already",
        "status": status,
        "improvement_owner": f"{plan}-omar",
    }
    with assert_unchanged(plan):
        for answer in (
            client(who).create(IMPROVEMENT, **values),
            client(who).call("frappe.client.insert", doc={"doctype": IMPROVEMENT, **values}),
        ):
            refused(answer, (BY_HAND, "does not become"))


@pytest.fixture
def own_workflow() -> Iterator[None]:
    """A workflow of the site whose one step approves, in place of that of the app."""
    fresh()
    before = frappe.get_all("Workflow", {"document_type": IMPROVEMENT, "is_active": 1}, pluck="name")
    frappe.get_doc({"doctype": "Workflow Action Master", "workflow_action_name": OWN_ACTION}).insert()
    roles = ("SM Planner User", "SM Planner Manager", "SM Service Owner")
    frappe.get_doc(
        {
            "doctype": "Workflow",
            "workflow_name": OWN_WORKFLOW,
            "document_type": IMPROVEMENT,
            "workflow_state_field": "status",
            "is_active": 1,
            "states": [
                {"state": state, "doc_status": "0", "allow_edit": role}
                for state in ("Assess", "Approved")
                for role in roles
            ],
            "transitions": [
                {"state": "Assess", "action": OWN_ACTION, "next_state": "Approved", "allowed": role}
                for role in roles
            ],
        }
    ).insert()
    frappe.db.commit()
    frappe.clear_cache()
    yield
    fresh()
    frappe.delete_doc("Workflow", OWN_WORKFLOW)
    frappe.delete_doc("Workflow Action Master", OWN_ACTION)
    frappe.db.set_value("Workflow", {"name": ("in", before)}, "is_active", 1)
    frappe.db.commit()
    frappe.clear_cache()


@pytest.mark.parametrize("who", [OWNER, CARRIER, "author"])
def test_a_workflow_of_the_site_decides_nothing(client, plan, improvement, own_workflow, who):
    """Z68"""
    one = client(who)
    with assert_unchanged(plan):
        answer = one.call(f"{WORKFLOW}.apply_workflow", doc=document(one, improvement), action=OWN_ACTION)
        refused(answer, BY_HAND)
        forged = document(one, improvement, status="Approved")
        refused(one.call(f"{WORKFLOW}.apply_workflow", doc=forged, action=OWN_ACTION), BY_HAND)
        one.call(
            f"{WORKFLOW}.bulk_workflow_approval",
            docnames=[improvement],
            doctype=IMPROVEMENT,
            action=OWN_ACTION,
        )


def test_a_plan_file_decides_nothing(client, plan, improvement):
    """Z69"""
    author = client("author")
    draft = author.call("sm_planner.api.start_revision", plan=plan).json()["message"]
    id = improvement.removeprefix(f"{lineage(plan)}-")
    try:
        read = export(author, draft)
        told_by_file = tuple(
            dataclasses.replace(one, status="Closed", benefit_actual=1.0, verdict="Reached")
            if one.id == id
            else one
            for one in read.improvements
        )
        new = Improvement(id="IMP-77", title="Mine", status="Approved", improvement_owner=f"{plan}-omar")
        import_plan(author, dataclasses.replace(read, improvements=(*told_by_file, new)))
        assert (status_of(improvement), decisions(improvement)) == ("Assess", [])
        assert status_of(f"{lineage(plan)}-IMP-77") == "Assess"
    finally:
        gone = author.delete("SM Plan", draft)
        assert gone.status_code == 202, told(gone)


MOVED = {
    "title": "Another card",
    "improvement_owner": "",
    "due": "2028-12-31",
    "effort_days": 59,
    "cost": 100000,
    "benefit_target": 99,
    "stop_at": "Never",
}
"""What was approved, as others would have it."""


@pytest.mark.parametrize("field", MOVED)
def test_whatever_was_approved_asks_again_when_it_changes(client, approved, field):
    """Z70"""
    answer = client(OWNER).put(IMPROVEMENT, approved, status="In Progress", **{field: MOVED[field]})
    assert answer.status_code == 200, told(answer)
    assert (status_of(approved), decisions(approved)) == ("Assess", ["Approve"])


@pytest.mark.parametrize("who", [OWNER, CARRIER, "author"])
@pytest.mark.parametrize("way", [*WRITES, *BULKS])
def test_a_date_that_was_approved_asks_again_by_whatever_door_it_moves(client, approved, way, who):
    """Z70"""
    answer = {**WRITES, **BULKS}[way](client(who), approved, due="2028-12-31")
    assert answer.status_code == 200, told(answer)
    assert (status_of(approved), decisions(approved)) == ("Assess", ["Approve"])


def test_a_data_import_that_moves_the_date_asks_again(plan, approved, people):
    """Z70"""
    fresh()
    frappe.set_user(people["system-manager"])
    rows = [["ID", "Due"], [approved, "2028-12-31"]]
    (log,) = imported(IMPROVEMENT, rows, f"{plan}-dates", import_type="Update Existing Records")
    assert log.success, log
    assert (status_of(approved), decisions(approved)) == ("Assess", ["Approve"])


@pytest.mark.parametrize("who", [OWNER, SPONSOR, CARRIER, "author", "boss", "system-manager"])
def test_a_decision_is_made_by_no_other_function(client, plan, improvement, who):
    """Z71"""
    fresh()
    values = {
        "lineage": lineage(plan),
        "register": "improvements",
        "entry": frappe.db.get_value(IMPROVEMENT, improvement, "id"),
        "number": 1,
        "act": "Approve",
        "person": f"{plan}-paula",
        "day": "2026-11-01",
        "what": "0" * 64,
    }
    with assert_unchanged(plan):
        for answer in (
            client(who).create(APPROVAL, **values),
            client(who).call("frappe.client.insert", doc={"doctype": APPROVAL, **values}),
        ):
            refused(answer, BY_SITE)


@pytest.mark.parametrize("who", [OWNER, "author", "system-manager"])
def test_what_was_decided_stays(client, plan, approved, who):
    """Z71"""
    fresh()
    name = frappe.db.get_value(APPROVAL, {"lineage": lineage(plan), "register": "improvements"})
    one = client(who)
    with assert_unchanged(plan):
        for answer in (
            one.put(APPROVAL, name, act="Reject"),
            one.call("frappe.client.set_value", doctype=APPROVAL, name=name, fieldname={"reason": "x"}),
            one.call("frappe.client.delete", doctype=APPROVAL, name=name),
            one.delete(APPROVAL, name),
        ):
            assert answer.status_code == 403, told(answer)
        one.call(BULK, doctype=APPROVAL, docnames=[name], action="update", data={"reason": "x"})
        one.call("frappe.desk.reportview.delete_items", doctype=APPROVAL, items=[name])


@pytest.mark.parametrize("who", [OWNER, CARRIER, "author"])
@pytest.mark.parametrize("way", [*WRITES, *BULKS])
def test_what_is_closed_stays_as_it_is(client, plan, closed, way, who):
    """Z72"""
    for values in ({"benefit_actual": 1}, {"due": "2028-12-31"}, {"status": "In Progress"}):
        with assert_unchanged(plan):
            answer = {**WRITES, **BULKS}[way](client(who), closed, **values)
        if way in BULKS:
            assert closed in answer.text, told(answer)
        else:
            refused(answer, (CLOSED, "does not become"))


@pytest.mark.parametrize("who", [OWNER, "author", "system-manager"])
def test_what_is_closed_is_neither_deleted_nor_renamed(client, plan, closed, who):
    """Z72"""
    one = client(who)
    with assert_unchanged(plan):
        for answer in (
            one.delete(IMPROVEMENT, closed),
            one.call("frappe.client.delete", doctype=IMPROVEMENT, name=closed),
        ):
            refused(answer, "stays in the register")
        one.call("frappe.desk.reportview.delete_items", doctype=IMPROVEMENT, items=[closed])
        renamed = one.call(
            "frappe.client.rename_doc", doctype=IMPROVEMENT, old_name=closed, new_name=f"{closed}-x"
        )
        assert renamed.status_code in (403, 417), told(renamed)


def report(improvement: str, **values: object) -> dict[str, object]:
    return {
        "doctype": REPORT,
        "improvement": improvement,
        "day": "2026-11-02",
        "note": "Begun",
        "effort_days": 2,
        **values,
    }


@pytest.mark.parametrize("who", [OTHER, SPONSOR, "nobody", "stakeholder"])
def test_nobody_reports_on_what_another_carries_out(client, plan, improvement, who):
    """Z73"""
    one = client(who)
    values = report(improvement, lineage=lineage(plan), entered_by="", owner="x@example.org")
    with assert_unchanged(plan):
        for answer in (
            one.create(REPORT, **values),
            one.call("frappe.client.insert", doc=values),
            one.call("sm_planner.api.report_progress", lineage=lineage(plan), improvement="IMP-01", note="x"),
        ):
            assert answer.status_code == 403, told(answer)
            assert who not in (OTHER, SPONSOR) or says(
                answer, (NOT_YOURS, NO_PART, "This improvement is not yours.")
            ), told(answer)


def test_what_a_planner_reports_for_another_says_so(client, plan, improvement):
    """Z73"""
    answer = client("author").create(REPORT, **report(improvement, entered_by=""))
    assert answer.status_code == 200, told(answer)
    assert answer.json()["data"]["entered_by"] == "author"


def test_a_report_is_corrected_by_who_entered_it_within_a_day_whatever_day_it_is_about(
    client, plan, improvement
):
    """Z73"""
    carrier = client(CARRIER)
    name = carrier.create(REPORT, **report(improvement, day="2025-01-02")).json()["data"]["name"]
    other = made(plan, improvement_owner=f"{plan}-paula")
    with assert_unchanged(plan):
        refused(carrier.put(REPORT, name, improvement=other), NOT_YOURS)
        refused(client("author").put(REPORT, name, effort_days=9), STAYS)
    assert carrier.put(REPORT, name, effort_days=3).status_code == 200
    fresh()
    entered = frappe.utils.add_to_date(frappe.db.get_value(REPORT, name, "creation"), hours=-25)
    frappe.db.set_value(REPORT, name, "creation", entered, update_modified=False)
    frappe.db.commit()
    with assert_unchanged(plan):
        refused(carrier.put(REPORT, name, effort_days=4), STAYS)
        refused(carrier.put(REPORT, name, day="2026-11-29", creation="2099-01-01 00:00:00"), STAYS)
        refused(carrier.delete(REPORT, name), STAYS)


def reported(client: Client, plan: str, improvement: str, **values: str) -> requests.Response:
    id = improvement.removeprefix(f"{lineage(plan)}-")
    return client.call(
        "sm_planner.api.report_progress",
        **{"lineage": lineage(plan), "improvement": id, "note": "Done", **values},
    )


@pytest.mark.parametrize("status", ["Approved", "Closed", "Rejected", "In Progress", "Verify"])
def test_a_report_decides_nothing(client, plan, improvement, status):
    """Z74: nor is it stored"""
    with assert_unchanged(plan):
        answer = reported(client(CARRIER), plan, improvement, status=status)
    refused(answer, (BY_HAND, "does not become"))


def test_who_reads_no_document_reports_on_his_own_and_on_no_other(client, plan, improvement, without_desk):
    """Z74"""
    mine, owners = made(without_desk), made(without_desk, improvement_owner=f"{without_desk}-paula")
    one = client("stakeholder")
    try:
        answer = reported(one, without_desk, mine)
        assert answer.status_code == 200, told(answer)
        with assert_unchanged(without_desk), assert_unchanged(plan):
            for answer in (
                reported(one, without_desk, owners),
                reported(one, without_desk, improvement),
                reported(one, without_desk, f"{lineage(without_desk)}-none"),
            ):
                refused(answer, "This improvement is not yours.")
            refused(reported(one, plan, improvement), NO_PART)
            answer = one.get(
                f"{API}.report_progress", lineage=without_desk, improvement="IMP-01", note="Done"
            )
            assert answer.status_code == 403, told(answer)
    finally:
        forget(without_desk)


def suggest(client: Client, lineage: str, **values: str) -> requests.Response:
    idea = {"title": "A bell", "description": "Nobody hears us."}
    return client.call("sm_planner.api.suggest_improvement", lineage=lineage, **idea, **values)


def test_who_has_a_part_in_the_plan_suggests_and_nobody_else(client, plan, without_desk, plan_in):
    """Z75: and is not told what plans there are"""
    one = client("stakeholder")
    try:
        answer = suggest(one, without_desk)
        assert answer.status_code == 200, told(answer)
        name = f"{lineage(without_desk)}-{answer.json()['message']}"
        idea = frappe.get_doc(IMPROVEMENT, name)
        assert (idea.status, idea.kind, idea.suggested_by) == (
            "New",
            "Suggestion",
            f"{without_desk}-omar",
        )
    finally:
        forget(without_desk)
    others = (plan, plan_in("Draft"), "there-is-none")
    with assert_unchanged(plan), assert_unchanged(without_desk):
        answers = [suggest(one, name) for name in others]
        assert one.get(f"{API}.suggest_improvement", lineage=without_desk, title="x").status_code == 403
    for answer in answers:
        refused(answer, NO_PART)
    assert len({re.sub(r"[0-9a-f]{32,}", "", told(answer)) for answer in answers}) == 1


@pytest.mark.parametrize("who", [CARRIER, OTHER])
def test_a_suggestion_is_made_in_nobody_elses_name(client, plan, who):
    """Z75"""
    values = {
        "lineage": lineage(plan),
        "title": "A bell",
        "kind": "Suggestion",
        "suggested_by": f"{plan}-paula",
    }
    with assert_unchanged(plan):
        answer = client(who).create(IMPROVEMENT, **values)
    refused(answer, "Enter it as a suggestion of yours")


def attach(client: Client, improvement: str) -> requests.Response:
    return client.create(
        "File",
        file_name=f"{frappe.generate_hash(length=8)}.txt",
        content=frappe.generate_hash(),
        is_private=1,
        attached_to_doctype=IMPROVEMENT,
        attached_to_name=improvement,
    )


def test_files_are_added_by_who_may_write_the_improvement(client, plan, improvement):
    """Z76"""
    idea = made(plan, kind="Suggestion", status="New", improvement_owner="", suggested_by=f"{plan}-omar")
    for who, name, may in (
        (CARRIER, improvement, True),
        (OWNER, improvement, True),
        (OTHER, improvement, False),
        ("auditor", improvement, False),
        (CARRIER, idea, True),
        (OTHER, idea, False),
    ):
        answer = attach(client(who), name)
        assert answer.status_code == (200 if may else 403), (who, told(answer))
    taken_up = client(OWNER).put(IMPROVEMENT, idea, status="Assess", improvement_owner=f"{plan}-paula")
    assert taken_up.status_code == 200, told(taken_up)
    assert attach(client(CARRIER), idea).status_code == 403
