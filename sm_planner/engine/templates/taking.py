"""What is taken from a template into a plan, and what is there already and is used instead.

A record of the plan that has the title of one of the template is used in its place: it stays as it is, and is not marked. A
process that has RACI letters already keeps them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sm_planner.engine.model import COLLECTIONS, Plan
from sm_planner.engine.model.fields import Spec, specs
from sm_planner.engine.model.values import folded, id_from
from sm_planner.engine.rhythm.months import months_after
from sm_planner.engine.templates.library import PLAN_OWNER, SPONSOR, TAKEN, YEAR, ZONE

NewId = Callable[[str, str, Collection[str]], str]
"""Collection, title and ids that are taken there → a new id."""

RACI, PROCESSES = "raci", "processes"
WHOLE = (RACI, "agreements")
"""Collections whose records say nothing true without all that they name: it comes along with them."""
PLAN_FIELDS = ("provider_type", "review_rhythm")
"""Fields of the plan itself that a template fills where they are empty."""


@dataclass(frozen=True)
class Piece:
    """What can be chosen of a template: a record, or the RACI letters of a process, which go by its id.

    letters: how many letters, of the RACI. there: whether the plan has it already. needs: the pieces that come along with it.
    """

    collection: str
    id: str
    title: str
    letters: int = 0
    there: bool = False
    needs: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        return self.collection, self.id


@dataclass(frozen=True)
class Taken:
    """A plan with what was taken. added, used: collection → the records that came, and those that were there instead."""

    plan: Plan
    added: dict[str, tuple[Any, ...]]
    used: dict[str, tuple[Any, ...]]


def pieces(content: Plan, plan: Plan) -> tuple[Piece, ...]:
    """What a template offers to a plan, in the order of the plan."""
    there = {collection: _by_title(plan, collection) for collection in TAKEN if collection != RACI}
    has_letters = _with_letters(plan)
    found = []
    for collection in TAKEN:
        if collection == RACI:
            found += _letters(content, there[PROCESSES], has_letters)
        else:
            for record in getattr(content, collection):
                is_there = folded(record.title) in there[collection]
                found.append(
                    Piece(
                        collection,
                        record.id,
                        record.title,
                        there=is_there,
                        needs=_needs(collection, (record,)),
                    )
                )
    return tuple(found)


def _letters(content: Plan, there: dict[str, Any], has_letters: set[str]) -> Iterator[Piece]:
    for process in content.processes:
        entries = tuple(entry for entry in content.raci if entry.process == process.id)
        known = there.get(folded(process.title))
        if entries:
            is_there = bool(known and known.id in has_letters)
            yield Piece(RACI, process.id, process.title, len(entries), is_there, _needs(RACI, entries))


def _needs(collection: str, records: Iterable[Any]) -> tuple[tuple[str, str], ...]:
    if collection not in WHOLE:
        return ()
    linked = (link for record in records for link in _links(record))
    return tuple(dict.fromkeys(link for link in linked if link[0] in TAKEN))


def _links(record: Any) -> Iterator[tuple[str, str]]:
    for name, spec in specs(type(record)).items():
        value = getattr(record, name)
        if spec.kind == "rows":
            for row in value:
                yield from _links(row)
        elif spec.kind in ("link", "links"):
            yield from ((spec.target, one) for one in (value if spec.kind == "links" else (value,)) if one)


def take(
    plan: Plan,
    content: Plan,
    title: str,
    chosen: Collection[tuple[str, str]] | None = None,
    new_id: NewId | None = None,
    zone: str = "",
    stand_in: bool = True,
) -> Taken:
    """The plan with the chosen pieces of a template, and what they need; with all of them, where chosen is None.

    title: of the template, which each new record bears until somebody has looked at it. zone: that of the site, for its
    calendars. stand_in: whether plan owner and sponsor stand in for those whom the organisation has not named yet.
    """
    offered = pieces(content, plan)
    wanted = with_needed(offered, [one.key for one in offered] if chosen is None else chosen)
    taking = _Taking(plan, content, title, wanted, new_id or _slug, zone or plan.zone, stand_in)
    return taking.taken()


def with_needed(offered: Iterable[Piece], wanted: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """The pieces that are wanted, as far as they are offered, and all that these need."""
    needs = {one.key: one.needs for one in offered}
    found, open_ = set(), list(wanted)
    while open_:
        key = open_.pop()
        if key in needs and key not in found:
            found.add(key)
            open_ += needs[key]
    return found


def _slug(collection: str, title: str, taken: Collection[str]) -> str:
    """An id as plan files have them: made from the title, or else the next of the series."""
    return id_from(title, taken.__contains__) or next(
        id
        for number in range(1, len(taken) + 2)
        if (id := f"{COLLECTIONS[collection].series}-{number:02}") not in taken
    )


def _by_title(plan: Plan, collection: str) -> dict[str, Any]:
    return {folded(record.title): record for record in reversed(getattr(plan, collection)) if record.title}


def _with_letters(plan: Plan) -> set[str]:
    return {entry.process for entry in plan.raci}


class _Taking:
    """One act of taking. ids: collection and id in the template → id in the plan; empty where it is not taken."""

    def __init__(
        self,
        plan: Plan,
        content: Plan,
        title: str,
        wanted: set[tuple[str, str]],
        new_id: NewId,
        zone: str,
        stand_in: bool,
    ):
        self.plan, self.content, self.title, self.wanted, self.zone = plan, content, title, wanted, zone
        self.ids: dict[tuple[str, str], str] = {}
        if stand_in:
            self.ids["people", PLAN_OWNER], self.ids["people", SPONSOR] = (
                plan.plan_owner,
                plan.executive_sponsor,
            )
        self.new: dict[str, list[Any]] = {}
        self.used: dict[str, list[Any]] = {}
        for collection in TAKEN:
            if collection != RACI:
                self._name(collection, new_id)

    def _name(self, collection: str, new_id: NewId) -> None:
        """Find what is there, and give ids to what comes."""
        there = _by_title(self.plan, collection)
        taken = set(self.plan.index[collection])
        for record in getattr(self.content, collection):
            is_wanted = (collection, record.id) in self.wanted
            if known := there.get(folded(record.title)):
                self.ids[collection, record.id] = known.id
                if is_wanted:
                    self.used.setdefault(collection, []).append(known)
            elif is_wanted:
                id = new_id(collection, record.title, taken)
                taken.add(id)
                self.ids[collection, record.id] = id
                self.new.setdefault(collection, []).append(record)

    def taken(self) -> Taken:
        added = {
            collection: tuple(self._made(record, id=self.ids[collection, record.id]) for record in records)
            for collection, records in self.new.items()
        }
        if letters := tuple(self._raci()):
            added[RACI] = letters
        own = {
            name: self._moved(spec, getattr(self.content, name))
            for name, spec in specs(Plan).items()
            if name in PLAN_FIELDS and not getattr(self.plan, name)
        }
        grown = {name: (*getattr(self.plan, name), *records) for name, records in added.items()}
        used = {name: tuple(records) for name, records in self.used.items()}
        noted = {
            "templates": tuple(dict.fromkeys((*self.plan.templates, *self.content.templates))),
            "taken_fields": tuple(dict.fromkeys((*self.plan.taken_fields, *filter(own.get, own)))),
        }
        return Taken(replace(self.plan, **own, **grown, **noted), added, used)

    def _raci(self) -> Iterator[Any]:
        has_letters = _with_letters(self.plan)
        for entry in self.content.raci:
            process = self.ids.get((PROCESSES, entry.process), "")
            if (RACI, entry.process) in self.wanted and process not in has_letters:
                yield self._made(entry)

    def _made(self, record: Any, **given: Any) -> Any:
        return replace(self._for_plan(record), taken_from=self.title, **given)

    def _for_plan(self, record: Any) -> Any:
        """A record, or a row, with links into the plan and days in its period."""
        declared = specs(type(record))
        return replace(
            record,
            **{
                name: self._moved(spec, getattr(record, name))
                for name, spec in declared.items()
                if spec.kind in ("link", "links", "rows", "date")
            },
            **({"timezone": self.zone} if getattr(record, "timezone", "") == ZONE else {}),
        )

    def _moved(self, spec: Spec, value: Any) -> Any:
        if spec.kind == "link":
            return self.ids.get((spec.target, value), "")
        if spec.kind == "links":
            return tuple(filter(None, (self.ids.get((spec.target, one), "") for one in value)))
        if spec.kind == "rows":
            return tuple(self._for_plan(row) for row in value if self._holds(row))
        return moved(value, self.plan) if spec.kind == "date" and value else value

    def _holds(self, row: Any) -> bool:
        """Whether what a row cannot do without is there."""
        return all(
            self.ids.get((spec.target, getattr(row, name)))
            for name, spec in specs(type(row)).items()
            if spec.kind == "link" and spec.required
        )


def moved(day: date, plan: Plan) -> date | None:
    """A day of :data:`~sm_planner.engine.templates.library.YEAR` in the period of a plan, counted from its start; no later than
    its end. None where the plan has no start."""
    start, end = plan.period_start, plan.period_end
    if start is None:
        return None
    months = (day.year - YEAR) * 12 + day.month - 1
    next_day = day + timedelta(days=1)
    if next_day.day == 1:  # the last of a month stays the last
        there = months_after(start, months + 1) - timedelta(days=1)
    else:
        there = months_after(start, months) + timedelta(days=day.day - 1)
    return min(there, end) if end else there
