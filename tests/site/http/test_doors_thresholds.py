"""Doors for thresholds: who bends what a plan is measured by leaves it in the seal, and before its signers."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator

import frappe
import pytest
from http_kit import (
    API,
    Client,
    events,
    export,
    facts,
    fresh,
    move,
    seen_hash,
    sign,
    state,
    told,
    verify,
)

from sm_planner.adapters.site import stored_records
from sm_planner.engine import plan_file
from sm_planner.engine.model import Settings

pytestmark = pytest.mark.commits

SETTINGS = "SM Settings"
TELLS = "Shortest Why (Characters): 1; the standard is 80. This is less strict."


def bend(client: Client, **values: object) -> None:
    answer = client.put(SETTINGS, SETTINGS, **values)
    assert answer.status_code == 200, told(answer)


@pytest.fixture(autouse=True)
def thresholds_of_the_site(commits: None) -> Iterator[None]:
    """Standard before a test, and afterwards."""

    def straighten() -> None:
        fresh()
        frappe.db.set_single_value(SETTINGS, {"why_min_length": 80, "least_slack": 10})
        frappe.db.commit()
        frappe.clear_document_cache(SETTINGS, SETTINGS)
        fresh()

    straighten()
    yield
    straighten()


def summary(client: Client, plan: str) -> dict:
    return client.get(f"{API}.sign_off_summary", plan=plan).json()["message"]


def test_thresholds_that_were_bent_for_an_hour_stand_in_the_seal(client, make_plan):
    """T1: the author bends them, sends the plan to its sponsor, and puts them back after the signature."""
    plan = make_plan("Draft")
    author = client("author")
    assert author.put("SM Plan", plan, why="Because.").status_code == 200
    bend(author, why_min_length=1)
    move(author, plan, "Send for Review", "Send to Sponsor")

    shown = summary(client("sponsor"), plan)
    signed = sign(client("sponsor"), plan, seen_hash=shown["seen_hash"])
    bend(author, why_min_length=80)

    assert TELLS in shown["thresholds"]
    assert signed.status_code == 200, told(signed)
    assert state(plan) == ("Active", 1, 1)
    verified = verify(client("auditor"), plan)
    assert (verified["intact"], verified["seals"][0]["thresholds"]) == (True, '{"why_min_length":1}')
    assert verified["own"]["asked"] == ["Shortest Why (Characters): 1"]
    receipt = client("auditor").get(f"{API}.receipt", plan=plan).json()
    assert receipt["seals"][0]["thresholds"] == '{"why_min_length":1}'
    book = client("auditor").get(f"{API}.plan_book", plan=plan).text
    assert "It was measured by thresholds that differ from the standard" in book
    register = client("auditor").call(
        "frappe.desk.query_report.run", report_name="Seal Register", filters={"plan": plan}
    )
    assert "Shortest Why (Characters): 1" in told(register)


def test_thresholds_that_change_after_the_signer_looked_refuse_the_signature(client, make_plan, people):
    """T2: like content that changed; and it is in the log, and told to the sponsor."""
    plan = make_plan("To Sign")
    shown = seen_hash(client("sponsor"), plan)

    bend(client("author"), why_min_length=1)
    answer = sign(client("sponsor"), plan, seen_hash=shown)

    assert (answer.status_code, "The plan has changed since you opened it." in told(answer)) == (417, True)
    assert state(plan) == ("To Sign", 0, 0)
    assert ("Thresholds Changed", "Done", people["author"]) in events(plan)
    told_of = {
        "document_name": plan,
        "for_user": people["sponsor"],
        "subject": ("like", "About the sign-off%"),
    }
    assert frappe.db.exists("Notification Log", told_of)
    assert sign(client("sponsor"), plan).status_code == 200


def test_a_signature_given_by_other_thresholds_does_not_count(client, make_plan):
    """T3: the first signer has signed; then the thresholds change, and the sponsor is next no more."""
    plan = make_plan("To Sign", before=("other-sponsor",))
    assert sign(client("other-sponsor"), plan).status_code == 200

    bend(client("author"), least_slack=0)
    answer = sign(client("sponsor"), plan)

    assert (answer.status_code, "must sign this plan before anybody else" in told(answer)) == (417, True)
    assert sign(client("other-sponsor"), plan).status_code == 200
    assert sign(client("sponsor"), plan).status_code == 200
    fresh()
    assert json.loads(stored_records.seals(plan)[0].thresholds) == {"least_slack": 0}


@pytest.mark.parametrize("by", ["author", "planner"])
def test_a_plan_file_leaves_the_thresholds_of_the_site(client, make_plan, by):
    """T4: whoever imports it, also who may change the settings; and it is told."""
    before = make_plan("Draft")
    plan = dataclasses.replace(
        export(client("author"), before),
        id=f"{before}-f-{by}",
        lineage="",
        settings=Settings(why_min_length=1, it_departments=("Nowhere",)),
    )
    fresh()
    kept = stored_records.settings()
    text = plan_file.dumps(plan)
    file = client(by).create("File", file_name=f"{plan.id}.yaml", content=text, is_private=1).json()["data"]

    answer = client(by).call("sm_planner.api.import_plan", file_url=file["file_url"])

    assert answer.status_code == 200, told(answer)
    assert "The site has its own thresholds." in told(answer)
    assert "Shortest Why (Characters): 80 instead of 1" in told(answer)
    fresh()
    assert stored_records.settings() == kept
    assert facts(plan.id)["content"]


def test_who_may_only_read_the_settings_does_not_bend_them(client, make_plan):
    """T5"""
    for by in ("planner", "sponsor", "auditor"):
        assert client(by).put(SETTINGS, SETTINGS, why_min_length=1).status_code == 403
    fresh()
    assert stored_records.settings().why_min_length == 80
