"""The service management map: what is on it, where everything goes, and that it can be read and drawn."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import Phase, given, settings, strategies as st

from sm_planner.engine import checks
from sm_planner.engine.model import (
    Agreement,
    AgreementScope,
    AgreementTarget,
    Component,
    Person,
    Plan,
    Process,
    Service,
    Settings,
    Stakeholder,
    Supplier,
    SupportTier,
    Team,
)
from sm_planner.engine.service_map import LANES, footprints, pages
from sm_planner.reports.lettering import fit, width, wrap
from sm_planner.reports.service_map import as_table, draw, service_map
from sm_planner.reports.service_map.layout import HEIGHT, MARGIN, SMALLEST, WIDTH, lay_out
from sm_planner.reports.service_map.short import Initials, ranges
from sm_planner.reports.table import in_english

TODAY = date(2027, 2, 1)
NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
"""Plans of this size take minutes to shrink."""
HOSTILE = "</svg><script>alert(1)</script>\"'{{ 7 * 7 }}{0}&amp;<x>"


def mapped(plan: Plan, view: str = ""):
    return service_map(plan, TODAY, checks.check(plan, TODAY), view)


LEGEND = ("A legend that takes the room of several lines. " * 12,) * 2


def layouts(plan: Plan, legend=LEGEND):
    map_ = mapped(plan)
    return [
        (page, lay_out(page, map_.flows, ("T" * 300, "Below"), legend, in_english)) for page in map_.pages
    ]


_titles = st.text(st.sampled_from("aimWK -éß工程表🙂"), min_size=1, max_size=60) | st.sampled_from(
    [
        "Service",
        "A rather long title of several words that goes on and on",
        "Donaudampfschifffahrtsgesellschaft",
    ]
)


@st.composite
def _networks(draw) -> Plan:
    """Plans with many services, whose customers, tiers, partners and components are strewn at random."""

    def some(collection, least=0, most=4):
        ids = st.sampled_from([item.id for item in collection])
        return tuple(draw(st.lists(ids, min_size=least, max_size=most, unique=True))) if collection else ()

    def one(collection):
        return next(iter(some(collection, 0, 1)), "")

    def several(letter, most):
        count = draw(st.integers(0, most))
        return [(f"{letter}{number}", draw(_titles).strip()) for number in range(count)]

    people = [Person(id=id, title=title) for id, title in several("p", 8)]
    suppliers = [
        Supplier(id=id, title=title, status=draw(st.sampled_from(["Keep", "On-board", "Drop"])))
        for id, title in several("x", 8)
    ]
    teams = [
        Team(id=id, title=title, kind="External" if supplier else "Internal", supplier=supplier)
        for id, title in several("t", 20)
        for supplier in (one(suppliers),)
    ]
    customers = [Stakeholder(id=id, title=title, kind="Customer") for id, title in several("c", 30)]
    services = [
        Service(
            id=id,
            title=title,
            status=draw(st.sampled_from(["Live", "Pipeline", "Retired"])),
            customer_facing=draw(st.booleans()),
            customers=some(customers, 0, 25),
            service_owner=one(people),
            teams=some(teams),
            support_tiers=tuple(
                SupportTier(tier=tier, team=team) for tier in range(1, 6) for team in some(teams, 0, 2)
            )
            if draw(st.booleans())
            else (),
        )
        for id, title in several("s", 25)
    ]
    components = [
        Component(
            id=id,
            title=title,
            is_critical=draw(st.booleans()),
            services=some(services, 0, 3),
            team=one(teams),
            supplier=one(suppliers),
        )
        for id, title in several("k", 70)
    ]
    processes = [
        Process(id=f"f{number}", title=draw(_titles), flow=flow)
        for number, flow in enumerate(
            draw(st.lists(st.sampled_from(["Incident", "Change", "Alerts"]), max_size=4))
        )
    ]
    return Plan(
        id="p",
        title="Plan",
        people=tuple(people),
        suppliers=tuple(suppliers),
        teams=tuple(teams),
        processes=tuple(processes),
        stakeholders=tuple(customers),
        services=tuple(services),
        components=tuple(components),
        settings=Settings(most_map_nodes=draw(st.integers(8, 60))),
    )


# Geometry


def apart(one, other) -> bool:
    return one.right <= other.x or other.right <= one.x or one.bottom <= other.y or other.bottom <= one.y


def crosses(start, end, rect) -> bool:
    """Whether an upright or level line runs through the inside of a rectangle."""
    (x1, y1), (x2, y2) = sorted((start, end))
    low, high = min(y1, y2), max(y1, y2)
    return x1 < rect.right - 0.01 and x2 > rect.x + 0.01 and low < rect.bottom - 0.01 and high > rect.y + 0.01


def check_geometry(layout) -> None:
    boxes = list(layout.boxes)
    areas = [box.rect for box in boxes]
    for rect in [*areas, *(lane.rect for lane in layout.lanes), *(flow.rect for flow in layout.flows)]:
        assert rect.x >= MARGIN and rect.right <= WIDTH - MARGIN
        assert rect.y >= MARGIN and rect.bottom <= HEIGHT - MARGIN
    assert all(apart(one, other) for one, other in combinations(areas, 2))
    for one, other in combinations(
        [*(lane.rect for lane in layout.lanes), *(f.rect for f in layout.flows)], 2
    ):
        assert apart(one, other)
    for box in boxes:
        check_lines(box)
    for flow in layout.flows:
        for line in flow.lines:
            assert line.size >= SMALLEST
            assert width(line.text, line.size, line.kind == "title") <= line.width
            assert flow.rect.x < line.x - line.size * 0.8 and line.x < flow.rect.right
    for line in (*layout.heading, *layout.legend):
        assert MARGIN <= line.y <= HEIGHT - MARGIN and line.size >= SMALLEST
        assert line.x + width(line.text, line.size, line.kind == "title") <= WIDTH - MARGIN + 0.01
    lowest = max(
        [*(lane.rect.bottom for lane in layout.lanes), *(f.rect.bottom for f in layout.flows)], default=0
    )
    assert all(line.y - line.size >= lowest for line in layout.legend)
    for route in layout.routes:
        for start, end in zip(route, route[1:], strict=False):
            assert start[0] == end[0] or start[1] == end[1]
            assert not any(crosses(start, end, rect) for rect in areas)


def check_lines(box) -> None:
    """Every text is within its box and below the one before it; marks stand side by side."""
    bottom = 0.0
    beside = (0.0, 0.0)
    for line in box.content.lines:
        assert line.size >= SMALLEST
        assert line.x >= 0 and line.x + line.width <= box.rect.width
        assert line.y <= box.rect.height - 1
        bold = line.kind in ("title", "finding")
        assert width(line.text, line.size, bold) <= line.width + (0 if line.kind == "mark" else 0.01)
        if line.kind == "mark" and line.y == beside[1]:
            assert line.x >= beside[0]
        else:
            assert line.y - line.size * 0.93 >= bottom - 0.01
        bottom = line.y + line.size * 0.1
        beside = (line.x + line.width, line.y)


@settings(max_examples=20, phases=NO_SHRINKING)
@given(plan=_networks())
def test_nothing_overlaps_is_clipped_or_too_small(plan):
    for _, layout in layouts(plan):
        check_geometry(layout)


@settings(max_examples=20, phases=NO_SHRINKING)
@given(plan=_networks())
def test_every_service_is_on_one_page_and_no_page_is_too_full(plan):
    most = plan.settings.most_map_nodes
    drawn = pages(plan, most)
    shown = Counter(mark.service.id for page in drawn for mark in page.footprints)
    assert shown == Counter(service.id for service in plan.services if service.status != "Retired")
    for page in drawn:
        places = {place for lane in page.lanes.values() for place in lane}
        wanted = {place for mark in page.footprints for place in mark.places}
        left_out = sum(page.folded.values())
        assert page.boxes <= max(most, 2 * len(page.lanes))
        assert places <= wanted
        tiered = {place.id for place in places if place.lane in ("first", "second", "third")}
        assert len(places) + left_out == sum(
            place.lane != "teams" or place.id not in tiered or place in places for place in wanted
        )


@pytest.mark.parametrize("lane", ["customers", "components", "partners", "third"])
def test_the_fullest_page_fits(lane):
    """As many boxes as a page may have, most of them in one lane, and every other lane begun."""
    many = dict.fromkeys(LANES, 1) | {lane: 60 - 7}
    long = "A title that is long enough to need every line it can have"
    plan = Plan(
        id="p",
        title="P",
        stakeholders=tuple(Stakeholder(id=f"c{n}", title=long) for n in range(many["customers"])),
        suppliers=tuple(Supplier(id=f"x{n}", title=long) for n in range(many["partners"])),
        teams=(
            Team(id="one", title=long),
            Team(id="two", title=long),
            *(Team(id=f"t{n}", title=long) for n in range(many["third"])),
        ),
        services=(
            Service(
                id="s",
                title=long,
                customer_facing=True,
                status="Pipeline",
                customers=tuple(f"c{n}" for n in range(many["customers"])),
                support_tiers=(
                    SupportTier(tier=1, team="one"),
                    SupportTier(tier=2, team="two"),
                    *(SupportTier(tier=3, team=f"t{n}") for n in range(many["third"])),
                ),
            ),
        ),
        components=tuple(
            Component(
                id=f"k{n}", title=long, services=("s",), is_critical=True, supplier=f"x{n % many['partners']}"
            )
            for n in range(max(many["components"], many["partners"]))
        ),
    )
    ((page, layout),) = layouts(plan)
    check_geometry(layout)
    assert sum(1 for _ in layout.boxes) == min(60, sum(map(len, page.lanes.values())) + len(page.folded))


def test_the_example_needs_one_page_and_leaves_nothing_out(example):
    ((page, layout),) = layouts(example, legend=("One line.", "Another one."))
    check_geometry(layout)
    assert not any(box.content.cut for box in layout.boxes)
    assert len(page.hand_overs) == len(layout.routes) > 8


# What the map says


def small(**changes) -> Plan:
    plan = Plan(
        id="p",
        title="Plan",
        people=(Person(id="o", title="Dr Olga Neumann"),),
        suppliers=(Supplier(id="telco", title="Telco", status="Drop", exit_date=date(2027, 6, 30)),),
        teams=(
            Team(id="desk", title="Desk"),
            Team(id="experts", title="Experts", kind="External", supplier="telco"),
        ),
        stakeholders=(Stakeholder(id="staff", title="Staff", kind="Customer"),),
        services=(
            Service(
                id="mail",
                title="Mail",
                customer_facing=True,
                service_owner="o",
                customers=("staff",),
                teams=("desk",),
                support_tiers=(SupportTier(tier=1, team="desk"), SupportTier(tier=2, team="experts")),
            ),
            Service(id="servers", title="Servers", teams=("desk",), status="Pipeline"),
        ),
        components=(
            Component(id="host", title="Host", services=("mail",), supplier="telco", is_critical=True),
        ),
        agreements=(
            Agreement(
                id="sla",
                kind="SLA",
                customer="staff",
                scope=(AgreementScope(service="mail"),),
                targets=(
                    AgreementTarget(metric="Availability", value=99.5, unit="Percent"),
                    AgreementTarget(metric="Resolution", priority="P2", value=8, unit="Hours"),
                    AgreementTarget(metric="Resolution", priority="P1", value=4, unit="Hours"),
                ),
            ),
        ),
    )
    return replace(plan, **changes)


def said(plan: Plan, id: str, view: str = "") -> list[str]:
    (page,) = mapped(plan, view).pages
    (box,) = [box for box in page.boxes if box.place.id == id]
    return [str(text) for text in (*box.marks, *box.facts)]


def test_a_box_says_what_is_promised_for_most_cases_of_its_own_service():
    plan = small()
    (sla, *others) = (one for one in plan.agreements if one.kind == "SLA")
    rest = tuple(one for one in plan.agreements if one not in (sla, *others))

    def shown(*targets: AgreementTarget) -> list[str]:
        changed = replace(plan, agreements=(replace(sla, targets=targets), *others, *rest))
        return said(changed, "mail")[1:]

    most = AgreementTarget(metric="Resolution", priority="P1", value=4, unit="Hours", share_of_cases=90)
    fewer = AgreementTarget(metric="Resolution", priority="P1", value=1, unit="Hours", share_of_cases=50)
    everyone = AgreementTarget(metric="Resolution", priority="P1", value=8, unit="Hours")
    elsewhere = AgreementTarget(metric="Resolution", priority="P1", value=2, unit="Hours", service="servers")
    assert shown(most, fewer, elsewhere) == ["SLA P1 90\u00a0%: 4\u00a0h"]
    assert shown(most, everyone, elsewhere) == ["SLA P1 8\u00a0h"]


def test_boxes_say_who_owns_what_is_promised_and_whom_they_serve():
    plan = small()
    assert said(plan, "mail") == ["ON", "SLA 99.5\u00a0%", "P1 4\u00a0h"]
    assert said(plan, "servers") == ["no owner", "Pipeline", "supporting service"]
    assert said(plan, "staff") == ["uses 1"]
    assert said(plan, "desk") == ["no OLA", "takes 1", "delivers 2"]
    assert said(plan, "experts") == ["supports 1", "of Telco"]
    assert said(plan, "telco") == ["no UC", "Drop until 2027-06-30", "behind 1"]
    assert said(plan, "host") == ["critical, carries 1", "run by Telco"]


def test_a_customer_may_have_the_id_of_a_team_that_is_folded_away():
    teams = tuple(Team(id=f"t{number}", title="T") for number in range(9))
    plan = Plan(
        id="p",
        teams=teams,
        stakeholders=(Stakeholder(id="t8", title="Staff", kind="Customer"),),
        services=(Service(id="s", customers=("t8",), teams=tuple(team.id for team in teams)),),
        settings=Settings(most_map_nodes=6),
    )
    assert said(plan, "t8") == ["uses 1"]


def test_a_service_for_customers_without_an_sla_says_so():
    assert "no SLA" in said(small(agreements=()), "mail")


def test_work_is_handed_down_from_tier_to_tier_and_to_the_partner():
    (page,) = mapped(small()).pages
    assert [(hand_over.source.id, hand_over.target.id) for hand_over in page.hand_overs] == [
        ("desk", "experts"),
        ("experts", "telco"),
    ]


def test_the_map_shows_what_is_now_or_what_will_be():
    def shown(view):
        return {box.place.id for page in mapped(small(), view).pages for box in page.boxes}

    assert shown("now") == shown("") - {"servers"}
    assert shown("future") == shown("") - {"telco"}


def test_findings_stand_at_what_they_are_about_and_the_rest_is_counted():
    plan = small()
    map_ = mapped(plan)
    (page,) = map_.pages
    found = {box.place.id: {finding.code for finding in box.findings} for box in page.boxes}
    assert "SVC-04" in found["mail"]
    assert "AGR-02" in found["mail"], "an SLA stands at its service"
    assert "MON-01" in found["host"]
    assert 0 < map_.elsewhere < len(checks.check(plan, TODAY).findings)


def test_flows_name_what_carries_them_or_that_nothing_does():
    map_ = mapped(small(processes=(Process(id="i", title="Incidents", flow="Incident"),)))
    flows = {flow.name: flow for flow in map_.flows}
    assert flows["Incident"].down and flows["Incident"].processes == ("Incidents",)
    assert not flows["Change"].down
    assert draw(map_)[0].count("no process carries it") == 4


def test_what_no_service_names_is_counted():
    plan = small()
    lonely = replace(plan, teams=(*plan.teams, Team(id="idle", title="Idle")))
    assert mapped(lonely).apart == {"teams": 1}


def test_families_share_pages_while_they_fit_and_large_ones_are_divided():
    services = tuple(Service(id=f"s{n}", title=f"S{n}", teams=("a",) if n < 6 else ("b",)) for n in range(8))
    plan = Plan(
        id="p",
        title="P",
        teams=(Team(id="a"), Team(id="b")),
        services=services,
        settings=Settings(most_map_nodes=4),
    )
    found = [(page.families, page.part, page.parts, len(page.footprints)) for page in pages(plan, 4)]
    assert found == [(("a",), 1, 2, 3), (("a",), 2, 2, 3), (("b",), 1, 1, 2)]
    (both,) = pages(plan, 10)
    assert both.families == ("a", "b")


def test_what_one_service_brings_too_much_is_folded_into_a_box_that_counts_it():
    components = tuple(Component(id=f"k{n}", services=("s",), is_critical=n == 19) for n in range(20))
    (page,) = pages(Plan(id="p", services=(Service(id="s"),), components=components), 8)
    assert page.boxes == 8
    assert page.folded == {"components": 14}
    assert "k19" in {place.id for place in page.lanes["components"]}, "critical ones are kept"


# Drawing


def test_the_same_plan_gives_the_same_bytes(example):
    assert draw(mapped(example)) == draw(mapped(replace(example)))


def test_the_drawing_is_named_described_and_needs_nothing_from_elsewhere(example):
    (drawn,) = draw(mapped(example))
    root = ElementTree.fromstring(drawn)
    space = "{http://www.w3.org/2000/svg}"
    ids = root.get("aria-labelledby").split()
    assert root.get("role") == "img"
    assert [root.find(f"{space}{tag}").get("id") for tag in ("title", "desc")] == ids
    assert "Boxes with findings:" in root.find(f"{space}desc").text
    assert not {"script", "image", "a", "foreignObject"} & {
        item.tag.replace(space, "") for item in root.iter()
    }
    assert "http" not in drawn.replace("http://www.w3.org/2000/svg", "")


def test_a_figure_for_a_page_brings_no_style_of_its_own(example):
    (figure,) = draw(mapped(example), alone=False)
    assert "<style" not in figure


def test_severity_is_written_and_not_only_coloured(example):
    (drawn,) = draw(mapped(example))
    assert drawn.count(">Error: ") + drawn.count(">Warning: ") == drawn.count(
        'class="smp-error" x="'
    ) // 2 + (drawn.count('class="smp-warning" x="') // 2) + drawn.count(">Error: RAC")


def test_hostile_text_stays_text():
    plan = small(title=HOSTILE, services=(Service(id="s", title=HOSTILE, customer_facing=True),))
    (drawn,) = draw(mapped(plan))
    assert "<script" not in drawn
    assert HOSTILE in "".join(ElementTree.fromstring(drawn).itertext())


def test_an_empty_plan_has_a_page_that_says_so():
    (drawn,) = draw(mapped(Plan(id="p", title="P")))
    assert "The plan has no service yet." in drawn


def test_the_table_has_every_box_of_the_page(example):
    (page,) = mapped(example).pages
    assert len(as_table(page).rows) == sum(map(len, page.lanes.values())) > 40


def test_the_map_in_other_words(example):
    (drawn,) = draw(mapped(example), str.upper)
    assert ">END USERS<" in drawn and ">End users<" not in drawn


def test_footprints_leave_retired_services_out():
    plan = small(services=(Service(id="fax", status="Retired"),), components=(), agreements=())
    assert footprints(plan) == ()


# Lettering


@given(
    text=_titles,
    room=st.integers(40, 200),
    size=st.integers(8, 12),
    bold=st.booleans(),
    most=st.integers(1, 4),
)
def test_lines_fit_their_room_and_nothing_is_lost_unsaid(text, room, size, bold, most):
    lines, cut = wrap(text, room, size, most, bold)
    assert len(lines) <= most
    assert all(width(line, size, bold) <= room for line in lines)
    if not cut:
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    else:
        assert lines[-1].endswith("…")


@pytest.mark.parametrize(
    ("text", "regular", "bold"),
    [("Diagnostic Imaging, 99.5 %", 121.7, 128.9), ("Père Noël’s WAN & (1–4)", 113.3, 117.2)],
)
def test_texts_are_taken_for_no_narrower_than_arial_sets_them_and_not_for_much_wider(text, regular, bold):
    """Widths by the metrics of Liberation Sans, which are those of Arial, at size 10."""
    assert regular <= width(text, 10) <= 1.15 * regular
    assert bold <= width(text, 10, True) <= 1.15 * bold


def test_a_text_that_fits_is_left_alone():
    assert fit("Mail", 100, 8) == "Mail"


def test_initials_are_of_first_and_last_name_and_told_apart():
    people = [
        Person(id="a", title="Dr Ana María López"),
        Person(id="b", title="Axel Lund"),
        Person(id="c", title="Bo"),
    ]
    assert dict(Initials(people)) == {"a": "AL", "b": "AL2", "c": "B"}


def test_runs_of_numbers_are_written_short():
    assert ranges([1, 2, 4, 5, 6, 9]) == "1, 2, 4–6, 9"
