"""What the unit tests share: sample plans, and plans that hypothesis makes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, settings, strategies as st

from sm_planner.engine import plan_file
from sm_planner.engine.examples import example_path
from sm_planner.engine.fields import Spec, specs
from sm_planner.engine.model import COLLECTIONS, Plan, RaciEntry

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
    from sm_planner.engine.values import clean

    kind = spec.kind
    if kind == "text":
        return _texts.map(clean)
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
        return _numbers.map(abs if spec.minimum == 0 else lambda n: n).map(float)
    if kind == "link":
        return st.sampled_from(ids[spec.target] or [""])
    if kind == "links":
        return (
            st.lists(st.sampled_from(ids[spec.target]), max_size=3, unique=True).map(tuple)
            if ids[spec.target]
            else st.just(())
        )
    return st.lists(_records(spec.row, ids), max_size=2).map(
        lambda rows: tuple(row for row in rows if not _lacks(row))
    )


def _lacks(record) -> bool:
    return any(
        spec.required and getattr(record, name) == spec.empty for name, spec in specs(type(record)).items()
    )


def _records(record: type, ids: dict[str, list[str]], id: str | None = None) -> st.SearchStrategy:
    parts = {
        name: (st.just(spec.empty) if not spec.required else st.nothing()) | _values(spec, ids)
        for name, spec in specs(record).items()
        if name != "id"
    }
    return st.fixed_dictionaries(parts).map(lambda values: record(**({"id": id} if id else {}), **values))


@st.composite
def plans(draw) -> Plan:
    """Plans of a few records with fields of every kind, all of whose links lead somewhere."""
    ids = {
        name: draw(st.lists(_ids, max_size=2, unique=True)) if name != "raci" else [] for name in COLLECTIONS
    }
    collections = {
        name: tuple(
            record for id in ids[name] if not _lacks(record := draw(_records(collection.record, ids, id)))
        )
        for name, collection in COLLECTIONS.items()
        if name != "raci"
    }
    if ids["processes"]:
        entries = draw(st.lists(_records(RaciEntry, ids), max_size=3, unique_by=lambda entry: entry.id))
        collections["raci"] = tuple(entry for entry in entries if entry.role or entry.letter == "N/A")
    header = draw(_records(Plan, ids, draw(_ids)))
    values = {name: getattr(header, name) for name in specs(Plan)}
    return Plan(**{**values, "lineage": values["lineage"] or values["id"]}, **collections)


@pytest.fixture(scope="session")
def plan_strategy() -> st.SearchStrategy:
    return plans()
