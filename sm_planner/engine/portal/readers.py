"""To which groups of stakeholders a reader of the portal belongs."""

from __future__ import annotations

from collections.abc import Iterable

from sm_planner.engine.model import Stakeholder
from sm_planner.engine.model.values import folded


def belongs(group: Stakeholder, account: str, units: Iterable[str]) -> bool:
    """Whether an account is one of a group: it is listed there, or its person works in the unit of the group.

    units: those of the persons for whom the account stands.
    """
    accounts = {_address(one) for one in group.portal_accounts} - {""}
    unit = folded(group.unit)
    return _address(account) in accounts or bool(unit) and unit in map(folded, units)


def _address(account: str) -> str:
    return account.strip().lower()
