"""What the guide shows on the form of a plan: its steps, the next one, and what another depth would ask."""

from collections import Counter
from itertools import islice
from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate

from sm_planner.adapters import plan_reader
from sm_planner.adapters.desk import plan_start
from sm_planner.adapters.documents.several import HOLDER
from sm_planner.adapters.site.doctypes import DOCTYPES, PLAN
from sm_planner.adapters.site.presentation import opens, told, user_day
from sm_planner.engine.checks import CheckResult, told_depth
from sm_planner.engine.checks.depths import ASKS, BECAUSE, COMPLETE
from sm_planner.engine.checks.mending import Place
from sm_planner.engine.checks.readiness import Readiness
from sm_planner.engine.guide import Held, Next, StepState, Way, by_step, guide
from sm_planner.engine.guide.depth import change_of_depth, rules_by_depth
from sm_planner.engine.guide.steps import OF_PIECE
from sm_planner.engine.model import COLLECTIONS, Plan
from sm_planner.engine.model.collection import Collection
from sm_planner.engine.model.fields import specs
from sm_planner.engine.model.states import DRAFT
from sm_planner.engine.model.vocabulary import DEPTHS
from sm_planner.engine.typed.sheets import SHEETS


def shown(plan: Plan, result: CheckResult, board: Readiness) -> dict[str, Any]:
    """The guide through a plan: its ``steps``, the key of the ``current`` one, how many are ``done`` and ``asked``, its
    ``depth`` and the ``depths`` to which it could be written."""
    found = guide(plan, result, board)
    rules = rules_by_depth(plan)
    return {
        "current": found.current,
        "done": found.done,
        "asked": len(found.asked),
        "steps": [_step(plan, one) for one in found.steps],
        "depth": plan.depth,
        "depths": {depth: {"asks": _(ASKS[depth]), "rules": rules[depth]} for depth in DEPTHS},
    }


def _step(plan: Plan, one: StepState) -> dict[str, Any]:
    """A step: ``state`` as the user reads it and ``state_key``, what it is and why, what is ``held``, what can be ``added``, and
    the ``next`` thing to do, and what can be opened ``then``."""
    step = one.step
    return {
        "key": step.key,
        "title": _(step.title),
        "what": _(step.what),
        "why": _(step.why),
        "depth": step.depth,
        "state": _(one.state),
        "state_key": one.state,
        "lacking": one.lacking,
        "open": one.open,
        "held": [_held(plan, held) for held in one.held if held.count],
        "adds": [_adds(plan, place) for place in step.holds if place in COLLECTIONS],
        "next": _next(plan, one.next) if one.next else None,
        "then": [_then(plan, one) for one in one.then if one.way is Way.OPEN],
    }


def _held(plan: Plan, held: Held) -> dict[str, Any]:
    """``more`` than the titles, or how many there are where none has a title."""
    titles = [title if isinstance(title, str) else user_day(title) for title in held.titles]
    return {
        "label": _(held.label),
        "count": held.count,
        "titles": titles,
        "opens": opens(plan, held.place, {}),
    }


def _adds(plan: Plan, collection: str) -> dict[str, Any]:
    """What can be added: its ``label``, ``doctype``, whether ``several`` at a time, and the ``values`` of what is new."""
    one = COLLECTIONS[collection]
    return {
        "collection": collection,
        "doctype": DOCTYPES[collection],
        "label": _(one.several),
        "several": collection in SHEETS,  # the table knows its plan, a form does not
        "values": {} if one.shared or collection in SHEETS else _of_plan(plan, one),
    }


def _typed(place: Place) -> dict[str, str]:
    """What each row of the table says that records are added in: the record that they are about."""
    sheet = SHEETS[place.collection]
    if place.about is None:
        return {}
    columns = (column for column in sheet.columns if sheet.spec(column).target == place.about.collection)
    return {column.name: place.about.id for column in islice(columns, 1)}


def _then(plan: Plan, next: Next) -> dict[str, Any]:
    """What can be opened after the next thing: a field of the plan, or a record."""
    place = opens(plan, next.place, {})
    return {"label": next.about or place["label"], "opens": place}


def _label(place: Place) -> str:
    return specs(COLLECTIONS[place.collection].record)[place.field].label


def _of_plan(plan: Plan, one: Collection) -> dict[str, str]:
    return {"lineage": plan.lineage} if one.is_of_lineage else {"plan": plan.id}


def _next(plan: Plan, next: Next) -> dict[str, Any]:
    """What to do next, with the place that ``opens``, and what ``adds`` records or rows there."""
    place, adds = opens(plan, next.place, {}), None
    if next.way is Way.ADD:
        adds = _adds(plan, next.place.collection)
        if next.place.id:  # rows of one record
            rows = {"collection": next.place.field, "label": _(_label(next.place)), "several": True}
            adds |= {**rows, "values": {HOLDER: place["name"]}}
        elif adds["several"]:
            adds["values"] = _typed(next.place)
        else:
            adds["values"] = {name: one for name, one in place["filters"].items() if isinstance(one, str)}
    return {
        "text": told(next.text),
        "about": next.about,
        "because": told(next.because) if next.because else "",
        "way": next.way.value,
        "opens": place,
        "adds": adds,
    }


def in_depth(name: str, depth: str) -> dict[str, Any]:
    """What changes for a plan if it goes to another depth; an empty one asks all.

    ``lowers``: whether it is asked less. ``rules``: how many come in addition, or go; how many of them ``passed`` today, and the
    ``counts`` of what the others find. ``found``: for each that finds something its ``title``, how much, and the ``step`` of
    the guide where it is settled. ``steps``: those of the guide that begin, or are left out;
    ``pieces``: those that come or go, each with its ``step``. ``takes``: what the templates of a draft bring in addition, where the
    user may take it, as :func:`plan_start.offered_at` tells it.
    """
    plan = plan_reader.load(name)
    now = plan.depth or COMPLETE
    if (depth or COMPLETE) == now or depth not in ("", *DEPTHS):
        others = ", ".join(_(one) for one in DEPTHS if one != now)
        frappe.throw(_("The plan is asked that already. Choose one of these: {0}.").format(others))
    change = change_of_depth(plan, depth, getdate())
    is_open = plan.state == DRAFT and frappe.has_permission(PLAN, "write", name)
    return {
        "depth": depth or COMPLETE,
        "now": told(told_depth(plan)),
        "asks": _(ASKS[depth or COMPLETE]),
        "because": _(BECAUSE[now if change.lowers else depth or COMPLETE]),
        "lowers": change.lowers,
        "rules": len(change.rules),
        "passed": len(change.result.passed),
        "counts": change.result.counts,
        "steps": [_(step.title) for step in change.steps],
        "pieces": [{"step": OF_PIECE[piece.name].key, "title": _(piece.name)} for piece in change.pieces],
        "found": _found(plan, change.rules, change.result),
        "takes": plan_start.offered_at(plan, depth) if is_open and not change.lowers else [],
        "style": plan_start.STYLE,
    }


def _found(plan: Plan, rules: tuple, result: CheckResult) -> list[dict[str, Any]]:
    """The rules that find something, in the order of the guide."""
    known = {rule.code: rule for rule in rules}
    rows = []
    for key, findings in by_step(plan, result.findings).items():
        counted = Counter(
            code for finding in findings for code in (finding.code, *finding.waiting) if code in known
        )
        rows += [
            {
                "code": code,
                "severity": known[code].severity.value,
                "title": _(known[code].title),
                "count": count,
                "step": key,
            }
            for code, count in counted.items()
        ]
    return rows
