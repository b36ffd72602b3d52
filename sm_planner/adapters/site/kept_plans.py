"""Plans that were just read, kept with all that was worked out of them.

Everything about a plan follows from the plan, and a plan keeps what was derived from it. So a plan that is read
again and is the same in all it holds is given back as it was kept: its findings, chains and cells need not be worked out again for the next
page of findings, a report, or a form that is opened a second time. Nothing is ever out of date by that, for
the records are read each time, and one that changed makes another plan.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

import frappe
from frappe.utils import getdate

from sm_planner.engine.model import Plan

MOST = 25_000
"""Records of all plans that a process keeps, the latest first: with what was derived from them some 90 MB."""

_BESIDE = ("record", "key_ring", "zone")
"""Fields of a plan by which plans are not compared, and from which things follow all the same."""

_kept: OrderedDict[tuple[str, str], tuple[str, Plan]] = OrderedDict()
"""Site and plan → the day on which it was last read, and the plan; the one that was asked for last at the end."""

_alone = Lock()


def as_kept(plan: Plan) -> Plan:
    """The plan as this process keeps it, if nothing in it changed since today's first reading; else it is kept from now on."""
    key, today = (frappe.local.site, plan.id), str(getdate())
    with _alone:
        day, kept = _kept.pop(key, ("", None))
        if kept is None or day != today or not _is_same(kept, plan):
            kept = plan
        _kept[key] = today, kept
        _let_go()
    return kept


def forget() -> None:
    """Keep no plan any more."""
    with _alone:
        _kept.clear()


def _is_same(one: Plan, other: Plan) -> bool:
    return one == other and all(getattr(one, field) == getattr(other, field) for field in _BESIDE)


def _let_go() -> None:
    """Drop the plans that were not asked for longest, until the others are few enough."""
    sizes = {key: sum(map(len, plan.index.values())) for key, (_day, plan) in _kept.items()}
    held = sum(sizes.values())
    for key, size in sizes.items():
        if held <= MOST:
            break
        del _kept[key]
        held -= size
