"""How available a service is, given how available its parts are.

A service works while all parts that it needs work, and enough members of each of its groups. Parts fail
independently of each other, but for those that are promised as one: they are one unit, and work or fail together.
Whatever rests on a unit rests on the same unit: multiplying the availability of the services beneath would count
its failures more than once. So each unit that is needed anyway counts once,
and in groups the figure is worked out for each state of the units that occur at several places (Shannon's
expansion), the likeliest states first. Where there are too many states, the rest gives bounds, which hold
because a unit that works never harms.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from math import prod
from typing import NamedTuple

from sm_planner.engine.chain.structure import Group, Part, Structure
from sm_planner.engine.model import Service

MOST_STATES = 4096
"""States of shared parts that are looked at in groups which share parts with each other."""

MOST_PLACES = 2000
"""Places in groups that are written out; a part may stand at several."""

DEEPEST = 40
"""Groups within groups that are written out."""


class Unit(NamedTuple):
    """What works or fails as one: a part, or parts that are promised together.

    share: its availability as a share of 1, or None where nobody promises it.
    """

    key: Hashable
    share: float | None


UnitOf = Callable[[Part], Unit]


class Bounds(NamedTuple):
    """The availability as a share of 1 lies between them; they are equal where it is exact."""

    low: float
    high: float


def availability(service: Service, structure: Structure, unit_of: UnitOf) -> Bounds:
    """The availability of a service. A part without a figure may work always or never: bounds span both."""
    needs = structure.needs(service)
    sure = dict(map(unit_of, needs.parts))
    alone = _in_a_row(sure.values())
    if not needs.groups:
        return alone
    writer = _Writer(structure, unit_of, sure)
    try:
        trees = [writer.written(group, ()) for group in needs.groups]
    except _TooLargeError:  # whatever the groups, all parts together are enough
        everything = dict(map(unit_of, structure.beneath(service).parts))
        return Bounds(_in_a_row(everything.values()).low, alone.high)
    trees, together = _as_one_part(trees)
    shares = [_in_a_row(writer.shares[unit] for unit in units) for units in together]
    low = _all_work(trees, [share.low for share in shares])
    high = _all_work(trees, [share.high for share in shares])
    return Bounds(alone.low * low.low, alone.high * high.high)


def _in_a_row(figures: Iterable[float | None]) -> Bounds:
    """The availability of units that must all work."""
    figures = list(figures)
    known = prod(share for share in figures if share is not None)
    return Bounds(0.0 if None in figures else known, known)


class _Enough(NamedTuple):
    """``needed`` of the branches must work; a branch works if everything in it does."""

    needed: int
    branches: tuple[tuple[_Tree, ...], ...]


_Tree = int | _Enough
"""The number of a unit, or a group."""


class _TooLargeError(Exception):
    """The groups have more places than can be written out."""


class _Writer:
    """Writes groups out as trees, without the units that have to work in any case (``sure``, by their keys)."""

    def __init__(self, structure: Structure, unit_of: UnitOf, sure: Collection[Hashable]) -> None:
        self.shares: list[float | None] = []
        self._structure = structure
        self._unit_of = unit_of
        self._sure = sure
        self._numbers: dict[Hashable, int] = {}
        self._places = 0

    def written(self, group: Group, path: tuple[str, ...]) -> _Enough:
        """The group as a tree. path: services that are being written; back at one of them, nothing is added."""
        return _Enough(group.needed, tuple(self._branch(member, path) for member in group.members))

    def _branch(self, member: Part, path: tuple[str, ...]) -> tuple[_Tree, ...]:
        if not isinstance(member, Service):
            return self._leaves((member,))
        if member.id in path:
            return ()
        if len(path) == DEEPEST:
            raise _TooLargeError
        needs = self._structure.needs(member)
        below = (*path, member.id)
        return (*self._leaves(needs.parts), *(self.written(group, below) for group in needs.groups))

    def _leaves(self, parts: Sequence[Part]) -> tuple[int, ...]:
        self._places += len(parts) + 1
        if self._places > MOST_PLACES:
            raise _TooLargeError
        units = dict(map(self._unit_of, parts))
        return tuple(self._number(*unit) for unit in units.items() if unit[0] not in self._sure)

    def _number(self, key: Hashable, share: float | None) -> int:
        if key not in self._numbers:
            self._numbers[key] = len(self.shares)
            self.shares.append(share)
        return self._numbers[key]


def _as_one_part(trees: Sequence[_Enough]) -> tuple[list[_Enough], list[list[int]]]:
    """The trees with one number for all parts that stand in the same branches, and the parts of each number.

    Such parts only ever work or fail the branch together; so a service that many share is one part, not many.
    """
    branches = [branch for tree in trees for branch in _branches(tree)]
    standing: dict[int, list[int]] = {}
    for number, branch in enumerate(branches):
        for member in branch:
            if isinstance(member, int):
                standing.setdefault(member, []).append(number)
    together: dict[tuple[int, ...], list[int]] = {}
    for part, places in standing.items():
        together.setdefault(tuple(places), []).append(part)
    numbers = {parts[0]: number for number, parts in enumerate(together.values())}

    def renumbered(tree: _Enough) -> _Enough:
        return _Enough(
            tree.needed,
            tuple(
                tuple(
                    renumbered(member) if isinstance(member, _Enough) else numbers[member]
                    for member in branch
                    if isinstance(member, _Enough) or member in numbers
                )
                for branch in tree.branches
            ),
        )

    return [renumbered(tree) for tree in trees], list(together.values())


def _branches(tree: _Enough) -> Iterator[tuple[_Tree, ...]]:
    for branch in tree.branches:
        yield branch
        for member in branch:
            if isinstance(member, _Enough):
                yield from _branches(member)


def _all_work(trees: Sequence[_Enough], shares: list[float]) -> Bounds:
    """The probability that all trees work. shares: the availability of each part."""
    bounds = [_expanded(cluster, shares) for cluster in _clusters(trees)]
    return Bounds(prod(bound.low for bound in bounds), prod(bound.high for bound in bounds))


def _clusters(trees: Sequence[_Enough]) -> list[list[_Enough]]:
    """The trees, together with those that they share parts with."""
    clusters: list[tuple[set[int], list[_Enough]]] = []
    for tree in trees:
        parts, members = set(_places(tree)), [tree]
        apart = []
        for cluster in clusters:
            if parts.isdisjoint(cluster[0]):
                apart.append(cluster)
            else:
                parts |= cluster[0]
                members += cluster[1]
        clusters = [*apart, (parts, members)]
    return [members for _, members in clusters]


def _places(tree: _Tree) -> Iterator[int]:
    """The parts of a tree, each as often as it stands there."""
    if isinstance(tree, int):
        yield tree
        return
    for branch in tree.branches:
        for member in branch:
            yield from _places(member)


def _expanded(cluster: Sequence[_Enough], shares: list[float]) -> Bounds:
    """The probability that all trees of a cluster work, by the states of the parts that stand at several places."""
    standing = Counter(part for tree in cluster for part in _places(tree))
    shared = [part for part, places in standing.most_common() if places > 1]
    low = high = 0.0
    states: list[tuple[float, int, dict[int, float]]] = [(-1.0, 0, {})]  # likeliest first; then by age
    seen = 0
    while states:
        weight, _, state = heapq.heappop(states)
        worst, best = (_working(cluster, shares, state, shared, unknown) for unknown in (0.0, 1.0))
        seen += 1
        if worst == best or seen + len(states) >= MOST_STATES:
            low -= weight * worst
            high -= weight * best
            continue
        part = shared[len(state)]
        for up, share in ((1.0, shares[part]), (0.0, 1.0 - shares[part])):
            if share:
                heapq.heappush(states, (weight * share, seen * 2 + int(up), {**state, part: up}))
    return Bounds(low, high)


def _working(
    cluster: Sequence[_Enough],
    shares: list[float],
    state: Mapping[int, float],
    shared: Sequence[int],
    unknown: float,
) -> float:
    """The probability that all trees work in a state; shared parts that it leaves open are ``unknown``."""
    known = list(shares)
    for part in shared:
        known[part] = state.get(part, unknown)
    return prod(_share(tree, known) for tree in cluster)


def _share(tree: _Tree, shares: Sequence[float]) -> float:
    """The probability that a tree works in which no part that may fail stands at two places."""
    if isinstance(tree, int):
        return shares[tree]
    working = [1.0]  # the probabilities that 0, 1, 2 … of the branches work
    for branch in tree.branches:
        share = prod(_share(member, shares) for member in branch)
        working = [
            fails + works
            for fails, works in zip(
                [*(value * (1 - share) for value in working), 0.0],
                [0.0, *(value * share for value in working)],
                strict=True,
            )
        ]
    return sum(working[tree.needed :])
