"""AGR: families of agreements: whether general agreements can carry those that stand beneath them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.agreements.families import circles, general_of, in_effect, otherwise
from sm_planner.engine.agreements.targets import name
from sm_planner.engine.agreements.term import DRAFT, ENDED, ends_on
from sm_planner.engine.agreements.terms import PARTY, PARTY_COLLECTIONS, day_of_plan, in_force
from sm_planner.engine.checks.conditions import first_names, first_of, named, nothing_in
from sm_planner.engine.checks.depths import COMPLETE, GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule
from sm_planner.engine.model import Agreement, Plan
from sm_planner.engine.texts import Text

_IF_MEANT = N_(
    "Correct the party in one of the two. If it is meant so, say under “Where They Differ” which of them counts."
)


@rule(
    "AGR-17",
    Severity.ERROR,
    GROWN,
    title=N_("General agreements can carry those that stand beneath them"),
    why=N_("What an agreement does not say itself is promised by its general agreement, or by nobody."),
    fix=N_(
        "Name a general agreement of the same kind that holds as long as this one does, and that does not stand "
        "beneath it; or extend the general agreement."
    ),
    source="FitSM PR2.2; framework contracts",
)
def general_agreements_sound(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "agreements")
    day = day_of_plan(plan, today)
    turning = {one.id for circle in circles(plan) for one in circle}
    for circle in circles(plan):
        yield fault(
            circle[0],
            N_("Each of these agreements names the next as its general agreement, in a circle: {0}."),
            first_names(circle),
            field="general_agreement",
            count=len(circle),
        )
    for agreement in plan.agreements:
        general = plan.get("agreements", agreement.general_agreement)
        if general is None or agreement.id in turning:
            continue
        if general.kind != agreement.kind:
            yield fault(
                agreement,
                N_("“{0}” is of the kind {1}, and its general agreement “{2}” of the kind {3}."),
                named(agreement),
                Text(agreement.kind),
                named(general),
                Text(general.kind),
                field="general_agreement",
            )
        else:
            yield from _not_carried(agreement, in_effect(plan, agreement), in_effect(plan, general), day)
            yield from _other_party(plan, agreement, in_effect(plan, general))


def _not_carried(written: Agreement, held: Agreement, general: Agreement, day: date) -> Iterator[Fault]:
    """Where the general agreement does not hold, from that day on, as long as one beneath it does."""
    begins, end = max(held.start_date or day, day), ends_on(held)
    if held.status in (DRAFT, ENDED) or (end and end < begins):
        return
    if not in_force(general, begins):
        yield fault(
            written,
            N_("“{0}” holds on {1}, but its general agreement “{2}” does not."),
            named(written),
            begins,
            named(general),
            field="general_agreement",
        )
    elif (last := ends_on(general)) and (end is None or end > last):
        message = N_("“{0}” runs to {1}, but its general agreement “{2}” only to {3}.")
        if end is None:
            message = N_("“{0}” has no end, but its general agreement “{2}” ends on {3}.")
        yield fault(
            written, message, named(written), end or "", named(general), last, field="general_agreement"
        )


def _other_party(plan: Plan, agreement: Agreement, general: Agreement) -> Iterator[Fault]:
    """Where the two are with different parties, and nothing is said about which of them counts."""
    field = PARTY.get(agreement.kind, "")
    mine, theirs = (getattr(one, field, "") for one in (agreement, general))
    if mine and theirs and mine != theirs and not agreement.precedence:
        collection = PARTY_COLLECTIONS[field]
        yield fault(
            agreement,
            N_("“{0}” is with “{1}”, and its general agreement “{2}” with “{3}”."),
            named(agreement),
            plan.title_of(collection, mine),
            named(general),
            plan.title_of(collection, theirs),
            field=field,
            fix=_IF_MEANT,
        )


@rule(
    "AGR-21",
    Severity.INFORMATION,
    COMPLETE,
    title=N_("Where an agreement promises otherwise than its general agreement, it says which counts"),
    why=N_("Whoever reads only one of two papers that differ believes what he reads."),
    fix=N_("Say under “Where They Differ” which of them counts. Until then, the agreement itself does."),
    source="framework contracts: order of precedence",
)
def precedence_said(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "agreements")
    for agreement in plan.agreements:
        if agreement.precedence:
            continue
        differing = otherwise(plan, agreement)
        if differing:
            yield fault(
                agreement,
                N_("“{0}” promises otherwise than “{1}”: {2}. It does not say which counts."),
                named(agreement),
                named(general_of(plan, agreement)),
                first_of([name(target) for target in differing]),
                field="precedence",
                count=len(differing),
            )


RULES = (general_agreements_sound, precedence_said)
