from sm_planner.adapters.desk import risk_form
from sm_planner.adapters.documents.record import Register
from sm_planner.adapters.guards import learning_guards


class SMRisk(Register):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF
        from sm_planner.sm_planner.doctype.sm_improvement_link.sm_improvement_link import SMImprovementLink
        from sm_planner.sm_planner.doctype.sm_service_link.sm_service_link import SMServiceLink

        actions: DF.TableMultiSelect[SMImprovementLink]
        answer: DF.Literal["", "Avoid", "Reduce", "Transfer", "Accept", "Pursue"]
        answer_until: DF.Date | None
        decided_by: DF.Link | None
        description: DF.SmallText | None
        how: DF.SmallText | None
        id: DF.Data | None
        impact: DF.Literal["", "Negligible", "Minor", "Moderate", "Major", "Severe"]
        kind: DF.Literal[
            "",
            "Availability",
            "Continuity",
            "Information Security",
            "Supplier",
            "Change",
            "People",
            "Money",
            "Opportunity",
            "Other",
        ]
        likelihood: DF.Literal["", "Rare", "Unlikely", "Possible", "Likely", "Almost Certain"]
        lineage: DF.Link
        next_look: DF.Date | None
        rated_because: DF.SmallText | None
        risk_owner: DF.Link | None
        services: DF.TableMultiSelect[SMServiceLink]
        standing: DF.SmallText | None
        status: DF.Literal["", "Open", "Answered", "Occurred", "Closed"]
        supplier: DF.Link | None
        title: DF.Data
    # end: auto-generated types

    def onload(self):
        super().onload()
        self.set_onload("weights", risk_form.weights(self))

    def before_validate(self):
        learning_guards.settle(self, "risk_owner")
        super().before_validate()
