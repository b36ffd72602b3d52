"""ASM: where the organisation stands, and what is done about the gaps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.assessment.gaps import answered, told
from sm_planner.engine.assessment.history import newest
from sm_planner.engine.assessment.submission import owned
from sm_planner.engine.checks.conditions import (
    empty,
    first_of,
    lacking,
    named,
    not_set,
    nothing_in,
)
from sm_planner.engine.checks.depths import COMPLETE, GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, idle, rule
from sm_planner.engine.model import Plan
from sm_planner.engine.model.assessments import (
    CULTURE,
    INDEPENDENT,
    POLICIES,
    PROCEDURES,
    PROCESSES,
    SYSTEMS,
    Assessment,
    AssessmentAnswer,
)
from sm_planner.engine.rhythm.months import months_after
from sm_planner.engine.texts import Text, listed

BASELINE = (SYSTEMS, POLICIES, PROCESSES, PROCEDURES)
"""What a baseline covers (Pollock)."""
SHOWN_FROM = 2
"""The level from which on evidence is asked for."""
LARGEST_STEP = 2
"""How many levels can be gained within the period of one plan."""


def _nothing_submitted(plan: Plan) -> Iterator[Fault]:
    """The check cannot be decided before an assessment was submitted: that there should be one is for ASM-01 to say."""
    if not newest(plan):
        yield idle(
            plan,
            N_("No assessment was submitted yet."),
            field="assessments",
            fix=N_("Assess where you stand, and submit the assessment."),
        )


def _assessed(plan: Plan) -> Iterator[tuple[Assessment, AssessmentAnswer]]:
    """The lines with a level in the newest submitted assessments."""
    for assessment in newest(plan):
        for answer in assessment.answers:
            if answer.score is not None:
                yield assessment, answer


def _called(answer: AssessmentAnswer) -> str:
    return answer.title or answer.code


@rule(
    "ASM-01",
    Severity.ERROR,
    GROWN,
    title=N_("The plan knows where it starts: systems, policies, processes and procedures were assessed"),
    why=N_("Who does not know where the organisation stands promises too much, or mends what is not broken."),
    fix=N_("Assess where you stand, in all four, and submit the assessment."),
    source="Pollock 2019; HDI",
)
def baseline(plan: Plan, today: date) -> Iterator[Fault]:
    """That there is no baseline at all is told with the other pieces of the plan that are missing (PLN-06)."""
    months = plan.settings.assessment_months
    if not newest(plan):
        if plan.assessments:
            yield fault(plan, N_("No assessment was submitted yet."), field="assessments")
        yield from nothing_in(plan, "assessments")
        return
    if months is None:
        yield not_set(plan, N_("The settings do not say how old an assessment may be."))
        return
    fresh = [one for one in newest(plan) if months_after(one.as_of, months) >= today]
    if not fresh:
        last = max(newest(plan), key=lambda one: one.as_of)
        yield fault(
            last,
            N_("“{0}” is of {1}, more than {2} months ago."),
            named(last),
            last.as_of,
            months,
            field="as_of",
        )
        return
    covered = {row.area for one in fresh for row in one.answers if row.score is not None}
    left = [area for area in BASELINE if area not in covered]
    if left:
        yield fault(
            plan,
            N_("Not assessed in the last {0} months: {1}."),
            months,
            listed(Text(area) for area in left),
            field="assessments",
        )


@rule(
    "ASM-02",
    Severity.ERROR,
    GROWN,
    title=N_("Each process has a level and a target"),
    why=N_("Without both nobody can say whether a process gets better, or when it is good enough."),
    fix=N_("Assess the process, and say which level it is to reach."),
    source="FitSM-6; FitSM GR6.2",
)
def processes_assessed(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "processes")
    yield from _nothing_submitted(plan)
    if not newest(plan):
        return
    rows: dict[str, list[AssessmentAnswer]] = {}
    for assessment in newest(plan):
        for row in assessment.answers:
            rows.setdefault(row.process, []).append(row)
    for process in plan.processes:
        found = [row for row in rows.get(process.id, ()) if not row.not_applicable]
        if not any(row.score is not None for row in found):
            if found or process.id not in rows:
                yield fault(process, N_("“{0}” was not assessed."), named(process))
        elif not any(row.score is not None and row.target is not None for row in found):
            yield fault(process, N_("“{0}” has a level, but no target."), named(process))


@rule(
    "ASM-03",
    Severity.ERROR,
    COMPLETE,
    title=N_("What is at level 2 or above has evidence"),
    why=N_("A level that nothing shows is an opinion."),
    fix=N_("Say in the next assessment what shows the level. Replace evidence that has expired."),
    source="FitSM-6",
)
def shown(plan: Plan, today: date) -> Iterator[Fault]:
    yield from _nothing_submitted(plan)
    for assessment in newest(plan):
        rows = [row for row in assessment.answers if row.score is not None and row.score >= SHOWN_FROM]
        proof: dict[str, list[date]] = {}
        for one in assessment.evidence:
            proof.setdefault(one.code, []).append(one.expires or date.max)
        bare = [_called(row) for row in rows if row.code not in proof]
        old = [_called(row) for row in rows if row.code in proof and max(proof[row.code]) < today]
        if bare:
            yield fault(
                assessment,
                N_("“{0}”: nothing shows the level of {1}."),
                named(assessment),
                first_of(bare),
                field="evidence",
                count=len(bare),
            )
        if old:
            yield fault(
                assessment,
                N_("“{0}”: what shows the level of {1} has expired."),
                named(assessment),
                first_of(old),
                field="evidence",
                count=len(old),
            )


@rule(
    "ASM-04",
    Severity.ERROR,
    GROWN,
    title=N_("Each gap has an improvement, or a decision to live with it"),
    why=N_(
        "A gap that nobody answers is found again in the next assessment, and nobody believes in it any more."
    ),
    fix=N_(
        "Make an improvement of the gap, or have it accepted until a day. The report Gap Register has both."
    ),
    source="HDI; FitSM PR14.1",
)
def gaps_answered(plan: Plan, today: date) -> Iterator[Fault]:
    yield from _nothing_submitted(plan)
    for one in answered(plan, today):
        if one.state.is_open:
            yield fault(
                one.gap.assessment,
                N_("{0} {1}."),
                told(one.gap),
                Text(one.state.value),
                field="answers",
            )


@rule(
    "ASM-05",
    Severity.WARNING,
    COMPLETE,
    title=N_("No target asks for more than two levels at once"),
    why=N_("Habits grow level by level: who jumps has it on paper only."),
    fix=N_("Set a target two levels higher at most, and the next one in the plan after that."),
    source="Pollock 2019",
)
def attainable(plan: Plan, today: date) -> Iterator[Fault]:
    yield from _nothing_submitted(plan)
    for assessment, row in _assessed(plan):
        if row.target is not None and row.target > row.score + LARGEST_STEP:
            yield fault(
                assessment,
                N_("“{0}” is to go from level {1} to {2}."),
                _called(row),
                row.score,
                row.target,
                field="answers",
            )


@rule(
    "ASM-06",
    Severity.WARNING,
    COMPLETE,
    title=N_("Somebody else than its owner has assessed what is called independent"),
    why=N_("Who judges the own work sees what was meant, not what is there."),
    fix=N_("Have it assessed by somebody who neither owns nor manages the process."),
    source="ISO 9.2",
)
def independent(plan: Plan, today: date) -> Iterator[Fault]:
    found = [one for one in newest(plan) if one.kind == INDEPENDENT]
    if not found:
        yield idle(
            plan,
            N_("No independent assessment was submitted yet."),
            field="assessments",
            fix=N_("Have somebody assess you who owns none of the processes."),
        )
    for assessment in found:
        yield from lacking(assessment, "assessor")
        if process := owned(plan, assessment):
            yield fault(
                assessment,
                N_("{0} owns or manages the process “{1}”, and assessed it."),
                plan.title_of("people", assessment.assessor),
                plan.title_of("processes", process),
                field="assessor",
            )


@rule(
    "ASM-07",
    Severity.WARNING,
    COMPLETE,
    title=N_("Culture and people were assessed"),
    why=N_("Processes are lived by people: where they do not want to, no procedure helps."),
    fix=N_("Assess the lines about culture and people, too."),
    source="Mainville 2018",
)
def culture(plan: Plan, today: date) -> Iterator[Fault]:
    yield from _nothing_submitted(plan)
    if newest(plan) and not any(row.area == CULTURE for _, row in _assessed(plan)):
        yield fault(plan, N_("No line about culture and people has a level."), field="assessments")


@rule(
    "ASM-08",
    Severity.WARNING,
    COMPLETE,
    title=N_("The way changes are made was assessed"),
    why=N_("All that the plan wants to improve comes through the process of changes."),
    fix=N_("Assess the process that carries the flow Change."),
    source="Mainville 2018",
)
def change_reviewed(plan: Plan, today: date) -> Iterator[Fault]:
    yield from _nothing_submitted(plan)
    if not newest(plan):
        return
    changes = [process for process in plan.processes if process.flow == "Change"]
    if not changes:
        yield idle(
            plan,
            N_("No process of the plan carries the flow Change."),
            field="processes",
            fix=N_("Give the process of changes its flow."),
        )
    seen = {row.process for _, row in _assessed(plan)}
    for process in changes:
        if process.id not in seen:
            yield fault(process, N_("“{0}” was not assessed."), named(process))


@rule(
    "ASM-09",
    Severity.ERROR,
    GROWN,
    title=N_("It is known when the organisation is assessed again"),
    why=N_("Whether anything got better shows only when somebody looks again."),
    fix=N_("Enter a day under Next Assessment before you submit, or begin the next assessment."),
    source="FitSM GR6.2; ISO 6.3 h",
)
def next_set(plan: Plan, today: date) -> Iterator[Fault]:
    yield from _nothing_submitted(plan)
    begun = {one.framework for one in plan.assessments if not one.is_submitted}
    for assessment in newest(plan):
        if assessment.framework in begun:
            continue
        if empty(assessment.next_date):
            yield fault(
                assessment,
                N_("“{0}” does not say when the next one is, and none was begun."),
                named(assessment),
                field="next_date",
            )
        elif assessment.next_date < today:
            yield fault(
                assessment,
                N_("The next assessment after “{0}” was due on {1}, and none was begun."),
                named(assessment),
                assessment.next_date,
                field="next_date",
            )


RULES = (
    baseline,
    processes_assessed,
    shown,
    gaps_answered,
    attainable,
    independent,
    culture,
    change_reviewed,
    next_set,
)
