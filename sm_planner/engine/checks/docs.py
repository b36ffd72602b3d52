"""The documentation of all checks, as Markdown: ``python -m sm_planner.engine.checks.docs > docs/checks.md``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import groupby

from sm_planner.engine.checks import RULES
from sm_planner.engine.checks.finding import Rule, Severity
from sm_planner.engine.texts import N_

FAMILIES = {
    "PLN": N_("The plan itself"),
    "SPN": N_("Sponsor and commitment"),
    "SMO": N_("The office"),
    "OBJ": N_("Objectives"),
    "SVC": N_("Services and components"),
    "CAT": N_("The catalogue"),
    "STK": N_("Stakeholders and their requirements"),
    "AGR": N_("Agreements and service hours"),
    "CHN": N_("Chains of agreements"),
    "RAC": N_("RACI"),
    "MOD": N_("The support model"),
    "SUP": N_("Suppliers and partners"),
    "MON": N_("Monitoring and measuring"),
    "ASM": N_("Assessment and gaps"),
    "IMP": N_("Improvements"),
    "OCM": N_("Organisational change"),
    "CAL": N_("Peaks, lulls and maintenance"),
    "TOL": N_("Tools and workarounds"),
    "BUD": N_("Money"),
    "REV": N_("Reviews and triggers"),
    "LES": N_("Learning"),
    "RSK": N_("Risks"),
    "COM": N_("Communication"),
    "TRN": N_("Skills and training"),
    "INT": N_("Integrity of what was signed, and waivers"),
}
"""Family of rules → what it is about."""

SEVERITIES = {
    Severity.BLOCKER: "keeps the plan from its sponsor",
    Severity.ERROR: "must be put right",
    Severity.WARNING: "should be looked at",
    Severity.INFORMATION: "is good to know",
}

SOURCES = {
    "FitSM": "requirements (GR, PR) and roles of the FitSM 3.0 standards",
    "HDI": "*The Importance of Strategy in Service and Support Improvement*",
    "ISO": "clauses of ISO/IEC 20000-1:2018",
    "Mainville 2018": "*Building a Successful Service Management Office*",
    "Pollock 2019": "*Building an Effective Services Management Plan*",
    "Prakash 2016": "*Service Management Design & Strategy*",
    "Ten steps": "a guide to service management plans in ten steps",
    "own rule": "not in any source; the way this matrix works makes it necessary",
}

_HEAD = """\
# Checks

<!-- Generated from the registry of checks by `make docs`. Do not edit. -->

`sm-planner check PLAN`, the plan's form and the report *Plan Findings* run these {count} checks. A finding names
the record, says what is wrong there and what to do. A check that lacks what it needs says *not evaluated*,
never *passed*; a blocker that is not evaluated blocks as well.

| Severity | A finding |
| --- | --- |
{severities}

A [waiver](planner.md#waivers) suppresses the findings of a rule for a time.

A plan is asked those of its [depth](depths.md): *First Plan*, *Grown* or *Complete*.

Codes keep their meaning from release to release; a gap in the numbers is a check that is not written yet.
"""

_FOOT = """\
## Sources

{sources}

All texts are our own wording; none is taken from a standard or a paper. FitSM is © ITEMO e.V. and licensed under
[CC BY 4.0](https://creativecommons.org/licenses/by/4.0/); its requirement codes are used here with thanks. ITIL is
a registered trademark of PeopleCert.
"""


def markdown(rules: Iterable[Rule] = RULES) -> str:
    """What users are told about the rules: an overview and a section for each family."""
    rules = tuple(rules)
    severities = "\n".join(f"| {severity.value} | {text} |" for severity, text in SEVERITIES.items())
    sources = "\n".join(f"- {name}: {text}" for name, text in SOURCES.items())
    return "\n".join(
        (
            _HEAD.format(count=len(rules), severities=severities),
            *_overview(rules),
            *_families(rules),
            _FOOT.format(sources=sources),
        )
    )


def _overview(rules: tuple[Rule, ...]) -> Iterator[str]:
    yield "| Check | Severity | Depth | What holds |\n| --- | --- | --- | --- |"
    for rule in rules:
        link = f"[{rule.code}](#{rule.code.lower()})"
        yield f"| {link} | {rule.severity.value} | {rule.depth} | {rule.title} |"
    yield ""


def _families(rules: tuple[Rule, ...]) -> Iterator[str]:
    for family, members in groupby(rules, key=lambda rule: rule.family):
        yield f"## {family}: {FAMILIES[family]}\n"
        yield from map(_section, members)


def _section(rule: Rule) -> str:
    return f"""\
### {rule.code}

**{rule.title}.** ({rule.severity.value}, asked of: {rule.depth})

{rule.why}

*What to do:* {rule.fix}

*Source:* {rule.source}
"""


if __name__ == "__main__":
    sys.stdout.write(markdown())
