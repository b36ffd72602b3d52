"""Who does what: RACI entries; and what the organisation lives with: waivers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.model.collection import REGISTER, collected
from sm_planner.engine.model.fields import choice, day, key, line, link, record, taken, text
from sm_planner.engine.model.values import Refusal
from sm_planner.engine.model.vocabulary import LETTERS
from sm_planner.engine.texts import N_, say


@collected(N_("RACI Entry"), N_("RACI Entries"), shared=False)
@record
class RaciEntry:
    """The part of one role in a process: for all services, for one service, or for one component.

    An entry with an empty service and component is the default of its process; a more specific one takes
    precedence (see :mod:`sm_planner.engine.raci.effective`). ``N/A`` with a role takes the role out of the cell;
    without a role it says that the process does not apply there, and why.
    """

    process: str = link("Process", "processes", required=True)
    service: str = link("Service", "services")
    component: str = link("Component", "components")
    role: str = link("Role", "roles")
    letter: str = choice("Letter", LETTERS, required=True)
    task: str = text("Task", "What the role does here. For N/A, the reason.")
    taken_from: str = taken()

    def misfits(self) -> Iterator[Refusal]:
        """Without a role an entry says nothing, but that nobody is needed."""
        if not self.role and self.letter != "N/A":
            yield Refusal(
                "role", say(N_("Only N/A can be entered without a role.")), say(N_("Choose a role."))
            )

    @property
    def id(self) -> str:
        """The entry's key: a plan has one entry for each process, service, component and role."""
        return " / ".join(part or "*" for part in (self.process, self.service, self.component, self.role))

    @property
    def title(self) -> str:
        return self.id


@collected(N_("Waiver"), N_("Waivers"), series="WVR", nature=REGISTER)
@record
class Waiver:
    """A finding that the organisation accepts, for a time and for a reason."""

    id: str = key()
    title: str = line("Title")
    rule: str = line("Rule", "Code of the rule, such as RAC-03.", required=True)
    record: str = line("Record", "The ID of the record. If empty, all records that break the rule.")
    reason: str = text("Reason")
    requester: str = link("Requester", "people")
    approver: str = link(
        "Approver", "people", "Who is asked. Must be another person than the requester.", unlike="requester"
    )
    expires: date | None = day("Expires")
    status: str = choice(
        "Status",
        ("Requested", "Approved", "Rejected"),
        "Requested",
        "On a site, it follows from who decided about it.",
        sealed=False,
    )
