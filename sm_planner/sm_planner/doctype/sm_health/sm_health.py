from sm_planner.adapters.documents.record import Fact


class SMHealth(Fact):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        blockers: DF.Int
        confirmed: DF.Float
        day: DF.Date
        errors: DF.Int
        lineage: DF.Link | None
        not_evaluated: DF.Int
        objectives_behind: DF.Int
        objectives_measured: DF.Int
        ready: DF.Float
        targets_measured: DF.Int
        targets_missed: DF.Int
        version: DF.Int
        waived: DF.Int
        warnings: DF.Int
    # end: auto-generated types
    pass
