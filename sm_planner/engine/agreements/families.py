"""Families of agreements: a general agreement, or framework contract, and those that stand beneath it.

An agreement that names a general one takes from it what it does not say itself, and that one from its own general
agreement. Of two that say different things the one counts that has the precedence: the agreement itself, if nothing else
is said. ``agreed(plan)`` gives the agreements as they hold in effect, which is what everything reads that asks for promises;
``plan.agreements`` is what was written. ``terms(plan, agreement)`` says of every term where it comes from.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from sm_planner.engine.model import Agreement, Plan
from sm_planner.engine.model.fields import Spec, specs
from sm_planner.engine.model.vocabulary import GENERAL_AGREEMENT

OWN = frozenset(
    (
        "id",
        "title",
        "kind",
        "status",
        "general_agreement",
        "precedence",
        "version",
        "replaces",
        "changes",
        "last_review",
        "notice_given",
        "scope",
        "workload_limit",
        "workload",
        "unit_cost",
    )
)
"""What an agreement says for itself alone, and hands down to none."""

TOGETHER = (("end_date", "open_ended", "renewal_months"), ("service_hours", "support_hours"))
"""Terms that only make sense together: whoever says one of them says them all."""

ALIKE: dict[str, tuple[str, ...]] = {
    "severities": ("priority",),
    "consequences": ("metric", "own_metric", "priority", "worse_than"),
    "escalations": ("after_percent", "metric", "priority"),
    "duties": ("who", "duty", "service"),
    "support": ("item", "service"),
    "data_terms": ("topic", "service"),
    "environments": ("environment", "service"),
    "charges": ("charge", "service"),
    "contacts": ("purpose",),
}
"""Tables that add to each other → the fields by which two of their rows are about the same. Other tables count as a whole."""


class Term(NamedTuple):
    """A value, or one row of a table, that holds for an agreement, and the agreement that says it."""

    field: str
    value: Any
    origin: Agreement


@dataclass(frozen=True)
class Effective:
    """An agreement as it holds. terms: what it says or takes over, each with its origin, in the order of the fields."""

    agreement: Agreement
    terms: tuple[Term, ...]

    def inherited(self, own: Agreement) -> tuple[Term, ...]:
        """What comes from an agreement above the one that was written."""
        return tuple(term for term in self.terms if term.origin is not own)


def agreed(plan: Plan) -> tuple[Agreement, ...]:
    """The agreements of a plan as they hold, in its order: each with what it takes from its general agreement."""
    return plan.derived(_agreed)


def in_effect(plan: Plan, agreement: Agreement) -> Agreement:
    """An agreement of the plan as it holds; one that is not in the plan as it stands."""
    found = plan.derived(_effective).get(agreement.id)
    return found.agreement if found else agreement


def terms(plan: Plan, agreement: Agreement) -> Effective:
    """An agreement as it holds, with the origin of all that it says."""
    return plan.derived(_effective)[agreement.id]


def above(plan: Plan, agreement: Agreement) -> tuple[Agreement, ...]:
    """The general agreements over an agreement, the nearest first; each once, also where they turn in a circle."""
    found: dict[str, Agreement] = {}
    one = plan.get("agreements", agreement.general_agreement)
    while one is not None and one.id != agreement.id and one.id not in found:
        found[one.id] = one
        one = plan.get("agreements", one.general_agreement)
    return tuple(found.values())


def general(plan: Plan) -> frozenset[str]:
    """The ids of the agreements under which others stand."""
    return plan.derived(_general)


def _general(plan: Plan) -> frozenset[str]:
    return frozenset(one.general_agreement for one in plan.agreements if one.general_agreement)


def _agreed(plan: Plan) -> tuple[Agreement, ...]:
    effective = plan.derived(_effective)
    return tuple(effective[agreement.id].agreement for agreement in plan.agreements)


def _effective(plan: Plan) -> dict[str, Effective]:
    """Id of each agreement → as it holds. Terms of another kind of agreement are not taken over."""
    found: dict[str, Effective] = {}
    for agreement in plan.agreements:
        lines = [agreement]
        for one in above(plan, agreement):
            if one.kind != agreement.kind:
                break
            lines.append(one)
        held = _as_written(lines.pop())
        while lines:
            held = _beneath(lines.pop(), held)
        found[agreement.id] = held
    return found


def _as_written(agreement: Agreement) -> Effective:
    return Effective(agreement, tuple(_said(agreement)))


def _said(agreement: Agreement) -> Iterator[Term]:
    for name, spec in specs(Agreement).items():
        yield from _terms(name, spec, getattr(agreement, name), agreement)


def _terms(name: str, spec: Spec, value: Any, origin: Agreement) -> Iterator[Term]:
    if spec.kind == "rows":
        yield from (Term(name, row, origin) for row in value)
    elif value != spec.empty:
        yield Term(name, value, origin)


def _beneath(agreement: Agreement, general: Effective) -> Effective:
    """An agreement with what it takes from its general one, which already has what it takes itself."""
    first, second = _by_field(_said(agreement)), _by_field(general.terms)
    if agreement.precedence == GENERAL_AGREEMENT:
        first, second = second, first
    held: list[Term] = []
    for name in specs(Agreement):
        if name in OWN:
            held += _by_field(_said(agreement)).get(name, ())
            continue
        together = next((group for group in TOGETHER if name in group), (name,))
        one, other = first.get(name, []), second.get(name, [])
        if name == "targets":
            held += [*one, *(term for term in other if not _replaced(term.value, one))]
        elif name in ALIKE:
            known = {_key(name, term.value) for term in one}
            held += [*one, *(term for term in other if _key(name, term.value) not in known)]
        elif any(first.get(field) for field in together):
            held += one
        else:
            held += other
    values = {name: _value(spec, _by_field(held).get(name, [])) for name, spec in specs(Agreement).items()}
    return Effective(dataclasses.replace(agreement, **values), tuple(held))


def _replaced(target: Any, others: list[Term]) -> bool:
    """Whether targets that count before this one speak of the same: of its metric, its service and its priority, or of all."""
    return any(
        (one.metric, one.own_metric) == (target.metric, target.own_metric)
        and one.service in ("", target.service)
        and one.priority in ("", target.priority)
        for one in (term.value for term in others)
    )


def _key(name: str, row: Any) -> tuple[Any, ...]:
    return tuple(getattr(row, field) for field in ALIKE[name])


def _by_field(terms: Iterable[Term]) -> dict[str, list[Term]]:
    found: dict[str, list[Term]] = {}
    for term in terms:
        found.setdefault(term.field, []).append(term)
    return found


def _value(spec: Spec, terms: list[Term]) -> Any:
    if spec.kind == "rows":
        return tuple(term.value for term in terms)
    return terms[0].value if terms else spec.empty
