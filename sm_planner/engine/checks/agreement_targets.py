"""AGR: the targets of agreements, by themselves, beside each other, and beside what the customers want."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from sm_planner.engine.agreements.families import agreed, in_effect, origin, own_rows, to_mend
from sm_planner.engine.agreements.targets import (
    CLOCKED,
    DAYS,
    UNITS_OF,
    by_priority,
    calendar_of,
    direction_of,
    figure,
    is_about,
    looseness,
    looser,
    metrics,
    name,
    name_of,
    of_service,
    priorities_in_use,
    share_of,
    statistic_of,
    told_apart,
)
from sm_planner.engine.agreements.terms import Scope, day_of_plan, slas_in_force
from sm_planner.engine.checks import target_order
from sm_planner.engine.checks.conditions import empty, label, named, not_set, nothing_in
from sm_planner.engine.checks.depths import COMPLETE, FIRST, GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule, unknown
from sm_planner.engine.model import Agreement, AgreementTarget, CustomerRequirement, Plan
from sm_planner.engine.model.values import show
from sm_planner.engine.model.vocabulary import AT_LEAST, AVERAGE, OWN
from sm_planner.engine.texts import Text

Answer = tuple[CustomerRequirement, Agreement, tuple[AgreementTarget, ...]]
"""What is wanted, an agreement, and its targets that answer it together."""


@rule(
    "AGR-03",
    Severity.ERROR,
    FIRST,
    title=N_("Each target can be measured"),
    why=N_(
        "A promise without a figure, service hours and a way to measure it can be neither kept nor broken."
    ),
    fix=N_(
        "Enter each target once for a share of the cases, with value, fitting unit (minutes, hours or days for times, "
        "percent for shares), service hours, measurement method and data source. A metric of your own also needs its "
        "name and its direction."
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
            gaps = _gaps(target) if target in own else []
            if agreement.id in without_hours and not calendar_of(agreement, target):
                gaps.append("calendar")
            yield from _lacking(agreement, target, gaps)
            if target in own:
                yield from _misfits(plan, agreement, target)
        yield from _repeated(agreement, own)


def _gaps(target: AgreementTarget) -> list[str]:
    """The fields of a target that are empty, and must not be."""
    needed = ["value", "unit", "method", "source"]
    if target.unit == OWN:
        needed.append("own_unit")
    if target.metric == OWN:
        needed += ["own_metric", "direction"]
    return [field for field in needed if empty(getattr(target, field))]


def _has_uncounted(agreement: Agreement) -> bool:
    """Whether a target counts in no hours."""
    return not all(calendar_of(agreement, target) for target in agreement.targets)


def _lacking(agreement: Agreement, target: AgreementTarget, gaps: list[str]) -> Iterator[Fault]:
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


def _misfits(plan: Plan, agreement: Agreement, target: AgreementTarget) -> Iterator[Fault]:
    """What the target says and cannot mean."""
    for message, values in _contradictions(plan, agreement, target):
        yield fault(agreement, message, named(agreement), name(target), *values, field="targets")


def _contradictions(
    plan: Plan, agreement: Agreement, target: AgreementTarget
) -> Iterator[tuple[str, tuple[Text | str, ...]]]:
    """Messages about an agreement and a target, each with its further values."""
    if target.unit and target.unit not in UNITS_OF.get(target.metric, ()):
        yield N_("“{0}”: the target {1} cannot be promised in {2}."), (Text(target.unit),)
    if target.unit == "Percent" and (target.value or 0) > 100:
        message = N_("“{0}”: the target {1} promises {2} %, which is more than 100 %.")
        yield message, (show(target.value),)
    if target.unit in DAYS and target.metric in CLOCKED and (target.value or 0) % 1:
        message = N_("“{0}”: the target {1} is {2}; days of a calendar are counted whole.")
        yield message, (figure(target),)
    if target.share_of_cases == 0:
        yield N_("“{0}”: the target {1} is promised for 0 % of the cases, which is for none."), ()
    if target.share_of_cases is not None and statistic_of(target) == AVERAGE:
        message = N_("“{0}”: the target {1} is an average, which is of all cases and not of {2} % of them.")
        yield message, (show(target.share_of_cases),)
    yield from _bounds(target)
    after, within = target.breach_after or 1, target.breach_within
    if within is not None and within < after:
        message = N_(
            "“{0}”: the target {1} is breached after {2} missed periods out of {3}, which cannot be."
        )
        yield message, (str(after), str(within))
    covered = Scope.of(agreement).services
    if target.service and covered and target.service not in covered:
        message = N_("“{0}”: the target {1} is for “{2}”, which the agreement does not cover.")
        yield message, (plan.title_of("services", target.service) or target.service,)


def _bounds(target: AgreementTarget) -> Iterator[tuple[str, tuple[Text | str, ...]]]:
    if target.bound is None:
        return
    if statistic_of(target) != AVERAGE:
        message = N_(
            "“{0}”: the target {1} is never to be worse than {2}, but only an average has such a bound."
        )
        yield message, (show(target.bound),)
    elif target.value is not None and direction_of(target):
        better = (
            target.bound > target.value if direction_of(target) == AT_LEAST else target.bound < target.value
        )
        if better:
            message = N_(
                "“{0}”: the target {1} is {2}; no single case may be worse than {3}, which is better than the average."
            )
            yield message, (figure(replace(target, bound=None)), show(target.bound))


def _repeated(agreement: Agreement, own: tuple[AgreementTarget, ...]) -> Iterator[Fault]:
    """Targets that an agreement itself gives twice for the same service, share of cases and service hours."""
    given = Counter(
        (
            name(target),
            target.service,
            share_of(target),
            statistic_of(target),
            calendar_of(agreement, target),
        )
        for target in own
    )
    for (repeated, *_), count in given.items():
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
    gaps: dict[tuple[str, str], set[str]] = {}
    for metric, own in dict.fromkeys(metric for one in agreed(plan) for metric in _without(one, used)):

        def lacks(one: Agreement, key: tuple[str, str] = (metric, own)) -> bool:
            return key in _without(one, used)

        gaps[metric, own] = {one.id for one in to_mend(plan, lacks)}
    for agreement in agreed(plan):
        for (metric, own), priorities in _without(agreement, used).items():
            if agreement.id in gaps[metric, own]:
                yield fault(
                    agreement,
                    N_("“{0}”: {1} has no target for {2}, which the plan uses."),
                    named(agreement),
                    name_of(metric, "", own),
                    ", ".join(priorities),
                    field="targets",
                    count=len(priorities),
                )


def _without(agreement: Agreement, used: list[str]) -> dict[tuple[str, str], list[str]]:
    """Metric that an SLA promises → the priorities for which it has no target, for any of its services."""
    if agreement.kind != "SLA":
        return {}
    found = {}
    apart = [of_service(agreement.targets, service) for service in told_apart(agreement)]
    for metric, own in metrics(agreement.targets):
        given = [
            {target.priority for target in targets if is_about(target, metric, own)} for targets in apart
        ]
        lacking = [rank for rank in used if any(ranks and not ranks & {rank, ""} for ranks in given)]
        if lacking:
            found[metric, own] = lacking
    return found


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
    for requirement, agreement, targets in _told_once(plan, today):
        verdicts = [looser(target, requirement) for target in targets]
        if False in verdicts:
            continue
        if None in verdicts:
            yield _undecided(requirement, agreement, targets[verdicts.index(None)])
        else:
            yield _compared(
                N_("“{0}”: {1} is {2}, weaker than the {3} that “{4}” asks for."),
                agreement,
                targets[0],
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
    for requirement, agreement, targets in _told_once(plan, today):
        enough = (target for target in targets if looser(target, requirement) is False)
        far = [one for one in enough if looseness(one) * 100 < looseness(requirement) * (100 - most)]
        for target in far[:1]:
            yield _compared(
                N_("“{0}”: {1} is {2}, far stronger than the {3} that “{4}” asks for."),
                agreement,
                target,
                requirement,
            )


def _told_once(plan: Plan, today: date) -> Iterator[Answer]:
    """The answers, each with the agreement in which it is mended: where the targets are promised, if that is with the customer."""
    told = set()
    for requirement, agreement, targets in _answers(plan, today):
        general = in_effect(plan, origin(plan, agreement, "targets", targets[0]))
        where = general if general.customer == agreement.customer else agreement
        if (requirement.id, where.id, targets) not in told:
            told.add((requirement.id, where.id, targets))
            yield requirement, where, targets


def _answers(plan: Plan, today: date) -> Iterator[Answer]:
    """Each thing wanted of us, with the targets in force that answer it: those that hold together in the same hours.

    A requirement without a service asks it of every SLA of its customer. Figures are compared as they stand:
    a requirement names no hours of its own and is read in those of the agreement.
    """
    day = day_of_plan(plan, today)
    concluded: dict[tuple[str, str], list[Agreement]] = {}
    for agreement in slas_in_force(plan, day):
        for service in ("", *Scope.of(agreement).services):
            concluded.setdefault((agreement.customer, service), []).append(agreement)
    known: dict[tuple[str, ...], dict[str, tuple[AgreementTarget, ...]]] = {}
    for requirement in plan.requirements:
        if requirement.provider != "Us" or requirement.declined or looseness(requirement) is None:
            continue
        for agreement in concluded.get((requirement.customer, requirement.service), ()):
            found: dict[tuple[AgreementTarget, ...], None] = {}
            for service in [requirement.service] if requirement.service else told_apart(agreement):
                key = agreement.id, service, requirement.metric, requirement.own_metric
                if key not in known:
                    known[key] = by_priority(
                        agreement.targets, requirement.metric, service, requirement.own_metric
                    )
                held = known[key]
                asked = [requirement.priority] if requirement.priority else held
                for priority in asked:
                    for together in _in_the_same_hours(agreement, held.get(priority, ()), service):
                        found[together] = None
            for together in found:
                yield requirement, agreement, together


def _in_the_same_hours(
    agreement: Agreement, targets: Iterable[AgreementTarget], service: str
) -> Iterable[tuple[AgreementTarget, ...]]:
    apart: dict[str, list[AgreementTarget]] = {}
    for target in targets:
        apart.setdefault(calendar_of(agreement, target, service), []).append(target)
    return map(tuple, apart.values())


def _undecided(requirement: CustomerRequirement, agreement: Agreement, target: AgreementTarget) -> Fault:
    return unknown(
        agreement,
        N_("“{0}”: {1} is {2}, which cannot be compared with the {3} that “{4}” asks for."),
        named(agreement),
        name(target),
        figure(target),
        figure(requirement),
        named(requirement),
        field="targets",
    )


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
