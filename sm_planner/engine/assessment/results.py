"""How far an assessment is, and what came out: two numbers, by one function for all who show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sm_planner.engine.model.assessments import Assessment, AssessmentAnswer


@dataclass(frozen=True)
class Result:
    """Of some lines of an assessment.

    lines: how many there are. not_applicable: how many of them count nowhere. assessed: how many have a level. mean: of
    the levels, by weight; minimum: the lowest of them; both None while there is none. below: how many levels are below
    their target. met: how many reach the goal, on which it depends whether all of it is certifiable.
    """

    lines: int
    not_applicable: int
    assessed: int
    mean: float | None
    minimum: int | None
    below: int
    met: int

    @property
    def in_scope(self) -> int:
        return self.lines - self.not_applicable

    @property
    def open(self) -> int:
        """How many lines are still to be answered."""
        return self.in_scope - self.assessed

    @property
    def progress(self) -> float:
        """Which share of the lines was answered, in percent: with a level, or as not applicable."""
        return 100 * (self.lines - self.open) / self.lines if self.lines else 0.0

    @property
    def is_certifiable(self) -> bool:
        """Whether all that is in scope was assessed, and reaches the goal."""
        return 0 < self.in_scope == self.met


def result(answers: Iterable[AssessmentAnswer], goal: int | None) -> Result:
    """Progress and result of some lines. goal: the level that each must reach; None where none is set, and none is met."""
    lines = tuple(answers)
    scope = [one for one in lines if not one.not_applicable]
    assessed = [one for one in scope if one.score is not None]
    weight = sum(weight_of(one) for one in assessed)
    return Result(
        lines=len(lines),
        not_applicable=len(lines) - len(scope),
        assessed=len(assessed),
        mean=sum(weight_of(one) * one.score for one in assessed) / weight if weight else None,
        minimum=min((one.score for one in assessed), default=None),
        below=sum(one.target is not None and one.score < one.target for one in assessed),
        met=sum(goal is not None and one.score >= goal for one in assessed),
    )


def weight_of(answer: AssessmentAnswer) -> float:
    return 1.0 if answer.weight is None else answer.weight


def of_assessment(assessment: Assessment) -> Result:
    return result(assessment.answers, assessment.goal)


def by_group(assessment: Assessment) -> dict[str, Result]:
    """Group → its result, in the order of the framework."""
    found: dict[str, list[AssessmentAnswer]] = defaultdict(list)
    for one in assessment.answers:
        found[one.group].append(one)
    return {group: result(answers, assessment.goal) for group, answers in found.items()}
