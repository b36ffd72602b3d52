from sm_planner.adapters.documents.record import Record


class SMSkill(Record):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF
        from sm_planner.sm_planner.doctype.sm_skill_step.sm_skill_step import SMSkillStep

        description: DF.SmallText | None
        kind: DF.Literal["", "Technical", "Soft", "Fundamentals", "Leadership"]
        steps: DF.Table[SMSkillStep]
        title: DF.Data
    # end: auto-generated types
    pass
