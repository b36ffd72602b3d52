"""What a service stands among: what it rests on, what rests on it, and what is promised about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from sm_planner.engine.agreements.families import agreed
from sm_planner.engine.agreements.term import end_of_term, ends_on, is_given
from sm_planner.engine.agreements.terms import PARTY, PARTY_COLLECTIONS, Scope, day_of_plan, in_force
from sm_planner.engine.model import Agreement, Component, Plan, Service, ServiceDependency
from sm_planner.engine.texts import N_, Text, say


class Line(NamedTuple):
    """A record with what is to be said about it. warns: whether it needs attention."""

    collection: str
    id: str
    title: str
    details: tuple[Text | str, ...] = ()
    warns: bool = False


class Group(NamedTuple):
    """A list of records. empty: what it means that there are none."""

    title: Text
    empty: Text
    lines: tuple[Line, ...]


def surroundings(plan: Plan, today: date, service: str) -> tuple[Group, ...]:
    """The surroundings of a service (its id), as far as they are in the plan."""
    own = plan.index["services"][service]
    day = day_of_plan(plan, today)
    return (
        Group(
            Text(N_("Belongs to")),
            Text(N_("Nobody is named who answers for it.")),
            tuple(_owners(plan, own)),
        ),
        Group(
            Text(N_("Depends on")),
            Text(N_("It does not depend on another service.")),
            tuple(_services(plan, own.dependencies)),
        ),
        Group(
            Text(N_("Carried by")),
            Text(N_("No component carries it.")),
            tuple(_component(plan, component) for component in plan.components_of[service]),
        ),
        Group(
            Text(N_("What depends on it")),
            Text(N_("No other service depends on it.")),
            tuple(_dependents(plan, service)),
        ),
        Group(
            Text(N_("Promised in")),
            Text(N_("No agreement covers it.")),
            tuple(
                _agreement(plan, agreement, day)
                for agreement in sorted(agreed(plan), key=lambda one: tuple(PARTY).index(one.kind))
                if service in Scope.of(agreement).services
            ),
        ),
    )


def _owners(plan: Plan, service: Service) -> Iterator[Line]:
    """The person who answers for a service, and the team and the organisation that it belongs to."""
    for collection, id, what in (
        ("people", service.service_owner, N_("answers for it")),
        ("teams", service.owning_team, N_("owning team")),
        ("stakeholders", service.owning_organisation, N_("owning organisation")),
    ):
        if id:
            is_alone = collection != "people" and not service.service_owner
            details = [Text(what), *([Text(N_("nobody is named who answers for it"))] if is_alone else ())]
            yield Line(collection, id, plan.title_of(collection, id), tuple(details), is_alone)


def _services(plan: Plan, rows: Iterable[ServiceDependency]) -> Iterator[Line]:
    for row in rows:
        found = plan.get("services", row.service)
        details = [*_state(found)] if found else []
        if row.parallel_group:
            details.append(say(N_("{0} of the group {1} must work"), row.needed or 1, row.parallel_group))
        yield Line("services", row.service, plan.title_of("services", row.service), tuple(details))


def _dependents(plan: Plan, service: str) -> Iterator[Line]:
    """First the services that name it, then those that rest on them."""
    direct = {one.id for one in plan.services if _names(one, service)}
    reached, open_ = set(), {service}
    while open_:
        open_ = {one.id for one in plan.services if any(_names(one, id) for id in open_)} - reached
        reached |= open_
    for one in plan.services:
        if one.id in direct and one.id != service:
            yield Line("services", one.id, one.title or one.id, tuple(_state(one)))
    for one in plan.services:
        if one.id in reached - direct - {service}:
            indirect = Text(N_("through other services"))
            yield Line("services", one.id, one.title or one.id, (*_state(one), indirect))


def _names(one: Service, service: str) -> bool:
    return any(row.service == service for row in one.dependencies)


def _state(service: Service) -> Iterator[Text | str]:
    if service.status:
        yield Text(service.status)
    if service.customer_facing:
        yield Text(N_("customer-facing"))


def _component(plan: Plan, component: Component) -> Line:
    details: list[Text | str] = [Text(N_("critical"))] if component.is_critical else []
    runners = [
        plan.title_of(collection, id)
        for collection, id in (("teams", component.team), ("suppliers", component.supplier))
        if id
    ]
    details.append(say(N_("run by {0}"), ", ".join(runners)) if runners else Text(N_("nobody runs it")))
    if component.parallel_group:
        details.append(
            say(N_("{0} of the group {1} must work"), component.needed or 1, component.parallel_group)
        )
    return Line("components", component.id, component.title or component.id, tuple(details), not runners)


def _agreement(plan: Plan, agreement: Agreement, day: date) -> Line:
    field = PARTY[agreement.kind]
    collection = PARTY_COLLECTIONS[field]
    party = plan.title_of(collection, getattr(agreement, field))
    details: list[Text | str] = [Text(agreement.kind), *filter(None, [party])]
    begins = agreement.start_date if (agreement.start_date or day) > day else None
    holds = in_force(agreement, begins or day)
    if not holds:
        details.append(Text(N_("not in force")))
    elif begins:
        details.append(say(N_("from {0}"), begins))
    else:
        details += _until(agreement, day)
    return Line("agreements", agreement.id, agreement.title or agreement.id, tuple(details), not holds)


def _until(agreement: Agreement, day: date) -> Iterator[Text]:
    """Until when an agreement holds, as seen on a day on which it does; nothing where that is not said."""
    if is_given(agreement, day):
        yield Text(N_("notice given"))
    if end := ends_on(agreement):
        yield say(N_("until {0}"), end)
    elif agreement.open_ended:
        yield Text(N_("open-ended"))
    elif term := end_of_term(agreement, day):
        yield say(N_("until {0}, then renewed"), term)


def as_dicts(groups: Iterable[Group], translate: Any) -> list[dict[str, Any]]:
    """The groups in plain values, their texts translated."""
    return [
        {
            "title": translate(group.title),
            "empty": translate(group.empty),
            "lines": [
                {**line._asdict(), "details": [translate(detail) for detail in line.details]}
                for line in group.lines
            ],
        }
        for group in groups
    ]
