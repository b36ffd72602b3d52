"""TOL: tools come last, serve something, are chosen by criteria, and help those who use them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.checks.conditions import empty, lacking, missing, named, nothing_in
from sm_planner.engine.checks.depths import COMPLETE, GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, idle, rule, unknown
from sm_planner.engine.gates.choice import failed
from sm_planner.engine.gates.early import too_early, unknown as not_known
from sm_planner.engine.gates.things import brought, technology
from sm_planner.engine.model import Plan, Tool
from sm_planner.engine.model.vocabulary import CONSIDERED, DROPPED, IN_USE, ORDERED, UNDER_WAY
from sm_planner.engine.part.asking import worked_around
from sm_planner.engine.texts import Text, listed

EARLY = {
    "order_date": N_("“{0}” is ordered on {1}, before these gates are reached: {2}."),
    "roll_out_date": N_("“{0}” is rolled out on {1}, before these gates are reached: {2}."),
    "start_date": N_("“{0}” starts on {1}, before these gates are reached: {2}."),
}
"""Field of a day → what is told of a day that is too early."""


@rule(
    "TOL-01",
    Severity.ERROR,
    COMPLETE,
    title=N_("Each tool serves a process or an objective"),
    why=N_("Technology enables work. A tool that serves no work is kept for its own sake."),
    fix=N_("Name the processes or objectives that the tool serves, or drop it."),
    source="Ten steps; Mainville 2018; FitSM GR4.1; ISO 6.3 g",
)
def serves(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "tools")
    for tool in _kept(plan):
        if not (tool.processes or tool.objectives):
            yield fault(tool, N_("“{0}” serves no process and no objective."), named(tool), field="processes")


@rule(
    "TOL-02",
    Severity.ERROR,
    GROWN,
    title=N_("Tools come after why, sponsor, goals, organisational change, people and processes"),
    why=N_(
        "A platform is no guarantee: bought before anything else has changed, it gives bad service faster."
    ),
    fix=N_(
        "Reach the gates first (the report Gates says what is missing), or set the date later. What cannot wait needs a waiver."
    ),
    source="Mainville 2018",
)
def after_its_gates(plan: Plan, today: date) -> Iterator[Fault]:
    """That an action waits for its predecessors is for IMP-07; of a tool, all dates are judged here."""
    tools, actions = brought(plan, today), technology(plan)
    if not tools and not actions:
        yield idle(plan, N_("The plan brings no tool and no technology."), field="tools")
    for tool in tools:
        yield from lacking(tool, *{ORDERED: ("order_date",), IN_USE: ("roll_out_date",)}.get(tool.status, ()))
    for action in actions:
        if action.status in UNDER_WAY:
            yield from lacking(action, "start_date")
    for one in not_known(plan, today):
        yield unknown(one.record, one.text.template, *one.text.args, field=one.field)
    for early in too_early(plan, today):
        yield fault(
            early.record,
            EARLY[early.field],
            named(early.record),
            early.day,
            listed(Text(gate.name) for gate in early.gates),
            field=early.field,
        )


@rule(
    "TOL-03",
    Severity.WARNING,
    COMPLETE,
    title=N_("Each tool is chosen by criteria that have a result"),
    why=N_("Without criteria, the tool with the best demonstration wins."),
    fix=N_(
        "Enter criteria with weight and score, and the decision. A tool that misses a must is not chosen."
    ),
    source="Ten steps; Mainville 2018",
)
def chosen(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "tools")
    for tool in _kept(plan):
        yield from missing(tool, "criteria")
        for row in tool.criteria:
            for part in ("weight", "score"):
                if empty(getattr(row, part)) and tool.status != CONSIDERED:
                    yield _unscored(tool, row.criterion, part)
        if tool.status == CONSIDERED:
            continue
        yield from missing(tool, "decision")
        for row in failed(tool):
            yield fault(
                tool,
                N_("“{0}” is chosen, but does not meet “{1}”, which is a must."),
                named(tool),
                row.criterion,
                field="criteria",
            )


def _unscored(tool: Tool, criterion: str, part: str) -> Fault:
    message = {
        "weight": N_("“{0}”: the criterion “{1}” has no weight."),
        "score": N_("“{0}”: the criterion “{1}” has no score."),
    }[part]
    return fault(tool, message, named(tool), criterion, field="criteria")


@rule(
    "TOL-04",
    Severity.WARNING,
    GROWN,
    title=N_("Each workaround that was reported has an answer"),
    why=N_("People work around technology that does not help them. Who is not heard goes on doing so."),
    fix=N_("Answer it: what is done about the tool or the service, or why it stays as it is."),
    source="Mainville 2018",
)
def workarounds_answered(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "workarounds")
    for workaround in worked_around(plan):
        yield fault(
            workaround,
            N_("The workaround “{0}” was reported, and nobody has answered."),
            named(workaround),
            field="answer",
        )


def _kept(plan: Plan) -> list[Tool]:
    """The tools that were not dropped."""
    return [tool for tool in plan.tools if tool.status != DROPPED]


RULES = (serves, after_its_gates, chosen, workarounds_answered)
