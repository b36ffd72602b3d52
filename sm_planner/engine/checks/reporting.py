"""MON: whether people get the reports that they need, whether these make sense to them, and whether something comes of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.checks.conditions import empty, first_names, missing, named, nothing_in
from sm_planner.engine.checks.depths import COMPLETE
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule, unknown
from sm_planner.engine.model import Plan
from sm_planner.engine.model.reporting import NOT_WANTED, WANTED
from sm_planner.engine.reporting.issues import issued, said
from sm_planner.engine.reporting.outcomes import LAST, without_outcome
from sm_planner.engine.reporting.readers import has_audience
from sm_planner.engine.reporting.sending import month_due, waiting


@rule(
    "MON-03",
    Severity.ERROR,
    COMPLETE,
    title=N_("Each report says what it is for, for whom, how often, in which form, and who owns it"),
    why=N_("A report that nobody asked for is made for nobody, and costs an afternoon every month."),
    fix=N_(
        "Fill in purpose, decisions, audience, how often and from when, content, format, delivery and owner; "
        "or drop the report."
    ),
    source="Ten steps; ISO 9.4; FitSM PR3.2",
)
def specified(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "report_specs")
    for spec in plan.report_specs:
        yield from missing(
            spec, "title", "purpose", "decision", "frequency", "first_date", "content", "format", "delivery"
        )
        if plan.get("people", spec.report_owner) is None:
            yield fault(spec, N_("“{0}” has no owner."), named(spec), field="report_owner")
        if not has_audience(spec):
            yield fault(spec, N_("“{0}” is for nobody."), named(spec), field="stakeholders")


@rule(
    "MON-04",
    Severity.WARNING,
    COMPLETE,
    title=N_("Those who get a report say that it makes sense"),
    why=N_("What its readers do not understand is filed unread, and everybody believes that they know."),
    fix=N_("Ask the readers to confirm the last issue, and put in what they miss."),
    source="Prakash 2016",
)
def makes_sense(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "report_specs")
    for spec in plan.report_specs:
        if not issued(plan, spec, today):
            continue  # nothing to be understood yet
        words = said(plan, spec, today)
        if not (words.makes_sense or words.lacking or words.silent):
            yield unknown(
                spec, N_("“{0}” has no readers whom the plan knows by name."), named(spec), field="people"
            )
        elif words.lacking:
            people = tuple(plan.get("people", one.person) for one in words.lacking)
            yield fault(
                spec,
                N_("“{0}” lacks something for {1}."),
                named(spec),
                first_names(people),
                field="report_confirmations",
                count=len(people),
            )
        elif not words.makes_sense:
            yield fault(
                spec,
                N_("None of the {1} readers of “{0}” has said whether it makes sense."),
                named(spec),
                len(words.silent),
                field="report_confirmations",
                count=len(words.silent),
            )


@rule(
    "MON-05",
    Severity.WARNING,
    COMPLETE,
    title=N_("Something is decided by reports, or it is said that there was nothing to do"),
    why=N_("Figures that never move anybody are not worth being collected."),
    fix=N_("Enter with the issue what was decided, or that no action was needed; or drop the report."),
    source="Ten steps; ISO 9.4",
)
def leads_to_something(plan: Plan, today: date) -> Iterator[Fault]:
    """Of the last three issues. Before there are three, it is too early to tell."""
    yield from nothing_in(plan, "report_specs")
    for spec in plan.report_specs:
        idle = without_outcome(issued(plan, spec, today))
        if idle:
            yield fault(
                spec,
                N_("Nothing came of the last {1} issues of “{0}”, from {2} on."),
                named(spec),
                LAST,
                idle[0].day,
                field="report_issues",
                count=LAST,
            )


@rule(
    "MON-06",
    Severity.WARNING,
    COMPLETE,
    title=N_("It is decided whether the top wants a dashboard"),
    why=N_(
        "A dashboard that nobody asked for is looked at once; one that is missed is made in a spreadsheet."
    ),
    fix=N_("Say yes, and where it is; or no, and why."),
    source="Prakash 2016",
)
def dashboard_decided(plan: Plan, today: date) -> Iterator[Fault]:
    if plan.executive_dashboard not in (WANTED, NOT_WANTED):
        yield fault(
            plan, N_("Nobody decided whether there is an executive dashboard."), field="executive_dashboard"
        )
    elif plan.executive_dashboard == WANTED and empty(plan.dashboard_link):
        yield fault(
            plan, N_("There is to be an executive dashboard, and nothing says where."), field="dashboard_link"
        )
    elif plan.executive_dashboard == NOT_WANTED and empty(plan.no_dashboard_because):
        yield fault(
            plan, N_("There is no executive dashboard, and nothing says why."), field="no_dashboard_because"
        )


@rule(
    "MON-09",
    Severity.WARNING,
    COMPLETE,
    title=N_("Each group of stakeholders is sent a progress sheet every month"),
    why=N_("Who hears nothing of what was reached believes that nothing was."),
    fix=N_("Open the home of the plan, look at the sheet of the group, and send it."),
    source="HDI",
)
def sheets_sent(plan: Plan, today: date) -> Iterator[Fault]:
    """A month counts once its figures had time to be collected; what is older is not caught up."""
    yield from nothing_in(plan, "stakeholders")
    month = month_due(plan, today)
    for group in waiting(plan, month) if month else ():
        yield fault(
            group,
            N_("“{0}” was not sent the progress sheet of the month until {1}."),
            named(group),
            month.last,
            field="progress_sheets",
        )


RULES = (specified, makes_sense, leads_to_something, dashboard_decided, sheets_sent)
