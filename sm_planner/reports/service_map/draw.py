"""The map as SVG: a page that stands by itself, or a figure in a page of HTML."""

from __future__ import annotations

from collections.abc import Iterator

from sm_planner.engine.texts import N_
from sm_planner.reports.service_map import layout
from sm_planner.reports.service_map.contents import LANE_TITLES, MapPage, ServiceMap
from sm_planner.reports.table import Day, Translate, in_english
from sm_planner.reports.templating import environment

_PACKAGE = "sm_planner.reports.service_map"

_VIEWS = {"": "", "now": N_("as it is now"), "future": N_("as it will be")}


def draw(
    map_: ServiceMap,
    translate: Translate = in_english,
    write: Day = str,
    *,
    alone: bool = True,
    most: int | None = None,
) -> tuple[str, ...]:
    """The pages of the map. alone: files that stand by themselves; otherwise figures for a page of HTML.

    most: no more than so many pages.
    """
    template = environment(_PACKAGE).get_template("map.svg")
    return tuple(
        template.render(
            layout=layout.lay_out(
                page,
                map_.flows,
                _heading(map_, page, number, translate),
                tuple(_legend(map_, page, translate)),
                translate,
                write,
            ),
            id=f"service-map-{number}",
            title=name(map_, number, translate),
            description=description(map_, page, translate),
            alone=alone,
            w=layout.WIDTH,
            h=layout.HEIGHT,
            point=layout.POINT,
        )
        for number, page in enumerate(map_.pages[:most], start=1)
    )


def style() -> str:
    """The style sheet for pages that hold figures: the map in the dark."""
    return environment(_PACKAGE).get_template("map.css").render()


def name(map_: ServiceMap, number: int, translate: Translate) -> str:
    """What the picture is."""
    title = map_.plan.title or map_.plan.id
    if len(map_.pages) == 1:
        return translate(N_("Service management map: {0}")).format(title)
    return translate(N_("Service management map: {0}, page {1} of {2}")).format(
        title, number, len(map_.pages)
    )


def description(map_: ServiceMap, page: MapPage, translate: Translate) -> str:
    """What the picture shows, for who cannot see it."""
    counts = [
        f"{translate(LANE_TITLES[lane])}: {len(boxes) + page.folded.get(lane, 0)}"
        for lane, boxes in page.lanes.items()
    ]
    faulty = sum(bool(box.findings) for box in page.boxes)
    said = [
        translate(N_("From the end users down to partners and components.")),
        f"{'; '.join(counts)}." if counts else translate(N_("The plan has no service yet.")),
        translate(N_("Boxes with findings: {0}.")).format(faulty),
    ]
    return " ".join(said)


def _heading(map_: ServiceMap, page: MapPage, number: int, translate: Translate) -> tuple[str, str]:
    plan = map_.plan
    below = [
        translate(N_("Service management map")),
        translate(_VIEWS[map_.view]) if map_.view else "",
        translate(N_("version {0}, as of {1}")).format(plan.version or "–", map_.today.isoformat()),
    ]
    if len(map_.pages) > 1:
        families = ", ".join(family or translate(N_("no team")) for family in page.families)
        below.append(translate(N_("page {0} of {1}")).format(number, len(map_.pages)))
        below.append(translate(N_("services of: {0}")).format(families))
        if page.parts > 1:
            below.append(translate(N_("part {0} of {1}")).format(page.part, page.parts))
    return plan.title or plan.id, " · ".join(filter(None, below))


def _legend(map_: ServiceMap, page: MapPage, translate: Translate) -> Iterator[str]:
    yield translate(
        N_(
            "Numbers in boxes stand for services. Lines show to whom work is handed down. A box with a coloured edge has "
            "findings; its last line names the severity and the rules."
        )
    )
    if page.initials:
        owners = ", ".join(f"{short} {full}" for short, full in page.initials)
        yield translate(N_("Service owners: {0}.")).format(owners)
    if map_.elsewhere:
        yield translate(N_("Findings about records that are not on the map: {0}.")).format(map_.elsewhere)
