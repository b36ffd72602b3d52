"""What a waiver can name: the rules, and the records of its plan."""

from typing import Any

from frappe import _

from sm_planner.adapters import plan_reader
from sm_planner.adapters.site import lineages
from sm_planner.adapters.site.doctypes import DOCTYPES, PLAN
from sm_planner.engine.checks import waivable


def choices(lineage: str) -> dict[str, list[dict[str, str]]]:
    """Rules and records as fields offer them: value, label and description. lineage: empty for no records."""
    rules = [_choice(rule.code, rule.code, _(rule.title)) for rule in waivable()]
    return {"rules": rules, "records": _records(lineage) if lineage else []}


def titles(lineage: str) -> dict[str, str]:
    """Id of each thing that the plans of a lineage hold now, and their own → title, for who may read them."""
    loaded = plan_reader.load(lineages.newest(lineage))
    return {loaded.id: loaded.title, **{record.id: record.title for _name, record in loaded.records()}}


def _records(lineage: str) -> list[dict[str, str]]:
    loaded = plan_reader.load(lineages.newest(lineage))
    return [
        _choice(loaded.id, loaded.title, _(PLAN)),
        *(
            _choice(record.id, record.title or record.id, _(DOCTYPES[collection]))
            for collection, record in loaded.records()
        ),
    ]


def _choice(value: str, label: str, description: str) -> dict[str, Any]:
    return {"value": value, "label": label, "description": description}
