"""Which of many branches decide: those of all parts of a plan, ranked once for a metric and a priority.

Of branches of one leg in the same calendar, only the longest can be the latest; and if its leg were shortened, only
the next. So of each calendar a service needs just the two longest legs that it has, however many parts it rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import islice

from sm_planner.engine.chain.legs import Branch, Leg
from sm_planner.engine.texts import Text


class Ranking:
    """Branches by number. A service has those whose bit is set in its bit set, the lowest bit for number 0."""

    def __init__(self, branches: Sequence[Sequence[Leg | Text]]) -> None:
        """A text in a branch stands for a leg that is missing."""
        self._gaps = 0
        self._single: dict[str, list[tuple[Leg, int]]] = {}
        self._longer: list[tuple[Branch, int]] = []
        for number, branch in enumerate(branches):
            legs = tuple(leg for leg in branch if isinstance(leg, Leg))
            bit = 1 << number
            if len(legs) < len(branch):
                self._gaps |= bit
            if len(legs) == 1:
                self._single.setdefault(legs[0].calendar, []).append((legs[0], bit))
            elif legs:
                self._longer.append((legs, bit))
        for ranked in self._single.values():
            ranked.sort(key=lambda found: -found[0].seconds)

    def gaps(self, bits: int) -> Iterator[int]:
        """The numbers of the branches in the set that lack a leg."""
        left = bits & self._gaps
        while left:
            lowest = left & -left
            yield lowest.bit_length() - 1
            left ^= lowest

    def deciding(self, bits: int, asked: Set[str]) -> Iterator[Branch]:
        """The branches in the set that can be the latest, also if one leg were shorter; without legs of agreements
        (ids) that were asked before."""
        for ranked in self._single.values():
            present = (leg for leg, bit in ranked if bits & bit and leg.agreement.id not in asked)
            yield from ((leg,) for leg in islice(_unrepeated(present), 2))
        for legs, bit in self._longer:
            if bits & bit and (left := tuple(leg for leg in legs if leg.agreement.id not in asked)):
                yield left


def _unrepeated(legs: Iterable[Leg]) -> Iterator[Leg]:
    seen: set[Leg] = set()
    for leg in legs:
        if leg not in seen:
            seen.add(leg)
            yield leg
