"""RACI: our arrays against polars, pandas and dictionaries.

    python tests/bench/bench_raci.py

A million letters as codes, in no order: which cells lack exactly one A or an R, in how many cells each person
is accountable, responsible or named, and the matrix itself by roles and cells. The peers start with frames of
the same codes, the dictionaries with tuples. Ends with an error if an answer differs or a gate is missed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
import polars as pl
from harness import Timings, Verdicts, Way, print_setting, same

from sm_planner.engine.raci_arrays import A, C, I, Letters, R, counts, loads, pivot

SEED = 20_260_102
LETTERS = 1_000_000
PER_CELL = 5
ROLES, PEOPLE = 60, 50

OURS, FLOOR = "our arrays", "one pass over the letters (limit)"


class Answer(NamedTuple):
    """gaps: the cells without exactly one A, and those without an R. loads: by person. matrix: by any means."""

    gaps: tuple[np.ndarray, np.ndarray]
    loads: list[tuple[int, int, int]]
    matrix: object


def main() -> int:
    print_setting(SEED, "numpy", "polars", "pandas", letters=LETTERS, roles=ROLES, people=PEOPLE)
    letters, held = drawn(LETTERS // PER_CELL)
    verdicts = Verdicts()
    ways = {
        OURS: lambda: ours(letters, held),
        "our arrays again (A/A)": lambda: ours(letters, held),
        "polars": polars_way(letters, held),
        "pandas": pandas_way(letters, held),
        "dictionaries": dictionary_way(letters, held),
    }
    expected = list(plain(ways["dictionaries"](), letters))
    for name, run in ways.items():
        same(name, plain(run(), letters), expected)
    timings = Timings(
        SEED,
        Way(FLOOR, LETTERS, lambda: letters.cell + letters.role + letters.letter),
        *(Way(name, LETTERS, run) for name, run in ways.items()),
    )
    timings.print("letter")
    verdicts.at_least("checks, loads and matrix, polars to ours", timings.ratio("polars", OURS), 5, 12)
    growth(held)
    print(f"\n{verdicts.missed} gates missed")
    return verdicts.missed


def drawn(cells: int) -> tuple[Letters, list[list[int]]]:
    """Letters of five roles in each cell, and the roles of each person; some people have two, and share one."""
    draw = np.random.default_rng(SEED)
    role = np.argpartition(draw.random((cells, ROLES), np.float32), PER_CELL, axis=1)[:, :PER_CELL]
    letter = draw.choice(np.array([R, A, A | R, C, I], np.uint8), (cells, PER_CELL))
    order = draw.permutation(cells * PER_CELL)
    cell = np.repeat(np.arange(cells, dtype=np.int32), PER_CELL)
    columns = (column.ravel()[order] for column in (cell, role.astype(np.int32), letter))
    held = [[person, (person * 7 + 1) % ROLES] if person % 3 else [person] for person in range(PEOPLE)]
    return Letters(*columns, cells, ROLES), held


def ours(letters: Letters, held: list[list[int]]) -> Answer:
    counted = counts(letters)
    matrix = pivot(letters)
    gaps = np.flatnonzero(counted.accountable != 1), np.flatnonzero(counted.responsible == 0)
    carried = [(load.accountable, load.responsible, load.cells) for load in loads(matrix, held)]
    return Answer(gaps, carried, matrix)


def polars_way(letters: Letters, held: list[list[int]]):
    frame = pl.DataFrame({"cell": letters.cell, "role": letters.role, "letter": letters.letter})
    roles = pl.DataFrame(dict(zip(("person", "role"), holdings(held), strict=True)))
    is_a, is_r = pl.col("letter") & A != 0, pl.col("letter") & R != 0

    def run() -> Answer:
        of_cell = frame.group_by("cell").agg(a=is_a.sum(), r=is_r.sum())
        no_a = of_cell.filter(pl.col("a") != 1)["cell"].sort().to_numpy()
        no_r = of_cell.filter(pl.col("r") == 0)["cell"].sort().to_numpy()
        mine = frame.join(roles, on="role").group_by("person", "cell").agg(a=is_a.any(), r=is_r.any())
        carried = mine.group_by("person").agg(pl.col("a").sum(), pl.col("r").sum(), pl.len()).sort("person")
        return Answer(
            (no_a, no_r), carried.drop("person").rows(), frame.pivot("role", index="cell", values="letter")
        )

    return run


def pandas_way(letters: Letters, held: list[list[int]]):
    frame = pd.DataFrame({"cell": letters.cell, "role": letters.role, "letter": letters.letter})
    roles = pd.DataFrame(dict(zip(("person", "role"), holdings(held), strict=True)))

    def run() -> Answer:
        flags = frame.assign(a=(frame["letter"] & A) != 0, r=(frame["letter"] & R) != 0)
        of_cell = flags.groupby("cell")[["a", "r"]].sum()
        no_a = of_cell.index[of_cell["a"] != 1].to_numpy()
        no_r = of_cell.index[of_cell["r"] == 0].to_numpy()
        mine = flags.merge(roles, on="role").groupby(["person", "cell"])[["a", "r"]].any()
        carried = mine.groupby("person").agg(a=("a", "sum"), r=("r", "sum"), cells=("a", "size"))
        matrix = frame.pivot(index="cell", columns="role", values="letter")
        return Answer((no_a, no_r), list(carried.itertuples(index=False, name=None)), matrix)

    return run


def dictionary_way(letters: Letters, held: list[list[int]]):
    rows = list(zip(letters.cell.tolist(), letters.role.tolist(), letters.letter.tolist(), strict=True))
    people: dict[int, list[int]] = {}
    for person, role in zip(*(column.tolist() for column in holdings(held)), strict=True):
        people.setdefault(role, []).append(person)

    def run() -> Answer:
        matrix: dict[int, dict[int, int]] = {}
        for cell, role, letter in rows:
            matrix.setdefault(cell, {})[role] = letter
        no_a, no_r, carried = [], [], [[0, 0, 0] for _ in held]
        for cell in sorted(matrix):
            of_person: dict[int, int] = {}
            for role, letter in matrix[cell].items():
                for person in people.get(role, ()):
                    of_person[person] = of_person.get(person, 0) | letter
            for person, bits in of_person.items():
                carried[person][0] += bits & A != 0
                carried[person][1] += bits & R != 0
                carried[person][2] += 1
            if sum(letter & A != 0 for letter in matrix[cell].values()) != 1:
                no_a.append(cell)
            if not any(letter & R for letter in matrix[cell].values()):
                no_r.append(cell)
        return Answer((np.array(no_a), np.array(no_r)), [tuple(parts) for parts in carried], matrix)

    return run


def holdings(held: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
    """Person and role of each holding."""
    person = np.repeat(np.arange(len(held), dtype=np.int32), [len(roles) for roles in held])
    return person, np.concatenate(held).astype(np.int32)


def plain(answer: Answer, letters: Letters) -> Iterator[object]:
    """The answer in one form, whoever gave it: gaps, loads, and the letter of each row looked up."""
    for gaps in answer.gaps:
        yield gaps.tolist()
    yield [tuple(map(int, parts)) for parts in answer.loads]
    matrix = answer.matrix
    if isinstance(matrix, pl.DataFrame):
        matrix = matrix.sort("cell").select(str(role) for role in range(ROLES)).to_numpy().T
    elif isinstance(matrix, pd.DataFrame):
        matrix = matrix.sort_index().to_numpy().T
    elif isinstance(matrix, dict):
        looked_up = np.zeros((letters.roles, letters.cells), np.uint8)
        for cell, row in matrix.items():
            looked_up[list(row), cell] = list(row.values())
        matrix = looked_up
    yield np.nan_to_num(matrix.astype(float)).astype(np.uint8).tobytes()


def growth(held: list[list[int]]) -> None:
    few, many = drawn(LETTERS // PER_CELL // 4)[0], drawn(LETTERS // PER_CELL)[0]
    timings = Timings(SEED, Way("N", 1, lambda: ours(few, held)), Way("4N", 1, lambda: ours(many, held)))
    print(f"\n  time(4N) / time(N), 4N = a million         {timings.ratio('4N', 'N')}")


if __name__ == "__main__":
    sys.exit(main())
