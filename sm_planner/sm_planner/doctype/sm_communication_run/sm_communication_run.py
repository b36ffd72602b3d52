from sm_planner.adapters.documents.record import Fact
from sm_planner.adapters.guards import communication_guards


class SMCommunicationRun(Fact):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF
        from sm_planner.sm_planner.doctype.sm_person_link.sm_person_link import SMPersonLink

        answers: DF.SmallText | None
        audience: DF.SmallText | None
        communication: DF.Link
        day: DF.Date
        entered_by: DF.Data | None
        lineage: DF.Link | None
        message: DF.SmallText | None
        people_reached: DF.Int
        questions: DF.Int
        reached: DF.TableMultiSelect[SMPersonLink]
        sender: DF.Link | None
    # end: auto-generated types

    def before_validate(self):
        super().before_validate()
        if not self.flags.written_with_plan:
            communication_guards.say_for_whom(self)
