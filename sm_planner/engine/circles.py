"""Circles among things that need each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def circles(needs: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """The nodes in groups, each after all groups that it needs: most groups are single nodes, circles are one.

    These are the strongly connected components, found as by Tarjan (SIAM Journal on Computing 1, 1972), with a
    stack of our own in place of recursion.
    """
    count = len(needs)
    unseen = count + 1
    low = [unseen] * count  # the earliest open node that can be reached, 0 once the group is told
    trail: list[int] = []
    seen = 0
    for root in range(count):
        if low[root] != unseen:
            continue
        seen += 1
        low[root] = seen
        trail.append(root)
        stack = [(root, seen, iter(needs[root]))]
        while stack:
            node, number, rest = stack[-1]
            for needed in rest:
                if low[needed] == unseen:
                    seen += 1
                    low[needed] = seen
                    trail.append(needed)
                    stack.append((needed, seen, iter(needs[needed])))
                    break
                if 0 < low[needed] < low[node]:
                    low[node] = low[needed]
            else:
                stack.pop()
                if low[node] == number:
                    members = []
                    while not members or members[-1] != node:
                        members.append(trail.pop())
                        low[members[-1]] = 0
                    yield members
                elif stack:
                    parent = stack[-1][0]
                    low[parent] = min(low[parent], low[node])
