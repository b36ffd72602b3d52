"""What upkeep a component needs stands in rows: the one length and rhythm that it had before becomes the first of them."""

import frappe

COMPONENT, NEED = "SM Component", "SM Maintenance Need"


def execute():
    if not frappe.db.has_column(COMPONENT, "maintenance_minutes"):
        return
    component = frappe.qb.DocType(COMPONENT)
    kept = (
        frappe.qb.from_(component)
        .select(component.name, component.maintenance_minutes, component.maintenance_days)
        .where(component.maintenance_minutes > 0)
        .run(as_dict=True)
    )
    known = set(frappe.get_all(NEED, {"parenttype": COMPONENT}, pluck="parent"))
    for row in kept:
        if row.name not in known:
            values = {"minutes": row.maintenance_minutes, "every_days": row.maintenance_days or None}
            held = {"parent": row.name, "parenttype": COMPONENT, "parentfield": "maintenance", "idx": 1}
            frappe.get_doc({"doctype": NEED, **held, **values}).db_insert()
