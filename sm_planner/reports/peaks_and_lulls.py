"""Peaks and Lulls: the business calendar, when each time is next, and what planned work meets a peak."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import Any

from sm_planner.engine.busy_times.conflicts import AHEAD_MONTHS, Conflict, conflicts
from sm_planner.engine.busy_times.windows import is_countable, windows, zone_of
from sm_planner.engine.model import Plan
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.model.roadmap import BusyTime, BusyWeekday, LeftOutDay
from sm_planner.engine.model.vocabulary import BLACKOUT, BUSY_KINDS, DAILY, FLAT, LULL, PEAK, WEEKLY
from sm_planner.engine.rhythm.busy import is_general, is_whole_days
from sm_planner.engine.rhythm.months import months_after
from sm_planner.engine.service_time.local_time import beginning
from sm_planner.engine.texts import N_, Number, Text, listed, say
from sm_planner.reports.lull_finder import at
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

COLUMNS = (
    Column("title", Text(N_("Time")), width=240, collection="busy_times", key="id"),
    Column("kind", Text(N_("Kind")), width=110),
    Column("whose", Text(N_("Whose")), width=200),
    Column("comes_back", Text(N_("Comes Back")), width=220),
    Column("next_start", Text(N_("Next From")), width=170),
    Column("next_end", Text(N_("Next To")), width=170),
    Column("times", Text(N_("Times in Twelve Months")), "Int", width=90),
    Column("hours", Text(N_("Hours in Twelve Months")), "Float", width=90),
    Column("meets", Text(N_("Meets")), width=320),
)
KINDS = (PEAK, LULL, BLACKOUT)
EACH = {
    "Daily": N_("each day"),
    "Weekly": N_("each week"),
    "Monthly": N_("each month"),
    "Yearly": N_("each year"),
}
EVERY = {
    "Daily": N_("every {0} days"),
    "Weekly": N_("every {0} weeks"),
    "Monthly": N_("every {0} months"),
    "Yearly": N_("every {0} years"),
}


def report(plan: Plan, today: date, *, kind: str = "") -> Table:
    """A row for each entry, that which is next first and what is over last. kind: only those."""
    met: dict[str, list[Conflict]] = defaultdict(list)
    for one in conflicts(plan, today):
        met[one.work.id].append(one)
    rows = [_row(plan, one, met[one.id], today) for one in plan.busy_times if kind in ("", one.kind)]
    rows.sort(key=lambda row: (row["start_utc"] is None, row["start_utc"] or 0))
    counted = Counter(row["kind"].template for row in rows if row["kind"])
    meeting = sum(bool(row["meets"]) for row in rows)
    return Table(
        columns=COLUMNS,
        rows=rows,
        summary=(
            *(Figure(Text(one), counted[one]) for one in KINDS),
            Figure(Text(N_("Planned Work That Meets a Peak")), meeting, "Red" if meeting else "Green"),
        ),
        chart=_chart(rows),
        message=_message(plan, rows, meeting),
    )


def rule(entry: BusyTime) -> Text:
    """When a time comes back, in words."""
    if not entry.repeats:
        return Text(N_("once"))
    every = entry.every or 1
    how = Text(EACH[entry.repeats]) if every == 1 else say(EVERY[entry.repeats], every)
    named = [_weekday(row, entry) for row in entry.weekdays if row.weekday and entry.repeats != DAILY]
    return say(N_("{0}: {1}"), how, listed(named)) if named else how


def exception(row: LeftOutDay) -> Text:
    """That a time is left out on a day, or when it is instead, in words."""
    if not row.moves:
        return say(N_("not on {0}"), row.day)
    told = [row.instead_on or row.day, *([_hours(row)] if row.has_hours else [])]
    return say(N_("not on {0}, but on {1}"), row.day, listed(told))


def hours_of_day(entry: BusyTime) -> str:
    """The hours of an entry; empty where it takes whole days."""
    return "" if is_whole_days(entry) else _hours(entry)


def _hours(one: BusyTime | LeftOutDay) -> str:
    return f"{one.from_time or '00:00'}–{one.to_time or '24:00'}"


def whose(plan: Plan, entry: BusyTime) -> str | Text:
    """What an entry is about."""
    if is_general(entry):
        return Text(N_("Everybody"))
    named = (("teams", entry.team), ("services", entry.service), ("components", entry.component))
    return entry.unit or next(plan.title_of(collection, id) for collection, id in named if id)


def _weekday(row: BusyWeekday, entry: BusyTime) -> Text:
    if row.which and entry.repeats != WEEKLY:
        return say(N_("{0} {1}"), Text(row.which), Text(row.weekday))
    return Text(row.weekday)


def _row(plan: Plan, entry: BusyTime, met: list[Conflict], today: date) -> dict[str, Any]:
    zone = zone_of(plan, entry) if is_countable(entry) else ""
    ahead = (
        windows(plan, entry, beginning(today, zone), beginning(months_after(today, AHEAD_MONTHS), zone))
        if zone
        else []
    )
    following = min(ahead, default=None)
    return {
        "id": entry.id,
        "title": entry.title or entry.id,
        "kind": Text(entry.kind) if entry.kind else "",
        "whose": whose(plan, entry),
        "comes_back": rule(entry),
        "next_start": at(following.start, zone) if following else "",
        "next_end": at(following.end, zone) if following else "",
        "times": len(ahead),
        "hours": round(sum(one.end - one.start for one in ahead) / 3600, 1),
        "meets": listed((_meets(one) for one in met), "; ") if met else "",
        "start_utc": following.start if following else None,
    }


def _meets(one: Conflict) -> Text:
    services = listed(str(Ref.to(service)) for service in one.services)
    return say(N_("{0} “{1}” of {2}"), Text(one.busy.kind), str(Ref.to(one.busy)), services)


def _chart(rows: list[dict[str, Any]]) -> Chart | None:
    """Hours of each kind in the next twelve months; flat ones would dwarf the others."""
    total = {
        kind: sum(row["hours"] for row in rows if row["kind"] and row["kind"].template == kind)
        for kind in BUSY_KINDS
        if kind != FLAT
    }
    shown = [kind for kind in total if total[kind]]
    if not shown:
        return None
    return Chart(
        title=Text(N_("Hours in the next twelve months")),
        labels=tuple(Text(kind) for kind in shown),
        datasets=(Dataset(Text(N_("Hours")), tuple(round(total[kind], 1) for kind in shown)),),
        colors=("#24548f",),
        reading=say(
            N_("Peaks: {0} hours. Lulls: {1} hours."), Number(f"{total[PEAK]:g}"), Number(f"{total[LULL]:g}")
        ),
    )


def _message(plan: Plan, rows: list[dict[str, Any]], meeting: int) -> Text:
    if not plan.busy_times:
        return Text(
            N_("The business calendar is empty: ask the service owners and units for their peaks and lulls.")
        )
    if meeting:
        return Text(N_("Planned work meets a peak: the report “Lull Finder” gives slots that hurt fewer."))
    return Text(N_("No planned work meets a peak."))
