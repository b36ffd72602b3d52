"""Which maintenance components and services need, and by when it is due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sm_planner.engine.busy_times.standing import COMPONENTS, SERVICES
from sm_planner.engine.model import Component, Plan, Service
from sm_planner.engine.model.roadmap import BusyTime

USUAL_DAYS = 91
"""By when it is looked for, where nothing says how often it is due."""


@dataclass(frozen=True)
class Need:
    """Upkeep that a component or a service needs. days: after how many it is due again. notice: how many days before it
    its customers are told."""

    collection: str
    record: Component | Service
    minutes: int
    days: int
    notice: int

    def begins(self, today: date) -> date:
        """The first day on which it can be done, if its customers are told today."""
        return today + timedelta(days=self.notice)

    def due(self, today: date) -> date:
        """By when it is needed again."""
        return today + timedelta(days=self.days)

    def is_for(self, work: BusyTime) -> bool:
        """Whether a window is for it: for this component, or for this service as a whole."""
        return self.record.id == (work.component if self.collection == COMPONENTS else work.service)


def needs(plan: Plan) -> Iterator[Need]:
    """What is needed, of components and then of services, in the order of the plan."""
    for collection in (COMPONENTS, SERVICES):
        for record in getattr(plan, collection):
            for row in record.maintenance:
                if row.minutes:
                    yield Need(
                        collection, record, row.minutes, row.every_days or USUAL_DAYS, row.notice_days or 0
                    )


def longest(record: Component | Service | None) -> int:
    """How many minutes the longest upkeep of a component or a service takes; 0 where the plan does not say it."""
    return max((row.minutes or 0 for row in record.maintenance), default=0) if record else 0
