"""The boxes of a page in rows and columns: as roomy as the page allows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sm_planner.engine.service_map import FIRST, PARTNERS, SECOND, TEAMS, THIRD, Place
from sm_planner.engine.texts import N_
from sm_planner.reports.lettering import wrap
from sm_planner.reports.service_map.boxes import Lettered, Line, Say, Style, letter, letter_folded
from sm_planner.reports.service_map.contents import LANE_TITLES, MapPage
from sm_planner.reports.table import Day

STYLES = (
    Style(11, 10, 3, 3),
    Style(10.5, 9.5, 3, 2),
    Style(10, 9, 3, 2),
    Style(9.5, 8.5, 2, 2),
    Style(9, 8, 2, 2),
    Style(8.5, 8, 2, 1),
    Style(8, 8, 2, 1),
    Style(8, 8, 1, 1),
    Style(8, 8, 1, 1, joined=True),
)
"""From roomy to dense. The first that leaves nothing out is taken, else the one that cuts the least."""
MOST_COLUMNS, FEWEST_COLUMNS = 10, 5
SUPPORT = (FIRST, SECOND, THIRD, TEAMS, PARTNERS)
"""The lanes that lines run through: they share their columns, so that there are aisles between them."""

LANE_NAME, LANE_NAME_SIZE = 68, 9
GAP = 10
"""Between boxes; lines run in it."""
LANE_GAP = 3
STRETCH = 20
"""How much taller than needed a lane may become where the page has room."""


@dataclass(frozen=True)
class Rect:
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height


@dataclass(frozen=True)
class PlacedBox:
    place: Place | None
    rect: Rect
    content: Lettered


@dataclass(frozen=True)
class PlacedLane:
    """title: its lines, from the corner of the page."""

    rect: Rect
    title: tuple[Line, ...]
    boxes: tuple[PlacedBox, ...]


def fitting(page: MapPage, width: float, height: float, say: Say, write: Day = str) -> Grid:
    """The roomiest grid that leaves nothing out, else the one that cuts the least, within the height if it can be."""
    grids = []
    for style in STYLES:
        grid = Grid(page, width, style, say, write)
        grid.widen(height)
        grids.append(grid)
        if grid.height <= height and not grid.cuts:
            break
    fitting = [grid for grid in grids if grid.height <= height] or grids[-1:]
    return min(fitting, key=lambda grid: grid.cuts)


class Grid:
    """The boxes of a page in rows, for one style. Every group of lanes has its own number of columns."""

    def __init__(self, page: MapPage, width: float, style: Style, say: Say, write: Day):
        self.page, self.width, self.style, self.say, self.write = page, width, style, say, write
        self._lettered: dict[tuple[str, int], list[list[Lettered]]] = {}
        lanes = tuple(page.lanes)
        groups = [tuple(lane for lane in lanes if lane in SUPPORT)]
        groups += [(lane,) for lane in lanes if lane not in SUPPORT]
        self.columns = {group: self._densest(group) for group in groups if group}

    def _densest(self, group: tuple[str, ...]) -> int:
        longest = max(len(self.page.lanes[lane]) + (lane in self.page.folded) for lane in group)
        return max(FEWEST_COLUMNS, min(MOST_COLUMNS, longest))

    def widen(self, height: float) -> None:
        """Give boxes in which something does not fit more room, the narrowest first, as long as the page has it."""
        open_groups = set(self.columns)
        while lacking := sorted(group for group in open_groups if self._cuts(group)):
            group = max(lacking, key=self.columns.__getitem__)
            if not self._wider(group, height):
                open_groups.discard(group)

    def _wider(self, group: tuple[str, ...], height: float) -> bool:
        """Take the next smaller number of columns that helps and does not make the page too high."""
        columns, cuts, most = self.columns[group], self._cuts(group), max(height, self.height)
        for fewer in range(columns - 1, FEWEST_COLUMNS - 1, -1):
            self.columns[group] = fewer
            if self._cuts(group) < cuts and self.height <= most:
                return True
        self.columns[group] = columns
        return False

    def box_width(self, lane: str) -> float:
        columns = self._columns_of(lane)
        return (self.width - LANE_NAME - GAP * (columns + 1)) / columns

    def _columns_of(self, lane: str) -> int:
        return next(columns for group, columns in self.columns.items() if lane in group)

    def rows(self, lane: str) -> list[list[Lettered]]:
        columns = self._columns_of(lane)
        key = lane, columns
        if key not in self._lettered:
            room = self.box_width(lane)
            boxes = [letter(box, room, self.style, self.say, self.write) for box in self.page.lanes[lane]]
            left_out = self.page.folded.get(lane)
            if left_out:
                boxes.append(letter_folded(self.say(N_("and {0} more")).format(left_out), room, self.style))
            self._lettered[key] = [boxes[start : start + columns] for start in range(0, len(boxes), columns)]
        return self._lettered[key]

    @property
    def cuts(self) -> int:
        """In how many boxes something does not fit."""
        return self._cuts(tuple(self.page.lanes))

    def _cuts(self, lanes: tuple[str, ...]) -> int:
        return sum(box.cut for lane in lanes for row in self.rows(lane) for box in row)

    @property
    def height(self) -> float:
        lanes = self.page.lanes
        return sum(_height(self.rows(lane)) for lane in lanes) + LANE_GAP * max(0, len(lanes) - 1)

    def placed(self, left: float, top: float, bottom: float) -> tuple[PlacedLane, ...]:
        spare = max(0.0, bottom - top - self.height)
        rows_in_all = sum(len(self.rows(lane)) for lane in self.page.lanes)
        stretch = min(STRETCH, spare / rows_in_all) if rows_in_all else 0
        lanes = []
        y = top
        for lane in self.page.lanes:
            height = _height(self.rows(lane)) + stretch * len(self.rows(lane))
            boxes = tuple(self._boxes(lane, left + LANE_NAME, y, stretch))
            rect = Rect(left, round(y, 2), self.width, round(height, 2))
            lanes.append(PlacedLane(rect, self._title(lane, rect), boxes))
            y += height + LANE_GAP
        return tuple(lanes)

    def _boxes(self, lane: str, left: float, top: float, stretch: float) -> Iterator[PlacedBox]:
        width, columns = self.box_width(lane), self._columns_of(lane)
        y = top + GAP + stretch / 2
        for row in self.rows(lane):
            height = max(box.height for box in row)
            first = (columns - len(row)) // 2
            for column, content in enumerate(row, start=first):
                x = left + GAP + column * (width + GAP)
                place = content.box.place if content.box else None
                rect = Rect(round(x, 2), round(y, 2), round(width, 2), round(height, 2))
                yield PlacedBox(place, rect, content)
            y += height + GAP + stretch

    def _title(self, lane: str, rect: Rect) -> tuple[Line, ...]:
        room = LANE_NAME - 8
        lines, _ = wrap(self.say(LANE_TITLES[lane]), room, LANE_NAME_SIZE, 3, True)
        return tuple(
            Line(text, rect.x + 7, round(rect.y + 16 + row * 11, 2), LANE_NAME_SIZE, "title", room)
            for row, text in enumerate(lines)
        )


def _height(rows: list[list[Lettered]]) -> float:
    return sum(max(box.height for box in row) + GAP for row in rows) + GAP
