"""Conditions that checks of several families ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sm_planner.engine.checks.finding import N_, Fault, fault, idle, unknown
from sm_planner.engine.lacks import Lack, empty, unfilled
from sm_planner.engine.model import COLLECTIONS, Improvement, Person, Plan, Stakeholder
from sm_planner.engine.model.fields import specs
from sm_planner.engine.rhythm.months import months_after
from sm_planner.engine.texts import Text, listed, say


def named(record: Any) -> str:
    """How a message names a record: by its title, or by its id while it has none."""
    return record.title or record.id


def first_names(records: Sequence[Any]) -> Text:
    """How a message names many records: the first three of them, and how many there are besides."""
    return first_of([named(record) for record in records])


def first_of(names: Sequence[str | Text]) -> Text:
    """The first three of many names, and how many there are besides."""
    shown = listed(say(N_("“{0}”"), name) for name in names[:3])
    return Text("{0} + {1}", (shown, str(len(names) - 3))) if len(names) > 3 else shown


def label(record: Any, field: str) -> Text:
    return Text(specs(type(record))[field].label)


def missing(record: Any, *fields: str) -> Iterator[Fault]:
    """A fault for each of the fields that holds nothing."""
    yield from faults(unfilled(record, *fields))


def faults(lacks: Iterable[Lack]) -> Iterator[Fault]:
    """A fault for each thing that is missing."""
    for one in lacks:
        yield fault(one.record, one.text.template, *one.text.args, field=one.field)


def lacking(record: Any, *fields: str) -> Iterator[Fault]:
    """The check cannot be decided without the fields. Told with the fault of the rule that asks for them."""
    for field in fields:
        if empty(getattr(record, field)):
            yield unknown(
                record, N_("“{0}”: {1} is not filled in."), named(record), label(record, field), field=field
            )


def missing_in_rows(record: Any, field: str, name: str, *parts: str) -> Iterator[Fault]:
    """A fault for each of the parts that a child row leaves out. name: the part by which a row is known."""
    for row in getattr(record, field):
        for part in parts:
            if empty(getattr(row, part)):
                yield fault(
                    record,
                    N_("{0} “{1}”: {2} is not filled in."),
                    label(record, field),
                    _named_row(row, name),
                    label(row, part),
                    field=field,
                )


def _named_row(row: Any, name: str) -> str | Text:
    value = getattr(row, name)
    return Text(value) if specs(type(row))[name].kind == "choice" else value


IF_ANY = N_("If there are any, enter them, so that they can be checked.")


def no_rows(record: Any, field: str) -> Iterator[Fault]:
    """The check cannot be decided where a record has no rows to check: it did not pass."""
    if not getattr(record, field):
        yield idle(
            record,
            N_("“{0}”: there is nothing to check under {1}."),
            named(record),
            label(record, field),
            field=field,
            fix=IF_ANY,
        )


def nothing_in(plan: Plan, collection: str) -> Iterator[Fault]:
    """The check cannot be decided where there is nothing to check: it did not pass."""
    if not getattr(plan, collection):
        yield idle(
            plan,
            N_("The plan has no {0} to check."),
            Text(COLLECTIONS[collection].label),
            field=collection,
            fix=IF_ANY,
        )


def wanted(plan: Plan) -> tuple[Improvement, ...]:
    """The improvements that count as actions: no rejected ones, and no suggestions that nobody has looked at yet."""
    return tuple(one for one in plan.improvements if one.is_taken_up)


def nothing_wanted(plan: Plan) -> Iterator[Fault]:
    """The check cannot be decided where no improvement counts as an action: it did not pass."""
    yield from nothing_in(plan, "improvements")
    if plan.improvements and not wanted(plan):
        yield idle(
            plan,
            N_("Each improvement of the plan is rejected, or only suggested."),
            field="improvements",
            fix=IF_ANY,
        )


def no_sponsor(plan: Plan) -> Iterator[Fault]:
    """The check cannot be decided where no sponsor is named, which SPN-01 says."""
    if plan.get("people", plan.executive_sponsor) is None:
        yield idle(
            plan,
            N_("The plan has no sponsor."),
            field="executive_sponsor",
            fix=N_("Name the executive sponsor of the plan."),
        )


def not_set(plan: Plan, message: str) -> Fault:
    """The check cannot be decided as a threshold is empty: the organisation may have meant that, it is no fault."""
    return idle(
        plan,
        message,
        fix=N_("Enter it in the settings if you want this to be checked; otherwise leave it empty."),
    )


def customers(plan: Plan) -> Iterator[Stakeholder]:
    """The stakeholders who use services."""
    return (stakeholder for stakeholder in plan.stakeholders if stakeholder.kind == "Customer")


def account(person: Person | None) -> bool:
    """Whether somebody is named who has an enabled user account."""
    return person is not None and person.enabled and bool(person.user)


def overdue(record: Any, message: str, *, every: str, last: str, since: str, today: date) -> Iterator[Fault]:
    """A fault if something that is done every so many months was not done in time.

    message: a template of the record's name and the day on which it was due. every, last, since: the fields
    that hold the months, when it was last done, and when the time began.
    """
    months = getattr(record, every)
    done = getattr(record, last) or getattr(record, since)
    if not months or done is None:
        yield from lacking(record, since if months else every)
    elif (due := months_after(done, months)) < today:
        yield fault(record, message, named(record), due, field=last)
