"""The chapters of the book, and what each one's template is given.

To add a chapter: write its view here or in a module beside this one, its template in
``templates/chapters/<id>.html``, and name it in :data:`CHAPTERS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sm_planner.engine.checks.key_answers import answered
from sm_planner.engine.model import Answer, CalendarHoliday
from sm_planner.engine.model.fields import specs
from sm_planner.engine.model.values import words_of
from sm_planner.engine.rhythm.occurrences import next_review
from sm_planner.engine.texts import N_
from sm_planner.reports.book import aims, duties, people_side, pictures, standing
from sm_planner.reports.book.baseline import baseline
from sm_planner.reports.book.catalogue import agreements, catalogue, services
from sm_planner.reports.book.communication import communication
from sm_planner.reports.book.learning import learning, risks
from sm_planner.reports.book.material import Material
from sm_planner.reports.book.money import money
from sm_planner.reports.book.office import is_told, office
from sm_planner.reports.book.overview import overview
from sm_planner.reports.book.reporting import reporting
from sm_planner.reports.book.reviews import reviews
from sm_planner.reports.book.rosters import rosters
from sm_planner.reports.book.tools import tools
from sm_planner.reports.book.training import training


@dataclass(frozen=True)
class Chapter:
    """view gives the template what it shows beyond the plan itself. wanted: whether the book has the chapter."""

    id: str
    title: str
    view: Callable[[Material], Any]
    wanted: Callable[[Material], bool] = lambda material: True


def nothing_more(material: Material) -> None:
    """The template shows the plan as it is."""


def questions(material: Material) -> dict[str, Any]:
    """All key questions with their answers, and rows that no question shows."""
    told = answered(material.plan)
    shown = [one.answer for one in told]
    spec = specs(Answer)["question"]
    others = [(words_of(spec, row.question), row) for row in material.plan.answers if row not in shown]
    return {"asked": told, "others": others}


def hours(material: Material) -> list[dict[str, Any]]:
    return [
        {"record": calendar, "week": pictures.week(calendar), "holidays": _by_year(calendar.holidays)}
        for calendar in material.plan.calendars
    ]


def _by_year(holidays: tuple[CalendarHoliday, ...]) -> list[tuple[int, list[CalendarHoliday]]]:
    dated = sorted((holiday for holiday in holidays if holiday.day), key=lambda holiday: holiday.day)
    return [(year, list(days)) for year, days in groupby(dated, key=lambda holiday: holiday.day.year)]


CHAPTERS: tuple[Chapter, ...] = (
    Chapter("scope", N_("Purpose and scope"), lambda material: next_review(material.plan, material.today)),
    Chapter("context", N_("Context and limits"), aims.context),
    Chapter("map", N_("Service management map"), overview),
    Chapter("commitments", N_("Commitments"), people_side.commitments),
    Chapter("office", N_("The office"), office, is_told),
    Chapter("questions", N_("Key questions"), questions),
    Chapter("baseline", N_("Where we stand"), baseline),
    Chapter("objectives", N_("Objectives"), aims.objectives),
    Chapter("stakeholders", N_("Stakeholders"), people_side.stakeholders),
    Chapter("change", N_("What changes for whom"), people_side.change),
    Chapter("communications", N_("Communication"), communication),
    Chapter("reporting", N_("Reports to people"), reporting),
    Chapter("requirements", N_("Customer requirements"), nothing_more),
    Chapter("services", N_("Services"), services),
    Chapter("catalogue", N_("Service catalogue"), catalogue),
    Chapter("components", N_("Components"), nothing_more),
    Chapter("agreements", N_("Agreements"), agreements),
    Chapter("hours", N_("Service hours"), hours),
    Chapter("chain", N_("Can the promises be kept?"), standing.chain),
    Chapter(
        "attainment",
        N_("Were the promises kept?"),
        standing.attainment,
        lambda material: material.log is not None,
    ),
    Chapter("support", N_("Support model"), duties.support),
    Chapter("rosters", N_("Rosters and after hours"), rosters),
    Chapter("partners", N_("Suppliers and partners"), nothing_more),
    Chapter("people", N_("Roles, people and teams"), people_side.people),
    Chapter("training", N_("Skills and training"), training),
    Chapter("processes", N_("Processes"), nothing_more),
    Chapter("raci", N_("Who does what: RACI"), duties.raci),
    Chapter("improvements", N_("Improvement actions"), aims.improvements),
    Chapter("risks", N_("Risks"), risks),
    Chapter("learning", N_("What was learned"), learning),
    Chapter("tools", N_("Gates and tools"), tools),
    Chapter("money", N_("Money"), money),
    Chapter("roadmap", N_("Roadmap"), aims.roadmap),
    Chapter("reviews", N_("Reviews and triggers"), reviews),
    Chapter("readiness", N_("Readiness"), standing.readiness),
    Chapter("findings", N_("Findings"), standing.all_findings),
    Chapter("waivers", N_("Waivers"), standing.waivers),
    Chapter("seals", N_("Seal register"), standing.seals),
)
