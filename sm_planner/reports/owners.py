"""Whom a service belongs to, in words."""

from __future__ import annotations

from sm_planner.engine.model import Plan, Service


def belongs_to(plan: Plan, service: Service) -> str:
    """The team and the organisation that a service belongs to; empty where it names none."""
    found = (
        plan.title_of("teams", service.owning_team),
        plan.title_of("stakeholders", service.owning_organisation),
    )
    return ", ".join(filter(None, found))
