"""Which services stand on a component or a service, through however many others."""

from __future__ import annotations

from collections import defaultdict

from sm_planner.engine.model import Plan, Service

COMPONENTS, SERVICES = "components", "services"
_GONE = ("Retired",)


def own_services(plan: Plan, collection: str, id: str) -> tuple[Service, ...]:
    """The services that a component carries, or the service itself."""
    if collection == COMPONENTS:
        component = plan.get(COMPONENTS, id)
        named = set(component.services) if component else set()
    else:
        named = {id}
    return _in_order(plan, named)


def standing_on(plan: Plan, collection: str, id: str) -> tuple[Service, ...]:
    """Those, and the services that depend on them, however many steps away.

    One of a parallel group counts too: while it stands still, the others of its group have to hold alone.
    """
    return with_dependents(plan, {one.id for one in own_services(plan, collection, id)})


def with_dependents(plan: Plan, named: set[str]) -> tuple[Service, ...]:
    """The services, and all that depend on them."""
    needed_by = plan.derived(_needed_by)
    found, waiting = set(named), list(named)
    while waiting:
        for one in needed_by.get(waiting.pop(), ()):
            if one not in found:
                found.add(one)
                waiting.append(one)
    return _in_order(plan, found)


def _needed_by(plan: Plan) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for service in plan.services:
        for row in service.dependencies:
            found[row.service].add(service.id)
    return found


def _in_order(plan: Plan, ids: set[str]) -> tuple[Service, ...]:
    return tuple(one for one in plan.services if one.id in ids and one.status not in _GONE)
