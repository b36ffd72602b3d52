"""Who approved what of a register: insert-only, with the hash of what was approved."""

from __future__ import annotations

from datetime import date

from sm_planner.engine.model.collection import FACT, collected
from sm_planner.engine.model.facts import natural_id
from sm_planner.engine.model.fields import KEY_LENGTH, choice, day, integer, line, link, record, text
from sm_planner.engine.texts import N_

APPROVE, REJECT, CLOSE = "Approve", "Reject", "Close"
ACTS = (APPROVE, REJECT, CLOSE)
FUNDING = "funding"
"""What stands for a register where the funding request of a plan is decided about; its entry is the lineage of the plan."""


@collected(N_("Approval"), N_("Approvals"), nature=FACT, by_server=True)
@record
class Approval:
    """What somebody decided about an entry of a register, or about the funding request, in a session of their own.

    number: which decision about the entry it is, from 1 on; the last counts. what: the hash of what was decided about.
    until: until when it was approved; empty where it has no end.
    """

    register: str = choice("Register", ("improvements", "waivers", "gap_decisions", FUNDING), required=True)
    entry: str = line("Entry", "The ID of the entry.", required=True, length=KEY_LENGTH)
    number: int | None = integer("Number", required=True, minimum=1)
    act: str = choice("Act", ACTS, required=True)
    person: str = link("Person", "people", required=True)
    until: date | None = day("Until")
    day: date | None = day("Date", required=True)
    reason: str = text("Reason")
    what: str = line("Hash", "Of what was decided about.", required=True)

    @property
    def id(self) -> str:
        return natural_id(self.register, self.entry, self.number)

    @property
    def title(self) -> str:
        return self.id
