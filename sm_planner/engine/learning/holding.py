"""How a sanity check is held, and what is kept of that day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from sm_planner.engine.learning.replay import replay
from sm_planner.engine.model import Plan
from sm_planner.engine.model.learning import SanityAnswer, SanityCheck
from sm_planner.engine.model.vocabulary import SANITY_QUESTIONS
from sm_planner.engine.texts import N_, Text, listed, say

Translate = Callable[[Text], str]
"""A text in the words of whoever reads it."""


def refusal(check: SanityCheck) -> Text | None:
    """Why a check cannot be held."""
    if check.held_on:
        return say(N_("This check was held on {0}."), check.held_on)
    open_ones = [
        Text(question)
        for question in SANITY_QUESTIONS
        if not any(row.question == question and row.outcome for row in check.answers)
    ]
    if open_ones:
        return say(N_("Say under Answers how it was, and choose the outcome: {0}."), listed(open_ones))
    return None


def answered(check: SanityCheck, plan: Plan, translate: Translate = str) -> SanityCheck:
    """The check with a row for each question and what the plan says today; what people entered stays."""
    if check.day is None:
        return check
    said = replay(plan, check)
    known = {row.question for row in check.answers}
    rows = (*check.answers, *(SanityAnswer(question=one) for one in SANITY_QUESTIONS if one not in known))
    told = tuple(
        replace(row, plan_says="\n".join(map(translate, said[row.question]))) if row.question in said else row
        for row in rows
    )
    return replace(check, answers=told)


def hold(check: SanityCheck, plan: Plan, today: date, translate: Translate = str) -> SanityCheck:
    """The check as it is held today: what the plan says of the day of the transition is kept with it."""
    return replace(answered(check, plan, translate), held_on=today)
