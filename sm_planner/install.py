"""What installing, migrating and uninstalling the app does on a site beyond what Frappe does by itself."""

import frappe
from frappe import _

from sm_planner.adapters import archive, optional_apps, seal_keys, sign_off_events
from sm_planner.adapters.doctypes import DOCTYPES, RECORDS, SETTINGS

SUPPORTED = (15, 16)
"""Major versions of Frappe on which the app runs."""

PORTAL_ROLE = "SM Portal Stakeholder"
"""The role without the Desk. No DocType names it, so that it is made here."""

ROLES = (
    "SM Planner Manager",
    "SM Planner User",
    "SM Service Owner",
    "SM Executive Sponsor",
    "SM Auditor",
    PORTAL_ROLE,
)
"""The roles of the app. Frappe makes them from the permissions of the DocTypes, and leaves them behind."""

WORKFLOW_PARTS = (
    ("Workflow State", "Workflow Document State", "state", ("Pending", "Approved", "Rejected")),
    ("Workflow Action Master", "Workflow Transition", "action", ("Approve", "Reject", "Review")),
)
"""What workflows are made of: DocType, child table and field that use it, and the names that Frappe ships."""

LEFT_BEHIND = (
    ("Kanban Board", "reference_doctype"),
    ("List Filter", "reference_doctype"),
    ("Assignment Rule", "document_type"),
    ("Auto Repeat", "reference_doctype"),
    ("ToDo", "reference_type"),
    ("DocShare", "share_doctype"),
    ("Tag Link", "document_type"),
    ("Document Follow", "ref_doctype"),
    ("Notification Log", "document_type"),
    ("User Permission", "allow"),
    ("Custom DocPerm", "parent"),
    ("Comment", "reference_doctype"),
    ("Version", "ref_doctype"),
    ("View Log", "reference_doctype"),
    ("Deleted Document", "deleted_doctype"),
)
"""What users make about documents: DocType, and the field that names the DocType of the document."""

MODULE = "SM Planner"
"""The module of the app, which its onboarding is named after."""

BOARD = "SM Improvements"
"""The Kanban Board that comes with the app."""

WEEKLY = "Objective Progress"
"""The report of the weekly mail that comes with the app."""

COLORS = {"New": "Gray", "In Progress": "Blue", "Verify": "Orange", "Closed": "Green"}
"""Of the columns of the board."""


def before_install() -> None:
    """Say which versions are supported before anything is changed."""
    major = int(frappe.__version__.partition(".")[0])
    if major not in SUPPORTED:
        frappe.throw(
            _("SM Planner runs on Frappe {0}; this is Frappe {1}.").format(
                ", ".join(map(str, SUPPORTED)), frappe.__version__
            ),
            title=_("This version of Frappe is not supported"),
        )


def after_install() -> None:
    ensure_portal_role()
    ensure_settings()
    seal_keys.ensure_key()
    sign_off_events.ensure_order()
    ensure_board()
    ensure_weekly_mail()
    optional_apps.link()


def after_migrate() -> None:
    """What a new version needs, and only that: a second migrate changes nothing."""
    ensure_settings()
    sign_off_events.ensure_order()
    optional_apps.link()


def before_uninstall() -> None:
    """Remove what Frappe leaves behind. Not in after_uninstall: Frappe commits before it, and not after."""
    archive.refuse_unless_archived()
    remove_workflows()
    remove_left_behind()
    remove_desktop()
    remove_mails()
    for role in ROLES:
        frappe.db.delete("Has Role", {"role": role})
        frappe.delete_doc("Role", role, force=True, ignore_missing=True)
    frappe.db.delete("Singles", {"doctype": SETTINGS})
    frappe.db.delete("DefaultValue", {"defkey": ("like", "sm_planner_%")})
    sign_off_events.remove_order()


def ensure_portal_role() -> None:
    """Make the role of stakeholders who never see the Desk."""
    if not frappe.db.exists("Role", PORTAL_ROLE):
        frappe.get_doc({"doctype": "Role", "role_name": PORTAL_ROLE, "desk_access": 0}).insert()


def ensure_settings() -> None:
    """Store the defaults of the settings that are not stored yet: of all on a new site, later of new ones.

    What somebody emptied stays empty: that is stored.
    """
    stored = frappe.db.get_singles_dict(SETTINGS)
    fields = frappe.get_meta(SETTINGS).fields
    missing = {df.fieldname: df.default for df in fields if df.default and df.fieldname not in stored}
    if missing:
        frappe.db.set_single_value(SETTINGS, missing)


