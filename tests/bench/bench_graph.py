"""Benchmark of the graph beneath a plan: what rests on what, against networkx.

    python tests/bench/bench_graph.py

*Evaluate*: a compiled graph is given a value for each node and tells, for each node, what they come to with those
of all nodes beneath it. Two such jobs: the least number (the weakest figure beneath a service), and the union of
sets (the agreements beneath it). networkx keeps no order of its graph, so that it is timed twice: as one uses it,
with the order found each time, and with an order that was found before and kept. *Build and evaluate* starts
from lists of numbers, on both sides. Nothing is timed if an answer differs.
"""

from __future__ import annotations

import random
import sys
from math import prod

import networkx
import numpy as np
from harness import Timings, Verdicts, Way, print_setting, same

from sm_planner.engine.chain.graph import Graph, chosen
from sm_planner.engine.chain.graph_arrays import Levels

SEED = 20_270_101
SERVICES = 10_000
TOPS = 1_000
LARGE, EDGES = 100_000, 320_000
AGREEMENTS = 300
ESTATE = 500
"""Services depend on others of their estate, of so many services."""

Needs = list[list[int]]


def graph(nodes: int, edges: int, near: int = 40, estate: int = ESTATE) -> Needs:
    """A DAG in which each node needs later ones of its estate, ``near`` numbers away on average."""
    chance = random.Random(SEED)  # noqa: S311 - a graph, no secret
    needs: list[set[int]] = [set() for _ in range(nodes)]
    left = edges
    while left:
        node = chance.randrange(nodes)
        last = min(node - node % estate + estate, nodes)
        needed = node + 1 + int(chance.expovariate(1 / near))
        if needed < last and needed not in needs[node]:
            needs[node].add(needed)
            left -= 1
    return [sorted(found) for found in needs]


def in_networkx(needs: Needs) -> networkx.DiGraph:
    made = networkx.DiGraph()
    made.add_nodes_from(range(len(needs)))
    made.add_edges_from((node, needed) for node, found in enumerate(needs) for needed in found)
    return made


def order_of(made: networkx.DiGraph) -> list[int]:
    return list(reversed(list(networkx.topological_sort(made))))


def unions_of(made: networkx.DiGraph, order: list[int], own: list[int]) -> list[int]:
    """The union of the sets beneath each node, by networkx."""
    unions = list(own)
    for node in order:
        for needed in made.successors(node):
            unions[node] |= unions[needed]
    return unions


def least_of(made: networkx.DiGraph, order: list[int], own: list[int]) -> list[int]:
    """The least number beneath each node, by networkx."""
    least = list(own)
    for node in order:
        for needed in made.successors(node):
            if least[needed] < least[node]:
                least[node] = least[needed]
    return least


def shared_parts(verdicts: Verdicts) -> None:
    """The product over all parts beneath a service, each once, for a thousand services."""
    needs = graph(SERVICES, 32_000, near=SERVICES // 20, estate=SERVICES)
    made, tops = in_networkx(needs), range(0, SERVICES, SERVICES // TOPS)
    chance = random.Random(SEED)  # noqa: S311 - figures, no secret
    shares = tuple(
        chance.choice((0.5, 1.0, 1.0, 1.0)) for _ in needs
    )  # whose products are exact in any order

    def ours() -> list[float]:
        sets = Graph(needs).unions([1 << node for node in range(SERVICES)])
        return [prod(chosen(shares, sets[top])) for top in tops]

    def theirs() -> list[float]:
        get = shares.__getitem__
        return [shares[top] * prod(map(get, networkx.descendants(made, top))) for top in tops]

    sizes = sum(bits.bit_count() for bits in Graph(needs).unions([1 << node for node in range(SERVICES)]))
    print(f"\nshared parts beneath {TOPS:,} of {SERVICES:,} services, {sizes // SERVICES:,} each on average")
    same("products", ours(), theirs())
    timings = Timings(
        SEED,
        Way("ours, sets as integers", TOPS, ours),
        Way("ours again (A/A)", TOPS, ours),
        Way("networkx descendants", TOPS, theirs),
    )
    timings.print("service")
    ratio = timings.ratio("networkx descendants", "ours, sets as integers")
    verdicts.at_least("shared parts, networkx to ours", ratio, 10, 25)


def evaluations(verdicts: Verdicts) -> None:
    needs = graph(LARGE, EDGES)
    made, compiled = in_networkx(needs), Levels(needs)
    order = order_of(made)
    chance = np.random.default_rng(SEED)
    numbers = chance.integers(0, LARGE, LARGE)
    plain_numbers = numbers.tolist()
    sets = [1 << node % AGREEMENTS for node in range(LARGE)]
    words = in_words(sets)
    jobs = (
        ("least number", np.minimum, numbers, least_of, plain_numbers),
        (f"set of {AGREEMENTS} agreements", np.bitwise_or, words, unions_of, sets),
    )
    for what, join, own, theirs, plain in jobs:
        print(f"\n{what} beneath each of {LARGE:,} services, {EDGES:,} dependencies")
        expected = theirs(made, order, plain)
        found = compiled.over(join, own)
        same(what, found if own is numbers else in_integers(found), expected)
        if own is words:
            same("unions of integers", Graph(needs).unions(sets), expected)
        timings = Timings(
            SEED,
            Way("ours, evaluate", 1, lambda join=join, own=own: compiled.over(join, own)),
            Way("ours again (A/A)", 1, lambda join=join, own=own: compiled.over(join, own)),
            Way("ours, build and evaluate", 1, lambda join=join, own=own: Levels(needs).over(join, own)),
            Way("ours, sets as integers, build too", 1, lambda: Graph(needs).unions(sets)),
            Way("networkx, evaluate", 1, lambda of=theirs, plain=plain: of(made, order_of(made), plain)),
            Way(
                "networkx, evaluate in a kept order", 1, lambda of=theirs, plain=plain: of(made, order, plain)
            ),
            Way("networkx, build and evaluate", 1, lambda of=theirs, plain=plain: built(needs, of, plain)),
        )
        timings.print("graph")
        ratio = timings.ratio("networkx, evaluate", "ours, evaluate")
        verdicts.at_least("evaluate, networkx to ours", ratio, 25, 85 if own is numbers else None)
        ratio = timings.ratio("networkx, evaluate in a kept order", "ours, evaluate")
        print(f"  {'evaluate in a kept order, to ours':<40} {ratio}")
        ratio = timings.ratio("networkx, build and evaluate", "ours, build and evaluate")
        verdicts.at_least("build and evaluate, networkx to ours", ratio, 6, 20)


def built(needs: Needs, theirs, own: list[int]) -> list[int]:
    made = in_networkx(needs)
    return theirs(made, order_of(made), own)


def in_words(sets: list[int]) -> np.ndarray:
    """Sets of agreements as words of 64 bits, a row a node."""
    size = -(-AGREEMENTS // 64) * 8
    return np.frombuffer(b"".join(bits.to_bytes(size, "little") for bits in sets), "<u8").reshape(
        len(sets), -1
    )


def in_integers(words: np.ndarray) -> list[int]:
    return [int.from_bytes(row.tobytes(), "little") for row in words]


def main() -> int:
    verdicts = Verdicts()
    print_setting(SEED, "networkx", "numpy", services=SERVICES, large=LARGE, dependencies=EDGES)
    shared_parts(verdicts)
    evaluations(verdicts)
    print(f"\n{verdicts.missed} gates missed")
    return verdicts.missed


if __name__ == "__main__":
    sys.exit(main())
