"""What is refused where somebody enters a record: mistakes that otherwise only a check would find.

Plan files are taken as they are, and judged by the checks: what an organisation has is not always in order. Who types
a record, or imports rows of it, is told at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from zoneinfo import available_timezones

from sm_planner.engine import checks
from sm_planner.engine.busy_times.windows import hours, is_countable
from sm_planner.engine.checks import waivers
from sm_planner.engine.checks.finding import Fault
from sm_planner.engine.checks.hours import hours_countable, uncountable
from sm_planner.engine.model import Calendar, Waiver
from sm_planner.engine.model.fields import Spec, specs
from sm_planner.engine.model.reviews import Review, Trigger
from sm_planner.engine.model.roadmap import BusyTime
from sm_planner.engine.model.values import Refusal, closest, misnamed, words_of
from sm_planner.engine.model.vocabulary import FLAT, MONTHLY, WEEKLY, YEARLY
from sm_planner.engine.rhythm.triggers import DEFERRED, DONE
from sm_planner.engine.texts import N_, Text, say

TITLE = "title"
"""The field by which people know a record."""


def is_titled(record_class: type) -> bool:
    """Whether records of a class have a title of their own, which they then need."""
    return TITLE in specs(record_class)


def refusals(record: Any) -> Iterator[Refusal]:
    """What is refused of a record by itself."""
    if is_titled(type(record)) and not record.title:
        yield Refusal(TITLE, say(N_("This is missing.")), say(N_("Fill it in.")))
    yield from _alike(record)
    yield from _misnamed(record)
    if isinstance(record, Calendar):
        yield from _no_hours(record)
    elif isinstance(record, Waiver):
        yield from _no_rule(record)
    elif isinstance(record, Review):
        yield from _no_reason(record, "moved_to", "move_reason")
        yield from _no_reason(record, "move_reason", "moved_to")
    elif isinstance(record, Trigger):
        yield from _not_decided(record)
    elif isinstance(record, BusyTime):
        yield from _not_one_time(record)


def _alike(record: Any) -> Iterator[Refusal]:
    """Links to what they cannot lead to: the record itself, or what another field holds."""
    declared = specs(type(record))
    for name, spec in declared.items():
        if spec.kind == "rows":
            for number, row in enumerate(getattr(record, name), 1):
                for field, row_spec in specs(spec.row).items():
                    if row_spec.unlike and getattr(row, field) == getattr(record, row_spec.unlike):
                        yield _same(field, declared[row_spec.unlike], number, name)
        elif spec.unlike and getattr(record, spec.unlike) in _linked(record, name, spec):
            yield _same(name, declared[spec.unlike])


def _linked(record: Any, name: str, spec: Spec) -> tuple[str, ...]:
    value = getattr(record, name)
    return value if spec.kind == "links" else (value,) if value else ()


def _same(field: str, other: Spec, row: int = 0, table: str = "") -> Refusal:
    itself = say(N_("This is the record itself."))
    message = itself if other.kind == "key" else say(N_("This is the same as under {0}."), Text(other.label))
    return Refusal(field, message, say(N_("Choose another.")), row, table)


def _no_hours(calendar: Calendar) -> Iterator[Refusal]:
    if not calendar.timezone:
        yield Refusal("timezone", say(N_("This is missing.")), say(N_("Fill it in.")))
    for fault in uncountable(calendar):
        yield _from_fault(
            fault, _zone_fix(calendar) if fault.field == "timezone" else Text(hours_countable.fix)
        )


def _zone_fix(calendar: Calendar) -> Text:
    meant = _zone_of_place(calendar.timezone) or closest(calendar.timezone, available_timezones())
    return say(N_("Did you mean {0}?"), meant) if meant else say(N_("Choose one from the list."))


def _zone_of_place(place: str) -> str:
    """The time zone that is named after a place, such as Dublin."""
    ends = f"/{place.strip().replace(' ', '_')}".casefold()
    return min((zone for zone in available_timezones() if zone.casefold().endswith(ends)), default="")


def _no_rule(waiver: Waiver) -> Iterator[Refusal]:
    for fault in waivers.not_waivable(waiver):
        known = any(waiver.rule == rule.code for rule in checks.RULES)
        meant = "" if known else closest(waiver.rule, (rule.code for rule in checks.waivable()))
        fix = say(N_("Did you mean {0}?"), meant) if meant else say(N_("Choose a rule from the list."))
        yield _from_fault(fault, fix)


def _misnamed(record: Any) -> Iterator[Refusal]:
    """Rows that name none of what they can name, such as answers to what is no key question, or the same thing twice."""
    for table, spec in specs(type(record)).items():
        for field, row_spec in specs(spec.row).items() if spec.kind == "rows" else ():
            seen: set[str] = set()
            for number, row in enumerate(getattr(record, table) if row_spec.words else (), 1):
                value = getattr(row, field)
                if problem := misnamed(row_spec, value):
                    yield Refusal(field, problem.message, problem.fix, number, table)
                elif value in seen:
                    message = say(N_("“{0}” stands here twice."), words_of(row_spec, value))
                    yield Refusal(field, message, say(N_("Put both into one row.")), number, table)
                seen.add(value)


def lost(waiver: Waiver, titles: Mapping[str, str]) -> Iterator[Refusal]:
    """That a waiver is for a record that its plan does not hold. titles: id of each thing that it holds → title."""
    for fault in waivers.lost(waiver, {"", *titles}):
        named = [id for id, title in titles.items() if title.casefold() == waiver.record.casefold()]
        meant = named[0] if named else closest(waiver.record, titles)
        fix = say(N_("Did you mean {0}?"), meant) if meant else say(N_("Choose a record from the list."))
        yield _from_fault(fault, fix)


def _no_reason(record: Any, field: str, needed: str) -> Iterator[Refusal]:
    """That a field which is filled in needs another one."""
    if getattr(record, field) and not getattr(record, needed):
        yield Refusal(needed, say(N_("This is missing.")), say(N_("Fill it in.")))


def _not_decided(trigger: Trigger) -> Iterator[Refusal]:
    """That a trigger is put off without a day, or put off or done without a reason."""
    if trigger.status == DEFERRED:
        yield from _no_reason(trigger, "status", "deferred_until")
    if trigger.status in (DEFERRED, DONE):
        yield from _no_reason(trigger, "status", "reason")


def _from_fault(fault: Fault, fix: Text) -> Refusal:
    return Refusal(fault.field, Text(fault.message, fault.args), fix)


def _not_one_time(entry: BusyTime) -> Iterator[Refusal]:
    """A time that ends before it begins, or that is about several things."""
    if entry.from_date and entry.to_date and entry.to_date < entry.from_date:
        yield Refusal(
            "to_date", say(N_("It ends before it begins.")), say(N_("Enter the first day and the last."))
        )
    yield from _not_on_the_clock(entry)
    about = [name for name in ("unit", "team", "service", "component") if getattr(entry, name)]
    if len(about) > 1:
        yield Refusal(
            about[-1],
            say(N_("An entry is about one thing.")),
            say(N_("Leave one of them, and make another entry for the other.")),
        )


def _not_on_the_clock(entry: BusyTime) -> Iterator[Refusal]:
    """Hours, a zone or a rule that nobody can follow."""
    if hours(entry) is None:
        yield Refusal(
            "from_time" if entry.from_time else "to_time",
            say(N_("These are no hours.")),
            say(N_("Write them like 22:00; the end of a day is 24:00.")),
        )
    elif not is_countable(entry):
        meant = closest(entry.timezone, available_timezones())
        fix = say(N_("Did you mean {0}?"), meant) if meant else say(N_("Write it like Europe/Berlin."))
        yield Refusal("timezone", say(N_("There is no such time zone.")), fix)
    if entry.weekdays and entry.repeats not in (WEEKLY, MONTHLY, YEARLY):
        yield Refusal(
            "repeats",
            say(N_("Weekdays say when it comes back.")),
            say(N_("Choose by what it comes back, or leave out the weekdays.")),
        )
    if entry.repeats_until and entry.from_date and entry.repeats_until < entry.from_date:
        yield Refusal(
            "repeats_until", say(N_("It ends before it begins.")), say(N_("Enter a later day, or none."))
        )
    if entry.kind == FLAT and not (entry.unit or entry.service):
        yield Refusal(
            "kind",
            say(N_("This is the word of a unit or of a service owner.")),
            say(N_("Enter the unit or the service.")),
        )
