"""What a service rests on, through services that it depends on: each part once, however many ways lead to it.

Nodes are numbers. A set of parts is one large integer, with a bit for each part, so that uniting two sets of
ten thousand parts takes about a microsecond.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import compress
from typing import TYPE_CHECKING, TypeVar

from sm_planner.engine.circles import circles

if TYPE_CHECKING:
    from sm_planner.engine.chain.graph_arrays import Levels

T = TypeVar("T")

_BITS = bytes.maketrans(b"01", b"\x00\x01")


LARGE = 5_000
"""Nodes from which on figures are worth the arrays of NumPy."""


class Graph:
    """What rests on what. The order in which nodes can be looked at is found once."""

    def __init__(self, needs: Sequence[Sequence[int]]) -> None:
        """needs: node → nodes, circles or not."""
        self.needs = needs

    def unions(self, own: Sequence[int]) -> list[int]:
        """For each node the union of its own set with those of all nodes that it needs, over however many steps.

        own: node → bit set. Nodes that need each other in a circle get the same set. Takes one visit to each node
        and one union for each need.
        """
        found = list(own)
        for item in self._order:
            members = item if isinstance(item, tuple) else (item,)
            union = 0
            for node in members:
                union |= own[node]
                for needed in self.needs[node]:
                    union |= found[needed]
            for node in members:
                found[node] = union
        return found

    def least(self, own: Sequence[int]) -> list[int]:
        """For each node the least of its own number and those of all nodes that it needs, over however many steps."""
        if len(own) >= LARGE:
            return self._least_by_arrays(own)
        found = list(own)
        for item in self._order:
            members = item if isinstance(item, tuple) else (item,)
            least = min(min([own[node], *(found[needed] for needed in self.needs[node])]) for node in members)
            for node in members:
                found[node] = least
        return found

    def _least_by_arrays(self, own: Sequence[int]) -> list[int]:
        import numpy as np

        return self.levels.over(np.minimum, np.array(own, np.int64)).tolist()

    @cached_property
    def levels(self) -> Levels:
        """The graph as NumPy evaluates it."""
        from sm_planner.engine.chain.graph_arrays import Levels

        return Levels(self.needs)

    @cached_property
    def _order(self) -> list[int | tuple[int, ...]]:
        """Each node after all that it needs; those of a circle together."""
        return [tuple(members) if len(members) > 1 else members[0] for members in circles(self.needs)]


def chosen(items: Sequence[T], bits: int) -> Iterator[T]:
    """Those of the items whose bit is set, in their order; the first item has the lowest bit."""
    lowest = (bits & -bits).bit_length() - 1 if bits else 0
    flags = f"{bits >> lowest:b}".encode().translate(_BITS)
    return compress(items[lowest : bits.bit_length()], reversed(flags))
