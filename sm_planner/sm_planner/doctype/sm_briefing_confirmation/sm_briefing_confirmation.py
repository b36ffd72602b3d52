from frappe import _

from sm_planner.adapters.documents.record import Fact
from sm_planner.adapters.guards import own_session


class SMBriefingConfirmation(Fact):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        communication: DF.Link
        day: DF.Date
        entered_by: DF.Data | None
        held_on: DF.Date
        lineage: DF.Link | None
        person: DF.Link
        shown: DF.Data | None
    # end: auto-generated types

    def before_validate(self):
        super().before_validate()
        own_session.guard_acknowledgement(
            self,
            _(
                "What somebody heard is confirmed by the person alone, after a log-in of his own: not with a key, and not by others who use the account."
            ),
        )
