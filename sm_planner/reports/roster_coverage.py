"""Roster Coverage: who is there in the hours that are promised, and after them; and whether the people suffice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sm_planner.engine.model import Plan
from sm_planner.engine.rosters import words
from sm_planner.engine.rosters.coverage import AfterHours, Cover, Coverage, coverage
from sm_planner.engine.rosters.people import Clash, Staffing, clashes, staffing
from sm_planner.engine.texts import N_, Text, listed, say
from sm_planner.reports.quantities import number
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

SERVICES, AFTER, TEAMS, TWICE = "Service Hours", "After Hours", "Teams", "Two Shifts at Once"
SHOWN = (N_("Service Hours"), N_("After Hours"), N_("Teams"), N_("Two Shifts at Once"))

HOUR = 3600
MOST_BARS = 20

COLUMNS = (
    Column("title", Text(N_("Service, Team or Person")), width=180, key="id"),
    Column("tier", Text(N_("Tier")), "Int", width=60),
    Column("teams", Text(N_("Team")), width=140),
    Column("window", Text(N_("When")), width=140),
    Column("hole", Text(N_("Hole")), width=210),
    Column("hours", Text(N_("Hole (Hours)")), "Float", width=110),
    Column("needed", Text(N_("People Needed")), "Int", width=110),
    Column("there", Text(N_("People There")), "Int", width=100),
    Column("weeks", Text(N_("In Which Weeks")), width=150),
    Column("action", Text(N_("What Adds People")), width=180),
    Column("duty", Text(N_("On Duty (Hours)")), "Float", width=120),
    Column("on_call", Text(N_("Only On Call (Hours)")), "Float", width=130),
)
"""What asks for something first: a screen shows it without scrolling."""


def report(plan: Plan, today: date, *, show: str = "") -> Table:
    """A row for each hole of each tier, then one for each that has none. show: only one kind of rows."""
    found, people, twice = coverage(plan, today), staffing(plan, today), clashes(plan, today)
    rows = [
        *(_services(plan, found, people) if show in ("", SERVICES) else ()),
        *(_after_hours(plan, found) if show in ("", AFTER) else ()),
        *(_teams(people) if show in ("", TEAMS) else ()),
        *(_twice(plan, twice) if show in ("", TWICE) else ()),
    ]
    return Table(
        columns=COLUMNS,
        rows=rows,
        summary=_summary(found, people, twice),
        chart=chart(found),
        message=_message(plan, found, people, twice),
    )


def hours(seconds: int) -> float:
    return round(seconds / HOUR, 2)


def _row(collection: str, id: str, title: str, **cells: Any) -> dict[str, Any]:
    empty = {column.fieldname: None if column.fieldtype in ("Int", "Float") else "" for column in COLUMNS}
    return {**empty, "collection": collection, "id": id, "title": title, **cells}


def _services(plan: Plan, found: Coverage, people: tuple[Staffing, ...]) -> Iterator[dict[str, Any]]:
    by_team = {one.team.id: one for one in people}
    for service, reason in found.uncountable:
        yield _row("services", service.id, service.title or service.id, hole=reason)
    for cover in sorted(found.covers, key=lambda cover: not cover.hours.nobody and not cover.holes):
        known = [by_team[team] for team in cover.teams if team in by_team]
        row = _row(
            "services",
            cover.service.id,
            cover.service.title or cover.service.id,
            tier=cover.tier,
            teams=_team_names(plan, cover),
            window=", ".join(plan.title_of("calendars", one) for one in cover.calendars),
            duty=hours(cover.hours.duty),
            on_call=hours(cover.hours.on_call),
            needed=sum(one.needed or 0 for one in known) or None,
            there=sum(one.there for one in known) if known else None,
        )
        if not cover.has_roster:
            yield {**row, "hole": Text(N_("no roster")), "hours": hours(cover.hours.nobody)}
        else:
            yield from _with_holes(row, cover)


def _after_hours(plan: Plan, found: Coverage) -> Iterator[dict[str, Any]]:
    for one in found.after_hours:
        decided = one.service.after_hours_cover
        row = _row(
            "services",
            one.service.id,
            one.service.title or one.service.id,
            teams=on_call(plan, one),
            window=say(N_("after hours: {0}"), Text(decided))
            if decided
            else Text(N_("after hours: not decided")),
            duty=hours(one.hours.duty),
            on_call=hours(one.hours.on_call),
        )
        yield from _with_holes(row, one)


def _with_holes(row: dict[str, Any], one: Cover | AfterHours) -> Iterator[dict[str, Any]]:
    """The row once for each hole; as it is where there is none."""
    for hole in one.holes:
        yield {
            **row,
            "hole": words.stretch(hole.stretch),
            "hours": hours(hole.seconds),
            "weeks": words.weeks(hole, one.weeks),
        }
    if not one.holes:
        yield {**row, "hole": Text(N_("none"))}


def on_call(plan: Plan, one: AfterHours) -> Text:
    """Who is on call for a service outside its hours: teams, and people where shifts name them."""
    teams = [plan.title_of("teams", team) for team in one.on_call]
    people = [plan.title_of("people", person) for person in one.people]
    return listed(filter(None, (", ".join(teams), ", ".join(people))), ": ")


def _teams(people: tuple[Staffing, ...]) -> Iterator[dict[str, Any]]:
    for one in people:
        yield _row(
            "teams",
            one.team.id,
            one.team.title or one.team.id,
            window=", ".join(roster.title or roster.id for roster in one.rosters),
            hole=say(N_("people missing: {0}"), one.short) if one.short else "",
            duty=hours(one.seconds) if one.rosters else None,
            needed=one.needed,
            there=one.there,
            action=", ".join(action.title or action.id for action in one.actions),
        )


def _twice(plan: Plan, twice: tuple[Clash, ...]) -> Iterator[dict[str, Any]]:
    for one in twice:
        (roster, first), (other, second) = one.first, one.second
        yield _row(
            "rosters",
            roster.id,
            plan.title_of("people", one.person) or one.person,
            teams=", ".join(dict.fromkeys(plan.title_of("teams", each.team) for each in (roster, other))),
            window=listed((words.shift(first), words.shift(second)), "; "),
            hole=say(N_("on both: {0}"), words.moment(one.weekday, one.hour)),
        )


def _summary(found: Coverage, people: tuple[Staffing, ...], twice: tuple[Clash, ...]) -> tuple[Figure, ...]:
    rostered = [cover for cover in found.covers if cover.has_roster]
    nobody = hours(sum(cover.hours.nobody for cover in rostered))
    missing = sum(one.short for one in people if not one.actions)
    without = sum(cover.lacks_roster for cover in found.covers)
    return (
        Figure(Text(N_("Hours a Week Without Anybody")), nobody, _colour(nobody)),
        Figure(Text(N_("Hours a Week Only On Call")), hours(sum(cover.hours.on_call for cover in rostered))),
        Figure(Text(N_("First Contacts Without a Roster")), without, _colour(without)),
        Figure(Text(N_("People Missing, Nothing Planned")), missing, _colour(missing)),
        Figure(Text(N_("Two Shifts at Once")), len(twice), _colour(len(twice))),
    )


def _team_names(plan: Plan, cover: Cover) -> str:
    return ", ".join(plan.title_of("teams", team) for team in cover.teams)


def _colour(bad: float) -> str:
    return "Red" if bad else "Green"


def chart(found: Coverage) -> Chart | None:
    """The promised hours of each tier: on duty, on call, nobody. None without any; those with the most holes are shown."""
    shown = [cover for cover in found.covers if cover.hours.total]
    if not shown:
        return None
    shown = sorted(shown, key=lambda cover: -cover.hours.nobody)[:MOST_BARS]
    nobody = hours(sum(cover.hours.nobody for cover in shown))
    return Chart(
        title=Text(N_("Who is there in the hours that are promised")),
        labels=tuple(
            say(N_("{0}, tier {1}"), cover.service.title or cover.service.id, cover.tier) for cover in shown
        ),
        datasets=(
            Dataset(Text(N_("On Duty")), tuple(hours(cover.hours.duty) for cover in shown)),
            Dataset(Text(N_("On Call")), tuple(hours(cover.hours.on_call) for cover in shown)),
            Dataset(Text(N_("Nobody")), tuple(hours(cover.hours.nobody) for cover in shown)),
        ),
        colors=("#0b5c6e", "#3f8496", "#c0392b"),
        reading=say(N_("Of the hours shown, {0} a week have nobody."), number(nobody)),
        stacked=True,
    )


def _message(plan: Plan, found: Coverage, people: tuple[Staffing, ...], twice: tuple[Clash, ...]) -> Text:
    """What comes next."""
    if not plan.rosters:
        return Text(N_("There is no roster yet. Begin with the team that answers first."))
    worst = max(
        (
            (hole.seconds * hole.weeks, cover, hole)
            for cover in found.covers
            if cover.has_roster
            for hole in cover.holes
        ),
        key=lambda one: one[0],
        default=None,
    )
    if worst:
        _, cover, hole = worst
        return say(
            N_("The greatest hole: “{0}”, tier {1}, {2}. Add a shift, on duty or on call."),
            cover.service.title or cover.service.id,
            cover.tier,
            words.hole(hole, cover.weeks),
        )
    if first := next((one for one in found.covers if one.lacks_roster), None):
        return say(
            N_("“{0}”: the first contact, {1}, has no roster that can be counted."),
            first.service.title or first.service.id,
            _team_names(plan, first),
        )
    if twice:
        return Text(N_("Each promised hour is covered, but somebody is on two shifts at once."))
    if any(one.short and not one.actions for one in people):
        return Text(N_("Each promised hour is covered, but a team has too few people for its roster."))
    return Text(N_("Each hour that is promised is covered by those that have a roster."))
