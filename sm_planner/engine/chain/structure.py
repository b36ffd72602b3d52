"""What the services of a plan are made of: parts that all have to work, and groups that stand in for each other.

A part is a component, or a service that has neither components nor dependencies and so stands for itself.
Services that are not in the plan are passed over; other rules report them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from sm_planner.engine.chain.gaps import Gap, circle
from sm_planner.engine.chain.graph import Graph, chosen
from sm_planner.engine.model import Component, Plan, Service

Part = Component | Service


class Group(NamedTuple):
    """``needed`` of the members must work; the members are components of one service, or services."""

    needed: int
    members: tuple[Part, ...]


class Closure(NamedTuple):
    """What a service rests on, itself included: all its parts, and the ids of all components and services."""

    parts: tuple[Part, ...]
    components: frozenset[str]
    services: frozenset[str]


class Needs(NamedTuple):
    """What must work for a service to work: every part, and enough of every group."""

    parts: tuple[Part, ...]
    groups: tuple[Group, ...]


class Structure:
    """The services, components and dependencies of a plan as a graph. Circles of dependencies do no harm."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._services = plan.services
        self._number = {service.id: number for number, service in enumerate(plan.services)}
        self._beneath: dict[str, Closure] = {}
        self._needs: dict[str, Needs] = {}

    @property
    def parts(self) -> tuple[Part, ...]:
        """All parts of the plan."""
        return (*self._plan.components, *filter(self.stands_for_itself, self._services))

    def own_parts(self, service: Service) -> tuple[Part, ...]:
        """The parts of the service alone, not of those beneath it."""
        return self._plan.components_of[service.id] or ((service,) if self.stands_for_itself(service) else ())

    def stands_for_itself(self, service: Service) -> bool:
        """Whether the service is a part itself, as it has neither components nor dependencies."""
        return not self._plan.components_of[service.id] and not any(
            row.service in self._number for row in service.dependencies
        )

    def beneath(self, service: Service) -> Closure:
        """Everything the service rests on, redundant or not."""
        if service.id not in self._beneath:
            items, sets = self._all
            found = tuple(chosen(items, sets[service.id]))
            services = [item for item in found if isinstance(item, Service)]
            components = [item for item in found if isinstance(item, Component)]
            self._beneath[service.id] = Closure(
                (*components, *filter(self.stands_for_itself, services)),
                frozenset(component.id for component in components),
                frozenset(service.id for service in services),
            )
        return self._beneath[service.id]

    def bits(self, service: Service) -> int:
        """What the service rests on as a bit set, in which unions and intersections cost next to nothing."""
        return self._all[1][service.id]

    def as_bits(self, parts: Iterable[Part]) -> int:
        """Parts as a bit set."""
        numbers, first_service = self._component_numbers, len(self._component_numbers)
        bits = 0
        for part in parts:
            bits |= 1 << (
                numbers[part.id] if isinstance(part, Component) else first_service + self._number[part.id]
            )
        return bits

    def of_bits(self, bits: int) -> Iterator[Part]:
        """The components and services of a bit set."""
        return chosen(self._all[0], bits)

    def gap(self, service: Service) -> Gap | None:
        """Why nothing can be said of what the service rests on, if it rests on no part at all."""
        return None if self.beneath(service).parts else circle(service)

    def unions(self, own: Callable[[Service], int]) -> dict[str, int]:
        """Id of each service → the union of the bit sets that it and all services beneath it have of their own."""
        return dict(zip(self._number, self._graph.unions(list(map(own, self._services))), strict=True))

    def least(self, own: Callable[[Service], int]) -> dict[str, int]:
        """Id of each service → the least of the numbers that it and all services beneath it have of their own."""
        return dict(zip(self._number, self._graph.least(list(map(own, self._services))), strict=True))

    def needs(self, service: Service) -> Needs:
        """What the service cannot do without."""
        if service.id not in self._needs:
            items, sets = self._serial
            found = tuple(chosen(items, sets[self._number[service.id]]))
            self._needs[service.id] = Needs(
                tuple(item for item in found if not isinstance(item, Group)),
                tuple(item for item in found if isinstance(item, Group)),
            )
        return self._needs[service.id]

    @cached_property
    def _graph(self) -> Graph:
        return Graph(
            [self._numbers(row.service for row in service.dependencies) for service in self._services]
        )

    @cached_property
    def _all(self) -> tuple[tuple[Part, ...], dict[str, int]]:
        def own(service: Service) -> int:
            return self.as_bits((*self._plan.components_of[service.id], service))

        return (*self._plan.components, *self._services), self.unions(own)

    @cached_property
    def _component_numbers(self) -> dict[str, int]:
        return {part.id: number for number, part in enumerate(self._plan.components)}

    @cached_property
    def _serial(self) -> tuple[tuple[Part | Group, ...], list[int]]:
        items: list[Part | Group] = []
        known: dict[tuple[type, str], int] = {}

        def bit(part: Part) -> int:
            if (type(part), part.id) not in known:
                known[type(part), part.id] = len(items)
                items.append(part)
            return 1 << known[type(part), part.id]

        own, needed = [], []
        for service in self._services:
            components, groups = _sorted_out(
                (row.parallel_group, row.needed, row) for row in self._plan.components_of[service.id]
            )
            others, more_groups = _sorted_out(
                (row.parallel_group, row.needed, self._plan.get("services", row.service))
                for row in service.dependencies
                if row.service in self._number
            )
            bits = bit(service) if self.stands_for_itself(service) else 0
            for component in components:
                bits |= bit(component)
            for group in (*groups, *more_groups):
                bits |= 1 << len(items)
                items.append(group)
            own.append(bits)
            needed.append(self._numbers(other.id for other in others))
        return tuple(items), Graph(needed).unions(own)

    def _numbers(self, ids: Iterable[str]) -> list[int]:
        return [self._number[id] for id in ids if id in self._number]


def _sorted_out(rows: Iterable[tuple[str, int | None, Part]]) -> tuple[list[Part], list[Group]]:
    """Rows of (parallel group, needed, part) as parts that are all needed, and groups of which some are."""
    single: list[Part] = []
    grouped: dict[str, tuple[int, dict[str, Part]]] = {}
    for label, needed, part in rows:
        if label:
            most, members = grouped.get(label, (1, {}))
            grouped[label] = max(most, needed or 1), {**members, part.id: part}
        else:
            single.append(part)
    groups = []
    for needed, members in grouped.values():
        if needed < len(members):
            groups.append(Group(needed, tuple(members.values())))
        else:
            single += members.values()
    return single, groups
