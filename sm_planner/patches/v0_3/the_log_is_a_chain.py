"""The log of the sign-off becomes a chain in each lineage, of the entries as they stand."""

from sm_planner.adapters.evidence import sign_off_events


def execute() -> None:
    sign_off_events.chain_older()
