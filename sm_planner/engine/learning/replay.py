"""What the plan says of the day of a transition: the answers to which what really happened is held.

Each question is answered by a function of the plan, the check and a service, in sentences. To ask more about a question, give
it another function in :data:`_ASKED`: what stands in no record is said as such, for that too is an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from sm_planner.engine.agreements.terms import Scope, slas_in_force
from sm_planner.engine.model import Agreement, Calendar, Plan, Process, Service
from sm_planner.engine.model.learning import SanityCheck
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.model.vocabulary import (
    AGREEMENT_HELD,
    FIRST_CONTACT,
    FIT_OF_DAY,
    LETTERS_HELD,
    SANITY_QUESTIONS,
    WEEKDAYS,
    WHO_WAS_TOLD,
)
from sm_planner.engine.raci.effective import Cell, current_holders, effective, services_in_scope
from sm_planner.engine.rhythm.busy import closed_on
from sm_planner.engine.service_time.calendars import change_on
from sm_planner.engine.texts import N_, Text, listed, say

NEEDED_FLOWS = ("Change", "Release", "Incident")
"""The flows that carry a transition: it is changed, brought into use, and fails on its first day."""

Said = Iterator[Text]


def replay(plan: Plan, check: SanityCheck) -> dict[str, tuple[Text, ...]]:
    """Question → what the plan says about it of the day of the transition, in sentences."""
    services = services_of(plan, check)
    if not services:
        nothing = (say(N_("The plan has no service that this is about.")),)
        return dict.fromkeys(SANITY_QUESTIONS, nothing)
    return {
        question: tuple(
            dict.fromkeys(
                text for service in services for ask in _ASKED[question] for text in ask(plan, check, service)
            )
        )
        for question in SANITY_QUESTIONS
    }


def services_of(plan: Plan, check: SanityCheck) -> tuple[Service, ...]:
    """The service that a check is about, or those that its customer uses."""
    if check.service:
        return tuple(filter(None, (plan.get("services", check.service),)))
    return tuple(one for one in services_in_scope(plan) if check.customer in one.customers)


def _first_contact(plan: Plan, check: SanityCheck, service: Service) -> Said:
    teams = [plan.get("teams", row.team) for row in service.support_tiers if row.tier == 1]
    channels = listed(Text(row.kind) for row in service.channels)
    for team in filter(None, teams):
        if service.channels:
            yield say(N_("{0}: {1}, by {2}."), Ref.to(service), Ref.to(team), channels)
        else:
            yield say(N_("{0}: {1}, by no channel that the plan names."), Ref.to(service), Ref.to(team))
    if not any(teams):
        yield say(N_("{0}: the plan names no first contact."), Ref.to(service))


def _agreements(plan: Plan, check: SanityCheck, service: Service) -> Said:
    found = _held(plan, check, service)
    for one in found:
        customer = plan.get("stakeholders", one.customer)
        whom = Ref.to(customer) if customer else Text(N_("nobody"))
        signed = [day for day in (one.signed_by_provider, one.signed_by_customer) if day]
        if len(signed) == 2 and max(signed) <= check.day:
            yield say(N_("{0}: “{1}” with {2} held."), Ref.to(service), Ref.to(one), whom)
        else:
            text = N_("{0}: “{1}” with {2} held, but was not signed by both sides on that day.")
            yield say(text, Ref.to(service), Ref.to(one), whom)
    if not found:
        yield say(N_("{0}: no agreement with customers held on that day."), Ref.to(service))


def _held(plan: Plan, check: SanityCheck, service: Service) -> tuple[Agreement, ...]:
    """The agreements with customers that covered a service on the day, those of the customer of the check alone."""
    return tuple(
        one
        for one in slas_in_force(plan, check.day)
        if service.id in Scope.of(one).services and check.customer in ("", one.customer)
    )


def _letters(plan: Plan, check: SanityCheck, service: Service) -> Said:
    """For the processes that a transition needs: who had the letters A and R, which were missing, and who held none."""
    processes = needed_processes(plan)
    cells = [one for one in effective(plan).cells if one.service == service.id]
    for process in processes:
        own = [one for one in cells if one.process == process.id]
        yield from _of_process(plan, check.day, f"{Ref.to(process)} / {Ref.to(service)}", own)
    if not processes:
        yield say(N_("The plan has no process that could have carried it."))


def needed_processes(plan: Plan) -> tuple[Process, ...]:
    """The processes that carry a transition; all of them where the plan does not say which flows they carry."""
    return tuple(one for one in plan.processes if one.flow in NEEDED_FLOWS) or plan.processes


def _of_process(plan: Plan, day: date, name: str, cells: list[Cell]) -> Said:
    applying = [one for one in cells if not one.duties.not_applicable]
    if not applying:
        yield say(N_("{0}: does not apply."), name)
        return
    for letter, message in (
        ("A", N_("{0}: nobody is accountable (A) for {1}.")),
        ("R", N_("{0}: nobody is responsible (R) for {1}.")),
    ):
        without = [one for one in applying if not _having(one, letter)]
        if without:
            yield say(message, name, _places(plan, without))
    both = [dict.fromkeys(role for one in applying for role in _having(one, letter)) for letter in "AR"]
    if all(both):
        yield say(N_("{0}: A {1}; R {2}."), name, *(_roles(plan, roles) for roles in both))
    for id in dict.fromkeys((*both[0], *both[1])):
        role = plan.get("roles", id)
        if role and not (role.team or role.supplier or current_holders(role, plan, day)):
            yield say(N_("Nobody held the role {0} on that day."), Ref.to(role))


def _having(cell: Cell, letter: str) -> tuple[str, ...]:
    return cell.duties.accountable if letter == "A" else cell.duties.responsible


def _roles(plan: Plan, ids: dict[str, None]) -> Text:
    return listed(plan.title_of("roles", id) for id in ids)


def _places(plan: Plan, cells: list[Cell]) -> Text:
    """The components of cells, or their service where it has none."""
    return listed(
        plan.title_of("components", one.component)
        if one.component
        else plan.title_of("services", one.service)
        for one in cells
    )


def _hours(plan: Plan, check: SanityCheck, service: Service) -> Said:
    """Whether the service was promised at all on the day: by the hours of the agreements that held then."""
    named = dict.fromkeys(one.service_hours for one in _held(plan, check, service) if one.service_hours)
    calendars = [one for id in named if (one := plan.get("calendars", id))]
    for calendar in calendars:
        yield from _of_calendar(plan, calendar, check.day)
    if not calendars:
        yield say(N_("{0}: no service hours were promised for that day."), Ref.to(service))


def _busy(plan: Plan, check: SanityCheck, service: Service) -> Said:
    """Whether the service was not to be changed on the day."""
    for one in closed_on(plan, service.id, check.day):
        text = N_("{0}: not to be changed from {1} to {2}, by “{3}” ({4}).")
        yield say(text, Ref.to(service), one.from_date, one.to_date, Ref.to(one), Text(one.kind))


def _of_calendar(plan: Plan, calendar: Calendar, day: date, within: tuple[str, ...] = ()) -> Said:
    """within: the ids of the calendars in the place of which this one counts."""
    name = Ref.to(calendar)
    if (calendar.valid_from or day) > day or (calendar.valid_until or day) < day:
        yield say(N_("{0}: not valid on that day."), name)
        return
    changed = change_on(calendar, day)
    other = plan.get("calendars", changed.calendar) if changed else None
    if other and other.id not in (*within, calendar.id):
        yield say(N_("{0}: on that day the hours of {1} counted."), name, Ref.to(other))
        yield from _of_calendar(plan, other, day, (*within, calendar.id))
        return
    extra = [f"{row.opens}-{row.closes}" for row in calendar.openings if row.day == day]
    is_closed = False
    for holiday in calendar.holidays:
        if holiday.day == day:
            title = holiday.title or Text(N_("a holiday"))
            if holiday.opens or holiday.closes:
                yield say(N_("{0}: {1}, closed from {2} to {3}."), name, title, holiday.opens, holiday.closes)
            elif not extra:
                yield say(N_("{0}: {1}, closed all day."), name, title)
                return
            else:
                is_closed = True
    weekday = WEEKDAYS[day.weekday()]
    weekly = [row for row in calendar.windows if row.weekday == weekday and not is_closed]
    windows = [*(f"{row.opens}-{row.closes}" for row in weekly), *extra]
    if windows:
        yield say(N_("{0}: {1}, open {2}."), name, Text(weekday), listed(windows))
    else:
        yield say(N_("{0}: {1}, no service hours."), name, Text(weekday))


def _told(plan: Plan, check: SanityCheck, service: Service) -> Said:
    """Customers, by whom and how; and who has an I or a C in the processes that a transition needs."""
    customers = [one for id in service.customers if (one := plan.get("stakeholders", id))]
    for customer in customers:
        if check.customer not in ("", customer.id):
            continue
        contact = plan.title_of("people", customer.contact) if customer.contact else Text(N_("nobody"))
        channel = customer.preferred_channel or Text(N_("no channel is named"))
        yield say(N_("{0}: by {1}, {2}."), Ref.to(customer), contact, channel)
    needed = {one.id for one in needed_processes(plan)}
    roles = dict.fromkeys(
        held.role
        for cell in effective(plan).cells
        if cell.service == service.id and cell.process in needed
        for held in cell.duties.letters
        if held.letter in ("C", "I")
    )
    if roles:
        yield say(N_("By the RACI: {0}."), _roles(plan, roles))
    if not roles and not customers:
        yield say(N_("{0}: the plan names nobody who is told."), Ref.to(service))


_ASKED: dict[str, tuple[Callable[[Plan, SanityCheck, Service], Said], ...]] = {
    FIRST_CONTACT: (_first_contact,),
    AGREEMENT_HELD: (_agreements,),
    LETTERS_HELD: (_letters,),
    FIT_OF_DAY: (_hours, _busy),
    WHO_WAS_TOLD: (_told,),
}
"""Question → what answers it, each in its turn."""
