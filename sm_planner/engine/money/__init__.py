"""What a plan costs, what it brings, from when on, and when it has paid for itself. Pure functions of the plan and a day.

Amounts are fractions: they add up exactly, whatever their number and order. What the plan does not say is told as not
known, and never counts as nothing.
"""

from sm_planner.engine.money.benefits import Benefit, benefits
from sm_planner.engine.money.costs import Flow, committed, costs, due_after, exact, horizon, lacking, total
from sm_planner.engine.money.course import Course, Month, course

__all__ = [
    "Benefit",
    "Course",
    "Flow",
    "Month",
    "benefits",
    "committed",
    "costs",
    "course",
    "due_after",
    "exact",
    "horizon",
    "lacking",
    "total",
]
