"""Promises for wholes against an oracle that tries every choice of them and adds up all states of what then counts."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import hypothesis.strategies as st
import pytest
from hypothesis import assume, given, settings

from sm_planner.engine.chain import Feasibility, beneath, chains, wholes as module
from sm_planner.engine.model import (
    Agreement,
    AgreementScope,
    AgreementTarget,
    Component,
    Plan,
    Service,
    ServiceDependency,
    Supplier,
    Team,
)

TODAY = date(2027, 1, 1)
PERCENT = (50.0, 70.0, 90.0, 95.0)


def promise(id: str, party: str, percent: float, *places: tuple[str, str], kind: str = "OLA") -> Agreement:
    """places: pairs of a service and a component, of which one may be empty."""
    return Agreement(
        id=id,
        kind=kind,
        team=party if kind == "OLA" else "",
        supplier=party if kind == "UC" else "",
        scope=tuple(AgreementScope(service=service, component=component) for service, component in places),
        targets=(AgreementTarget(metric="Availability", value=percent, unit="Percent"),),
    )


def sla(percent: float, *services: str) -> Agreement:
    scope = tuple(AgreementScope(service=service) for service in services)
    targets = (AgreementTarget(metric="Availability", value=percent, unit="Percent"),)
    return Agreement(id="sla", kind="SLA", scope=scope, targets=targets)


def carried(of: Plan, service: int = 0) -> float:
    low, high = beneath(of, TODAY)._wholes.shares(of.services[service], 1.0).bounds
    assert low == high
    return low


# Plans by hand


def row(number: int) -> tuple[Component, ...]:
    return tuple(Component(id=f"c{place}", services=("s",), team="it") for place in range(number))


def test_a_whole_counts_once_however_many_parts_it_has():
    for number in (1, 3, 12):
        of = Plan(
            id="p",
            teams=(Team(id="it"),),
            services=(Service(id="s"),),
            components=row(number),
            agreements=(sla(95, "s"), promise("ola", "it", 95, ("s", ""))),
        )
        (result,) = chains(of, TODAY)
        assert result.verdict is Feasibility.FEASIBLE
        assert carried(of) == pytest.approx(0.95)


def test_more_wholes_than_are_tried_leave_the_verdict_open_and_never_make_it_worse(monkeypatch):
    of = Plan(
        id="p",
        teams=(Team(id="it"),),
        services=(
            Service(id="s", dependencies=(ServiceDependency(service="t"),)),
            Service(id="t", dependencies=(ServiceDependency(service="u"),)),
            Service(id="u"),
        ),
        components=tuple(Component(id=f"c-{service}", services=(service,), team="it") for service in "stu"),
        agreements=(sla(95, "s"), promise("ola", "it", 90, ("s", ""), ("t", ""), ("u", ""))),
    )
    assert carried(of) == pytest.approx(0.9)
    (result,) = chains(of, TODAY)
    assert result.verdict is Feasibility.INFEASIBLE
    monkeypatch.setattr(module, "MOST_WHOLES", 1)
    (result,) = chains(Plan(**fields(of)), TODAY)
    assert result.verdict is Feasibility.UNKNOWN
    assert "too many promises are nested" in str(result.gaps[0].text)


def fields(of: Plan) -> dict:
    return {name: getattr(of, name) for name in ("id", "teams", "services", "components", "agreements")}


def test_who_stands_behind_a_part_besides_still_counts_with_the_weaker_figure():
    of = Plan(
        id="p",
        teams=(Team(id="it"),),
        suppliers=(Supplier(id="makers"),),
        services=(Service(id="s"),),
        components=(
            Component(id="a", services=("s",), team="it", supplier="makers"),
            Component(id="b", services=("s",), team="it"),
        ),
        agreements=(
            promise("ola", "it", 99, ("s", "")),
            promise("parts", "it", 90, ("", "a"), ("", "b")),
            promise("uc", "makers", 95, ("", "a"), kind="UC"),
        ),
    )
    assert carried(of) == pytest.approx(0.99 * 0.95)


# Small plans against every choice


@st.composite
def small_plans(draw, groups: bool) -> Plan:
    """Up to three services that rest on later ones, up to four components of two teams, up to four agreements."""
    services = [f"s{number}" for number in range(draw(st.integers(1, 3)))]
    components = [f"c{number}" for number in range(draw(st.integers(1, 4)))]
    group = st.sampled_from(["", "g"]) if groups else st.just("")
    team = st.sampled_from(["one", "two"])
    place = st.one_of(
        st.sampled_from(services).map(lambda id: (id, "")),
        st.sampled_from(components).map(lambda id: ("", id)),
    )
    return Plan(
        id="p",
        teams=(Team(id="one"), Team(id="two")),
        services=tuple(
            Service(
                id=id,
                teams=(draw(team),),
                dependencies=tuple(
                    ServiceDependency(service=other, parallel_group=draw(group))
                    for other in services[number + 1 :]
                    if draw(st.booleans())
                ),
            )
            for number, id in enumerate(services)
        ),
        components=tuple(
            Component(
                id=id,
                services=tuple(
                    draw(st.lists(st.sampled_from(services), unique=True, min_size=1, max_size=2))
                ),
                team=draw(team),
                parallel_group=draw(group),
            )
            for id in components
        ),
        agreements=tuple(
            promise(
                f"a{number}", draw(team), draw(st.sampled_from(PERCENT)), *draw(st.lists(place, max_size=2))
            )
            for number in range(draw(st.integers(1, 4)))
        ),
    )


class Oracle:
    """The best that the promises of a plan are good for, for its first service: by trying all."""

    def __init__(self, of: Plan, by_states) -> None:
        self.of = of
        self.by_states = by_states
        self.beneath = self.reached(of.services[0].id)
        self.parts = {
            component.id: component.team
            for component in of.components
            if self.beneath & {*component.services}
        }
        self.parts |= {
            service.id: service.teams[0]
            for service in of.services
            if service.id in self.beneath and not service.dependencies and not of.components_of[service.id]
        }
        self.wholes = sorted(self.promised_wholes(), key=lambda whole: len(whole[1]))

    def reached(self, id: str) -> set[str]:
        service = self.of.get("services", id)
        return {id}.union(*(self.reached(row.service) for row in service.dependencies))

    def promised_wholes(self):
        """(key, parts, share) of each whole beneath the service."""
        for agreement in self.of.agreements:
            share = agreement.targets[0].value / 100
            run = {id for id, team in self.parts.items() if team == agreement.team}
            if not agreement.scope and run:
                yield (agreement.id, ""), run, share
            for service in {row.service for row in agreement.scope if row.service} & self.beneath:
                under = self.reached(service)
                inside = {id for id in run if under & {id, *self.services_of(id)}}
                if inside:
                    yield (agreement.id, service), inside, share

    def services_of(self, part: str) -> tuple[str, ...]:
        component = self.of.get("components", part)
        return component.services if component else ()

    def closest(self, part: str):
        """(key, share) of the promise that names the part most closely."""
        found = []
        for agreement in self.of.agreements:
            if agreement.team != self.parts[part]:
                continue
            share = agreement.targets[0].value / 100
            named = [row.service for row in agreement.scope if row.service in (part, *self.services_of(part))]
            if any(row.component == part for row in agreement.scope):
                found.append((3, (agreement.id, part), share))
            elif named:
                found.append((2, (agreement.id, named[0]), share))
            elif not agreement.scope:
                found.append((1, (agreement.id, ""), share))
        return max(found, key=lambda one: one[0], default=(0, None, None))[1:]

    def choices(self):
        """The availability with each choice of wholes; a wider one goes before those within it."""
        start = {part: self.closest(part) for part in self.parts}
        for key, parts, share in reversed(self.wholes):
            for part in parts:
                if self.closest(part)[0] is None:
                    start[part] = key, share
        assume(all(key is not None for key, _ in start.values()))
        for number in range(len(self.wholes) + 1):
            for chosen in combinations(self.wholes, number):
                taken = dict(start)
                for key, parts, share in chosen:
                    taken |= dict.fromkeys(parts, (key, share))
                yield self.availability(taken)

    def availability(self, taken) -> float:
        others = {part.id for part in (*self.of.components, *self.of.services)} - {*taken}
        units = {part: str(key) for part, (key, _) in taken.items()} | dict.fromkeys(others, "never mind")
        shares = {str(key): share for key, share in taken.values()} | {"never mind": 1.0}
        return self.by_states(self.of, units, shares)[self.of.services[0].id]

    @property
    def nested(self) -> bool:
        """Whether of any two wholes one lies within the other, or they share nothing."""
        return all(
            one <= other or other <= one or not one & other
            for (_, one, _), (_, other, _) in combinations(self.wholes, 2)
        )


@settings(max_examples=200)
@given(small_plans(groups=False))
def test_parts_in_a_row_are_as_available_as_the_best_choice_of_promises_makes_them(by_states, of):
    oracle = Oracle(of, by_states)
    assume(oracle.nested)
    best = max(oracle.choices())
    assert carried(of) == pytest.approx(best)


@settings(max_examples=200)
@given(small_plans(groups=True))
def test_no_service_is_more_available_than_some_choice_of_promises_makes_it(by_states, of):
    choices = list(Oracle(of, by_states).choices())
    found = carried(of)
    assert any(found == pytest.approx(choice) for choice in choices)
    assert found >= choices[0] - 1e-9  # the closest promises alone


@settings(max_examples=100)
@given(small_plans(groups=True), st.integers(0, 3), st.sampled_from(PERCENT))
def test_no_agreement_that_is_concluded_besides_makes_a_service_less_available(by_states, of, place, percent):
    service = of.services[place % len(of.services)]
    wider = Plan(
        **fields(of) | {"agreements": (*of.agreements, promise("more", "one", percent, (service.id, "")))}
    )
    before, after = Oracle(of, by_states), Oracle(wider, by_states)
    list(before.choices())  # every part has a figure
    assume(all(after.closest(part) == before.closest(part) for part in before.parts))
    assert carried(wider) >= carried(of) - 1e-9
