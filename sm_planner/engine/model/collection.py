"""How a collection of the model is declared: once, at the class of its records.

The module of a subject declares the class, with what is known about its records as a whole::

    @collected(N_("Waiver"), N_("Waivers"), series="WVR", shared=False)
    @record
    class Waiver:
        id: str = key()
        …

and :class:`~sm_planner.engine.model.plan.Plan` says where it stands: ``waivers: tuple[Waiver, ...] = collection(Waiver)``.
Everything else follows from the two, see docs/architecture.md.

A collection has one of three natures. A **promise** is what a version says and its sponsor signs: it is changed in a draft.
A **register** is what is being worked on: it belongs to the lineage, moves at any time, and a snapshot of it is signed. A
**fact** is what happened: it belongs to the lineage too, is added by whom it is about, and is never signed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

Class = TypeVar("Class", bound=type)

PROMISE, REGISTER, FACT = "promise", "register", "fact"
"""Natures of collections."""


@dataclass(frozen=True)
class Collection:
    """A list of records in a plan.

    name: the field of the plan. label: what one record is called; its DocType is ``SM`` and that. several: what the
    list is called. series: what the ids begin with that are given to records without one; empty where an id is never
    given. shared: its records can be in the scope of several plans; else each belongs to one. kept_by: the field by
    which a service owner keeps records, and may write them: a person, or the services that they are about; empty
    where planners alone write them. nature: promise, register or fact. hangs_on: the field of a fact by which it is about
    a shared record, and then belongs to no lineage; empty where there is none. by_server: whether a site alone makes its
    facts, and takes none from files.
    """

    name: str
    record: type
    label: str
    several: str
    series: str
    shared: bool
    kept_by: str
    nature: str
    hangs_on: str
    by_server: bool

    @property
    def is_of_lineage(self) -> bool:
        """Whether the records belong to all versions of a plan at once."""
        return self.nature != PROMISE

    def needs_lineage(self, record: Any) -> bool:
        """Whether the record belongs to one lineage; else it is about something that several plans share."""
        return self.is_of_lineage and not (self.hangs_on and getattr(record, self.hangs_on))


_DECLARED: dict[type, Collection] = {}
"""Class of records → its collection; the field of a plan gives it its name."""


def collected(
    label: str,
    several: str,
    *,
    series: str = "",
    shared: bool = True,
    kept_by: str = "",
    nature: str = PROMISE,
    hangs_on: str = "",
    by_server: bool = False,
) -> Callable[[Class], Class]:
    """Declares that the records of a class are a collection. What is given: see :class:`Collection`."""

    def declare(record_class: Class) -> Class:
        _DECLARED[record_class] = Collection(
            name="",
            record=record_class,
            label=label,
            several=several,
            series=series,
            shared=shared and nature == PROMISE,
            kept_by=kept_by,
            nature=nature,
            hangs_on=hangs_on,
            by_server=by_server,
        )
        return record_class

    return declare


def collection(record_class: type) -> Any:
    """The field of a plan that holds the records of a class declared by :func:`collected`."""
    return dataclasses.field(default=(), metadata={"collection": _DECLARED[record_class]})


def collections_of(plan_class: type) -> dict[str, Collection]:
    """The collections of a plan, by name, in the order of their fields."""
    return {
        field.name: dataclasses.replace(field.metadata["collection"], name=field.name)
        for field in dataclasses.fields(plan_class)
        if "collection" in field.metadata
    }
