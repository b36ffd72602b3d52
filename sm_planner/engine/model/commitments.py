"""Who stands behind the plan, and what shows it."""

from __future__ import annotations

from sm_planner.engine.model.collection import collected
from sm_planner.engine.model.fields import flag, key, line, lines, link, record, text
from sm_planner.engine.texts import N_


@collected(N_("Commitment"), N_("Commitments"), series="CMT", shared=False)
@record
class Commitment:
    """What somebody has promised to do for the plan. The level is that of the person. Evidence shows that it is kept."""

    id: str = key()
    title: str = line("Title")
    person: str = link("Person", "people", required=True)
    units: tuple[str, ...] = lines(
        "Units", "The units that it is for, as stakeholders name them. If empty, the unit of the person."
    )
    statement: str = text("Statement", "What the person will do, in their own words.")
    covers_establish: bool = flag("Covers Establishing", help="Until the plan is in operation.")
    covers_operate: bool = flag("Covers Operating", help="Also while the plan is in operation.")
