"""Large plans as sites have them: those of ``bench_check``, with titles, and with what else a plan of that size has.

The same number of services gives the same plan. Ids of records begin with that of their plan, so that plans of several
sizes stand on a site side by side.
"""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench_check import plan as checked_plan

from sm_planner.engine.model import COLLECTIONS, Improvement, Objective, Plan
from sm_planner.engine.model.fields import specs
from sm_planner.engine.model.risks import Risk
from sm_planner.engine.model.vocabulary import IMPROVEMENT_KINDS, OBJECTIVE_CATEGORIES, RISK_KINDS

SEED = 20_270_301
BEGIN = date(2027, 1, 1)


def large_plan(services: int) -> Plan:
    """A plan of so many services with ten letters of RACI for each and three agreements for ten of them; an objective for ten,
    an improvement for five and a risk for twenty. Much of it is not finished: what is not said is found by the checks."""
    chance = random.Random(SEED)  # noqa: S311 - a plan, no secret
    base = _with_roles(checked_plan(services))
    name = f"bench-{services}"
    found = {
        collection: tuple(_of_plan(record, name, COLLECTIONS[collection].label) for record in records)
        for collection in COLLECTIONS
        if (records := getattr(base, collection))
    }
    people, served = ([one.id for one in found[each]] for each in ("people", "services"))
    objectives = tuple(_objective(number, chance, people, served) for number in range(services // 10))
    return replace(
        base,
        **found,
        id=name,
        lineage=name,
        title=f"Service Management, {services} Services",
        why="Customers wait too long, and nobody knows who answers for what.",
        period_start=BEGIN,
        period_end=BEGIN + timedelta(days=730),
        plan_owner=people[0],
        executive_sponsor=people[1],
        objectives=objectives,
        improvements=tuple(
            _improvement(number, chance, people, objectives) for number in range(services // 5)
        ),
        risks=tuple(
            Risk(
                id=f"risk{number}",
                title=f"Risk {number}",
                kind=RISK_KINDS[number % len(RISK_KINDS)],
                risk_owner=chance.choice(people),
                services=(chance.choice(served),),
            )
            for number in range(services // 20)
        ),
    )


def _with_roles(base: Plan) -> Plan:
    """The plan with all roles that own or manage its processes."""
    more = sorted({one.manager_role for one in base.processes} | {one.owner_role for one in base.processes})
    known = base.index["roles"]
    return replace(
        base, roles=(*base.roles, *(replace(base.roles[0], id=id) for id in more if id not in known))
    )


def _objective(number: int, chance: random.Random, people: list[str], served: list[str]) -> Objective:
    return Objective(
        id=f"objective{number}",
        title=f"Objective {number}",
        statement="Requests are solved when the customer first asks.",
        category=OBJECTIVE_CATEGORIES[number % len(OBJECTIVE_CATEGORIES)],
        objective_owner=chance.choice(people),
        kpi="Solved at first contact",
        unit="%",
        direction="Increase",
        baseline=60.0,
        baseline_date=BEGIN - timedelta(days=30),
        target=80.0,
        due=BEGIN + timedelta(days=30 * (1 + number % 12)),
        services=(chance.choice(served),),
    )


def _improvement(
    number: int, chance: random.Random, people: list[str], objectives: tuple[Objective, ...]
) -> Improvement:
    start = BEGIN + timedelta(days=chance.randrange(300))
    return Improvement(
        id=f"improvement{number}",
        title=f"Improvement {number}",
        kind=IMPROVEMENT_KINDS[number % len(IMPROVEMENT_KINDS)],
        improvement_owner=chance.choice(people),
        objective=chance.choice(objectives).id,
        effort_days=float(chance.randrange(5, 60)),
        start_date=start,
        due=start + timedelta(days=chance.randrange(20, 200)),
    )


def _of_plan(record: Any, plan: str, label: str) -> Any:
    """A record under the ids that it has in this plan, and with a title."""
    named = _renamed(record, plan)
    if "title" in specs(type(record)) and not record.title:
        number = "".join(filter(str.isdigit, record.id))
        named = replace(named, title=f"{label} {number}".strip())
    if record.__class__.__name__ == "Agreement" and record.kind == "SLA":
        return replace(named, customer=f"{plan}-customer0", start_date=BEGIN - timedelta(days=400))
    return named


def _renamed(record: Any, plan: str) -> Any:
    """A record, or a row, whose own id and links to what plans share begin with the id of the plan."""
    changed = {}
    for name, spec in specs(type(record)).items():
        value = getattr(record, name)
        if not value:
            continue
        if spec.kind == "rows":
            changed[name] = tuple(_renamed(row, plan) for row in value)
        elif spec.kind == "links" and COLLECTIONS[spec.target].shared:
            changed[name] = tuple(f"{plan}-{id}" for id in value)
        elif spec.kind == "key" or (spec.kind == "link" and COLLECTIONS[spec.target].shared):
            changed[name] = f"{plan}-{value}"
    return replace(record, **changed)
