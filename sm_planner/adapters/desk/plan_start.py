"""What the dialogs *Start a Plan* and *Take from a Template* show."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from frappe import _
from frappe.utils import getdate

from sm_planner import __version__
from sm_planner.adapters import plan_reader
from sm_planner.adapters.documents import templates
from sm_planner.engine.checks import asked
from sm_planner.engine.checks.depths import ASKS
from sm_planner.engine.gates.mandate import WHY_TEMPLATE
from sm_planner.engine.model import COLLECTIONS, Plan
from sm_planner.engine.model.vocabulary import CONTEXT_TYPES, DEPTHS
from sm_planner.engine.templates import starting, taking
from sm_planner.engine.templates.library import shipped

STYLE = f"/assets/sm_planner/css/start.css?v={__version__}"


def choices() -> dict[str, Any]:
    """What somebody who starts a plan chooses from, and what is proposed."""
    first, last = starting.usual_period(getdate())
    return {
        "templates": [
            {"value": one.id, "label": _(one.title), "about": _(one.about)} for one in shipped().values()
        ],
        "situations": [
            {"value": one, "label": _(one), "about": _(starting.ABOUT_SITUATION[one])}
            for one in CONTEXT_TYPES
        ],
        "depths": [
            {
                "value": one,
                "label": _(one),
                "about": _(ASKS[one]),
                "rules": len(asked(Plan(id="new", depth=one))),
            }
            for one in DEPTHS
        ],
        "people": [label for _name, label in templates.person_choices()],
        "plan_owner": templates.own_name(),
        "period_start": str(first),
        "period_end": str(last),
        "why": _(WHY_TEMPLATE),
        "style": STYLE,
    }


def preview(template: str, situation: str, depth: str, plan: str = "") -> list[dict[str, Any]]:
    """What a template offers, a section each: how it is called, and its pieces.

    plan: the draft that takes it; empty for a new one. Each piece has its key (section and id), title, how many ``letters`` it
    has, whether it is ``there`` already, and the keys of what it ``needs``.
    """
    found = templates.template_of(template)
    base = plan_reader.load(plan) if plan else plan_reader.plan_of_scope(Plan(id="new"), [])
    content = templates.content_of(found, situation or base.context_type, depth or base.depth)
    return _sections(base, content, [one.key for one in taking.pieces(content, base)])


def offered_at(plan: Plan, depth: str) -> list[dict[str, Any]]:
    """What the templates that a plan was started from bring in addition at a depth: their ``template``, ``title``, and the
    ``sections`` of :func:`preview`, whose pieces say whether it was left out ``before``."""
    found = []
    for offer in templates.offers(plan, depth):
        sections = _sections(plan, offer.more.content, offer.more.keys)
        for piece in (piece for section in sections for piece in section["pieces"]):
            piece["before"] = tuple(piece["key"]) in offer.more.before
        found.append({"template": offer.template.id, "title": _(offer.template.title), "sections": sections})
    return found


def _sections(plan: Plan, content: Plan, keys: Collection[tuple[str, str]]) -> list[dict[str, Any]]:
    """The pieces of these keys by section, as :func:`preview` tells them."""
    seen = templates.known(plan, content, keys)
    sections: dict[str, list[dict[str, Any]]] = {}
    for one in taking.pieces(content, seen):
        if one.key in keys:
            sections.setdefault(one.collection, []).append(
                {
                    "key": list(one.key),
                    "title": one.title,
                    "letters": one.letters,
                    "there": one.there,
                    "needs": [list(key) for key in one.needs],
                }
            )
    return [
        {"section": name, "label": _(COLLECTIONS[name].several), "pieces": pieces}
        for name, pieces in sections.items()
    ]
