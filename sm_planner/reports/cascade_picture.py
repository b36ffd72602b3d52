"""The sponsorship cascade as a picture: a lane a unit, a box a level, from the top down to the first line.

A box is filled where somebody stands behind the plan, and dashed where nobody does. Colours are never alone: each box says in
words what it shows, and the description has all of it for who cannot see it.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, tostring

from sm_planner.engine.change.cascade import Cell, Lane, Standing, Supporter
from sm_planner.engine.model.vocabulary import LEADERS
from sm_planner.engine.texts import N_, Text, listed, say
from sm_planner.reports.chart import SIZE, WIDTH, named
from sm_planner.reports.lettering import fit, wrap
from sm_planner.reports.sponsorship_cascade import COLORS, reading, whom_to_win
from sm_planner.reports.table import Day, Translate, in_english, translated

SMALL = 10
_BOX, _HIGH, _GAP, _PAD = 165, 66, 20, 8
_HEAD, _LANE = 24, 100
_INK, _SOFT, _PAPER = "#1b2530", "#45515c", "#ffffff"
TITLE = N_("Sponsorship cascade")


def draw(lanes: tuple[Lane, ...], id: str, translate: Translate = in_english, day: Day = str) -> str:
    """The cascade as an element of a page. id: unique there, and the same between runs."""

    def told(text: Text) -> str:
        return translated(text, translate, day)

    root = named(id, _HEAD + _LANE * len(lanes), told(Text(TITLE)), told(described(lanes)), "chart cascade")
    for place, level in enumerate(LEADERS):
        _text(root, told(Text(level)), _left(place), 14, "axis", _SOFT)
    for number, lane in enumerate(lanes):
        top = _HEAD + number * _LANE
        _text(root, fit(lane.unit, WIDTH, SIZE, bold=True), 0, top + 14, "label", _INK, bold=True)
        ends = False
        for place, cell in enumerate(lane.cells):
            ends = ends or cell.standing is Standing.HOLE
            if place:
                _arrow(root, place, top + 22 + _HIGH / 2, ends)
            _box(root, cell, _left(place), top + 22, [told(line) for line in lines(cell)])
    return tostring(root, encoding="unicode")


def described(lanes: tuple[Lane, ...]) -> Text:
    """The whole picture in words."""
    boxes = (
        say(N_("{0}: {1}"), lane.unit, listed((_in_words(cell) for cell in lane.cells), "; "))
        for lane in lanes
    )
    return listed((reading(lanes), *boxes), " ")


def _in_words(cell: Cell) -> Text:
    return say(N_("{0}: {1}"), Text(cell.level), listed(lines(cell)))


def lines(cell: Cell) -> tuple[Text, ...]:
    """What a box says: who, what shows it, and what else is known."""
    if not cell.supporters:
        return (Text(Standing.HOLE.value), whom_to_win(cell))
    names = [one.person.title or one.person.id for one in cell.supporters]
    first = min(cell.supporters, key=lambda one: (not one.is_backed, one.shown is None))
    who = (
        Text("{0}", (names[0],)) if len(names) == 1 else say(N_("{0} and {1} more"), names[0], len(names) - 1)
    )
    return (who, _shown(first), *_besides(first))


def _shown(one: Supporter) -> Text:
    if one.shown is None:
        return Text(Standing.WORDS.value)
    return say(N_("shown on {0}"), one.shown) if one.is_backed else say(N_("not shown since {0}"), one.shown)


def _besides(one: Supporter) -> Iterator[Text]:
    if one.spoke:
        yield say(N_("spoke on {0}"), one.spoke.day)
    elif one.has_confirmed:
        yield Text(N_("part confirmed"))


def _left(place: int) -> float:
    return place * (_BOX + _GAP)


def _box(root: Element, cell: Cell, x: float, y: float, texts: list[str]) -> None:
    place = {"x": f"{x + 1:g}", "y": f"{y:g}", "width": str(_BOX - 2), "height": str(_HIGH), "rx": "4"}
    color, is_hole = COLORS[cell.standing], cell.standing is Standing.HOLE
    if is_hole:
        line = {"fill": "none", "stroke": color, "stroke-width": "1.5", "stroke-dasharray": "5 4"}
        SubElement(root, "rect", {"class": "hole", **place, **line})
    else:
        SubElement(root, "rect", {"class": "bar", **place, "fill": color})
    kind, ink = ("label", _INK) if is_hole else ("on-bar", _PAPER)
    if is_hole:
        name, todo = texts
        texts = [name, *wrap(todo, _BOX - 2 * _PAD, SMALL, most=3)[0]]
    for number, text in enumerate(texts):
        head = number == 0
        shown = fit(text, _BOX - 2 * _PAD, SIZE if head else SMALL, bold=head)
        _text(root, shown, x + _PAD, y + 18 + 14 * number, kind, ink, bold=head, small=not head)


def _arrow(root: Element, place: int, y: float, ends: bool) -> None:
    """From the level above; dashed where nothing arrives."""
    x = _left(place)
    path = f"M{x - _GAP + 2:g} {y:g}H{x - 3:g}m-5 -4l5 4l-5 4"
    line = {"class": "rule", "d": path, "fill": "none", "stroke": _SOFT}
    SubElement(root, "path", {**line, "stroke-dasharray": "3 3"} if ends else line)


def _text(
    root: Element,
    text: str,
    x: float,
    y: float,
    kind: str,
    ink: str,
    *,
    bold: bool = False,
    small: bool = False,
) -> None:
    place = {"class": kind, "x": f"{x:g}", "y": f"{y:g}", "fill": ink}
    if bold:
        place["font-weight"] = "bold"
    if small:
        place["font-size"] = str(SMALL)
    SubElement(root, "text", place).text = text
