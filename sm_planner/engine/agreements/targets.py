"""Service level targets: which units fit, how targets compare, and which one holds for a priority and a service."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import inf
from typing import NamedTuple, Protocol

from sm_planner.engine.agreements.families import agreed, origin
from sm_planner.engine.agreements.subject import Metric, known_as, metric_of
from sm_planner.engine.model import (
    METRICS,
    PRIORITIES,
    RECOVERY_METRICS,
    SHARE_METRICS,
    TIME_METRICS,
    Agreement,
    AgreementTarget,
    Plan,
)
from sm_planner.engine.model.fields import DECIMALS
from sm_planner.engine.model.values import folded, show
from sm_planner.engine.model.vocabulary import (
    AT_LEAST,
    AT_MOST,
    AVERAGE,
    EACH_CASE,
    HAND_OVER,
    OWN,
    PAGE_TIME,
    RELIABILITY,
    THROUGHPUT,
    UNITS,
)
from sm_planner.engine.service_time.days import Budget, Days
from sm_planner.engine.texts import N_, Text, say, side_by_side

MINUTES = {"Milliseconds": 1 / 60_000, "Seconds": 1 / 60, "Minutes": 1, "Hours": 60}
"""Unit of time → its minutes."""

DAYS = {"Days": 1, "Business Days": 1, "Weeks": 7}
"""Unit of days of a calendar → how many they are."""

ONE = {
    "Milliseconds": say(N_("1 Millisecond")),
    "Seconds": say(N_("1 Second")),
    "Minutes": say(N_("1 Minute")),
    "Hours": say(N_("1 Hour")),
    "Days": say(N_("1 Day")),
    "Business Days": say(N_("1 Business Day")),
    "Weeks": say(N_("1 Week")),
}
"""Unit of time or of days → one of it, as people write it."""

CLOCKED = (*TIME_METRICS, HAND_OVER)
"""Metrics whose time is counted in the hours of a calendar, while people answer."""

UNITS_OF: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(CLOCKED, ("Seconds", "Minutes", "Hours", *DAYS)),
    **dict.fromkeys(RECOVERY_METRICS, ("Minutes", "Hours", "Days")),
    **dict.fromkeys(SHARE_METRICS, ("Percent",)),
    RELIABILITY: ("Hours", "Days", "Percent"),
    THROUGHPUT: (OWN,),
    PAGE_TIME: ("Milliseconds", "Seconds"),
    OWN: UNITS,
}
"""Metric → the units that it can be promised in. Days of the times are days of a calendar, others have 24 hours. Reliability is
the time between failures, or the share of the time that was not announced as an interruption."""

_AT_LEAST = (*SHARE_METRICS, RELIABILITY, THROUGHPUT)
_DAY = 24 * 60


class Promise(Protocol):
    """What targets and customer requirements have in common."""

    metric: str
    own_metric: str
    priority: str
    value: float | None
    unit: str
    own_unit: str
    direction: str
    share_of_cases: float | None


class Kind(NamedTuple):
    """What promises have in common whose figures can be compared. unit: what the figure is in."""

    metric: Metric
    unit: str
    direction: str
    statistic: str


def direction_of(promise: Promise) -> str:
    """Which side of its value a promise has to stay on; empty where a metric of one's own does not say it."""
    if promise.metric == OWN:
        return promise.direction
    return AT_LEAST if promise.metric in _AT_LEAST else AT_MOST


def statistic_of(promise: Promise) -> str:
    """What the value is promised of: of each case, or of their average."""
    return getattr(promise, "statistic", "") or EACH_CASE


def share_of(promise: Promise) -> float:
    """How many percent of the cases have to stay within the value."""
    return 100 if promise.share_of_cases is None else promise.share_of_cases


def kind(promise: Promise) -> Kind | None:
    """The kind of a promise; None where it has no value that fits its metric, so that nothing can be said of it."""
    if promise.value is None or promise.unit not in UNITS_OF.get(promise.metric, ()):
        return None
    if not direction_of(promise) or share_of(promise) == 0:
        return None
    unit = promise.unit
    if unit == OWN:
        if not promise.own_unit.strip():
            return None
        unit = folded(promise.own_unit)
    elif unit in MINUTES or unit in _on_the_wall(promise):
        unit = "Minutes"
    elif unit in DAYS:
        if promise.value % 1 and promise.metric in CLOCKED:
            return None
        unit = "Business Days" if unit == "Business Days" else "Days"
    return Kind(metric_of(promise), unit, direction_of(promise), statistic_of(promise))


