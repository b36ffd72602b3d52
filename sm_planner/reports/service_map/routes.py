"""The lines from box to box: they run between rows and columns, never through a box."""

from __future__ import annotations

from collections.abc import Iterator

from sm_planner.engine.service_map import HandOver
from sm_planner.reports.service_map.grid import GAP, PlacedLane

_TRACKS = 4


def routes(
    hand_overs: tuple[HandOver, ...], lanes: tuple[PlacedLane, ...]
) -> Iterator[tuple[tuple[float, float], ...]]:
    """From the lower edge of a box, between rows and columns, to the upper edge of another."""
    placed = {box.place: box.rect for lane in lanes for box in lane.boxes if box.place}
    below = _free_below(lanes)
    sources = list(dict.fromkeys(hand_over.source for hand_over in hand_overs))
    for hand_over in hand_overs:
        source, target = placed.get(hand_over.source), placed.get(hand_over.target)
        if source is None or target is None:
            continue
        track = 2 + sources.index(hand_over.source) % _TRACKS * 2
        x = source.x + source.width / 2 + (track - 5)
        goal = target.x + target.width / 2 + (track - 5)
        leave, arrive = below[source.y] + track - GAP, target.y - GAP + track
        corners = [(x, source.bottom)]
        if leave >= target.y - GAP:  # the next row: one turn is enough
            corners += [(x, arrive), (goal, arrive)]
        else:
            aisle = target.x - GAP + track
            corners += [(x, leave), (aisle, leave), (aisle, arrive), (goal, arrive)]
        corners.append((goal, target.y))
        yield tuple((round(a, 2), round(b, 2)) for a, b in corners)


def _free_below(lanes: tuple[PlacedLane, ...]) -> dict[float, float]:
    """Top of each row → where the space below it ends: at the next row, or behind the last."""
    tops = sorted({box.rect.y for lane in lanes for box in lane.boxes})
    bottoms: dict[float, float] = {}
    for lane in lanes:
        for box in lane.boxes:
            bottoms[box.rect.y] = max(bottoms.get(box.rect.y, 0), box.rect.bottom)
    ends = [*tops[1:], bottoms[tops[-1]] + GAP] if tops else []
    return dict(zip(tops, ends, strict=True))
