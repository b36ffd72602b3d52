from sm_planner.adapters.documents.record import NamedPart


class SMTraining(NamedPart):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF
        from sm_planner.sm_planner.doctype.sm_taught_skill.sm_taught_skill import SMTaughtSkill
        from sm_planner.sm_planner.doctype.sm_training_audience.sm_training_audience import SMTrainingAudience

        audience: DF.Table[SMTrainingAudience]
        budget_line: DF.Link | None
        course: DF.Data | None
        effect_check: DF.SmallText | None
        end_date: DF.Date | None
        everyone: DF.Check
        id: DF.Data | None
        must_be_passed: DF.Check
        no_cost: DF.Check
        plan: DF.Link
        skills: DF.Table[SMTaughtSkill]
        start_date: DF.Date | None
        title: DF.Data
        training_event: DF.Data | None
        training_owner: DF.Link | None
        way: DF.Literal["", "Course", "Session", "Exercise", "Coaching", "Self-study"]
    # end: auto-generated types
    pass
