"""Lull Finder: when work on a component or service would hurt fewest, whom each slot hurts and why, or why there is none."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sm_planner.engine.busy_times.hurts import Cause
from sm_planner.engine.busy_times.lulls import Fit, Lulls, Slot, lulls
from sm_planner.engine.busy_times.needs import longest
from sm_planner.engine.busy_times.standing import COMPONENTS, SERVICES
from sm_planner.engine.busy_times.windows import local
from sm_planner.engine.model import WEEKDAYS, Plan
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.model.roadmap import BusyTime
from sm_planner.engine.texts import N_, Text, listed, say
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

COLUMNS = (
    Column("weekday", Text(N_("Weekday")), width=100),
    Column("start", Text(N_("Start")), width=170),
    Column("end", Text(N_("End")), width=170),
    Column("latest_start", Text(N_("Or Up to a Start At")), width=170),
    Column("fit", Text(N_("Lies to the Lull")), width=150),
    Column("in_peak", Text(N_("Services in a Peak")), "Int", width=90),
    Column("in_hours", Text(N_("Services in Promised Hours")), "Int", width=110),
    Column("hurts", Text(N_("Whom It Hurts, and Why")), width=520),
    Column("record", Text(N_("Record")), width=200, key="id"),
)
USUAL_DAYS, MOST_DAYS = 91, 732
USUAL_MINUTES = 60


def report(
    plan: Plan,
    today: date,
    *,
    component: str = "",
    service: str = "",
    minutes: int = 0,
    begin: str = "",
    before: str = "",
) -> Table:
    """A row for each slot, that which hurts fewest first.

    component, service: without either, the first component that says how long its maintenance takes. minutes: if 0, what the component needs, or an hour. begin: from which day on, such as 2027-01-31; today if empty.
    before: the day by which the work is over; a quarter of a year later if empty.
    """
    collection, id = (COMPONENTS, component or ("" if service else _in_need(plan)))
    if not id:
        collection, id = SERVICES, service
    record = plan.get(collection, id)
    if record is None:
        if id:
            return _nothing(say(N_("The plan has no “{0}”."), id))
        return _nothing(Text(N_("Choose a component or a service.")))
    first = _day(begin, today)
    last = _day(before, first + timedelta(days=USUAL_DAYS) if first else None)
    if first is None or last is None:
        return _nothing(Text(N_("Write days like 2027-01-31.")))
    if (last - first).days > MOST_DAYS:
        return _nothing(Text(N_("Choose at most two years.")))
    length = minutes or longest(record) or USUAL_MINUTES
    found = lulls(plan, collection, id, length, first, last)
    return Table(
        columns=COLUMNS,
        rows=[
            _row(plan, slot, found.zone) | {"record": str(Ref.to(record)), "collection": collection, "id": id}
            for slot in found.slots
        ],
        summary=(
            Figure(Text(N_("Services That Stand on It")), found.services),
            Figure(Text(N_("Minutes")), length),
            Figure(Text(N_("Time Zone")), found.zone),
        ),
        chart=_chart(plan, found),
        message=_message(record, found),
    )


def _in_need(plan: Plan) -> str:
    """The first component that says how long its maintenance takes."""
    return next((one.id for one in plan.components if longest(one)), "")


def _chart(plan: Plan, found: Lulls) -> Chart | None:
    """How many services each slot hurts."""
    if not found.slots:
        return None
    rows = [_row(plan, slot, found.zone) for slot in found.slots]
    return Chart(
        title=Text(N_("Services that each slot hurts, by the number of its row")),
        labels=tuple(str(number) for number in range(1, len(rows) + 1)),
        datasets=(
            Dataset(Text(N_("In a Peak")), tuple(row["in_peak"] for row in rows)),
            Dataset(Text(N_("In Promised Hours")), tuple(row["in_hours"] for row in rows)),
        ),
        colors=("#b3432b", "#9aa5b1"),
        reading=say(
            N_("{0} slots; {1} of them hurt nobody."), len(rows), sum(not one.hurts for one in found.slots)
        ),
        stacked=True,
    )


def why(plan: Plan, cause: Cause) -> Text:
    """Which service and customers something in the way is about, and what it is."""
    whom = [str(Ref.to(plan.get("stakeholders", id))) for id in cause.customers(plan)]
    record = cause.record
    what = (
        say(N_("{0} “{1}”"), Text(record.kind), str(Ref.to(record)))
        if isinstance(record, BusyTime)
        else say(N_("promised hours of “{0}”"), str(Ref.to(record)))
    )
    service = str(Ref.to(cause.service))
    if whom:
        return say(N_("{0} for {1}: {2}"), service, listed(whom), what)
    return say(N_("{0}: {1}"), service, what)


def at(unix: int, zone: str) -> Text:
    """Day and hour as the clock of a zone shows them; where it shows them twice, with the offset."""
    shown = local(unix, zone)
    other = shown.replace(fold=1 - shown.fold)
    offset = f"{shown:%z}" if shown.utcoffset() != other.utcoffset() else ""
    return Text("{0} {1}", (shown.date(), f"{shown:%H:%M}{offset and ' ' + offset}"))


def is_day(text: str) -> bool:
    return _day(text, None) is not None


def _day(text: str, usual: date | None) -> date | None:
    """None where it is no day."""
    try:
        return date.fromisoformat(text) if text else usual
    except ValueError:
        return None


def _row(plan: Plan, slot: Slot, zone: str) -> dict[str, Any]:
    return {
        "weekday": Text(WEEKDAYS[local(slot.start, zone).weekday()]),
        "start": at(slot.start, zone),
        "end": at(slot.end, zone),
        "latest_start": at(slot.latest_start, zone),
        "fit": Text(slot.fit.value),
        "in_peak": len({one.service.id for one in slot.hurts if one.is_peak}),
        "in_hours": len({one.service.id for one in slot.hurts if not one.is_peak}),
        "hurts": listed((why(plan, one) for one in slot.hurts), "; ")
        if slot.hurts
        else Text(N_("Nobody is hurt")),
        "start_utc": utc(slot.start),
        "end_utc": utc(slot.end),
        "latest_start_utc": utc(slot.latest_start),
    }


def utc(unix: int) -> str:
    return f"{local(unix, 'UTC'):%Y-%m-%dT%H:%M:%SZ}"


def _nothing(message: Text) -> Table:
    return Table(columns=COLUMNS, rows=[], message=message)


def _message(record: Any, found: Lulls) -> Text:
    if found.reason:
        return say(N_("There is no slot for “{0}”. {1}"), str(Ref.to(record)), found.reason)
    best = found.slots[0]
    text = {
        Fit.FITS_IN: N_("The best slot for “{0}” begins on {1} and hurts nobody."),
        Fit.STARTS_IN: N_("The best slot for “{0}” begins on {1} in a lull, and ends after it."),
        Fit.HURTS: N_("There is no lull for “{0}”; the slot that hurts fewest begins on {1}."),
    }[best.fit]
    return say(text, str(Ref.to(record)), at(best.start, found.zone))
