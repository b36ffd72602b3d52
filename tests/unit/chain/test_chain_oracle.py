"""Random agreements beside the oracle in ``tests/oracles``, which can be run for as many as one likes."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from chain_oracle import Row, compare, differences, flow, judged, made, worst_of_all


def test_verdicts_are_those_of_the_oracle():
    counts, found = compare(200, seed=13)
    assert found == []
    assert {kind.partition(":")[0] for kind in counts} >= {"all cases", "average", "shares"}
    assert all(counts[kind] > 10 for kind in ("both readings", "in days", "several zones"))


@pytest.mark.parametrize("seed", ["2-1022", "2-1281"])
def test_agreements_that_once_were_judged_otherwise(seed):
    """Limits of each case side by side under an average; a row that is to hold for more cases than one in other hours."""
    chance = random.Random(seed)  # noqa: S311 - an experiment, no secret
    chain = made(chance)
    assert list(differences(chain, judged(chain), chance)) == []


@pytest.mark.parametrize(
    ("first", "second", "late", "together"),
    [
        # Both leave a tenth open. Whatever is open on one side is late, and they need not be the same cases.
        ([90, 10], [90, 10], {(0, 1), (1, 0), (1, 1)}, 20),
        # Two rows each: late are the slow with the slow. Makarov's bound is reached by coupling slow with slow.
        ([50, 50], [60, 40], {(1, 1)}, 40),
        ([50, 30, 20], [50, 30, 20], {(0, 2), (1, 1), (1, 2), (2, 0), (2, 1), (2, 2)}, 70),
    ],
)
def test_the_most_that_can_be_late_together_is_a_flow(first, second, late, together):
    masses = [[Fraction(part, 100) for part in parts] for parts in (first, second)]
    assert flow(*masses, lambda one, other: (one, other) in late) == Fraction(together, 100)


def test_for_two_legs_no_greater_share_is_certain_than_by_the_best_choice_of_rows():
    chance = random.Random(5)  # noqa: S311 - an experiment, no secret
    seen = 0
    for _ in range(400):
        legs = [_rows(chance), _rows(chance)]
        due = chance.randrange(2, 40)
        in_time = {
            (one, other)
            for one in range(len(legs[0]))
            for other in range(len(legs[1]))
            if legs[0][one].length + legs[1][other].length <= due
        }
        best = max((legs[0][one].share + legs[1][other].share - 1 for one, other in in_time), default=0)
        assert worst_of_all(legs, in_time) == max(best, 0)
        seen += 0 < best < 1
    assert seen > 50


def _rows(chance: random.Random) -> list[Row]:
    shares = sorted(chance.sample(range(40, 100), chance.choice((2, 3))))
    halves = sorted(chance.randrange(1, 20) for _ in shares)
    return [Row(0, half, Fraction(share, 100)) for half, share in zip(halves, shares, strict=True)]
