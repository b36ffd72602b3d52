"""Where a piece of the plan is written, and where a finding is mended: a field, a record, or records of a kind."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sm_planner.engine.checks.finding import Finding
from sm_planner.engine.checks.pieces import piece_of
from sm_planner.engine.model import COLLECTIONS, Plan
from sm_planner.engine.model.plan import FACTS
from sm_planner.engine.model.ref import Ref

PLAN, SETTINGS, SIGN_OFF = "plan", "settings", "sign_off"
"""Places that are no collection: the plan itself, the thresholds, and what tells of signatures and seals."""

SCOPE = "scope"
"""The field of a plan that names the records in it. Only a site has it: a plan file holds the records themselves."""

PUT_INTO_SCOPE = ("services", "stakeholders", "suppliers", "roles", "processes")
"""Collections whose records come into a plan by its scope. The others belong to it, or come along with these."""

MENDED_IN = {
    **dict.fromkeys(("RAC-01", "RAC-02", "RAC-03", "RAC-06", "RAC-08", "RAC-12", "RAC-22"), "raci"),
    **dict.fromkeys(("AGR-01", "AGR-15", "CHN-01", "CHN-11", "MOD-01", "RAC-09", "STK-10"), "agreements"),
    **dict.fromkeys(("OBJ-04", "OBJ-08", "SUP-02", "SUP-03"), "improvements"),
    **dict.fromkeys(("SPN-06", "SPN-07"), "commitments"),
    **dict.fromkeys(("SVC-06", "SVC-07"), "components"),
    **dict.fromkeys(("RSK-02", "RSK-03"), "risks"),
    **dict.fromkeys(("ASM-02", "ASM-08"), "assessments"),
    **dict.fromkeys(("COM-01", "COM-03"), "communications"),
    "CAT-01": "catalogue",
    "OCM-01": "change_impacts",
    "LES-01": "sanity_checks",
    "STK-08": "requirements",
    "SVC-05": "objectives",
}
"""Rule → the collection that lacks something, where a finding names the record that lacks it and no field of it."""

NEVER_MENDED_AT_ITS_FIELD = {"SPN-04": "commitments"}
"""Rule → the collection that lacks something, although a finding names the field that shows it."""

SETTING = {
    "AGR-16": "largest_over_commitment",
    "COM-02": "least_acknowledged",
    "IMP-02": "weight_benefit",
    "IMP-04": "report_days",
    "IMP-10": "answer_days",
    "MOD-10": "most_map_nodes",
    "OBJ-09": "baseline_months",
    "OBJ-11": "most_objectives",
    "ASM-01": "assessment_months",
    "PLN-15": "scan_months",
    "RAC-10": "segregated",
    "SPN-02": "it_departments",
    "SPN-09": "feedback_days",
    "SPN-05": "engagement_days",
    "SPN-06": "engagement_days",
    "SPN-08": "least_acknowledged",
    "STK-04": "engagement_days",
    "SVC-12": "most_owned_services",
}
"""Rule → the threshold without which it cannot be decided."""

ABOUT_SEALS = ("INT-01", "INT-02", "INT-03", "INT-06", "RAC-18", "SPN-03")
"""Rules that look at seals; what they find of the plan as a whole is told where its seals are."""

ABOUT_TEMPLATES = ("PLN-17",)
"""Rules that look at what was taken from templates."""


@dataclass(frozen=True)
class Place:
    """Where something is written.

    collection: that of the record, or one of the places that are no collection. id: the record; empty for the
    records of the collection together. field: the one to open. held: the ids of the records that the plan has there.
    about: what the records are about that are looked for, such as the service without a component. marked: whether those are
    meant that came from a template and nobody has looked at. cell: where in the matrix, as of a finding; what the plan has there
    is written in the cells of the RACI sheet.
    """

    collection: str
    id: str = ""
    field: str = ""
    held: tuple[str, ...] = ()
    about: Ref | None = None
    marked: bool = False
    cell: tuple[str, ...] = ()


def place_of(plan: Plan, finding: Finding) -> Place:
    """Where a finding is mended."""
    place = place_of_finding(plan, finding.code, finding.record, finding.field, finding.mended_at)
    return replace(place, cell=finding.cell)


def place_of_finding(
    plan: Plan, code: str, record: Ref, field: str, mended_at: tuple[str, ...] = ()
) -> Place:
    """Where a finding is mended: what breaks the rule of that code, and the field of it that is meant, if any; or another
    record, as the finding says."""
    if mended_at:
        return Place(*mended_at)
    if record.collection != PLAN:
        if field in FACTS:
            return Place(field, held=_held(plan, field), about=record)
        lacking = NEVER_MENDED_AT_ITS_FIELD.get(code) or (MENDED_IN.get(code) if not field else None)
        if lacking:
            return Place(lacking, held=_held(plan, lacking), about=record)
        return Place(record.collection, record.id, field)
    if code in ABOUT_TEMPLATES and field not in COLLECTIONS:
        return Place(PLAN, plan.id, field, marked=True)
    if code in ABOUT_TEMPLATES:
        return Place(field, held=_held(plan, field), marked=True)
    if field:
        return place_of_field(plan, field)
    if code in SETTING:
        return Place(SETTINGS, field=SETTING[code])
    if code in ABOUT_SEALS:
        return Place(SIGN_OFF, plan.id)
    piece = piece_of(code)
    return place_of_field(plan, piece.field) if piece else Place(PLAN, plan.id)


def place_of_field(plan: Plan, field: str) -> Place:
    """Where a field of the plan is written, or the records of a collection, by its name."""
    if field not in COLLECTIONS:
        return Place(PLAN, plan.id, field)
    held = _held(plan, field)
    return Place(PLAN, plan.id, SCOPE) if field in PUT_INTO_SCOPE and not held else Place(field, held=held)


def _held(plan: Plan, collection: str) -> tuple[str, ...]:
    return tuple(plan.index[collection])
