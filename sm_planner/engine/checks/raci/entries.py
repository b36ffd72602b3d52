"""RAC: the entries that the matrix is made of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.checks.conditions import named, nothing_in
from sm_planner.engine.checks.depths import FIRST
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule, unknown
from sm_planner.engine.model import Plan, RaciEntry
from sm_planner.engine.raci.effective import services_in_scope
from sm_planner.engine.sealing.seal import drift, holds, own_seal


@rule(
    "RAC-18",
    Severity.ERROR,
    FIRST,
    title=N_("The RACI letters are the ones that were signed"),
    why=N_("People who sign a plan answer for the duties in it, not for duties that were changed later."),
    fix=N_("Undo the changes of the entries, or start a revision and have it signed."),
    source="FitSM GR2.4",
)
def as_signed(plan: Plan, today: date) -> Iterator[Fault]:
    seal = own_seal(plan)
    if seal is None:
        return
    if not holds(seal, plan.key_ring):
        yield unknown(plan, N_("The seal of this version is damaged, so what was signed is not known."))
        return
    for change in drift(seal, plan):
        if change.collection == "raci":
            yield fault(plan, N_("Since the sign-off: {0}"), change.text, field="raci")


@rule(
    "RAC-23",
    Severity.ERROR,
    FIRST,
    title=N_("Every RACI entry applies to a cell"),
    why=N_("An entry for a cell that does not exist looks like a duty, but is none."),
    fix=N_("Name a service that is not retired and one of its components, or delete the entry."),
    source="own rule",
)
def entries_reach(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "raci")
    in_scope = {service.id for service in services_in_scope(plan)}
    for entry in plan.raci:
        message, *missed = _missed(plan, entry, in_scope)
        if message:
            yield fault(entry, message, entry.id, *missed)


def _missed(plan: Plan, entry: RaciEntry, in_scope: set[str]) -> tuple[str, ...]:
    """Why the entry reaches no cell: a message and whom it names; empty if it reaches one."""
    service, component = plan.get("services", entry.service), plan.get("components", entry.component)
    if service and service.id not in in_scope:
        return N_("The entry {0} is for “{1}”, which is retired."), named(service)
    if service and component and service.id not in component.services:
        return (
            N_("The entry {0} is for “{2}”, which is not a component of “{1}”."),
            named(service),
            named(component),
        )
    if component and not service and in_scope.isdisjoint(component.services):
        return N_("The entry {0} is for “{1}”, which carries no service, or only retired ones."), named(
            component
        )
    if not in_scope:
        return (N_("The entry {0} is for a process, but the plan has no service, or only retired ones."),)
    return ("",)


RULES = (as_signed, entries_reach)
