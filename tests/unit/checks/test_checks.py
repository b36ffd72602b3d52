"""The registry of checks as a whole; what each check says is in test_cases.py."""

import dataclasses
import re
from collections import Counter
from datetime import date, datetime, timezone
from itertools import groupby
from pathlib import Path

import hypothesis.strategies as st
import pytest
import yaml
from hypothesis import given, settings

from sm_planner.engine import canonical_json, plan_file
from sm_planner.engine.checks import RULES, check
from sm_planner.engine.checks.docs import FAMILIES, markdown
from sm_planner.engine.checks.finding import KNOWN, Severity, Verdict
from sm_planner.engine.checks.pieces import PIECES
from sm_planner.engine.examples import example_path
from sm_planner.engine.gates.mandate import WHY_TEMPLATE
from sm_planner.engine.model import COLLECTIONS, Agreement, Plan, Service, ServiceDependency, Settings
from sm_planner.engine.model.plan import FACTS
from sm_planner.engine.sealing import canonical, seal

ROOT = Path(__file__).parents[3]
TODAY = date(2027, 2, 1)
NEED_NOTHING = (
    *("PLN-11", "PLN-13", "PLN-17", "SPN-03", "SPN-10", "SPN-12", "RAC-18"),
    *("SUP-02", "SUP-03", "SUP-04", "SUP-05", "SUP-06"),
    *("REV-05", "INT-01", "INT-02", "INT-03", "INT-04", "INT-05", "INT-06", "INT-07"),
)
"""Rules about what a plan need not have: signatures, signers, plans that follow it, pieces of templates, triggers, waivers, suppliers (of which
SUP-01 tells once that there is none)."""


def test_codes_are_unique_and_in_order_within_their_family():
    codes = [rule.code for rule in RULES]
    assert all(re.fullmatch(r"[A-Z]{3}-\d\d", code) for code in codes)
    assert len(set(codes)) == len(codes)
    assert [family for family, _ in groupby(rule.family for rule in RULES)] == list(FAMILIES)
    for _, family in groupby(codes, key=lambda code: code[:3]):
        members = list(family)
        assert members == sorted(members)


def test_every_rule_that_was_made_is_run():
    assert {rule.code: rule for rule in RULES} == KNOWN


def test_every_rule_tells_what_holds_why_and_what_to_do():
    for rule in RULES:
        assert not rule.title.endswith(".")
        assert rule.why.endswith(".")
        assert rule.fix.endswith(".")
        assert rule.source


def test_every_rule_has_a_case_file_with_a_plan_that_passes_and_one_that_fails():
    files = {path.stem: path for path in (ROOT / "tests" / "cases").glob("*.yaml")}
    assert sorted(files) == sorted(rule.code for rule in RULES)
    for path in files.values():
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert content["pass"], path.name
        assert all(case["finds"] for case in content["fail"]), path.name


def test_the_documentation_is_up_to_date():
    text = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    assert text == markdown(), "run: make docs"
    assert all(f"\n### {rule.code}\n" in text for rule in RULES)


def test_a_plan_with_nothing_in_it_passes_only_what_needs_nothing():
    result = check(Plan(id="p"), TODAY)
    assert result.passed == NEED_NOTHING
    assert result.failed
    assert result.not_evaluated


def test_the_smallest_sample_plan_passes_every_check(minimal):
    result = check(minimal, TODAY)
    assert result.findings == ()
    assert result.passed == tuple(rule.code for rule in RULES)


def test_the_example_plan_has_honest_faults_but_no_blocker(example):
    result = check(example, TODAY)
    assert result.blockers == ()
    assert result.failed


def test_findings_that_were_decided_come_first_then_the_gravest():
    findings = check(Plan(id="p"), TODAY).findings
    weights = [(finding.verdict is Verdict.NOT_EVALUATED, finding.severity.rank) for finding in findings]
    assert weights == sorted(weights)
    counts = Counter(finding.severity.value for finding in findings if finding.verdict is Verdict.FAILED)
    assert check(Plan(id="p"), TODAY).counts == {
        severity.value: counts[severity.value] for severity in Severity
    }


@settings(max_examples=50)
@given(data=st.data())
def test_any_plan_can_be_checked_and_gives_the_same_result_again(plan_strategy, data):
    plan = data.draw(plan_strategy)
    result = check(plan, TODAY)
    assert check(dataclasses.replace(plan), TODAY) == result
    fields = {"plan": Plan, **{name: collection.record for name, collection in COLLECTIONS.items()}}
    for finding in result.findings:
        names = {field.name for field in dataclasses.fields(fields[finding.record.collection])}
        assert finding.field in {"", *names, *FACTS}
        assert "{" not in re.sub("“.*”", "", finding.message.format(*("x" for _ in finding.args)))


def test_a_circle_of_many_services_is_found_without_recursion():
    count = 10_000
    services = tuple(
        Service(id=f"s{number}", dependencies=(ServiceDependency(service=f"s{(number + 1) % count}"),))
        for number in range(count)
    )
    findings = check(Plan(id="p", services=services), TODAY).findings
    assert [finding.count for finding in findings if finding.code == "SVC-08"] == [count]


