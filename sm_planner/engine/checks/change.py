"""OCM: the people side of the change: what it means for whom, what they hold against it, and when they see value."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.change.groups import affected
from sm_planner.engine.change.impacts import called, impacts_of, is_weighty, unanswered
from sm_planner.engine.change.time_to_value import MONTHS, begins, promised, too_early
from sm_planner.engine.checks.conditions import missing, named, nothing_in
from sm_planner.engine.checks.depths import COMPLETE
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule, unknown
from sm_planner.engine.checks.roadmap import accepted_in_phases
from sm_planner.engine.model import Plan
from sm_planner.engine.model.values import folded
from sm_planner.engine.model.vocabulary import NO_IMPACT


@rule(
    "OCM-01",
    Severity.ERROR,
    COMPLETE,
    title=N_("It is known what the plan changes for each group and unit"),
    why=N_("Who hears on the first day that the work is another one hears it as a threat."),
    fix=N_("Enter a change impact of the group or of its unit: how much changes for them, and what."),
    source="Mainville 2018",
)
def impacts_rated(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "stakeholders")
    units: dict[str, list[str]] = {}
    for stakeholder in affected(plan):
        if impacts_of(plan, stakeholder):
            continue
        if unit := folded(stakeholder.unit):
            units.setdefault(unit, []).append(stakeholder.id)
        else:
            yield fault(stakeholder, N_("Nobody has said what changes for “{0}”."), named(stakeholder))
    for members in units.values():
        first = plan.get("stakeholders", members[0])
        yield fault(
            first,
            N_("Nobody has said what changes for “{0}” in the unit “{1}”."),
            named(first),
            first.unit,
            count=len(members),
        )
    for impact in plan.change_impacts:
        yield from missing(impact, "impact")
        if impact.impact != NO_IMPACT:
            yield from missing(impact, "what_changes")


@rule(
    "OCM-02",
    Severity.WARNING,
    COMPLETE,
    title=N_("What people hold against the plan is known, and answered"),
    why=N_("Objections that nobody hears, such as “more bureaucracy”, are told in the corridor instead."),
    fix=N_(
        "Ask the group what it holds against the plan, and enter each objection with what is done about it; or "
        "say how it is known that nobody objects."
    ),
    source="Mainville 2018",
)
def resistance_answered(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "change_impacts")
    for impact in plan.change_impacts:
        if is_weighty(impact) and not impact.resistance and not impact.no_resistance.strip():
            yield fault(
                impact,
                N_("Much changes for “{0}”, and no objection of theirs is recorded."),
                called(plan, impact),
                field="resistance",
            )
        for row in unanswered(impact):
            yield fault(
                impact,
                N_("“{0}” object: “{1}”, and nobody has answered."),
                called(plan, impact),
                row.objection,
                field="resistance",
            )


@rule(
    "OCM-03",
    Severity.WARNING,
    COMPLETE,
    title=N_("The plan does not promise value sooner than it can come"),
    why=N_("It takes a year until a new way of working pays; who was promised it sooner stops believing."),
    fix=N_("Set a later date for the value, or say at it why it comes within the first year."),
    source="Mainville 2018",
)
def value_takes_time(plan: Plan, today: date) -> Iterator[Fault]:
    start = begins(plan)
    if start is None:
        yield unknown(plan, N_("The plan does not say when it begins."), field="period_start")
        return
    if not promised(plan):
        yield unknown(plan, N_("No value that the plan promises has a date."), field="value_statements")
    for one in too_early(plan):
        yield fault(
            plan,
            N_("“{0}” is promised for {1}, sooner than {2} months after the start on {3}."),
            one.value.statement,
            one.day,
            MONTHS,
            start,
            field="value_statements",
        )


RULES = (impacts_rated, resistance_answered, value_takes_time, accepted_in_phases)