def ensure_board() -> None:
    """A Kanban Board of the improvements, whose columns are their states."""
    if frappe.db.exists("Kanban Board", BOARD):
        return
    states = frappe.get_meta(DOCTYPES["improvements"]).get_options("status").split("\n")
    frappe.get_doc(
        {
            "doctype": "Kanban Board",
            "kanban_board_name": BOARD,
            "reference_doctype": DOCTYPES["improvements"],
            "field_name": "status",
            "fields": frappe.as_json(["improvement_owner", "due"]),
            "columns": [
                {"column_name": state, "indicator": COLORS.get(state, "Gray"), "status": "Active"}
                for state in states
                if state
            ],
        }
    ).insert()


def ensure_weekly_mail() -> None:
    """A weekly mail with a report, switched off: an example to fill in whom it goes to and switch on."""
    if frappe.db.exists("Auto Email Report", {"report": WEEKLY}):
        return
    frappe.get_doc(
        {
            "doctype": "Auto Email Report",
            "report": WEEKLY,
            "user": "Administrator",
            "enabled": 0,
            "email_to": frappe.db.get_value("User", "Administrator", "email"),
            "frequency": "Weekly",
            "day_of_week": "Monday",
            "format": "HTML",
            "description": _("How far the objectives of the plan are, and which ones fall behind."),
        }
    ).insert()


def remove_mails() -> None:
    """Remove the mails with reports of the app, those that users made too."""
    reports = frappe.get_all("Report", {"module": "SM Planner"}, pluck="name", order_by="name asc")
    frappe.db.delete("Auto Email Report", {"report": ("in", reports)})


def remove_workflows() -> None:
    """Remove the workflows of the app, with states and actions that no other workflow has."""
    ours = {"document_type": ("in", list(RECORDS))}
    workflows = frappe.get_all("Workflow", filters=ours, pluck="name", order_by="name asc")
    used = {
        child: set(frappe.get_all(child, {"parent": ("in", workflows)}, pluck=field, order_by="name asc"))
        for _doctype, child, field, _shipped in WORKFLOW_PARTS
    }
    frappe.db.delete("Workflow Action", {"reference_doctype": ("in", list(RECORDS))})
    for workflow in workflows:
        frappe.delete_doc("Workflow", workflow)
    for doctype, child, field, shipped in WORKFLOW_PARTS:
        for name in sorted(used[child].difference(shipped)):
            if not frappe.db.exists(child, {field: name}):
                frappe.delete_doc(doctype, name)


def remove_left_behind() -> None:
    """Remove what was made about the app's documents, and the steps of its onboarding."""
    ours = frappe.get_all("DocType", {"module": MODULE}, pluck="name", order_by="name asc")
    for doctype, field in LEFT_BEHIND:
        _delete(doctype, frappe.get_all(doctype, {field: ("in", ours)}, pluck="name", order_by="name asc"))
    _delete("List View Settings", [name for name in ours if frappe.db.exists("List View Settings", name)])
    steps = frappe.get_all("Onboarding Step Map", {"parent": MODULE}, pluck="step", order_by="idx asc")
    frappe.db.delete("Onboarding Step Map", {"parent": MODULE})
    _delete("Onboarding Step", steps)


def remove_desktop() -> None:
    """Remove what Frappe 16 has on its desktop for the app: sidebars, icons, and links to them that users placed."""
    if not frappe.db.exists("DocType", "Workspace Sidebar"):
        return
    ours = frappe.get_all("Workspace", {"module": MODULE}, pluck="name", order_by="name asc")
    icons = {"app": "sm_planner", "link_to": ("in", ours)}
    _delete(
        "Desktop Icon", frappe.get_all("Desktop Icon", or_filters=icons, pluck="name", order_by="name asc")
    )
    of_app = {"module": MODULE}
    _delete(
        "Workspace Sidebar", frappe.get_all("Workspace Sidebar", of_app, pluck="name", order_by="name asc")
    )
    for link_type in ("Workspace", "DocType", "Report"):
        gone = frappe.get_all(link_type, {"module": MODULE}, pluck="name", order_by="name asc")
        frappe.db.delete("Workspace Sidebar Item", {"link_type": link_type, "link_to": ("in", gone)})


def _delete(doctype: str, names: list[str]) -> None:
    """Delete documents with their rows, past controllers that would ask about documents that go too."""
    if names:
        for table in frappe.get_meta(doctype).get_table_fields():
            frappe.db.delete(table.options, {"parenttype": doctype, "parent": ("in", names)})
        frappe.db.delete(doctype, {"name": ("in", names)})
