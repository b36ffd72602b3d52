"""Findings for machines that check a repository: SARIF 2.1.0 (OASIS) and JUnit XML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

from sm_planner import __version__
from sm_planner.engine.checks import RULES, CheckResult
from sm_planner.engine.checks.finding import Finding, Severity
from sm_planner.engine.plan_file import Place

Places = Mapping[tuple[str, str], Place]
"""Collection and id of a record → where it stands in its file."""

_LEVELS = {Severity.BLOCKER: "error", Severity.ERROR: "error", Severity.WARNING: "warning"}


def sarif(result: CheckResult, source: str, places: Places) -> dict[str, Any]:
    """The findings as a SARIF log, each at the line of its record. source: the plan file's path."""
    codes = [rule.code for rule in RULES]
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "SM Planner",
                        "version": __version__,
                        "rules": [
                            {
                                "id": rule.code,
                                "shortDescription": {"text": rule.title},
                                "fullDescription": {"text": rule.why},
                                "help": {"text": f"{rule.fix} Source: {rule.source}."},
                                "defaultConfiguration": {"level": _LEVELS.get(rule.severity, "note")},
                            }
                            for rule in RULES
                        ],
                    }
                },
                "results": [
                    _sarif_result(finding, codes.index(finding.code), source, places)
                    for finding in result.failed
                ],
            }
        ],
    }


def _sarif_result(finding: Finding, rule: int, source: str, places: Places) -> dict[str, Any]:
    line = _line(finding, places)
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVELS.get(finding.severity, "note"),
        "message": {"text": f"{finding.text} {finding.advice}"},
        "locations": [
            {
                "physicalLocation": {"artifactLocation": {"uri": source}, "region": {"startLine": line}},
                "logicalLocations": [{"name": finding.record.id, "kind": finding.record.collection}],
            }
        ],
    }


def junit(result: CheckResult, source: str, places: Places) -> str:
    """The rules as JUnit test cases: passed, failed with its findings, or skipped as not evaluated."""
    failed = _by_code(result.failed)
    undecided = result.undecided
    suite = ET.Element("testsuite", name=source, tests=str(len(RULES)), failures=str(len(failed)))
    judged = {*result.passed, *(one.code for one in result.waived)}
    skipped = 0
    for rule in RULES:
        case = ET.SubElement(suite, "testcase", classname=rule.family, name=f"{rule.code} {rule.title}")
        if rule.code in failed:
            told = [f"{source}:{_line(one, places)}: {one.text} {one.advice}" for one in failed[rule.code]]
            ET.SubElement(case, "failure", type=rule.severity.value, message=told[0]).text = "\n".join(told)
        elif rule.code in undecided:
            skipped += 1
            ET.SubElement(case, "skipped", message=undecided[rule.code].text)
        elif rule.code not in judged:
            skipped += 1
            ET.SubElement(case, "skipped", message="A plan of this depth is not asked this.")
    suite.set("skipped", str(skipped))
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(suite, encoding="unicode") + "\n"


def _by_code(findings: tuple[Finding, ...]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.code, []).append(finding)
    return found


def _line(finding: Finding, places: Places) -> int:
    """The line of the record, else of its collection, else of the plan."""
    record = finding.record
    for key in ((record.collection, record.id), (record.collection, ""), ("plan", "")):
        if key in places:
            return max(places[key].line, 1)
    return 1
