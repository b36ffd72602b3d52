"""Findings told once: lines, their order, and what helps most."""

from __future__ import annotations

import dataclasses
from datetime import date

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from sm_planner.engine.checks import CheckResult, check
from sm_planner.engine.checks.finding import KNOWN, Finding, Ref, Severity, Verdict
from sm_planner.engine.checks.telling import HELPING, Line, Meaning, helping, lines
from sm_planner.engine.model import Improvement, Plan

TODAY = date(2027, 2, 1)


def told(plan: Plan) -> tuple[Line, ...]:
    return lines(plan, check(plan, TODAY))


def finding(code: str, collection: str, id: str, **others) -> Finding:
    """A finding as a check makes it."""
    values = {
        "severity": KNOWN[code].severity,
        "verdict": Verdict.FAILED,
        "message": "Wrong.",
        "args": (),
        "fix": "Mend it.",
    }
    return Finding(code=code, record=Ref(collection, id), **(values | others))


def result(*findings: Finding) -> CheckResult:
    return CheckResult(findings=findings, passed=())


def test_every_finding_stands_in_one_line(example):
    for plan in (example, Plan(id="p"), dataclasses.replace(example, raci=(), components=())):
        found = check(plan, TODAY)
        made = lines(plan, found)
        standing = [one for line in made for one in line.all]
        assert len(standing) == len(found.findings)
        assert set(standing) == set(found.findings)
        assert len({line.key for line in made}) == len(made)


def test_what_hits_many_records_is_one_line_that_counts_them(minimal):
    bare = tuple(Improvement(id=f"imp-{n}", title=f"Action {n}") for n in range(4))
    plan = dataclasses.replace(minimal, improvements=(*minimal.improvements, *bare))
    line = next(one for one in told(plan) if one.code == "IMP-01")
    assert [record.id for record in line.records] == ["imp-0", "imp-1", "imp-2", "imp-3"]
    assert len(line.findings) > 4
    assert (
        str(line.message)
        == f"{KNOWN['IMP-01'].title}: not so for 4 of {len(plan.improvements)} (Improvements)."
    )
    assert line.advice.template == KNOWN["IMP-01"].fix


def test_one_finding_is_told_in_its_own_words(minimal):
    plan = dataclasses.replace(minimal, executive_sponsor="")
    line = next(one for one in told(plan) if one.code == "SPN-01")
    assert str(line.message) == line.first.text
    assert line.meaning is Meaning.SIGNATURE


def test_a_missing_piece_takes_in_what_other_rules_say_of_it(minimal):
    plan = dataclasses.replace(minimal, raci=())
    line = next(one for one in told(plan) if one.code == "PLN-06")
    assert {"RAC-01", "RAC-02", "RAC-03"} <= {*line.also}
    assert not {"RAC-01", "RAC-02", "RAC-03"} & {one.code for one in told(plan)}
    assert line.help.blockers == 1 + 2 * len(plan.processes)
    assert "who is accountable" in str(line.message)
    assert "RACI letter" in str(line.advice)


def test_a_piece_that_is_there_hides_nothing(minimal):
    plan = dataclasses.replace(minimal, raci=minimal.raci[:1])
    codes = {line.code for line in told(plan)}
    assert "RAC-01" in codes
    assert "PLN-06" not in codes


def test_the_check_of_all_pieces_is_silent_about_what_stands_in_records_that_are_missing(minimal):
    bare = dataclasses.replace(minimal, components=(), services=())
    pieces = {str(one.args[0]) for one in check(bare, TODAY).findings if one.code == "PLN-06"}
    assert pieces == {"Components"}  # SVC-01 tells of services; monitoring and support model stand in them
    unwatched = tuple(dataclasses.replace(one, monitoring_owner="") for one in minimal.components)
    plan = dataclasses.replace(minimal, components=unwatched)
    assert {str(one.args[0]) for one in check(plan, TODAY).findings if one.code == "PLN-06"} == {"Monitoring"}


def test_lines_stand_in_the_order_of_what_they_mean(example):
    plan = dataclasses.replace(example, raci=(), executive_sponsor="")
    ranks = [line.meaning.rank for line in told(plan)]
    assert ranks == sorted(ranks)
    assert {0, 1, 2} == set(ranks)


