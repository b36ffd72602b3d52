from sm_planner.adapters.documents.record import Row


class SMRiskCriterion(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        criterion: DF.Data
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        step: DF.Literal[
            "",
            "Rare",
            "Unlikely",
            "Possible",
            "Likely",
            "Almost Certain",
            "Negligible",
            "Minor",
            "Moderate",
            "Major",
            "Severe",
        ]
    # end: auto-generated types
    pass
