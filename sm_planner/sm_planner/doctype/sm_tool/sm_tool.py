from sm_planner.adapters.desk import gate_facts
from sm_planner.adapters.documents.record import NamedPart


class SMTool(NamedPart):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF
        from sm_planner.sm_planner.doctype.sm_objective_link.sm_objective_link import SMObjectiveLink
        from sm_planner.sm_planner.doctype.sm_process_link.sm_process_link import SMProcessLink
        from sm_planner.sm_planner.doctype.sm_service_link.sm_service_link import SMServiceLink
        from sm_planner.sm_planner.doctype.sm_tool_alternative.sm_tool_alternative import SMToolAlternative
        from sm_planner.sm_planner.doctype.sm_tool_criterion.sm_tool_criterion import SMToolCriterion

        alternatives: DF.Table[SMToolAlternative]
        criteria: DF.Table[SMToolCriterion]
        decided_on: DF.Date | None
        decision: DF.SmallText | None
        description: DF.SmallText | None
        id: DF.Data | None
        objectives: DF.TableMultiSelect[SMObjectiveLink]
        order_date: DF.Date | None
        plan: DF.Link
        processes: DF.TableMultiSelect[SMProcessLink]
        roll_out_date: DF.Date | None
        services: DF.TableMultiSelect[SMServiceLink]
        status: DF.Literal["", "Considered", "Chosen", "Ordered", "In Use", "Dropped"]
        supplier: DF.Link | None
        title: DF.Data
        tool_owner: DF.Link | None
    # end: auto-generated types

    def onload(self):
        super().onload()
        self.set_onload("gates", gate_facts.of_tool_document(self))
