"""Whether somebody has confirmed his part in a plan, and how many have in each unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from sm_planner.engine.model import Acknowledgement, Plan
from sm_planner.engine.model.values import folded
from sm_planner.engine.part.duties import For, charges_of, has_part, hash_of_part
from sm_planner.engine.raci.effective import effective
from sm_planner.engine.texts import N_


class State(str, Enum):
    """How the confirmation of a part stands."""

    CONFIRMED = N_("Confirmed")
    ENTERED_FOR = N_("Entered for the person")
    CHANGED = N_("Changed since it was confirmed")
    OLD = N_("Confirmed before the previous version was signed")
    AHEAD = N_("Dated in the future")
    NEVER = N_("Not confirmed")


@dataclass(frozen=True)
class Confirmation:
    """How it stands, and the acknowledgement that says so; None where there is none."""

    state: State
    fact: Acknowledgement | None = None

    @property
    def given(self) -> bool:
        """Whether it counts: the person confirmed it, or somebody entered that he did."""
        return self.state in (State.CONFIRMED, State.ENTERED_FOR)


@dataclass(frozen=True)
class Waiting:
    """Somebody who has not confirmed his part. since: the day on which he was asked, None where nothing tells."""

    person: str
    confirmation: Confirmation
    since: date | None


@dataclass(frozen=True)
class UnitShare:
    """How many people of a unit have a part, and how many confirmed it. unit: empty for those without one.

    entered_for: of those who confirmed, for how many somebody else entered it.
    """

    unit: str
    asked: int
    confirmed: int
    entered_for: int
    waiting: tuple[Waiting, ...]

    @property
    def percent(self) -> float:
        return 100 * self.confirmed / self.asked

    def reaches(self, percent: float) -> bool:
        return self.confirmed * 100 >= percent * self.asked


def confirmed(plan: Plan, person: str, today: date) -> Confirmation:
    """Whether a person has confirmed his part as it is today.

    He did as a whole, or by each role in which he holds letters, one by one.
    """
    whole = _judged(plan, person, [fact for fact in _given(plan, person) if not fact.role], today)
    roles = () if whole.given else _lettered_roles(plan, person, today)
    by_role = [confirmed_role(plan, role, person, today) for role in roles]
    if by_role and all(one.given for one in by_role):
        return next((one for one in by_role if one.state is State.ENTERED_FOR), by_role[0])
    return whole


def confirmed_role(plan: Plan, role: str, person: str, today: date) -> Confirmation:
    """Whether a person has confirmed a role, alone or with all of his part."""
    return _judged(plan, person, plan.acknowledged(role, person), today)


def shares(plan: Plan, today: date) -> tuple[UnitShare, ...]:
    """The share of confirmed parts by unit, in whatever case it is written. Who has none, or whose account is switched off, is not asked."""
    return plan.derived(_shares, today)


def _shares(plan: Plan, today: date) -> tuple[UnitShare, ...]:
    units: dict[str, list[tuple[str, Confirmation]]] = defaultdict(list)
    names: dict[str, str] = {}
    for person in plan.people:
        if person.enabled and has_part(plan, person.id, today):
            unit = folded(person.unit)
            names.setdefault(unit, person.unit)
            units[unit].append((person.id, confirmed(plan, person.id, today)))
    return tuple(_share(plan, names[unit], found, today) for unit, found in sorted(units.items()))


def version_since(plan: Plan) -> str:
    """The day on which the version before was signed, in ISO 8601; empty for a first version."""
    before = (plan.signed_on(seal) for seal in plan.seals if seal.version < plan.version)
    return max((day.isoformat() for day in before if day), default="")


def asked_since(plan: Plan, person: str, today: date) -> date | None:
    """The day from which a person can confirm his part: the last signature, or that on which he took over his roles."""
    signed = max(filter(None, map(plan.signed_on, plan.seals)), default=None)
    begun = [
        holder.from_date
        for role in _roles_held(plan, person, today)
        for holder in plan.get("roles", role).holders
        if holder.person == person and holder.from_date and holder.runs(today)
    ]
    return max(filter(None, (signed, min(begun, default=None))), default=None)


def _share(plan: Plan, unit: str, found: list[tuple[str, Confirmation]], today: date) -> UnitShare:
    return UnitShare(
        unit=unit,
        asked=len(found),
        confirmed=sum(one.given for _, one in found),
        entered_for=sum(one.state is State.ENTERED_FOR for _, one in found),
        waiting=tuple(
            Waiting(person, one, asked_since(plan, person, today)) for person, one in found if not one.given
        ),
    )


def _judged(plan: Plan, person: str, facts: Iterable[Acknowledgement], today: date) -> Confirmation:
    """By the facts, the oldest first: the last that counts, one of the person's own before one that was entered for him."""
    facts = tuple(facts)
    since = version_since(plan)
    counting = [
        fact
        for fact in facts
        if fact.day
        and fact.day <= today
        and (fact.shown == hash_of_part(plan, person, today) if fact.shown else fact.day.isoformat() >= since)
    ]
    own = [fact for fact in counting if not fact.entered_by]
    if own or counting:
        return Confirmation(State.CONFIRMED if own else State.ENTERED_FOR, (own or counting)[-1])
    if not facts:
        return Confirmation(State.NEVER)
    last = facts[-1]
    if last.day and last.day > today:
        return Confirmation(State.AHEAD, last)
    return Confirmation(State.CHANGED if last.shown else State.OLD, last)


def _given(plan: Plan, person: str) -> tuple[Acknowledgement, ...]:
    return plan.facts("acknowledgements", "people", person)


def _roles_held(plan: Plan, person: str, today: date) -> tuple[str, ...]:
    """The roles that a person holds himself, not with a team."""
    return tuple(
        one.record.id
        for one in charges_of(plan, person, today)
        if one.what is For.ROLE and one.through is None
    )


def _lettered_roles(plan: Plan, person: str, today: date) -> tuple[str, ...]:
    lettered = plan.derived(_roles_with_letters)
    return tuple(role for role in _roles_held(plan, person, today) if role in lettered)


def _roles_with_letters(plan: Plan) -> frozenset[str]:
    return frozenset(held.role for duties in effective(plan).duties for held in duties.letters)
