"""What people can: what was said of them last, and what they have learned since."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sm_planner.engine.model import Plan
from sm_planner.engine.model.training import SkillRating, Training, TrainingAttendance
from sm_planner.engine.model.vocabulary import ATTENDED, OWN_WORD, PASSED, SKILL_LEVELS


def rank(level: str) -> int:
    """How high a level is: 0 for none, 1 for the lowest."""
    return SKILL_LEVELS.index(level) + 1 if level else 0


def reaches(had: str, needed: str) -> bool:
    """Whether a level is enough. A need that names no level asks for the lowest."""
    return rank(had) >= rank(needed or SKILL_LEVELS[0])


def level_had(plan: Plan, person: str, skill: str, on: date) -> str:
    """How well somebody can do something on a day; empty if not at all, or nobody knows.

    The last rating holds until it expires, and whatever was learned from its day on adds to it. One's own word does not
    count.
    """
    rating = last_rating(plan, person, skill, on)
    expired = rating and rating.valid_until and rating.valid_until < on
    rated = rating.level if rating and not expired else ""
    taught = [
        level
        for level, fact in plan.derived(_lessons_learned).get((person, skill), ())
        if fact.day <= on and holds(fact, on) and (not rating or fact.day >= rating.day)
    ]
    return max([rated, *taught], key=rank)


def last_rating(plan: Plan, person: str, skill: str, on: date) -> SkillRating | None:
    """What was last said of somebody by another than himself, up to a day."""
    said = [one for one in plan.derived(_ratings).get((person, skill), ()) if one.day <= on]
    return said[-1] if said else None


def has_learned(training: Training, fact: TrainingAttendance) -> bool:
    """Whether somebody who took part can do then what a training teaches."""
    return fact.result == PASSED or (fact.result == ATTENDED and not training.must_be_passed)


def holds(fact: TrainingAttendance, on: date) -> bool:
    """Whether what was learned has not run out on a day."""
    return fact.valid_until is None or fact.valid_until >= on


def attended(plan: Plan, training: str, person: str, on: date) -> tuple[TrainingAttendance, ...]:
    """How somebody took part in a training up to a day, the oldest first."""
    facts = plan.derived(_attendances).get((training, person), ())
    return tuple(fact for fact in facts if fact.day <= on)


def learned(plan: Plan, training: Training, person: str, on: date) -> tuple[TrainingAttendance, ...]:
    """When somebody took part in a training with success up to a day, the oldest first."""
    return tuple(fact for fact in attended(plan, training.id, person, on) if has_learned(training, fact))


def _attendances(plan: Plan) -> dict[tuple[str, str], tuple[TrainingAttendance, ...]]:
    found: dict[tuple[str, str], list[TrainingAttendance]] = defaultdict(list)
    for fact in sorted((one for one in plan.attendances if one.day), key=lambda one: one.day):
        found[fact.training, fact.person].append(fact)
    return {key: tuple(facts) for key, facts in found.items()}


def _lessons_learned(plan: Plan) -> dict[tuple[str, str], tuple[tuple[str, TrainingAttendance], ...]]:
    """Person and skill → which level was learned, and the attendance that says so."""
    found: dict[tuple[str, str], list[tuple[str, TrainingAttendance]]] = defaultdict(list)
    for fact in plan.attendances:
        training = plan.get("trainings", fact.training)
        if training and fact.day and has_learned(training, fact):
            for row in training.skills:
                found[fact.person, row.skill].append((row.level or SKILL_LEVELS[0], fact))
    return {key: tuple(learned) for key, learned in found.items()}


def _ratings(plan: Plan) -> dict[tuple[str, str], tuple[SkillRating, ...]]:
    """Person and skill → what others said, the oldest first."""
    found: dict[tuple[str, str], list[SkillRating]] = defaultdict(list)
    for fact in sorted((one for one in plan.skill_ratings if one.day), key=lambda one: one.day):
        if fact.source != OWN_WORD:
            found[fact.person, fact.skill].append(fact)
    return {key: tuple(facts) for key, facts in found.items()}
