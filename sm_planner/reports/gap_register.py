"""Gap Register: where the organisation stands, where it wants to be, and what answers each gap. Gaps that nobody answers first."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from sm_planner.engine.assessment.gaps import Answered, Gap, State, answer_to, answered, is_gap
from sm_planner.engine.assessment.history import answer_in, before, newest
from sm_planner.engine.assessment.results import of_assessment, result
from sm_planner.engine.model import Plan
from sm_planner.engine.model.assessments import Assessment, AssessmentAnswer
from sm_planner.engine.texts import N_, Text, say
from sm_planner.reports.quantities import number
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

COLUMNS = (
    Column("title", Text(N_("What Is Assessed")), width=240, collection="assessments", key="assessment"),
    Column("group", Text(N_("Group")), width=140),
    Column("last", Text(N_("Last Time")), "Int", width=80),
    Column("now", Text(N_("Now")), "Int", width=70),
    Column("target", Text(N_("Target")), "Int", width=80),
    Column("missing", Text(N_("Levels Missing")), "Int", width=90),
    Column("state", Text(N_("Answer")), width=210),
    Column("action", Text(N_("Improvement")), width=220, collection="improvements", key="action_id"),
    Column("action_state", Text(N_("State")), width=110),
    Column("owner", Text(N_("Owner")), width=140, collection="people", key="owner_id"),
    Column("due", Text(N_("Due")), "Date", width=100),
    Column("verdict", Text(N_("Verdict")), width=120),
    Column("reached", Text(N_("Reached")), "Float", width=90),
    Column(
        "decision", Text(N_("Accepted Because")), width=220, collection="gap_decisions", key="decision_id"
    ),
    Column("until", Text(N_("Accepted Until")), "Date", width=110),
    Column("note", Text(N_("Note")), width=240),
)

NOBODY, ANSWERED, CLOSED, ALL = N_("Nobody answers"), N_("Answered"), N_("Closed"), N_("All lines")
SHOWN = (NOBODY, ANSWERED, CLOSED, ALL)
"""What is shown: gaps that nobody answers, those that are answered, those of the time before that are gone, or all that was
assessed. If empty, all gaps."""

COLORS = ("#9aa7b1", "#0b5c6e", "#e8a33d")


def report(plan: Plan, today: date, *, show: str = "", framework: str = "") -> Table:
    """A row for each gap that the newest submitted assessments found. show: see :data:`SHOWN`. framework: that one alone."""
    wanted = [one for one in newest(plan) if framework in ("", one.framework)]
    found = [one for one in answered(plan, today) if one.gap.assessment in wanted]
    open_ones = [one for one in found if one.state.is_open]
    closed = [pair for one in wanted for pair in _closed(plan, one)]
    if show == CLOSED:
        rows = [_closed_row(plan, *pair) for pair in closed]
    elif show == ALL:
        rows = [row for one in wanted for row in _all(plan, one, today)]
    else:
        rows = [_row(plan, one) for one in found if show == "" or one.state.is_open is (show == NOBODY)]
    return Table(
        columns=COLUMNS,
        rows=rows,
        summary=(
            Figure(Text(N_("Gaps")), len(found)),
            Figure(Text(N_("Nobody answers")), len(open_ones), "Red" if open_ones else "Green"),
            Figure(Text(N_("Being worked on")), sum(one.state is State.IN_HAND for one in found)),
            Figure(Text(State.ACCEPTED.value), sum(one.state is State.ACCEPTED for one in found)),
            Figure(Text(N_("Closed since last time")), len(closed), "Green"),
            Figure(Text(N_("Lowest level")), _lowest(wanted)),
        ),
        chart=_chart(plan, wanted),
        message=_message(wanted, found, open_ones),
    )


def _row(plan: Plan, one: Answered) -> dict[str, Any]:
    action = one.improvements[-1] if one.improvements else None
    others = len(one.improvements) - 1
    return {
        **_line(one.gap.assessment, one.gap.answer, one.gap.last),
        "missing": one.gap.size,
        "state": Text(one.state.value),
        "action_id": action.id if action else "",
        "action": (action.title or action.id) + (f" + {others}" if others > 0 else "") if action else "",
        "action_state": Text(action.status) if action else "",
        "owner_id": action.improvement_owner if action else "",
        "owner": plan.title_of("people", action.improvement_owner) if action else "",
        "due": action.due if action else None,
        "verdict": Text(action.verdict) if action and action.verdict else "",
        "reached": action.benefit_actual if action else None,
        "decision_id": one.decision.id if one.decision else "",
        "decision": one.decision.reason if one.decision else "",
        "until": one.until,
    }


def _line(assessment: Assessment, answer: AssessmentAnswer, last: int | None) -> dict[str, Any]:
    return {
        "assessment": assessment.id,
        "title": answer.title or answer.code,
        "group": _group(answer),
        "last": last,
        "now": answer.score,
        "target": answer.target,
        "note": answer.note or answer.not_applicable,
    }


def _group(answer: AssessmentAnswer) -> Text | str:
    """Groups of ours that bear the name of what they are about are told in the reader's language."""
    return Text(answer.area) if answer.area and answer.group == answer.area else answer.group


