"""Terms and days that fill a text are translated and written as the reader does, as the text itself is."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from sm_planner.engine.checks import check
from sm_planner.engine.checks.finding import Severity
from sm_planner.engine.checks.pieces import PIECES
from sm_planner.engine.checks.readiness import State
from sm_planner.engine.model import COLLECTIONS, WEEKDAYS, Plan
from sm_planner.engine.model.fields import Spec, specs
from sm_planner.engine.model.states import TRANSITIONS
from sm_planner.engine.texts import Text
from sm_planner.reports import REPORTS
from sm_planner.reports.table import Table

CASES = Path(__file__).parents[1] / "checks" / "test_cases.py"
DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
SEPARATORS = re.compile(r", | / |; | · | → | \| | \+ |: | (?=P\d\b)|(?<=\d) ")
"""What stands between the terms of a list, of a target and of a figure."""
CLOCKS = re.compile(r"(the hours are valid|first_day|last_day|valid_until|timezone|windows)\b")
"""How clocks begin to say what they cannot count; they are a library, and speak English."""
AS_IT_IS = {"SLA", "OLA", "UC", "A", "AR", "R", "C", "I", "N/A", "P1", "P2", "P3", "P4", "P5", "Service"}
"""Terms that are the same in every language."""


def all_specs(record: type) -> Iterator[Spec]:
    for spec in specs(record).values():
        yield spec
        if spec.row:
            yield from all_specs(spec.row)


@cache
def terms() -> frozenset[str]:
    """Every word of the model's own: labels, options, kinds of records, states and steps."""
    records = (Plan, *(collection.record for collection in COLLECTIONS.values()))
    found = {spec.label for record in records for spec in all_specs(record)}
    found |= {option for record in records for spec in all_specs(record) for option in spec.choices}
    found |= {collection.label for collection in COLLECTIONS.values()} | set(WEEKDAYS)
    found |= {piece.name for piece in PIECES} | {piece.section for piece in PIECES}
    found |= {one.value for kind in (Severity, State) for one in kind}
    found |= {step.action for step in TRANSITIONS}
    return frozenset(found - AS_IT_IS - {""})


def left_in_english(value: object) -> Iterator[str]:
    """The terms and days that stand as data in a text."""
    if isinstance(value, Text):
        for arg in value.args:
            yield from left_in_english(arg)
    elif isinstance(value, str) and not CLOCKS.match(value):
        yield from (part for part in SEPARATORS.split(value) if part in terms())
        yield from DAY.findall(value)


def titles(plan: Plan) -> set[str]:
    """What the records of a plan are called, and the other parties call their severities, which may be like a term."""
    severities = {row.severity for one in plan.agreements for row in one.severities}
    return {plan.title, *(getattr(record, "title", "") for _, record in plan.records()), *severities}


def load(path: Path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_no_finding_has_a_term_or_a_day_as_data():
    kit = load(CASES)
    found: dict[str, set[str]] = {}
    for parameter in kit.cases():
        code, _kind, case, base, today = parameter.values
        plan = kit.plan_of_case(base, case)
        for finding in check(plan, today, (kit.RULE[code],)).findings:
            left = set(left_in_english(Text(finding.message, finding.args))) - titles(plan)
            if left:
                found.setdefault(f"{code}: {finding.message}", set()).update(left)
    assert found == {}


@pytest.mark.parametrize("name", REPORTS)
def test_no_cell_of_a_report_has_a_term_or_a_day_as_data(name, example):
    table: Table = REPORTS[name].run(example, date(2027, 3, 1))
    data = {"id", "code", "collection", "field", "key", "title", "unit"}
    shown = {column.fieldname for column in table.columns} - data
    found = {
        (field, left)
        for row in table.rows
        for field, cell in row.items()
        if field in shown
        for left in left_in_english(cell)
        if left not in titles(example)
    }
    assert found == set()


def test_every_term_can_be_translated():
    pytest.importorskip("babel", reason="Babel is not installed")
    tool = load(Path(__file__).parents[3] / "tools" / "translations.py")
    assert sorted(terms() - set(tool.messages())) == []
