"""What uninstalling the app takes away beyond what Frappe does by itself, and what it leaves to others.

All of it happens in ``before_uninstall``: Frappe commits before ``after_uninstall``, and not after. A dry run comes by
here too and is rolled back, so that what no database holds (files, caches) goes after the commit only.
"""

import click
import frappe
from frappe.model.document import Document
from frappe.model.rename_doc import get_link_fields

from sm_planner.adapters.documents import archive
from sm_planner.adapters.evidence import kept_heads, sign_off_events
from sm_planner.adapters.installation import made_here, references, site_workflows
from sm_planner.adapters.site import wraps
from sm_planner.adapters.site.doctypes import SETTINGS
from sm_planner.install import APP, MODULE, forget_search

NAMED = (
    ("Custom DocPerm", "parent"),
    ("Deleted Document", "deleted_doctype"),
    ("List View Settings", "name"),
    ("__UserSettings", "doctype"),
)
"""Where DocTypes are named in fields that are no links: table, field."""

OF_USERS = ("User", "Role Profile")
"""What has a role without needing it."""


def before_uninstall() -> None:
    """Remove what Frappe leaves behind, and nothing that others made or use."""
    archive.refuse_unless_archived()
    by_frappe = of_the_module()
    doctypes = sorted(by_frappe["DocType"])
    going = references.forget({**by_frappe, **beside_the_module()})
    files = [frappe.get_doc("File", name) for name in going.get("File", ())]
    for doctype, names in going.items():
        references.delete(doctype, names - by_frappe.get(doctype, set()))
    remove_names(doctypes)
    keep_links_as_text(doctypes)
    kept = [*site_workflows.remove_parts(), *remove_roles(going)]
    remove_counter(doctypes)
    frappe.db.delete("Singles", {"doctype": SETTINGS})
    frappe.db.delete("Patch Log", {"patch": ("like", f"{APP}.%")})
    frappe.db.delete("DefaultValue", {"defkey": ("like", f"{APP}_%")})
    frappe.db.after_commit.add(lambda: _forget_outside(doctypes, files))
    for one in kept:
        click.secho(f"Kept, because it is used: {one}", fg="yellow")


def of_the_module() -> references.Records:
    """What Frappe deletes with the app: its module, and the DocTypes and records that name it."""
    records = {"Module Def": {MODULE}, "DocType": _names("DocType", {"module": MODULE})}
    for field in get_link_fields("Module Def"):
        holder = field["parent"]
        if not frappe.get_meta(holder).istable:
            records[holder] = _names(holder, {field["fieldname"]: MODULE})
    return records


def beside_the_module() -> references.Records:
    """What the app brought and Frappe leaves: records that do not say of which module they are."""
    steps = frappe.get_all("Onboarding Step Map", {"parent": MODULE}, pluck="step", order_by="idx asc")
    jobs = _names("Scheduled Job Type", {"method": ("like", f"{APP}.%")})
    return {"Onboarding Step": set(steps), "Scheduled Job Type": jobs, **of_the_desktop()}


def of_the_desktop() -> references.Records:
    """What Frappe 16 has on its desktop for the app: sidebars and icons."""
    if not frappe.db.exists("DocType", "Workspace Sidebar"):
        return {}
    workspaces = sorted(_names("Workspace", {"module": MODULE}))
    icons = {"app": APP, "link_to": ("in", workspaces)}
    return {
        "Desktop Icon": set(
            frappe.get_all("Desktop Icon", or_filters=icons, pluck="name", order_by="name asc")
        ),
        "Workspace Sidebar": _names("Workspace Sidebar", {"module": MODULE}),
    }


def remove_names(doctypes: list[str]) -> None:
    """Remove the names of our DocTypes, our module and our app where they stand in fields that are no links."""
    for table, field in NAMED:
        frappe.db.delete(table, {field: ("in", doctypes)})
    frappe.db.delete("Block Module", {"module": MODULE})
    for doctype in ("User", "System Settings"):
        leave_start_page(doctype)


def keep_links_as_text(doctypes: list[str]) -> None:
    """Fields of others that link to our documents become text: what they hold stays, and their forms are saved."""
    for table, parent in (("Custom Field", "dt"), ("DocField", "parent")):
        links = {"fieldtype": "Link", "options": ("in", doctypes), parent: ("not in", doctypes)}
        for field in frappe.get_all(table, links, ["name", parent], order_by="name asc"):
            text = {"fieldtype": "Data", "options": ""}
            frappe.db.set_value(table, field.name, text, update_modified=False)
            frappe.clear_cache(doctype=field[parent])


def remove_roles(going: references.Records) -> list[str]:
    """Remove the roles that were made here, from whoever has them too. Those that others use stay; they are told."""
    kept = []
    for role in made_here.of("Role"):
        if user := references.user_of("Role", role, going, apart=OF_USERS):
            kept.append(f"Role {role} ({user})")
        else:
            frappe.db.delete("Has Role", {"role": role, "parenttype": ("in", OF_USERS)})
            references.delete("Role", [role])
    return kept


def remove_counter(doctypes: list[str]) -> None:
    """Remove the counter that numbers our documents, unless documents of others are numbered by it too.

    Frappe has one for all DocTypes whose names are made by a format.
    """
    counting = {"autoname": ("like", "format:%{#%"), "name": ("not in", doctypes)}
    others = frappe.get_all("DocType", counting, pluck="name", order_by="name asc")
    if not any(frappe.db.table_exists(name) and frappe.db.exists(name, {}) for name in others):
        frappe.db.delete("Series", {"name": ""})


def leave_start_page(doctype: str) -> None:
    """Have nobody start with an app that is not there."""
    if not frappe.get_meta(doctype).has_field("default_app"):
        return
    if frappe.get_meta(doctype).issingle:
        if frappe.db.get_single_value(doctype, "default_app") == APP:
            frappe.db.set_single_value(doctype, "default_app", "")
        return
    frappe.db.set_value(doctype, {"default_app": APP}, "default_app", "", update_modified=False)


def _forget_outside(doctypes: list[str], files: list[Document]) -> None:
    """Forget what is not in the database: how users set up their lists, and uploads that nothing else shows."""
    kept_heads.remove()
    for key in frappe.cache.hkeys("_user_settings"):
        if key.decode().partition("::")[0] in doctypes:
            frappe.cache.hdel("_user_settings", key.decode())
    forget_search()
    sign_off_events.remove_order()
    wraps.take_off()
    for file in files:
        if not frappe.db.exists("File", {"file_url": file.file_url}):
            file.delete_file_data_content()


def _names(doctype: str, filters: dict[str, object]) -> set[str]:
    return set(frappe.get_all(doctype, filters, pluck="name", order_by="name asc"))
