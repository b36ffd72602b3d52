"""CHN: whether the agreements beneath an SLA carry what it promises.

How a chain is traced and decided is told in ``docs/chain.md``. CHN-16, whether a stored result is fresh, needs
results that were stored: it is a rule of the site, not of the plan.
"""

from sm_planner.engine.checks.chain import coverage, load, measures, promises, terms
from sm_planner.engine.checks.finding import Rule

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (*coverage.RULES, *promises.RULES, *terms.RULES, *load.RULES, *measures.RULES),
        key=lambda rule: rule.code,
    )
)
