"""Gaps: what the newest submitted assessments found to be below its target, and what answers it.

A gap is answered by an improvement that names it as its source, or by a decision to live with it that is in force. It bears
the same name in all assessments of a framework, so that the answer stays when the gap is found again.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from enum import Enum

from sm_planner.engine.approval.improvements import closed_on
from sm_planner.engine.approval.waivers import approved_until
from sm_planner.engine.assessment.history import answer_in, before, newest
from sm_planner.engine.model import Improvement, Plan
from sm_planner.engine.model.assessments import Assessment, AssessmentAnswer, GapDecision
from sm_planner.engine.model.facts import natural_id
from sm_planner.engine.model.fields import LINE_LENGTH
from sm_planner.engine.model.vocabulary import CLOSED
from sm_planner.engine.texts import N_, Text, say

GAP = "Gap"
"""The kind of source of an improvement that answers a gap."""


@dataclass(frozen=True)
class Gap:
    """A line that has no level, or one below its target. last: its level the time before, or None."""

    assessment: Assessment
    answer: AssessmentAnswer
    last: int | None

    @property
    def id(self) -> str:
        return gap_id(self.assessment.framework, self.answer.code)

    @property
    def title(self) -> str:
        return self.answer.title or self.answer.code

    @property
    def size(self) -> int | None:
        """Levels that are missing; None where it was not assessed, or has no target."""
        if self.answer.score is None or self.answer.target is None:
            return None
        return self.answer.target - self.answer.score


def gap_id(framework: str, code: str) -> str:
    """What an improvement names as its source."""
    return natural_id(framework, code)


class State(str, Enum):
    """How a gap is answered. What nobody answers comes first."""

    NOBODY = N_("Nobody answers it")
    EXPIRED = N_("Was accepted; that has expired")
    ASKED = N_("Waits for a decision to accept it")
    IN_HAND = N_("Is being worked on")
    DONE = N_("Done, to be assessed again")
    ACCEPTED = N_("Accepted for a time")

    @property
    def is_open(self) -> bool:
        """Whether nothing answers the gap."""
        return self in (State.NOBODY, State.EXPIRED, State.ASKED)


@dataclass(frozen=True)
class Answered:
    """A gap with what answers it. until: the last day on which it is accepted."""

    gap: Gap
    state: State
    improvements: tuple[Improvement, ...] = ()
    decision: GapDecision | None = None
    until: date | None = None


def gaps(plan: Plan) -> tuple[Gap, ...]:
    """The gaps that the newest submitted assessment of each framework found, in the order of its lines."""
    return plan.derived(_gaps)


def _gaps(plan: Plan) -> tuple[Gap, ...]:
    return tuple(gap for assessment in newest(plan) for gap in of_assessment(plan, assessment))


def of_assessment(plan: Plan, assessment: Assessment) -> tuple[Gap, ...]:
    """The gaps that an assessment found."""
    earlier = before(plan, assessment)
    found = []
    for one in assessment.answers:
        if is_gap(one):
            then = answer_in(earlier, one.code)
            found.append(Gap(assessment, one, then.score if then else None))
    return tuple(found)


def is_gap(answer: AssessmentAnswer) -> bool:
    """Whether a line that counts has no level, or one below its target."""
    if answer.not_applicable:
        return False
    return answer.score is None or (answer.target is not None and answer.score < answer.target)


def answered(plan: Plan, today: date) -> tuple[Answered, ...]:
    """The gaps with what answers them: those that nobody answers first, the widest before others."""
    order = list(State)
    return tuple(
        sorted(
            (answer_to(plan, gap, today) for gap in gaps(plan)),
            key=lambda one: (order.index(one.state), -_width(one.gap)),
        )
    )


def _width(gap: Gap) -> int:
    """What was not assessed may be as far away as can be."""
    return len(gap.assessment.levels) if gap.size is None else gap.size


def answer_to(plan: Plan, gap: Gap, today: date) -> Answered:
    """What answers a gap."""
    actions = tuple(one for one in answering(plan, gap.id) if _is_of_now(plan, one, gap))
    decision, until = _accepted(plan, gap)
    if until and until >= today:
        return Answered(gap, State.ACCEPTED, actions, decision, until)
    if actions:
        is_open = any(one.is_open for one in actions)
        return Answered(gap, State.IN_HAND if is_open else State.DONE, actions, decision, until)
    if until:
        return Answered(gap, State.EXPIRED, actions, decision, until)
    waits = decision is not None and decision.status == "Requested"
    return Answered(gap, State.ASKED if waits else State.NOBODY, actions, decision, until)


def answering(plan: Plan, gap: str) -> tuple[Improvement, ...]:
    """The improvements that name a gap as their source, and that somebody wants done."""
    return plan.derived(_by_gap).get(gap, ())


def _by_gap(plan: Plan) -> dict[str, tuple[Improvement, ...]]:
    found: dict[str, list[Improvement]] = defaultdict(list)
    for one in plan.improvements:
        if one.source_kind == GAP and one.source_record and one.is_taken_up:
            found[one.source_record].append(one)
    return {gap: tuple(improvements) for gap, improvements in found.items()}


def _is_of_now(plan: Plan, one: Improvement, gap: Gap) -> bool:
    """Whether an improvement was not over yet when the gap was found once more."""
    if one.status != CLOSED:
        return True
    closed = closed_on(plan, one) or one.due
    return closed is None or gap.assessment.as_of is None or closed >= gap.assessment.as_of


def _accepted(plan: Plan, gap: Gap) -> tuple[GapDecision | None, date | None]:
    """The decision to live with a gap that lasts longest, or else the last that was asked for."""
    ends = {
        one.id: approved_until(plan, one)
        for one in plan.gap_decisions
        if gap_id(one.framework, one.code) == gap.id
    }
    about = [
        one for one in plan.gap_decisions if one.id in ends and (ends[one.id] or one.status != "Rejected")
    ]
    if not about:
        return None, None
    last = max(about, key=lambda one: (ends[one.id] or date.min, one.id))
    return last, ends[last.id]


def gap_behind(plan: Plan, improvement: Improvement) -> tuple[str, str] | None:
    """Framework and line of the gap that an improvement answers; None where it answers none."""
    if improvement.source_kind != GAP:
        return None
    return plan.derived(_lines).get(improvement.source_record)


def _lines(plan: Plan) -> dict[str, tuple[str, str]]:
    return {
        gap_id(one.framework, row.code): (one.framework, row.code)
        for one in plan.assessments
        if one.is_submitted
        for row in one.answers
    }


def improvement_for(gap: Gap) -> Improvement:
    """The improvement that closes a gap, filled in as far as the assessment tells. Its id is given where it is kept."""
    return Improvement(
        id="",
        title=f"{gap.title}: {_level(gap.answer.score)} → {_level(gap.answer.target)}"[:LINE_LENGTH],
        source_kind=GAP,
        source=gap.assessment.title[:LINE_LENGTH],
        source_record=gap.id,
        description=gap.answer.note,
        benefit_kpi=gap.title[:LINE_LENGTH],
        benefit_baseline=_number(gap.answer.score),
        benefit_baseline_date=gap.assessment.as_of,
        benefit_target=_number(gap.answer.target),
    )


def _level(level: int | None) -> str:
    return "?" if level is None else str(level)


def _number(level: int | None) -> float | None:
    return None if level is None else float(level)


def told(gap: Gap) -> Text:
    """Where a line stands, and where it should."""
    if gap.answer.score is None:
        return say(N_("“{0}” was not assessed."), gap.title)
    return say(
        N_("“{0}” is at level {1}; the target is {2}."), gap.title, gap.answer.score, gap.answer.target
    )
