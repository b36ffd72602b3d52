"""Plans of before agreements had families: their files, workbooks and seals are today what they were.

``data/before_families`` was written by the version that knew no general agreements, no shares of cases and no days as
units: the smallest plan, and one in which every field that there was is filled, each with a seal. It is never made anew.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from sm_planner.engine import plan_file
from sm_planner.engine.agreements import families
from sm_planner.engine.model import Agreement, AgreementTarget
from sm_planner.engine.model.fields import specs
from sm_planner.engine.sealing import canonical, seal, seal_file

BEFORE = Path(__file__).parents[1] / "data" / "before_families"

HASHES = {
    "every-field": "2c6d6fc70b2651f535263f0336d3f72be44219d22246f2018ee3219be28ab65d",
    "smallest": "0ddc0f00bf390918983fe076418428adf6cfc19a6acd8f1aef739921b0356d20",
}
"""Plan → the hash of what is signed, as the version that wrote it worked it out."""

KNOWN = {
    Agreement: {
        "id", "title", "kind", "status", "agreement_owner", "customer", "team", "supplier", "start_date", "end_date",
        "notice_months", "signed_by_provider", "signed_by_customer", "review_months", "last_review", "service_hours",
        "support_hours", "scope", "targets", "severities", "workload_limit", "workload", "exceptions", "remedies",
        "unit_cost",
    },
    AgreementTarget: {"metric", "priority", "value", "unit", "calendar", "method", "source"},
}  # fmt: skip
"""Class of records → the fields that it had."""


@pytest.fixture(params=HASHES)
def path(request) -> Path:
    return BEFORE / f"{request.param}.yaml"


def test_the_hash_of_what_was_signed_is_what_it_was(path):
    assert canonical.content_hash(plan_file.load(path)) == HASHES[path.stem]


def test_a_file_of_before_is_written_as_it_was(path):
    assert plan_file.dumps(plan_file.load(path)) == path.read_text(encoding="utf-8")


def test_a_seal_of_before_verifies_without_drift(path):
    sealed = seal_file.with_seals(plan_file.load(path), path)

    found = seal.verify(dataclasses.replace(sealed, key_ring=seal_file.read_ring(BEFORE / "key.pub")))

    assert found.problems == ()
    assert found.intact
    assert found.drift == ()


def test_the_first_word_of_a_family_in_a_sealed_plan_is_drift():
    path = BEFORE / "smallest.yaml"
    sealed = seal_file.with_seals(plan_file.load(path), path)
    first, *others = sealed.agreements
    changed = dataclasses.replace(first, open_ended=True)

    found = seal.verify(dataclasses.replace(sealed, agreements=(changed, *others)))

    assert [str(change.text) for change in found.drift] != []


def test_a_workbook_of_before_with_its_columns_reads_as_the_plan_file():
    assert plan_file.load(BEFORE / "every-field.xlsx") == plan_file.load(BEFORE / "every-field.yaml")


def test_what_a_plan_of_before_does_not_say_is_empty_and_taken_from_nobody(path):
    plan = plan_file.load(path)

    for record, known in KNOWN.items():
        later = specs(record).keys() - known
        rows = (
            plan.agreements
            if record is Agreement
            else [row for one in plan.agreements for row in one.targets]
        )
        for row in rows:
            assert {name for name in later if getattr(row, name) != specs(record)[name].empty} == set()
    assert families.agreed(plan) == plan.agreements
    assert families.promising(plan) == plan.agreements
