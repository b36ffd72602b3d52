"""Stakeholder Coverage: whom the plan affects, how well they are looked after, and what is missing."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from sm_planner.engine.agreements.terms import day_of_plan, slas_in_force
from sm_planner.engine.checks import check
from sm_planner.engine.checks.finding import Finding
from sm_planner.engine.checks.stakeholders import RULES
from sm_planner.engine.engagement.relationship import last_engaged
from sm_planner.engine.model import INFLUENCE, Plan, Stakeholder
from sm_planner.engine.raci.effective import services_in_scope
from sm_planner.engine.texts import N_, Text, say
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

COLUMNS = (
    Column("title", Text(N_("Stakeholder")), width=200, collection="stakeholders", key="id"),
    Column("kind", Text(N_("Kind")), width=110),
    Column("unit", Text(N_("Unit")), width=150),
    Column("influence", Text(N_("Influence")), width=90),
    Column("interest", Text(N_("Interest")), width=90),
    Column("contact", Text(N_("Relationship Manager")), width=150),
    Column("last_engagement", Text(N_("Last Engagement")), "Date", width=110),
    Column("services", Text(N_("Services")), "Int", width=80),
    Column("agreements", Text(N_("SLAs in Force")), "Int", width=100),
    Column("requirements", Text(N_("Requirements")), "Int", width=100),
    Column("gaps", Text(N_("Gaps")), "Int", width=70),
    Column("lacks", Text(N_("What Is Missing First")), width=320),
    Column("fix", Text(N_("What to Do")), width=320),
)


def report(plan: Plan, today: date, *, kind: str = "", gaps_only: bool = False) -> Table:
    """The stakeholders, those of the most influence first. kind: only these. gaps_only: where something is missing."""
    gaps = _gaps(plan, today)
    shown = [
        stakeholder
        for stakeholder in sorted(plan.stakeholders, key=_rank)
        if kind in ("", stakeholder.kind) and (gaps.get(stakeholder.id) or not gaps_only)
    ]
    covered = sum(1 for stakeholder in plan.stakeholders if stakeholder.id not in gaps)
    total = len(plan.stakeholders)
    return Table(
        columns=COLUMNS,
        rows=_rows(plan, today, shown, gaps),
        summary=(
            Figure(Text(N_("Stakeholders")), total),
            Figure(Text(N_("Looked after")), covered, "Green"),
            Figure(Text(N_("With gaps")), total - covered, "Red" if total - covered else "Green"),
            Figure(Text(N_("Champions")), sum(stakeholder.champion for stakeholder in plan.stakeholders)),
        ),
        chart=_chart(plan, gaps) if plan.stakeholders else None,
        message=_message(total, covered),
    )


def _rank(stakeholder: Stakeholder) -> int:
    """The most influential first, those without a rating last."""
    return -INFLUENCE.index(stakeholder.influence) if stakeholder.influence else 1


def _gaps(plan: Plan, today: date) -> dict[str, list[Finding]]:
    """Stakeholder → what the checks find missing, also about what they require."""
    found: dict[str, list[Finding]] = {}
    for finding in check(plan, today, RULES).failed:
        if finding.record.collection == "stakeholders":
            found.setdefault(finding.record.id, []).append(finding)
        elif finding.record.collection == "requirements":
            customer = plan.get("requirements", finding.record.id).customer
            found.setdefault(customer, []).append(finding)
    return found


def _rows(
    plan: Plan, today: date, shown: list[Stakeholder], gaps: dict[str, list[Finding]]
) -> list[dict[str, Any]]:
    services = Counter(customer for service in services_in_scope(plan) for customer in service.customers)
    agreements = Counter(agreement.customer for agreement in slas_in_force(plan, day_of_plan(plan, today)))
    requirements = Counter(requirement.customer for requirement in plan.requirements)
    rows = []
    for stakeholder in shown:
        missing = gaps.get(stakeholder.id, ())
        rows.append(
            {
                "id": stakeholder.id,
                "title": stakeholder.title or stakeholder.id,
                "kind": stakeholder.kind and Text(stakeholder.kind),
                "unit": stakeholder.unit,
                "influence": stakeholder.influence and Text(stakeholder.influence),
                "interest": stakeholder.interest and Text(stakeholder.interest),
                "contact": plan.title_of("people", stakeholder.contact),
                "last_engagement": last_engaged(plan, stakeholder, today),
                "services": services[stakeholder.id],
                "agreements": agreements[stakeholder.id],
                "requirements": requirements[stakeholder.id],
                "gaps": len(missing),
                "lacks": Text(missing[0].message, missing[0].args) if missing else "",
                "fix": missing[0].advice if missing else "",
            }
        )
    return rows


def _chart(plan: Plan, gaps: dict[str, list[Finding]]) -> Chart:
    """Stakeholders by influence, with gaps and without."""
    with_gaps, without = Counter(), Counter()
    for stakeholder in plan.stakeholders:
        (with_gaps if stakeholder.id in gaps else without)[stakeholder.influence] += 1
    levels = [*reversed(INFLUENCE), *([""] if with_gaps[""] or without[""] else ())]
    return Chart(
        title=Text(N_("Stakeholders by influence")),
        labels=tuple(Text(level or N_("Not rated")) for level in levels),
        datasets=(
            Dataset(Text(N_("Looked after")), tuple(without[level] for level in levels)),
            Dataset(Text(N_("With gaps")), tuple(with_gaps[level] for level in levels)),
        ),
        colors=("#1d6b3a", "#a3151f"),
        reading=say(
            N_("{0} of {1} stakeholders with high influence are looked after."),
            without["High"],
            without["High"] + with_gaps["High"],
        ),
        stacked=True,
    )


def _message(total: int, covered: int) -> Text:
    if not total:
        return Text(N_("There are no stakeholders yet. Add the ones that the plan affects."))
    if covered < total:
        return say(
            N_("{0} of {1} stakeholders are looked after. Begin with the most influential."), covered, total
        )
    return Text(N_("All stakeholders are looked after."))
