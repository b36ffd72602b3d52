"""The plan as it was signed, read out of the content of its seal."""

from __future__ import annotations

from sm_planner.engine.model import COLLECTIONS, Plan
from sm_planner.engine.model.seal_key import KeyRing
from sm_planner.engine.model.seals import Seal
from sm_planner.engine.sealing import canonical
from sm_planner.engine.sealing.records import record_of
from sm_planner.engine.sealing.seal import holds, own_seal


def as_signed(seal: Seal, ring: KeyRing) -> Plan | None:
    """The promises of a plan as they stand in a seal; None where the seal does not hold: then nobody knows what was signed."""
    return kept_in(seal) if holds(seal, ring) else None


def kept_in(seal: Seal) -> Plan:
    """The promises of a plan as they stand in the content of a seal, which is known to hold."""
    form = canonical.read(seal.content)
    promises = {
        name: tuple(record_of(COLLECTIONS[name].record, values) for values in form.get(name, ()))
        for name in canonical.PROMISES
    }
    return record_of(Plan, form["plan"], **promises)


def replaced(plan: Plan) -> Seal | None:
    """The seal of the version that a plan is to replace: the last of the lineage, where the plan itself bears none."""
    if not plan.seals or own_seal(plan):
        return None
    return plan.seals[-1]
