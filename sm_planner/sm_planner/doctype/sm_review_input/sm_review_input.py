from sm_planner.adapters.documents.record import Row


class SMReviewInput(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        as_of: DF.Date | None
        figures: DF.Data | None
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        source: DF.Data | None
        text: DF.SmallText | None
        topic: DF.Literal[
            "",
            "Earlier Decisions",
            "Changes in Context",
            "Findings and Trends",
            "Opportunities for Improvement",
            "Feedback",
            "Policies",
            "Objectives",
            "Performance of Services",
            "Performance of Other Parties",
            "Resources",
            "Risks",
            "Changes Ahead",
        ]
    # end: auto-generated types
    pass
