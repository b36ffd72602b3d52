"""RAC: the letters along the flows of the support model: alarms come in, incidents are handed on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise

from sm_planner.engine.checks.conditions import named, nothing_in
from sm_planner.engine.checks.depths import COMPLETE, GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule, unknown
from sm_planner.engine.checks.raci.cells import no_cells
from sm_planner.engine.model import Plan, Service
from sm_planner.engine.raci.effective import Duties, effective, services_in_scope
from sm_planner.engine.texts import Text, say

Step = tuple[tuple[str, ...], tuple[str, ...]]
"""The teams of one tier, and those of the next."""
ALERTS, INCIDENT = "Alerts", "Incident"


@rule(
    "RAC-14",
    Severity.ERROR,
    GROWN,
    title=N_("Somebody is accountable and responsible for the alarms of every critical component"),
    why=N_("An alarm that nobody has to act on is noise, and the component fails unnoticed."),
    fix=N_("Give an A and an R for the component in the process that carries the flow Alerts."),
    source="Prakash 2016",
)
def watched(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "components")
    yield from no_cells(plan)
    processes = _carrying(plan, ALERTS)
    if not processes:
        yield from _no_process(plan, ALERTS)
        return
    places: Counter[tuple[str, str]] = Counter()
    unwatched: Counter[str] = Counter()
    for cell in effective(plan).cells:
        if cell.process in processes:
            places[cell.service, cell.component] += bool(cell.duties.accountable and cell.duties.responsible)
    for (_, component), watchers in places.items():
        unwatched[component] += not watchers
    for component in plan.components:
        if component.is_critical and unwatched[component.id]:
            yield fault(
                component,
                N_("“{0}” is critical, but nobody is both accountable and responsible for its alarms."),
                named(component),
                field="is_critical",
                count=unwatched[component.id],
                fix=say(
                    N_(
                        "In the process that carries the flow Alerts, give an A and an R for “{0}”: one entry each."
                    ),
                    named(component),
                ),
            )


@rule(
    "RAC-15",
    Severity.WARNING,
    COMPLETE,
    title=N_("A tier that hands an incident on stays informed"),
    why=N_("The tier that took the call has to keep the user informed, and learns from the solution."),
    fix=N_("Where the next tier is responsible, give the tier before it a C or an I."),
    source="Prakash 2016",
)
def handed_over(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "services")
    yield from no_cells(plan)
    processes = _carrying(plan, INCIDENT)
    if not processes:
        yield from _no_process(plan, INCIDENT)
        return
    team_of = {role.id: role.team for role in plan.roles}
    steps = {service.id: tuple(_steps(service)) for service in plan.services}
    yield from _nobody_to_hand_to(plan, steps, set(team_of.values()))
    parts: dict[Duties, tuple[set[str], set[str]]] = {}
    broken: Counter[tuple[str, Step]] = Counter()
    for cell in effective(plan).cells:
        if cell.process not in processes or not steps[cell.service]:
            continue
        if cell.duties not in parts:
            working = {team_of[role] for role in cell.duties.responsible}
            parts[cell.duties] = working, {team_of[held.role] for held in cell.duties.letters}
        working, informed = parts[cell.duties]
        for before, after in steps[cell.service]:
            if not working.isdisjoint(after) and informed.isdisjoint(before):
                broken[cell.service, (before, after)] += 1
    for (service, (before, after)), cells in broken.items():
        yield fault(
            plan.get("services", service),
            N_("“{0}”: “{2}” takes over from “{1}”, which then no longer has a part."),
            named(plan.get("services", service)),
            _teams(plan, before),
            _teams(plan, after),
            field="support_tiers",
            count=cells,
        )


def _steps(service: Service) -> Iterator[Step]:
    """From which teams an incident goes to which, tier by tier."""
    tiers: dict[int, list[str]] = {}
    for row in sorted(service.support_tiers, key=lambda row: row.tier):
        tiers.setdefault(row.tier, []).append(row.team)
    for before, after in pairwise(tiers.values()):
        yield tuple(before), tuple(after)


def _nobody_to_hand_to(
    plan: Plan, steps: Mapping[str, tuple[Step, ...]], filling: set[str]
) -> Iterator[Fault]:
    """Steps that the letters cannot show: no role is filled by the teams that take over."""
    for service in services_in_scope(plan):
        for _, after in steps[service.id]:
            if filling.isdisjoint(after):
                yield unknown(
                    service,
                    N_("“{0}”: “{1}” fills no role, so the RACI letters do not show what is handed over."),
                    named(service),
                    _teams(plan, after),
                    field="support_tiers",
                )


def _teams(plan: Plan, teams: tuple[str, ...]) -> str:
    return ", ".join(named(plan.get("teams", team)) for team in teams)


def _carrying(plan: Plan, flow: str) -> set[str]:
    return {process.id for process in plan.processes if process.flow == flow}


def _no_process(plan: Plan, flow: str) -> Iterator[Fault]:
    yield from nothing_in(plan, "processes")
    if plan.processes:
        yield unknown(
            plan,
            N_("No process carries the flow {0}."),
            Text(flow),
            field="processes",
            fix=N_("Set the flow at the process that does this."),
        )


RULES = (watched, handed_over)