def looseness(promise: Promise) -> float | None:
    """A figure that grows as the promise gets easier to keep, among promises of one kind and share: minutes, days, percent
    that may be missed, or else the value, or its reciprocal where it has to be reached.

    None where it has no value in a unit that fits its metric. Whether two promises can be compared says :func:`looser`.
    """
    of = kind(promise)
    if of is None:
        return None
    value = _value(promise)
    if of.direction == AT_MOST:
        return round(value, DECIMALS)
    if of.unit == "Percent":
        return round(100 - value, DECIMALS)
    return 1 / round(value, DECIMALS) if round(value, DECIMALS) else inf


def comparable(one: Promise, other: Promise) -> bool:
    """Whether the figures of two promises are of one kind; shares may still leave open which is looser."""
    return (of := kind(one)) is not None and of == kind(other)


def looser(one: Promise, other: Promise) -> bool | None:
    """Whether the one is easier to keep than the other; None where it cannot be said by their figures alone.

    That is so where they are of different kinds, and where the one has more time for a larger share of the cases.
    """
    if not comparable(one, other):
        return None
    figures, shares = (looseness(one), looseness(other)), (-share_of(one), -share_of(other))
    if figures[0] <= figures[1] and shares[0] <= shares[1]:
        return False
    return True if figures[0] >= figures[1] and shares[0] >= shares[1] else None


def is_kept(target: Promise, measured: float, worst: float | None = None) -> bool:
    """Whether what was measured keeps a target, in its unit. worst: of an average, the worst case that was measured.

    Asked only of targets whose looseness is known.
    """
    if not _is_on_its_side(target, measured, target.value):
        return False
    bound = getattr(target, "bound", None)
    limited = statistic_of(target) == AVERAGE and bound is not None and worst is not None
    return not limited or _is_on_its_side(target, worst, bound)


def _is_on_its_side(target: Promise, measured: float, value: float) -> bool:
    return measured >= value if direction_of(target) == AT_LEAST else measured <= value


def budget(promise: Promise) -> Budget:
    """A promised time as a clock counts it: whole seconds, or days of the calendar. Asked only where looseness is known."""
    if promise.unit in DAYS and promise.metric in CLOCKED:
        return Days(round(_value(promise)), business=promise.unit == "Business Days")
    return round(_value(promise) * 60)


def _value(promise: Promise) -> float:
    """The value in the unit of its kind."""
    if promise.unit in _on_the_wall(promise):
        return promise.value * DAYS[promise.unit] * _DAY
    return promise.value * (MINUTES.get(promise.unit) or DAYS.get(promise.unit) or 1)


def _on_the_wall(promise: Promise) -> tuple[str, ...]:
    """The units of days that are 24 hours long, whatever is open."""
    return () if promise.metric in CLOCKED else ("Days", "Weeks")


def calendar_of(agreement: Agreement, target: AgreementTarget, service: str = "") -> str:
    """The id of the calendar in which the target counts for a service; empty if nothing names one.

    It is the target's own, else that of the service in the scope, else the agreement's. Times are counted while people
    answer, in the support hours, where they are told apart.
    """
    if target.calendar:
        return target.calendar
    if target.metric in CLOCKED:
        return support_hours_of(agreement, service or target.service)
    return service_hours_of(agreement, service or target.service)


def service_hours_of(agreement: Agreement, service: str = "") -> str:
    """The id of the calendar in which a service is promised: its own in the scope, else the agreement's."""
    own = (row.service_hours for row in agreement.scope if service and row.service == service)
    return next(filter(None, own), agreement.service_hours)


def support_hours_of(agreement: Agreement, service: str = "") -> str:
    """The id of the calendar in which people answer for a service: its own in the scope, else the agreement's.

    Whoever says no support hours answers in the service hours.
    """
    for row in agreement.scope:
        if service and row.service == service and (row.support_hours or row.service_hours):
            return row.support_hours or row.service_hours
    return agreement.support_hours or agreement.service_hours


def of_service(targets: Iterable[AgreementTarget], service: str) -> tuple[AgreementTarget, ...]:
    """The targets that hold for a service of the scope: those for it alone, and those for all services."""
    return tuple(target for target in targets if target.service in ("", service))


def by_priority(
    targets: Iterable[AgreementTarget], metric: str, service: str = "", own_metric: str = ""
) -> dict[str, tuple[AgreementTarget, ...]]:
    """The targets of a metric that hold for each priority, the highest first.

    Those for the service alone come before those for all services, and of these those of the priority before those for
    all. What holds for one priority may be more than one target: several shares of the cases, or several hours. Targets
    that cannot be compared do not count; priorities without a target are left out.
    """
    given: dict[tuple[str, str], list[AgreementTarget]] = {}
    for target in of_service(targets, service):
        if is_about(target, metric, own_metric) and looseness(target) is not None:
            given.setdefault((target.service, target.priority), []).append(target)
    held = {}
    for priority in PRIORITIES:
        places = [(one, rank) for one in dict.fromkeys((service, "")) for rank in (priority, "")]
        if found := next((given[place] for place in places if place in given), ()):
            held[priority] = tuple(found)
    return held


