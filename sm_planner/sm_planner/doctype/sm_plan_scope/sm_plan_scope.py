import frappe
from frappe import _
from frappe.utils import escape_html

from sm_planner.adapters.site.doctypes import COLLECTION_OF
from sm_planner.adapters.documents.record import Row
from sm_planner.engine.model import COLLECTIONS


class SMPlanScope(Row):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
        record: DF.DynamicLink
        record_type: DF.Literal[
            "",
            "SM Person",
            "SM Supplier",
            "SM Service Calendar",
            "SM Team",
            "SM Skill",
            "SM Role",
            "SM Process",
            "SM Stakeholder",
            "SM Service",
            "SM Component",
            "SM Business Calendar Entry",
            "SM Agreement",
            "SM Customer Requirement",
            "SM Catalogue Entry",
        ]

    # end: auto-generated types
    def get_formatted(self, fieldname, *args, **kwargs):
        """Prints call the kind by its plain name and the record by its title."""
        if fieldname == "record_type" and self.record_type:
            return _(COLLECTIONS[COLLECTION_OF[self.record_type]].label)
        if fieldname == "record" and self.record_type and self.record:
            return escape_html(frappe.db.get_value(self.record_type, self.record, "title") or self.record)
        return super().get_formatted(fieldname, *args, **kwargs)
