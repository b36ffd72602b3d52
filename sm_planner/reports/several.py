"""A report about several plans at once: the rows of each, with the plan that they are about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sm_planner.engine.model import Plan
from sm_planner.engine.texts import N_, Text, listed, say
from sm_planner.reports.table import Column, Figure, Table

PLAN_KEY = "plan_id"
"""What the rows have the id of their plan under."""

COLUMN = Column("plan_title", Text(N_("Plan")), width=200, collection="plan", key=PLAN_KEY)


def together(found: Sequence[tuple[Plan, Table]]) -> Table:
    """The tables that one report made of one or more plans as one, in the order of the plans.

    Its figures are counts, and are added up. There is no chart: the bars of each plan stand in its own report. Heads are those of one
    plan.
    """
    return Table(
        columns=(COLUMN, *found[0][1].columns),
        rows=[_of_plan(plan, row) for plan, table in found for row in table.rows],
        heads={
            _head_of_plan(plan, key): _of_plan(plan, head)
            for plan, table in found
            for key, head in table.heads.items()
        },
        summary=tuple(map(_sum, zip(*(table.summary for _, table in found), strict=True))),
        message=say(
            N_("Plans in force: {0}."), listed((say(N_("“{0}”"), plan.title or plan.id) for plan, _ in found))
        ),
    )


def _of_plan(plan: Plan, row: dict[str, Any]) -> dict[str, Any]:
    own = {"plan_title": plan.title or plan.id, PLAN_KEY: plan.id}
    return {**row, **own, **({"head": _head_of_plan(plan, row["head"])} if row.get("head") else {})}


def _head_of_plan(plan: Plan, key: str) -> str:
    return f"{plan.id} {key}"


def _sum(figures: Sequence[Figure]) -> Figure:
    """A figure of several plans, in the colour of one that is not well."""
    colours = [one.indicator for one in figures]
    colour = next((one for one in ("Red", "Blue") if one in colours), colours[0])
    return Figure(figures[0].label, sum(one.value for one in figures), colour)
