"""What a plan sees of the records that it shares with other plans.

Components name the services that they carry, agreements the services and components that they are about, across
all plans. A plan sees of them what concerns its own services and components, and changes no more than it sees.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Set
from dataclasses import dataclass
from typing import Any

from sm_planner.engine.model import Agreement, AgreementScope, Component, Plan

_FIELDS = {Component: "services", Agreement: "scope"}
"""Class of record → its field of which a plan sees a part."""


@dataclass(frozen=True)
class View:
    """The ids of the services and components in the scope of a plan."""

    services: Set[str]
    components: Set[str] = frozenset()

    @classmethod
    def of(cls, plan: Plan) -> View:
        return cls(plan.index["services"].keys(), plan.index["components"].keys())

    def concerns(self, record: Any) -> bool:
        """Whether a record is about anything in the plan.

        An agreement all of whose scope lies elsewhere is not: seen without its scope, it would seem to hold
        wherever its party works.
        """
        return not isinstance(record, Agreement) or not record.scope or any(map(self._sees, record.scope))

    def seen(self, record: Any) -> Any:
        """The record as the plan sees it."""
        field = _FIELDS.get(type(record))
        if field is None:
            return record
        items = tuple(item for item in getattr(record, field) if self._sees(item))
        return dataclasses.replace(record, **{field: items})

    def merged(self, new: Any, old: Any) -> Any:
        """The record as the plan wants it, with what the plan does not see of the old one."""
        field = _FIELDS.get(type(new))
        if field is None:
            return new
        unseen = tuple(item for item in getattr(old, field) if not self._sees(item))
        return dataclasses.replace(new, **{field: getattr(new, field) + unseen})

    def _sees(self, item: str | AgreementScope) -> bool:
        if isinstance(item, str):
            return item in self.services
        return item.service in self.services | {""} and item.component in self.components | {""}
