"""What is written short on the map: people by their initials, services by their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sm_planner.engine.model import Person

_STYLES = ("dr", "prof", "mr", "mrs", "ms")


class Initials(dict[str, str]):
    """Person → the initials of first and last name, with a number where others have the same.

    Somebody who is not in the plan is known by the beginning of the id.
    """

    def __init__(self, people: Iterable[Person]):
        taken: dict[str, int] = {}
        for person in people:
            short = _initials(person.title or person.id)
            taken[short] = taken.get(short, 0) + 1
            self[person.id] = short if taken[short] == 1 else f"{short}{taken[short]}"

    def __missing__(self, id: str) -> str:
        return id[:3].upper()


def _initials(name: str) -> str:
    words = [
        word for word in name.replace("-", " ").split() if word.rstrip(".").casefold() not in _STYLES
    ] or [name]
    return "".join(word[0].upper() for word in ([words[0], words[-1]] if len(words) > 1 else words))


def ranges(numbers: Sequence[int]) -> str:
    """Ascending numbers, runs of three and more in short: 1, 3–5."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)
