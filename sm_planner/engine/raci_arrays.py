"""The RACI matrix as arrays: what :mod:`raci` and :mod:`raci_load` say, for a million letters at once.

A site can read letters as columns of codes without making a record of each. Cells, roles and people are
numbered from 0; letters are bits, so that AR is an A and an R. The answers are those of the plain modules.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sm_planner.engine.model import Plan
from sm_planner.engine.raci import effective
from sm_planner.engine.raci_load import Load

if TYPE_CHECKING:
    from numpy.typing import NDArray

R, A, C, I = 1, 2, 4, 8  # noqa: E741 - the four letters
BITS = {"R": R, "A": A, "AR": A | R, "C": C, "I": I}
"""Letter → its bits."""

CHUNK = 1 << 16
"""Cells that are looked at together, so that what is known of them stays in the cache."""


@dataclass(frozen=True, eq=False)
class Letters:
    """The letters of a matrix, one a row: role ``role[k]`` holds ``letter[k]`` (bits) in cell ``cell[k]``.

    Arrays of one length, rows in any order; a role holds at most one letter in a cell. cells, roles: how many
    there are, with those that hold nothing.
    """

    cell: NDArray[np.integer]
    role: NDArray[np.integer]
    letter: NDArray[np.uint8]
    cells: int
    roles: int


class Counts(NamedTuple):
    """For each cell, how many roles are accountable and how many are responsible."""

    accountable: NDArray[np.integer]
    responsible: NDArray[np.integer]


def letters_of(plan: Plan) -> Letters:
    """The effective letters of a plan, cells and roles in the order of the matrix and of the plan."""
    number = {role.id: position for position, role in enumerate(plan.roles)}
    cells = effective(plan).cells
    rows = [
        (position, number[held.role], BITS[held.letter])
        for position, cell in enumerate(cells)
        for held in cell.duties.letters
    ]
    cell, role, letter = np.array(rows, np.int32).reshape(-1, 3).T
    return Letters(cell, role, letter.astype(np.uint8), len(cells), len(number))


def pivot(letters: Letters) -> NDArray[np.uint8]:
    """The matrix itself: bits by role and cell, of shape (roles, cells)."""
    matrix = np.zeros((letters.roles, letters.cells), np.uint8)
    matrix.reshape(-1)[letters.role.astype(np.intp) * letters.cells + letters.cell] = letters.letter
    return matrix


def counts(letters: Letters) -> Counts:
    """How many hold the A and the R of each cell: rules RAC-01 and RAC-02 want exactly one and at least one."""
    return Counts(
        *(np.bincount(letters.cell[(letters.letter & bit) != 0], minlength=letters.cells) for bit in (A, R))
    )


def loads(matrix: NDArray[np.uint8], held: Sequence[Sequence[int]], shared: Sequence[int] = ()) -> list[Load]:
    """The load of each person, from the pivot of the letters.

    held: the roles of each person. shared: the roles that a team or a supplier fills as well.
    """
    totals = np.zeros((len(held), 4), np.int64)
    for first in range(0, matrix.shape[1], CHUNK):
        totals += _loads_of(matrix[:, first : first + CHUNK], held, shared)
    return [Load(*map(int, parts)) for parts in totals]


def _loads_of(
    matrix: NDArray[np.uint8], held: Sequence[Sequence[int]], shared: Sequence[int]
) -> NDArray[np.int64]:
    """The parts of Load, a row a person, in some cells."""
    totals = np.zeros((len(held), 4), np.int64)
    everybody = [_any_of(matrix, roles) for roles in held]
    workers = np.zeros(matrix.shape[1], np.int32)
    for mine in everybody:
        workers += mine & R
    single = (workers == 1) & ((_any_of(matrix, shared) & R) == 0)
    for total, mine in zip(totals, everybody, strict=True):
        parts = (mine & A) != 0, (mine & R) != 0, ((mine & (A | R)) == (A | R)) & single, mine
        total[:] = [np.count_nonzero(part) for part in parts]
    return totals


def _any_of(matrix: NDArray[np.uint8], roles: Sequence[int]) -> NDArray[np.uint8]:
    """What somebody who has all of the roles holds in each cell."""
    return np.bitwise_or.reduce(matrix[list(roles)], axis=0, dtype=np.uint8)
