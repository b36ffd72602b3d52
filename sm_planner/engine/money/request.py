"""The funding request: what a plan asks money for, drawn from the plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sm_planner.engine.model import Plan
from sm_planner.engine.money.benefits import Benefit, benefits
from sm_planner.engine.money.costs import exact
from sm_planner.engine.money.course import Course, course


@dataclass(frozen=True)
class FundingRequest:
    """granted: money that is there already; None where nobody said so.

    a_year: what all benefits bring a year once they have begun; None where nobody says what any brings.
    """

    course: Course
    benefits: tuple[Benefit, ...]
    a_year: Fraction | None
    granted: Fraction | None

    @property
    def asked(self) -> Fraction:
        """What is still to be granted."""
        return max(Fraction(), self.course.cost - (self.granted or 0))


def funding_request(plan: Plan, today: date) -> FundingRequest:
    """What a plan asks for. today: up to when it is known what was reached."""
    gains = benefits(plan, today)
    return FundingRequest(
        course=course(plan, today),
        benefits=gains,
        a_year=sum((gain.a_year for gain in gains), Fraction()) if gains else None,
        granted=granted(plan),
    )


def granted(plan: Plan) -> Fraction | None:
    """The money that was granted in all; None where none was entered."""
    if not plan.funding:
        return None
    return sum((exact(one.amount or 0) for one in plan.funding), Fraction())