@pytest.mark.parametrize("edges", ["01 12 20", "01 12 23 31", "00", "01 10 23 32", "01 02 13 23 31"])
def test_circles_are_found_wherever_there_are_any(edges):
    assert "SVC-08" in {finding.code for finding in check(plan_of_edges(edges), TODAY).findings}


@given(st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20))
def test_services_that_can_be_put_in_order_have_no_circle(pairs):
    edges = " ".join(f"{min(pair)}{max(pair)}" for pair in pairs if len(set(pair)) == 2)
    assert "SVC-08" in check(plan_of_edges(edges), TODAY).passed


def plan_of_edges(edges: str) -> Plan:
    needs = {
        str(number): [edge[1] for edge in edges.split() if edge[0] == str(number)] for number in range(8)
    }
    services = tuple(
        Service(id=id, dependencies=tuple(ServiceDependency(service=needed) for needed in needs[id]))
        for id in needs
    )
    return Plan(id="p", services=services)


def test_the_template_of_a_why_is_long_enough_to_need_a_check_of_its_own():
    assert len(WHY_TEMPLATE) >= Plan(id="p").settings.why_min_length


def test_what_an_older_model_signed_is_told_at_the_plan(minimal):
    """A sealed field or collection that the model does not know any more has no record to open."""
    old = canonical.content(minimal)
    old["plan"]["colour"] = "blue"
    old["machines"] = [{"id": "press", "title": "Press"}]
    made = seal.make(
        minimal,
        signer="edith",
        signed_at=datetime(2027, 1, 4, 9, tzinfo=timezone.utc),
        meaning="I approve.",
        channel="test",
    )
    text = canonical_json.canonical_text(old)
    made = dataclasses.replace(made, content=text, content_hash=canonical_json.hash_of(text))
    made = dataclasses.replace(made, seal_hash=canonical_json.hash_of(made.statement()))
    findings = check(dataclasses.replace(minimal, seals=(made,)), TODAY).findings
    assert [
        (finding.code, finding.record.collection, finding.field, finding.text) for finding in findings
    ] == [
        (
            "INT-03",
            "plan",
            "",
            "Changed since version 1 was signed: Plan Service Management Plan of Millbrook Library: colour no longer "
            "has “blue”.",
        ),
        ("INT-03", "plan", "", "Changed since version 1 was signed: machines Press was removed."),
    ]


# What several rules wait for


def test_what_a_plan_does_not_hold_is_told_once_for_all_rules_that_wait_for_it():
    result = check(Plan(id="p", title="Plan"), TODAY)
    told = Counter(finding.text for finding in result.findings)
    assert max(told.values()) == 1

    (services,) = [finding for finding in result.not_evaluated if finding.field == "services"]
    assert services.text.startswith(
        "The plan has no Service to check. 29 rules wait for that: SMO-05, SVC-02, SVC-03,"
    )
    assert len(services.waiting) == services.count == 29
    assert set(services.waiting).isdisjoint(result.passed)
    assert services.severity is Severity.INFORMATION
    assert services.fix == "If there are any, enter them, so that they can be checked."


def test_every_rule_of_a_plan_passes_or_is_told_of_in_some_finding():
    for plan in (Plan(id="p", title="Plan"), plan_file.load(example_path("example"))):
        result = check(plan, TODAY)
        failed = {finding.code for finding in (*result.failed, *result.waived)}
        assert {rule.code for rule in RULES} == {*result.passed, *failed, *result.undecided}


def test_a_rule_that_waits_for_what_another_fails_for_is_told_with_it():
    agreement = Agreement(id="sla", title="Promise", kind="SLA", start_date=TODAY)
    result = check(Plan(id="p", title="Plan", agreements=(agreement,)), TODAY)

    (no_review,) = [one for one in result.findings if one.field == "review_months"]
    assert (no_review.code, no_review.verdict, no_review.waiting) == ("AGR-02", Verdict.FAILED, ("AGR-10",))
    assert "AGR-10" in result.undecided


def test_what_keeps_a_rule_from_being_decided_brings_no_remedy_for_another_fault(example):
    empty = Plan(id="p", title="Plan")
    for plan in (
        empty,
        example,
        dataclasses.replace(example, agreements=(), settings=Settings(least_slack=None)),
    ):
        for finding in check(plan, TODAY).not_evaluated:
            rules = [rule for rule in RULES if rule.code in finding.waiting]
            assert finding.fix not in [rule.fix for rule in rules]


def test_an_empty_threshold_is_no_fault(minimal):
    settings = dataclasses.replace(minimal.settings, segregated=(), least_slack=None, most_backed_slas=None)
    findings = check(dataclasses.replace(minimal, settings=settings), TODAY).findings
    assert {finding.code for finding in findings} == {"RAC-10", "CHN-08", "CHN-11"}
    assert {finding.severity for finding in findings} == {Severity.INFORMATION}
    assert {finding.verdict for finding in findings} == {Verdict.NOT_EVALUATED}


def test_what_blockers_have_nothing_to_check_of_is_a_piece_whose_lack_blocks():
    """A rule that has nothing to check does not block; so the lack itself has to."""
    idle = {
        finding.field
        for finding in check(Plan(id="p", title="Plan"), TODAY).not_evaluated
        if finding.severity is Severity.INFORMATION
        and any(rule.severity is Severity.BLOCKER for rule in RULES if rule.code in finding.waiting)
    }
    assert idle <= {piece.field for piece in PIECES}
