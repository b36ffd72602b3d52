"""The people side as the book tells it: who stands behind the plan, what it changes for whom, how relationships stand."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from sm_planner.engine.change.cascade import cascade
from sm_planner.engine.change.groups import affected
from sm_planner.engine.change.impacts import called, impacts_of
from sm_planner.engine.change.time_to_value import begins, promised
from sm_planner.engine.engagement.relationship import last_engaged, relationship
from sm_planner.reports import cascade_picture, change_impact, sponsorship_cascade, stakeholder_coverage
from sm_planner.reports.book.material import Material


def commitments(material: Material) -> dict[str, Any]:
    """The sponsorship cascade as a picture; the table beneath it has the commitments."""
    lanes = cascade(material.plan, material.today)
    words = material.wording
    drawn = cascade_picture.draw(lanes, "sponsorship-cascade", words.translate, words.day) if lanes else ""
    # Written by an XML writer, which escapes every text.
    return {"picture": Markup(drawn), "reading": sponsorship_cascade.reading(lanes)}  # noqa: S704


def change(material: Material) -> dict[str, Any]:
    """What changes for whom, the most first; of whom nothing is said; and when the first value is promised."""
    plan = material.plan
    table = change_impact.report(plan, material.today)
    return {
        "chart": table.chart,
        "impacts": [
            {
                "record": one,
                "group": called(plan, one),
                "champions": list(change_impact.champions(plan, one)),
            }
            for one in change_impact.by_weight(plan)
        ],
        "unrated": [one for one in affected(plan) if not impacts_of(plan, one)],
        "begins": begins(plan),
        "promised": promised(plan),
    }


def stakeholders(material: Material) -> dict[str, Any]:
    plan, today = material.plan, material.today
    return {
        "chart": stakeholder_coverage.report(plan, today).chart,
        "engaged": {one.id: last_engaged(plan, one, today) for one in plan.stakeholders},
        "relationships": [
            (one, found) for one in plan.stakeholders if (found := relationship(plan, one, today)).engagements
        ],
        "between": [one for one in plan.engagements if not one.stakeholder and one.day <= today],
        "customers": [
            stakeholder
            for stakeholder in plan.stakeholders
            if stakeholder.kind == "Customer"
            or stakeholder.ordering_channel
            or stakeholder.complaint_channel
            or stakeholder.escalation_channel
            or stakeholder.sole_provider
        ],
    }


def people(material: Material) -> dict[str, Any]:
    """The teams that have given themselves a charter."""
    return {
        "charters": [
            team
            for team in material.plan.teams
            if team.purpose or team.ways_of_working or any(member.promise for member in team.members)
        ]
    }
