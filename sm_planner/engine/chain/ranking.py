"""Which of many branches decide: those of all parts of a plan, ranked once for a metric and a priority.

Of branches of one leg in the same calendar, in seconds or in days of one kind, only the longest can be the latest; and
if its leg were shortened, only the next. So of each calendar a service needs just the two longest legs that it has, however many parts it rests on.
Where shares of cases are promised, that holds for legs with the same shares, whose rows differ in the last at most.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence, Set
from itertools import islice

from sm_planner.engine.chain.gaps import Gap
from sm_planner.engine.chain.legs import ALL, Branch, Leg
from sm_planner.engine.service_time.days import Days


class Ranking:
    """Branches by number. A service has those whose bit is set in its bit set, the lowest bit for number 0."""

    def __init__(self, branches: Sequence[Sequence[Leg | Gap]]) -> None:
        """A gap in a branch stands for a leg that is missing."""
        self._gaps = 0
        self._legs: dict[int, Leg] = {}
        self._with_leg: dict[Leg, int] = {}
        self._longer: list[tuple[Branch, int]] = []
        as_long: dict[Hashable, dict[int, int]] = {}
        for number, branch in enumerate(branches):
            legs = tuple(leg for leg in branch if isinstance(leg, Leg))
            bit = 1 << number
            if len(legs) < len(branch):
                self._gaps |= bit
            if len(legs) == 1:
                (leg,) = legs
                self._legs[number] = leg
                self._with_leg[leg] = self._with_leg.get(leg, 0) | bit
                alike = as_long.setdefault(_likeness(leg), {})
                length = leg.budget.count if isinstance(leg.budget, Days) else leg.budget
                alike[length] = alike.get(length, 0) | bit
            elif legs:
                self._longer.append((legs, bit))
        # Of those that are alike, the branches that are equally long, the longest first.
        self._single = [
            [found[length] for length in sorted(found, reverse=True)] for found in as_long.values()
        ]

    def gaps(self, bits: int) -> Iterator[int]:
        """The numbers of the branches in the set that lack a leg."""
        left = bits & self._gaps
        while left:
            yield _lowest(left)
            left &= left - 1

    def deciding(self, bits: int, asked: Set[str]) -> Iterator[Branch]:
        """The branches in the set that can be the latest, also if one leg were shorter; without legs of agreements
        (ids) that were asked before."""
        for ranked in self._single:
            present = (leg for leg in self._longest(ranked, bits) if leg.agreement.id not in asked)
            yield from ((leg,) for leg in islice(present, 2))
        for legs, bit in self._longer:
            if bits & bit and (left := tuple(leg for leg in legs if leg.agreement.id not in asked)):
                yield left

    def _longest(self, ranked: Sequence[int], bits: int) -> Iterator[Leg]:
        """The legs in the set, each once, the longest first."""
        for alike in ranked:
            left = bits & alike
            while left:
                leg = self._legs[_lowest(left)]
                yield leg
                left &= ~self._with_leg[leg]


def _likeness(leg: Leg) -> Hashable:
    """Equal for legs of which only the longest can be the latest."""
    kind = leg.budget.business if isinstance(leg.budget, Days) else None
    if len(leg.rows) == 1:
        return leg.calendar, kind, leg.average, None if leg.share == ALL else leg.share
    return leg.calendar, kind, leg.share, tuple(row[1:] for row in leg.rows[:-1])


def _lowest(bits: int) -> int:
    """The number of the lowest bit that is set."""
    return (bits & -bits).bit_length() - 1
