"""What the chain checks go through: the work that SLAs rest on, and the agreements that bind those who do it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from sm_planner.engine.chain import Beneath, beneath
from sm_planner.engine.chain.backing import Backing
from sm_planner.engine.chain.structure import Part
from sm_planner.engine.checks.conditions import first_names, named, nothing_in
from sm_planner.engine.checks.finding import N_, Fault, unknown
from sm_planner.engine.checks.pending import advice, pending, place
from sm_planner.engine.model import Agreement, Plan, Service, Team
from sm_planner.engine.texts import Text, say


class Work(NamedTuple):
    """Work that somebody does for SLAs in force: as a team in a tier of a service, or running a part."""

    record: Part | Team
    backing: Backing
    services: tuple[Service, ...]
    """The services of SLAs that rest on it."""


def works(plan: Plan, today: date) -> Iterator[Work]:
    """All work, each once for each of those who do it: tiers service by service, then parts."""
    found = beneath(plan, today)
    for service in found.covered:
        for tier in found.finder.tiers(service):
            for team, backings in tier:
                yield from (Work(team, backing, (service,)) for backing in backings)
    for part, services in found.resting:
        yield from (Work(part, backing, services) for backing in found.underpinning.of_part(part))


def names_of(found: Beneath, services: tuple[Service, ...]) -> Text:
    """The SLAs that cover any of the services."""
    return first_names(found.above(services))


def supports(found: Beneath, sla: Agreement) -> dict[str, Agreement]:
    """The agreements that an SLA rests on, by id. Where several bind the same party to the same work, all do."""
    agreements: dict[str, Agreement] = {}
    for service in found.services(sla):
        teams = (backings for tier in found.finder.tiers(service) for _, backings in tier)
        for backings in (*teams, *found.finder.backings(service)):
            for backing in backings:
                agreements.update((agreement.id, agreement) for agreement in backing.agreements)
    return agreements


def _none_in_force(plan: Plan, day: date) -> Fault:
    """It is mended in the one that is to hold later, if there is just one; else among the agreements."""
    later = pending(plan, day)
    if len(later) == 1:
        fix, at = advice(later[0]), place(later[0])
    elif later:
        fix, at = say(N_("See to it that one of these holds on that day: {0}."), first_names(later)), ()
    else:
        fix, at = Text(N_("Conclude an SLA that is valid on that day.")), ()
    return unknown(plan, N_("No SLA is in force on {0}."), day, field="agreements", fix=fix, mended_at=at)


def nothing_promised(plan: Plan, today: date) -> Iterator[Fault]:
    """Nothing can be decided where no SLA is in force, or where an SLA names no service."""
    yield from nothing_in(plan, "agreements")
    found = beneath(plan, today)
    if plan.agreements and not found.slas:
        yield _none_in_force(plan, found.day)
    for sla in found.slas:
        if not any(found.services(sla)):
            yield unknown(
                sla,
                N_("The scope of “{0}” names no service."),
                named(sla),
                field="scope",
                fix=N_("In the scope of the SLA, enter the services that it is for."),
            )
