"""The checks of a plan.

A check is a plain function ``(Plan, today) → faults``, made a :class:`~sm_planner.engine.checks.finding.Rule` by
the decorator :func:`~sm_planner.engine.checks.finding.rule`. Each family of rules is a module with a tuple
``RULES``; :data:`RULES` lists them all. To add a check: write it in its family, add it to the tuple there,
give it a case file in ``tests/cases`` and run ``make docs``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from sm_planner.engine.checks import (
    agreements,
    assessments,
    budget,
    busy_times,
    catalogue,
    chain,
    change,
    communication,
    improvements,
    integrity,
    learning,
    monitoring,
    objectives,
    office,
    plan as plan_checks,
    raci,
    reporting,
    reviews,
    risks,
    roadmap,
    services,
    sponsor,
    stakeholders,
    suppliers,
    support_model,
    tools,
    training,
    waivers,
)
from sm_planner.engine.checks.depths import COMPLETE, RELAXED, reaches
from sm_planner.engine.checks.finding import Fault, Finding, Rule, Severity, Verdict
from sm_planner.engine.collecting import uncollected
from sm_planner.engine.model import Plan, Waiver
from sm_planner.engine.model.vocabulary import DEPTHS
from sm_planner.engine.texts import N_, Text, say

RULES: tuple[Rule, ...] = (
    *plan_checks.RULES,
    *sponsor.RULES,
    *office.RULES,
    *objectives.RULES,
    *services.RULES,
    *catalogue.RULES,
    *stakeholders.RULES,
    *agreements.RULES,
    *chain.RULES,
    *raci.RULES,
    *support_model.RULES,
    *suppliers.RULES,
    *sorted((*monitoring.RULES, *reporting.RULES), key=lambda rule: rule.code),
    *assessments.RULES,
    *improvements.RULES,
    *roadmap.RULES,
    *change.RULES,
    *busy_times.RULES,
    *tools.RULES,
    *budget.RULES,
    *reviews.RULES,
    *learning.RULES,
    *risks.RULES,
    *communication.RULES,
    *training.RULES,
    *integrity.RULES,
)


@dataclass(frozen=True)
class CheckResult:
    """What the checks say of a plan: the findings in order of weight, and the codes that passed.

    waived: what a valid waiver suppresses. It is no finding, and its rule has not passed.
    """

    findings: tuple[Finding, ...]
    passed: tuple[str, ...]
    waived: tuple[Finding, ...] = ()

    @cached_property
    def failed(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.verdict is Verdict.FAILED)

    @cached_property
    def not_evaluated(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.verdict is Verdict.NOT_EVALUATED)

    @property
    def undecided(self) -> dict[str, Finding]:
        """The codes of the rules that could not be decided, each with the first finding that says why."""
        found: dict[str, Finding] = {}
        for finding in (*self.findings, *self.waived):
            for code in finding.waiting:
                found.setdefault(code, finding)
        return found

    @cached_property
    def blockers(self) -> tuple[Finding, ...]:
        """What keeps the plan from its sponsor: failed blockers, and blockers that could not be decided."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.BLOCKER)

    @property
    def counts(self) -> dict[str, int]:
        """Severity → number of failed findings; every severity is there."""
        counted = Counter(finding.severity for finding in self.failed)
        return {severity.value: counted[severity] for severity in Severity}

    def as_dict(self) -> dict[str, Any]:
        """The stable shape that ``check --json`` and the HTTP API give."""
        return {
            "counts": self.counts,
            "not_evaluated": len(self.not_evaluated),
            "passed": list(self.passed),
            "findings": [finding.as_dict() for finding in self.findings],
            "waived": [finding.as_dict() for finding in self.waived],
        }


def waivable() -> Iterator[Rule]:
    """The rules that a waiver can name."""
    return (one for one in RULES if is_waivable(one.code))


def is_waivable(code: str) -> bool:
    """Whether a waiver can name the rule of that code."""
    return not any(waivers.not_waivable(Waiver(id="", rule=code)))


def asked(plan: Plan) -> tuple[Rule, ...]:
    """The rules that a plan is asked: those of its depth, less those that the kind of its office relaxes."""
    relaxed = RELAXED.get(plan.office, ())
    return tuple(one for one in RULES if reaches(plan.depth, one.depth) and one.code not in relaxed)


def told_depth(plan: Plan) -> Text:
    """To which depth a plan is written, and how many of the rules it is asked."""
    return say(
        N_("Written to depth: {0}; {1} of {2} rules asked."),
        Text(plan.depth or COMPLETE),
        len(asked(plan)),
        len(RULES),
    )