def is_about(promise: Promise, metric: str, own_metric: str = "") -> bool:
    """Whether a promise is about a metric; a metric of one's own is told by its name."""
    return metric_of(promise) == known_as(metric, own_metric)


def metrics(targets: Iterable[Promise]) -> tuple[Metric, ...]:
    """The metrics that are promised, each once, with the names of those of one's own; in the order of the metrics."""
    named: dict[Metric, Metric] = {}
    for one in targets:
        if one.metric:
            named.setdefault(metric_of(one), (one.metric, one.own_metric if one.metric == OWN else ""))
    return tuple(sorted(named.values(), key=lambda found: METRICS.index(found[0])))


def told_apart(agreement: Agreement) -> tuple[str, ...]:
    """The services to which an agreement promises something else than to the others, behind "" for the others."""
    own = [target.service for target in agreement.targets]
    own += [row.service for row in agreement.scope if row.service_hours or row.support_hours]
    return ("", *dict.fromkeys(filter(None, own)))


def name(promise: Promise) -> Text:
    """How a message names a target: "Resolution P1"."""
    return name_of(promise.metric, promise.priority, promise.own_metric)


def name_of(metric: str, priority: str, own_metric: str = "") -> Text:
    """How a message names the targets of a metric for a priority, or for all where that is empty. A metric of one's
    own has its own name."""
    return side_by_side(own_metric if metric == OWN and own_metric else Text(metric), priority)


def figure(promise: Promise) -> Text:
    """What is promised: "4 Hours", "80 % within 16 Hours", "average 99 Percent, never worse than 95"."""
    value = ONE.get(promise.unit) if promise.value == 1 else None
    value = value or side_by_side(show(promise.value), unit_of(promise))
    of_cases = promise.share_of_cases is not None and statistic_of(promise) == EACH_CASE
    if of_cases and direction_of(promise) == AT_MOST:
        return say(N_("{0} % within {1}"), show(promise.share_of_cases), value)
    if promise.metric == OWN and promise.direction:
        of_own = N_("at least {0}") if promise.direction == AT_LEAST else N_("at most {0}")
        value = say(of_own, value)
    if of_cases:
        return say(N_("{0} % of cases: {1}"), show(promise.share_of_cases), value)
    if statistic_of(promise) == AVERAGE:
        if promise.bound is not None:
            return say(N_("average {0}, never worse than {1}"), value, show(promise.bound))
        return say(N_("average {0}"), value)
    return value


def unit_of(promise: Promise) -> Text | str:
    """The unit as people read it: a unit of one's own as it was written."""
    return promise.own_unit if promise.unit == OWN and promise.own_unit else Text(promise.unit)


@dataclass(frozen=True)
class Level:
    """A target as people read it: what is promised, how much of it, and the title of the hours in which it counts.

    origin: the title of the general agreement that says it; empty where the agreement does itself.
    """

    what: Text
    figure: Text
    hours: str
    origin: str = ""


def levels(plan: Plan, agreement: Agreement, service: str = "") -> Iterator[Level]:
    """The service levels that an agreement promises, for a service where one is given; a target without a value that
    fits its metric is none, nor one that the service's own takes the place of."""
    targets = holding(agreement.targets, service) if service else agreement.targets
    for target in targets:
        if looseness(target) is not None:
            hours = plan.title_of("calendars", calendar_of(agreement, target, service))
            says = origin(plan, agreement, "targets", target)
            general = "" if says.id == agreement.id else says.title or says.id
            yield Level(name(target), figure(target), hours, general)


def holding(targets: Iterable[AgreementTarget], service: str) -> tuple[AgreementTarget, ...]:
    """The targets that hold for a service: its own, and of those for all services what its own do not replace.

    A target for the service takes the place of those of its metric and priority; without a priority, of all of its metric.
    """
    found = of_service(targets, service)
    own = {(*metric_of(one), one.priority) for one in found if one.service}

    def is_replaced(target: AgreementTarget) -> bool:
        return not target.service and any((*metric_of(target), rank) in own for rank in ("", target.priority))

    return tuple(target for target in found if not is_replaced(target))


def priorities_in_use(plan: Plan) -> list[str]:
    """The priorities that a target, a severity or a customer's requirement names, the highest first."""
    named_somewhere = {requirement.priority for requirement in plan.requirements}
    for agreement in agreed(plan):
        named_somewhere.update(row.priority for row in (*agreement.targets, *agreement.severities))
    return [priority for priority in PRIORITIES if priority in named_somewhere]
