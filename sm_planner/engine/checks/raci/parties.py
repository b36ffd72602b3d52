"""RAC: what others than the accountable do, and by which agreement or line of command they are bound to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from sm_planner.engine.agreements.terms import Party, Scope, covered_by_party, day_of_plan
from sm_planner.engine.checks.conditions import named
from sm_planner.engine.checks.depths import COMPLETE, GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule, unknown
from sm_planner.engine.checks.raci.cells import Wrong, cells_by_role, no_cells, role_names, told
from sm_planner.engine.checks.raci.command import Command
from sm_planner.engine.model import Plan, Role
from sm_planner.engine.raci.effective import Cell, Duties, effective, external, supplier_of
from sm_planner.engine.texts import say

NOTHING = Scope(frozenset())


def party_of(role: Role, plan: Plan) -> Party:
    """Who fills the role: a supplier, a team, or the role itself where neither is named."""
    if supplier := supplier_of(role, plan):
        return "suppliers", supplier
    return ("teams", role.team) if role.team else ("roles", role.id)


@rule(
    "RAC-09",
    Severity.ERROR,
    GROWN,
    title=N_("What others do for us is covered by an agreement"),
    why=N_("An R without a contract behind it is a hope; the partner may not even know of it."),
    fix=N_(
        "Widen the scope of the agreement with the partner to the process and the component, or give "
        "the R to others."
    ),
    source="Prakash 2016",
)
def work_agreed(plan: Plan, today: date) -> Iterator[Fault]:
    yield from no_cells(plan)
    at_work = cells_by_role(plan, lambda letter: "R" in letter)
    covered = covered_by_party(plan, day_of_plan(plan, today))
    outside: dict[str, Scope] = {}
    for role in plan.roles:
        party = party_of(role, plan)
        if not at_work[role.id] or not external(role, plan):
            continue
        if party[0] == "roles":
            yield unknown(
                role,
                N_("“{0}” is a partner's role, but no partner that fills it is named."),
                named(role),
                field="supplier",
            )
        else:
            outside[role.id] = covered.get(party, NOTHING)

    def verdict(cell: Cell) -> Wrong:
        bare = [
            role
            for role in cell.duties.responsible
            if role in outside and not outside[role].covers(*cell[:3])
        ]
        if not bare:
            return ()
        return N_("No agreement in force covers what {1} does for {0}."), role_names(plan, bare)

    yield from told(plan, verdict)


@rule(
    "RAC-13",
    Severity.WARNING,
    COMPLETE,
    title=N_("The people who do the work are bound to those who answer for it"),
    why=N_("Nobody can answer for the work of people whom they can neither direct nor hold to an agreement."),
    fix=N_(
        "Enter to whom the holders report, give the A to somebody in their line, or conclude an OLA with their team."
    ),
    source="Pollock 2019",
)
def work_directed(plan: Plan, today: date) -> Iterator[Fault]:
    """Partners are left to RAC-09: what binds them is their contract."""
    yield from no_cells(plan)
    promised = covered_by_party(plan, day_of_plan(plan, today))
    covered = {role.id: promised.get(party_of(role, plan), NOTHING) for role in plan.roles}
    command = Command(plan, today)
    unbound = {
        duties: [
            role
            for role in map(plan.index["roles"].get, duties.responsible)
            if duties.accountable and not external(role, plan) and not command.binds(role, duties.accountable)
        ]
        for duties in effective(plan).duties
    }
    loose: dict[str, Counter[tuple[str, ...]]] = {}
    for cell in effective(plan).cells:
        for role in unbound[cell.duties]:
            if not covered[role.id].covers(*cell[:3]):
                loose.setdefault(role.id, Counter())[cell.duties.accountable] += 1
    for id, answerable in loose.items():
        role = plan.get("roles", id)
        if gap := command.gap(role):
            yield unknown(role, gap.template, *gap.args)
            continue
        for accountable, cells in answerable.items():
            yield fault(
                role,
                N_("“{0}” does work that “{1}” answers for, but neither reports there nor has an agreement."),
                named(role),
                role_names(plan, accountable),
                count=cells,
                fix=say(
                    N_(
                        "Enter that the holders of “{0}” report to “{1}”, or conclude an OLA with their team that covers the work; "
                        "or give the A to somebody in their line. Cells that this settles: {2}."
                    ),
                    named(role),
                    role_names(plan, accountable),
                    cells,
                ),
            )


@rule(
    "RAC-22",
    Severity.ERROR,
    COMPLETE,
    title=N_("No partner does all the work of a service"),
    why=N_(
        "An organisation that does nothing of a service itself can soon neither judge nor replace "
        "the partner that does."
    ),
    fix=N_(
        "Keep an R for the organisation somewhere in the service, or let a second partner take over "
        "some of the work."
    ),
    source="ISO 8.2.3",
)
def not_all_outside(plan: Plan, today: date) -> Iterator[Fault]:
    yield from no_cells(plan)
    party = {role.id: party_of(role, plan) if external(role, plan) else None for role in plan.roles}
    of_duties: dict[Duties, set[Party | None]] = {
        duties: {party[role] for role in duties.responsible} for duties in effective(plan).duties
    }
    of_service: dict[str, set[Party | None]] = {}
    for cell in effective(plan).cells:
        of_service.setdefault(cell.service, set()).update(of_duties[cell.duties])
    for id, parties in of_service.items():
        if len(parties) == 1 and None not in parties:
            service = plan.get("services", id)
            yield fault(
                service,
                N_("All work of “{0}” is done by “{1}”."),
                named(service),
                named(plan.get(*parties.pop())),
            )


RULES = (work_agreed, work_directed, not_all_outside)
