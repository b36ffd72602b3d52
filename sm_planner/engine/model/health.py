"""How a plan stood, day by day: counted once a day by the site, so that a trend has something to stand on."""

from __future__ import annotations

from datetime import date

from sm_planner.engine.model.collection import FACT, collected
from sm_planner.engine.model.facts import natural_id
from sm_planner.engine.model.fields import day, integer, number, record
from sm_planner.engine.texts import N_


@collected(N_("Health"), N_("Health"), nature=FACT, by_server=True)
@record
class Health:
    """How a plan stood on a day: what the checks found, how far it was, and what was kept of it."""

    day: date | None = day("Date", required=True)
    version: int | None = integer("Version", minimum=1)
    blockers: int | None = integer("Blockers", minimum=0)
    errors: int | None = integer("Errors", minimum=0)
    warnings: int | None = integer("Warnings", minimum=0)
    waived: int | None = integer("Waived", minimum=0)
    not_evaluated: int | None = integer("Not Evaluated", minimum=0)
    ready: float | None = number(
        "Ready (%)", "The share of the pieces of the plan that are ready.", minimum=0
    )
    confirmed: float | None = number(
        "Confirmed (%)", "The share of the people with a part who have confirmed it.", minimum=0
    )
    objectives_measured: int | None = integer("Objectives Measured", minimum=0)
    objectives_behind: int | None = integer("Objectives Behind", minimum=0)
    targets_measured: int | None = integer("Targets Measured", minimum=0)
    targets_missed: int | None = integer("Targets Missed", minimum=0)

    @property
    def id(self) -> str:
        return natural_id(self.day)

    @property
    def title(self) -> str:
        return self.id
