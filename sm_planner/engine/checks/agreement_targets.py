"""AGR: the targets of agreements, by themselves, beside each other, and beside what the customers want."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from sm_planner.engine.agreements.families import agreed, in_effect, origin, own_rows, to_mend
from sm_planner.engine.agreements.targets import (
    UNITS_OF,
    by_priority,
    calendar_of,
    figure,
    looseness,
    name,
    priorities_in_use,
)
from sm_planner.engine.agreements.terms import Scope, day_of_plan, slas_in_force
from sm_planner.engine.checks import target_order
from sm_planner.engine.checks.conditions import empty, label, named, not_set, nothing_in
from sm_planner.engine.checks.depths import COMPLETE, FIRST, GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule, unknown
from sm_planner.engine.model import METRICS, Agreement, AgreementTarget, CustomerRequirement, Plan
from sm_planner.engine.model.values import show
from sm_planner.engine.texts import Text


@rule(
    "AGR-03",
    Severity.ERROR,
    FIRST,
    title=N_("Each target can be measured"),
    why=N_(
        "A promise without a figure, service hours and a way to measure it can be neither kept nor broken."
    ),
    fix=N_(
        "Enter each target once, with value, fitting unit (minutes or hours for times, percent for "
        "shares), service hours, measurement method and data source."
    ),
    source="Ten steps; HDI; ISO 8.3.3, 9.1",
)
def targets_measurable(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "agreements")
    without_targets = {one.id for one in to_mend(plan, lambda one: not one.targets)}
    without_hours = {one.id for one in to_mend(plan, _has_uncounted)}
    for agreement in agreed(plan):
        if agreement.id in without_targets:
            yield fault(agreement, N_("“{0}” promises no target."), named(agreement), field="targets")
        own = own_rows(plan, agreement, "targets")
        for target in agreement.targets:
            gaps = [field for field in _SAID if empty(getattr(target, field))] if target in own else []
            if agreement.id in without_hours and not calendar_of(agreement, target):
                gaps.append("calendar")
            yield from _gaps(agreement, target, gaps)
            if target in own:
                yield from _misfits(agreement, target)
        yield from _repeated(agreement, own)


_SAID = ("value", "unit", "method", "source")


def _has_uncounted(agreement: Agreement) -> bool:
    """Whether a target counts in no hours."""
    return not all(calendar_of(agreement, target) for target in agreement.targets)


def _gaps(agreement: Agreement, target: AgreementTarget, gaps: list[str]) -> Iterator[Fault]:
    """What the target does not say."""
    for field in gaps:
        yield fault(
            agreement,
            N_("“{0}”: the target {1} has no {2}."),
            named(agreement),
            name(target),
            label(target, field),
            field="targets",
        )


def _misfits(agreement: Agreement, target: AgreementTarget) -> Iterator[Fault]:
    """What the target says and cannot mean."""
    if target.unit and target.unit not in UNITS_OF.get(target.metric, ()):
        yield fault(
            agreement,
            N_("“{0}”: the target {1} cannot be promised in {2}."),
            named(agreement),
            name(target),
            Text(target.unit),
            field="targets",
        )
    if target.unit == "Percent" and (target.value or 0) > 100:
        yield fault(
            agreement,
            N_("“{0}”: the target {1} promises {2} %, which is more than 100 %."),
            named(agreement),
            name(target),
            show(target.value),
            field="targets",
        )


def _repeated(agreement: Agreement, own: tuple[AgreementTarget, ...]) -> Iterator[Fault]:
    """Targets that an agreement itself gives twice for the same service hours."""
    given = Counter((name(target), calendar_of(agreement, target)) for target in own)
    for (repeated, _), count in given.items():
        if count > 1:
            yield fault(
                agreement,
                N_("“{0}” promises the target {1} {2} times."),
                named(agreement),
                repeated,
                count,
                field="targets",
                count=count,
            )


@rule(
    "AGR-06",
    Severity.ERROR,
    GROWN,
    title=N_("Each SLA has a target for every priority in use"),
    why=N_(
        "A ticket with a priority without a target has no deadline, so nobody notices that it is waiting."
    ),
    fix=N_("Add a target for the priority, or one without a priority that applies to all."),
    source="Helpdesk practice",
)
def priorities_covered(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "agreements")
    used = priorities_in_use(plan)
    gaps = {
        metric: {
            one.id for one in to_mend(plan, lambda one, metric=metric: bool(_without(one, metric, used)))
        }
        for metric in METRICS
    }
    for agreement in agreed(plan):
        for metric in METRICS:
            if agreement.id in gaps[metric]:
                lacking = _without(agreement, metric, used)
                yield fault(
                    agreement,
                    N_("“{0}”: {1} has no target for {2}, which the plan uses."),
                    named(agreement),
                    Text(metric),
                    ", ".join(lacking),
                    field="targets",
                    count=len(lacking),
                )


def _without(agreement: Agreement, metric: str, used: list[str]) -> list[str]:
    """The priorities for which an SLA that promises a metric has no target."""
    given = {target.priority for target in agreement.targets if target.metric == metric}
    is_asked = agreement.kind == "SLA" and given and "" not in given
    return [priority for priority in used if priority not in given] if is_asked else []


@rule(
    "AGR-12",
    Severity.ERROR,
    GROWN,
    title=N_("No SLA promises less than its customer wants"),
    why=N_("A target that is met and still disappoints was the wrong target."),
    fix=N_(
        "Tighten the target, or agree with the customer on what is possible, and record that in the "
        "requirement."
    ),
    source="Ten steps",
)
def strong_enough(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "requirements")
    for requirement in plan.requirements:
        if requirement.metric and looseness(requirement) is None:
            yield unknown(
                requirement,
                N_("“{0}” has no value and unit to compare with."),
                named(requirement),
                field="value",
            )
    for requirement, agreement, target in _told_once(plan, today):
        if looseness(target) > looseness(requirement):
            yield _compared(
                N_("“{0}”: {1} is {2}, weaker than the {3} that “{4}” asks for."),
                agreement,
                target,
                requirement,
            )


@rule(
    "AGR-16",
    Severity.WARNING,
    COMPLETE,
    title=N_("No SLA promises much more than its customer wants"),
    why=N_("What nobody asked for still has to be paid for and kept."),
    fix=N_("Loosen the target, or find out whether the customer wants more than is recorded."),
    source="Ten steps",
)
def not_too_strong(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "requirements")
    most = plan.settings.largest_over_commitment
    if most is None:
        yield not_set(plan, N_("The settings do not say how much over-commitment is too much."))
        return
    for requirement, agreement, target in _told_once(plan, today):
        if looseness(target) * 100 < looseness(requirement) * (100 - most):
            yield _compared(
                N_("“{0}”: {1} is {2}, far stronger than the {3} that “{4}” asks for."),
                agreement,
                target,
                requirement,
            )


def _told_once(plan: Plan, today: date) -> Iterator[tuple[CustomerRequirement, Agreement, AgreementTarget]]:
    """The answers, each with the agreement in which it is mended: where the target is promised, if that is with the customer."""
    told = set()
    for requirement, agreement, target in _answers(plan, today):
        general = in_effect(plan, origin(plan, agreement, "targets", target))
        where = general if general.customer == agreement.customer else agreement
        if (requirement.id, where.id, target) not in told:
            told.add((requirement.id, where.id, target))
            yield requirement, where, target


def _answers(plan: Plan, today: date) -> Iterator[tuple[CustomerRequirement, Agreement, AgreementTarget]]:
    """Each thing wanted of us, with the targets in force that answer it.

    A requirement without a service asks it of every SLA of its customer. Figures are compared as they stand:
    a requirement names no hours of its own and is read in those of the agreement.
    """
    day = day_of_plan(plan, today)
    concluded: dict[tuple[str, str], list[Agreement]] = {}
    for agreement in slas_in_force(plan, day):
        for service in ("", *Scope.of(agreement).services):
            concluded.setdefault((agreement.customer, service), []).append(agreement)
    known: dict[tuple[str, str], dict[str, tuple[AgreementTarget, ...]]] = {}
    for requirement in plan.requirements:
        if requirement.provider != "Us" or requirement.declined or looseness(requirement) is None:
            continue
        for agreement in concluded.get((requirement.customer, requirement.service), ()):
            key = agreement.id, requirement.metric
            if key not in known:
                known[key] = by_priority(agreement.targets, requirement.metric)
            held = known[key]
            asked = [requirement.priority] if requirement.priority else held
            for target in dict.fromkeys(target for priority in asked for target in held.get(priority, ())):
                yield requirement, agreement, target


def _compared(
    message: str, agreement: Agreement, target: AgreementTarget, requirement: CustomerRequirement
) -> Fault:
    return fault(
        agreement,
        message,
        named(agreement),
        name(target),
        figure(target),
        figure(requirement),
        named(requirement),
        field="targets",
    )


RULES = (targets_measurable, *target_order.RULES, priorities_covered, strong_enough, not_too_strong)
