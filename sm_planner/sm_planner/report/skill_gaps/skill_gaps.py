from typing import Any

from sm_planner.adapters.desk.skill_gaps import run


def execute(filters: dict[str, Any] | None = None) -> tuple[Any, ...]:
    return run(filters)
