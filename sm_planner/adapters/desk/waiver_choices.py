"""What a waiver can name: the rules, and the records of its plan."""

from typing import Any

from frappe import _

from sm_planner.adapters import plan_reader
from sm_planner.adapters.site.doctypes import DOCTYPES, PLAN
from sm_planner.engine.checks import waivable


def choices(plan: str) -> dict[str, list[dict[str, str]]]:
    """Rules and records as fields offer them: value, label and description. plan: empty for no records."""
    rules = [_choice(rule.code, rule.code, _(rule.title)) for rule in waivable()]
    return {"rules": rules, "records": _records(plan) if plan else []}


def titles(plan: str) -> dict[str, str]:
    """Id of each thing that a plan holds, and its own → title, for who may read the plan."""
    loaded = plan_reader.load(plan)
    return {loaded.id: loaded.title, **{record.id: record.title for _name, record in loaded.records()}}


def _records(plan: str) -> list[dict[str, str]]:
    loaded = plan_reader.load(plan)
    return [
        _choice(loaded.id, loaded.title, _(PLAN)),
        *(
            _choice(record.id, record.title or record.id, _(DOCTYPES[collection]))
            for collection, record in loaded.records()
        ),
    ]


def _choice(value: str, label: str, description: str) -> dict[str, Any]:
    return {"value": value, "label": label, "description": description}
