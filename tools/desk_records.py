"""What stands in two records of the Desk, written in the second (``make docs``).

- The sidebar of Frappe 16 has the cards of the workspace.
- The scope of a plan takes the DocTypes of every shared collection.
- The form of a plan leads to the DocTypes of all that belongs to it.

It needs no bench.
"""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from checkout import ROOT

from sm_planner.adapters.site.doctypes import DOCTYPES, OF_PLAN, SHARED

APP = ROOT / "sm_planner"
WORKSPACE = APP / "sm_planner" / "workspace" / "sm_planner" / "sm_planner.json"
SIDEBAR = APP / "workspace_sidebar" / "sm_planner.json"
SCOPE = APP / "sm_planner" / "doctype" / "sm_plan_scope" / "sm_plan_scope.json"
PLAN = APP / "sm_planner" / "doctype" / "sm_plan" / "sm_plan.json"

PAGES = (("Home", "SM Planner", "home"), ("Executive View", "SM Executive View", "chart"))
"""The workspaces at the head of the sidebar: label, name, icon."""

_TYPES = re.compile(r'(?<=record_type: DF\.Literal\[\n {12}"",\n)(?: {12}".*",\n)+')
"""The choices of the scope, as Frappe writes them into the controller."""


def sidebar_items() -> list[dict[str, Any]]:
    """The items of the sidebar: the workspaces, then the cards and links of the first."""
    items = [_item("Link", label, name, "Workspace", icon=icon) for label, name, icon in PAGES]
    for row in _read(WORKSPACE)["links"]:
        if row["type"] == "Card Break":
            items.append(_item("Section Break", row["label"], "", row["link_type"], indent=1))
        else:
            items.append(_item("Link", row["label"], row["link_to"], row["link_type"], child=1))
    return [{**item, "idx": number} for number, item in enumerate(items, 1)]


def _item(kind: str, label: str, link_to: str, link_type: str, **more: Any) -> dict[str, Any]:
    return {
        "child": 0,
        "collapsible": 1,
        "doctype": "Workspace Sidebar Item",
        "icon": "",
        "indent": 0,
        "keep_closed": 0,
        "label": label,
        "link_to": link_to,
        "link_type": link_type,
        "show_arrow": 0,
        "type": kind,
        **more,
    }


def scope_options() -> str:
    """The kinds of records that the scope of a plan takes, as Frappe has them in a field."""
    return "\n".join(["", *(DOCTYPES[name] for name in SHARED)])


def plan_links() -> list[dict[str, str]]:
    """What the form of a plan leads to: what is there, then what belongs to a plan and is not."""
    links = _read(PLAN)["links"]
    there = {link["link_doctype"] for link in links}
    missing = (doctype for doctype in OF_PLAN if doctype not in there)
    return [
        *links,
        *({"group": "Content", "link_doctype": name, "link_fieldname": "plan"} for name in missing),
    ]


def _read(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def _write(path: Path, record: dict[str, Any]) -> None:
    """Write a record that has changed, at a later time than before: else a site would not read it anew."""
    before = _read(path)
    if record != before:
        later = datetime.fromisoformat(before["modified"]) + timedelta(seconds=1)
        record["modified"] = f"{max(datetime.now(), later):%Y-%m-%d %H:%M:%S.%f}"  # noqa: DTZ005
        text = json.dumps(record, indent=1, sort_keys=True, separators=(",", ": "))
        path.write_text(text, encoding="utf-8")


def main() -> None:
    """Write what follows into the records."""
    _write(SIDEBAR, {**_read(SIDEBAR), "items": sidebar_items()})
    _write(PLAN, {**_read(PLAN), "links": plan_links()})
    scope = _read(SCOPE)
    (kind,) = (field for field in scope["fields"] if field["fieldname"] == "record_type")
    kind["options"] = scope_options()
    _write(SCOPE, scope)
    controller = SCOPE.with_suffix(".py")
    types = "".join(f'            "{DOCTYPES[name]}",\n' for name in SHARED)
    text, places = _TYPES.subn(types, controller.read_text(encoding="utf-8"))
    if places != 1:
        raise SystemExit(f"{controller}: the kinds of the scope are not where Frappe writes them.")
    controller.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
