"""How a plan begins: what is asked of whoever starts it, and what it holds then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sm_planner.engine.gates.mandate import WHY_TEMPLATE
from sm_planner.engine.model import Plan
from sm_planner.engine.model.vocabulary import CONTEXT_TYPES, DEPTHS
from sm_planner.engine.rhythm.months import months_after
from sm_planner.engine.templates.library import PLAN_OWNER, SPONSOR, Template
from sm_planner.engine.templates.taking import take
from sm_planner.engine.texts import N_, Text, say

USUAL_MONTHS = 12

ABOUT_SITUATION = dict(
    zip(
        CONTEXT_TYPES,
        (
            N_("Nothing of it is written yet, or each does it in their own way."),
            N_("It is there and runs. It is to become better."),
            N_("It is going to be done in another way: by others, elsewhere, or with other tools."),
        ),
        strict=True,
    )
)
"""Situation of service management → when it is meant."""


@dataclass(frozen=True)
class Start:
    """What whoever starts a plan says of it. plan_owner, executive_sponsor: ids of people."""

    title: str
    unit: str
    situation: str
    depth: str
    plan_owner: str
    executive_sponsor: str
    why: str
    period_start: date | None
    period_end: date | None


def usual_period(today: date) -> tuple[date, date]:
    """From the next month on, for a year: the first and the last day."""
    first = months_after(today.replace(day=1), 1)
    return first, months_after(first, USUAL_MONTHS) - timedelta(days=1)


def refusals(start: Start) -> Iterator[Text]:
    """Why a plan cannot begin like this."""
    if not start.title:
        yield say(N_("Give the plan a title."))
    yield from unknown(start.situation, start.depth)
    if not (start.period_start and start.period_end):
        yield say(N_("Say when the plan begins, and when it ends."))
    elif start.period_start >= start.period_end:
        yield say(
            N_("The period ends on {1}, which is not after its start on {0}."),
            start.period_start,
            start.period_end,
        )


def unknown(situation: str, depth: str) -> Iterator[Text]:
    """What is said where there is no such situation, or no such depth."""
    if situation not in CONTEXT_TYPES:
        yield say(N_("Choose the situation: {0}."), ", ".join(CONTEXT_TYPES))
    if depth not in DEPTHS:
        yield say(N_("Choose the depth: {0}."), ", ".join(DEPTHS))


def as_file(template: Template, situation: str, depth: str, today: date) -> Plan:
    """The plan of a file that begins with a template: with people whose names are still to be written, for the usual period."""
    first, last = usual_period(today)
    start = Start(
        "Service Management Plan", "", situation, depth, PLAN_OWNER, SPONSOR, WHY_TEMPLATE, first, last
    )
    content = template.content(situation, depth)
    plan = replace(begun(start, f"{template.id}-plan-1"), people=content.people)
    return take(plan, content, template.title).plan


def begun(start: Start, id: str) -> Plan:
    """The plan as it begins. Units in scope are those that it is for; an empty why says what is to be written there."""
    return Plan(
        id=id,
        lineage=id,
        title=start.title,
        unit=start.unit,
        scope_units=start.unit,
        context_type=start.situation,
        depth=start.depth,
        plan_owner=start.plan_owner,
        executive_sponsor=start.executive_sponsor,
        why=start.why or WHY_TEMPLATE,
        period_start=start.period_start,
        period_end=start.period_end,
    )
