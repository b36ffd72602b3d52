"""CHN: whether what is promised beneath is measured as strictly as what is promised above."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.agreements.measurements import measured_over
from sm_planner.engine.agreements.targets import figure, name
from sm_planner.engine.chain import Beneath, ChainResult, beneath, chains
from sm_planner.engine.chain.legs import ALL, share_of
from sm_planner.engine.checks.chain.links import nothing_promised
from sm_planner.engine.checks.conditions import named
from sm_planner.engine.checks.depths import COMPLETE
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule
from sm_planner.engine.model import RECOVERY_METRICS, TIME_METRICS, Agreement, AgreementTarget, Plan
from sm_planner.engine.model.vocabulary import AVERAGE, FREQUENCIES
from sm_planner.engine.texts import Text


@rule(
    "CHN-17",
    Severity.WARNING,
    COMPLETE,
    title=N_("Figures beneath are measured as strictly as those above"),
    why=N_(
        "A figure of a year may be missed in every month of a crisis, and an average says nothing of a single case: "
        "who promises the customer more than that has nobody behind it."
    ),
    fix=N_(
        "Agree with the party on a figure for the period in which the SLA is measured, and for each case where the SLA "
        "promises each."
    ),
    source="ISO 8.3.4.1; FitSM PR4.1",
)
def measured_alike(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_promised(plan, today)
    found = beneath(plan, today)
    told: set[tuple[str, AgreementTarget, str, AgreementTarget]] = set()
    for result in chains(plan, today):
        for agreement, target in _beneath(found, result):
            key = result.agreement.id, result.target, agreement.id, target
            if key in told:
                continue
            told.add(key)
            yield from _looser(result, agreement, target)


def _looser(result: ChainResult, agreement: Agreement, target: AgreementTarget) -> Iterator[Fault]:
    """What makes a figure beneath say less than the one above."""
    above = result.target
    is_longer = _period(target) > _period(above)
    is_average = target.statistic == AVERAGE and above.statistic != AVERAGE
    if not (is_longer or is_average):
        return
    about = named(agreement), name(target), figure(target), named(result.agreement), named(result.service)
    if is_longer:
        yield fault(
            agreement,
            N_(
                "“{0}” promises {1} of {2} measured {5}, but “{3}” promises it to the customer measured {6}, for “{4}”."
            ),
            *about,
            Text(FREQUENCIES[_period(target)]),
            Text(FREQUENCIES[_period(above)]),
            field="targets",
        )
    if is_average:
        yield fault(
            agreement,
            N_("“{0}” promises {1} of {2} as an average, but “{3}” promises it of each case, for “{4}”."),
            *about,
            field="targets",
        )


def _beneath(found: Beneath, result: ChainResult) -> Iterator[tuple[Agreement, AgreementTarget]]:
    """The figures of a period beneath a promise: what is promised of every case needs none."""
    if result.target.metric not in TIME_METRICS:
        figures = ((one.agreement, one.target) for one in found.figures_of(result))
        yield from (one for one in figures if one[1].metric not in RECOVERY_METRICS or _of_a_period(one[1]))
        return
    for leg in result.averages:
        yield leg.agreement, leg.target
    for leg in result.legs:
        for row in leg.rows:
            if leg.average or row.share < ALL:
                yield leg.agreement, row.target


def _of_a_period(target: AgreementTarget) -> bool:
    """Whether a target is kept or missed by all cases of a period together."""
    return target.statistic == AVERAGE or share_of(target) < ALL


def _period(target: AgreementTarget) -> int:
    """The period of a figure, by its place among the frequencies: the shortest first."""
    return FREQUENCIES.index(measured_over(target))


RULES = (measured_alike,)
