"""What is refused where somebody enters a record: mistakes that otherwise only a check would find.

Plan files are taken as they are, and judged by the checks: what an organisation has is not always in order. Who types
a record, or imports rows of it, is told at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from zoneinfo import available_timezones

from sm_planner.engine import checks
from sm_planner.engine.checks import waivers
from sm_planner.engine.checks.finding import Fault
from sm_planner.engine.checks.hours import hours_countable, uncountable
from sm_planner.engine.checks.questions import QUESTIONS
from sm_planner.engine.model import Calendar, Plan, Waiver
from sm_planner.engine.model.fields import Spec, specs
from sm_planner.engine.model.values import Refusal, closest
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
    if isinstance(record, Calendar):
        yield from _no_hours(record)
    elif isinstance(record, Waiver):
        yield from _no_rule(record)
    elif isinstance(record, Plan):
        yield from _no_questions(record)


def _alike(record: Any) -> Iterator[Refusal]:
    """Links to what they cannot lead to: the record itself, or what another field holds."""
    declared = specs(type(record))
    for name, spec in declared.items():
        if spec.kind == "rows":
            for number, row in enumerate(getattr(record, name), 1):
                for field, row_spec in specs(spec.row).items():
                    if row_spec.unlike and getattr(row, field) == getattr(record, row_spec.unlike):
                        yield _same(field, declared[row_spec.unlike], number, name)
        elif spec.unlike and getattr(record, name) and getattr(record, name) == getattr(record, spec.unlike):
            yield _same(name, declared[spec.unlike])


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


def _no_questions(plan: Plan) -> Iterator[Refusal]:
    """Answers to what is no key question: nobody would read them as one."""
    codes = [question.code for question in QUESTIONS]
    for number, answer in enumerate(plan.answers, 1):
        if answer.question not in codes:
            yield Refusal(
                "question",
                say(N_("“{0}” is not a key question."), answer.question),
                say(N_("Write one of these: {0}."), ", ".join(codes)),
                number,
                "answers",
            )


def lost(waiver: Waiver, titles: Mapping[str, str]) -> Iterator[Refusal]:
    """That a waiver is for a record that its plan does not hold. titles: id of each thing that it holds → title."""
    for fault in waivers.lost(waiver, {"", *titles}):
        named = [id for id, title in titles.items() if title.casefold() == waiver.record.casefold()]
        meant = named[0] if named else closest(waiver.record, titles)
        fix = say(N_("Did you mean {0}?"), meant) if meant else say(N_("Choose a record from the list."))
        yield _from_fault(fault, fix)


def _from_fault(fault: Fault, fix: Text) -> Refusal:
    return Refusal(fault.field, Text(fault.message, fault.args), fix)
