"""Where the plan stands: what can be kept and was kept, what is ready, found, waived and sealed."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sm_planner.engine.chain import Feasibility
from sm_planner.engine.checks import RULES
from sm_planner.engine.model import COLLECTIONS, Plan, Waiver
from sm_planner.reports import chain_feasibility, plan_findings, plan_readiness
from sm_planner.reports.book import findings
from sm_planner.reports.book.material import Material

CHAINS_SHOWN = 120
"""Promises told in the book; the report Chain Feasibility has them all."""
_RULES = {rule.code: rule for rule in RULES}


def chain(material: Material) -> dict[str, Any]:
    """The promises that cannot be kept in full, the others in a line each."""
    table = chain_feasibility.report(material.plan, material.today)
    infeasible = chain_feasibility.VERDICTS[Feasibility.INFEASIBLE]
    broken = [row for row in table.rows if row["verdict"] == infeasible]
    others = [row for row in table.rows if row["verdict"] != infeasible]
    shown = broken[:CHAINS_SHOWN]
    beside = others[: CHAINS_SHOWN - len(shown)]
    return {
        "table": table,
        "broken": shown,
        "others": beside,
        "left_out": len(table.rows) - len(shown) - len(beside),
    }


def attainment(material: Material) -> Any:
    return material.attainment


def readiness(material: Material) -> Any:
    return plan_readiness.table(material.board)


def all_findings(material: Material) -> dict[str, Any]:
    result = material.result
    return {
        "chart": plan_findings.chart(result),
        "next_step": plan_findings.next_step(result),
        "failed": findings.by_severity(result.failed),
        "not_evaluated": findings.by_rule(result.not_evaluated),
        "waived": findings.by_rule(result.waived),
    }


def waivers(material: Material) -> list[dict[str, Any]]:
    """Each waiver with its rule, what it is about, and how many findings it suppresses today."""
    suppressed = Counter(finding.waiver for finding in material.result.waived)
    return [
        {
            "record": waiver,
            "rule": _RULES.get(waiver.rule),
            "about": _about(material.plan, waiver),
            "suppressed": suppressed[waiver.id],
        }
        for waiver in material.plan.waivers
    ]


def _about(plan: Plan, waiver: Waiver) -> str:
    """The title of the record that a waiver names by its id alone."""
    if not waiver.record:
        return ""
    found = (plan.get(collection, waiver.record) for collection in COLLECTIONS)
    return next((record.title or record.id for record in found if record), waiver.record)


def seals(material: Material) -> Any:
    return material.verification
