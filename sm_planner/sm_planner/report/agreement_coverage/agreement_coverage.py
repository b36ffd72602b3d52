from typing import Any

from sm_planner.adapters.desk.script_reports import run


def execute(filters: dict[str, Any] | None = None) -> tuple[Any, ...]:
    return run("agreement-coverage", filters)
