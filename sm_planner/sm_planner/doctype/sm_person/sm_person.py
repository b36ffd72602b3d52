from sm_planner.adapters import guards
from sm_planner.adapters.documents import Record


class SMPerson(Record):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        authority: DF.SmallText | None
        department: DF.Data | None
        enabled: DF.Check
        level: DF.Literal[
            "", "Top Management", "Senior Management", "Middle Management", "First Line", "Staff"
        ]
        reports_to: DF.Link | None
        title: DF.Data | None
        unit: DF.Data | None
        user: DF.Data | None

    # end: auto-generated types
    def before_validate(self):
        super().before_validate()
        guards.guard_account(self)