def _all(plan: Plan, assessment: Assessment, today: date) -> list[dict[str, Any]]:
    """All lines, in the order of the framework, those without a gap too."""
    earlier = before(plan, assessment)
    gaps = {one.gap.answer.code: one for one in answered(plan, today) if one.gap.assessment == assessment}
    return [
        _row(plan, gaps[row.code])
        if row.code in gaps
        else _line(assessment, row, _score(answer_in(earlier, row.code)))
        for row in assessment.answers
    ]


def _score(answer: AssessmentAnswer | None) -> int | None:
    return answer.score if answer else None


def _closed(
    plan: Plan, assessment: Assessment
) -> list[tuple[Assessment, AssessmentAnswer, AssessmentAnswer]]:
    """The lines that were gaps the time before and reach their target now: the assessment, then and now."""
    earlier = before(plan, assessment)
    found = []
    for then in earlier.answers if earlier else ():
        now = answer_in(assessment, then.code)
        if is_gap(then) and now and now.score is not None and not is_gap(now):
            found.append((assessment, then, now))
    return found


def _closed_row(
    plan: Plan, assessment: Assessment, then: AssessmentAnswer, now: AssessmentAnswer
) -> dict[str, Any]:
    """What was a gap the time before, with the improvement that closed it and what it says it reached."""
    earlier = before(plan, assessment)
    row = _row(plan, answer_to(plan, Gap(earlier, then, None), earlier.as_of)) if earlier else {}
    return {**row, **_line(assessment, now, then.score), "missing": 0, "state": Text(N_("Closed"))}


def _lowest(wanted: list[Assessment]) -> int | str:
    lowest = [found.minimum for found in map(of_assessment, wanted) if found.minimum is not None]
    return min(lowest) if lowest else "–"


def _chart(plan: Plan, wanted: list[Assessment]) -> Chart | None:
    """Last time, now and target: the mean of each group, of the newest assessment where there are several."""
    if not wanted:
        return None
    assessment = max(wanted, key=lambda one: one.as_of or date.min)
    then = before(plan, assessment)
    groups: dict[Text | str, list[AssessmentAnswer]] = defaultdict(list)
    for row in assessment.answers:
        if row.score is not None:
            groups[_group(row)].append(row)
    if not groups:
        return None
    means = [_means(then, rows) for rows in groups.values()]
    sets = zip((N_("Last Time"), N_("Now"), N_("Target")), zip(*means, strict=True), COLORS, strict=True)
    # A bar of nothing would say level 0.
    known = [(name, values, color) for name, values, color in sets if None not in values]
    total = of_assessment(assessment)
    return Chart(
        title=say(N_("Levels by group: {0}"), assessment.title or assessment.id),
        labels=tuple(group or Text(N_("Other")) for group in groups),
        datasets=tuple(Dataset(Text(name), values) for name, values, _ in known),
        colors=tuple(color for *_, color in known),
        reading=say(
            N_("On the average level {0}, the lowest is {1}; below their target: {2} of {3}."),
            number(round(total.mean, 1)) if total.mean is not None else "–",
            "–" if total.minimum is None else total.minimum,
            total.below,
            total.assessed,
        ),
    )


def _means(then: Assessment | None, rows: list[AssessmentAnswer]) -> tuple[float | None, ...]:
    """Of the time before, of now, and of the targets; None where no line has any."""
    earlier = [row for row in (answer_in(then, one.code) for one in rows) if row]
    targets = [row.target for row in rows if row.target is not None]
    means = (
        result(earlier, None).mean,
        result(rows, None).mean,
        sum(targets) / len(targets) if targets else None,
    )
    return tuple(None if mean is None else round(mean, 1) for mean in means)


def _message(wanted: list[Assessment], found: list[Answered], open_ones: list[Answered]) -> Text:
    """What to do first."""
    if not wanted:
        return Text(N_("No assessment was submitted yet. Assess where you stand, and submit the assessment."))
    if open_ones:
        return say(
            N_(
                "Gaps that nobody answers: {0}. Begin with “{1}”: open its assessment, and make an improvement of it or have it accepted."
            ),
            len(open_ones),
            open_ones[0].gap.title,
        )
    if found:
        return Text(N_("Each gap is worked on or accepted. Whether it closes shows the next assessment."))
    return Text(N_("Nothing is below its target."))
