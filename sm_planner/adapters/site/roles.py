"""The roles of the app."""

from sm_planner.engine.model.states import AUDITOR, MANAGER, PLANNER, SPONSOR

OWNER = "SM Service Owner"
"""The role of who keeps services, and writes no others."""

PORTAL = "SM Portal Stakeholder"
"""The role without the Desk."""

ROLES = (MANAGER, PLANNER, OWNER, SPONSOR, AUDITOR, PORTAL)
