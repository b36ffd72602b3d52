"""Numbers, which were texts until 0.1, become numbers before Frappe changes their columns and makes 0 of what is empty."""

from sm_planner.adapters.site import site_numbers


def execute() -> None:
    site_numbers.put_right()
