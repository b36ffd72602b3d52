"""Families of agreements: a general agreement, or framework contract, and those that stand beneath it.

An agreement that names a general one of its kind takes from it what it does not say itself, and that one from its own general
agreement. Of two that say different things the one counts that has the precedence: the agreement itself, if nothing else
is said. ``agreed(plan)`` gives the agreements as they hold, which is what everything reads that asks for promises;
``plan.agreements`` is what was written. ``terms(plan, agreement)`` says of every term where it comes from.

A general agreement without a scope is a frame: it covers nothing itself. ``promising(plan)`` leaves frames out.
General agreements that turn in a circle take nothing from each other.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from sm_planner.engine.agreements.subject import metric_of
from sm_planner.engine.model import Agreement, AgreementTarget, Plan
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
        "scope",
        "workload",
        "unit_cost",
    )
)
"""What an agreement says for itself alone, and hands down to none."""

WHO_AND_WHEN = frozenset(
    (
        "agreement_owner",
        "customer",
        "team",
        "supplier",
        "start_date",
        "end_date",
        "open_ended",
        "renewal_months",
        "notice_given",
        "signed_by_provider",
        "signed_by_customer",
        "review_months",
        "last_review",
    )
)
"""Of these an agreement's own word counts first, whichever has the precedence."""

TOGETHER = ("end_date", "open_ended", "renewal_months")
"""The term: whoever says one of these says them all."""

COMES_WITH = {
    "notice_given": TOGETHER,
    "last_review": ("review_months",),
    "support_hours": ("service_hours",),
}
"""What is taken over only where these are too: whoever has service hours of his own answers in them, if he says no others."""

SIGNATURES = ("signed_by_provider", "signed_by_customer")
"""The signatures under a general agreement hold for what began with it, or before; what came later is signed itself."""

ALIKE: dict[str, tuple[str, ...]] = {
    "severities": ("priority",),
    "consequences": ("metric", "own_metric", "priority"),
    "escalations": ("metric", "priority"),
    "duties": ("who", "duty", "service"),
    "support": ("item", "service"),
    "data_terms": ("topic", "service"),
    "environments": ("environment", "service"),
    "charges": ("charge", "service"),
    "contacts": ("purpose",),
}
"""Tables that add to each other → the fields by which rows are about the same: then those of one agreement replace those of
the other. Of targets see ``_replaced``; other tables count as a whole."""


class Term(NamedTuple):
    """A value, or one row of a table, that holds for an agreement, and the agreement that says it, as it was written."""

    field: str
    value: Any
    origin: Agreement


@dataclass(frozen=True)
class Effective:
    """An agreement as it was written, as it holds, and its terms: each with its origin, in the order of the fields."""

    written: Agreement
    agreement: Agreement
    terms: tuple[Term, ...]

    @property
    def inherited(self) -> tuple[Term, ...]:
        """What comes from agreements above it."""
        return tuple(term for term in self.terms if term.origin is not self.written)

    @property
    def said(self) -> tuple[Term, ...]:
        """What it says itself, and holds."""
        return tuple(term for term in self.terms if term.origin is self.written)


def agreed(plan: Plan) -> tuple[Agreement, ...]:
    """The agreements of a plan as they hold, in its order: each with what it takes from its general agreement."""
    return plan.derived(_agreed)


def promising(plan: Plan) -> tuple[Agreement, ...]:
    """The agreements as they hold that promise something themselves: all but frames."""
    return plan.derived(_promising)


def in_effect(plan: Plan, agreement: Agreement) -> Agreement:
    """An agreement of the plan as it holds; one that is not in the plan as it stands."""
    found = plan.derived(_effective).get(agreement.id)
    return found.agreement if found else agreement


def terms(plan: Plan, agreement: Agreement) -> Effective:
    """An agreement as it holds, with the origin of all that it says."""
    found = plan.derived(_effective).get(agreement.id)
    return found or _as_written(plan.get("agreements", agreement.id) or agreement)


def says(plan: Plan, agreement: Agreement, *fields: str) -> bool:
    """Whether an agreement says one of these fields itself, and that counts."""
    found = plan.derived(_effective).get(agreement.id)
    if found is None:
        return any(getattr(agreement, field) != specs(Agreement)[field].empty for field in fields)
    return any(term.field in fields for term in found.said)


