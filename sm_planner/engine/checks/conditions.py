"""Conditions that checks of several families ask for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sm_planner.engine.fields import specs
from sm_planner.engine.finding import N_, Fault, Ref, fault, unknown
from sm_planner.engine.model import COLLECTIONS, Person, Plan


def named(record: Any) -> str:
    """How a message names a record: by its title, or by its id while it has none."""
    return str(Ref.to(record))


def label(record: Any, field: str) -> str:
    return specs(type(record))[field].label


def empty(value: Any) -> bool:
    """Whether a field holds nothing; 0 is something."""
    return value is None or value == () or (isinstance(value, str) and not value.strip())


def missing(record: Any, *fields: str) -> Iterator[Fault]:
    """A fault for each of the fields that holds nothing."""
    for field in fields:
        if empty(getattr(record, field)):
            yield fault(
                record, N_("“{0}”: {1} is not filled in."), named(record), label(record, field), field=field
            )


def nothing_in(plan: Plan, collection: str) -> Iterator[Fault]:
    """The check cannot be decided where there is nothing to check: it did not pass."""
    if not getattr(plan, collection):
        yield unknown(
            plan, N_("The plan holds no {0} to check."), COLLECTIONS[collection].label, field=collection
        )


def account(person: Person | None) -> bool:
    """Whether somebody is named who has an enabled user account."""
    return person is not None and person.enabled and bool(person.user)
