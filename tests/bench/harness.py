"""What the benchmarks share: ways of doing the same work, timed side by side in one process.

A machine's speed drifts, so no absolute time is compared. In every round each way runs once, in a new
random order; what is reported is the median of the rounds' *ratios* and their spread. A way that is
timed twice under two names (A/A) shows how much of a ratio is noise.
"""

from __future__ import annotations

import platform
import random
import statistics
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from time import perf_counter

ROUNDS = 9
LEAST_SECONDS = 0.05
"""A way that is faster than this runs repeatedly in a round."""


@dataclass(frozen=True)
class Way:
    """One way of doing the work: ``run`` handles ``items`` items."""

    name: str
    items: int
    run: Callable[[], object]


@dataclass(frozen=True)
class Ratio:
    """How many times longer one way takes an item than another: median, least and most of the rounds."""

    median: float
    least: float
    most: float

    def __str__(self) -> str:
        return f"{self.median:,.1f}x ({self.least:,.1f} to {self.most:,.1f})"


class Timings:
    """Seconds an item of each way in each round."""

    def __init__(self, seed: int, *ways: Way) -> None:
        shuffle = random.Random(seed).shuffle  # noqa: S311 - an order, no secret
        repeats = {way.name: max(1, round(LEAST_SECONDS / _seconds(way, 1))) for way in ways}
        self._rounds: list[dict[str, float]] = []
        for _ in range(ROUNDS):
            order = list(ways)
            shuffle(order)
            self._rounds.append({way.name: _seconds(way, repeats[way.name]) / way.items for way in order})

    def ratio(self, slow: str, fast: str) -> Ratio:
        ratios = [seconds[slow] / seconds[fast] for seconds in self._rounds]
        return Ratio(statistics.median(ratios), min(ratios), max(ratios))

    def micros(self, name: str) -> float:
        """Median microseconds an item: for orientation, the ratios are what counts."""
        return statistics.median(seconds[name] for seconds in self._rounds) * 1e6

    def print(self, item: str) -> None:
        """A table of all ways, the fastest first."""
        names = sorted(self._rounds[0], key=self.micros)
        print(f"  {'way':<40} {'us/' + item:>12}   times the first")
        for name in names:
            print(f"  {name:<40} {self.micros(name):>12.5f}   {self.ratio(name, names[0])}")


@dataclass
class Verdicts:
    """Ratios beside their gates, which only a regression misses, and their goals."""

    missed: int = 0
    """Gates that were missed."""

    def at_most(self, what: str, ratio: Ratio, gate: float | None, goal: float | None) -> None:
        self._print(what, ratio, "<=", gate, goal, lambda limit: ratio.median <= limit)

    def at_least(self, what: str, ratio: Ratio, gate: float | None, goal: float | None) -> None:
        self._print(what, ratio, ">=", gate, goal, lambda limit: ratio.median >= limit)

    def _print(
        self,
        what: str,
        ratio: Ratio,
        sign: str,
        gate: float | None,
        goal: float | None,
        meets: Callable[[float], bool],
    ) -> None:
        limits = [
            f"{kind} {sign} {limit:,}x {'met' if meets(limit) else 'MISSED'}"
            for kind, limit in (("gate", gate), ("goal", goal))
            if limit is not None
        ]
        print(f"  {what:<40} {ratio!s:<34} {', '.join(limits)}")
        self.missed += gate is not None and not meets(gate)


def same(what: str, ours: object, expected: object) -> None:
    """Ends the benchmark, before any time is taken, if an answer differs from the oracle's."""
    if list(ours) != list(expected):
        wrong = [(a, b) for a, b in zip(ours, expected, strict=True) if a != b]
        sys.exit(f"{what}: {len(wrong)} answers differ from the oracle, e.g. {wrong[0]}; nothing is timed")


def print_setting(seed: int, *packages: str, **sizes: int) -> None:
    """Versions, sizes and seed: what it takes to run it again."""
    versions = [
        f"Python {platform.python_version()}",
        *(f"{name} {metadata.version(name)}" for name in packages),
    ]
    print(", ".join(versions), f"on {platform.machine()}")
    print(f"seed {seed},", ", ".join(f"{name} {size:,}" for name, size in sizes.items()), f"rounds {ROUNDS}")


def _seconds(way: Way, repeats: int) -> float:
    began = perf_counter()
    for _ in range(repeats):
        way.run()
    return (perf_counter() - began) / repeats
