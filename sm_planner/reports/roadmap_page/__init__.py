"""The roadmap as a page: quarters and themes, phases with their checkpoints, and the dates that can be moved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sm_planner import __version__
from sm_planner.engine.model import Improvement, Plan
from sm_planner.engine.rhythm import checkpoints
from sm_planner.engine.roadmap.load import Load, loads
from sm_planner.engine.roadmap.moves import proposed
from sm_planner.engine.roadmap.schedule import Step, roadmap
from sm_planner.engine.roadmap.themes import DATES, OBJECTIVE, PLANNED, THEMES, themes
from sm_planner.engine.texts import N_, Number, Text, say
from sm_planner.reports import templating
from sm_planner.reports.roadmap import in_order, message, why
from sm_planner.reports.table import Day, Translate, in_english, translated

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

STYLE = f"/assets/sm_planner/css/roadmap.css?v={__version__}"

Address = Callable[[Improvement], str]
"""Where an improvement is shown."""


def grid(
    plan: Plan,
    today: date,
    *,
    by: str = OBJECTIVE,
    dates: str = PLANNED,
    address: Address,
    translate: Translate = in_english,
    day: Day = str,
) -> Markup:
    """Quarters and themes as a table of HTML; empty where nothing has dates."""
    from markupsafe import Markup

    made = _environment(translate, day).get_template("grid.html")
    # A template that escapes every text.
    return Markup(  # noqa: S704
        made.render(told=themes(plan, today, by, dates), by=by, dates=dates, address=address, titled=_titled)
    )


def page(
    plan: Plan,
    today: date,
    *,
    by: str,
    dates: str,
    address: Address,
    movable: frozenset[str],
    plans: Sequence[Mapping[str, str]],
    translate: Translate = in_english,
    day: Day = str,
) -> str:
    """The whole page. movable: the improvements whose dates the reader may change. plans: name and title of those to choose from."""
    told = roadmap(plan, today)
    steps = in_order(told.steps)
    proposals = {step.improvement.id: proposed(step, today) for step in steps}
    return (
        _environment(translate, day)
        .get_template("roadmap_page.html")
        .render(
            plan=plan,
            plans=plans,
            by=by,
            dates=dates,
            all_themes=THEMES,
            all_dates=DATES,
            message=message(told),
            grid=grid(plan, today, by=by, dates=dates, address=address, translate=translate, day=day),
            phases=phases(plan, today),
            overloads=[overload(load) for load in loads(plan, today) if load.is_overloaded],
            steps=steps,
            why=lambda step: why(plan, step),
            proposals=proposals,
            movable=movable,
            address=address,
            titled=_titled,
            style=STYLE,
        )
    )


def phases(plan: Plan, today: date) -> list[dict[str, Any]]:
    """The phases in their order, each with what was said at its checkpoint."""
    return [
        {
            "record": phase,
            "state": checkpoints.state(plan, phase, today),
            "said": checkpoints.said(plan, phase, today),
            "accepts": plan.title_of("people", phase.accepted_by),
        }
        for phase in checkpoints.in_order(plan)
    ]


def overload(load: Load) -> Text:
    return say(
        N_("“{0}” in {1}: {2} person-days are planned, and it has {3}."),
        load.team.title or load.team.id,
        str(load.quarter),
        Number(f"{load.planned:.1f}"),
        Number(f"{load.has:.1f}"),
    )


def _titled(step: Step) -> str:
    return step.improvement.title or step.improvement.id


def _environment(translate: Translate, day: Day) -> Environment:
    environment = templating.environment(
        "sm_planner.reports.roadmap_page", lambda value: translated(value, translate, day)
    )
    environment.globals["day"] = lambda value: day(value) if value else ""
    return environment
