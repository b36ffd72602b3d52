"""What is on the service management map: its pages, the boxes with what they say, flows and findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sm_planner.engine.checks.finding import Finding, Severity, Verdict
from sm_planner.engine.model import Plan
from sm_planner.engine.service_map import (
    COMPONENTS,
    CUSTOMERS,
    FIRST,
    PARTNERS,
    SECOND,
    SERVICES,
    TEAMS,
    THIRD,
    HandOver,
    Place,
)
from sm_planner.engine.texts import N_, Text
from sm_planner.reports.table import Column, Table, Translate, in_english, translated

LANE_TITLES = {
    CUSTOMERS: N_("End users"),
    SERVICES: N_("Services"),
    FIRST: N_("First contact"),
    SECOND: N_("Second level"),
    THIRD: N_("Third level and up"),
    TEAMS: N_("Teams without a tier"),
    PARTNERS: N_("Partners"),
    COMPONENTS: N_("Components"),
}


@dataclass(frozen=True)
class Box:
    """A record on the map. number: of a service. serves: the numbers of the services on the page that it is for.

    marks: short words that stand out, such as what is promised. facts: what else is said of it.
    """

    place: Place
    title: str
    number: int | None = None
    serves: tuple[int, ...] = ()
    marks: tuple[Text | str, ...] = ()
    facts: tuple[Text | str, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Flow:
    """What flows through the lanes. processes: what carries it, with the role that owns it."""

    name: str
    down: bool
    processes: tuple[str, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class MapPage:
    """lanes: by lane, those that are empty left out. folded: lane → boxes that were left out for lack of room."""

    families: tuple[str, ...]
    part: int
    parts: int
    lanes: dict[str, tuple[Box, ...]]
    folded: dict[str, int]
    hand_overs: tuple[HandOver, ...]
    initials: tuple[tuple[str, str], ...]

    @property
    def boxes(self) -> Iterator[Box]:
        return (box for boxes in self.lanes.values() for box in boxes)


@dataclass(frozen=True)
class ServiceMap:
    """The map of a plan. apart: kind of record → how many no service names. elsewhere: findings not on the map."""

    plan: Plan
    today: date
    view: str
    most: int
    pages: tuple[MapPage, ...]
    flows: tuple[Flow, ...]
    apart: dict[str, int]
    elsewhere: int

    def as_dict(self, translate: Translate = in_english) -> dict[str, Any]:
        """The stable shape that ``map --json`` gives."""

        def plain(value: Any) -> Any:
            return translated(value, translate)

        def box(box: Box) -> dict[str, Any]:
            return {
                "collection": box.place.collection,
                "id": box.place.id,
                "title": box.title,
                "number": box.number,
                "services": list(box.serves),
                "marks": [plain(mark) for mark in box.marks],
                "facts": [plain(fact) for fact in box.facts],
                "findings": codes(box.findings),
            }

        return {
            "view": self.view or "all",
            "most_boxes": self.most,
            "pages": [
                {
                    "families": list(page.families),
                    "part": page.part,
                    "parts": page.parts,
                    "lanes": [
                        {
                            "lane": lane,
                            "title": translate(LANE_TITLES[lane]),
                            "boxes": [box(one) for one in boxes],
                            "left_out": page.folded.get(lane, 0),
                        }
                        for lane, boxes in page.lanes.items()
                    ],
                    "hand_overs": [
                        {"from": "/".join(hand_over.source[1:]), "to": "/".join(hand_over.target[1:])}
                        for hand_over in page.hand_overs
                    ],
                    "owners": dict(page.initials),
                }
                for page in self.pages
            ],
            "flows": [
                {
                    "flow": flow.name,
                    "direction": "down" if flow.down else "up",
                    "processes": list(flow.processes),
                    "findings": codes(flow.findings),
                }
                for flow in self.flows
            ],
            "not_on_the_map": {"records": self.apart, "findings": self.elsewhere},
        }


def codes(findings: Iterable[Finding]) -> dict[str, list[str]]:
    """Severity → codes of the rules, each once, the heaviest first; what could not be decided last."""
    found: dict[str, list[str]] = {}
    for severity in Severity:
        failed = {f.code for f in findings if f.severity is severity and f.verdict is Verdict.FAILED}
        if failed:
            found[severity.value] = sorted(failed)
    undecided = {code for f in findings for code in f.waiting}
    if undecided:
        found[Verdict.NOT_EVALUATED.value.capitalize()] = sorted(undecided)
    return found


def as_table(page: MapPage) -> Table:
    """The page as a table: the same boxes in the order in which the map has them."""
    return Table(
        columns=(
            Column("box", Text(N_("Box")), width=200),
            Column("lane", Text(N_("Lane")), width=130),
            Column("number", Text(N_("No.")), "Int", width=50),
            Column("says", Text(N_("What It Says")), width=300),
            Column("findings", Text(N_("Findings")), width=220),
        ),
        rows=[
            {
                "box": box.title,
                "lane": Text(LANE_TITLES[box.place.lane]),
                "number": box.number,
                "says": (*box.marks, *box.facts),
                "findings": codes(box.findings),
                "collection": box.place.collection,
                "id": box.place.id,
            }
            for box in page.boxes
        ],
    )
