from sm_planner.adapters.documents.record import Row


class SMSanityAnswer(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        became: DF.Data | None
        happened: DF.SmallText | None
        outcome: DF.Literal["", "As Planned", "Otherwise", "Not Known"]
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        plan_says: DF.SmallText | None
        question: DF.Literal[
            "", "First Contact", "Agreement", "Letters of the RACI", "Day and Hours", "Who Is Told"
        ]
    # end: auto-generated types
    pass
