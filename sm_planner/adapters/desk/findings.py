"""The findings of a plan as its form shows them: lines, and what stands beneath a line, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from sm_planner.adapters import plan_reader
from sm_planner.adapters.site.places import document_name
from sm_planner.adapters.site.presentation import findings_shown, told
from sm_planner.engine.checks import CheckResult, check, is_waivable, telling
from sm_planner.engine.checks.acting import improvements_of
from sm_planner.engine.checks.finding import Verdict
from sm_planner.engine.checks.telling import Line, Meaning
from sm_planner.engine.model import Plan

FIRST_LINES = 40
"""Lines that a form is given at once; it asks for the others."""

LONGEST_PAGE = 200
"""Lines, or findings, of a page at most."""


def beginning(plan: Plan, result: CheckResult) -> dict[str, Any]:
    """What a form begins with: how many ``lines`` there are by their ``meaning``, the first of them, and the ``helping``."""
    lines = telling.lines(plan, result)
    return {
        "meanings": [
            {
                "meaning": meaning.name.lower(),
                "label": _(meaning.value),
                "lines": sum(line.meaning is meaning for line in lines),
            }
            for meaning in Meaning
        ],
        "line_count": len(lines),
        "lines": shown(plan, lines[:FIRST_LINES]),
        "helping": shown(plan, telling.helping(lines)),
    }


def lines_page(of: str | Document, start: int, length: int) -> dict[str, Any]:
    """Lines of a plan from a place on: the ``total``, and ``lines``. of: its name, or its document as it was just read."""
    plan = plan_reader.load(of)
    lines = telling.lines(plan, check(plan, getdate()))
    return {"total": len(lines), "lines": shown(plan, _page(lines, start, length))}


def findings_page(of: str | Document, line: str, start: int, length: int) -> dict[str, Any]:
    """Findings of a plan from a place on, in the order of their weight, or those of a line: the ``total``, and ``findings``.

    What other rules say of the fault of a line comes after its own. A line that is not there any more has none. of: the name of the
    plan, or its document as it was just read.
    """
    plan = plan_reader.load(of)
    result = check(plan, getdate())
    told_here = result.findings
    if line:
        found = (one.all for one in telling.lines(plan, result) if one.key == line)
        told_here = next(found, ())
    page = _page(told_here, start, length)
    made = _improving(plan)
    rows = [
        {**row, **_acts(row["code"], row["verdict"]), "improvement": made(row["code"], row["id"])}
        for row in findings_shown(plan, page)
    ]
    return {"total": len(told_here), "findings": rows}


def _acts(code: str, verdict: str) -> dict[str, Any]:
    """What can be done about a finding, beside mending it."""
    return {"waivable": verdict == Verdict.FAILED.value and is_waivable(code)}


def _improving(plan: Plan) -> Callable[[str, str], dict[str, str] | None]:
    """Tells, for the code of a rule and the id of a record, the name and the title of the improvement that mends it."""
    found = improvements_of(plan)

    def of(code: str, id: str) -> dict[str, str] | None:
        made = found.get((code, id))
        name = made and document_name(plan, "improvements", made.id, {})
        return {"name": name, "title": made.title} if made else None

    return of


def _page(all_of_them: tuple[Any, ...], start: int, length: int) -> tuple[Any, ...]:
    begin = max(start, 0)
    return all_of_them[begin : begin + min(max(length, 1), LONGEST_PAGE)]


def shown(plan: Plan, lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Lines as a form shows them.

    ``key``, ``code`` (empty: of several rules), ``severity`` and its label, ``verdict``, ``meaning``, ``message``, ``fix``,
    ``help``: what mending it brings, ``count`` of its findings, ``records`` that it hits, ``also``: the codes of the rules
    that tell of it too, whether it is ``waivable``; and of a line of one finding the ``improvement`` that mends it (name and
    title) or None, and that ``finding``, with what opens it.
    """
    lines = tuple(lines)
    made = _improving(plan)
    lone = [line for line in lines if len(line.findings) == 1]
    found = findings_shown(plan, [line.first for line in lone])
    opened = {line.key: _opening(finding) for line, finding in zip(lone, found, strict=True)}
    return [
        {
            "key": line.key,
            "code": line.code,
            "severity": line.first.severity.value,
            "severity_label": _(line.first.severity.value),
            "verdict": line.first.verdict.value,
            "meaning": line.meaning.name.lower(),
            "message": told(line.message),
            "fix": told(line.advice),
            "help": told(line.help.text) if line.help else "",
            "count": len(line.all),
            "records": len(line.records),
            "also": list(line.also),
            **_acts(line.code, line.first.verdict.value),
            "improvement": made(line.code, line.first.record.id) if line.key in opened else None,
            "finding": opened.get(line.key),
        }
        for line in lines
    ]


def _opening(finding: dict[str, Any]) -> dict[str, Any]:
    """What a line adds to itself of its only finding."""
    return {name: finding[name] for name in ("collection", "id", "title", "opens")}
