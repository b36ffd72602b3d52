"""What the chapters are written from: the plan, the day, and what the engine says of them, computed once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from sm_planner.engine.checks import CheckResult, check
from sm_planner.engine.checks.readiness import Readiness, readiness
from sm_planner.engine.model import Plan
from sm_planner.engine.sealing import envelope, seal
from sm_planner.reports.book.wording import Wording
from sm_planner.reports.table import Table

if TYPE_CHECKING:
    from sm_planner.engine.attainment import EventLog


@dataclass(frozen=True)
class Material:
    plan: Plan
    today: date
    wording: Wording
    log: EventLog | None = None
    """What happened, if the book is to say what was kept."""

    @cached_property
    def result(self) -> CheckResult:
        return check(self.plan, self.today)

    @cached_property
    def board(self) -> Readiness:
        return readiness(self.plan, self.result)

    @cached_property
    def attainment(self) -> Table | None:
        """What was promised and kept, by service level; None without a log."""
        if self.log is None:
            return None
        from sm_planner.reports import sla_attainment

        return sla_attainment.report(self.plan, self.today, log=self.log)

    @cached_property
    def verification(self) -> seal.Verification:
        """The seals, each judged anew by the keys that the plan brings along, and what stands beside them."""
        return envelope.verify(self.plan)