def deeper(plan: Plan) -> tuple[str, ...]:
    """The depths beyond that of a plan, the next first; none for one that names no depth, which is asked all."""
    return DEPTHS[DEPTHS.index(plan.depth) + 1 :] if plan.depth else ()


def asked_in_addition(plan: Plan, depth: str) -> tuple[Rule, ...]:
    """The rules that a plan would be asked beside those of now if it went as deep as another depth."""
    now = {rule.code for rule in asked(plan)}
    return tuple(rule for rule in asked(replace(plan, depth=depth)) if rule.code not in now)


def in_addition(plan: Plan, depth: str, today: date) -> CheckResult:
    """What these rules say of a plan, were it so deep."""
    return check(replace(plan, depth=depth), today, asked_in_addition(plan, depth))


def check(plan: Plan, today: date, rules: Iterable[Rule] | None = None) -> CheckResult:
    """Run the checks: those that the plan is asked, or some. The same plan and day give the same result, worked out once."""
    return plan.derived(_check, today, asked(plan) if rules is None else tuple(rules))


@uncollected()
def _check(plan: Plan, today: date, rules: tuple[Rule, ...]) -> CheckResult:
    findings: list[Finding] = []
    passed: list[str] = []
    undecided: dict[Fault, list[Rule]] = {}
    for rule in rules:
        faults = tuple(rule.check(plan, today))
        if not faults:
            passed.append(rule.code)
        for fault in dict.fromkeys(faults):
            if fault.unknown:
                undecided.setdefault(fault, []).append(rule)
            else:
                findings.append(_finding(rule, fault))
    about = {fault.record for fault in undecided}
    told = {_said(finding): place for place, finding in enumerate(findings) if finding.record in about}
    for fault, waiting in undecided.items():
        place = told.get(_said(fault))
        if place is None:
            findings.append(_undecided(fault, waiting))
        else:  # what they wait for is what another rule fails for
            findings[place] = replace(findings[place], waiting=_codes(waiting))
    findings.sort(key=_weight)
    lived_with = waivers.valid(plan, today)
    judged = [_judged(finding, lived_with) for finding in findings] if lived_with else findings
    return CheckResult(
        findings=tuple(finding for finding in judged if finding.verdict is not Verdict.WAIVED),
        passed=tuple(passed),
        waived=tuple(finding for finding in judged if finding.verdict is Verdict.WAIVED),
    )


def _judged(finding: Finding, lived_with: waivers.Waivers) -> Finding:
    """The finding, marked as waived if it failed and there is a waiver for its record or for all."""
    waiver = lived_with.get((finding.code, finding.record.id)) or lived_with.get((finding.code, ""))
    if waiver is None or finding.verdict is not Verdict.FAILED:
        return finding
    return replace(finding, verdict=Verdict.WAIVED, waiver=waiver.id)


def _said(told: Fault | Finding) -> tuple:
    return told.record, told.message, told.args


def _undecided(fault: Fault, waiting: list[Rule]) -> Finding:
    """What keeps rules from being decided, told once for all that wait for it."""
    codes = _codes(waiting)
    gravest = min(waiting, key=lambda rule: rule.severity.rank)
    finding = replace(_finding(gravest, fault), waiting=codes)
    if len(codes) == 1:
        return finding
    return replace(
        finding,
        message=N_("{0} {1} rules wait for that: {2}."),
        args=(Text(fault.message, fault.args), str(len(codes)), ", ".join(codes)),
        count=len(codes),
    )


def _codes(rules: Iterable[Rule]) -> tuple[str, ...]:
    return tuple(rule.code for rule in rules)


def _finding(rule: Rule, fault: Fault) -> Finding:
    return Finding(
        code=rule.code,
        severity=fault.severity or rule.severity,
        verdict=Verdict.NOT_EVALUATED if fault.unknown else Verdict.FAILED,
        record=fault.record,
        message=fault.message,
        args=fault.args,
        fix=fault.fix or rule.fix,
        fix_args=fault.fix_args,
        field=fault.field,
        count=fault.count,
        cell=fault.cell,
        mended_at=fault.mended_at,
    )


def _weight(finding: Finding) -> tuple:
    return (
        finding.verdict is Verdict.NOT_EVALUATED,
        finding.severity.rank,
        -finding.count,
        finding.code,
        finding.record.collection,
        finding.record.id,
    )
