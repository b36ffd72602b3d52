"""The words that fields of a choice can have, in the spelling of the plan file and of the site."""

from __future__ import annotations

PLAN_STATES = ("Draft", "In Review", "To Sign", "Active", "Superseded")
PROVIDER_TYPES = ("Internal", "External", "Both")
CONTEXT_TYPES = ("From Scratch", "Improve", "Transform")
LEVELS = ("Top Management", "Senior Management", "Middle Management", "First Line", "Staff")
"""Levels of authority, the highest first."""
ROLE_KINDS = ("Governance", "Business", "Process", "Service", "Technical", "Partner")
TEAM_KINDS = ("Internal", "External")
SUPPLIER_STATES = ("Keep", "On-board", "Drop")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
STAKEHOLDER_KINDS = ("Internal Team", "Customer", "Supplier", "Regulator", "Other")
GRADES = ("Low", "Medium", "High", "Critical")
"""How much something matters, the least first."""
INFLUENCE = ("Low", "Medium", "High")
SERVICE_STATES = ("Pipeline", "Design", "Live", "Retiring", "Retired")
COMPONENT_KINDS = ("Application", "Database", "Server", "Network", "Cloud Service", "Facility", "Other")
AGREEMENT_KINDS = ("SLA", "OLA", "UC")
METRICS = (
    "Response",
    "Resolution",
    "Availability",
    "Fulfilment",
    "Quality",
    "Recovery Time",
    "Recovery Point",
)
TIME_METRICS = ("Response", "Resolution", "Fulfilment")
"""Metrics that are counted in service time, from start to end."""
RECOVERY_METRICS = ("Recovery Time", "Recovery Point")
SHARE_METRICS = ("Availability", "Quality")
PRIORITIES = ("P1", "P2", "P3", "P4", "P5")
"""Priorities, the highest first. A target without one holds for all."""
UNITS = ("Minutes", "Hours", "Percent")
OBJECTIVE_CATEGORIES = ("Quality", "Satisfaction", "Customer Experience", "Cost", "Efficiency", "Proactive")
KPI_KINDS = ("Outcome", "Effort")
DIRECTIONS = ("Increase", "Decrease")
LETTERS = ("R", "A", "AR", "C", "I", "N/A")
IMPROVEMENT_KINDS = ("Improvement", "Corrective Action", "Experiment", "Suggestion")
IMPROVEMENT_STATES = ("New", "Approved", "In Progress", "Verify", "Closed")
DIMENSIONS = ("People", "Process", "Technology")
FRAMEWORKS = ("ITIL 4", "ITIL v3", "FitSM", "Own")
FLOWS = ("Incident", "Install, Move, Add, Change, Delete", "Change", "Release", "Alerts")
"""What flows through a support model: the first two from the user down, the others up to the user."""
AGREEMENT_STATES = ("Draft", "In Force", "Ended")
CHANNELS = ("Phone", "E-mail", "Portal", "Chat", "On Site")
RESOURCE_KINDS = ("Process", "People", "Technology", "Information")
OBLIGATION_KINDS = ("Law", "Standard", "Policy", "Contract")
DRIVERS = ("Customers", "Technology", "Market", "Competition")
PROVIDERS = ("Us", "Other")
EVIDENCE_KINDS = ("Decision", "Funding", "Attendance", "Message")
"""What shows that somebody stands behind a plan."""
FREQUENCIES = ("Daily", "Weekly", "Monthly", "Quarterly", "Yearly")
