from sm_planner.adapters.documents.record import Record


class SMCatalogueEntry(Record):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF
        from sm_planner.sm_planner.doctype.sm_stakeholder_link.sm_stakeholder_link import SMStakeholderLink

        audience: DF.TableMultiSelect[SMStakeholderLink]
        delivery_time: DF.Data | None
        description: DF.SmallText | None
        for_guests: DF.Check
        price: DF.Data | None
        published: DF.Check
        service: DF.Link
        title: DF.Data
    # end: auto-generated types
    pass
