from sm_planner.adapters.documents.record import Record


class SMProcess(Record):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        flow: DF.Literal["", "Incident", "Install, Move, Add, Change, Delete", "Change", "Release", "Alerts"]
        framework: DF.Literal["", "ITIL 4", "ITIL v3", "FitSM", "Own"]
        manager_role: DF.Link | None
        owner_role: DF.Link | None
        purpose: DF.SmallText | None
        taken_from: DF.Data | None
        title: DF.Data
    # end: auto-generated types
    pass
