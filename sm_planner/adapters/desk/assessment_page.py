"""What the page of an assessment, and its form, show: the lines with how each level looks, and what came out."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from sm_planner.adapters.documents import assessments
from sm_planner.adapters.documents.assessments import ASSESSMENT
from sm_planner.adapters.guards import living_guards
from sm_planner.adapters.site.doctypes import DOCTYPES, part_name
from sm_planner.adapters.site.presentation import told, told_html
from sm_planner.engine.assessment import answering, frameworks, gaps
from sm_planner.engine.assessment.results import Result, by_group, of_assessment
from sm_planner.engine.assessment.submission import refuse_submission
from sm_planner.engine.model import Plan
from sm_planner.engine.model.assessments import Assessment, AssessmentAnswer, AssessmentFramework
from sm_planner.engine.rights.assessments import may_answer


def sheet(name: str) -> dict[str, Any]:
    """An assessment as its page shows it: ``lines`` with levels and answers, ``progress`` and ``result``, ``may_answer``."""
    doc, plan, assessment = _opened(name)
    framework = frameworks.known(plan).get(assessment.framework)
    said = answering.others(plan, assessment)
    return {
        "title": assessment.title,
        "framework": framework.title if framework else assessment.framework,
        "kind": _(assessment.kind),
        "assessor": plan.title_of("people", assessment.assessor),
        "submitted": assessment.is_submitted,
        "may_answer": may_answer(assessment, living_guards.writer()) and doc.has_permission("write"),
        "lines": [
            {**_line(row, assessment, framework), **_answer(plan, assessment, row.code, said)}
            for row in assessment.answers
        ],
        **_numbers(assessment),
    }


def answered(name: str, code: str) -> dict[str, Any]:
    """What the page is told once a line was answered: the line, and the two numbers."""
    _doc, plan, assessment = _opened(name)
    said = answering.others(plan, assessment)
    return {"line": _answer(plan, assessment, code, said), **_numbers(assessment)}


def _opened(name: str) -> tuple[Document, Plan, Assessment]:
    doc = frappe.get_doc(ASSESSMENT, name)
    plan = assessments.plan_of(doc.lineage)
    return doc, plan, plan.get("assessments", doc.id)


def _line(
    row: AssessmentAnswer, assessment: Assessment, framework: AssessmentFramework | None
) -> dict[str, Any]:
    """What is asked: how each level looks is told by the version by which it is assessed, else the names of the levels."""
    is_same = framework is not None and framework.levels == assessment.levels
    looks = frameworks.narratives(framework).get(row.code, ()) if is_same else ()
    shown = next((one for one in framework.lines if one.code == row.code), None) if framework else None
    return {
        "code": row.code,
        "title": _(row.title),
        "group": _(row.group),
        "levels": [
            {"name": _(level), "looks": _(looks[number]) if looks and looks[number] != level else ""}
            for number, level in enumerate(assessment.levels)
        ],
        "typical_evidence": _(shown.typical_evidence) if shown and shown.typical_evidence else "",
        "target": row.target,
    }


def _answer(
    plan: Plan, assessment: Assessment, code: str, said: dict[str, tuple[answering.Other, ...]]
) -> dict[str, Any]:
    row = next(one for one in assessment.answers if one.code == code)
    return {
        "code": code,
        "score": row.score,
        "not_applicable": row.not_applicable,
        "note": row.note,
        "evidence": [
            {field: getattr(one, field) for field in answering.SHOWN}
            for one in assessment.evidence
            if one.code == code
        ],
        "state": answering.state_of(assessment, code),
        "others": [
            {
                "who": plan.title_of("people", other.assessment.assessor) or other.assessment.title,
                "kind": _(other.assessment.kind),
                "as_of": other.assessment.as_of,
                "is_last": other.is_last,
                "score": other.answer.score,
                "not_applicable": other.answer.not_applicable,
                "note": other.answer.note,
            }
            for other in said.get(code, ())
        ],
    }


def _numbers(assessment: Assessment) -> dict[str, Any]:
    return _figures(of_assessment(assessment))


def _figures(result: Result) -> dict[str, Any]:
    return {
        "progress": result.progress,
        "open": result.open,
        "result": {
            "mean": result.mean,
            "minimum": result.minimum,
            "below": result.below,
            "met": result.met,
            "in_scope": result.in_scope,
            "assessed": result.assessed,
            "not_applicable": result.not_applicable,
            "certifiable": result.is_certifiable,
        },
    }


def standing(name: str) -> dict[str, Any]:
    """What the form shows: how far it is, what came out by group, and the gaps with what answers them."""
    doc, plan, assessment = _opened(name)
    today = getdate()
    found = [gaps.answer_to(plan, gap, today) for gap in gaps.of_assessment(plan, assessment)]
    newest = {gap.assessment.id for gap in gaps.gaps(plan)}
    refusal = None if assessment.is_submitted else refuse_submission(plan, assessment, today)
    return {
        **_numbers(assessment),
        "groups": [{"group": _(group), **_figures(one)} for group, one in by_group(assessment).items()],
        "goal": assessment.goal,
        "is_newest": assessment.id in newest,
        "may_answer": may_answer(assessment, living_guards.writer()) and doc.has_permission("write"),
        "not_yet": told_html(refusal) if refusal else "",
        "gaps": [_gap(one, doc.lineage) for one in _first_open(found)] if assessment.is_submitted else [],
    }


def _first_open(found: list[gaps.Answered]) -> list[gaps.Answered]:
    order = list(gaps.State)
    return sorted(found, key=lambda one: order.index(one.state))


def _gap(one: gaps.Answered, lineage: str) -> dict[str, Any]:
    gap = one.gap
    return {
        "framework": gap.assessment.framework,
        "code": gap.answer.code,
        "title": gap.title,
        "told": told(gaps.told(gap)),
        "last": gap.last,
        "state": _(one.state.value),
        "is_open": one.state.is_open,
        "until": one.until,
        "improvements": [
            {
                "doctype": DOCTYPES["improvements"],
                "name": part_name(lineage, action.id),
                "title": action.title or action.id,
                "state": _(action.status),
                "verdict": _(action.verdict) if action.verdict else "",
            }
            for action in one.improvements
        ],
        "decision": one.decision
        and {
            "doctype": DOCTYPES["gap_decisions"],
            "name": part_name(lineage, one.decision.id),
            "title": one.decision.title or one.decision.id,
        },
    }


def offered(lineage: str) -> list[dict[str, str]]:
    """The frameworks by which a plan can be assessed: value, label, and how many lines each has."""
    known = frameworks.known(assessments.plan_of(lineage)) if lineage else frameworks.shipped()
    return [
        {
            "value": one.id,
            "label": _(one.title) or one.id,
            "description": _("Version {0}, {1} lines").format(one.version or "–", len(one.lines)),
        }
        for one in known.values()
    ]