def origin(plan: Plan, agreement: Agreement, field: str, row: Any = None) -> Agreement:
    """The agreement that says a field, or a row of a table, which holds for another; itself where nobody does."""
    found = plan.derived(_effective).get(agreement.id)
    for term in found.terms if found else ():
        if term.field == field and (row is None or term.value is row or term.value == row):
            return term.origin
    return agreement


def general_of(plan: Plan, agreement: Agreement) -> Agreement | None:
    """The general agreement, as it holds, from which one takes terms; None where there is none."""
    general = plan.derived(_parents).get(agreement.id)
    return general and in_effect(plan, general)


def own_rows(plan: Plan, agreement: Agreement, field: str) -> tuple[Any, ...]:
    """The rows of a table that an agreement says itself, and that count."""
    found = plan.derived(_effective).get(agreement.id)
    if found is None:
        return getattr(agreement, field)
    return tuple(term.value for term in found.said if term.field == field)


def above(plan: Plan, agreement: Agreement) -> tuple[Agreement, ...]:
    """The general agreements, as they were written, from which an agreement takes terms: the nearest first."""
    parents, found = plan.derived(_parents), []
    one = parents.get(agreement.id)
    while one is not None:
        found.append(one)
        one = parents.get(one.id)
    return tuple(found)


def beneath(plan: Plan, agreement: Agreement) -> tuple[Agreement, ...]:
    """The agreements, as they were written, that name this one as their general agreement and take terms from it."""
    return plan.derived(_children).get(agreement.id, ())


def all_beneath(plan: Plan, agreement: Agreement) -> Iterator[Agreement]:
    """Those beneath, and beneath them, as they were written."""
    waiting = [*beneath(plan, agreement)]
    while waiting:
        one = waiting.pop(0)
        yield one
        waiting += beneath(plan, one)


def is_frame(plan: Plan, agreement: Agreement) -> bool:
    """Whether it stands over others and covers nothing itself."""
    return not agreement.scope and bool(beneath(plan, agreement))


def otherwise(plan: Plan, agreement: Agreement) -> tuple[AgreementTarget, ...]:
    """The targets that an agreement promises otherwise than its general agreement, as it says them; not those said alike."""
    parent = plan.derived(_parents).get(agreement.id)
    if parent is None:
        return ()
    theirs = [term for term in _handed_down(terms(plan, parent), agreement) if term.field == "targets"]
    said = {term.value for term in theirs}
    return tuple(
        target
        for target in agreement.targets
        if target not in said
        and any(_replaced(term.value, [Term("targets", target, agreement)]) for term in theirs)
    )


def circles(plan: Plan) -> tuple[tuple[Agreement, ...], ...]:
    """General agreements that turn in a circle: each names the next one, and the last the first."""
    return plan.derived(_circles)


def to_mend(plan: Plan, lacks: Callable[[Agreement], bool]) -> Iterator[Agreement]:
    """The agreements, as they hold, in which a term is to be mended that is missing: none in vain.

    lacks: whether an agreement, as it holds, lacks the term. Where a general agreement lacks it, it is mended there and not in
    each of those beneath; unless it is a frame, and one of those beneath says it: then each says it for itself.
    """
    if not plan.derived(_parents):
        yield from filter(lacks, plan.agreements)
        return
    known: dict[str, tuple[bool, bool]] = {}
    for agreement in agreed(plan):
        line = (agreement, *above(plan, agreement))
        for one in reversed(line):
            if one.id not in known:
                general = plan.derived(_parents).get(one.id)
                mended_above = general is not None and any(known[general.id])
                known[one.id] = _to_mend(plan, in_effect(plan, one), lacks, mended_above)
        if known[agreement.id][0]:
            yield agreement


def _to_mend(
    plan: Plan, agreement: Agreement, lacks: Callable[[Agreement], bool], above: bool
) -> tuple[bool, bool]:
    """Whether a term is to be mended in an agreement, and whether it is where that is done above."""
    if not lacks(agreement):
        return False, False
    if above:
        return False, True
    theirs = is_frame(plan, agreement) and any(
        not lacks(in_effect(plan, one)) for one in all_beneath(plan, agreement)
    )
    return not theirs, False


def _circles(plan: Plan) -> tuple[tuple[Agreement, ...], ...]:
    found, seen = [], set()
    for agreement in plan.agreements:
        path: dict[str, Agreement] = {}
        one: Agreement | None = agreement
        while one is not None and one.id not in seen:
            seen.add(one.id)
            path[one.id] = one
            one = plan.get("agreements", one.general_agreement)
        if one is not None and one.id in path:
            found.append(tuple(path.values())[list(path).index(one.id) :])
    return tuple(found)


