"""The funding request: what a plan asks money for, drawn from the plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sm_planner.engine.model import Plan
from sm_planner.engine.money.benefits import Benefit, benefits
from sm_planner.engine.money.costs import due_after, exact
from sm_planner.engine.money.course import Course, course


@dataclass(frozen=True)
class FundingRequest:
    """after: what is due after the horizon. granted: money that is there already; None where nobody said so.

    a_year: what all benefits bring a year once they have begun; None where nobody says what any brings.
    """

    course: Course
    after: Fraction
    benefits: tuple[Benefit, ...]
    a_year: Fraction | None
    granted: Fraction | None

    @property
    def cost(self) -> Fraction:
        """What is asked for in all."""
        return self.course.cost + self.after

    @property
    def asked(self) -> Fraction:
        """What is still to be granted."""
        return max(Fraction(), self.cost - (self.granted or 0))


def funding_request(plan: Plan, today: date) -> FundingRequest:
    """What a plan asks for. today: up to when it is known what was reached."""
    gains = benefits(plan, today)
    return FundingRequest(
        course=course(plan, today),
        after=due_after(plan),
        benefits=gains,
        a_year=sum((gain.a_year for gain in gains), Fraction()) if gains else None,
        granted=granted(plan),
    )


def granted(plan: Plan) -> Fraction | None:
    """The money that was granted in all; None where none was entered."""
    if not plan.funding:
        return None
    return sum((exact(one.amount or 0) for one in plan.funding), Fraction())
