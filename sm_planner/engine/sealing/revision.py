"""The next version of a plan."""

from __future__ import annotations

import dataclasses

from sm_planner.engine.model import Plan
from sm_planner.engine.model.states import DRAFT


def next_version(plan: Plan) -> Plan:
    """A draft of the plan's next version, with all that it promises, under an id of its own.

    Registers and facts belong to both versions at once.
    """
    version = plan.version + 1
    return dataclasses.replace(plan, id=f"{plan.lineage}-v{version}", version=version, state=DRAFT, frozen="")
