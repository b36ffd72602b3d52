"""What the chapters are written from: the plan, the day, and what the engine says of them, computed once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sm_planner.engine import seal
from sm_planner.engine.checks import CheckResult, check
from sm_planner.engine.model import Plan
from sm_planner.engine.readiness import Readiness, readiness
from sm_planner.reports.book.wording import Wording


@dataclass(frozen=True)
class Material:
    plan: Plan
    today: date
    wording: Wording

    @cached_property
    def result(self) -> CheckResult:
        return check(self.plan, self.today)

    @cached_property
    def board(self) -> Readiness:
        return readiness(self.plan, self.result)

    @cached_property
    def verification(self) -> seal.Verification:
        """The seals, their hashes recomputed. Whose key made them cannot be known here."""
        return seal.verify(self.plan, {})
