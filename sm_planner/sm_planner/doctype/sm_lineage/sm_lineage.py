from frappe.model.document import Document

from sm_planner.adapters.guards import lineage_guards


class SMLineage(Document):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        active: DF.Link | None
        company: DF.Data | None
        draft: DF.Link | None
        lineage: DF.Data | None
        next_review: DF.Date | None
        title: DF.Data | None
        unit: DF.Data | None
    # end: auto-generated types

    def before_validate(self):
        lineage_guards.guard(self)

    def on_trash(self):
        lineage_guards.refuse_trash(self)

    def before_rename(self, *args):
        lineage_guards.refuse_rename(self)

    after_rename = before_rename
