"""Plan Findings: what the checks found in a plan, what means most first, each with its record and its fix.

The findings of one fault stand together, and say which it is: the lines are those of the form of a plan.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from sm_planner.engine.checks import CheckResult, check, telling
from sm_planner.engine.checks.finding import Finding, Severity, Verdict
from sm_planner.engine.checks.pieces import SECTIONS, piece_of
from sm_planner.engine.checks.telling import Line
from sm_planner.engine.model import COLLECTIONS, Plan
from sm_planner.engine.texts import N_, Text, say
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

COLUMNS = (
    Column("meaning", Text(N_("What It Means")), width=310),
    Column("severity", Text(N_("Severity")), width=100),
    Column("verdict", Text(N_("Verdict")), width=110),
    Column("code", Text(N_("Rule")), width=80),
    Column("kind", Text(N_("Kind of Record")), width=120),
    Column("id", Text(N_("ID")), width=140),
    Column("title", Text(N_("Record")), width=200, key="id"),
    Column("message", Text(N_("What Is Wrong")), width=360),
    Column("fix", Text(N_("What to Do")), width=360),
    Column("fault", Text(N_("Told as One")), width=260),
    Column("count", Text(N_("Count")), "Int", width=70),
)
_COLOURS = {
    Severity.BLOCKER: "#a3151f",
    Severity.ERROR: "#c2590c",
    Severity.WARNING: "#8a6a00",
    Severity.INFORMATION: "#24548f",
}
_WHOLE = N_("Plan as a whole")
"""What no section is about."""
SERIOUS = N_("Blockers and Errors")
"""The findings that the executive view counts: blockers and errors that failed, without what could not be decided."""
_INDICATORS = {Severity.BLOCKER: "Red", Severity.ERROR: "Red"}
_VERDICTS = {
    Verdict.FAILED: N_("Failed"),
    Verdict.NOT_EVALUATED: N_("Not evaluated"),
    Verdict.WAIVED: N_("Waived"),
}


def report(
    plan: Plan,
    today: date,
    *,
    severity: str = "",
    family: str = "",
    decided: bool = False,
    waived: bool = False,
) -> Table:
    """The findings of a plan.

    severity: only these, such as ``Blocker``, or :data:`SERIOUS`. family: only these rules, such as ``RAC``.
    decided: whether to leave out what could not be decided. waived: whether to show what a waiver suppresses.
    """
    result = check(plan, today)

    def is_wanted(finding: Finding) -> bool:
        return (
            (finding.verdict is not Verdict.NOT_EVALUATED or not decided)
            and (severity in ("", finding.severity.value) or (severity == SERIOUS and _is_serious(finding)))
            and family in ("", *_families(finding))
        )

    rows, heads = [], {}
    for line in telling.lines(plan, result):
        told = tuple(filter(is_wanted, line.all))
        if len(told) > 1:
            heads[line.key] = _head(line, tuple(filter(is_wanted, line.findings)) or told, len(told))
        rows += [_row(finding, line) for finding in told]
    rows += map(_row, filter(is_wanted, result.waived if waived else ()))
    return Table(
        columns=COLUMNS,
        rows=rows,
        summary=_summary(result),
        chart=chart(result),
        message=next_step(result),
        heads=heads,
    )


def _is_serious(finding: Finding) -> bool:
    return finding.verdict is Verdict.FAILED and finding.severity in (Severity.BLOCKER, Severity.ERROR)


def _head(line: Line, about: tuple[Finding, ...], count: int) -> dict[str, Any]:
    """What the findings of a line stand beneath. about: those that give it its code and weight: its own, unless only folded ones
    are shown. count: how many are shown."""
    gravest = min(about, key=lambda one: one.severity.rank)
    codes = {one.code for one in about}
    return {
        "meaning": Text(line.meaning.value),
        "severity": Text(gravest.severity.value),
        "verdict": Text(_VERDICTS[gravest.verdict]),
        "code": codes.pop() if len(codes) == 1 else "",
        "kind": "",
        "id": "",
        "title": say(N_("{0} findings"), count),
        "message": line.message,
        "fix": line.advice,
        "fault": "",
        "count": None,  # they are counted beneath
    }


def _families(finding: Finding) -> set[str]:
    return {code.partition("-")[0] for code in (finding.code, *finding.waiting)}


def next_step(result: CheckResult) -> Text:
    """What to do about the findings of a plan."""
    if any(finding.verdict is Verdict.FAILED for finding in result.blockers):
        return Text(N_("Blockers keep the plan from its sponsor. Settle them first; each line says how."))
    if result.blockers:
        return Text(N_("Some blockers could not be decided. Add what they ask for, then check again."))
    if result.failed:
        return Text(N_("No blocker is left. Work through the other findings from the top."))
    if result.not_evaluated:
        return Text(N_("Nothing failed. Some rules could not be decided; each line says what is missing."))
    return say(N_("All {0} rules passed. There is nothing to do."), len(result.passed))


def _row(finding: Finding, line: Line | None = None) -> dict[str, Any]:
    """line: that in which the finding is told; None for one that is waived."""
    collection = finding.record.collection
    several = line is not None and len(line.all) > 1
    return {
        "meaning": Text(line.meaning.value) if line else "",
        "severity": Text(finding.severity.value),
        "verdict": Text(_VERDICTS[finding.verdict]),
        "code": finding.code,
        "kind": Text(COLLECTIONS[collection].label if collection in COLLECTIONS else N_("Plan")),
        "collection": collection,
        "field": finding.field,
        "mended_at": finding.mended_at,
        "cell": finding.cell,
        "id": finding.record.id,
        "title": str(finding.record),
        "message": Text(finding.message, finding.args),
        "fix": finding.advice,
        "fault": line.message if several else "",
        "head": line.key if several else "",
        "count": finding.count,
    }


def _summary(result: CheckResult) -> tuple[Figure, ...]:
    counts = result.counts
    figures = [
        Figure(Text(severity.value), counts[severity.value], _INDICATORS.get(severity, "Blue"))
        if counts[severity.value]
        else Figure(Text(severity.value), 0, "Green")
        for severity in Severity
    ]
    return (
        *figures,
        Figure(Text(N_("Not evaluated")), len(result.not_evaluated)),
        Figure(Text(N_("Waived")), len(result.waived)),
        Figure(Text(N_("Rules passed")), len(result.passed), "Green"),
    )


def chart(result: CheckResult) -> Chart | None:
    """The failed findings by section of the plan, told apart by severity; None without any."""
    if not result.failed:
        return None
    counts: dict[str, Counter[Severity]] = {section: Counter() for section in SECTIONS}
    for finding in result.failed:
        piece = piece_of(finding.code)
        counts.setdefault(piece.section if piece else _WHOLE, Counter())[finding.severity] += 1
    found = [severity for severity in Severity if result.counts[severity.value]]
    fullest = max(counts, key=lambda section: counts[section].total())
    return Chart(
        title=Text(N_("Findings by section and severity")),
        labels=tuple(map(Text, counts)),
        datasets=tuple(
            Dataset(Text(severity.value), tuple(count[severity] for count in counts.values()))
            for severity in found
        ),
        colors=tuple(_COLOURS[severity] for severity in found),
        reading=say(
            N_("Of {0} findings, {1} are in “{2}”; no section has more."),
            len(result.failed),
            counts[fullest].total(),
            fullest,
        ),
        stacked=True,
    )
