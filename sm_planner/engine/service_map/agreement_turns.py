"""What becomes of the agreements of the boxes between the day of now and the last day of the plan: which begin, end, or are
followed by others.

An agreement belongs to the boxes of its counterparty, of the services and components that its scope names, and of the teams of
the supplier that it is with. What holds after one is of its kind and with its counterparty, and covers something of what it covers,
whether it says that it replaces it or not. Frames promise nothing themselves, and belong to no box.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import NamedTuple

from sm_planner.engine.agreements.coverage import place_words
from sm_planner.engine.agreements.families import promising
from sm_planner.engine.agreements.term import DRAFT, ENDED, TermState, ends_on, state_on
from sm_planner.engine.agreements.terms import PARTY, PARTY_COLLECTIONS, Scope, day_of_plan, in_force
from sm_planner.engine.model import Agreement, Plan
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.texts import N_, Text, listed, say

Record = tuple[str, str]
"""The collection and the id of what a box stands for."""

Part = tuple[str, str, str]
"""What of a scope: process, service and component, of which an empty one stands for all."""

_DAY = timedelta(days=1)
TOLD = 3
"""Agreements, or places, that a sentence names; the others are counted."""
_ANYWHERE = "*"
"""What all agreements are found by, whatever they cover; no id is written so."""


class Kind(str, Enum):
    """What becomes of an agreement. UNSURE: notice was given, and its terms do not tell when that ends it."""

    BEGINS = "Begins"
    ENDS = "Ends"
    FOLLOWED = "Followed"
    UNSURE = "Unsure"


class Turn(NamedTuple):
    """What becomes of an agreement. day: its last one, or its first if it begins; None where none is known, or where a
    version brings or takes it. text: that as a sentence, with what holds before or after it."""

    kind: Kind
    agreement: str
    day: date | None
    text: Text


class Days(NamedTuple):
    """The days that are compared. future: None where the plan names no last day that lies ahead."""

    now: date
    future: date | None


def days_compared(plan: Plan, before: Plan | None, today: date) -> Days:
    """The day of now, by the plan that tells how it is now, and the last day of the plan."""
    now = day_of_plan(before or plan, today)
    last = plan.period_end
    return Days(now, last if last and last > now else None)


def turns(plan: Plan, before: Plan | None, days: Days) -> dict[Record, tuple[Turn, ...]]:
    """What becomes of the agreements of each record, in the order of their days; records without any are left out.

    before: the plan that tells how it is now, where ``plan`` does not.
    """
    will = _Agreements(plan)
    compared = _Compared(_Agreements(before) if before else will, will, days)
    records = dict.fromkeys((*compared.was.of_record, *will.of_record))
    found = ((record, tuple(sorted(compared.of(record), key=_rank))) for record in records)
    return {record: told for record, told in found if told}


def _rank(turn: Turn) -> tuple[date, str]:
    return turn.day or date.min, turn.agreement


class _Agreements:
    """The agreements of a plan, as they hold. of_record: of each record, each with what of its scope is about it."""

    def __init__(self, plan: Plan):
        self.plan = plan
        self.by_id = {one.id: one for one in promising(plan)}
        self.of_record: dict[Record, dict[str, frozenset[Part]]] = {}
        self._scopes = {id: Scope.of(one) for id, one in self.by_id.items()}
        self._near: dict[tuple[str, str, str], list[Agreement]] = {}
        teams: dict[str, list[str]] = {}
        for team in plan.teams:
            if team.kind == "External" and team.supplier:
                teams.setdefault(team.supplier, []).append(team.id)
        for id, one in self.by_id.items():
            covered = self._scopes[id].covered
            for record, parts in _records(one, covered, teams):
                self.of_record.setdefault(record, {})[id] = parts
            for place in {_ANYWHERE, *_places(covered)}:
                self._near.setdefault((one.kind, _party(one), place), []).append(one)

    def meeting(self, agreement: Agreement, parts: frozenset[Part]) -> list[Agreement]:
        """The others of its kind with its counterparty that cover something of these parts; without parts, all of them."""
        places = _places(parts) if parts and all(part[1] or part[2] for part in parts) else {_ANYWHERE}
        near = {
            one.id: one
            for place in sorted({"", *places})
            for one in self._near.get((agreement.kind, _party(agreement), place), ())
        }
        return [one for one in near.values() if one.id != agreement.id and self._meets(one, parts)]

    def _meets(self, agreement: Agreement, parts: frozenset[Part]) -> bool:
        scope, asked = self._scopes[agreement.id], Scope(parts)
        return (
            not parts
            or any(asked.covers(*part) for part in scope.covered)
            or any(scope.covers(*part) for part in parts)
        )

    def holding(self, agreement: Agreement, parts: frozenset[Part], day: date) -> list[Agreement]:
        """Those of them that hold on a day."""
        return [one for one in self.meeting(agreement, parts) if in_force(one, day)]

    def left_out(self, parts: Iterable[Part], agreements: Iterable[Agreement]) -> list[Part]:
        """The parts that none of the agreements covers as a whole."""
        scope = Scope.of(*agreements)
        return [part for part in parts if not scope.covers(*part)]


def _records(
    agreement: Agreement, covered: frozenset[Part], teams: dict[str, list[str]]
) -> Iterator[tuple[Record, frozenset[Part]]]:
    """The records to whose boxes an agreement belongs, each with what of the scope is about it."""
    for collection, place in (("services", 1), ("components", 2)):
        for id in {part[place] for part in covered} - {""}:
            yield (collection, id), frozenset(part for part in covered if part[place] == id)
    party = _party(agreement)
    if party:
        yield (PARTY_COLLECTIONS[PARTY[agreement.kind]], party), covered
    if agreement.kind == "UC":
        yield from ((("teams", team), covered) for team in teams.get(party, ()))


def _party(agreement: Agreement) -> str:
    return getattr(agreement, PARTY[agreement.kind])


def _places(parts: Iterable[Part]) -> set[str]:
    """What parts are found by: the services and components that they name; empty for one that stands for all places."""
    return {name for _process, *place in parts for name in ([one for one in place if one] or [""])}


@dataclass(frozen=True)
class _Compared:
    """The agreements as they hold now, and as the plan has them."""

    was: _Agreements
    will: _Agreements
    days: Days

    def of(self, record: Record) -> Iterator[Turn]:
        was, will = self.was.of_record.get(record, {}), self.will.of_record.get(record, {})
        now, future = self.days.now, self.days.future or self.days.now
        held = {id for id in was if in_force(self.was.by_id[id], now)}
        told: set[str] = set()
        for id, parts in will.items():
            one = self.will.by_id[id]
            if self._ends(one):
                yield self._end(one, parts, told)
            elif id in held and not in_force(one, future):
                yield self._gone(one, parts, told)
            elif state_on(one, future) is TermState.IN_NOTICE and ends_on(one) is None:
                yield Turn(Kind.UNSURE, id, None, say(_UNSURE, Ref.to(one), one.notice_given))
        for id, one in ((id, self.was.by_id[id]) for id in sorted(held - will.keys())):
            tell = self._end if self._ends(one) else self._gone
            yield tell(one, was[id], told)
        for id, parts in will.items():
            one = self.will.by_id[id]
            if id not in held | told and not self._ends(one) and in_force(one, future):
                yield self._begin(one, parts)

    def _ends(self, one: Agreement) -> bool:
        """Whether it ends between the days: its last day is not before the first of them, and before the other."""
        now, future = self.days
        end = ends_on(one)
        if one.status in (DRAFT, ENDED) or future is None or end is None or not now <= end < future:
            return False
        return one.start_date is None or one.start_date <= end

    def _is_new(self, one: Agreement) -> bool:
        return one.start_date is not None and one.start_date > self.days.now

    def _end(self, one: Agreement, parts: frozenset[Part], told: set[str]) -> Turn:
        end = ends_on(one)
        if self._is_new(one):
            head = say(N_("Agreement “{0}” begins on {1} and ends on {2}"), Ref.to(one), one.start_date, end)
        else:
            head = say(N_("Agreement “{0}” ends on {1}"), Ref.to(one), end)
        return self._left(one, parts, end, head, told)

    def _gone(self, one: Agreement, parts: frozenset[Part], told: set[str]) -> Turn:
        """What becomes of one that holds now and not by this version."""
        head = say(N_("Agreement “{0}” holds no more with this version"), Ref.to(one))
        return self._left(one, parts, None, head, told)

    def _left(
        self, one: Agreement, parts: frozenset[Part], end: date | None, head: Text, told: set[str]
    ) -> Turn:
        """What holds after the end of an agreement. end: None where the version ends it. told: takes those that are named."""
        after = end + _DAY if end else self.days.now
        following = self.will.holding(one, parts, after)
        told.update(other.id for other in following)
        bare = self.will.left_out(parts, following)
        if following and not bare:
            tail = say(N_("followed by {0}."), _named(following))
            return Turn(Kind.FOLLOWED, one.id, end, _joined(head, tail))
        if following:
            names = sorted({place_words(self._knowing(part), part) for part in bare})
            tail = say(N_("followed by {0}, but not for all of: {1}."), _named(following), _some(names))
        elif later := self._later(one, parts, after):
            told.add(later.id)
            tail = say(N_("none holds after it until “{0}” begins on {1}."), Ref.to(later), later.start_date)
        else:
            tail = Text(N_("none holds after it."))
        return Turn(Kind.ENDS, one.id, end, _joined(head, tail))

    def _knowing(self, part: Part) -> Plan:
        """The plan that knows what a part names: that which is now, where the other does not."""
        names = zip(("processes", "services", "components"), part, strict=True)
        known = all(self.will.plan.get(collection, id) for collection, id in names if id)
        return self.will.plan if known else self.was.plan

    def _later(self, one: Agreement, parts: frozenset[Part], after: date) -> Agreement | None:
        """The first that begins after a day, and covers something of these parts."""
        later = [
            other
            for other in self.will.meeting(one, parts)
            if other.start_date and other.start_date > after and in_force(other, other.start_date)
        ]
        return min(later, key=lambda other: (other.start_date, other.id), default=None)

    def _begin(self, one: Agreement, parts: frozenset[Part]) -> Turn:
        if not self._is_new(one):
            return Turn(
                Kind.BEGINS, one.id, None, say(N_("Agreement “{0}” comes with this version."), Ref.to(one))
            )
        head = say(N_("Agreement “{0}” begins on {1}"), Ref.to(one), one.start_date)
        before = one.start_date - _DAY
        if self.will.holding(one, parts, before):
            text = listed((head, "."), "")
        else:
            text = _joined(head, Text(N_("none holds before it.")))
        return Turn(Kind.BEGINS, one.id, one.start_date, text)


_UNSURE = N_(
    "Notice of agreement “{0}” was given on {1}; when it ends is not known, because its terms do not say."
)


def _joined(head: Text, tail: Text) -> Text:
    return listed((head, tail), "; ")


def _named(agreements: Iterable[Agreement]) -> Text:
    return _some([say(N_("“{0}”"), Ref.to(one)) for one in agreements])


def _some(names: Sequence[Text | str]) -> Text:
    """The first few, and how many there are besides."""
    shown, more = listed(names[:TOLD]), len(names) - TOLD
    return say(N_("{0} and {1} more"), shown, more) if more > 0 else shown
