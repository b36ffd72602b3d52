"""The page Service Map of the Desk: the map of a plan now and in future, what each box carries, and where a box stands."""

from __future__ import annotations

from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import get_url_to_form, getdate

from sm_planner.adapters import plan_reader
from sm_planner.adapters.desk import plan_choice
from sm_planner.adapters.site.doctypes import DOCTYPES, PLAN
from sm_planner.adapters.site.presentation import opens, told, user_day
from sm_planner.engine.checks import check
from sm_planner.engine.checks.finding import Severity
from sm_planner.engine.checks.mending import place_of
from sm_planner.engine.model import COLLECTIONS, Plan
from sm_planner.engine.model.states import SUPERSEDED
from sm_planner.engine.sealing.as_signed import as_signed, replaced
from sm_planner.engine.service_map import GROUPINGS, TEAM
from sm_planner.engine.service_map.differences import Compared, compare
from sm_planner.engine.texts import Text
from sm_planner.reports.service_map import carrying, interactive
from sm_planner.reports.service_map.placing import Placing
from sm_planner.reports.table import translated

DRAWN = ("stakeholders", "services", "teams", "suppliers", "components")
"""Collections that boxes stand for. All are shared records: the name of a document is the id of its record."""
MOST_FINDINGS = 30
"""Findings that the panel of a box tells one by one."""


def show(plan_name: str, by: str, number: int, at: str) -> dict[str, Any]:
    """One page of the map of a plan, or of the one that is proposed; without ``lanes`` where there is none.

    at: a record as collection/id. The page is the one that it stands on, ``chosen`` the key of its box, empty where the map has
    none; where no plan is named, one that has it in its scope is proposed.

    Beside what :func:`~sm_planner.reports.service_map.interactive.page_of` gives: the ``plan`` with its ``title`` and
    ``version``, ``plans`` to choose from, and ``now_version``: the version in force that tells how it is now, where that is
    another one; ``unproven_version``: the one that would, but whose seal does not hold. ``agreements_from`` and ``agreements_to``: the
    days between which agreements are compared; the last is empty where the plan names none that lies ahead. Boxes have ``doctype`` and ``address``.
    """
    name = plan_name or _plan_with(at) or (plan_choice.default_plan() or {}).get("name")
    if not name:
        return {"plan": "", "lanes": []}
    plan, today = plan_reader.load(name), getdate()
    compared, now_version, unproven = _compared(plan, today)
    by = by if by in GROUPINGS else TEAM
    chosen, number = interactive.place_of(compared, by, at) or ("", number)
    page = interactive.page_of(compared, plan, today, check(plan, today), by, number, _say)
    for lane in page["lanes"]:
        for box in lane["boxes"]:
            box.update(_leads(box["collection"], box["id"]))
    return {
        "plan": name,
        "title": plan.title or plan.id,
        "version": plan.version,
        "as_of": user_day(today),
        "agreements_from": user_day(compared.days.now),
        "agreements_to": user_day(compared.days.future) if compared.days.future else "",
        "now_version": now_version,
        "unproven_version": unproven,
        "by": by,
        "chosen": chosen,
        "plans": _plans(),
        "severities": {one.value: _(one.value) for one in Severity},
        **page,
    }


def box(plan_name: str, collection: str, id: str) -> dict[str, Any]:
    """What a box of the map tells: see :func:`~sm_planner.reports.service_map.carrying.carrying`. Beside that the ``title`` and the
    ``kind`` of its record, its ``findings`` with what each ``opens``, and ``past``: whether the plan has it no more."""
    plan, today = plan_reader.load(plan_name), getdate()
    compared, now_version, _unproven = _compared(plan, today)
    record = compared.plan.get(collection, id) if collection in DRAWN else None
    if record is None:
        frappe.throw(_("The map of this plan has no such box. Choose one that it shows."))
    heading = {
        "title": record.title or record.id,
        "kind": _(COLLECTIONS[collection].label),
        **_leads(collection, id),
    }
    if plan.get(collection, id) is None:
        return {**heading, "past": _("It stands in version {0} only, not in this plan.").format(now_version)}
    found = Placing(plan, check(plan, today)).at(collection, id)
    told_ones = [
        {
            "severity": finding.severity.value,
            "severity_label": _(finding.severity.value),
            "code": finding.code,
            "message": told(Text(finding.message, finding.args)),
            "opens": opens(plan, place_of(plan, finding), {}),
        }
        for finding in found[:MOST_FINDINGS]
    ]
    carried = carrying.carrying(plan, today, collection, id, _say)
    for promise in carried["promises"]:
        promise["service_address"] = _address("services", promise["service_id"])
        promise["sla_address"] = _address("agreements", promise["sla_id"])
        promise["decides_address"] = (
            _address("agreements", promise["decides_id"]) if promise["decides_id"] else ""
        )
    for agreement in carried["agreements"]:
        agreement["address"] = _address("agreements", agreement["id"])
    return {
        **heading,
        **carried,
        "past": "",
        "findings": told_ones,
        "more_findings": len(found) - len(told_ones),
    }


def search(plan_name: str, by: str, asked: str) -> list[dict[str, Any]]:
    """The boxes whose titles have the asked words in them: ``key``, ``title``, ``lane``, ``page``."""
    compared, *_versions = _compared(plan_reader.load(plan_name), getdate())
    found = interactive.search(compared, by if by in GROUPINGS else TEAM, asked)
    return [{**one, "lane": told(one["lane"])} for one in found]


def _compared(plan: Plan, today: date) -> tuple[Compared, str, str]:
    """The maps of now and of the future; the version that tells how it is now, if that is another one; and the version that
    would, but whose seal does not hold.

    A version that nobody has signed is compared with that in force, as it was signed.
    """
    seal = replaced(plan)
    before = as_signed(seal, plan.key_ring) if seal else None
    version = seal.version if seal else ""
    return compare(plan, today, before), version if before else "", "" if before else version


def _plan_with(at: str) -> str:
    """A plan that the user may read and that has a record (collection/id) in its scope; empty where there is none."""
    collection, _slash, id = at.partition("/")
    if collection not in DRAWN or not id:
        return ""
    scope = {"parenttype": PLAN, "record_type": DOCTYPES[collection], "record": id}
    naming = frappe.get_all("SM Plan Scope", scope, pluck="parent", order_by="parent asc")
    found = frappe.get_list(
        PLAN,
        {"state": ("!=", SUPERSEDED), "name": ("in", naming)},
        pluck="name",
        order_by="docstatus desc, modified desc",
        limit=1,
    )
    return found[0] if found else ""


def _leads(collection: str, id: str) -> dict[str, str]:
    return {"doctype": DOCTYPES[collection], "address": _address(collection, id)}


def _address(collection: str, id: str) -> str:
    return get_url_to_form(DOCTYPES[collection], id)


def _plans() -> list[dict[str, str]]:
    return frappe.get_list(
        PLAN,
        {"state": ("!=", SUPERSEDED)},
        ["name", "title", "version"],
        order_by="docstatus desc, modified desc",
        limit_page_length=50,
    )


def _say(value: Any) -> Any:
    return translated(value, _, user_day)
