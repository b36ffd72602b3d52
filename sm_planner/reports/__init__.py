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
from sm_planner.engine.texts import N_
from sm_planner.reports import (
    agreement_expiry,
    chain_feasibility,
    objectives,
    plan_findings,
    plan_readiness,
    raci_gaps,
    raci_matrix,
    service_catalogue,
    stakeholder_coverage,
)
from sm_planner.reports.table import Table


@dataclass(frozen=True)
class Report:
    """A report by its title, with one sentence that says what it is for.

    run: ``(plan, today, **filters) → Table``; every filter is a keyword with a default. options: name → what a filter
    of a few choices can be, beside empty.
    """

    title: str
    purpose: str
    run: Callable[..., Table]
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


REPORTS: dict[str, Report] = {
    "plan-findings": Report(
        N_("Plan Findings"),
        N_("What the checks found, most severe first, each with its record and its fix."),
        plan_findings.report,
        {"severity": tuple(severity.value for severity in Severity)},
    ),
    "plan-readiness": Report(
        N_("Plan Readiness"),
        N_("Which pieces of the plan are ready, and what the others need."),
        plan_readiness.report,
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
    "stakeholder-coverage": Report(
        N_("Stakeholder Coverage"),
        N_("Whom the plan affects, how well they are looked after, and what is missing."),
        stakeholder_coverage.report,
        {"kind": STAKEHOLDER_KINDS},
    ),
    "agreement-expiry": Report(
        N_("Agreement Expiry"),
        N_("Which agreements expire, by when notice has to be given, and what follows them."),
        agreement_expiry.report,
        {"kind": AGREEMENT_KINDS},
    ),
}
