"""Where users land after they log in: who has nothing on the Desk but the app, in the app; nobody else is led away.

Nothing is stored: a start page that a user, a role or the site has chosen stays the one.
"""

from typing import Any

import frappe
from frappe.permissions import AUTOMATIC_ROLES
from frappe.utils.data import slug
from werkzeug.wrappers import Response

from sm_planner.adapters.desk import own_plans
from sm_planner.adapters.site.presentation import in_desk
from sm_planner.adapters.site.roles import PORTAL, ROLES
from sm_planner.engine.model.states import MANAGER, PLANNER, SPONSOR

LOGGED_IN, WITHOUT_DESK = "Logged In", "No App"
"""What Frappe answers to a log-in of somebody with the Desk, and without."""
OWN_PAGE, SERVICES = "/my-part", "/service-plan"
START, EXECUTIVE = "SM Planner", "SM Executive View"
"""The workspaces of the app: of those who write plans, and of those who sign them."""
VIEW = "executive-view"
"""The page to which the second leads: a log-in opens it at once."""


def lead(response: Response | None = None, **_kwargs: Any) -> None:
    """After a log-in: Frappe writes the start page into its answer last of all, and no hook is asked before."""
    if not frappe.flags.sm_planner_log_in or response is None or not response.is_json:
        return
    answer = response.get_json()
    if answer.get("message") == WITHOUT_DESK and _is_on_portal_for_plans_alone(frappe.session.user):
        answer["home_page"] = portal_page(frappe.session.user)
        response.set_data(frappe.as_json(answer))
        return
    workspace = start_page(frappe.session.user) if answer.get("message") == LOGGED_IN else None
    if workspace:
        answer["home_page"] = in_desk(VIEW if workspace == EXECUTIVE else slug(workspace))
        response.set_data(frappe.as_json(answer))


def portal_page(user: str) -> str:
    """The page of the portal with which a user begins: the own part, or the services for who is no person of a plan."""
    return OWN_PAGE if own_plans.has_any(user) else SERVICES


def extend_bootinfo(bootinfo: Any) -> None:
    """Where the Desk begins when no page is asked for."""
    workspace = None if bootinfo.user.get("default_workspace") else start_page(frappe.session.user)
    if workspace:
        title = frappe.db.get_value("Workspace", workspace, "title")
        bootinfo.user.default_workspace = {"name": workspace, "public": 1, "title": title}


def start_page(user: str) -> str | None:
    """The workspace of the app with which a user begins; None for who has more on the Desk, or another start page."""
    roles = set(frappe.get_roles(user)).difference(AUTOMATIC_ROLES)
    if roles.isdisjoint(ROLES) or _has_more(roles) or _has_chosen(user, roles):
        return None
    workspace = EXECUTIVE if SPONSOR in roles and roles.isdisjoint((MANAGER, PLANNER)) else START
    return workspace if frappe.db.exists("Workspace", {"name": workspace, "public": 1}) else None


def _is_on_portal_for_plans_alone(user: str) -> bool:
    """Whether a user without the Desk has one role, that of the app, for which the site has no other start page."""
    roles = set(frappe.get_roles(user)).difference(AUTOMATIC_ROLES)
    return roles == {PORTAL} and not frappe.db.get_value("Role", PORTAL, "home_page")


def _has_more(roles: set[str]) -> bool:
    """Whether one of the roles opens the Desk for something else."""
    return bool(frappe.db.exists("Role", {"name": ("in", sorted(roles.difference(ROLES))), "desk_access": 1}))


def _has_chosen(user: str, roles: set[str]) -> bool:
    """Whether the user, a role or the site says where to begin."""
    chosen = frappe.db.get_value(
        "User", user, ["user_type", "default_workspace", "default_app"], as_dict=True
    )
    if chosen.user_type != "System User" or chosen.default_workspace or chosen.default_app:
        return True
    return bool(
        frappe.get_system_settings("default_app")
        or frappe.db.exists("Role", {"name": ("in", sorted(roles)), "home_page": ("is", "set")})
    )
