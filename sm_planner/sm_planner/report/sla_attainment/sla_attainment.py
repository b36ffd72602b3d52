from typing import Any

from sm_planner.adapters.desk import sla_attainment


def execute(filters: dict[str, Any] | None = None) -> tuple[Any, ...]:
    return sla_attainment.run(filters)
