from sm_planner.adapters.documents.record import Row


class SMAgreementDataTerm(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        service: DF.Link | None
        term: DF.SmallText
        topic: DF.Literal[
            "",
            "Confidentiality",
            "Personal Data",
            "Access",
            "Location",
            "Retention",
            "Backup",
            "Encryption",
            "Security Incidents",
            "Audit",
            "Other",
        ]
    # end: auto-generated types
    pass
