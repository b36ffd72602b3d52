"""How a line is answered, one at a time, and what others have said of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sm_planner.engine.assessment.history import before
from sm_planner.engine.canonical_json import canonical_text, hash_of
from sm_planner.engine.model import Plan
from sm_planner.engine.model.assessments import Assessment, AssessmentAnswer
from sm_planner.engine.sealing.canonical import field_contents

ANSWERED = ("score", "not_applicable", "note")
"""What an assessor says of a line, beside its evidence."""
SHOWN = ("what", "method", "found_on", "expires")
"""What stands in a row of evidence."""


@dataclass(frozen=True)
class Other:
    """What another assessment of the same framework says of a line. is_last: whether it is the one before."""

    assessment: Assessment
    answer: AssessmentAnswer
    is_last: bool


def state_of(assessment: Assessment, code: str) -> str:
    """The hash of what is said of a line: two screens that show the same line know by it which of them is behind."""
    row = next(one for one in assessment.answers if one.code == code)
    evidence = [field_contents(one, SHOWN) for one in assessment.evidence if one.code == code]
    return hash_of(canonical_text({**field_contents(row, ANSWERED), "evidence": evidence}))


def is_answered(answer: AssessmentAnswer) -> bool:
    return answer.score is not None or bool(answer.not_applicable)


def others(plan: Plan, assessment: Assessment) -> dict[str, tuple[Other, ...]]:
    """Line → what others say of it: for lines that were answered already, so that nobody follows them unawares.

    Others are the assessment before, and those that are made side by side with this one: submitted later than the one before,
    or not submitted yet.
    """
    beside = tuple(_beside(plan, assessment))
    last = before(plan, assessment)
    found = {}
    for row in assessment.answers:
        if is_answered(row) or assessment.is_submitted:
            said = (
                Other(one, other, one is last)
                for one in beside
                for other in one.answers
                if other.code == row.code and is_answered(other)
            )
            found[row.code] = tuple(said)
    return found


def _beside(plan: Plan, assessment: Assessment) -> Iterator[Assessment]:
    last = before(plan, assessment)
    for one in plan.assessments:
        if (
            one.id == assessment.id
            or one.framework != assessment.framework
            or one.levels != assessment.levels
        ):
            continue
        later = last is None or not one.as_of or (last.as_of and one.as_of > last.as_of)
        if one is last or not one.is_submitted or later:
            yield one
