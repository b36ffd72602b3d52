"""The plan as it was signed, read out of the content of its seal."""

from __future__ import annotations

from sm_planner.engine.model import COLLECTIONS, Plan
from sm_planner.engine.model.seals import Seal
from sm_planner.engine.sealing import canonical
from sm_planner.engine.sealing.records import record_of
from sm_planner.engine.sealing.seal import own_seal


def as_signed(seal: Seal) -> Plan:
    """The promises of a plan as they stand in a seal. Raises ValueError where its content cannot be read."""
    form = canonical.read(seal.content)
    promises = {
        name: tuple(record_of(COLLECTIONS[name].record, values) for values in form.get(name, ()))
        for name in canonical.PROMISES
    }
    return record_of(Plan, form["plan"], **promises)


def signed_before(plan: Plan) -> Seal | None:
    """The last seal of the lineage, where the plan itself bears none: of the version that it is to replace."""
    if not plan.seals or own_seal(plan):
        return None
    return plan.seals[-1]
