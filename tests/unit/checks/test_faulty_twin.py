"""The faulty twin of the example: each fault shows what it names, and together they show every family of rules."""

from __future__ import annotations

from datetime import date

import pytest

from sm_planner.engine.checks import RULES, check
from sm_planner.engine.checks.finding import Verdict
from sm_planner.engine.examples import faults, faulty_twin, twin_with

TODAY = date(2027, 2, 1)
FAULTS = {fault.says: fault for fault in faults()}


def family(code: str) -> str:
    return code.partition("-")[0]


@pytest.fixture(scope="module")
def honest(example):
    """What is found in the example itself."""
    return set(check(example, TODAY).findings)


@pytest.fixture(scope="module")
def found():
    """What is found in the twin."""
    return check(faulty_twin(), TODAY).findings


def test_without_faults_the_twin_is_the_example(example):
    assert twin_with(()) == example


@pytest.mark.parametrize("says", FAULTS)
def test_a_fault_shows_the_rules_that_it_names_and_no_others(says, honest):
    findings = set(check(twin_with([FAULTS[says]]), TODAY).findings)
    assert sorted({one.code for one in findings - honest}) == sorted(FAULTS[says].shows)


def test_every_family_of_rules_finds_something_in_the_twin(found):
    finding = {family(one.code) for one in found if one.verdict is Verdict.FAILED}
    assert {family(rule.code) for rule in RULES} - finding == set()


def test_no_fault_hides_another(found):
    shown = {code for fault in FAULTS.values() for code in fault.shows}
    assert shown - {one.code for one in found} == set()


def test_the_twin_cannot_go_to_its_sponsor(found):
    assert any(one.severity.value == "Blocker" for one in found)


def test_a_fault_is_read_anew_each_time(example):
    """Whoever reads a tree moves facts in it, such as evidence beneath a commitment."""
    assert faulty_twin() == faulty_twin() != example
