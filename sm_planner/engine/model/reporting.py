"""Reports to people: what is told to whom and how often, what was issued, whether it made sense, and the monthly progress sheets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.model.collection import FACT, collected
from sm_planner.engine.model.facts import entered_by, natural_id
from sm_planner.engine.model.fields import (
    choice,
    day,
    integer,
    key,
    line,
    lines,
    link,
    links,
    record,
    text,
)
from sm_planner.engine.model.values import Refusal
from sm_planner.engine.model.vocabulary import COMMUNICATION_FREQUENCIES
from sm_planner.engine.texts import N_, say

PROGRESS_SHEET = "Monthly Progress Sheet"
"""What is made of the live plan for each group of stakeholders, month by month."""

OWN_REPORTS = (
    PROGRESS_SHEET,
    "Agreement Expiry",
    "Budget and Payback",
    "Communication Plan",
    "Improvement Register",
    "Objective Progress",
    "Owner Scorecard",
    "Plan Health",
    "Plan Readiness",
    "Relationships",
    "Reviews and Decisions",
    "Risks",
    "Roadmap",
    "Service Catalogue",
    "SLA Attainment",
    "Stakeholder Coverage",
    "Target Results",
    "Training Plan",
)
"""Reports of the app that are sent to people."""

REPORT_FORMATS = ("E-mail", "Page", "PDF", "Spreadsheet", "Dashboard", "Talk")

WANTED, NOT_WANTED = DASHBOARD_DECISIONS = ("Yes", "No")

DECIDED, NO_ACTION = REPORT_OUTCOMES = ("Decided", "No Action Needed")

MAKES_SENSE, LACKS = REPORT_WORDS = ("Makes Sense", "Something Is Missing")


@collected(N_("Report Spec"), N_("Report Specs"), series="RPT", shared=False)
@record
class ReportSpec:
    """A report to people: what for, to whom, how often, with what in it, how it reaches them, and who answers for it."""

    id: str = key()
    title: str = line("Title")
    purpose: str = text("Purpose", "What its readers know, or can decide, with it.")
    decision: str = text("Decisions", "Which decisions it is made for, and who takes them.")
    report_owner: str = link("Owner", "people", "Who sees to it that it is issued, and is true.")
    stakeholders: tuple[str, ...] = links("Stakeholders", "stakeholders", "The groups that it is for.")
    units: tuple[str, ...] = lines("Units", "As people and stakeholders name them.")
    roles: tuple[str, ...] = links("Roles", "roles", "Whoever holds them on the day.")
    teams: tuple[str, ...] = links("Teams", "teams", "Their members, and who leads them.")
    people: tuple[str, ...] = links("People", "people", "By name.")
    frequency: str = choice("How Often", COMMUNICATION_FREQUENCIES)
    first_date: date | None = day("First Date", "Its day, or the first of its days.")
    last_date: date | None = day("Last Date", "Until when it comes back. If empty, without end.")
    content: str = text("Content", "What stands in it: which figures, of what, since when.")
    format: str = choice("Form of the Report", REPORT_FORMATS)
    delivery: str = line(
        "Delivery", "How it reaches its readers, such as by mail, or on the wall of the ward."
    )
    report: str = choice("Report of the App", OWN_REPORTS, help="If one of these is what is issued.")
    url: str = line("Address", "Where it is, if it is made elsewhere.")

    @property
    def is_progress_sheet(self) -> bool:
        return self.report == PROGRESS_SHEET


@collected(N_("Report Issue"), N_("Report Issues"), nature=FACT)
@record
class ReportIssue:
    """That a report was issued for a period, and what came of it."""

    report_spec: str = link("Report Spec", "report_specs", required=True)
    period_end: date | None = day("Last Day of the Period", required=True)
    day: date | None = day("Issued On", required=True)
    reference: str = line("Reference", "Where this issue can be looked up.")
    outcome: str = choice(
        "Outcome", REPORT_OUTCOMES, help="What came of it. Filled in when it was read, and then it stays."
    )
    decisions: str = text("What Was Decided", "Or why there was nothing to do.")
    entered_by: str = entered_by()

    def misfits(self) -> Iterator[Refusal]:
        """What was decided is said."""
        if self.outcome == DECIDED and not self.decisions.strip():
            yield Refusal("decisions", say(N_("This is missing.")), say(N_("Fill it in.")))

    @property
    def id(self) -> str:
        return natural_id(self.report_spec, self.period_end, self.day)

    @property
    def title(self) -> str:
        return self.id


@collected(N_("Report Confirmation"), N_("Report Confirmations"), nature=FACT)
@record
class ReportConfirmation:
    """What a reader says of an issue of a report: that it makes sense, or what is missing."""

    report_spec: str = link("Report Spec", "report_specs", required=True)
    period_end: date | None = day("Last Day of the Period", "Of the issue that was read.", required=True)
    person: str = link("Person", "people", required=True)
    word: str = choice("Says", REPORT_WORDS, required=True)
    missing: str = text("What Is Missing")
    day: date | None = day("Date", required=True)
    entered_by: str = entered_by()

    def misfits(self) -> Iterator[Refusal]:
        """What is missing is said."""
        if self.word == LACKS and not self.missing.strip():
            yield Refusal("missing", say(N_("This is missing.")), say(N_("Fill it in.")))

    @property
    def id(self) -> str:
        return natural_id(self.report_spec, self.period_end, self.person, self.day)

    @property
    def title(self) -> str:
        return self.id


@collected(N_("Progress Sheet"), N_("Progress Sheets"), nature=FACT, by_server=True)
@record
class ProgressSheet:
    """A monthly progress sheet as it was sent to a group of stakeholders: its words, to whom, when and by whom.

    day: the last day of the month. number: 1, and more where it corrects what was sent before. content: its text, from which
    the mail was made.
    """

    stakeholder: str = link("Stakeholder", "stakeholders", required=True)
    sent_on: date | None = day("Sent On", required=True)
    day: date | None = day("Last Day of the Month", required=True)
    number: int | None = integer("Number", required=True, minimum=1)
    correction: str = text("Correction", "Why it was sent again.")
    language: str = line("Language")
    subject: str = line("Subject", required=True)
    content: str = text("Text", required=True)
    recipients: str = text("Sent To", required=True)
    unreached: str = text("Without an E-mail Address")
    sent_by: str = line("Sent By", required=True)
    content_hash: str = line("Hash", "Of subject and text.", required=True)

    @property
    def id(self) -> str:
        return natural_id(self.stakeholder, self.day, self.number)

    @property
    def title(self) -> str:
        return self.id
