"""What a plan must say of why, sponsor and goals: asked of the plan of today, and of each version that was signed."""

from __future__ import annotations

from collections.abc import Iterator

from sm_planner.engine.lacks import Lack, lack, unfilled
from sm_planner.engine.model import LEVELS, Plan
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.texts import N_, Text

WHY_TEMPLATE = (
    "Say in your own words why the organisation wants to manage its services by a plan: "
    "what goes wrong today, and what will be better."
)
"""What a new plan holds as its why, to be written over."""


def of_why(plan: Plan) -> Iterator[Lack]:
    """What keeps the why from being one."""
    why, shortest = plan.why.strip(), plan.settings.why_min_length or 0
    if not why:
        yield from unfilled(plan, "why")
    elif why == WHY_TEMPLATE:
        yield lack(plan, N_("The field Why still has the text of the template."), field="why")
    elif len(why) < shortest:
        yield lack(
            plan,
            N_("The field Why has {0} characters; it needs at least {1}."),
            len(why),
            shortest,
            field="why",
        )


def of_sponsor(plan: Plan) -> Iterator[Lack]:
    """What keeps the sponsor from being one who can give a mandate."""
    yield from unfilled(plan, "executive_sponsor")
    sponsor = plan.get("people", plan.executive_sponsor)
    if sponsor is None:
        return
    named = Ref.to(sponsor)
    if not (sponsor.enabled and sponsor.user):
        yield lack(sponsor, N_("The sponsor “{0}” has no enabled user account."), named, field="user")
    if sponsor.level != LEVELS[0]:
        yield lack(
            sponsor, N_("The sponsor “{0}” is not of the level {1}."), named, Text(LEVELS[0]), field="level"
        )
    yield from unfilled(sponsor, "authority")


def of_goals(plan: Plan) -> Iterator[Lack]:
    """What keeps the goals from being known: a goal of the business, and objectives that can be measured."""
    if not plan.business_goals:
        yield lack(plan, N_("The strategy map names no business goal."), field="business_goals")
    yield from no_objective(plan)
    yield from unmeasurable(plan)
    if plan.objectives and not any(objective.business_goal.strip() for objective in plan.objectives):
        yield lack(plan, N_("No objective serves a business goal."), field="objectives")


def no_objective(plan: Plan) -> Iterator[Lack]:
    if not plan.objectives:
        yield lack(plan, N_("The plan has no objective."), field="objectives")


def unmeasurable(plan: Plan) -> Iterator[Lack]:
    """What the objectives lack to be measured."""
    for objective in plan.objectives:
        yield from unfilled(objective, "kpi", "unit", "direction", "baseline", "target")
