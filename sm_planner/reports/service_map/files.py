"""The map as files: one a page."""

from __future__ import annotations

from pathlib import Path

from sm_planner.engine.plan_file import write_whole
from sm_planner.reports.service_map.contents import ServiceMap
from sm_planner.reports.service_map.draw import draw


def write(map_: ServiceMap, path: Path) -> list[Path]:
    """Write the pages: the first to the path, the next beside it as ``map-2.svg`` and so on."""
    pages = draw(map_)
    paths = [
        path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")
        for number in range(1, len(pages) + 1)
    ]
    for target, page in zip(paths, pages, strict=True):
        write_whole(target, page)
    return paths
