"""Skill Gaps: what roles need of who fills them, what is missing, and whether that is closed in time.

A row tells what somebody in particular can do: who reads it is told by :mod:`sm_planner.engine.training.personal`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from sm_planner.engine.model import Plan
from sm_planner.engine.texts import N_, Text, say
from sm_planner.engine.training.gaps import Need, State, needs
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

STATES = tuple(state.value for state in State)

COLUMNS = (
    Column("title", Text(N_("Role")), width=180, collection="roles", key="id"),
    Column("person", Text(N_("Person")), width=160, collection="people", key="person_id"),
    Column("skill", Text(N_("Skill")), width=180, collection="skills", key="skill_id"),
    Column("kind", Text(N_("Kind")), width=110),
    Column("level", Text(N_("Needed")), width=100),
    Column("had", Text(N_("Has")), width=100),
    Column("starts", Text(N_("Starts On")), "Date", width=100),
    Column("state", Text(N_("Stand")), width=150),
    Column("training", Text(N_("Closed By")), width=220),
    Column("ends", Text(N_("Training Ends")), "Date", width=110),
)

WEIGHT = (State.OPEN, State.LATE, State.IN_TIME, State.HAD)
"""What comes first."""


def report(plan: Plan, today: date, *, role: str = "", person: str = "", state: str = "") -> Table:
    """A row for each skill that a role needs of somebody. role, person: ids; state: only those that stand so."""
    found = [
        need
        for need in needs(plan, today)
        if role in ("", need.role.id) and person in ("", need.person.id) and state in ("", need.state.value)
    ]
    return table(plan, found)


def table(plan: Plan, found: Sequence[Need], *, hidden: int = 0) -> Table:
    """hidden: how many more there are that are not for whoever reads it."""
    ordered = sorted(found, key=lambda need: WEIGHT.index(need.state))
    counted = Counter(need.state for need in found)
    return Table(
        columns=COLUMNS,
        rows=[_row(need) for need in ordered],
        summary=(
            Figure(Text(State.HAD.value), counted[State.HAD]),
            Figure(Text(State.IN_TIME.value), counted[State.IN_TIME]),
            Figure(Text(State.LATE.value), counted[State.LATE], "Red" if counted[State.LATE] else "Green"),
            Figure(Text(State.OPEN.value), counted[State.OPEN], "Red" if counted[State.OPEN] else "Green"),
        ),
        chart=_chart(found),
        message=_message(plan, counted, hidden),
    )


def _row(need: Need) -> dict[str, Any]:
    return {
        "collection": "roles",
        "id": need.role.id,
        "title": need.role.title or need.role.id,
        "person": need.person.title or need.person.id,
        "person_id": need.person.id,
        "skill": need.skill.title or need.skill.id,
        "skill_id": need.skill.id,
        "kind": Text(need.skill.kind) if need.skill.kind else "",
        "level": Text(need.level),
        "had": Text(need.had) if need.had else "",
        "starts": need.starts,
        "state": Text(need.state.value),
        "training": (need.training.title or need.training.id) if need.training else "",
        "ends": need.training.ends if need.training else None,
    }


def _chart(found: Sequence[Need]) -> Chart | None:
    """How many needs of each kind of skill are met, and how many are not. None without any."""
    kinds = list(dict.fromkeys(need.skill.kind for need in found if need.skill.kind))
    if not kinds:
        return None
    met = Counter(need.skill.kind for need in found if not need.is_gap)
    missing = Counter(need.skill.kind for need in found if need.is_gap)
    return Chart(
        title=Text(N_("Skills that roles need")),
        labels=tuple(map(Text, kinds)),
        datasets=(
            Dataset(Text(State.HAD.value), tuple(met[kind] for kind in kinds)),
            Dataset(Text(N_("Gap")), tuple(missing[kind] for kind in kinds)),
        ),
        colors=("#0b5c6e", "#e8a33d"),
        reading=say(N_("{0} of {1} needs are met."), sum(not one.is_gap for one in found), len(found)),
        stacked=True,
    )


def _message(plan: Plan, counted: Counter[State], hidden: int) -> Text:
    """What to do first."""
    if hidden:
        return say(
            N_("You see yourself and the people whom you lead. Needs of others, which are not shown: {0}."),
            hidden,
        )
    if not any(role.skills for role in plan.roles):
        return Text(N_("No role says what it needs. Enter skills at the roles."))
    if counted[State.OPEN]:
        return say(N_("Plan trainings first for the gaps that nothing closes: {0}."), counted[State.OPEN])
    if counted[State.LATE]:
        return say(
            N_("Trainings that end after somebody has started: {0}. Bring them forward."), counted[State.LATE]
        )
    return Text(N_("Each gap is closed in time."))
