"""Filters by numbers: what is asked for is what the filter means. See docs/decisions/0015."""

import json
from typing import Any

import frappe

from sm_planner.adapters.guards import request_parts
from sm_planner.adapters.site.doctypes import NUMBER_FIELDS
from sm_planner.engine.model.values import LARGEST_NUMBER


def guard_filters() -> None:
    """Filters of Frappe take an empty number for 0, and 0 for empty; and on Frappe 15 numbers have no ``between``."""
    for key in ("filters", "current_filters", "or_filters"):
        try:
            given = frappe.parse_json(frappe.form_dict.get(key))
        except ValueError:
            continue
        if isinstance(given, dict):
            given = [
                [field, *(asked if isinstance(asked, list) else ("=", asked))]
                for field, asked in given.items()
            ]
        if isinstance(given, list) and any(map(_asks_number, given)):
            frappe.form_dict[key] = json.dumps([meant for asked in given for meant in _meant(asked, key)])


def _asks_number(asked: Any) -> bool:
    """Whether a filter, ``[field, operator, value]`` with or without its DocType before it, is about a number."""
    if not isinstance(asked, list) or len(asked) < 3:
        return False
    doctype, field = asked[:2] if len(asked) > 3 else (request_parts.doctype(), asked[0])
    return isinstance(doctype, str) and isinstance(field, str) and field in NUMBER_FIELDS.get(doctype, ())


def _meant(asked: Any, key: str) -> list[Any]:
    """The filters that ask for what a filter means."""
    if not _asks_number(asked):
        return [asked]
    place = 2 if len(asked) > 3 else 1
    field, operator, value = asked[:place], str(asked[place]).lower(), asked[place + 1]
    if operator == "between" and key != "or_filters" and isinstance(value, list) and len(value) == 2:
        return [[*field, ">=", value[0]], [*field, "<=", value[1]]]
    if operator == "is" and value == "set":
        return [[*field, ">", -LARGEST_NUMBER]]
    if operator == "is":
        return [
            [*field, "=", None] if int(frappe.__version__.partition(".")[0]) > 15 else [*field, "in", [""]]
        ]
    return [asked]
