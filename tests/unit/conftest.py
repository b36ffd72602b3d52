"""What the unit tests share: sample plans, and plans that hypothesis makes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import product
from math import prod
from typing import Any

import pytest
from hypothesis import HealthCheck, settings, strategies as st

from sm_planner.engine import plan_file
from sm_planner.engine.examples import example_path
from sm_planner.engine.model import COLLECTIONS, Measurement, Plan, RaciEntry, Service, Settings
from sm_planner.engine.model.assessments import Assessment, AssessmentFramework
from sm_planner.engine.model.change import ChangeImpact
from sm_planner.engine.model.fields import Spec, specs
from sm_planner.engine.model.plan import FACTS

settings.register_profile(
    "unit", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
settings.load_profile("unit")


@pytest.fixture(scope="session")
def example() -> Plan:
    return plan_file.load(example_path("example"))


@pytest.fixture(scope="session")
def minimal() -> Plan:
    return plan_file.load(example_path("minimal"))


_ids = st.from_regex(r"[a-z0-9][a-z0-9._@:-]{0,8}", fullmatch=True)
_texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))
    | st.sampled_from("\n\t:#-'\"{}[]&*!|>%@`, "),
    max_size=30,
)
_numbers = st.integers(-(10**6), 10**6) | st.integers(-(10**8), 10**8).map(lambda n: n / 1000)


def _values(spec: Spec, ids: dict[str, list[str]]) -> st.SearchStrategy:
    from sm_planner.engine.model.values import clean

    kind = spec.kind
    if kind == "text":
        return _texts.map(clean)
    if spec.words:
        return st.sampled_from([value for value, _ in spec.words])
    if kind == "line":
        return _texts.map(lambda text: clean(" ".join(text.split())))
    if kind == "lines":
        one = _texts.map(lambda text: clean(" ".join(text.split()))).filter(bool)
        return st.lists(one, max_size=3, unique=True).map(tuple)
    if kind == "choice":
        return st.sampled_from(spec.choices)
    if kind == "flag":
        return st.booleans()
    if kind == "date":
        return st.dates(date(1990, 1, 1), date(2090, 12, 31))
    if kind == "integer":
        return st.integers(int(spec.minimum or 0), int(spec.maximum or 1000))
    if kind == "number":
        if spec.maximum is not None:
            return st.integers(int(spec.minimum or 0) * 1000, int(spec.maximum) * 1000).map(
                lambda n: n / 1000
            )
        return _numbers.map(abs if spec.minimum == 0 else lambda n: n).map(float)
    if kind == "link":
        return st.sampled_from(ids[spec.target] or [""])
    if kind == "links":
        return (
            st.lists(st.sampled_from(ids[spec.target]), max_size=3, unique=True).map(tuple)
            if ids[spec.target]
            else st.just(())
        )
    if not all(ids[target] for target in _needed(spec.row)):
        return st.just(())
    rows = _records(spec.row, ids).filter(_says_something)  # what says nothing is no row of a sheet
    return st.lists(rows, min_size=1, max_size=2).map(tuple)


def _says_something(row: Any) -> bool:
    return any(getattr(row, name) != spec.empty for name, spec in specs(type(row)).items())


def _needed(record: type) -> set[str]:
    """The collections that a record cannot do without."""
    return {spec.target for spec in specs(record).values() if spec.required and spec.target}


@st.composite
def _records(draw, record: type, ids: dict[str, list[str]], id: str | None = None):
    """A record with some of its fields: what is required, and a few others, now and then explicitly empty."""
    values = {"id": id} if id else {}
    optional = []
    for name, spec in specs(record).items():
        if spec.required and name != "id":
            values[name] = draw(_values(spec, ids).filter(lambda value, empty=spec.empty: value != empty))
        elif not spec.required:
            optional.append((name, spec))
    few = st.lists(st.sampled_from(optional), min_size=min(len(optional), 3), max_size=7, unique=True)
    for name, spec in draw(few) if optional else ():
        is_empty = draw(st.integers(0, 4)) == 0
        values[name] = spec.empty if is_empty else draw(_values(spec, ids))
    return record(**values)


def _fitting(records: list[Any]) -> tuple[Any, ...]:
    """Those of which no field refuses another."""
    return tuple(one for one in records if not (hasattr(one, "misfits") and any(one.misfits())))


def _framework_that_fits(one: AssessmentFramework) -> AssessmentFramework:
    """Each line once, and of as many levels as there are."""
    rows = {row.code: replace(row, levels=()) for row in one.lines}
    return replace(one, levels=("Not there", "There"), lines=tuple(rows.values()))


def _assessment_that_fits(one: Assessment) -> Assessment:
    """Each line answered once, and on the scale."""
    rows = {row.code: row if row.score is None else replace(row, not_applicable="") for row in one.answers}
    return replace(one, levels=(), answers=tuple(rows.values()))


def _impact_that_fits(one: ChangeImpact) -> ChangeImpact:
    """About a group or about a unit."""
    return replace(one, unit="" if one.stakeholder else one.unit or "Operations")


_REPAIRED = {
    Assessment: _assessment_that_fits,
    AssessmentFramework: _framework_that_fits,
    ChangeImpact: _impact_that_fits,
}
"""Class of records of which one field can refuse another → a record that fits instead."""


@st.composite
def plans(draw) -> Plan:
    """Small plans, all of whose links lead somewhere: every collection and kind of field has its turn."""
    chosen: list[str] = draw(
        st.lists(st.sampled_from(tuple(COLLECTIONS)), min_size=2, max_size=5, unique=True)
    )
    for name in chosen:  # grows while it is gone through
        wanted = _needed(COLLECTIONS[name].record) | ({"roles"} if name == "raci" else set())
        chosen += sorted(wanted.difference(chosen))
    ids = {
        name: draw(st.lists(_ids, min_size=1, max_size=2, unique=True)) if name in chosen else []
        for name in COLLECTIONS
    }
    collections = {
        name: tuple(
            _REPAIRED.get(COLLECTIONS[name].record, lambda one: one)(
                draw(_records(COLLECTIONS[name].record, ids, id))
            )
            for id in ids[name]
        )
        for name in COLLECTIONS
        if name not in ("raci", *FACTS)
    }
    for name in FACTS:
        if name in chosen:
            facts = _records(COLLECTIONS[name].record, ids)
            collections[name] = _fitting(
                draw(st.lists(facts, min_size=1, max_size=2, unique_by=lambda fact: fact.id.casefold()))
            )
    if "raci" in chosen:
        entries = draw(
            st.lists(_records(RaciEntry, ids), min_size=1, max_size=3, unique_by=lambda entry: entry.id)
        )
        collections["raci"] = _fitting(entries)
    header = draw(_records(Plan, ids, draw(_ids)))
    values = {name: getattr(header, name) for name in specs(Plan)}
    settings_ = draw(_records(Settings, ids))
    return Plan(**{**values, "lineage": values["lineage"] or values["id"]}, **collections, settings=settings_)


@pytest.fixture(scope="session")
def plan_strategy() -> st.SearchStrategy:
    return plans()


def _full(record: type, ids: dict[str, str], id: str | None = None) -> Any:
    """A record in which no field is empty or as it is by default."""
    values = {"id": id} if id else {}
    for name, spec in specs(record).items():
        if spec.kind == "key":
            continue
        values[name] = {
            "line": lambda spec=spec: spec.words[0][0] if spec.words else f"{spec.label} 1",
            "text": lambda spec=spec: f"{spec.label}:\nseveral lines.",
            "lines": lambda spec=spec: (f"{spec.label} 1", f"{spec.label} 2"),
            "integer": lambda spec=spec: int(spec.minimum or 0) + 1,
            "number": lambda spec=spec: (spec.minimum or 0) + 0.125,
            "date": lambda: date(2027, 3, 5),
            "flag": lambda name=name: not record.__dataclass_fields__[name].default,
            "choice": lambda spec=spec: spec.choices[-1],
            "link": lambda spec=spec: ids[spec.target],
            "links": lambda spec=spec: (ids[spec.target],),
            "rows": lambda spec=spec: (_full(spec.row, ids),),
        }[spec.kind]()
    return record(**values)


@pytest.fixture(scope="session")
def full_plan() -> Plan:
    """A plan with a record of every collection, in which every field is filled."""
    ids = {name: f"{name}-1" for name in COLLECTIONS}
    collections = {
        name: (_full(collection.record, ids, None if name in ("raci", *FACTS) else ids[name]),)
        for name, collection in COLLECTIONS.items()
    }
    header = _full(Plan, ids, "p")
    values = {name: getattr(header, name) for name in specs(Plan)}
    (about_all,) = collections["measurements"]
    collections["measurements"] = _one_of_each_subject(about_all)
    (impact,) = collections["change_impacts"]
    collections["change_impacts"] = (
        replace(impact, unit=""),
        replace(impact, id="of-a-unit", stakeholder=""),
    )
    (talk,) = collections["engagements"]
    collections["engagements"] = (replace(talk, spoke_with=""),)  # there is one person only
    (check,) = collections["sanity_checks"]
    collections["sanity_checks"] = (replace(check, customer=""), replace(check, service=""))
    (assessment,) = collections["assessments"]
    (both,) = assessment.answers
    answers = (replace(both, not_applicable=""), replace(both, code="Line 2", score=None))
    collections["assessments"] = (replace(assessment, answers=answers),)
    return Plan(**values, **collections, settings=_full(Settings, ids))


def _one_of_each_subject(about_all: Measurement) -> tuple[Measurement, ...]:
    """A measurement is about one thing alone."""
    return (
        replace(about_all, agreement="", value_statement=""),
        replace(about_all, objective="", value_statement=""),
        replace(about_all, objective="", agreement=""),
    )


# The availability of small plans, by all states of their parts


@pytest.fixture(scope="session")
def by_states() -> Callable[[Plan, dict[str, str], dict[str, float]], dict[str, float]]:
    return _by_states


def _by_states(of: Plan, units: dict[str, str], shares: dict[str, float]) -> dict[str, float]:
    """Id of each service → its availability, added up over all states. units: part → what it works or fails with."""
    found = dict.fromkeys((service.id for service in of.services), 0.0)
    for states in product([True, False], repeat=len(shares)):
        up = dict(zip(shares, states, strict=True))
        chance = prod(shares[unit] if up[unit] else 1 - shares[unit] for unit in up)
        for id in _working(of, {part: up[unit] for part, unit in units.items()}):
            found[id] += chance
    return found


def _working(of: Plan, up: dict[str, bool]) -> set[str]:
    """The services that work: all of them, less those that lack something, until nothing is lacking."""
    working = {service.id for service in of.services if up.get(service.id, True)}
    while True:
        left = {id for id in working if _has_all(of, of.get("services", id), up, working)}
        if left == working:
            return working
        working = left


def _has_all(of: Plan, service: Service, up: dict[str, bool], working: set[str]) -> bool:
    parts = [(row.parallel_group, row.needed, row.id, up[row.id]) for row in of.components_of[service.id]]
    others = [
        (row.parallel_group, row.needed, row.service, row.service in working) for row in service.dependencies
    ]
    return _enough(parts) and _enough(others)


def _enough(rows) -> bool:
    groups: dict[str, dict[str, bool]] = {}
    for group, _, id, works in rows:
        groups.setdefault(group or f" {id}", {})[id] = works
    most = {
        group: max((needed or 1 for label, needed, *_ in rows if label == group), default=1)
        for group in groups
    }
    return all(sum(members.values()) >= min(most[group], len(members)) for group, members in groups.items())
