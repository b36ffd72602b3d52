"""The legs of a chain: what supporting agreements promise of a step, and the ways that a ticket can take through them.

A promise is one row, or several that hold at once: "80 % within 16 h, all within 5 days". A tier of support either solves
a ticket, or keeps it for a while and hands it over. So a ticket takes one of several ways: it is handed over from tier
to tier until one solves it; or, if none does, whoever runs the part that has failed mends that. Where a tier does not say
how long it keeps what it cannot solve, there are two readings: not at all, or for its whole resolution time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from sm_planner.engine.agreements.targets import budget, calendar_of, looseness, name_of
from sm_planner.engine.chain.gaps import Gap, no_average, no_hours, not_promised, only_average, promised_twice
from sm_planner.engine.model import PRIORITIES, Agreement, AgreementTarget, Supplier, Team
from sm_planner.engine.model.vocabulary import AVERAGE
from sm_planner.engine.service_time.days import Budget, Days

ALL = Fraction(1)


class Row(NamedTuple):
    """One row of a promise: this share of cases within a budget in a calendar of the plan (its id)."""

    target: AgreementTarget
    calendar: str
    budget: Budget
    share: Fraction


@dataclass(frozen=True, eq=False)
class Leg:
    """What a supporting agreement promises of one step of a chain.

    rows: the greatest share last; of rows with the same share there is one. average: it is the average of all cases.
    """

    agreement: Agreement
    rows: tuple[Row, ...]
    average: bool = False

    @property
    def target(self) -> AgreementTarget:
        """The target that holds for most cases."""
        return self.rows[-1].target

    @property
    def calendar(self) -> str:
        return self.rows[-1].calendar

    @property
    def budget(self) -> Budget:
        return self.rows[-1].budget

    @property
    def share(self) -> Fraction:
        """The share of cases of which anything is promised."""
        return self.rows[-1].share


Branch = tuple[Leg, ...]
"""Legs one after the other."""

Stages = tuple[tuple[Branch, ...], ...]
"""Stages one after the other; in each, branches side by side of which the latest counts."""


class Reading(str, Enum):
    """How long a tier keeps a ticket that does not say so."""

    AT_ONCE = "At Once"
    AFTER = "After Its Resolution Time"


class Way(NamedTuple):
    """A way of a ticket: the stages that it passes, then one of the branches of ``ends``, whichever part has failed."""

    passed: Stages
    ends: tuple[Branch, ...] = ()

    @property
    def stages(self) -> Stages:
        """Its stages where every part may be the one, so that the latest counts."""
        return (*self.passed, self.ends) if self.ends else self.passed

    @property
    def apart(self) -> tuple[Stages, ...]:
        """The stages for each part that may be the one."""
        return tuple((*self.passed, (branch,)) for branch in self.ends) or (self.passed,)


class Turn(NamedTuple):
    """A team of a tier: its time to solve a ticket, and how long it keeps one that it hands over; None if not said."""

    solves: Leg | None
    hands_over: Leg | None

    def keeps(self, reading: Reading) -> Leg | None:
        """How long it keeps a ticket in a reading; None if not at all."""
        return self.hands_over or (self.solves if reading is Reading.AFTER else None)


@dataclass(frozen=True)
class Legs:
    """What stands beneath a target, and what is missing there: some of it if it is much.

    tiers: of support, with what is known of their teams. parts: the branches of which the failed one is mended.
    averages: the legs that promise an average where each case is promised, and so do not count.
    certain: whether the plan says who is asked. Without tiers of support, it is not said which team of several
    answers first.
    """

    tiers: tuple[tuple[Turn, ...], ...] = ()
    parts: tuple[Branch, ...] = ()
    gaps: tuple[Gap, ...] = ()
    averages: tuple[Leg, ...] = ()
    certain: bool = True

    def ways(self, reading: Reading) -> tuple[Way, ...]:
        """The ways that a ticket can take, without those that are the beginning of another."""
        ways: list[Way] = []
        passed: Stages = ()
        for tier in self.tiers:
            if solving := _side_by_side(turn.solves for turn in tier):
                ways.append(Way((*passed, solving)))
            if keeping := _side_by_side(turn.keeps(reading) for turn in tier):
                passed = (*passed, keeping)
        ways.append(Way(passed, self.parts))
        return tuple(
            way
            for place, way in enumerate(ways)
            if way.stages and not any(_begins(way.stages, later.stages) for later in ways[place + 1 :])
        )

    @property
    def unsaid(self) -> tuple[Leg, ...]:
        """The times to solve of those who may hand a ticket over, but do not say how long they keep it."""
        handing = self.tiers if self.parts else self.tiers[:-1]
        turns = (turn for tier in handing for turn in tier if turn.hands_over is None)
        return tuple(dict.fromkeys(turn.solves for turn in turns if turn.solves))


def each(stages: Iterable[Iterable[Branch]]) -> tuple[Leg, ...]:
    """All legs in the order of their stages, each once."""
    return tuple(dict.fromkeys(leg for stage in stages for branch in stage for leg in branch))


def each_of(ways: Iterable[Way]) -> tuple[Leg, ...]:
    """All legs of ways in their order, each once."""
    return tuple(dict.fromkeys(leg for way in ways for leg in each(way.stages)))


def holding(
    agreement: Agreement, metric: str, priority: str, services: Sequence[str] = ()
) -> tuple[AgreementTarget, ...]:
    """The targets of a metric that hold for a priority: its own, else those of a priority with the same
    severity, else those for all.

    services: for which it is asked (ids), the closest first. Targets of one of them alone come before those for all;
    targets of other services never hold.
    """
    given: dict[str, dict[str, list[AgreementTarget]]] = {}
    for target in agreement.targets:
        if target.metric == metric and looseness(target) is not None:
            given.setdefault(target.service, {}).setdefault(target.priority, []).append(target)
    alike = _alike(agreement, priority)
    for service in (*services, ""):
        for one in alike:
            if found := given.get(service, {}).get(one):
                return tuple(found)
    return ()


def leg_of(
    agreement: Agreement,
    party: Team | Supplier,
    metric: str,
    priority: str,
    *,
    services: Sequence[str] = (),
    average: bool = False,
    work: object = None,
) -> Leg | Gap:
    """The leg that an agreement gives for a metric and a priority, or why it gives none.

    services: for which it works (ids), the closest first. average: whether it is to carry a promise of an average.
    party, work: whom it is with, and the record that a gap names.
    """
    held = holding(agreement, metric, priority, services)
    promised = name_of(metric, priority)
    if not held:
        return not_promised(agreement, party, metric, priority, work)
    means = [target for target in held if target.statistic == AVERAGE]
    cases = [target for target in held if target.statistic != AVERAGE]
    if not any(share_of(target) == ALL for target in cases):
        limits = (target for target in means if target.bound is not None)
        cases += (replace(target, value=target.bound, share_of_cases=None) for target in limits)
    chosen = means if average and means else cases
    if not chosen:
        return only_average(agreement, party, metric, priority, work)
    rows = []
    for target in chosen:
        calendar = calendar_of(agreement, target, services[0] if services else "")
        if not calendar:
            return no_hours(agreement, promised)
        share = ALL if chosen is means else share_of(target)
        rows.append(Row(target, calendar, budget(target), share))
    rows.sort(key=lambda row: row.share)
    if len({row.share for row in rows}) < len(rows):
        return promised_twice(agreement, promised)
    leg = Leg(agreement, tuple(rows), average=chosen is means)
    if not average or leg.average or len(rows) == 1 and leg.share == ALL:
        return leg
    if leg.share < ALL:
        return no_average(agreement, party, metric, priority, work)
    return _mean(leg)


def average_of(agreement: Agreement, metric: str, priority: str, services: Sequence[str] = ()) -> bool:
    """Whether what an agreement promises is an average alone."""
    held = holding(agreement, metric, priority, services)
    return bool(held) and all(target.statistic == AVERAGE for target in held)


def share_of(target: AgreementTarget) -> Fraction:
    """The share of cases that a target promises: all, where it names none."""
    return ALL if target.share_of_cases is None else Fraction(str(target.share_of_cases)) / 100


def _mean(leg: Leg) -> Leg:
    """The longest average that the rows of a leg allow: each share of cases as late as its row lets it be."""
    days = any(isinstance(row.budget, Days) for row in leg.rows)
    if days or len({row.calendar for row in leg.rows}) > 1:
        return replace(leg, rows=leg.rows[-1:])
    mean, before = Fraction(0), Fraction(0)
    for row in leg.rows:
        mean += (row.share - before) * row.budget
        before = row.share
    return Leg(leg.agreement, (leg.rows[-1]._replace(budget=-(-mean // 1)),), average=True)


def _alike(agreement: Agreement, priority: str) -> tuple[str, ...]:
    """The priorities whose targets hold for one, in the order in which they are looked for."""
    severities = {row.priority: row.severity for row in agreement.severities}
    severity = severities.get(priority)
    alike = (other for other in PRIORITIES if severity and severities.get(other) == severity)
    return tuple(dict.fromkeys((priority, *alike, "")))


def _side_by_side(legs: Iterable[Leg | None]) -> tuple[Branch, ...]:
    return tuple(dict.fromkeys((leg,) for leg in legs if leg))


def _begins(first: Stages, whole: Stages) -> bool:
    return whole[: len(first)] == first
