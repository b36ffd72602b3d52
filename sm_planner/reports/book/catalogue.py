"""Services and agreements as the book tells them: each with what the rest of the plan says of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sm_planner.engine.agreements import sides
from sm_planner.engine.agreements.families import agreed
from sm_planner.engine.agreements.measurements import TargetResult, results
from sm_planner.engine.agreements.targets import figure, is_about, metrics, name, statistic_of, unit_of
from sm_planner.engine.agreements.term import told
from sm_planner.engine.agreements.terms import by_service, day_of_plan, slas_in_force
from sm_planner.engine.model import (
    GRADES,
    PRIORITIES,
    RESOURCE_KINDS,
    Agreement,
    AgreementTarget,
    Plan,
    Service,
)
from sm_planner.engine.model.vocabulary import EACH_CASE, OWN
from sm_planner.reports import service_catalogue
from sm_planner.reports.book.families import members
from sm_planner.reports.book.material import Material
from sm_planner.reports.book.wording import Wording
from sm_planner.reports.quantities import UNITS, quantity

LISTED = 8
"""Services named in one cell of the overview."""


@dataclass(frozen=True)
class Square:
    """A cell of the overview. heat: from 1 where a failure hurts little to 4 where it hurts most."""

    services: tuple[Service, ...]
    heat: int

    @property
    def shown(self) -> tuple[Service, ...]:
        return self.services[:LISTED]

    @property
    def left_out(self) -> int:
        return len(self.services) - len(self.shown)


def services(material: Material) -> dict[str, Any]:
    """The overview by importance (the highest first) and impact, then each service."""
    plan = material.plan
    agreements = by_service(agreed(plan))
    return {
        "overview": [
            (importance, [_square(plan, importance, impact) for impact in GRADES])
            for importance in reversed(GRADES)
        ],
        "ungraded": [service for service in plan.services if not (service.importance and service.impact)],
        "entries": [
            {
                "record": service,
                "needs": needs(plan, service),
                "components": plan.components_of[service.id],
                "agreements": agreements.get(service.id, ()),
                "resources": _resources(service),
            }
            for service in plan.services
        ],
    }


def _resources(service: Service) -> list[tuple[str, list[str]]]:
    """Kind of resource → what there is of it."""
    found = ((kind, [row.title for row in service.resources if row.kind == kind]) for kind in RESOURCE_KINDS)
    return [(kind, titles) for kind, titles in found if titles]


def catalogue(material: Material) -> dict[str, Any]:
    """The catalogue as its readers see it, then entries of services that are not offered."""
    table = service_catalogue.report(material.plan, material.today)
    shown = {row["entry"] for row in table.rows}
    slas = by_service(slas_in_force(material.plan, day_of_plan(material.plan, material.today)))
    return {
        "table": table,
        "slas": {row["service"]: slas.get(row["service"], ()) for row in table.rows},
        "sides": {row["service"]: _sides(material.plan, row["service"], slas) for row in table.rows},
        "others": [entry for entry in material.plan.catalogue if entry.id not in shown],
    }


def _sides(plan: Plan, service: str, slas: dict[str, list[Agreement]]) -> list[sides.Section]:
    """What the agreements of a service say themselves to its customers; what they take over stands at the general one. Prices
    are told apart."""
    return [
        section
        for agreement in slas.get(service, ())
        for section in sides.own(agreement, sides.about(sides.for_readers(plan, agreement), service))
        if section.field != "charges"
    ]


def _square(plan: Plan, importance: str, impact: str) -> Square:
    members = (s for s in plan.services if (s.importance, s.impact) == (importance, impact))
    rank = GRADES.index(importance) + GRADES.index(impact)
    return Square(tuple(members), 1 + rank * 3 // 6)


def needs(plan: Plan, service: Service) -> list[str]:
    """What a service depends on; services that stand in for each other are one item."""
    groups: dict[str, list[str]] = {}
    for number, row in enumerate(service.dependencies):
        groups.setdefault(row.parallel_group or f"\0{number}", []).append(
            plan.title_of("services", row.service)
        )
    return [" / ".join(members) for members in groups.values()]


@dataclass(frozen=True)
class TargetRow:
    """A metric with its targets. cells: one for each priority, or a single one that holds for all.

    A target is (value, calendar, benchmark); the calendar is empty where it is the agreement's own.
    """

    metric: str
    for_all: bool
    cells: tuple[tuple[tuple[str, str, str], ...], ...]
    measured: tuple[str, ...]


def agreements(material: Material) -> list[dict[str, Any]]:
    plan = material.plan
    return [
        {
            "family": one,
            "record": one.record,
            "party": party(plan, one.record),
            "term": told(one.held, material.today),
            "scope": [_scope(plan, row) for row in one.record.scope],
            "priorities": _priorities(one.record),
            "targets": target_rows(one.record, material.wording),
            "sides": sides.own(one.record, sides.sections(plan, one.record)),
            "results": [
                (_reached(result, material.wording), result)
                for result in results(plan, one.held, material.today)
                if result.is_kept is not None
            ],
        }
        for one in members(plan)
    ]


def party(plan: Plan, agreement: Agreement) -> str:
    """With whom the agreement is made."""
    return (
        plan.title_of("stakeholders", agreement.customer)
        or plan.title_of("teams", agreement.team)
        or plan.title_of("suppliers", agreement.supplier)
    )


def _scope(plan: Plan, row: Any) -> str:
    parts = (("services", row.service), ("components", row.component), ("processes", row.process))
    return " · ".join(plan.title_of(collection, id) for collection, id in parts if id)


def _priorities(agreement: Agreement) -> tuple[str, ...]:
    used = {target.priority for target in agreement.targets}
    return tuple(priority for priority in PRIORITIES if priority in used)


def target_rows(agreement: Agreement, wording: Wording) -> list[TargetRow]:
    """For each metric a row of the targets by priority, and a row of those that hold for all."""
    priorities = _priorities(agreement)
    rows = []
    for metric, own in metrics(agreement.targets):
        targets = [target for target in agreement.targets if is_about(target, metric, own)]
        by_priority = [target for target in targets if target.priority]
        for_all = [target for target in targets if not target.priority]
        named = own or wording.say(metric)
        if by_priority:
            cells = tuple(_values(agreement, by_priority, priority, wording) for priority in priorities)
            rows.append(TargetRow(named, False, cells, _measured(by_priority)))
        if for_all:
            cells = (_values(agreement, for_all, "", wording),)
            rows.append(TargetRow(named, True, cells, _measured(for_all)))
    return rows


def _values(
    agreement: Agreement, targets: Iterable[AgreementTarget], priority: str, wording: Wording
) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (
            _promised(target, wording),
            target.calendar if target.calendar != agreement.service_hours else "",
            _amount(target.benchmark, target, wording),
        )
        for target in targets
        if target.priority == priority
    )


def _promised(target: AgreementTarget, wording: Wording) -> str:
    """What a target promises: short where its figure says all, and with its service where it is for one alone."""
    if target.value is None:
        return ""
    of_all = target.share_of_cases is None and statistic_of(target) == EACH_CASE and target.metric != OWN
    short = of_all and target.unit in UNITS
    value = quantity(target.value, target.unit) if short else wording.say(figure(target))
    service = wording.plan.title_of("services", target.service)
    return f"{wording.show(value)} ({service})" if service else wording.show(value)


def _reached(result: TargetResult, wording: Wording) -> str:
    """A target with what it came to when it was measured last: "Availability: 99.6 %"."""
    reached = _amount(result.latest.value, result.target, wording)
    return f"{wording.say(name(result.target))}: {reached}"


def _amount(value: float | None, target: AgreementTarget, wording: Wording) -> str:
    """A value in the unit of a target."""
    return wording.show(
        quantity(value, target.unit if target.unit in UNITS else wording.say(unit_of(target)))
    )


def _measured(targets: Iterable[AgreementTarget]) -> tuple[str, ...]:
    """How, and from where, the targets are measured; each way once."""
    ways = (" · ".join(filter(None, (target.method, target.source))) for target in targets)
    return tuple(dict.fromkeys(filter(None, ways)))
