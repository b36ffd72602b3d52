"""What a request asks for: the function that it calls, the DocType that it names, and its parameters."""

import json
import re
from typing import Any
from urllib.parse import unquote

import frappe
from frappe.modules.utils import load_doctype_module

_METHOD = re.compile(r"/api/(?:v\d+/)?method/([^/]+)(?:/([^/]+))?")
_RESOURCE = re.compile(r"/api/(?:v\d+/)?(?:resource|document|doctype)/([^/]+)")


def method_of(path: str) -> str:
    """The function that a path calls. API v2 calls one of a DocType by the DocType and its name."""
    found = _METHOD.match(path)
    if not found:
        return ""
    if found[2] and frappe.db.exists("DocType", found[1]):
        return f"{load_doctype_module(found[1]).__name__}.{found[2]}"
    return found[1]


def own_name(called: str) -> str:
    """The name under which a function was written: modules that import it have it too, and Frappe calls it there."""
    if "." not in called:
        return called
    try:
        function = frappe.get_attr(called)
        return f"{function.__module__}.{function.__name__}"
    except Exception:  # Frappe says what is wrong when it looks for it
        frappe.clear_messages()
        return called


def resource_of(path: str) -> str:
    found = _RESOURCE.match(path)
    return unquote(found[1]) if found else ""


def doctype() -> str:
    named = frappe.form_dict.get("doctype")
    return named if isinstance(named, str) else ""


def parsed(value: Any) -> Any:
    """What a text of JSON says; else the value as it is."""
    if isinstance(value, str) and value.lstrip().startswith(("[", "{")):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
