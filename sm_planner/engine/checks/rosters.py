"""MOD: rosters: whether somebody is there when it is promised, and whether the people suffice for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.checks.conditions import first_names, missing, named, nothing_in
from sm_planner.engine.checks.depths import COMPLETE, GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule, unknown
from sm_planner.engine.checks.hours import no_such_zone
from sm_planner.engine.model import Plan
from sm_planner.engine.model.vocabulary import NOBODY
from sm_planner.engine.rosters import words
from sm_planner.engine.rosters.coverage import Cover, coverage
from sm_planner.engine.rosters.people import clashes, staffing
from sm_planner.engine.rosters.promised import for_customers
from sm_planner.engine.service_time.service_hours import span_between
from sm_planner.engine.texts import say


@rule(
    "MOD-06",
    Severity.WARNING,
    GROWN,
    title=N_("Teams have, or will get, the people that their rosters need"),
    why=N_("A roster that is one person short is filled with overtime until somebody falls ill."),
    fix=N_("Plan an improvement that hires or trains people and names the team, or use a smaller roster."),
    source="Prakash 2016; HDI",
)
def staffed(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "teams")
    found = staffing(plan, today)
    for one in found:
        if one.short and not one.actions:
            yield fault(
                one.team,
                N_("The roster of “{0}” needs {2} people; the team has {1}, and no improvement adds more."),
                named(one.team),
                one.there,
                one.needed,
                field="people_needed",
            )
    if silent := [one.team for one in found if one.needed is None]:
        yield unknown(
            plan,
            N_("The number of people that the roster needs is missing for {0}."),
            first_names(silent),
            field="teams",
            count=len(silent),
        )


@rule(
    "MOD-12",
    Severity.ERROR,
    COMPLETE,
    title=N_("Rosters cover the hours that are promised"),
    why=N_("Who calls in an hour that was promised and reaches nobody was promised nothing."),
    fix=N_("Add a shift for these hours, on duty or on call, or promise fewer hours."),
    source="Prakash 2016",
)
def covered(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "rosters")
    if not plan.rosters:
        return
    found = coverage(plan, today)
    for service, reason in found.uncountable:
        yield unknown(service, reason.template, *reason.args, field="support_tiers")
    for cover in found.covers:
        if cover.has_roster and cover.holes:
            yield fault(
                cover.service,
                N_("“{0}”, tier {1}, {2}: nobody is there on {3}."),
                named(cover.service),
                cover.tier,
                _teams(plan, cover),
                words.holes(cover.holes, cover.weeks),
                field="support_tiers",
            )
        elif cover.lacks_roster:
            yield fault(
                cover.service,
                N_("“{0}”: the first contact, {1}, has no roster that can be counted."),
                named(cover.service),
                _teams(plan, cover),
                field="support_tiers",
            )


@rule(
    "MOD-13",
    Severity.ERROR,
    COMPLETE,
    title=N_("Shifts can be counted"),
    why=N_("Hours that cannot be read cover nothing, and nobody sees it."),
    fix=N_(
        "Name the team, and enter hours such as 08:00 to 16:00, in a time zone such as Europe/Berlin. A shift that ends "
        "before it begins, such as 22:00 to 06:00, ends on the next day. A whole day is 00:00 to 24:00."
    ),
    source="Helpdesk practice",
)
def shifts_countable(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "rosters")
    for roster in plan.rosters:
        yield from missing(roster, "team", "shifts")
        yield from no_such_zone(roster)
        if roster.from_date and roster.to_date and roster.from_date > roster.to_date:
            yield fault(
                roster,
                N_("“{0}” ends on {2}, which is before its first day, {1}."),
                named(roster),
                roster.from_date,
                roster.to_date,
                field="to_date",
            )
        for shift in roster.shifts:
            if span_between(shift.from_time, shift.to_time) is None:
                yield fault(
                    roster,
                    N_("“{0}”: {1} is not a valid period of time."),
                    named(roster),
                    words.shift(shift),
                    field="shifts",
                )


@rule(
    "MOD-14",
    Severity.ERROR,
    COMPLETE,
    title=N_("Nobody is on two shifts at once"),
    why=N_("Two shifts with one person have one person; on paper the second is covered."),
    fix=N_("Give one of the shifts to somebody else, or move it."),
    source="Prakash 2016",
)
def nobody_twice(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "rosters")
    for clash in clashes(plan, today):
        (roster, first), (other, second) = clash.first, clash.second
        yield fault(
            roster,
            N_("“{0}” is on two shifts on {1}: {2} of “{3}”, and {4} of “{5}”."),
            plan.title_of("people", clash.person),
            words.moment(clash.weekday, clash.hour),
            words.shift(first),
            named(roster),
            words.shift(second),
            named(other),
            field="shifts",
        )


@rule(
    "MOD-15",
    Severity.WARNING,
    COMPLETE,
    title=N_("Each shift has the people that it needs"),
    why=N_("A shift that is one short every week is planned overtime, or a queue."),
    fix=N_("Find somebody for the shift, hire or train somebody, or say that it takes fewer."),
    source="Prakash 2016; HDI",
)
def shifts_filled(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "rosters")
    for roster in plan.rosters:
        for shift in roster.shifts:
            if shift.has < shift.takes:
                yield fault(
                    roster,
                    N_("“{0}”, {1}: it takes {2} people, and {3} are there."),
                    named(roster),
                    words.shift(shift),
                    shift.takes,
                    shift.has,
                    field="shifts",
                )


@rule(
    "MOD-16",
    Severity.ERROR,
    COMPLETE,
    title=N_("After hours somebody is there where that was decided"),
    why=N_("“On call” without a roster is a telephone that rings in an empty room."),
    fix=N_("Say who comes after hours, nobody being an answer, and add the shifts, on duty or on call."),
    source="Prakash 2016",
)
def after_hours_kept(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "services")
    found = coverage(plan, today)
    held_to_it = {one.service.id for one in found.after_hours}
    reasons = {service.id: reason for service, reason in found.uncountable}
    for service in for_customers(plan):
        yield from missing(service, "after_hours_cover")
        if service.after_hours_cover not in ("", NOBODY) and service.id not in held_to_it:
            unsaid = say(N_("“{0}”: no SLA says its service hours."), named(service))
            reason = reasons.get(service.id, unsaid)
            yield unknown(service, reason.template, *reason.args, field="after_hours_cover")
    for one in found.after_hours:
        if one.holes:
            yield fault(
                one.service,
                N_("“{0}”: somebody has to be there outside service hours, and nobody is on {1}."),
                named(one.service),
                words.holes(one.holes, one.weeks),
                field="after_hours_cover",
            )


def _teams(plan: Plan, cover: Cover) -> str:
    return ", ".join(plan.title_of("teams", team) for team in cover.teams)


RULES = (staffed, covered, shifts_countable, nobody_twice, shifts_filled, after_hours_kept)
