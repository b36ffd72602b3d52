"""How deep a plan goes: which rules and pieces it is asked, and what a deeper one would be told."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timezone

import pytest

from sm_planner.engine import plan_file
from sm_planner.engine.checks import RULES, asked, asked_in_addition, check, deeper, in_addition, told_depth
from sm_planner.engine.checks.depths import BECAUSE, RELAXED, reaches
from sm_planner.engine.checks.finding import KNOWN, Severity
from sm_planner.engine.checks.pieces import PIECES, depth_of, pieces_of
from sm_planner.engine.checks.readiness import State, readiness
from sm_planner.engine.examples import example_path
from sm_planner.engine.model import Plan
from sm_planner.engine.model.vocabulary import DEPTHS, OFFICES, SINGLE_ADVISER
from sm_planner.engine.sealing import canonical, seal

TODAY = date(2026, 11, 29)
FIRST, GROWN, COMPLETE = DEPTHS


@pytest.fixture(scope="module")
def first() -> Plan:
    return plan_file.load(example_path("first"))


def codes(plan: Plan) -> set[str]:
    return {rule.code for rule in asked(plan)}


def test_each_rule_says_from_which_depth_on_it_is_asked():
    assert {rule.depth for rule in RULES} == set(DEPTHS) == set(BECAUSE)
    assert {code for relaxed in RELAXED.values() for code in relaxed} <= KNOWN.keys()
    assert set(RELAXED) <= set(OFFICES)


def test_a_blocker_is_asked_of_every_plan_that_is_signed():
    assert [rule.code for rule in RULES if rule.severity is Severity.BLOCKER and rule.depth != FIRST] == []


def test_a_first_plan_is_asked_little_and_a_grown_one_most():
    counts = Counter(rule.depth for rule in RULES)
    assert 30 <= counts[FIRST] <= 45
    assert 100 <= counts[FIRST] + counts[GROWN] <= 160


def test_who_goes_deeper_is_asked_all_that_was_asked_before():
    assert (
        codes(Plan(id="p", depth=FIRST))
        < codes(Plan(id="p", depth=GROWN))
        < codes(Plan(id="p", depth=COMPLETE))
    )


def test_a_plan_that_names_no_depth_is_asked_everything():
    assert codes(Plan(id="p")) == {rule.code for rule in RULES}
    assert deeper(Plan(id="p")) == ()


@pytest.mark.parametrize(
    ("depth", "beyond"), [(FIRST, (GROWN, COMPLETE)), (GROWN, (COMPLETE,)), (COMPLETE, ())]
)
def test_what_lies_beyond_a_depth(depth, beyond):
    assert deeper(Plan(id="p", depth=depth)) == beyond
    assert all(reaches(one, depth) and not reaches(depth, one) for one in beyond)


def test_a_single_adviser_is_not_asked_to_separate_duties():
    one = codes(Plan(id="p", office=SINGLE_ADVISER))
    assert codes(Plan(id="p", office=OFFICES[1])) - one == set(RELAXED[SINGLE_ADVISER])


def test_it_is_told_how_much_was_asked():
    assert (
        str(told_depth(Plan(id="p", depth=FIRST)))
        == f"Written to depth: First Plan; 45 of {len(RULES)} rules asked."
    )
    assert (
        str(told_depth(Plan(id="p")))
        == f"Written to depth: Complete; {len(RULES)} of {len(RULES)} rules asked."
    )


def test_the_smallest_first_plan_passes_all_that_it_is_asked(first):
    result = check(first, TODAY)
    assert (result.findings, set(result.passed)) == ((), codes(first))
    assert {piece.state for piece in readiness(first, result).pieces} == {State.READY}


def test_the_board_shows_the_pieces_of_its_depth_alone(first):
    names = {piece.name for piece in pieces_of(first)}
    assert "Executive sponsor" in names
    assert names.isdisjoint({"Service catalogue", "Key questions", "Monitoring", "Improvement actions"})
    assert pieces_of(replace(first, depth=GROWN)) == pieces_of(Plan(id="p")) == PIECES
    assert {depth_of(piece) for piece in PIECES} == {FIRST, GROWN}


def test_what_a_deeper_plan_would_be_asked_is_told_before_anybody_raises_it(first):
    more = in_addition(first, GROWN, TODAY)
    rules = {rule.code for rule in asked_in_addition(first, GROWN)}
    assert rules == codes(replace(first, depth=GROWN)) - codes(first)
    told = {code for finding in more.findings for code in (finding.code, *finding.waiting)}
    assert told | set(more.passed) == rules
    assert "CAT-01" in told
    raised = check(replace(first, depth=GROWN), TODAY)
    assert {finding.code for finding in more.failed} <= {finding.code for finding in raised.failed}


def test_the_depth_is_signed_and_a_plan_without_one_has_the_content_that_it_had(first, minimal):
    content = canonical.content(first)
    assert content["plan"]["depth"] == FIRST
    assert "depth" not in canonical.content(minimal)["plan"]
    signed = seal.make(
        first,
        signer="magnus",
        signed_at=datetime(2026, 12, 1, tzinfo=timezone.utc),
        meaning="Yes.",
        channel="test",
    )
    assert [change.field for change in seal.drift(signed, replace(first, depth=GROWN))] == ["depth"]
