"""What the chapter about skills and training shows: it counts people, and names none by what they can do."""

from __future__ import annotations

from typing import Any

from sm_planner.engine.training.audience import shares
from sm_planner.engine.training.gaps import needs
from sm_planner.reports.book.material import Material
from sm_planner.reports.training_plan import audience, counted, money, share, teaches


def training(material: Material) -> dict[str, Any]:
    """Skills with the roles that need them, trainings by their start, and the share trained of each unit and level."""
    plan, today = material.plan, material.today
    found = needs(plan, today)
    return {
        "skills": [
            {
                "record": skill,
                "roles": [
                    (role, row.level) for role in plan.roles for row in role.skills if row.skill == skill.id
                ],
                "needs": sum(need.skill.id == skill.id for need in found),
                "met": sum(need.skill.id == skill.id and not need.is_gap for need in found),
            }
            for skill in plan.skills
        ],
        "trainings": [
            {
                "record": one,
                "teaches": teaches(plan, one),
                "audience": audience(plan, one),
                "money": money(plan, one),
                "counted": counted(plan, one, today),
            }
            for one in plan.trainings
        ],
        "shares": [(one, share(one.asked, one.trained)) for one in shares(plan, today) if one.asked],
    }
