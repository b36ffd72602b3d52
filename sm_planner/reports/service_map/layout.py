"""Where everything on a page of the map goes: the same page gives the same places.

A page is A4 landscape in CSS pixels, 96 an inch; on A3 everything is 1.41 times as large. Lanes lie one below the
other, boxes stand on one grid of columns, and lines run between rows and columns, never through a box.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from sm_planner.engine.texts import N_
from sm_planner.reports.lettering import fit, wrap
from sm_planner.reports.service_map.boxes import Line, Say
from sm_planner.reports.service_map.contents import Flow, MapPage, codes
from sm_planner.reports.service_map.grid import PlacedBox, PlacedLane, Rect, fitting
from sm_planner.reports.service_map.routes import routes
from sm_planner.reports.table import Day

WIDTH, HEIGHT, MARGIN = 1122, 793, 30
SMALLEST = 8
"""The smallest text: 6 points on A4, 8.5 on A3."""
HEADER, LEGEND_SIZE, LEGEND_LEADING = 40, 8.5, 11
ARROW, ARROW_GAP, POINT = 31, 4, 12
"""Width of a flow's arrow, the space beside it, the length of its point."""


@dataclass(frozen=True)
class PlacedFlow:
    """An arrow; its lines are written upwards. x of a line: its baseline. y: where it begins, at the bottom."""

    flow: Flow
    rect: Rect
    lines: tuple[Line, ...]
    severity: str


@dataclass(frozen=True)
class Layout:
    """A page with everything in its place. routes: the corners of each line from box to box."""

    lanes: tuple[PlacedLane, ...]
    flows: tuple[PlacedFlow, ...]
    routes: tuple[tuple[tuple[float, float], ...], ...]
    heading: tuple[Line, ...]
    legend: tuple[Line, ...]

    @property
    def boxes(self) -> Iterator[PlacedBox]:
        return (box for lane in self.lanes for box in lane.boxes)


def lay_out(
    page: MapPage,
    flows: tuple[Flow, ...],
    heading: tuple[str, str],
    legend: tuple[str, ...],
    say: Say,
    write: Day = str,
) -> Layout:
    """heading: the title of the page and what is below it. legend: paragraphs at the foot."""
    foot = _legend(legend)
    top, bottom = MARGIN + HEADER, HEIGHT - MARGIN - LEGEND_LEADING * len(foot) - 6
    down = sum(flow.down for flow in flows)
    side = ARROW + ARROW_GAP
    left = MARGIN + down * side + ARROW_GAP
    right = WIDTH - MARGIN - (len(flows) - down) * side - ARROW_GAP
    grid = fitting(page, right - left, bottom - top, say, write)
    lanes = grid.placed(left, top, bottom)
    return Layout(
        lanes,
        tuple(
            _flows(
                flows,
                Rect(left, top, right - left, lanes[-1].rect.bottom - top if lanes else bottom - top),
                say,
            )
        ),
        tuple(routes(page.hand_overs, lanes)),
        _heading(heading),
        foot,
    )


def _heading(texts: tuple[str, str]) -> tuple[Line, ...]:
    room = WIDTH - 2 * MARGIN
    title, below = fit(texts[0], room, 17, True), fit(texts[1], room, 10)
    return (
        Line(title, MARGIN, MARGIN + 15, 17, "title", room),
        Line(below, MARGIN, MARGIN + 31, 10, "fact", room),
    )


def _legend(paragraphs: tuple[str, ...]) -> tuple[Line, ...]:
    room = WIDTH - 2 * MARGIN
    texts = [line for text in paragraphs for line in wrap(text, room, LEGEND_SIZE, 2)[0]]
    first = HEIGHT - MARGIN - LEGEND_LEADING * len(texts) + LEGEND_SIZE
    return tuple(
        Line(text, MARGIN, first + LEGEND_LEADING * row, LEGEND_SIZE, "fact", room)
        for row, text in enumerate(texts)
    )


def _flows(flows: tuple[Flow, ...], body: Rect, say: Say) -> Iterator[PlacedFlow]:
    down = [flow for flow in flows if flow.down]
    up = [flow for flow in flows if not flow.down]
    side = ARROW + ARROW_GAP
    for position, (fall, rise) in enumerate(zip_longest(down, up)):
        if fall:
            yield _arrow(fall, Rect(MARGIN + position * side, body.y, ARROW, body.height), say)
        if rise:
            yield _arrow(
                rise, Rect(body.right + ARROW_GAP * 2 + position * side, body.y, ARROW, body.height), say
            )


def _arrow(flow: Flow, rect: Rect, say: Say) -> PlacedFlow:
    carried = "; ".join(flow.processes) or say(N_("no process carries it"))
    told = codes(flow.findings)
    severity = next(iter(told), "")
    found = ", ".join(code for codes_ in told.values() for code in codes_)
    below = f"{say(severity)}: {found} · {carried}" if severity else carried
    room = rect.height - 2 * POINT - 8
    start = round(rect.bottom - POINT - 4, 2)
    return PlacedFlow(
        flow,
        rect,
        (
            Line(fit(say(flow.name), room, 10, True), round(rect.x + 13, 2), start, 10, "title", room),
            Line(fit(below, room, SMALLEST, False), round(rect.x + 25, 2), start, SMALLEST, "fact", room),
        ),
        severity,
    )
