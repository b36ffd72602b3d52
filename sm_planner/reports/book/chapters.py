"""The chapters of the book, and what each one's template is given.

To add a chapter: write its view here or in a module beside this one, its template in
``templates/chapters/<id>.html``, and name it in :data:`CHAPTERS`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sm_planner.engine.model import CalendarHoliday, Improvement, Objective, Process
from sm_planner.engine.questions import QUESTIONS
from sm_planner.engine.texts import N_
from sm_planner.reports import plan_findings, plan_readiness, raci_matrix
from sm_planner.reports.book import findings, pictures
from sm_planner.reports.book.catalogue import agreements, services
from sm_planner.reports.book.material import Material
from sm_planner.reports.book.wording import signed
from sm_planner.reports.quantities import SPACE, number, quantity


@dataclass(frozen=True)
class Chapter:
    """view gives the template what it shows beyond the plan itself."""

    id: str
    title: str
    view: Callable[[Material], Any]


def nothing_more(material: Material) -> None:
    """The template shows the plan as it is."""


def questions(material: Material) -> list[dict[str, Any]]:
    """All key questions with their answers, then answers to other questions."""
    answers = {answer.question: answer for answer in material.plan.answers}
    asked = [(question.code, question.text) for question in QUESTIONS]
    asked += [(code, code) for code in answers if code not in dict(asked)]
    return [{"code": code, "text": text, "answer": answers.get(code)} for code, text in asked]


def hours(material: Material) -> list[dict[str, Any]]:
    return [
        {"record": calendar, "week": pictures.week(calendar), "holidays": _by_year(calendar.holidays)}
        for calendar in material.plan.calendars
    ]


def _by_year(holidays: tuple[CalendarHoliday, ...]) -> list[tuple[int, list[CalendarHoliday]]]:
    dated = sorted((holiday for holiday in holidays if holiday.day), key=lambda holiday: holiday.day)
    return [(year, list(days)) for year, days in groupby(dated, key=lambda holiday: holiday.day.year)]


def raci(material: Material) -> list[dict[str, Any]]:
    return [_process(material, process) for process in material.plan.processes]


def _process(material: Material, process: Process) -> dict[str, Any]:
    """The matrix of a process, without columns that would say the same in each row."""
    table = raci_matrix.report(material.plan, material.today, process=process.id, collapsed=True)
    stated = any(row["state"] is not raci_matrix.COMPLETE for row in table.rows)
    hidden = ("process_title",) if stated else ("process_title", "state")
    columns = tuple(column for column in table.columns if column.fieldname not in hidden)
    return {"record": process, "table": dataclasses.replace(table, columns=columns), "stated": stated}


def objectives(material: Material) -> list[dict[str, Any]]:
    return [_objective(material, objective) for objective in material.plan.objectives]


def _objective(material: Material, objective: Objective) -> dict[str, Any]:
    change = pictures.change(objective)
    in_points = objective.unit in pictures.PERCENT
    difference = signed(change.difference) if change else ""
    if change and objective.baseline and not in_points:
        share = signed(round(100 * change.difference / objective.baseline))
        difference += f" ({share}{SPACE}%)"
    return {
        "record": objective,
        "change": change,
        "baseline": quantity(objective.baseline, objective.unit),
        "target": quantity(objective.target, objective.unit),
        "difference": difference,
        "in_points": in_points,
        "actions": [
            improvement for improvement in material.plan.improvements if improvement.objective == objective.id
        ],
    }


def improvements(material: Material) -> list[dict[str, Any]]:
    """The actions, the next due first; those without a date last."""
    plan = material.plan
    ordered = sorted(plan.improvements, key=lambda action: (action.due is None, action.due or material.today))
    return [
        {
            "record": action,
            "overdue": action.due is not None and action.due < material.today and action.status != "Closed",
            "benefit": _benefit(action),
        }
        for action in ordered
    ]


def _benefit(action: Improvement) -> str:
    steps = (action.benefit_baseline, action.benefit_target)
    return " → ".join(number(step) for step in steps if step is not None)


def readiness(material: Material) -> Any:
    return plan_readiness.table(material.board)


def all_findings(material: Material) -> dict[str, Any]:
    result = material.result
    return {
        "next_step": plan_findings.next_step(result),
        "failed": findings.by_severity(result.failed),
        "not_evaluated": findings.by_rule(result.not_evaluated),
    }


def seals(material: Material) -> Any:
    return material.verification


CHAPTERS: tuple[Chapter, ...] = (
    Chapter("scope", N_("Purpose and scope"), nothing_more),
    Chapter("questions", N_("Key questions"), questions),
    Chapter("objectives", N_("Objectives"), objectives),
    Chapter("stakeholders", N_("Stakeholders"), nothing_more),
    Chapter("services", N_("Services"), services),
    Chapter("components", N_("Components"), nothing_more),
    Chapter("agreements", N_("Agreements"), agreements),
    Chapter("hours", N_("Service hours"), hours),
    Chapter("people", N_("Roles, people and partners"), nothing_more),
    Chapter("raci", N_("Who does what: RACI"), raci),
    Chapter("improvements", N_("Improvement actions"), improvements),
    Chapter("readiness", N_("Readiness"), readiness),
    Chapter("findings", N_("Findings"), all_findings),
    Chapter("seals", N_("Seal register"), seals),
)
