"""Waivers: what they suppress, and what they cannot."""

import dataclasses
from datetime import date

import pytest

from sm_planner.engine import approval
from sm_planner.engine.checks import CheckResult, check
from sm_planner.engine.checks.finding import Verdict
from sm_planner.engine.checks.readiness import State, readiness
from sm_planner.engine.model import Person, Plan, Service, Waiver
from sm_planner.engine.model.approvals import Approval
from sm_planner.engine.sealing import seal

TODAY = date(2027, 2, 1)
PEOPLE = (Person(id="ana", title="Ana Reis"), Person(id="bo", title="Bo Lind"))
SERVICES = (Service(id="mail", title="E-mail"), Service(id="chat", title="Chat"))
WAIVER = Waiver(
    id="w",
    rule="SVC-06",
    record="mail",
    reason="The parts are being counted.",
    requester="ana",
    approver="bo",
    expires=TODAY,
    status="Approved",
)


def checked(*waivers: Waiver, **fields) -> CheckResult:
    return check(Plan(id="p", people=PEOPLE, services=SERVICES, waivers=waivers, **fields), TODAY)


def places(findings) -> list[tuple[str, str]]:
    return [(finding.code, finding.record.id) for finding in findings if finding.code in ("SVC-06", "SVC-05")]


def test_a_waiver_suppresses_the_finding_of_its_record_and_no_other():
    result = checked(WAIVER)
    assert places(result.findings) == [
        *(("SVC-05", "chat"), ("SVC-05", "mail")),
        ("SVC-06", "chat"),
    ]
    assert [(finding.record.id, finding.verdict, finding.waiver) for finding in result.waived] == [
        ("mail", Verdict.WAIVED, "w")
    ]


def test_a_waiver_without_a_record_suppresses_every_finding_of_its_rule():
    result = checked(dataclasses.replace(WAIVER, record=""))
    assert places(result.findings) == [("SVC-05", "chat"), ("SVC-05", "mail")]
    assert places(result.waived) == [("SVC-06", "chat"), ("SVC-06", "mail")]


def test_what_is_waived_neither_counts_nor_passes():
    without, with_waiver = checked(), checked(dataclasses.replace(WAIVER, record=""))
    assert with_waiver.counts["Error"] == without.counts["Error"] - 2
    assert "SVC-06" not in with_waiver.passed


@pytest.mark.parametrize(
    "faulty",
    [
        {"reason": ""},
        {"approver": ""},
        {"approver": "ana"},
        {"expires": None},
        {"expires": date(2027, 1, 31)},
        {"record": "fax"},
        {"rule": "SVC-99"},
    ],
)
def test_a_faulty_or_expired_waiver_suppresses_nothing_and_is_found(faulty):
    result = checked(dataclasses.replace(WAIVER, **faulty))
    assert result.waived == ()
    assert {finding.code for finding in result.findings if finding.record.id == "w"} <= {"INT-04", "INT-05"}
    assert any(finding.record.id == "w" for finding in result.findings)


@pytest.mark.parametrize("rule", ["SPN-01", "PLN-06"])
def test_a_blocker_cannot_be_waived(rule):
    result = checked(dataclasses.replace(WAIVER, rule=rule, record=""))
    assert rule in {finding.code for finding in result.blockers}
    assert [finding.text for finding in result.findings if finding.record.id == "w"] == [
        f"“w” waives {rule}, a blocker, which has to be fixed instead."
    ]


def test_a_waiver_cannot_waive_the_rules_about_waivers():
    expired = dataclasses.replace(WAIVER, id="old", expires=date(2027, 1, 31))
    result = checked(expired, dataclasses.replace(WAIVER, rule="INT-05", record="old"))
    assert ("INT-05", "old") in [(finding.code, finding.record.id) for finding in result.findings]


def test_what_could_not_be_decided_is_not_waived():
    result = checked(dataclasses.replace(WAIVER, rule="SPN-02", record=""))
    assert "SPN-02" in {finding.code for finding in result.not_evaluated}
    assert result.waived == ()


def test_a_waived_fault_does_not_keep_a_piece_from_being_ready(minimal):
    busy = dataclasses.replace(minimal.objectives[0], kpi_kind="Effort")
    waiver = dataclasses.replace(WAIVER, rule="OBJ-15", record=busy.id, requester="paula", approver="edith")
    plan = dataclasses.replace(minimal, objectives=(busy,), waivers=(waiver,))
    board = {state.piece.name: state.state for state in readiness(plan, check(plan, TODAY)).pieces}
    assert board["Objectives"] is State.READY


def test_a_waiver_is_part_of_what_is_signed(minimal):
    assert "waivers" in seal.canonical.content(dataclasses.replace(minimal, waivers=(WAIVER,)))["registers"]


def test_a_renewal_that_nobody_approved_is_found_once_the_approval_before_it_has_ended():
    asked = dataclasses.replace(WAIVER, status="Requested", expires=date(2026, 12, 31))
    approved = Approval(
        register="waivers",
        entry="w",
        number=1,
        act="Approve",
        person="bo",
        until=asked.expires,
        day=date(2026, 6, 1),
        what=approval.what(asked),
    )
    result = checked(dataclasses.replace(asked, expires=date(2027, 12, 31)), approvals=(approved,))
    assert result.waived == ()
    assert [(one.code, one.text) for one in result.findings if one.record.id == "w"] == [
        ("INT-05", "“w” was approved until 2026-12-31, and its renewal is not approved yet.")
    ]
