"""What was decided about entries of registers, and by whom it may be. What was decided about is known by its hash."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sm_planner.engine.canonical_json import canonical_text, hash_of
from sm_planner.engine.model import Improvement, Plan, Waiver
from sm_planner.engine.model.approvals import Approval
from sm_planner.engine.model.assessments import GapDecision
from sm_planner.engine.model.fields import specs
from sm_planner.engine.model.plan import NAMES
from sm_planner.engine.sealing.canonical import field_contents, record_content

LEFT_OPEN = {Waiver: ("expires",), GapDecision: ("expires",)}
"""Class of an entry → what it says that the decision names by itself: a waiver is approved until a day, so that a renewal,
which moves the day, leaves the approval before it in force until its own end."""

DECIDED_ABOUT = {
    Improvement: (
        "id",
        "title",
        "description",
        "improvement_owner",
        "start_date",
        "due",
        "effort_days",
        "cost",
        "benefit_kpi",
        "benefit_baseline",
        "benefit_target",
        "benefit_due",
        "money_a_year",
        "money_from",
        "hypothesis",
        "stop_at",
    )
}
"""Class of an entry → what the decision is about, where that is not all that it promises: who does it, by when, at what
cost, for what. The rest may be sorted and linked anew without asking again."""


def what(record: Any) -> str:
    """The hash of what is decided about."""
    content = record_content(record)
    wanted = DECIDED_ABOUT.get(type(record), content)
    left = LEFT_OPEN.get(type(record), ())
    return hash_of(
        canonical_text({name: content[name] for name in wanted if name in content and name not in left})
    )


def shown(record: Any) -> str:
    """The hash of all that an entry says but its state, which somebody reads before deciding."""
    names = [name for name in specs(type(record)) if name != "status"]
    return hash_of(canonical_text(field_contents(record, names)))


def decisions(plan: Plan, record: Any) -> tuple[Approval, ...]:
    """What was decided about an entry as it is now, the oldest first."""
    wanted = what(record)
    return tuple(one for one in decided(plan, record) if one.what == wanted)


def decided(plan: Plan, record: Any) -> tuple[Approval, ...]:
    """What was ever decided about an entry, the oldest first."""
    return about(plan, NAMES[type(record)], record.id)


def about(plan: Plan, register: str, entry: str) -> tuple[Approval, ...]:
    """What was ever decided about an entry by its id, the oldest first."""
    return plan.derived(_by_entry).get((register, entry), ())


def _by_entry(plan: Plan) -> dict[tuple[str, str], tuple[Approval, ...]]:
    """Register and id of an entry → what was decided about it, in order."""
    found: dict[tuple[str, str], list[Approval]] = defaultdict(list)
    for one in sorted(plan.approvals, key=lambda one: one.number or 0):
        found[one.register, one.entry].append(one)
    return {entry: tuple(decided) for entry, decided in found.items()}
