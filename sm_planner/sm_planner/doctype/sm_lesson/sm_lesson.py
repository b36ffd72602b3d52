from sm_planner.adapters.documents.record import Register
from sm_planner.adapters.guards import learning_guards


class SMLesson(Register):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        action: DF.Link | None
        id: DF.Data | None
        learned: DF.SmallText | None
        learned_on: DF.Date | None
        lesson_owner: DF.Link | None
        lineage: DF.Link
        no_action: DF.SmallText | None
        service: DF.Link | None
        source: DF.Data | None
        source_kind: DF.Literal[
            "", "Transition", "Review", "Incident", "Improvement", "Experiment", "Sanity Check", "Other"
        ]
        source_record: DF.Data | None
        title: DF.Data
        what_happened: DF.SmallText | None
    # end: auto-generated types

    def before_validate(self):
        learning_guards.settle(self, "lesson_owner", "learned_on")
        super().before_validate()
