"""How things are shown: each report is a pure function that gives a :class:`~sm_planner.reports.table.Table`.

To add a report: write ``report(plan, today, *, filters) -> Table`` in a module of its own and name it in
:data:`REPORTS`. Command line, Desk, HTML and JSON show whatever is there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sm_planner.engine.chain import Feasibility
from sm_planner.engine.checks.finding import Severity
from sm_planner.engine.model import AGREEMENT_KINDS, OBJECTIVE_CATEGORIES, STAKEHOLDER_KINDS
from sm_planner.engine.model.vocabulary import (
    BUDGET_CATEGORIES,
    BUSY_KINDS,
    CHANGE_IMPACTS,
    COMMUNICATION_KINDS,
    DIMENSIONS,
    IMPROVEMENT_KINDS,
    REVIEW_KINDS,
    RISK_KINDS,
)
from sm_planner.engine.texts import N_
from sm_planner.reports import (
    agreement_coverage,
    agreement_expiry,
    agreement_terms,
    assessment_history,
    breaches_credits,
    budget_payback,
    chain_feasibility,
    change_impact,
    communication_plan,
    confirmed_parts,
    effort_result,
    gap_register,
    gates,
    improvement_register,
    lessons,
    lull_finder,
    objectives,
    owner_scorecard,
    peaks_and_lulls,
    plan_effort,
    plan_findings,
    plan_health,
    plan_readiness,
    raci_gaps,
    raci_matrix,
    relationships,
    reports_to_people,
    reviews,
    risks,
    roadmap,
    roster_coverage,
    service_catalogue,
    skill_gaps,
    sponsorship_cascade,
    stakeholder_coverage,
    target_results,
    team_load,
    training_plan,
)
from sm_planner.reports.table import Table


@dataclass(frozen=True)
class Report:
    """A report by its title, with one sentence that says what it is for.

    run: ``(plan, today, **filters) → Table``; every filter is a keyword with a default. options: name → what a filter
    of a few choices can be, beside empty. several: whether it can be about all plans in force at once: its columns are the
    same for all plans and name records that plans share, and its figures are counts.
    """

    title: str
    purpose: str
    run: Callable[..., Table]
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    several: bool = False


REPORTS: dict[str, Report] = {
    "plan-findings": Report(
        N_("Plan Findings"),
        N_("What the checks found, most severe first, each with its record and its fix."),
        plan_findings.report,
        {"severity": (*(severity.value for severity in Severity), plan_findings.SERIOUS)},
        several=True,
    ),
    "plan-readiness": Report(
        N_("Plan Readiness"),
        N_("Which pieces of the plan are ready, and what the others need."),
        plan_readiness.report,
    ),
    "plan-health": Report(
        N_("Plan Health"),
        N_("How the plan stood day by day: what the checks found, how far it was, what was kept."),
        plan_health.report,
    ),
    "plan-effort": Report(
        N_("Size of the Effort"),
        N_("How many days, people and months the plan takes, what it changes, and what of it is not known."),
        plan_effort.report,
    ),
    "raci-matrix": Report(
        N_("RACI Matrix"),
        N_("Who does the work, answers for it, is consulted and is informed, in every process and service."),
        raci_matrix.report,
    ),
    "raci-gaps": Report(
        N_("RACI Gaps and Load"),
        N_("Where RACI letters are missing, and how much each person and role carries."),
        raci_gaps.report,
        {"about": tuple(about.template for about in raci_gaps.ABOUT.values())},
    ),
    "confirmed-parts": Report(
        N_("Confirmed Parts"),
        N_("How many people of each unit have confirmed their part, and who has not yet."),
        confirmed_parts.report,
        several=True,
    ),
    "owner-scorecard": Report(
        N_("Owner Scorecard"),
        N_(
            "What became of what each owner answers for: promises kept, actions on time, reviews, the own part."
        ),
        owner_scorecard.report,
    ),
    "chain-feasibility": Report(
        N_("SLA Chain Feasibility"),
        N_("Whether the agreements beneath each SLA can support what it promises, and what would help."),
        chain_feasibility.report,
        {"verdict": tuple(verdict.value for verdict in Feasibility)},
    ),
    "service-catalogue": Report(
        N_("Service Catalogue"),
        N_("What customers are offered, at which service levels, and what is missing in each entry."),
        service_catalogue.report,
    ),
    "objectives": Report(
        N_("Objective Progress"),
        N_("What is to be achieved, how far it is, and what falls behind."),
        objectives.report,
        {"category": OBJECTIVE_CATEGORIES},
    ),
    "gap-register": Report(
        N_("Gap Register"),
        N_("Where the organisation is below its targets, what answers each gap, and what nobody answers."),
        gap_register.report,
        {"show": gap_register.SHOWN},
    ),
    "assessment-history": Report(
        N_("Assessment History"),
        N_("What each submitted assessment found, and how that went from one to the next."),
        assessment_history.report,
    ),
    "improvement-register": Report(
        N_("Improvement Register"),
        N_("What is worked on to get better, the most urgent first, and what waits for a decision."),
        improvement_register.report,
        {"show": improvement_register.GROUPS, "kind": IMPROVEMENT_KINDS, "dimension": DIMENSIONS},
    ),
    "roadmap": Report(
        N_("Roadmap"),
        N_(
            "When what is open is planned, when it is possible, and when the teams can do it; and what is late, and why."
        ),
        roadmap.report,
        {"show": roadmap.GROUPS},
    ),
    "team-load": Report(
        N_("Team Load"),
        N_("What each team has to do for improvements in each quarter, against the people that it has."),
        team_load.report,
    ),
    "peaks-and-lulls": Report(
        N_("Peaks and Lulls"),
        N_("When the business has much or little to do, and what planned work meets a peak."),
        peaks_and_lulls.report,
        {"kind": BUSY_KINDS},
    ),
    "lull-finder": Report(
        N_("Lull Finder"),
        N_("When work on a component or service would hurt fewest, and whom it hurts."),
        lull_finder.report,
    ),
    "gates": Report(
        N_("Gates"),
        N_(
            "Why, sponsor, goals, change, people and processes, tools last: which gate is reached, what is missing."
        ),
        gates.report,
    ),
    "effort-result": Report(
        N_("Effort versus Result"),
        N_("What was spent on improvements, and what came of it."),
        effort_result.report,
        {"kind": IMPROVEMENT_KINDS, "dimension": DIMENSIONS},
    ),
    "budget-payback": Report(
        N_("Budget and Payback"),
        N_(
            "What each budget line costs, what was spent of it, what comes back, and when that has paid for it."
        ),
        budget_payback.report,
        {"category": BUDGET_CATEGORIES},
    ),
    "target-results": Report(
        N_("Target Results"),
        N_("What the targets of agreements came to, which are missed, and what is done about it."),
        target_results.report,
        {"kind": AGREEMENT_KINDS},
    ),
    "breaches-and-credits": Report(
        N_("Breaches and Credits"),
        N_("Which targets were breached by what was measured, and what is due for it."),
        breaches_credits.report,
        {"kind": AGREEMENT_KINDS},
    ),
    "stakeholder-coverage": Report(
        N_("Stakeholder Coverage"),
        N_("Whom the plan affects, how well they are looked after, and what is missing."),
        stakeholder_coverage.report,
        {"kind": STAKEHOLDER_KINDS},
    ),
    "communication-plan": Report(
        N_("Communication Plan"),
        N_("What is said to whom by whom, when it is due, and where it was silent for too long."),
        communication_plan.report,
        {"kind": COMMUNICATION_KINDS},
    ),
    "change-impact": Report(
        N_("Change Impact"),
        N_(
            "What the plan changes for each group, how ready it is, and which objections nobody has answered."
        ),
        change_impact.report,
        {"impact": CHANGE_IMPACTS},
    ),
    "sponsorship-cascade": Report(
        N_("Sponsorship Cascade"),
        N_("Who of each level stands behind the plan in each unit, what shows it, and where support ends."),
        sponsorship_cascade.report,
        {"show": sponsorship_cascade.SHOWN},
    ),
    "relationships": Report(
        N_("Relationships"),
        N_("Who spoke with each stakeholder last, what came of it, and where the relationship goes."),
        relationships.report,
        {"kind": STAKEHOLDER_KINDS},
    ),
    "reports-to-people": Report(
        N_("Reports to People"),
        N_(
            "What is reported to whom, when it is due, whether it makes sense to its readers, and what came of it."
        ),
        reports_to_people.report,
    ),
    "agreement-coverage": Report(
        N_("Agreement Coverage"),
        N_("Which agreement each customer has for each service, who has none, and which two differ."),
        agreement_coverage.report,
        {"show": agreement_coverage.SHOWN},
    ),
    "agreement-expiry": Report(
        N_("Agreement Expiry"),
        N_("Which agreements expire, by when notice has to be given, and what follows them."),
        agreement_expiry.report,
        {"kind": AGREEMENT_KINDS},
    ),
    "agreement-terms": Report(
        N_("Agreement Terms"),
        N_("What holds for each agreement, and which agreement of its family says it."),
        agreement_terms.report,
        {"kind": AGREEMENT_KINDS},
    ),
    "reviews": Report(
        N_("Reviews and Decisions"),
        N_("When the plan was reviewed, how late, what was decided, and what became of it."),
        reviews.report,
        {"kind": REVIEW_KINDS},
    ),
    "risks": Report(
        N_("Risks"),
        N_("What may happen, how much it weighs, what is done about it, and what is overdue."),
        risks.report,
        {"show": risks.SHOWN, "kind": RISK_KINDS},
    ),
    "roster-coverage": Report(
        N_("Roster Coverage"),
        N_("Is somebody there in each hour that is promised, and are there enough people for it?"),
        roster_coverage.report,
        {"show": roster_coverage.SHOWN},
    ),
    "training-plan": Report(
        N_("Training Plan"),
        N_("What is taught to whom, when, from which money, and how many of them have had it."),
        training_plan.report,
        {"show": training_plan.SHOWN},
    ),
    "skill-gaps": Report(
        N_("Skill Gaps"),
        N_("What roles need of who fills them, what is missing, and whether a training closes it in time."),
        skill_gaps.report,
        {"state": skill_gaps.STATES},
    ),
    "lessons": Report(
        N_("Lessons and Notes"),
        N_("What was learned from transitions, incidents and others, and what follows from it."),
        lessons.report,
        {"show": lessons.SHOWN, "kind": lessons.KINDS},
    ),
}
