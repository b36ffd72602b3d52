from typing import Any

from sm_planner.adapters.desk import seal_register


def execute(filters: dict[str, Any] | None = None) -> tuple[Any, ...]:
    return seal_register.run(filters)
