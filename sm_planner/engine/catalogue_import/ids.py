"""Names of a source → ids of a plan: each name its own id, the same from run to run, wherever its row stands.

Two names are the same if they differ in upper and lower case or in spaces only. Names that would become one id get
longer ones, or else a few digits that follow from the name (C++ → c-cedb1b); so do names in other scripts, of which no
letter is left. Nothing hangs on the order of the source, and so a new row gives nobody else's id away.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from sm_planner.engine.model.fields import KEY_LENGTH
from sm_planner.engine.model.values import slug

_LEAST_DIGITS = 6
"""Enough to tell a few hundred names apart without a longer id for any of them."""


def is_lossy(name: str) -> bool:
    """Whether an id made of a name lacks some of its letters or signs, and so cannot stand for it."""
    return slug(name) != key_of(name).replace(" ", "-")


def key_of(name: str) -> str:
    """What is equal for names that are the same."""
    return " ".join(unicodedata.normalize("NFC", name).lower().split())


def forms(name: str, marks: str) -> tuple[str, ...]:
    """A name from its shortest form to the whole: what stands behind the last of some marks, the last but one …"""
    starts = [at + 1 for at, character in enumerate(name) if character in marks]
    return (*(name[at:] for at in reversed(starts) if at < len(name)), name)


def ids_of(names: Mapping[str, tuple[str, ...]], word: str) -> dict[str, str]:
    """An id for each of the names.

    names: key → its forms, the shortest first. word: what ids begin with for names of which nothing is left. Where
    several would get one id, the name with the fewest forms keeps it, or the one that is written like it; if that does
    not tell them apart, none does. The others take their next form, and behind the last one digits.
    """
    step = dict.fromkeys(names, 0)
    ids = {key: _id(known, 0, word) for key, known in names.items()}
    while True:
        taken: dict[str, list[str]] = defaultdict(list)
        for key, id in ids.items():
            taken[id].append(key)
        crowded = [(id, keys) for id, keys in taken.items() if len(keys) > 1]
        if not crowded:
            return ids
        for id, keys in crowded:
            for key in _yielding(id, keys, names, step):
                step[key] += 1
                ids[key] = _id(names[key], step[key], word)


def _id(known: tuple[str, ...], step: int, word: str) -> str:
    """The id of a name after so many collisions."""
    made = slug(known[min(step, len(known) - 1)])
    digits = step - len(known) + 1 if made else step + 1
    if digits <= 0:
        return made
    name = hashlib.sha256(key_of(known[-1]).encode()).hexdigest()[: _LEAST_DIGITS - 1 + digits]
    return f"{(made or word)[: KEY_LENGTH - len(name) - 1]}-{name}"


def _yielding(
    id: str, keys: Collection[str], names: Mapping[str, tuple[str, ...]], step: Mapping[str, int]
) -> Iterable[str]:
    """Those of the names with one id that go on to another."""

    def rank(key: str) -> tuple[bool, int, bool]:
        return step[key] >= len(names[key]), len(names[key]), key != id

    first, second = sorted(map(rank, keys))[:2]
    return [key for key in keys if first == second or rank(key) != first]


class Known:
    """The records of a collection by the names that links may call them."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = frozenset(keys)
        self._loose: dict[str, list[str]] = defaultdict(list)
        for key in self._keys:
            self._loose[_loosely(key)].append(key)

    def find(self, name: str) -> list[str]:
        """Keys of the records that a name may mean: the one that is called so, or all that are written much like it."""
        key = key_of(name)
        return [key] if key in self._keys else sorted(self._loose.get(_loosely(key), ()))


def _loosely(key: str) -> str:
    """A key without what people write in different ways: hyphens, underscores, slashes, dots and spaces."""
    return re.sub(r"[\s\-_/.]+", "-", unicodedata.normalize("NFKC", key)).strip("-")
