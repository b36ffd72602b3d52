"""MOD: how the support model is to change: people who are missing, and the model to come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.checks.conditions import first_names, lacking, missing, named, nothing_in, wanted
from sm_planner.engine.checks.depths import COMPLETE, GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule, unknown
from sm_planner.engine.model import Plan


@rule(
    "MOD-06",
    Severity.WARNING,
    GROWN,
    title=N_("Teams have, or will get, the people that their rosters need"),
    why=N_("A roster that is one person short is filled with overtime until somebody falls ill."),
    fix=N_("Plan an improvement that hires or trains people and names the team, or use a smaller roster."),
    source="Prakash 2016; HDI",
)
def staffed(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "teams")
    acted_on = {action.team for action in wanted(plan) if action.is_open}
    silent = []
    for team in plan.teams:
        if team.kind == "External":
            continue
        if team.people_needed is None:
            silent.append(team)
        elif len(team.members) < team.people_needed and team.id not in acted_on:
            yield fault(
                team,
                N_("The roster of “{0}” needs {2} people; the team has {1}, and no improvement adds more."),
                named(team),
                len(team.members),
                team.people_needed,
                field="people_needed",
            )
    if silent:
        yield unknown(
            plan,
            N_("The number of people that the roster needs is missing for {0}."),
            first_names(silent),
            field="teams",
            count=len(silent),
        )


@rule(
    "MOD-09",
    Severity.ERROR,
    COMPLETE,
    title=N_("A plan that transforms shows the future support model"),
    why=N_("Changing much without a picture of the goal leaves half of the old and half of the new."),
    fix=N_("Describe how users will be supported once the plan is carried out."),
    source="Prakash 2016",
)
def future_shown(plan: Plan, today: date) -> Iterator[Fault]:
    if not plan.context_type:
        yield from lacking(plan, "context_type")
    elif plan.context_type == "Transform":
        yield from missing(plan, "future_support")


RULES = (staffed, future_shown)
