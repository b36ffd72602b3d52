"""The service management map as a chapter of the book."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from sm_planner.reports.book.material import Material
from sm_planner.reports.service_map import as_table, draw, service_map
from sm_planner.reports.service_map.draw import name

PAGES_SHOWN = 12
"""Pages of the map in the book; the command line draws them all."""


def overview(material: Material) -> dict[str, Any]:
    """Each page of the map as a picture, and as a table."""
    map_ = service_map(material.plan, material.today, material.result)
    translate = material.wording.translate
    drawn = draw(map_, translate, material.wording.written, alone=False, most=PAGES_SHOWN)
    return {
        "count": len(map_.pages),
        "left_out": len(map_.pages) - len(drawn),
        "pages": [
            {
                "name": name(map_, number, translate),
                "svg": Markup(svg),  # noqa: S704 - drawn by a template that escapes every text
                "table": as_table(page),
            }
            for number, (page, svg) in enumerate(zip(map_.pages, drawn, strict=False), start=1)
        ],
    }
