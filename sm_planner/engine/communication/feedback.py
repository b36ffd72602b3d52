"""What stakeholders said and nobody has answered: by when, and by whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sm_planner.engine.model import Plan
from sm_planner.engine.model.communication import Feedback

Find = Callable[[str, str], Any]
"""Collection and id → the record, or None."""


def unanswered(plan: Plan) -> tuple[Feedback, ...]:
    """What nobody has answered, the oldest first. Praise needs no answer."""
    open_ones = (one for one in plan.feedback if one.kind != "Praise" and not one.answer.strip())
    return tuple(sorted(open_ones, key=lambda one: (one.reported_on or date.min, one.id)))


def answer_due(plan: Plan, one: Feedback) -> date | None:
    """The last day on which an answer is in time; None where the settings say none, or nobody noted the day."""
    days = plan.settings.feedback_days
    return one.reported_on + timedelta(days) if days and one.reported_on else None


def is_late(plan: Plan, one: Feedback, today: date) -> bool:
    due = answer_due(plan, one)
    return due is not None and due < today


def answerers(one: Feedback, find: Find) -> tuple[str, ...]:
    """The ids of those who may answer: who owns the service, said what it answers to, or looks after the group."""
    service, said = find("services", one.service), find("communications", one.communication)
    group = find("stakeholders", one.stakeholder)
    owners = (service and service.service_owner, said and said.sender, group and group.contact)
    return tuple(dict.fromkeys(filter(None, owners)))


def who_answers(plan: Plan, one: Feedback) -> str:
    """The id of the one who is to answer: the first of them, or the plan owner where there is none."""
    return next(iter(answerers(one, plan.get)), plan.plan_owner)
