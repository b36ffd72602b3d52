"""Size of the Effort: days, people, months, money, and what a plan changes; what is not known is said, and not guessed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.effort import Size, size
from sm_planner.engine.model import Plan
from sm_planner.engine.texts import N_, Number, Text, say, together
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

COLUMNS = (
    Column("what", Text(N_("What")), width=260, key="field"),
    Column("value", Text(N_("How Much")), "Float", width=110),
    Column("note", Text(N_("What It Means, and What Is Not Known")), width=520),
)

WRITTEN = {
    "people_needed": "teams",
    "people_had": "teams",
    "roles_unfilled": "roles",
    "services": "services",
    "people": "people",
    "customers": "stakeholders",
    "cost_begin": "budget_lines",
    "cost_run": "budget_lines",
    "cost": "budget_lines",
}
"""Line → the collection that it counts; the others count improvements."""

TOLD_ABOVE = ("days", "people_needed", "people_had", "months", "cost_begin", "cost_run", "services", "people")
"""Lines that stand above the table too, where something is known of them."""

NONE_TO_COME = say(N_("No improvement is to come."))
"""Why nothing is known of what improvements take and change."""


def report(plan: Plan, today: date) -> Table:
    """A line for each measure. value: None where the plan does not say it. key: the name of the line for programs, and
    field: the collection that it counts."""
    told = size(plan, today)
    rows = [
        {
            "key": key,
            "what": Text(what),
            "value": value,
            "note": together(notes),
            "field": WRITTEN.get(key, "improvements"),
        }
        for key, what, value, notes in _lines(told)
    ]
    return Table(
        columns=COLUMNS,
        rows=rows,
        summary=tuple(
            Figure(row["what"], row["value"])
            for row in rows
            if row["key"] in TOLD_ABOVE and row["value"] is not None
        ),
        chart=_chart(told),
        message=_message(told),
    )


def _chart(told: Size) -> Chart:
    """The days that are known, by what became of their improvements."""
    parts = (
        (N_("To come"), told.to_come),
        (N_("Of these on hold"), told.on_hold),
        (N_("Closed"), told.done),
        (N_("Rejected"), told.rejected),
    )
    return Chart(
        title=Text(N_("Known days of effort")),
        labels=tuple(Text(label) for label, _ in parts),
        datasets=(Dataset(Text(N_("Days")), tuple(work.days for _, work in parts)),),
        colors=("#24548f",),
        reading=_message(told),
    )


def _message(told: Size) -> Text:
    work = told.to_come
    if not work.count:
        return NONE_TO_COME
    if work.without_effort:
        return say(
            N_("At least {0} days: {1} of {2} improvements have no effort yet."),
            _plain(work.days),
            work.without_effort,
            work.count,
        )
    return say(N_("{0} days of effort to come. Improvements: {1}."), _plain(work.days), work.count)


def _lines(told: Size) -> Iterator[tuple[str, str, float | None, list[Text]]]:
    yield from _work(told)
    yield from _people(told)
    yield "months", N_("Months"), told.span.months, [*_span(told)]
    yield from _money(told)
    yield from _affected(told)


def _money(told: Size) -> Iterator[tuple[str, str, float | None, list[Text]]]:
    """Cost to begin, to run until value comes, and in all. What lines do not say is told with each."""
    money, found = told.money, told.money.course
    notes = []
    if money.currency:
        notes.append(say(N_("In {0}."), money.currency))
    if not money.lines:
        notes = [say(N_("The plan has no budget line."))]
    elif found.unknown_lines:
        notes.append(
            say(N_("{0} of {1} budget lines do not say what they cost."), found.unknown_lines, money.lines)
        )
    known = money.lines > found.unknown_lines
    yield "cost_begin", N_("Cost to begin"), float(found.begin) if known else None, notes
    value = found.until_value if known else None
    until = found.no_value_date or say(N_("Value comes from {0} on."), found.value_date)
    yield (
        "cost_run",
        N_("Cost to run until value comes"),
        None if value is None else float(value),
        [*notes, until],
    )
    last = [say(N_("Up to {0}."), found.horizon)] if found.horizon else []
    yield "cost", N_("Cost in all"), float(found.cost) if known else None, [*notes, *last]


def _work(told: Size) -> Iterator[tuple[str, str, float | None, list[Text]]]:
    work = told.to_come
    known = work.days if work.count > work.without_effort else None
    yield "days", N_("Days of effort to come"), known, [*_without_effort(told)]
    for key, what, part in (
        ("days_on_hold", N_("Of these, days on hold"), told.on_hold),
        ("days_done", N_("Days of what is closed"), told.done),
        ("days_rejected", N_("Days of what was rejected"), told.rejected),
    ):
        if part.count:
            notes = [say(N_("Improvements: {0}."), part.count)]
            if part.without_effort:
                notes.append(say(N_("{0} of {1} have no effort."), part.without_effort, part.count))
            yield key, what, part.days if part.count > part.without_effort else None, notes


def _without_effort(told: Size) -> Iterator[Text]:
    work = told.to_come
    if not work.count:
        yield NONE_TO_COME
    elif work.without_effort:
        yield say(N_("{0} of {1} improvements have no effort yet."), work.without_effort, work.count)
    else:
        yield say(N_("Improvements: {0}."), work.count)
    if told.under_way.count:
        yield say(
            N_("Under way: {0}; the days that these took so far are counted here too."),
            told.under_way.count,
        )


def _people(told: Size) -> Iterator[tuple[str, str, float | None, list[Text]]]:
    staff = told.staffing
    known = staff.teams > staff.silent
    silent = []
    if not staff.teams:
        silent.append(say(N_("The plan has no team of our own.")))
    elif staff.silent:
        silent.append(
            say(N_("{0} of {1} teams do not say how many people they need."), staff.silent, staff.teams)
        )
    if staff.external:
        silent.append(say(N_("The people of partners are not known; their teams: {0}."), staff.external))
    yield "people_needed", N_("People that rosters need"), staff.needed if known else None, silent
    lacking = [say(N_("Places that are not filled: {0}."), staff.missing)] if staff.missing else []
    had = (staff.had, lacking) if known else (None, silent)
    yield "people_had", N_("People that these rosters have"), *had
    if told.duties.roles:
        of = [say(N_("Of {0} roles; a role is filled by people, a team or a supplier."), told.duties.roles)]
        yield "roles_unfilled", N_("Roles that nobody fills"), told.duties.unfilled, of


def _span(told: Size) -> Iterator[Text]:
    span = told.span
    if not told.to_come.count:
        yield NONE_TO_COME
    elif span.months is not None:
        yield say(N_("From {0} to {1}."), span.first, span.last)
    elif span.first and span.last:
        yield say(N_("The last due date, {0}, lies before the first start, {1}."), span.last, span.first)
    if span.without_dates:
        yield say(
            N_("{0} of {1} improvements have no start or no due date."),
            span.without_dates,
            told.to_come.count,
        )


def _affected(told: Size) -> Iterator[tuple[str, str, float | None, list[Text]]]:
    affected, work = told.affected, told.to_come
    notes = [say(N_("Of {0} services in scope."), affected.in_scope)]
    if affected.everywhere:
        notes.append(say(N_("{0} of {1} improvements name no service."), affected.everywhere, work.count))
    named = work.count > affected.everywhere
    none = [] if work.count else [NONE_TO_COME]
    changed = affected.services if named else None
    yield "services", N_("Services that improvements change"), changed, [*none, *notes]
    part = [say(N_("Who is named: by roles, teams, improvements, objectives, services and agreements."))]
    yield "people", N_("People who have a part in it"), affected.people, part
    groups = [
        say(N_("Customers of the services that change; stakeholders of the plan: {0}."), affected.groups)
    ]
    if affected.groups:
        groups.append(say(N_("How many people they are, the plan does not say.")))
    customers = affected.customers if named else None
    yield "customers", N_("Groups of customers affected"), customers, [*none, *groups]


def _plain(value: float) -> Number:
    return Number(f"{value:g}")
