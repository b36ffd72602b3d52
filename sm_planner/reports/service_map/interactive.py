"""The map as the Desk shows it: one page of boxes as data, each with whether it is there now and in future, and what differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from sm_planner.engine.checks import CheckResult
from sm_planner.engine.model import Plan
from sm_planner.engine.service_map import IMPORTANCE, LANES, SERVICES, Page, Place, divided
from sm_planner.engine.service_map.differences import CHANGES, KINDS, Compared, Difference, World
from sm_planner.engine.texts import N_, Text, listed, say
from sm_planner.reports.service_map.compose import DOES, MOST, Words
from sm_planner.reports.service_map.contents import LANE_TITLES, Box, codes
from sm_planner.reports.service_map.placing import Placing
from sm_planner.reports.service_map.short import ranges

TOLD = 6
"""Changes of the neighbours of a box, and of its agreements, that are told one by one."""
FOUND = 20
"""Boxes that a search names at most."""
Say = Callable[[Any], Any]


def page_of(
    compared: Compared, plan: Plan, today: date, result: CheckResult, by: str, number: int, say_: Say
) -> dict[str, Any]:
    """One page of the map as data, in the words that ``say_`` makes of texts.

    plan: as it will be; the findings of ``result`` are about it. by: what makes families. number: of the page, from 1; one
    that is not there gives the nearest that is.

    Answers ``pages`` (what stands on each), ``page``, ``lanes`` with their ``boxes``, ``hand_overs`` as pairs of keys with
    where they are, ``counts`` of what differs on the whole map, and how many findings are ``elsewhere``. A box has ``now`` and
    ``future``: whether it is there, and for which services by their numbers; ``difference``, what of it has ``changed``, and
    ``changes`` in words.
    """
    drawn = _pages(compared, by)
    number = min(max(number, 1), len(drawn))
    placing = Placing(compared.plan, result)
    words = Words(compared.plan, today, placing)
    page = drawn[number - 1]
    numbers = numbers_of(drawn)
    boxes = words.page(page, numbers)
    shown = {place[1:] for one in drawn for mark in one.footprints for place in mark.places}
    tell = _Boxes(compared, words, numbers, say_)
    return {
        "page": number,
        "pages": [say_(_label(compared.plan, one, by)) for one in drawn],
        "lanes": [
            {
                "lane": lane,
                "title": say_(Text(LANE_TITLES[lane])),
                "boxes": [tell.box(box) for box in found],
                "left_out": boxes.folded.get(lane, 0),
            }
            for lane, found in boxes.lanes.items()
        ],
        "hand_overs": [
            {
                "from": key_of(one.source),
                "to": key_of(one.target),
                "now": one in compared.now.hand_overs,
                "future": one in compared.future.hand_overs,
            }
            for one in boxes.hand_overs
        ],
        "owners": dict(boxes.initials),
        "counts": _counts(compared),
        "elsewhere": placing.elsewhere(shown),
    }


def search(compared: Compared, by: str, asked: str) -> list[dict[str, Any]]:
    """The boxes whose titles have some words in them, in the order of the map: ``key``, ``title``, ``lane``, ``page``."""
    wanted = asked.casefold().split()
    found: dict[str, dict[str, Any]] = {}
    for place, number in _placed(compared, by) if wanted else ():
        title = compared.plan.title_of(place.collection, place.id)
        if all(word in title.casefold() for word in wanted):
            key, lane = key_of(place), Text(LANE_TITLES[place.lane])
            found.setdefault(key, {"key": key, "title": title, "lane": lane, "page": number})
        if len(found) == FOUND:
            break
    return list(found.values())


def place_of(compared: Compared, by: str, at: str) -> tuple[str, int] | None:
    """The key of the first box of a record (collection/id), and the page that it stands on; None where there is none."""
    for place, number in _placed(compared, by):
        if at == f"{place.collection}/{place.id}":
            return key_of(place), number
    return None


def _placed(compared: Compared, by: str) -> Iterator[tuple[Place, int]]:
    """The boxes in the order of the map, each with the number of its page."""
    for number, page in enumerate(_pages(compared, by), start=1):
        yield from ((place, number) for places in page.lanes.values() for place in places)


def key_of(place: Place) -> str:
    """What a box is known by on its page."""
    return "/".join(place)


def numbers_of(drawn: Sequence[Page]) -> dict[str, int]:
    """Service → its number, in the order of the pages."""
    marks = (mark for page in drawn for mark in page.footprints)
    return {mark.service.id: number for number, mark in enumerate(marks, start=1)}


def _pages(compared: Compared, by: str) -> tuple[Page, ...]:
    most = min(compared.plan.settings.most_map_nodes or MOST, MOST)
    return divided(compared.plan, compared.marks, most, by) or (Page((), ()),)


def _label(plan: Plan, page: Page, by: str) -> Text:
    """Which services stand on a page."""
    if by == IMPORTANCE:
        names = [Text(grade) if grade else Text(N_("No Importance Given")) for grade in page.families]
    else:
        names = [plan.title_of("teams", family) or Text(N_("No Team")) for family in page.families]
    whole = listed(names, ", ") if names else Text(N_("No Service"))
    return say(N_("{0}, part {1} of {2}"), whole, page.part, page.parts) if page.parts > 1 else whole


def _counts(compared: Compared) -> dict[str, int]:
    """How many records come, go and change."""
    kinds = {(place[1:], found.kind) for place, found in compared.differences.items()}
    return {kind: sum(kind == one for _record, one in kinds) for kind in KINDS}


class _Boxes:
    """Boxes as data."""

    def __init__(self, compared: Compared, words: Words, numbers: dict[str, int], say_: Say):
        self._compared = compared
        self._words = words
        self._numbers = numbers
        self._say = say_

    def box(self, box: Box) -> dict[str, Any]:
        place, say_ = box.place, self._say
        record = self._compared.plan.get(place.collection, place.id)
        difference = self._compared.differences.get(place)
        told = codes(box.findings)
        facts = box.facts if place.lane == SERVICES else self._words.facts(place, record)
        return {
            "key": key_of(place),
            "collection": place.collection,
            "id": place.id,
            "title": box.title,
            "number": box.number,
            "importance": say_(Text(record.importance)) if getattr(record, "importance", "") else "",
            "marks": [say_(mark) for mark in box.marks],
            "facts": [say_(fact) for fact in facts],
            "now": self._in(self._compared.now, place),
            "future": self._in(self._compared.future, place),
            "critical": bool(getattr(record, "is_critical", False)),
            "difference": difference.kind if difference else "",
            "changed": [say_(one) for one in what_changes(difference)],
            "changes": [say_(one) for one in self._told(difference)],
            "severity": next(iter(told), ""),
            "findings": [
                {"severity": say_(Text(severity)), "codes": found} for severity, found in told.items()
            ],
        }

    def _in(self, world: World, place: Place) -> dict[str, Any] | None:
        """What a box is on one of both maps: the numbers of its services, and what it does for them; None if it is not there."""
        beside = world.beside_of(place)
        if beside is None:
            return None
        if place.lane == SERVICES:
            return {"services": [self._numbers[place.id]], "does": ""}
        served = sorted(self._numbers[one.id] for one in beside if one.lane == SERVICES)
        return {"services": served, "does": self._say(say(DOES[place.lane], ranges(served)))}

    def _told(self, difference: Difference | None) -> list[Text]:
        """What becomes of the agreements of a box, and what changes of its neighbours, the lanes in their order."""
        if not difference:
            return []
        beside = [
            say(
                N_("{0}: {1} comes") if one.comes else N_("{0}: {1} goes"),
                Text(LANE_TITLES[one.about.lane]),
                self._compared.plan.title_of(one.about.collection, one.about.id),
            )
            for one in difference.changes[:TOLD]
        ]
        told = [turn.text for turn in difference.turns[:TOLD]] + beside
        if more := len(difference.turns) + len(difference.changes) - len(told):
            told.append(say(N_("{0} more"), more))
        return told


def what_changes(difference: Difference | None) -> list[Text]:
    """What a box that changes has otherwise: the lanes with other neighbours in their order, and its agreements."""
    if not difference or difference.kind != CHANGES:
        return []
    lanes = {one.about.lane for one in difference.changes}
    found = [Text(LANE_TITLES[lane]) for lane in LANES if lane in lanes]
    return [*found, Text(N_("Agreements"))] if difference.turns else found
