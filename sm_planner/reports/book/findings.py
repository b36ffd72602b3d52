"""The findings as the book tells them: by severity, then by rule, so that a fix is read once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sm_planner.engine.checks import RULES
from sm_planner.engine.checks.finding import Finding, Rule, Severity

SHOWN = 20
"""Records told of one rule; the report Plan Findings has them all."""

_RULES = {rule.code: rule for rule in RULES}


@dataclass(frozen=True)
class Group:
    """The findings of one rule."""

    rule: Rule
    findings: tuple[Finding, ...]

    @property
    def shown(self) -> tuple[Finding, ...]:
        return self.findings[:SHOWN]

    @property
    def left_out(self) -> int:
        return len(self.findings) - len(self.shown)


def by_rule(findings: Iterable[Finding]) -> tuple[Group, ...]:
    """In the order in which each rule is met first."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.code, []).append(finding)
    return tuple(Group(_RULES[code], tuple(members)) for code, members in groups.items())


def by_severity(findings: Iterable[Finding]) -> tuple[tuple[Severity, tuple[Group, ...]], ...]:
    """Severities that have findings, the heaviest first."""
    findings = tuple(findings)
    groups = ((severity, by_rule(f for f in findings if f.severity is severity)) for severity in Severity)
    return tuple((severity, members) for severity, members in groups if members)
