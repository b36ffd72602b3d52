"""The health of a plan: a line a day, and how it changed since the last sign-off. Pure functions of the plan and a day."""

from __future__ import annotations

from datetime import date

from sm_planner.engine.agreements.families import promising
from sm_planner.engine.agreements.measurements import results
from sm_planner.engine.agreements.objectives import State, progress
from sm_planner.engine.agreements.terms import day_of_plan, in_force
from sm_planner.engine.checks import CheckResult
from sm_planner.engine.checks.readiness import readiness
from sm_planner.engine.model import Plan
from sm_planner.engine.model.health import Health
from sm_planner.engine.part.confirmation import shares
from sm_planner.engine.sealing.seal import own_seal


def line(plan: Plan, today: date, result: CheckResult) -> Health:
    """How a plan stands today, given what the checks say of it. Rounded shares, in percent."""
    states = [progress(objective, plan.measured(objective), today).state for objective in plan.objectives]
    kept = [*_targets_kept(plan, today)]
    return Health(
        day=today,
        version=plan.version,
        blockers=result.counts["Blocker"],
        errors=result.counts["Error"],
        warnings=result.counts["Warning"],
        waived=len(result.waived),
        not_evaluated=len(result.not_evaluated),
        ready=round(100 * readiness(plan, result).share, 1),
        confirmed=_confirmed(plan, today),
        objectives_measured=sum(state not in (State.NOT_MEASURED, State.NOT_MEASURABLE) for state in states),
        objectives_behind=sum(state in (State.BEHIND, State.OVERDUE) for state in states),
        targets_measured=len(kept),
        targets_missed=kept.count(False),
    )


def at_sign_off(plan: Plan) -> Health | None:
    """How the plan stood when it was signed: the first line from that day on; None where there is none.

    A line of a day belongs to the version that was in force then, so that one before the signature tells of another.
    """
    own = own_seal(plan)
    signed = plan.signed_on(own) if own else None
    later = [one for one in plan.health if signed and one.day >= signed and one.version == plan.version]
    return min(later, key=lambda one: one.day, default=None)


def _confirmed(plan: Plan, today: date) -> float | None:
    """The share of the people with a part who have confirmed it, in percent; None where nobody has one."""
    units = shares(plan, today)
    asked = sum(unit.asked for unit in units)
    return round(100 * sum(unit.confirmed for unit in units) / asked, 1) if asked else None


def _targets_kept(plan: Plan, today: date) -> list[bool]:
    """Whether each target of the agreements in force was not breached when it was measured last; others are left out."""
    day = day_of_plan(plan, today)
    in_force_now = (agreement for agreement in promising(plan) if in_force(agreement, day))
    told = (result.breach for agreement in in_force_now for result in results(plan, agreement, today))
    return [not breach.is_breached for breach in told if breach.is_breached is not None]
