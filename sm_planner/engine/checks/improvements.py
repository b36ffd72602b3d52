"""IMP: improvement actions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from heapq import heappop, heappush

from sm_planner.engine.checks.conditions import (
    lacking,
    missing,
    named,
    not_set,
    nothing_in,
    nothing_wanted,
    wanted,
)
from sm_planner.engine.checks.depths import COMPLETE, GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule
from sm_planner.engine.improvements.order import in_circle, rings, waits_for
from sm_planner.engine.improvements.priority import weights
from sm_planner.engine.improvements.results import is_overdue, reports
from sm_planner.engine.model import DIMENSIONS, Improvement, Plan
from sm_planner.engine.model.fields import DECIMALS
from sm_planner.engine.model.values import folded
from sm_planner.engine.model.vocabulary import (
    CLOSED,
    CORRECTIVE_ACTION,
    NEW,
    TECHNOLOGY,
    UNDER_WAY,
    VERIFY,
)
from sm_planner.engine.part.asking import unanswered
from sm_planner.engine.texts import Number, Text, say


@rule(
    "IMP-01",
    Severity.ERROR,
    GROWN,
    title=N_("Each improvement says where it comes from, who does it, and what it brings"),
    why=N_("An improvement without an owner, a date and a measured benefit is soon forgotten."),
    fix=N_("Fill in source, owner, due date and effort, and the benefit with its KPI, baseline and target."),
    source="Mainville 2018; ISO 10.2; ITIL CSI register",
)
def described(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_wanted(plan)
    for improvement in wanted(plan):
        source = () if improvement.source_kind else ("source",)  # said by its kind, or in words
        yield from missing(
            improvement,
            *source,
            "improvement_owner",
            "due",
            "effort_days",
            "benefit_kpi",
            "benefit_baseline",
            "benefit_target",
        )


@rule(
    "IMP-02",
    Severity.ERROR,
    GROWN,
    title=N_("The priority of each improvement follows from criteria that have a weight"),
    why=N_("Without criteria that everybody knows, whoever asks loudest comes first."),
    fix=N_("Say how much benefit it brings, how urgent it is and how much effort it takes."),
    source="ISO 10.2; FitSM PR14.2",
)
def weighed(plan: Plan, today: date) -> Iterator[Fault]:
    """Of what is still to be done. What is new is not assessed yet."""
    yield from nothing_wanted(plan)
    criteria = weights(plan.settings)
    if not criteria:
        yield not_set(plan, N_("The settings give no criterion of the priority a weight."))
    for improvement in wanted(plan):
        if improvement.is_open and improvement.status != NEW:
            yield from missing(improvement, *criteria)


@rule(
    "IMP-03",
    Severity.ERROR,
    GROWN,
    title=N_("What is closed says what was reached, and what follows where the target was missed"),
    why=N_("Who does not look whether a change helped pays for the next one without knowing."),
    fix=N_(
        "Enter the benefit that was reached and the verdict. Where the target was missed, say what follows."
    ),
    source="Mainville 2018; ISO 10.2",
)
def judged(plan: Plan, today: date) -> Iterator[Fault]:
    closed = [improvement for improvement in plan.improvements if improvement.status == CLOSED]
    yield from nothing_wanted(plan)
    for improvement in closed:
        yield from missing(improvement, "benefit_actual", "verdict")
        if improvement.verdict == "Missed":
            yield from missing(improvement, "follow_up")


@rule(
    "IMP-04",
    Severity.WARNING,
    GROWN,
    title=N_("Improvements are in time, and their progress is reported"),
    why=N_("What nobody reports on stands still, and nobody notices until it is too late."),
    fix=N_(
        "Enter a progress report, or have the improvement put on hold. Where the date cannot be kept, agree on another."
    ),
    source="FitSM PR14.3",
)
def in_time(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_wanted(plan)
    days = plan.settings.report_days
    open_ones = [improvement for improvement in wanted(plan) if improvement.is_open]
    if days is None and any(improvement.status in UNDER_WAY for improvement in open_ones):
        yield not_set(plan, N_("The settings do not say how old a progress report may be."))
    for improvement in open_ones:
        yield from lacking(improvement, "due")
        if is_overdue(improvement, today):
            yield fault(
                improvement, N_("“{0}” was due on {1}."), named(improvement), improvement.due, field="due"
            )
        if days is not None and improvement.status in UNDER_WAY:
            yield from _unreported(plan, improvement, today, days)


def _unreported(plan: Plan, improvement: Improvement, today: date, days: int) -> Iterator[Fault]:
    """That the last report, or the start where there is none, lies more days back."""
    told = reports(plan, improvement, today)
    since = told[-1].day if told else improvement.start_date
    if since is None:
        yield from lacking(improvement, "start_date")
    elif (today - since).days > days:
        yield fault(
            improvement,
            N_("“{0}”: the last progress report is of {1}.")
            if told
            else N_("“{0}” began on {1}, and no progress was reported yet."),
            named(improvement),
            since,
            field="progress_reports",
        )


@rule(
    "IMP-05",
    Severity.WARNING,
    COMPLETE,
    title=N_("No benefit is claimed twice"),
    why=N_("Where two improvements each claim the whole gain, half of it was never there."),
    fix=N_(
        "Say under Share of the Benefit which part each of them brings, together at most 100 %, or let one alone claim it."
    ),
    source="Mainville 2018",
)
def claimed_once(plan: Plan, today: date) -> Iterator[Fault]:
    """By improvements that move one KPI of one objective at one time, from their start to the day of the benefit."""
    yield from nothing_wanted(plan)
    claims: dict[tuple[str, str], list[Improvement]] = defaultdict(list)
    for improvement in wanted(plan):
        if kpi := folded(improvement.benefit_kpi):
            claims[kpi, improvement.objective].append(improvement)
    for claiming in claims.values():
        for together in _at_one_time(claiming):
            yield from _not_split(together)


def _at_one_time(improvements: Sequence[Improvement]) -> Iterator[list[Improvement]]:
    """Those of which each overlaps another, in the order of their starts."""
    together: list[Improvement] = []
    last = date.min
    for improvement in sorted(improvements, key=_start):
        if together and _start(improvement) > last:
            if len(together) > 1:
                yield together
            together, last = [], date.min
        together.append(improvement)
        last = max(last, _end(improvement))
    if len(together) > 1:
        yield together


def _start(improvement: Improvement) -> date:
    return improvement.start_date or date.min


def _end(improvement: Improvement) -> date:
    """The day by which its benefit is there; of dates in the wrong order, the start alone counts."""
    return max(improvement.benefit_due or improvement.due or date.max, _start(improvement))


def _not_split(together: Sequence[Improvement]) -> Iterator[Fault]:
    for improvement in together:
        if improvement.benefit_share is None:
            yield fault(
                improvement,
                N_(
                    "“{0}”: another improvement claims “{1}” at the same time, and this one does not say its share."
                ),
                named(improvement),
                improvement.benefit_kpi,
                field="benefit_share",
            )
    most, improvement = _most_claimed(together)
    if most > 100:
        yield fault(
            improvement,
            N_("“{0}” and those that claim “{1}” at the same time claim {2} % of it together."),
            named(improvement),
            improvement.benefit_kpi,
            Number(f"{most:g}"),
            field="benefit_share",
        )


def _most_claimed(together: Sequence[Improvement]) -> tuple[float, Improvement]:
    """How many percent are claimed at most at one time, and who is the last to begin then. together: by their starts."""
    most, who = 0.0, together[0]
    claimed, under_way = 0.0, []
    for place, improvement in enumerate(together):
        while under_way and under_way[0][0] < _start(improvement):
            claimed -= heappop(under_way)[2]
        share = improvement.benefit_share or 0.0
        claimed += share
        heappush(under_way, (_end(improvement), place, share))
        if round(claimed, DECIMALS) > most:
            most, who = round(claimed, DECIMALS), improvement
    return most, who


@rule(
    "IMP-06",
    Severity.ERROR,
    GROWN,
    title=N_("The improvements work on people, process and technology"),
    why=N_("A tool alone makes bad service faster: people and processes have to change as well."),
    fix=N_("Give each improvement its dimension, and plan one for the dimension that is missing."),
    source="Mainville 2018",
)
def balanced(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_wanted(plan)
    for improvement in wanted(plan):
        yield from missing(improvement, "dimension")
    used = {improvement.dimension for improvement in wanted(plan)}
    for dimension in DIMENSIONS:
        if used and dimension not in used:
            yield fault(
                plan, N_("No improvement works on the dimension {0}."), Text(dimension), field="improvements"
            )


@rule(
    "IMP-07",
    Severity.ERROR,
    GROWN,
    title=N_("Technology starts once the people and processes that it needs are ready"),
    why=N_("A tool that comes before the training is used as the old one was, or not at all."),
    fix=N_(
        "Start it later, finish what it waits for sooner, or take out a predecessor that it does not need."
    ),
    source="Mainville 2018",
)
def in_order(plan: Plan, today: date) -> Iterator[Fault]:
    """What waits for itself would never start, whatever it works on: told once for a ring."""
    followers = [improvement for improvement in wanted(plan) if improvement.predecessors]
    yield from nothing_wanted(plan)
    for ring in rings(plan):
        yield _in_ring(ring)
    for improvement in followers:
        if in_circle(plan, improvement):
            continue
        if improvement.is_open and improvement.dimension == TECHNOLOGY:
            yield from _too_early(plan, improvement)


def _in_ring(ring: Sequence[Improvement]) -> Fault:
    if len(ring) == 1:
        return fault(ring[0], N_("“{0}” waits for itself."), named(ring[0]), field="predecessors")
    way = [say(N_("“{0}”"), named(one)) for one in (*ring, ring[0])]
    told = way[0]
    for one in way[1:]:
        told = Text("{0} → {1}", (told, one))
    return fault(
        ring[0],
        N_("These improvements wait for each other in a ring, and none can start: {0}."),
        told,
        field="predecessors",
    )


def _too_early(plan: Plan, improvement: Improvement) -> Iterator[Fault]:
    before = waits_for(plan, improvement)
    if before:
        yield from lacking(improvement, "start_date")
    for other in before:
        yield from lacking(other, "due")
        if other.due and improvement.start_date and improvement.start_date <= other.due:
            yield fault(
                improvement,
                N_("“{0}” starts on {1}, but “{2}”, for which it waits, is due only on {3}."),
                named(improvement),
                improvement.start_date,
                named(other),
                other.due,
                field="start_date",
            )


@rule(
    "IMP-10",
    Severity.WARNING,
    GROWN,
    title=N_("Suggestions are answered in time"),
    why=N_("Who gets no answer does not suggest anything again."),
    fix=N_("Enter an answer, have the suggestion assessed, or have it rejected."),
    source="Ten steps; Prakash 2016",
)
def answered(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "improvements")
    waiting, days = unanswered(plan), plan.settings.answer_days
    if waiting and days is None:
        yield not_set(plan, N_("The settings do not say how soon a suggestion is answered."))
        return
    for suggestion in waiting:
        yield from lacking(suggestion, "suggested_on")
        if suggestion.suggested_on and (today - suggestion.suggested_on).days > days:
            yield fault(
                suggestion,
                N_("“{0}” was suggested on {1}, and nobody has answered."),
                named(suggestion),
                suggestion.suggested_on,
                field="answer",
            )


@rule(
    "IMP-11",
    Severity.ERROR,
    COMPLETE,
    title=N_("Each corrective action says the cause and what is done, and whether that helped"),
    why=N_("If the cause stays, the fault comes back."),
    fix=N_("Enter cause and description; once it is done, how the effect was checked, and what came out."),
    source="ISO 10.1; FitSM GR7.1",
)
def corrected(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_wanted(plan)
    for improvement in wanted(plan):
        if improvement.kind == CORRECTIVE_ACTION and improvement.status != NEW:
            yield from missing(improvement, "cause", "description")
            if improvement.status in (VERIFY, CLOSED):
                yield from missing(improvement, "effect")


RULES = (
    described,
    weighed,
    judged,
    in_time,
    claimed_once,
    balanced,
    in_order,
    answered,
    corrected,
)