def _parents(plan: Plan) -> dict[str, Agreement]:
    """Id of an agreement → the general one from which it takes terms: of its kind, and not in a circle with it."""
    turning = {one.id for circle in circles(plan) for one in circle}
    named = ((one, plan.get("agreements", one.general_agreement)) for one in plan.agreements)
    return {
        one.id: general
        for one, general in named
        if general is not None and general.kind == one.kind and one.id not in turning
    }


def _children(plan: Plan) -> dict[str, tuple[Agreement, ...]]:
    parents, found = plan.derived(_parents), {}
    for agreement in plan.agreements if parents else ():
        if general := parents.get(agreement.id):
            found.setdefault(general.id, []).append(agreement)
    return {id: tuple(children) for id, children in found.items()}


def _agreed(plan: Plan) -> tuple[Agreement, ...]:
    effective = plan.derived(_effective)
    if not effective:
        return plan.agreements
    return tuple(in_effect(plan, agreement) for agreement in plan.agreements)


def _promising(plan: Plan) -> tuple[Agreement, ...]:
    if not plan.derived(_children):
        return agreed(plan)
    return tuple(agreement for agreement in agreed(plan) if not is_frame(plan, agreement))


def _effective(plan: Plan) -> dict[str, Effective]:
    """Id of each agreement of a family → as it holds."""
    parents, found = plan.derived(_parents), {}
    for agreement in plan.agreements if parents else ():
        if agreement.id not in parents:
            continue
        held = None
        for one in reversed((agreement, *above(plan, agreement))):
            if one.id not in found:
                found[one.id] = _beneath(one, held) if held else _as_written(one)
            held = found[one.id]
    return found


def _as_written(agreement: Agreement) -> Effective:
    return Effective(agreement, agreement, tuple(_said(agreement)))


def _said(agreement: Agreement) -> Iterator[Term]:
    for name, spec in specs(Agreement).items():
        value = getattr(agreement, name)
        if spec.kind == "rows":
            yield from (Term(name, row, agreement) for row in value)
        elif value != spec.empty:
            yield Term(name, value, agreement)


def _beneath(agreement: Agreement, general: Effective) -> Effective:
    """An agreement with what it takes from its general one, which already has what it takes itself."""
    mine, theirs = _by_field(_said(agreement)), _by_field(_handed_down(general, agreement))
    held: list[Term] = []
    for name in specs(Agreement):
        first, second = mine, theirs
        if agreement.precedence == GENERAL_AGREEMENT and name not in WHO_AND_WHEN:
            first, second = theirs, mine
        one, other = first.get(name, []), second.get(name, [])
        if name in OWN:
            held += mine.get(name, ())
        elif name == "targets":
            held += [*one, *(term for term in other if not _replaced(term.value, one))]
        elif name in ALIKE:
            known = {_key(name, term.value) for term in one}
            held += [*one, *(term for term in other if _key(name, term.value) not in known)]
        elif one:
            held += one
        elif not any(first.get(field) for field in (*_group(name), *COMES_WITH.get(name, ()))):
            held += other
    if all(term.origin is agreement for term in held) and len(held) == sum(map(len, mine.values())):
        return Effective(agreement, agreement, tuple(held))
    by_field = _by_field(held)
    values = {name: _value(spec, by_field.get(name, [])) for name, spec in specs(Agreement).items()}
    return Effective(agreement, dataclasses.replace(agreement, **values), tuple(held))


def _handed_down(general: Effective, agreement: Agreement) -> Iterator[Term]:
    """What an agreement can take from its general one: nothing that is said there of services that it does not cover."""
    services = {row.service for row in agreement.scope if row.service}
    start, began = agreement.start_date, general.agreement.start_date
    came_later = start is not None and began is not None and start > began
    for term in general.terms:
        about = getattr(term.value, "service", "")
        if not (about and services and about not in services) and not (
            came_later and term.field in SIGNATURES
        ):
            yield term


def _group(name: str) -> tuple[str, ...]:
    return TOGETHER if name in TOGETHER else ()


def _replaced(target: Any, others: list[Term]) -> bool:
    """Whether targets that count before this one speak of the same: of its metric, its service and its priority, or of all."""
    return any(
        metric_of(one) == metric_of(target)
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
