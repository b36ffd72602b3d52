"""Doors to assessments: what an independent assessor alone says, what was submitted, and to live with a gap.

Of the plan ``planner`` is the owner, and ``sponsor`` signs it. ``service-owner`` assesses independently.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator

import frappe
import pytest
import requests
from http_kit import Client, export, fresh, import_plan, imported, lineage, says, told, with_key

pytestmark = pytest.mark.commits

ASSESSMENT, ANSWER, DECISION = "SM Assessment", "SM Assessment Answer", "SM Gap Decision"
OWNER, SPONSOR, ASSESSOR = "planner", "sponsor", "service-owner"
LOOK = "sys-knowledge"
ALONE = "Who assesses independently answers and submits it without help of others."
STAYS = "This assessment was submitted, and stays as it is."


@pytest.fixture(scope="module")
def plan(make_plan: Callable[..., str], people: dict[str, str]) -> str:
    """A plan in force with somebody who assesses, and owns no process."""
    name = make_plan("Active")
    frappe.get_doc({"doctype": "SM Person", "title": "Ira", "user": people[ASSESSOR]}).insert(
        set_name=f"{name}-ira"
    )
    frappe.db.commit()
    fresh()
    return name


@pytest.fixture
def begun(plan: str) -> Iterator[str]:
    """An independent assessment with no level yet; its name. Afterwards nothing is left of it."""
    fresh()
    document = frappe.get_doc(
        {
            "doctype": ASSESSMENT,
            "lineage": lineage(plan),
            "title": "Spring",
            "framework": "where-we-stand",
            "kind": "Independent",
            "assessor": f"{plan}-ira",
            "as_of": "2026-11-20",
        }
    ).insert()
    frappe.db.commit()
    yield document.name
    fresh()
    for table in (ANSWER, "SM Assessment Evidence"):
        frappe.db.delete(table, {"parent": document.name})
    frappe.db.delete(DECISION, {"lineage": lineage(plan), "id": ("like", "GAP-%")})
    frappe.db.delete("SM Approval", {"lineage": lineage(plan), "register": "gap_decisions"})
    frappe.db.delete(ASSESSMENT, {"name": document.name})
    frappe.db.commit()


@pytest.fixture
def submitted(client, begun: str) -> str:
    settled(answer(client(ASSESSOR), begun, score=1))
    settled(client(ASSESSOR).call("sm_planner.api.submit_assessment", assessment=begun))
    return begun


def of_file(plan: str) -> str:
    """The assessment that came with the plan, submitted; its name."""
    fresh()
    return frappe.db.get_value(
        ASSESSMENT, {"lineage": lineage(plan), "title": ("like", "%autumn 2026")}, "name"
    )


def answer(client: Client, name: str, **said: object) -> requests.Response:
    values = {"assessment": name, "code": LOOK, "answer": json.dumps(said)}
    return client.call("sm_planner.api.answer_line", **values)


def settled(answered: requests.Response) -> None:
    assert answered.status_code == 200, told(answered)


def refused(
    answered: requests.Response, words: str | tuple[str, ...], status: tuple[int, ...] = (403,)
) -> None:
    assert answered.status_code in status and says(answered, words), told(answered)


def scores(name: str) -> list[int | None]:
    fresh()
    return frappe.get_all(ANSWER, {"parent": name, "score": ("is", "set")}, pluck="score")


def row_of(name: str) -> str:
    fresh()
    return frappe.db.get_value(ANSWER, {"parent": name, "code": LOOK}, "name")


def whole(client: Client, name: str, change: Callable[[dict], None]) -> dict:
    document = client.get(f"/api/resource/{ASSESSMENT}/{name}").json()["data"]
    change(document)
    return document


def level(score: int) -> Callable[[dict], None]:
    def change(document: dict) -> None:
        next(row for row in document["answers"] if row["code"] == LOOK)["score"] = score

    return change


WRITES: dict[str, Callable[[Client, str], requests.Response]] = {
    "the page": lambda client, name: answer(client, name, score=4),
    "PUT": lambda client, name: client.put(
        ASSESSMENT, name, answers=whole(client, name, level(4))["answers"]
    ),
    "save": lambda client, name: client.call("frappe.client.save", doc=whole(client, name, level(4))),
    "the form": lambda client, name: client.call(
        "frappe.desk.form.save.savedocs", doc=json.dumps(whole(client, name, level(4))), action="Save"
    ),
    "a row by set_value": lambda client, name: client.call(
        "frappe.client.set_value", doctype=ANSWER, name=row_of(name), fieldname="score", value=4
    ),
    "a row by PUT": lambda client, name: client.put(ANSWER, row_of(name), score=4),
}
BY_ROW = "Rows of"


@pytest.mark.parametrize("way", WRITES)
@pytest.mark.parametrize("who", [OWNER, "system-manager"])
def test_nobody_says_for_an_independent_assessor_what_he_found(client, plan, begun, way, who):
    """Y91"""
    refused(WRITES[way](client(who), begun), (ALONE, BY_ROW, "can only be changed"), (403, 417))
    assert scores(begun) == []


def test_nobody_takes_his_place_or_submits_for_him(client, plan, begun):
    """Y91"""
    for values in ({"kind": "Self"}, {"status": "Submitted"}):
        changed = whole(client(OWNER), begun, level(4))["answers"]
        refused(client(OWNER).put(ASSESSMENT, begun, answers=changed, **values), ALONE)
    refused(client(OWNER).call("sm_planner.api.submit_assessment", assessment=begun), ALONE)
    assert scores(begun) == []


@pytest.mark.parametrize("way", WRITES)
@pytest.mark.parametrize("who", [ASSESSOR, OWNER, "system-manager"])
def test_what_was_submitted_is_changed_by_nobody(client, plan, submitted, way, who):
    """Y92"""
    refused(WRITES[way](client(who), submitted), (STAYS, BY_ROW, "can only be changed"), (403, 417))
    assert scores(submitted) == [1]


@pytest.mark.parametrize("values", [{"status": "Draft"}, {"as_of": "2030-01-01"}, {"framework_version": "9"}])
def test_what_was_submitted_is_not_opened_again(client, plan, submitted, values):
    """Y92"""
    for who in (ASSESSOR, "system-manager"):
        refused(client(who).put(ASSESSMENT, submitted, **values), STAYS)
    fresh()
    kept = frappe.get_doc(ASSESSMENT, submitted)
    assert (kept.status, str(kept.as_of), kept.framework_version) == ("Submitted", "2026-11-20", "1")


@pytest.mark.parametrize("who", [ASSESSOR, OWNER, "system-manager"])
def test_what_was_submitted_is_not_deleted(client, plan, submitted, who):
    """Y93"""
    answered = client(who).delete(ASSESSMENT, submitted)
    assert answered.status_code == 403, told(answered)
    fresh()
    assert frappe.db.exists(ASSESSMENT, submitted)


def test_nothing_begins_as_if_it_were_submitted(client, plan, people):
    """Y94"""
    values = {
        "lineage": lineage(plan),
        "title": "At once",
        "framework": "where-we-stand",
        "status": "Submitted",
    }
    values |= {"assessor": f"{plan}-ira", "kind": "Independent", "as_of": "2026-11-20"}
    for who in (ASSESSOR, OWNER):
        refused(client(who).create(ASSESSMENT, **values), "Answer its lines first, and submit it then.")
    frappe.set_user(people["system-manager"])
    rows = [["ID", "Status"], [of_file(plan), "Draft"]]
    (log,) = imported(ASSESSMENT, rows, f"{plan}-asm", import_type="Update Existing Records")
    assert (log.success, STAYS in log.messages) == (0, True), log


def test_a_plan_file_changes_nothing_that_was_submitted(client, plan):
    """Y95"""
    fresh()
    held = export(client(OWNER), plan)
    (one,) = held.assessments
    higher = dataclasses.replace(one, answers=tuple(dataclasses.replace(row, score=4) for row in one.answers))
    settled(client("author").call("sm_planner.api.start_revision", plan=plan))
    fresh()
    revision = frappe.db.get_value("SM Plan", {"lineage": lineage(plan), "state": "Draft"}, "name")
    draft = export(client("author"), revision)
    with pytest.raises(AssertionError, match="was submitted, and stays"):
        import_plan(client("author"), dataclasses.replace(draft, assessments=(higher,)))
    fresh()
    kept = frappe.get_doc(ASSESSMENT, of_file(plan))
    assert {row.score for row in kept.answers} == {row.score for row in one.answers}


@pytest.fixture
def asked(plan: str, submitted: str) -> str:
    """That the assessor asks to live with the gap; its name."""
    fresh()
    made = frappe.get_doc(
        {
            "doctype": DECISION,
            "lineage": lineage(plan),
            "title": "Later",
            "framework": "where-we-stand",
            "code": LOOK,
            "requester": f"{plan}-ira",
            "reason": "The portal comes.",
            "expires": "2099-12-31",
        }
    ).insert()
    frappe.db.commit()
    return made.name


def shown(client: Client, name: str) -> str:
    form = client.get("/api/method/frappe.desk.form.load.getdoc", doctype=DECISION, name=name)
    onload = form.json()["docs"][0]["__onload"] if form.ok else {}
    return onload.get("decision", {}).get("shown", "0" * 64)


def decide(client: Client, name: str, **values: str) -> requests.Response:
    known = {"gap_decision": name, "act": "Approve", "shown": shown(client, name)}
    return client.call("sm_planner.api.decide_gap", **{**known, **values})


def status_of(name: str) -> str:
    fresh()
    return frappe.db.get_value(DECISION, name, "status")


def test_only_plan_owner_and_sponsor_decide_and_not_who_asked(client, plan, asked):
    """Y96"""
    refused(decide(client(ASSESSOR), asked), "You asked to live with this gap.")
    refused(decide(client("system-manager"), asked), "The plan owner or the executive sponsor decides")
    refused(decide(client(OWNER), asked, shown="0" * 64), "has changed since you opened it")
    assert status_of(asked) == "Requested"
    settled(decide(client(OWNER), asked))
    assert status_of(asked) == "Approved"


def test_who_entered_it_does_not_decide_whoever_asks(client, plan, asked):
    """Y96b"""
    entered = client(OWNER).create(
        DECISION,
        lineage=lineage(plan),
        title="For her",
        framework="where-we-stand",
        code=LOOK,
        requester=f"{plan}-ira",
        reason="The portal comes.",
        expires="2099-12-30",
    )
    settled(entered)
    made = entered.json()["data"]["name"]
    refused(decide(client(OWNER), made), "You entered this. Somebody else decides about it.")
    settled(client(OWNER).put(DECISION, asked, expires="2099-12-30"))
    refused(decide(client(OWNER), asked), "You entered this. Somebody else decides about it.")
    assert (status_of(made), status_of(asked)) == ("Requested", "Requested")
    settled(decide(client(SPONSOR), asked))
    assert status_of(asked) == "Approved"


def test_nobody_decides_with_a_key_or_by_a_link(server, client, plan, asked, people):
    """Y97"""
    read = shown(client(SPONSOR), asked)
    refused(decide(with_key(server, people[SPONSOR]), asked, shown=read), "after a log-in of your own")
    path = "/api/method/sm_planner.api.decide_gap"
    answered = client(SPONSOR).get(path, gap_decision=asked, act="Approve", shown=read)
    assert answered.status_code == 403, told(answered)
    assert status_of(asked) == "Requested"


@pytest.mark.parametrize("who", [OWNER, "system-manager"])
def test_the_state_is_written_by_no_hand(client, plan, asked, who):
    """Y98"""
    client(who).put(DECISION, asked, status="Approved")
    client(who).call(
        "frappe.client.set_value", doctype=DECISION, name=asked, fieldname="status", value="Approved"
    )
    assert status_of(asked) == "Requested"


def test_what_was_accepted_is_asked_again_once_it_says_something_else(client, plan, asked):
    """Y98"""
    settled(decide(client(OWNER), asked))
    settled(client(OWNER).put(DECISION, asked, reason="For ever."))
    assert status_of(asked) == "Requested"


def test_answers_by_a_link_and_by_who_has_no_part_are_refused(client, plan, begun):
    """Y99"""
    path = "/api/method/sm_planner.api.answer_line"
    said = {"assessment": begun, "code": LOOK, "answer": json.dumps({"score": 4})}
    assert client(ASSESSOR).get(path, **said).status_code == 403
    for who in ("auditor", "stakeholder", "guest"):
        assert client(who).post(path, **said).status_code in (401, 403, 404)
    assert scores(begun) == []
