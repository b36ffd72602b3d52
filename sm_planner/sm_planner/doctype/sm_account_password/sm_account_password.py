from sm_planner.adapters.evidence.keeping import Evidence


class SMAccountPassword(Evidence):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        account: DF.Data
        changed_at: DF.Data | None
        changed_by: DF.Data | None
        fingerprint: DF.Data | None
        made_at: DF.Data | None
    # end: auto-generated types
    pass
