"""The priority of improvements: by weights that the organisation declares, so that it is argued about once."""

from __future__ import annotations

from sm_planner.engine.model import Plan, Settings
from sm_planner.engine.model.improvements import Improvement
from sm_planner.engine.model.vocabulary import INFLUENCE

CRITERIA = ("benefit", "urgency", "effort")
"""The fields by which a priority is reckoned. Of effort, little counts most."""

_HIGHEST = len(INFLUENCE)


def weights(settings: Settings) -> dict[str, int]:
    """Criterion → its weight; those that count for nothing are left out."""
    found = {name: getattr(settings, f"weight_{name}") or 0 for name in CRITERIA}
    return {name: weight for name, weight in found.items() if weight}


def priority(improvement: Improvement, settings: Settings) -> float | None:
    """From 0 (nothing speaks for it) to 100; None where a criterion that counts is not told, or none counts.

    The weighted mean of the criteria, of which each counts 1 to 3, as a share of what lies between least and most.
    """
    weighed = weights(settings)
    marks = {name: _mark(name, getattr(improvement, name)) for name in weighed}
    if not weighed or None in marks.values():
        return None
    mean = sum(weighed[name] * marks[name] for name in weighed) / sum(weighed.values())
    return 100 * (mean - 1) / (_HIGHEST - 1)


def _mark(criterion: str, level: str) -> int | None:
    if not level:
        return None
    mark = INFLUENCE.index(level) + 1
    return _HIGHEST + 1 - mark if criterion == "effort" else mark


def by_priority(plan: Plan) -> tuple[Improvement, ...]:
    """The improvements of a plan, the most urgent first; those whose priority is not known come last."""

    def rank(one: Improvement) -> tuple[bool, float, str]:
        known = priority(one, plan.settings)
        return known is None, -(known or 0), one.id

    return tuple(sorted(plan.improvements, key=rank))
