"""How registers went on since a signature, counted."""

from __future__ import annotations

from datetime import date

import pytest

from sm_planner.engine.model import Improvement, Plan, Waiver
from sm_planner.engine.sealing import canonical
from sm_planner.engine.sealing.diff import moved
from sm_planner.engine.sealing.progress import counted, since_signing

BEFORE = Plan(
    id="p",
    improvements=(
        Improvement(id="a", title="A", due=date(2027, 1, 1)),
        Improvement(id="b", title="B"),
        Improvement(id="c", title="C"),
    ),
)


def since(*improvements: Improvement, waivers: tuple[Waiver, ...] = ()) -> str:
    now = Plan(id="p", improvements=improvements, waivers=waivers)
    return str(counted(moved(canonical.registers(BEFORE), canonical.registers(now))).told)


A, B, C = BEFORE.improvements


@pytest.mark.parametrize(
    ("told", "improvements"),
    [
        ("Nothing moved.", (A, B, C)),
        ("1 dropped", (A, B)),
        ("1 date moved", (Improvement(id="a", title="A", due=date(2028, 1, 1)), B, C)),
        ("1 changed otherwise", (A, Improvement(id="b", title="Better"), C)),
        ("1 date moved", (Improvement(id="a", title="Both", due=date(2028, 1, 1)), B, C)),
        ("Nothing moved.", (A, Improvement(id="b", title="B", status="Closed"), C)),
    ],
)
def test_each_entry_is_counted_once_by_what_weighs_most(told, improvements):
    assert since(*improvements) == told


def test_kinds_stand_in_one_order_and_registers_count_together():
    new = Improvement(id="d", title="D"), Improvement(id="e", title="E")
    waiver = Waiver(id="w", title="W", rule="SVC-05")

    assert since(A, B, *new, waivers=(waiver,)) == "3 new, 1 dropped"


def test_a_plan_that_nobody_signed_did_not_move_since():
    assert since_signing(BEFORE) is None
