from typing import Any

from sm_planner.adapters import desk_attainment


def execute(filters: dict[str, Any] | None = None) -> tuple[Any, ...]:
    return desk_attainment.run(filters)
