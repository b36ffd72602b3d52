"""RAC: the effective RACI, after inheritance."""

from sm_planner.engine.checks.finding import Rule
from sm_planner.engine.checks.raci import entries, handover, holders, letters, parties, people

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (
            *letters.RULES,
            *holders.RULES,
            *people.RULES,
            *parties.RULES,
            *handover.RULES,
            *entries.RULES,
        ),
        key=lambda rule: rule.code,
    )
)
