from sm_planner.adapters.documents.record import NamedPart
from sm_planner.adapters.integrations import optional_apps


class SMBudgetLine(NamedPart):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        account: DF.Data | None
        amount: DF.Float
        category: DF.Literal[
            "", "Customer Experience", "Cost Reduction", "Scaling Without Cost", "Obligation"
        ]
        cost_center: DF.Data | None
        end_date: DF.Date | None
        id: DF.Data | None
        improvement: DF.Link | None
        interval: DF.Literal["", "Month", "Quarter", "Year"]
        kind: DF.Literal["", "One-off", "Running"]
        line_owner: DF.Link | None
        objective: DF.Link | None
        plan: DF.Link
        service: DF.Link | None
        start_date: DF.Date | None
        status: DF.Literal["", "Proposal", "Approved"]
        title: DF.Data
    # end: auto-generated types

    def before_validate(self) -> None:
        optional_apps.name_linked(self)
        super().before_validate()
