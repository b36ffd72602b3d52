"""AGR: agreements and their service level targets.

Targets are compared by their figures. Whether they hold in different service hours is for the clocks to say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from sm_planner.engine.checks.conditions import empty, label, missing, named, nothing_in
from sm_planner.engine.checks.hours import hours_countable
from sm_planner.engine.finding import N_, Fault, Severity, fault, rule, unknown
from sm_planner.engine.model import METRICS, PRIORITIES, Agreement, AgreementTarget, Plan
from sm_planner.engine.values import show

PARTY = {"SLA": "customer", "OLA": "team", "UC": "supplier"}
"""Kind of agreement → the field that names its counterparty."""

_MINUTES = {"Minutes": 1, "Hours": 60}
_TIME = dict.fromkeys(("Response", "Resolution", "Fulfilment"), tuple(_MINUTES))
_SHARE = dict.fromkeys(("Availability", "Quality"), ("Percent",))
UNITS_OF = _TIME | _SHARE
"""Metric → the units that it can be promised in."""


@rule(
    "AGR-02",
    Severity.ERROR,
    title=N_("Each agreement names its owner, its parties, its term and its review"),
    why=N_("A promise holds between two parties, for a time, and somebody has to keep it up to date."),
    fix=N_(
        "Fill in the owner, the counterparty (customer of an SLA, team of an OLA, supplier of a UC), start and "
        "end, and the months between reviews."
    ),
    source="FitSM-3 6.2",
)
def concluded(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "agreements")
    for agreement in plan.agreements:
        yield from missing(
            agreement,
            "agreement_owner",
            PARTY.get(agreement.kind, "kind"),
            "start_date",
            "end_date",
            "review_months",
        )
        start, end = agreement.start_date, agreement.end_date
        if start and end and start >= end:
            yield fault(
                agreement,
                N_("“{0}” ends on {2}, which is not after its start on {1}."),
                named(agreement),
                start,
                end,
                field="end_date",
            )


@rule(
    "AGR-03",
    Severity.ERROR,
    title=N_("Each target can be measured"),
    why=N_("A promise without a figure, service hours and a way to measure it cannot be kept or broken."),
    fix=N_(
        "Give each target once, with value, fitting unit (minutes or hours for times, percent for shares), "
        "service hours, measurement method and data source."
    ),
    source="Ten steps; HDI; ISO 8.3.3, 9.1",
)
def targets_measurable(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "agreements")
    for agreement in plan.agreements:
        if not agreement.targets:
            yield fault(agreement, N_("“{0}” promises no target."), named(agreement), field="targets")
        for target in agreement.targets:
            yield from _gaps(agreement, target)
            yield from _misfits(agreement, target)
        yield from _repeated(agreement)


def _gaps(agreement: Agreement, target: AgreementTarget) -> Iterator[Fault]:
    """What the target does not say."""
    gaps = [field for field in ("value", "unit", "method", "source") if empty(getattr(target, field))]
    if not (target.calendar or agreement.service_hours):
        gaps.append("calendar")
    for field in gaps:
        yield fault(
            agreement,
            N_("“{0}”: the target {1} lacks its {2}."),
            named(agreement),
            _name(target),
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
            _name(target),
            target.unit,
            field="targets",
        )
    if target.unit == "Percent" and (target.value or 0) > 100:
        yield fault(
            agreement,
            N_("“{0}”: the target {1} promises {2} %, more than all."),
            named(agreement),
            _name(target),
            show(target.value),
            field="targets",
        )


def _repeated(agreement: Agreement) -> Iterator[Fault]:
    """Targets that are given twice for the same service hours."""
    given = Counter(
        (_name(target), target.calendar or agreement.service_hours) for target in agreement.targets
    )
    for (name, _), count in given.items():
        if count > 1:
            yield fault(
                agreement,
                N_("“{0}” promises the target {1} {2} times."),
                named(agreement),
                name,
                count,
                field="targets",
                count=count,
            )


@rule(
    "AGR-04",
    Severity.BLOCKER,
    title=N_("No response is promised later than its resolution"),
    why=N_("Nobody resolves what nobody has taken up; such a pair of targets cannot both be meant."),
    fix=N_("Shorten the response, or give the resolution more time."),
    source="ERPNext and Helpdesk practice",
)
def response_before_resolution(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "agreements")
    for agreement in plan.agreements:
        yield from _incomparable(agreement, ("Response", "Resolution"))
        response, resolution = (_in_force(agreement, metric) for metric in ("Response", "Resolution"))
        for priority in PRIORITIES:
            first, last = response.get(priority), resolution.get(priority)
            if first and last and _looseness(first) > _looseness(last):
                yield fault(
                    agreement,
                    N_("“{0}”, {1}: the response is promised in {2}, the resolution in {3}."),
                    named(agreement),
                    priority,
                    _promise(first),
                    _promise(last),
                    field="targets",
                )


@rule(
    "AGR-05",
    Severity.ERROR,
    title=N_("A higher priority never has the looser target"),
    why=N_("Targets that loosen as priority rises reward calling everything minor."),
    fix=N_("Tighten the target of the higher priority, or loosen that of the lower one."),
    source="common tool practice",
)
def tighter_by_priority(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "agreements")
    for agreement in plan.agreements:
        yield from _incomparable(agreement, METRICS)
        for metric in METRICS:
            for (high, first), (low, second) in pairwise(_in_force(agreement, metric).items()):
                if _looseness(first) > _looseness(second):
                    yield fault(
                        agreement,
                        N_("“{0}”: {1} for {2} is {3}, looser than {4} for {5}."),
                        named(agreement),
                        metric,
                        high,
                        _promise(first),
                        _promise(second),
                        low,
                        field="targets",
                    )


def _incomparable(agreement: Agreement, metrics: tuple[str, ...]) -> Iterator[Fault]:
    """The check cannot be decided for targets without a value in a unit that fits."""
    for target in agreement.targets:
        if target.metric in metrics and _looseness(target) is None:
            yield unknown(
                agreement,
                N_("“{0}”: the target {1} has no value and unit to compare."),
                named(agreement),
                _name(target),
                field="targets",
            )


def _in_force(agreement: Agreement, metric: str) -> dict[str, AgreementTarget]:
    """The target that holds for each priority, the highest first: its own, or else that for all.

    The tightest counts where there are several; those that cannot be compared do not count.
    """
    given = [
        target for target in agreement.targets if target.metric == metric and _looseness(target) is not None
    ]
    tightest: dict[str, AgreementTarget] = {}
    for target in sorted(given, key=_looseness):
        tightest.setdefault(target.priority, target)
    held = {priority: tightest.get(priority, tightest.get("")) for priority in PRIORITIES}
    return {priority: target for priority, target in held.items() if target}


def _looseness(target: AgreementTarget) -> float | None:
    """A figure that grows as the promise gets easier to keep: minutes, or percent that may be missed."""
    if target.value is None or target.unit not in UNITS_OF.get(target.metric, ()):
        return None
    return 100 - target.value if target.unit == "Percent" else target.value * _MINUTES[target.unit]


def _name(target: AgreementTarget) -> str:
    return f"{target.metric} {target.priority}".rstrip()


def _promise(target: AgreementTarget) -> str:
    return f"{show(target.value)} {target.unit}"


RULES = (concluded, targets_measurable, response_before_resolution, tighter_by_priority, hours_countable)
