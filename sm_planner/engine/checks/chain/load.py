"""CHN: how much rests on one party: SLAs, work and money."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import ceil

from sm_planner.engine.agreements.families import above, is_frame
from sm_planner.engine.chain import Beneath, beneath
from sm_planner.engine.chain.backing import Runner
from sm_planner.engine.checks.chain.links import nothing_promised, supports
from sm_planner.engine.checks.conditions import first_names, named, not_set
from sm_planner.engine.checks.depths import COMPLETE
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule, unknown
from sm_planner.engine.model import Agreement, Plan
from sm_planner.engine.model.values import show
from sm_planner.engine.money.charges import monthly
from sm_planner.engine.texts import say


@rule(
    "CHN-11",
    Severity.WARNING,
    COMPLETE,
    title=N_("No single party supports too many SLAs"),
    why=N_("If the one party that everything depends on fails, everything fails at once."),
    fix=N_(
        "Give the party a backup: a second team in its tier, or a second component in a group. Or "
        "accept the risk, and raise the number in the settings."
    ),
    source="FitSM PR4.2",
)
def spread(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_promised(plan, today)
    most = plan.settings.most_backed_slas
    if most is None:
        yield not_set(plan, N_("The settings do not say how many SLAs may depend on one party."))
        return
    found = beneath(plan, today)
    resting: dict[tuple[str, str], tuple[Runner, set[str]]] = {}
    for sla in found.slas:
        for runner in _without_stand_in(found, sla):
            key = runner.kind, runner.party.id
            resting.setdefault(key, (runner, set()))[1].add(sla.id)
    for runner, slas in resting.values():
        if len(slas) > most:
            yield fault(
                runner.party,
                N_("{0} SLAs depend on “{1}”, which has no backup; there should be at most {2}."),
                len(slas),
                named(runner.party),
                most,
                count=len(slas),
                fix=say(
                    N_(
                        "For {0} of these SLAs, give “{1}” a backup: a second team in its tier, or a second component in a group. "
                        "Or accept the risk, and raise the number in the settings."
                    ),
                    len(slas) - most,
                    named(runner.party),
                ),
            )


def _without_stand_in(found: Beneath, sla: Agreement) -> Iterator[Runner]:
    """Who is needed in any case: the only team of a tier, and who runs a part that is in no group."""
    for service in found.services(sla):
        lone = [tier[0][1] for tier in found.finder.tiers(service) if len(tier) == 1]
        parts = found.structure.needs(service).parts
        for backings in {*lone, *map(found.underpinning.of_part, parts)}:
            yield from (backing.runner for backing in backings)


@rule(
    "CHN-12",
    Severity.WARNING,
    COMPLETE,
    title=N_("Supporting agreements cover the workload that SLAs promise"),
    why=N_(
        "Targets hold up to a limit of work. What customers together may ask for, somebody must have "
        "agreed to do."
    ),
    fix=N_("Raise the workload of the supporting agreement, or lower that of the SLAs that depend on it."),
    source="ISO 8.3.3, 8.4.3",
)
def bearable(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_promised(plan, today)
    silent: dict[str, Agreement] = {}
    for agreement, slas in _supporting(beneath(plan, today)):
        known, open_ones = _promised(plan, slas)
        if agreement.workload is not None and known > agreement.workload:
            yield fault(
                agreement,
                N_("“{0}” covers {1} requests per month; the SLAs that depend on it ({2}) promise {3}."),
                named(agreement),
                show(agreement.workload),
                len(slas),
                show(known),
                field="workload",
                fix=say(
                    N_(
                        "Raise the workload of “{0}” to {1} requests per month, or lower those of the SLAs by {2} together."
                    ),
                    named(agreement),
                    show(known),
                    show(known - agreement.workload),
                ),
            )
        else:
            unsaid = () if agreement.workload is not None else (agreement,)
            silent |= {one.id: one for one in (*open_ones, *unsaid)}
    yield from _silent(
        plan,
        silent,
        N_("The requests per month cannot be added up, because these agreements do not give them: {0}."),
    )


def _promised(plan: Plan, slas: list[Agreement]) -> tuple[float, list[Agreement]]:
    """The requests per month that SLAs promise together, and those of them of which nobody says it.

    What a frame states is for all beneath it together: they promise no more than that, and all of it where one of them says
    nothing itself.
    """
    total, silent = 0.0, []
    framed: dict[str, tuple[float, list[Agreement]]] = {}
    for sla in slas:
        frame = next(
            (one for one in above(plan, sla) if is_frame(plan, one) and one.workload is not None), None
        )
        if frame is not None:
            framed.setdefault(frame.id, (frame.workload or 0, []))[1].append(sla)
        elif sla.workload is None:
            silent.append(sla)
        else:
            total += sla.workload
    for most, beneath_it in framed.values():
        own = [one.workload for one in beneath_it]
        total += most if None in own else min(most, sum(filter(None, own)))
    return total, silent


def _silent(plan: Plan, silent: dict[str, Agreement], message: str) -> Iterator[Fault]:
    """That a figure is missing is told once. message: a template of the agreements that lack it."""
    if silent:
        names = first_names(list(silent.values()))
        yield unknown(plan, message, names, field="agreements", count=len(silent))


def _supporting(found: Beneath) -> list[tuple[Agreement, list[Agreement]]]:
    """The supporting agreements, each with the SLAs that rest on it."""
    above: dict[str, tuple[Agreement, list[Agreement]]] = {}
    for sla in found.slas:
        for agreement in supports(found, sla).values():
            above.setdefault(agreement.id, (agreement, []))[1].append(sla)
    return list(above.values())


@rule(
    "CHN-15",
    Severity.INFORMATION,
    COMPLETE,
    title=N_("SLAs earn what their support costs"),
    why=N_("A price below cost is a subsidy, which somebody should have decided on."),
    fix=N_("Raise the price, lower the cost, or say in the catalogue that there is no charge."),
    source="ISO 8.4.1",
)
def paid_for(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_promised(plan, today)
    found = beneath(plan, today)
    shares: dict[str, list[tuple[Agreement, int]]] = {sla.id: [] for sla in found.slas}
    for agreement, slas in _supporting(found):
        for sla in slas:
            shares[sla.id].append((agreement, len(slas)))
    silent: dict[str, Agreement] = {}
    for sla in found.slas:
        if _free(plan, found, sla):
            continue
        cost = sum((monthly(agreement) or 0) / sharing for agreement, sharing in shares[sla.id])
        earned = monthly(sla)
        if earned is not None and cost > earned:
            yield fault(
                sla,
                N_("“{0}” earns {1} per month; its share of what it depends on costs {2}."),
                named(sla),
                show(round(float(earned), 2)),
                show(round(float(cost), 2)),
                field="charges" if sla.charges else "unit_cost",
                fix=say(
                    N_(
                        "Raise what “{0}” earns by {1} per month, or lower the cost by that; or say in the catalogue that there is "
                        "no charge."
                    ),
                    named(sla),
                    show(ceil((cost - earned) * 100) / 100),
                ),
            )
        else:
            involved = (sla, *(agreement for agreement, _ in shares[sla.id]))
            silent |= {one.id: one for one in involved if monthly(one) is None}
    yield from _silent(
        plan,
        silent,
        N_("The costs per month cannot be added up, because these agreements do not give them: {0}."),
    )


def _free(plan: Plan, found: Beneath, sla: Agreement) -> bool:
    """Whether the catalogue says of all services of the SLA that there is no charge."""
    free = {entry.service for entry in plan.catalogue if entry.price.strip().casefold() == "no charge"}
    services = found.services(sla)
    return bool(services) and all(service.id in free for service in services)


RULES = (spread, bearable, paid_for)
