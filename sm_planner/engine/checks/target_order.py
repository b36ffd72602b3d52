"""AGR: targets that must not fall due in the wrong order.

Targets that count in the same service hours are compared by their figures, others by their clocks: for every
start in the hours of the one that has to come first, over the first year of the plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from sm_planner.engine.agreements.families import agreed, general_of, own_rows
from sm_planner.engine.agreements.targets import (
    CLOCKED,
    budget,
    by_priority,
    calendar_of,
    figure,
    looseness,
    looser,
    metrics,
    name,
    name_of,
    share_of,
    statistic_of,
    told_apart,
)
from sm_planner.engine.agreements.terms import day_of_plan
from sm_planner.engine.chain.course import Hours, Step
from sm_planner.engine.chain.deadlines import worst_overtaking
from sm_planner.engine.checks.conditions import named, nothing_in
from sm_planner.engine.checks.depths import FIRST
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule, unknown
from sm_planner.engine.model import METRICS, Agreement, AgreementTarget, Plan
from sm_planner.engine.model.vocabulary import AVERAGE
from sm_planner.engine.service_time.calendars import CalendarError, clock_of, hours_of
from sm_planner.engine.service_time.days import Budget, Days
from sm_planner.engine.service_time.local_time import DAY, load_zone
from sm_planner.engine.service_time.sla_clock_terms import ClockError
from sm_planner.engine.texts import Text, listed, say

STARTS = 366
"""Days from which tickets start: a year with all its holidays and changes of the clocks."""
BEYOND = 2 * 366
"""Days after the last start over which a deadline is followed."""


@rule(
    "AGR-04",
    Severity.BLOCKER,
    FIRST,
    title=N_("No response is promised later than its resolution"),
    why=N_("Nobody resolves what nobody has taken up, so both targets cannot be meant."),
    fix=N_(
        "Shorten the response, or allow more time for the resolution. Mind the service hours in "
        "which each counts."
    ),
    source="ERPNext and Helpdesk practice",
)
def response_before_resolution(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "agreements")
    order = Order(plan, today)
    for agreement in agreed(plan):
        yield from _incomparable(plan, agreement, ("Response", "Resolution"))
        for service in told_apart(agreement):
            response, resolution = (
                by_priority(agreement.targets, metric, service) for metric in ("Response", "Resolution")
            )
            for priority, last in resolution.items():
                yield from order.faults(
                    agreement,
                    service,
                    response.get(priority, ()),
                    last,
                    N_("“{0}”, {6}: the response is promised in {1}, the resolution in {2}."),
                    N_(
                        "“{0}”, {6}: the response is promised in {1}, the resolution in {2}. From {3} on, they are due "
                        "on {4} and on {5}."
                    ),
                    priority,
                )


@rule(
    "AGR-05",
    Severity.ERROR,
    FIRST,
    title=N_("A higher priority never has the looser target"),
    why=N_("Targets that loosen as priority rises reward people for calling everything minor."),
    fix=N_("Tighten the target of the higher priority, or loosen that of the lower one."),
    source="common tool practice",
)
def tighter_by_priority(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "agreements")
    order = Order(plan, today)
    for agreement in agreed(plan):
        yield from _incomparable(plan, agreement, METRICS)
        for service in told_apart(agreement):
            for metric, own in metrics(agreement.targets):
                held = by_priority(agreement.targets, metric, service, own)
                for (high, first), (low, second) in pairwise(held.items()):
                    yield from order.faults(
                        agreement,
                        service,
                        first,
                        second,
                        N_("“{0}”: {6} for {7} is {1}, looser than {2} for {8}."),
                        N_(
                            "“{0}”: {6} for {7} is {1}, looser than {2} for {8}. From {3} on, they are due on {4} "
                            "and on {5}."
                        ),
                        name_of(metric, "", own),
                        high,
                        low,
                    )


def _incomparable(plan: Plan, agreement: Agreement, metrics: tuple[str, ...]) -> Iterator[Fault]:
    """The check cannot be decided for targets without a value in a unit that fits. Told where they are promised."""
    for target in own_rows(plan, agreement, "targets"):
        if target.metric in metrics and looseness(target) is None:
            yield unknown(
                agreement,
                N_("“{0}”: the target {1} has no value and unit to compare."),
                named(agreement),
                name(target),
                field="targets",
            )


@dataclass(frozen=True)
class Unclear:
    """Why two targets cannot be compared."""

    why: Text


Late = tuple[Text, ...]
"""That a target falls due after another: a start and both deadlines in local time, or nothing if figures say it."""


class Order:
    """Compares targets of a plan; each calendar is counted out once, each pair of promises compared once."""

    def __init__(self, plan: Plan, today: date) -> None:
        self._plan = plan
        self._begin = day_of_plan(plan, today)
        self._hours: dict[str, Hours | Unclear] = {}
        self._nested: dict[tuple[str, str], bool] = {}
        self._compared: dict[tuple[str, Budget, str, Budget], Late | Unclear | None] = {}
        self._seen: set[tuple] = set()

    def faults(
        self,
        agreement: Agreement,
        service: str,
        firsts: Iterable[AgreementTarget],
        seconds: Iterable[AgreementTarget],
        by_figures: str,
        by_clocks: str,
        *subject: str | Text,
    ) -> Iterator[Fault]:
        """A fault for each second target that falls due before the first ones, which hold together; for a service,
        once for those that promise it the same.

        The messages are templates of the agreement, both promises, a start and both its deadlines, which
        figures leave empty, and the subject.
        """
        tightest_first = sorted(firsts, key=lambda target: (looseness(target), -share_of(target)))
        for second in seconds:
            calendars = tuple(calendar_of(agreement, one, service) for one in (*tightest_first, second))
            asked = (agreement.id, *map(id, tightest_first), id(second), calendars)
            if asked in self._seen or self._told_above(agreement, service, (*tightest_first, second)):
                continue
            self._seen.add(asked)
            verdicts = [
                self._late(first, calendar, second, calendars[-1])
                for first, calendar in zip(tightest_first, calendars[:-1], strict=True)
            ]
            if not verdicts or None in verdicts:
                continue
            late = verdicts[0]
            if len(verdicts) > 1 and len(set(calendars)) > 1 and any(verdicts):
                late = Unclear(say(N_("Several targets apply together, each in its own hours.")))
            late = next((one for one in verdicts if isinstance(one, Unclear)), late)
            promises = figure(tightest_first[0]), figure(second)
            if isinstance(late, Unclear):
                yield unknown(
                    agreement,
                    N_("“{0}”: {1} in {2} and {3} in {4} cannot be compared. {5}"),
                    named(agreement),
                    name(tightest_first[0]),
                    promises[0],
                    name(second),
                    promises[1],
                    late.why,
                    field="targets",
                )
            else:
                message, evidence = (by_clocks, late) if late else (by_figures, ("", "", ""))
                yield fault(
                    agreement, message, named(agreement), *promises, *evidence, *subject, field="targets"
                )

    def _told_above(self, agreement: Agreement, service: str, targets: Iterable[AgreementTarget]) -> bool:
        """Whether the general agreement promises them all, in the same hours: then it is told there."""
        general = general_of(self._plan, agreement)
        return general is not None and all(
            target in general.targets
            and calendar_of(general, target, service) == calendar_of(agreement, target, service)
            for target in targets
        )

    def _late(
        self, first: AgreementTarget, calendar: str, second: AgreementTarget, other: str
    ) -> Late | Unclear | None:
        """Whether the first target is looser than the second: it falls due after it, or is one for fewer cases. None if
        it is not.

        Of two metrics, the one that is promised for more cases may take longer: the others are not all done by then. An
        average is looser only than what holds for every case: of single cases it says nothing that could contradict.
        """
        if statistic_of(first) != statistic_of(second) and (
            statistic_of(second) == AVERAGE or share_of(second) < 100
        ):
            return None
        late = self._due_later(first, calendar, second, other)
        more = share_of(first) - share_of(second)
        if isinstance(late, Unclear) or more == 0 or (late is None) == (more > 0):
            return late
        if first.metric != second.metric:
            return None
        if late is None and self._due_later(second, other, first, calendar) is None:
            return ()  # as long, for fewer cases
        return Unclear(say(N_("One of them allows more time, the other leaves out more cases.")))

    def _due_later(
        self, first: AgreementTarget, calendar: str, second: AgreementTarget, other: str
    ) -> Late | Unclear | None:
        """Whether the first target falls due after the second, or else has the looser figure; whatever their shares."""
        if first.metric not in CLOCKED:
            is_looser = looser(replace(first, share_of_cases=None), replace(second, share_of_cases=None))
            if is_looser is None:
                return Unclear(say(N_("They are promised in units that cannot be compared.")))
            return () if is_looser else None
        pair = calendar, budget(first), other, budget(second)
        if pair not in self._compared:
            self._compared[pair] = self._late_by_figures(*pair)
        return self._compared[pair]

    def _late_by_figures(
        self, calendar: str, promised: Budget, other: str, other_promised: Budget
    ) -> Late | Unclear | None:
        if calendar == other:
            if isinstance(promised, int) and isinstance(other_promised, int):
                return () if promised > other_promised else None
            if (
                isinstance(promised, Days)
                and isinstance(other_promised, Days)
                and promised.business == other_promised.business
            ):
                return () if promised.count > other_promised.count else None
        return self._late_by_clocks(calendar, promised, other, other_promised)

    def _late_by_clocks(
        self, calendar: str, promised: Budget, other: str, other_promised: Budget
    ) -> Late | Unclear | None:
        both = self._counted(calendar), self._counted(other)
        for hours in both:
            if isinstance(hours, Unclear):
                return hours
        in_seconds = isinstance(promised, int) and isinstance(other_promised, int)
        if in_seconds and promised <= other_promised and self._within(other, calendar):
            return None
        end = both[0].clock.first + STARTS * DAY
        try:
            worst = worst_overtaking(Step(both[0], promised), Step(both[1], other_promised), end)
        except ClockError:
            return Unclear(say(N_("Within a year from {0}, no ticket has a deadline by both."), self._begin))
        zone = load_zone(self._plan.get("calendars", calendar).timezone)
        return worst and tuple(_wall_time(datetime.fromtimestamp(instant, zone)) for instant in worst)

    def _within(self, inner: str, outer: str) -> bool:
        """Whether the outer hours run whenever the inner ones do: then they serve no less in any time."""
        if (inner, outer) not in self._nested:
            clock = self._hours[outer].clock
            windows = list(zip(self._hours[inner].opens, self._hours[inner].closes, strict=True))
            self._nested[inner, outer] = bool(windows) and all(
                clock.first <= opens
                and closes <= clock.last
                and clock.elapsed(opens, closes) == closes - opens
                for opens, closes in windows
            )
        return self._nested[inner, outer]

    def _counted(self, calendar: str) -> Hours | Unclear:
        """The hours of the calendar over the days that are looked at."""
        if calendar not in self._hours:
            self._hours[calendar] = self._count(calendar)
        return self._hours[calendar]

    def _count(self, calendar: str) -> Hours | Unclear:
        record = self._plan.get("calendars", calendar)
        if record is None:
            return Unclear(say(N_("It is not entered in which service hours one of them counts.")))
        last_day = self._begin + timedelta(days=STARTS + BEYOND)
        try:
            return Hours(clock_of(record, hours_of(record, self._plan), self._begin, last_day))
        except CalendarError as error:
            return Unclear(error.message)


def _wall_time(local: datetime) -> Text:
    return listed((local.date(), f"{local:%H:%M:%S}"), " ")


RULES = (response_before_resolution, tighter_by_priority)