def test_what_concerns_customers_comes_before_the_rest(minimal):
    sla = next(one for one in minimal.agreements if one.kind == "SLA")
    ola = dataclasses.replace(sla, id="ola", kind="OLA")
    plan = dataclasses.replace(minimal, agreements=(sla, ola))
    of_sla, of_ola = finding("AGR-03", "agreements", sla.id), finding("AGR-05", "agreements", "ola")
    made = lines(plan, result(of_ola, of_sla))
    assert [(line.code, line.meaning) for line in made] == [
        ("AGR-03", Meaning.CUSTOMERS),
        ("AGR-05", Meaning.REST),
    ]


def test_help_counts_what_is_lifted_decided_and_put_right():
    waiting = finding("SPN-01", "plan", "p", waiting=("SPN-02", "SPN-04"))
    records = [finding("SVC-06", "services", id) for id in ("a", "b", "b")]
    open_chain = finding(
        "CHN-03",
        "teams",
        "t",
        verdict=Verdict.NOT_EVALUATED,
        count=7,
        waiting=("CHN-03",),
        message="{0}",
        args=("?",),
    )
    by_code = {line.code: line.help for line in lines(Plan(id="p"), result(waiting, *records, open_chain))}
    assert dataclasses.astuple(by_code["SPN-01"]) == (1, 0, 2, 0)
    assert dataclasses.astuple(by_code["SVC-06"]) == (0, 0, 0, 2)
    assert dataclasses.astuple(by_code["CHN-03"]) == (0, 7, 1, 0)
    assert str(by_code["SPN-01"].text) == "Mending this lifts 1 blocker. 2 rules wait for it."
    assert str(by_code["CHN-03"].text) == "7 promises wait for it. 1 rule waits for it."


def test_a_blocker_that_cannot_be_decided_is_not_said_to_be_lifted():
    """What is missing may show, once it is there, that the blocker fails."""
    open_one = finding("SPN-01", "plan", "p", verdict=Verdict.NOT_EVALUATED, waiting=("SPN-01",))
    (line,) = lines(Plan(id="p"), result(open_one))
    assert line.meaning is Meaning.SIGNATURE
    assert str(line.help.text) == "1 rule waits for it."


def test_three_help_most_and_those_that_lift_most_blockers_come_first(minimal):
    plan = dataclasses.replace(minimal, raci=(), executive_sponsor="", why="")
    found = helping(told(plan))
    assert len(found) == HELPING
    assert found[0].help.blockers == max(line.help.blockers for line in told(plan))
    assert [line.help.blockers for line in found] == sorted(
        (line.help.blockers for line in found), reverse=True
    )


def test_what_is_told_for_information_helps_nobody():
    idle = finding(
        "RSK-01",
        "plan",
        "p",
        severity=Severity.INFORMATION,
        verdict=Verdict.NOT_EVALUATED,
        waiting=("RSK-01",) * 9,
    )
    assert helping(lines(Plan(id="p"), result(idle))) == ()


def test_what_there_is_nothing_of_is_one_line():
    found = told(Plan(id="p"))
    idle = [line for line in found if line.key == "idle"]
    assert len(idle) == 1
    assert idle[0].code == ""
    assert len(idle[0].findings) > 10
    assert found[-1] is idle[0] or found[-1].first.severity is Severity.INFORMATION


@given(
    st.lists(
        st.builds(
            finding,
            st.sampled_from(sorted(KNOWN)),
            st.sampled_from(("services", "agreements", "teams", "improvements")),
            st.sampled_from("abc"),
            verdict=st.sampled_from((Verdict.FAILED, Verdict.NOT_EVALUATED)),
            count=st.integers(1, 5),
        ),
        max_size=30,
    )
)
@settings(max_examples=100, deadline=None)
def test_no_finding_is_lost_or_told_twice(found):
    found = [one for one in found if one.code != "PLN-06"]
    made = lines(Plan(id="p"), result(*found))
    standing = [one for line in made for one in line.all]
    assert sorted(map(repr, standing)) == sorted(map(repr, found))
    assert all(len({(one.severity, one.verdict) for one in line.findings}) == 1 for line in made)
    assert all(str(line.message) and str(line.advice) for line in made)


@pytest.mark.parametrize("count", [1, 30_000])
def test_a_line_of_many_findings_is_made_in_one_walk(count, minimal):
    found = [finding("CHN-05", "agreements", str(n)) for n in range(count)]
    (line,) = lines(minimal, result(*found))
    assert len(line.records) == count
