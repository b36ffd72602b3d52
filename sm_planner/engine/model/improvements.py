"""What is worked on to get better, and how far it has come."""

from __future__ import annotations

from datetime import date

from sm_planner.engine.model.collection import FACT, REGISTER, collected
from sm_planner.engine.model.facts import entered_by, natural_id
from sm_planner.engine.model.fields import (
    choice,
    day,
    flag,
    key,
    line,
    link,
    links,
    number,
    record,
    taken,
    text,
)
from sm_planner.engine.model.vocabulary import (
    DIMENSIONS,
    ENDED_IMPROVEMENTS,
    IMPROVEMENT_KINDS,
    IMPROVEMENT_SOURCES,
    IMPROVEMENT_STATES,
    INFLUENCE,
    NEW,
    REJECTED,
    SUGGESTION,
    VERDICTS,
)
from sm_planner.engine.texts import N_


@collected(N_("Improvement"), N_("Improvements"), series="IMP", nature=REGISTER)
@record
class Improvement:
    """An action that closes a gap, reaches an objective or tries something out.

    What is meant to be done and gained is approved, and stands in the snapshot that is signed; how far it has come, and what
    came of it, does not (ISO/IEC 20000-1:2018, 10.1 and 10.2; ITIL's register of improvements).
    """

    id: str = key()
    title: str = line("Title")
    kind: str = choice("Kind", IMPROVEMENT_KINDS, "Improvement")
    status: str = choice("Status", IMPROVEMENT_STATES, NEW, sealed=False)
    dimension: str = choice("Dimension", DIMENSIONS)
    description: str = text("Description", "What is to be done, and why.")
    source_kind: str = choice("Kind of Source", IMPROVEMENT_SOURCES)
    source: str = line("Source", "Where it comes from: an assessment, a complaint, an idea.")
    source_record: str = line(
        "Source Record", "The ID of the record that it comes from, such as an agreement."
    )
    objective: str = link("Objective", "objectives")
    service: str = link("Service", "services")
    agreement: str = link("Agreement", "agreements", "The agreement that it renews or improves.")
    team: str = link("Team", "teams", "The team that it staffs or trains.")
    supplier: str = link("Supplier", "suppliers", "The partner that it brings on board or leaves.")
    tool: str = link("Tool", "tools", "The tool that it brings.")
    suggested_by: str = link("Suggested By", "people")
    suggested_on: date | None = day("Suggested On")
    answer: str = text("Answer", "What whoever suggested it was told.", sealed=False)
    improvement_owner: str = link("Owner", "people")
    predecessors: tuple[str, ...] = links(
        "Predecessors", "improvements", "What has to be over before it starts.", unlike="id"
    )
    work_team: str = link(
        "Done By",
        "teams",
        "The team that does the work. If empty, the team of its owner, where there is one alone.",
    )
    phase: str = link("Phase", "phases", "The phase of the plan that it belongs to.")
    not_before: date | None = day("Not Before", "It cannot start earlier, whatever it waits for.")
    pinned: bool = flag("Pinned", help="Its dates stand whatever else moves, such as the end of a contract.")
    start_date: date | None = day("Start Date")
    due: date | None = day("Due")
    benefit: str = choice("Benefit", INFLUENCE)
    urgency: str = choice("Urgency", INFLUENCE)
    effort: str = choice("Effort", INFLUENCE)
    effort_days: float | None = number("Effort (Person-days)", minimum=0)
    cost: float | None = number("Cost", "In the currency of the plan, without the person-days.", minimum=0)
    benefit_kpi: str = line("Benefit KPI")
    benefit_baseline: float | None = number("Benefit Baseline")
    benefit_baseline_date: date | None = day("Baseline Date")
    benefit_target: float | None = number("Benefit Target")
    benefit_due: date | None = day("Benefit Due", "By when the target is to be reached.")
    benefit_share: float | None = number(
        "Share of the Benefit (%)",
        "Where several improvements move one KPI at the same time: which share this one brings.",
        minimum=0,
        maximum=100,
    )
    money_a_year: float | None = number(
        "Money a Year", "What it brings a year, in the currency of the plan.", minimum=0
    )
    money_from: date | None = day("Money From", "From when it brings that. If empty, from Benefit Due on.")
    other_kpis: str = text("Other KPIs", "Which other KPIs move, for better or worse.")
    benefit_review: date | None = day(
        "Benefit Review", "After the end: when to look whether the benefit has lasted."
    )
    cause: str = text("Cause", "Of a corrective action: why it happened.")
    hypothesis: str = text("Hypothesis", "Of an experiment: what should happen, and how that shows.")
    stop_at: str = line("Limit", "Of an experiment: at what cost, date or figure it is stopped.")
    before_gates: str = text(
        "Why Before Its Gates",
        "Of technology that begins before its gates are reached: why it cannot wait.",
        sealed=False,
    )
    benefit_actual: float | None = number("Benefit Reached", sealed=False)
    money_reached: float | None = number(
        "Money a Year Reached", "What it brings a year in fact.", sealed=False
    )
    verdict: str = choice("Verdict", VERDICTS, sealed=False)
    follow_up: str = text("Follow-up", "What follows where the target was missed.", sealed=False)
    effect: str = text("Check of the Effect", "Whether it helped, and how that was found out.", sealed=False)
    learning: str = text("What Was Learned", sealed=False)
    taken_from: str = taken()

    @property
    def is_open(self) -> bool:
        """Whether it is still being worked on, or thought about."""
        return self.status not in ENDED_IMPROVEMENTS

    @property
    def is_taken_up(self) -> bool:
        """Whether somebody wants it done: no rejected one, and no suggestion that nobody has looked at yet."""
        return self.status != REJECTED and not self.is_idea

    @property
    def is_idea(self) -> bool:
        """Whether it is a suggestion that nobody has looked at yet."""
        return self.kind == SUGGESTION and self.status == NEW


@collected(N_("Progress Report"), N_("Progress Reports"), nature=FACT)
@record
class ProgressReport:
    """How far an improvement had come on a day, and the person-days spent on it since the report before."""

    improvement: str = link("Improvement", "improvements", required=True)
    day: date | None = day("Date", required=True)
    note: str = text("What Was Done", required=True)
    effort_days: float | None = number("Spent (Person-days)", "Since the report before.", minimum=0)
    entered_by: str = entered_by()

    @property
    def id(self) -> str:
        return natural_id(self.improvement, self.day)

    @property
    def title(self) -> str:
        return self.id
