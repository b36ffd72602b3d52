"""The terms of an agreement as people read them: what each says, in words, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sm_planner.engine.agreements.families import Term, terms
from sm_planner.engine.agreements.targets import calendar_of, figure, looseness, name
from sm_planner.engine.model import Agreement, AgreementTarget, Plan
from sm_planner.engine.model.fields import Spec, specs
from sm_planner.engine.model.values import show
from sm_planner.engine.texts import Text, listed

NAMES = frozenset(("id", "title", "kind", "general_agreement", "precedence"))
"""Fields by which an agreement is known, and placed in its family: no terms of it."""


@dataclass(frozen=True)
class Told:
    """A term. field: its name. what: what it is about. value: what it says. origin: the agreement that says it, as it was
    written. inherited: whether that is another one."""

    field: str
    what: Text
    value: Text | str
    origin: Agreement
    inherited: bool


def told_terms(plan: Plan, agreement: Agreement) -> tuple[Told, ...]:
    """All terms that hold for an agreement of the plan, in the order of the fields; a term for each row of a table."""
    held = terms(plan, agreement)
    return tuple(
        Told(term.field, *_in_words(plan, held.agreement, term), term.origin, term.origin is not held.written)
        for term in held.terms
        if term.field not in NAMES
    )


def _in_words(plan: Plan, agreement: Agreement, term: Term) -> tuple[Text, Text | str]:
    spec = specs(Agreement)[term.field]
    if isinstance(term.value, AgreementTarget):
        return _target(plan, agreement, term.value)
    if spec.kind == "rows":
        return Text(spec.label), listed(_parts(plan, term.value), " · ")
    return Text(spec.label), _value(plan, spec, term.value)


def _target(plan: Plan, agreement: Agreement, target: AgreementTarget) -> tuple[Text, Text | str]:
    """What is promised, and in which hours it counts: of one without a value that fits, what was entered."""
    if looseness(target) is None:
        return name(target), listed(_parts(plan, target), " · ")
    hours = plan.title_of("calendars", calendar_of(agreement, target))
    return name(target), listed((figure(target), *([hours] if hours else [])), " · ")


def _parts(plan: Plan, row: Any) -> Iterator[Text | str]:
    """What a row says: figures and days with what they are, other values by themselves."""
    for field, spec in specs(type(row)).items():
        value = getattr(row, field)
        if value == spec.empty:
            continue
        told = _value(plan, spec, value)
        if spec.kind in ("number", "integer", "date"):
            yield Text("{0}: {1}", (Text(spec.label), told))
        else:
            yield told


def _value(plan: Plan, spec: Spec, value: Any) -> Text | str:
    if spec.kind == "link":
        return plan.title_of(spec.target, value)
    if spec.kind == "choice":
        return Text(value)
    if spec.kind == "flag":
        return Text(spec.label)
    return Text("{0}", (value,)) if spec.kind == "date" else show(value)
