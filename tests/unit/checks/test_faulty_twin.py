"""The faulty twin of the example: each fault shows what it names, and together they show every family of rules."""

from __future__ import annotations

from datetime import date

import pytest

from sm_planner.engine.checks import RULES, check
from sm_planner.engine.checks.finding import Severity, Verdict
from sm_planner.engine.examples import faults, faulty_twin, twin_with

TODAY = date(2027, 2, 1)
HONEST = """
    AGR-03 AGR-05 AGR-12 ASM-03 ASM-04 CAT-02 CHN-03 CHN-05 IMP-01 MON-01 MON-08 OBJ-07 OBJ-10
    RAC-03 RAC-08 RAC-09 RAC-17 REV-02 SPN-04 SPN-05 SVC-02 SVC-06 TOL-02
"""
"""The rules of which the example breaks one on purpose, so that what they say can be seen; of no other it has an error."""
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


def test_the_example_has_no_blocker_and_just_the_errors_that_it_has_on_purpose(honest):
    grave = {one.code for one in honest if one.severity in (Severity.BLOCKER, Severity.ERROR)}
    assert grave == set(HONEST.split())


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
    assert Severity.BLOCKER in {one.severity for one in found}


def test_a_fault_is_read_anew_each_time(example):
    """Whoever reads a tree moves facts in it, such as evidence beneath a commitment."""
    assert faulty_twin() == faulty_twin() != example
