"""Tools that support the work, how they were chosen, and how people get along without them."""

from __future__ import annotations

from datetime import date

from sm_planner.engine.model.collection import REGISTER, collected
from sm_planner.engine.model.fields import (
    choice,
    day,
    flag,
    key,
    line,
    link,
    links,
    number,
    record,
    rows,
    text,
)
from sm_planner.engine.model.vocabulary import TOOL_STATES
from sm_planner.engine.texts import N_

BEST_SCORE = 10
"""The score of a tool that meets a criterion in full."""


@record
class ToolCriterion:
    criterion: str = line("Criterion", "What the tool has to do.", required=True)
    weight: float | None = number("Weight", "How much it matters, compared with the others.", minimum=0)
    score: float | None = number(
        "Score", "How well the tool meets it, from 0 to 10.", minimum=0, maximum=BEST_SCORE
    )
    must: bool = flag("Must", help="A tool that does not meet it, with a score of 0, is out.")


@record
class ToolAlternative:
    title: str = line("Alternative", "Another tool, or doing without.", required=True)
    result: float | None = number(
        "Result (%)", "What it reached by the same criteria.", minimum=0, maximum=100
    )
    why_not: str = line("Why Not")


@collected(N_("Tool"), N_("Tools"), series="TOOL", shared=False)
@record
class Tool:
    """A program or device that supports the work of a process, and how it was chosen (ISO/IEC 20000-1:2018, 6.3 g)."""

    id: str = key()
    title: str = line("Title")
    description: str = text("What It Is", "What the tool does, and for whom.")
    status: str = choice("Status", TOOL_STATES, "Considered")
    processes: tuple[str, ...] = links("Processes", "processes", "The processes that it serves.")
    objectives: tuple[str, ...] = links("Objectives", "objectives", "The objectives that it serves.")
    services: tuple[str, ...] = links("Services", "services", "The services that it serves.")
    tool_owner: str = link("Owner", "people", "Who answers for the tool and for what it is good for.")
    supplier: str = link("Supplier", "suppliers")
    order_date: date | None = day("Order Date", "When it is ordered, or was.")
    roll_out_date: date | None = day("Roll-out Date", "When people begin to use it, or did.")
    criteria: tuple[ToolCriterion, ...] = rows(
        "Criteria", ToolCriterion, "What the tool is judged by. The result follows from weights and scores."
    )
    alternatives: tuple[ToolAlternative, ...] = rows(
        "Alternatives", ToolAlternative, "What else was looked at."
    )
    decision: str = text("Decision", "Which tool was chosen, and why.")
    decided_on: date | None = day("Decided On")


@collected(N_("Workaround"), N_("Workarounds"), series="WRK", nature=REGISTER)
@record
class Workaround:
    """What people do because a tool or a service does not help them, and what they were told."""

    id: str = key()
    title: str = line("Title", "What people do instead.")
    service: str = link("Service", "services", "The service that they work around.")
    tool: str = link("Tool", "tools", "The tool that they work around.")
    since: date | None = day("Since", "Since when they do so, as far as it is known.")
    why: str = text("Why", "Why they do so: what does not work, or takes too long.")
    reported_by: str = link("Reported By", "people")
    reported_on: date | None = day("Reported On")
    answer: str = text("Answer", "What is done about it, or why it stays.", sealed=False)
    answered_by: str = link("Answered By", "people", sealed=False)
    answered_on: date | None = day("Answered On", sealed=False)
