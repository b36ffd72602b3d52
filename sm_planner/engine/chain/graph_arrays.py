"""What rests on what in a large plan, evaluated by NumPy: all nodes of one depth at a time.

``graph`` unites sets of parts of any size. This is for figures, one or a few numbers a node, of which a plan
with a hundred thousand nodes may be asked again and again.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np

from sm_planner.engine.circles import circles


class Levels:
    """A graph compiled once: its nodes in levels, so that whatever a node needs lies in a lower one."""

    def __init__(self, needs: Sequence[Sequence[int]]) -> None:
        """needs: node → nodes. Nodes that need each other in a circle are taken as one."""
        degree = np.fromiter(map(len, needs), np.int64, len(needs))
        needed = np.fromiter(chain.from_iterable(needs), np.int64)
        self._circles: _Circles | None = None
        levels = _levels(degree, needed)
        if levels is None:
            self._circles = _Circles(needs)
            levels = _levels(*self._circles.edges(degree, needed))
        self._levels = levels

    def over(self, join: np.ufunc, own: np.ndarray) -> np.ndarray:
        """For each node its own values joined with those of all nodes beneath it.

        own: by node, in one or more columns. join: a function for which it makes no difference how often a value
        comes in, such as ``numpy.minimum`` or ``numpy.bitwise_or``: many ways may lead to a node.
        """
        found = self._circles.joined(join, own) if self._circles else own.copy()
        for nodes, first, needed in reversed(self._levels):
            found[nodes] = join(found[nodes], join.reduceat(found[needed], first, axis=0))
        return found[self._circles.of_node] if self._circles else found


_Level = tuple[np.ndarray, np.ndarray, np.ndarray]
"""(nodes that need others, where the needs of each begin, needs)."""


def _levels(degree: np.ndarray, needed: np.ndarray) -> list[_Level] | None:
    """The levels from the top down, or None if there is a circle. needed: the needs of node 0, of node 1 …"""
    first = np.cumsum(degree) - degree
    above = np.bincount(needed, minlength=len(degree))
    levels = []
    ready, seen = np.flatnonzero(above == 0), 0
    while len(ready):
        seen += len(ready)
        nodes = ready[degree[ready] > 0]
        lengths = degree[nodes]
        starts = np.cumsum(lengths) - lengths
        edges = np.repeat(first[nodes] - starts, lengths)
        edges += np.arange(len(edges))
        beneath = needed[edges]
        if len(nodes):
            levels.append((nodes, starts, beneath))
        np.subtract.at(above, beneath, 1)
        ready = np.unique(beneath[above[beneath] == 0])
    return levels if seen == len(degree) else None


class _Circles:
    """The nodes of a graph in groups, those of a circle in one."""

    def __init__(self, needs: Sequence[Sequence[int]]) -> None:
        groups = list(circles(needs))
        self._size = np.fromiter(map(len, groups), np.int64, len(groups))
        self._members = np.fromiter(chain.from_iterable(groups), np.int64, len(needs))
        self.of_node = np.empty(len(needs), np.int64)
        self.of_node[self._members] = np.repeat(np.arange(len(groups)), self._size)

    def edges(self, degree: np.ndarray, needed: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """How many needs each group has outside itself, and which."""
        group, needed = np.repeat(self.of_node, degree), self.of_node[needed]
        outside = group != needed
        group, needed = group[outside], needed[outside]
        return np.bincount(group, minlength=len(self._size)), needed[np.argsort(group, kind="stable")]

    def joined(self, join: np.ufunc, own: np.ndarray) -> np.ndarray:
        """The values of the members of each group."""
        return join.reduceat(own[self._members], np.cumsum(self._size) - self._size, axis=0)
