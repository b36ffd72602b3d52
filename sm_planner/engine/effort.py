"""The size of the effort that a plan asks for: days, people, months, money, and who is affected.

Pure functions of the plan and a day. What the plan does not say is counted as unknown, and never as nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sm_planner.engine.model import Improvement, Plan
from sm_planner.engine.model.vocabulary import CLOSED, ON_HOLD, REJECTED, UNDER_WAY
from sm_planner.engine.money import Course, course
from sm_planner.engine.raci.effective import current_holders


@dataclass(frozen=True)
class Work:
    """Improvements, and the person-days that they take. without_effort: those that do not say how many."""

    count: int
    days: float
    without_effort: int

    @classmethod
    def of(cls, improvements: Sequence[Improvement]) -> Work:
        known = [one.effort_days for one in improvements if one.effort_days is not None]
        return cls(len(improvements), sum(known), len(improvements) - len(known))


@dataclass(frozen=True)
class Span:
    """From the first start to the last due date of improvements. first, last: None where no date is known.

    without_dates: those that lack either date. months: begun from first to last; None where these are not known, or the
    last day lies before the first.
    """

    first: date | None
    last: date | None
    without_dates: int

    @property
    def months(self) -> int | None:
        if self.first is None or self.last is None or self.last < self.first:
            return None
        whole = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        return whole + (self.last.day >= self.first.day)


@dataclass(frozen=True)
class Staffing:
    """Teams of our own: people that their rosters need, and have.

    needed, had, missing: over the teams that say what they need; had counts somebody in two teams once, and missing is what
    each team lacks by itself. teams: of our own. silent: teams that do not say what they need. external: teams of
    partners, whose people the plan does not know.
    """

    needed: int
    had: int
    missing: int
    teams: int
    silent: int
    external: int


@dataclass(frozen=True)
class Duties:
    """Roles, those that nobody, no team and no supplier fills today, and the people who hold roles today."""

    roles: int
    unfilled: int
    people: int


@dataclass(frozen=True)
class Affected:
    """Whom and what the improvements to come change.

    services: that they name, by themselves or by their objective or agreement. everywhere: improvements that name none.
    in_scope: services of the plan that are not retired. people: who are named to do something, in the plan as a whole.
    customers: groups that use a service that is changed. groups: stakeholders of the plan, whose heads nobody counts.
    """

    services: int
    everywhere: int
    in_scope: int
    people: int
    customers: int
    groups: int


@dataclass(frozen=True)
class Money:
    """What the budget lines come to, in the currency of the plan. lines: how many there are."""

    currency: str
    lines: int
    course: Course


@dataclass(frozen=True)
class Size:
    """How much a plan asks for.

    to_come: what is not done, with what under_way already took, which nobody counts; on_hold: the part of it that waits;
    done and rejected: apart. Suggestions that nobody has looked at are no effort yet.
    """

    to_come: Work
    under_way: Work
    on_hold: Work
    done: Work
    rejected: Work
    span: Span
    staffing: Staffing
    duties: Duties
    affected: Affected
    money: Money


def size(plan: Plan, today: date) -> Size:
    """The size of the effort. today: who holds a role then."""
    to_come = [one for one in plan.improvements if one.is_open and one.is_taken_up]

    def work(*states: str) -> Work:
        return Work.of([one for one in plan.improvements if one.status in states])

    return Size(
        to_come=Work.of(to_come),
        under_way=work(*UNDER_WAY),
        on_hold=work(ON_HOLD),
        done=work(CLOSED),
        rejected=work(REJECTED),
        span=_span(to_come),
        staffing=staffing(plan),
        duties=_duties(plan, today),
        affected=_affected(plan, to_come, today),
        money=Money(plan.currency, len(plan.budget_lines), course(plan, today)),
    )


def _span(improvements: Sequence[Improvement]) -> Span:
    dated = [one for one in improvements if one.start_date and one.due]
    return Span(
        first=min((one.start_date for one in improvements if one.start_date), default=None),
        last=max((one.due for one in improvements if one.due), default=None),
        without_dates=len(improvements) - len(dated),
    )


def staffing(plan: Plan) -> Staffing:
    """What the rosters of our own teams need, and have."""
    own = [team for team in plan.teams if team.kind != "External"]
    known = [team for team in own if team.people_needed is not None]
    people = [{member.person for member in team.members} for team in known]
    return Staffing(
        needed=sum(team.people_needed for team in known),
        had=len(set().union(*people)),
        missing=sum(
            max(0, team.people_needed - len(members)) for team, members in zip(known, people, strict=True)
        ),
        teams=len(own),
        silent=len(own) - len(known),
        external=len(plan.teams) - len(own),
    )


def _duties(plan: Plan, today: date) -> Duties:
    holders = {role.id: current_holders(role, plan, today) for role in plan.roles}
    unfilled = [role for role in plan.roles if not (holders[role.id] or role.team or role.supplier)]
    people = {person.id for held in holders.values() for person in held}
    return Duties(len(plan.roles), len(unfilled), len(people))


def _affected(plan: Plan, improvements: Sequence[Improvement], today: date) -> Affected:
    touched = [set(_services_of(plan, one)) for one in improvements]
    services = set().union(*touched)
    customers = {
        group for id in services if (service := plan.get("services", id)) for group in service.customers
    }
    return Affected(
        services=len(services),
        everywhere=sum(not one for one in touched),
        in_scope=sum(service.status != "Retired" for service in plan.services),
        people=len(set(_people(plan, improvements, today))),
        customers=len(customers),
        groups=len(plan.stakeholders),
    )


def _services_of(plan: Plan, improvement: Improvement) -> Iterator[str]:
    """The services that an improvement changes, those of other plans left out."""
    objective = plan.get("objectives", improvement.objective)
    agreement = plan.get("agreements", improvement.agreement)
    named = [
        improvement.service,
        *(objective.services if objective else ()),
        *(row.service for row in (agreement.scope if agreement else ())),
    ]
    yield from (id for id in named if plan.get("services", id))


def _people(plan: Plan, improvements: Sequence[Improvement], today: date) -> Iterator[str]:
    """Everybody who is named to do something: roles, teams, improvements, objectives, services, agreements."""
    for role in plan.roles:
        yield from (person.id for person in current_holders(role, plan, today))
    for team in plan.teams:
        yield from (id for id in (team.lead, *(member.person for member in team.members)) if id)
    owned = (
        *(one.improvement_owner for one in improvements),
        *(one.objective_owner for one in plan.objectives),
        *(one.service_owner for one in plan.services),
        *(one.agreement_owner for one in plan.agreements),
    )
    yield from filter(None, owned)
