"""Pasted cells → values of the rows of a table, or what is wrong with each."""

from __future__ import annotations

from sm_planner.engine.model import AgreementTarget
from sm_planner.engine.model.fields import specs
from sm_planner.engine.typed.cells import mentioned, read_cells
from sm_planner.engine.typed.names import Names
from sm_planner.engine.typed.written import Writing

TARGET = specs(AgreementTarget)
NAMES = Names({}, {"services": {"loans": "Loans"}})


def test_cells_have_values_and_empty_ones_none():
    rows = [{"metric": "response", "value": "1 234,5", "service": "LOANS", "unit": " "}, {}]
    values, problems = read_cells(TARGET, rows, NAMES, Writing())
    assert problems == []
    assert values == [{"metric": "Response", "value": 1234.5, "service": "loans"}, {}]


def test_each_fault_is_told_with_its_row_and_column():
    rows = [{"metric": "Response"}, {"value": "ten", "service": "Loan", "idx": "1"}]
    _values, problems = read_cells(TARGET, rows, NAMES, Writing())
    assert [(one.row, one.column) for one in problems] == [(2, "value"), (2, "service"), (2, "idx")]
    assert str(problems[1].fix) == "Did you mean “Loans”?"


def test_what_is_named_is_looked_for_at_once():
    assert mentioned(TARGET, [{"service": " Loans ", "value": "1"}, {"service": ""}]) == {
        "services": {"Loans"}
    }
