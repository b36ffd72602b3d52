"""Records by what people call them: a title, or an id, leads to one record or is refused with the nearest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sm_planner.engine.model import COLLECTIONS
from sm_planner.engine.model.values import ValueProblem, folded
from sm_planner.engine.reading.problems import Suggestions
from sm_planner.engine.texts import N_, Text, say


class Wanted(str):
    """The title of a record that is not there yet, in the place of its id."""

    collection: str

    def __new__(cls, title: str, collection: str) -> Wanted:
        wanted = super().__new__(cls, title)
        wanted.collection = collection
        return wanted


Titles = Mapping[str, Mapping[str, str]]
"""Collection → id → title."""


class Names:
    """The records that a cell can name: those of the plan first, then others that several plans can share."""

    def __init__(self, inside: Titles, outside: Titles) -> None:
        self._rooms = (_Room(inside), _Room(outside))
        self._suggestions = Suggestions()

    def find(self, collection: str, written: str, *, makes: bool = False) -> str:
        """The id of the record that is called so. Raises ValueProblem where there is none, or where several are.

        makes: whether a record of that title is wanted where there is none: see :class:`Wanted`.
        """
        for room in self._rooms:
            found = room.named(collection, written)
            if len(found) == 1:
                return found[0]
            if found:
                raise ValueProblem(
                    say(N_("Several are called “{0}”: {1}."), written, ", ".join(found)),
                    say(N_("Write the ID of the one that you mean.")),
                )
        if makes:
            return Wanted(written, collection)
        raise ValueProblem(
            say(N_("There is no {0} “{1}”."), Text(COLLECTIONS[collection].label), written),
            self._fix(collection, written),
        )

    def is_known(self, collection: str, written: str) -> bool:
        """Whether something is called so."""
        return any(room.named(collection, written) for room in self._rooms)

    def is_in_plan(self, collection: str, title: str) -> bool:
        """Whether the plan has a record of that title already."""
        return bool(self._rooms[0].titled(collection, title))

    def _fix(self, collection: str, written: str) -> Text:
        titles = [title for room in self._rooms for title in room.titles(collection)]
        if meant := self._suggestions.closest(written, titles):
            return say(N_("Did you mean “{0}”?"), meant)
        if not titles:
            return say(N_("Add it first, or leave the cell empty."))
        return say(N_("Choose one from the list."))


class _Room:
    def __init__(self, titles: Titles) -> None:
        self._titles = titles
        self._by_title: dict[str, dict[str, list[str]]] = {}

    def named(self, collection: str, written: str) -> list[str]:
        return [written] if written in self._titles.get(collection, {}) else self.titled(collection, written)

    def titled(self, collection: str, title: str) -> list[str]:
        if collection not in self._by_title:
            self._by_title[collection] = _by_title(self._titles.get(collection, {}).items())
        return self._by_title[collection].get(folded(title), [])

    def titles(self, collection: str) -> list[str]:
        return [title for title in self._titles.get(collection, {}).values() if title]


def _by_title(records: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found = defaultdict(list)
    for id, title in records:
        found[folded(title)].append(id)
    return found
