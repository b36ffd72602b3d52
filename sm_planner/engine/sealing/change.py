"""One difference between two versions of a plan's content, and how it is told in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sm_planner.engine.model import COLLECTIONS, AgreementTarget, Plan
from sm_planner.engine.model.fields import Spec, specs
from sm_planner.engine.model.values import words_of
from sm_planner.engine.texts import N_, Text, listed, say

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
WEAKER, STRONGER = "weaker", "stronger"


@dataclass(frozen=True)
class Change:
    """One difference. field is empty where a whole record came or went; old and new are texts.

    row: the row of the field that differs, by its name, and part: which field of it; part is empty for the figure of
    a service level target. trend: whether a target became weaker or stronger, where that can be told.
    """

    kind: str
    collection: str
    id: str
    title: str
    field: str = ""
    old: str = ""
    new: str = ""
    row: str = ""
    part: str = ""
    trend: str = ""

    @property
    def text(self) -> Text:
        """The change in plain words."""
        what = (Text(_record_label(self.collection)), self.title or self.id)
        if not self.field:
            return say(N_("{0} {1} was added.") if self.kind == ADDED else N_("{0} {1} was removed."), *what)
        place, old, new = self._place, self._value(self.old), self._value(self.new)
        if self.kind == ADDED:
            return say(N_("{0} {1}: {2} now has “{3}”."), *what, place, new)
        if self.kind == REMOVED:
            return say(N_("{0} {1}: {2} no longer has “{3}”."), *what, place, old)
        if self.old == self.new:
            return say(N_("{0} {1}: {2} is in another order."), *what, place)
        if self.row and not self.part:
            return say(_FIGURE_CHANGED[self.trend], *what, place, _terms(self.old), _terms(self.new))
        return say(N_("{0} {1}: {2} was “{3}” and is “{4}”."), *what, place, old, new)

    @property
    def _place(self) -> str | Text:
        """What differs: a field; a part of one of its rows; or a target, which is known by its own name."""
        spec = spec_of(self.collection, self.field)
        field = Text(spec.label) if spec else self.field
        if not self.row:
            return field
        row = (
            _terms(self.row)
            if spec.row is AgreementTarget
            else Text("{0} “{1}”", (field, _row_words(spec, self.row)))
        )
        return listed((row, _part_label(spec.row, self.part))) if self.part else row

    def _value(self, value: str) -> str | date | Text:
        """An old or new value as a reader knows it: a day, or an option in the reader's language."""
        spec = spec_of(self.collection, self.field)
        if spec and spec.row and not self.part:
            return _row_words(spec, value)
        if spec and spec.row:
            spec = specs(spec.row).get(self.part)
        if spec and value and spec.kind == "date":
            return date.fromisoformat(value)
        return Text(value) if spec and value in spec.choices else value

    def as_dict(self) -> dict[str, str]:
        return {
            "kind": self.kind,
            "collection": self.collection,
            "id": self.id,
            "title": self.title,
            "field": self.field,
            "row": self.row,
            "part": self.part,
            "old": self.old,
            "new": self.new,
            "trend": self.trend,
            "text": str(self.text),
        }


_FIGURE_CHANGED = {
    WEAKER: N_("{0} {1}: {2} was {3} and is {4}, weaker."),
    STRONGER: N_("{0} {1}: {2} was {3} and is {4}, stronger."),
    "": N_("{0} {1}: {2} was {3} and is {4}."),
}


def _record_label(collection: str) -> str:
    if collection == "plan":
        return "Plan"
    return COLLECTIONS[collection].label if collection in COLLECTIONS else collection


def _part_label(row_class: type, part: str) -> str | Text:
    spec = specs(row_class).get(part)
    return Text(spec.label) if spec else part


def _row_words(spec: Spec, row: str) -> Text:
    """A row, which its first value names, with the words of that value in its place."""
    first = next(iter(specs(spec.row).values()))
    value, *rest = row.split(", ", 1)
    return listed((words_of(first, value), *rest))


def _terms(words: str) -> Text:
    """The name or figure of a target, which is made of terms, such as "4 Hours"."""
    return listed(map(Text, words.split(" ")), " ")


def spec_of(collection: str, field: str) -> Spec | None:
    """What the model knows of a field; None for one that it no longer has."""
    if collection == "plan":
        return specs(Plan).get(field)
    return specs(COLLECTIONS[collection].record).get(field) if collection in COLLECTIONS else None
