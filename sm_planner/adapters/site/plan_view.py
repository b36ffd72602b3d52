"""What a plan sees of the records that it shares with other plans.

Components name the services that they carry, agreements the services and components that they are about, across
all plans. A plan sees of them what concerns its own services and components, and changes no more than it sees. What
an agreement says of a service, such as a target or a duty, is seen where that service is.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Set
from dataclasses import dataclass
from typing import Any

from sm_planner.engine.model import Agreement, AgreementScope, Component, Plan
from sm_planner.engine.model.fields import specs

_FIELDS = {
    Component: ("services",),
    Agreement: tuple(
        name for name, spec in specs(Agreement).items() if spec.row and "service" in specs(spec.row)
    ),
}
"""Class of record → its fields of which a plan sees a part."""


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
        fields = _FIELDS.get(type(record), ())
        seen = {field: tuple(item for item in getattr(record, field) if self._sees(item)) for field in fields}
        return dataclasses.replace(record, **seen) if seen else record

    def merged(self, new: Any, old: Any) -> Any:
        """The record as the plan wants it, with what the plan does not see of the old one."""
        fields = _FIELDS.get(type(new), ())
        whole = {
            field: getattr(new, field) + tuple(item for item in getattr(old, field) if not self._sees(item))
            for field in fields
        }
        return dataclasses.replace(new, **whole) if whole else new

    def _sees(self, item: Any) -> bool:
        """Whether a service, by its id, or a row about one is within the plan."""
        if isinstance(item, str):
            return item in self.services
        component = item.component if isinstance(item, AgreementScope) else ""
        return (not item.service or item.service in self.services) and (
            not component or component in self.components
        )
