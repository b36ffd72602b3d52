"""What installing and migrating the app does on a site beyond what Frappe does by itself.

The site is somebody's: what is missing is made, and what is there stays as it is.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click
import frappe
from frappe import _
from frappe.utils import escape_html

from sm_planner.adapters.evidence import seal_keys, sign_off_events
from sm_planner.adapters.installation import made_here, site_workflows
from sm_planner.adapters.integrations import optional_apps
from sm_planner.adapters.signers import account_passwords, accounts
from sm_planner.adapters.site import roles, site_numbers
from sm_planner.adapters.site.doctypes import DOCTYPES, RECORDS, SETTINGS

SUPPORTED = (15, 16)
"""Major versions of Frappe on which the app runs."""

APP, MODULE = "sm_planner", "SM Planner"

BOARD = "SM Improvements"
"""The Kanban Board that comes with the app."""

SEARCH = "Global Search Settings"
"""Which DocTypes the search of the Desk looks into, and in which order."""

WEEKLY = "Objective Progress"
"""The report of the weekly mail that comes with the app."""

COLORS = {
    "New": "Gray",
    "Assess": "Cyan",
    "In Progress": "Blue",
    "Verify": "Orange",
    "Closed": "Green",
    "On Hold": "Yellow",
    "Rejected": "Red",
}
"""Of the columns of the board."""


def before_install() -> None:
    """Say which versions are supported before anything is changed. What Frappe makes next are the tables."""
    major = int(frappe.__version__.partition(".")[0])
    if major not in SUPPORTED:
        frappe.throw(
            _("SM Planner runs on Frappe {0}; this site has Frappe {1}.").format(
                ", ".join(map(str, SUPPORTED)), frappe.__version__
            ),
            title=_("This version of Frappe is not supported"),
        )
    refuse_taken_names()
    ensure_roles()
    site_numbers.let_columns_be_empty()


def before_migrate() -> None:
    """A later version may bring names that the site has given in the meantime."""
    refuse_taken_names()
    site_numbers.let_columns_be_empty()


def after_install() -> None:
    site_numbers.put_right()
    ensure_settings()
    tell(seal_keys.ensure())
    site_workflows.ensure()
    sign_off_events.ensure_order()
    ensure_board()
    ensure_weekly_mail()
    ensure_search()
    optional_apps.link()
    account_passwords.remember_all()


def after_migrate() -> None:
    """What a new version needs, and only that: a second migrate changes nothing."""
    site_numbers.put_right()
    ensure_settings()
    site_workflows.ensure()
    sign_off_events.ensure_order()
    optional_apps.link()
    accounts.refresh()
    tell(seal_keys.ensure())
    account_passwords.remember_all()


def tell(texts: Iterable[str]) -> None:
    """Say it to whoever runs the command."""
    for text in texts:
        click.secho(text, fg="yellow")


def refuse_taken_names() -> None:
    """Stop before records of the organisation, or of another app, are overwritten that have names of the app's own."""
    taken = [
        f"{_(record['doctype'])} “{record['name']}”"
        for record in standard_records()
        if frappe.db.exists(record["doctype"], record["name"]) and not _is_ours(record)
    ]
    if _module_is_taken():
        taken.append(f"{_('Module Def')} “{MODULE}”")
    if taken:
        frappe.throw(
            _(
                "SM Planner brings records whose names are already in use on this site: {0}. Rename yours "
                "first. Nothing was changed."
            ).format(", ".join(map(escape_html, taken))),
            title=_("Names are already in use"),
        )


def standard_records() -> Iterator[dict[str, Any]]:
    """Every record that Frappe imports from the app's files, as it stands there, and the app's workflows."""
    for path in sorted((Path(__file__).parent / frappe.scrub(MODULE)).glob("*/*/*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        if path.stem == path.parent.name and isinstance(record, dict) and "doctype" in record:
            yield record
    yield from ({"doctype": "Workflow", "name": name} for name in site_workflows.names())


MADE_BY = ("custom", "is_standard", "standard")
"""Fields that say whether a record was made on the site or came with an app."""


def _is_ours(record: dict[str, Any]) -> bool:
    """Whether the record of that name on the site is the app's: of its module, and not made on the site."""
    doctype, name = record["doctype"], record["name"]
    meta = frappe.get_meta(doctype)
    if meta.has_field("module"):
        shipped = {"custom": 0, **record}
        told = [field for field in MADE_BY if field in shipped and meta.has_field(field)]
        stored = frappe.db.get_value(doctype, name, ["module", *told], as_dict=True)
        return stored.module == MODULE and all(stored[field] == shipped[field] for field in told)
    if doctype == "Workflow":
        return frappe.db.get_value(doctype, name, "document_type") in RECORDS
    return name.startswith("SM ")


def _module_is_taken() -> bool:
    """Whether the site, or another app, has a module of this name: all in it would count as the app's."""
    app = frappe.db.get_value("Module Def", MODULE, "app_name")
    return bool(app) and app != APP


def ensure_roles() -> None:
    """Make the roles, and remember which ones: Frappe would make them too, but not tell them from others."""
    for role in roles.ROLES:
        if not frappe.db.exists("Role", role):
            frappe.get_doc(
                {"doctype": "Role", "role_name": role, "desk_access": int(role != roles.PORTAL)}
            ).insert()
            made_here.note("Role", role)


def ensure_search() -> None:
    """Have the search of the Desk find our documents. Frappe reads what apps bring at its setup only, or on demand.

    Rows are written by themselves: saving the whole form would fail on rows that other apps have left there.
    """
    settings = frappe.get_single(SEARCH)
    listed = {row.document_type for row in settings.allowed_in_global_search}
    for doctype in searched():
        if doctype not in listed:
            settings.append("allowed_in_global_search", {"document_type": doctype}).db_insert()
    forget_search()


def searched() -> list[str]:
    """Our DocTypes that the search of the Desk looks into."""
    return [one["doctype"] for one in frappe.get_hooks("global_search_doctypes", app_name=APP)["Default"]]


def forget_search() -> None:
    """Have the settings of the search read anew."""
    frappe.clear_document_cache(SEARCH, SEARCH)
    frappe.cache.hdel("global_search", "search_priorities")


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
            "fields": frappe.as_json(["improvement_owner", "due", "kind"]),
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
