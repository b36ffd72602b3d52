"""Training Plan: what is taught to whom and when; and the share trained of each unit and level.

It counts people and names none.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sm_planner.engine.model import Plan
from sm_planner.engine.model.training import Training, TrainingAudience
from sm_planner.engine.texts import N_, Text, listed, say
from sm_planner.engine.training.audience import is_trained, meant, shares
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

TRAININGS, GROUPS = "Trainings", "Units and Levels"
SHOWN = (N_("Trainings"), N_("Units and Levels"))

COLUMNS = (
    Column("title", Text(N_("Training, or Unit and Level")), width=260, key="id"),
    Column("way", Text(N_("Way")), width=100),
    Column("starts", Text(N_("Start")), "Date", width=100),
    Column("ends", Text(N_("End")), "Date", width=100),
    Column("teaches", Text(N_("Teaches")), width=240),
    Column("audience", Text(N_("For Whom")), width=220),
    Column("asked", Text(N_("Places")), "Int", width=80),
    Column("trained", Text(N_("Trained")), "Int", width=80),
    Column("share", Text(N_("Trained (%)")), "Percent", width=100),
    Column("money", Text(N_("Money")), width=200),
    Column("owner", Text(N_("Owner")), width=150, collection="people", key="owner_id"),
)


def report(plan: Plan, today: date, *, show: str = "") -> Table:
    """A row for each training by its start, then one for each unit and level. show: only one of the two."""
    rows = [
        *(_trainings(plan, today) if show != GROUPS else ()),
        *(_groups(plan, today) if show != TRAININGS else ()),
    ]
    asked, trained = _sums(plan, today)
    return Table(
        columns=COLUMNS,
        rows=rows,
        summary=(
            Figure(Text(N_("Trainings")), len(plan.trainings)),
            Figure(Text(N_("Places")), asked),
            Figure(
                Text(N_("Trained (%)")), share(asked, trained) or 0, "Green" if asked == trained else "Blue"
            ),
        ),
        chart=_chart(plan, today),
        message=_message(plan, today),
    )


def share(asked: int, trained: int) -> float | None:
    """The share trained, in per cent; None where nobody is meant."""
    return round(100 * trained / asked, 1) if asked else None


def teaches(plan: Plan, training: Training) -> Text:
    """The skills of a training, each with the level to which it leads."""
    return listed(
        say(N_("{0} ({1})"), plan.title_of("skills", row.skill), Text(row.level))
        if row.level
        else Text("{0}", (plan.title_of("skills", row.skill),))
        for row in training.skills
    )


def audience(plan: Plan, training: Training) -> Text:
    """For whom a training is, in words."""
    if training.everyone:
        return Text(N_("everyone"))
    return listed(_told(plan, row) for row in training.audience)


def _told(plan: Plan, row: TrainingAudience) -> Text:
    named = (plan.title_of("roles", row.role), plan.title_of("teams", row.team), row.unit)
    parts = [Text("{0}", (one,)) for one in named if one]
    parts += [Text(row.level)] if row.level else []
    return Text(" · ".join(f"{{{number}}}" for number in range(len(parts))), tuple(parts))


def money(plan: Plan, training: Training) -> Text | str:
    """From what a training is paid."""
    if training.no_cost:
        return Text(N_("no cost"))
    return plan.title_of("budget_lines", training.budget_line)


def counted(plan: Plan, training: Training, today: date) -> tuple[int, int]:
    """How many people a training is for, and how many of them have had it."""
    people = meant(plan, training, today)
    return len(people), sum(is_trained(plan, training, person, today) for person in people)


def _trainings(plan: Plan, today: date) -> Iterator[dict[str, Any]]:
    for one in _by_start(plan):
        asked, trained = counted(plan, one, today)
        yield {
            "collection": "trainings",
            "id": one.id,
            "title": one.title or one.id,
            "way": Text(one.way) if one.way else "",
            "starts": one.start_date,
            "ends": one.ends,
            "teaches": teaches(plan, one),
            "audience": audience(plan, one),
            "asked": asked,
            "trained": trained,
            "share": share(asked, trained),
            "money": money(plan, one),
            "owner": plan.title_of("people", one.training_owner),
            "owner_id": one.training_owner,
        }


def _by_start(plan: Plan) -> list[Training]:
    return sorted(plan.trainings, key=lambda one: (one.start_date or date.max, one.id))


def _groups(plan: Plan, today: date) -> Iterator[dict[str, Any]]:
    for one in shares(plan, today):
        level = Text(one.group.level) if one.group.level else Text(N_("No Level"))
        yield {
            "collection": "plan",
            "id": plan.id,
            "title": say(N_("{0}, {1}"), one.group.unit or Text(N_("No Unit")), level),
            "way": "",
            "starts": None,
            "ends": None,
            "teaches": "",
            "audience": say(N_("{0} people"), len(one.group.people)),
            "asked": one.asked,
            "trained": one.trained,
            "share": share(one.asked, one.trained),
            "money": "",
            "owner": "",
            "owner_id": "",
        }


def _sums(plan: Plan, today: date) -> tuple[int, int]:
    found = [counted(plan, one, today) for one in plan.trainings]
    return sum(asked for asked, _ in found), sum(trained for _, trained in found)


def _chart(plan: Plan, today: date) -> Chart | None:
    """How many places of each training were taken with success. None without any."""
    shown = [(one, *counted(plan, one, today)) for one in _by_start(plan)]
    if not any(asked for _, asked, _ in shown):
        return None
    asked, trained = _sums(plan, today)
    return Chart(
        title=Text(N_("Who was trained")),
        labels=tuple(Text("{0}", (one.title or one.id,)) for one, *_ in shown),
        datasets=(
            Dataset(Text(N_("Trained")), tuple(trained for *_, trained in shown)),
            Dataset(Text(N_("Not Yet")), tuple(asked - trained for _, asked, trained in shown)),
        ),
        colors=("#0b5c6e", "#e8a33d"),
        reading=say(N_("{0} of {1} places were taken with success."), trained, asked),
        stacked=True,
    )


def _message(plan: Plan, today: date) -> Text:
    """What comes next."""
    if not plan.trainings:
        return Text(N_("There is no training yet. Begin with the gaps: see the report Skill Gaps."))
    ahead = [one for one in plan.trainings if one.start_date and one.start_date >= today]
    if ahead:
        first = min(ahead, key=lambda one: (one.start_date, one.id))
        return say(N_("Next: “{0}” on {1}."), first.title or first.id, first.start_date)
    return Text(N_("No training lies ahead."))
