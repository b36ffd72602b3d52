"""Reviews and triggers as the book tells them."""

from __future__ import annotations

from typing import Any

from sm_planner.engine.model.reviews import ReviewRhythm
from sm_planner.engine.rhythm.occurrences import days_late, held, members, next_review, series_of, state
from sm_planner.reports import reviews as report
from sm_planner.reports.book.material import Material


def reviews(material: Material) -> dict[str, Any]:
    """The rhythm with what comes next, the reviews that were held, the latest first, and the triggers."""
    plan, today = material.plan, material.today
    kinds = dict.fromkeys(series_of(review)[0] for review in plan.reviews)
    done = [review for kind in kinds for review in held(plan, kind)]
    done.sort(key=lambda review: review.held_on, reverse=True)
    return {
        "next": next_review(plan, today),
        "rhythm": [_series(material, rhythm) for rhythm in plan.review_rhythm],
        "held": [
            {
                "record": review,
                "late": days_late(review, today),
                "present": [row.person for row in review.attendance if row.attended],
                "decisions": [
                    {"record": decision, "outcome": report.outcome(plan, decision, today)}
                    for decision in review.decisions
                ],
            }
            for review in done
        ],
        "ahead": [
            {"record": review, "state": report.STATES[state(review, today)], "late": days_late(review, today)}
            for review in sorted(
                (one for one in plan.reviews if not one.held_on and one.scheduled),
                key=lambda review: (review.scheduled, review.id),
            )
        ],
        "triggers": plan.triggers,
    }


def _series(material: Material, rhythm: ReviewRhythm) -> dict[str, Any]:
    return {
        "record": rhythm,
        "members": [one for one in members(material.plan, rhythm, material.today) if one != rhythm.chair],
    }
