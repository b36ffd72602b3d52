"""The map of the Desk: what differs between now and future, pages of a large plan, and what each box carries in numbers."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from sm_planner.engine import checks
from sm_planner.engine.chain import Feasibility, beneath
from sm_planner.engine.chain.weakest import by_weakness, decides, margin, slack_share
from sm_planner.engine.model import (
    GRADES,
    Agreement,
    AgreementScope,
    AgreementTarget,
    Calendar,
    CalendarWindow,
    Component,
    Plan,
    Service,
    Stakeholder,
    Supplier,
    SupportTier,
    Team,
)
from sm_planner.engine.model.seal_key import KeyRing
from sm_planner.engine.model.vocabulary import WEEKDAYS
from sm_planner.engine.sealing import canonical
from sm_planner.engine.sealing.as_signed import as_signed, replaced
from sm_planner.engine.service_map import FIRST, FUTURE, NOW, SECOND, TEAMS, Place, footprints
from sm_planner.engine.service_map.differences import CHANGES, COMES, GOES, Change, compare
from sm_planner.engine.texts import Text
from sm_planner.reports.service_map import carrying, interactive

TODAY = date(2027, 2, 1)


def say(value):
    return str(value) if isinstance(value, Text) else value


def page_of(plan, by="team", number=1, before=None):
    return interactive.page_of(
        compare(plan, TODAY, before), plan, TODAY, checks.check(plan, TODAY), by, number, say
    )


def boxes_of(page):
    return {box["key"]: box for lane in page["lanes"] for box in lane["boxes"]}


def of_kind(plan, kind, before=None):
    found = compare(plan, TODAY, before).differences
    return {(place.lane, place.id) for place, one in found.items() if one.kind == kind}


def test_what_comes_goes_and_changes_in_the_example(example):
    assert of_kind(example, COMES) == {("services", "patient-portal"), ("partners", "fernhill")}
    assert of_kind(example, GOES) == {
        ("services", "dictation"),
        ("partners", "echoline"),
        ("components", "dictation-server"),
    }
    boxes = boxes_of(page_of(example))
    support = boxes["first/teams/support-centre"]
    assert support["difference"] == CHANGES
    assert support["changed"] == ["Services", "Partners"]
    assert support["changes"] == ["Services: Digital Dictation goes", "Partners: Echoline Dictation goes"]
    assert set(support["now"]["services"]) - set(support["future"]["services"]) == {
        boxes["services/services/dictation"]["number"]
    }
    assert boxes["services/services/patient-portal"]["now"] is None
    assert boxes["services/services/building-faults"]["difference"] == ""


def test_now_and_future_have_the_boxes_of_their_views(example):
    boxes = boxes_of(page_of(example)).values()
    for view in (NOW, FUTURE):
        services = {mark.service.id for mark in footprints(example, view)}
        shown = {box["id"] for box in boxes if box["collection"] == "services" and box[view]}
        assert shown == services


def test_a_plan_without_anything_to_come_or_go_differs_in_nothing():
    plan = Plan(id="p", services=(Service(id="a"), Service(id="b", status="Pipeline")))
    still = replace(plan, services=plan.services[:1])
    assert not compare(still, TODAY).differences
    assert compare(plan, TODAY).differences


def _tiered(first, second, supplier="", **more):
    tiers = (SupportTier(tier=1, team=first), SupportTier(tier=2, team=second))
    return Plan(
        id="p",
        teams=(Team(id="x"), Team(id="y"), Team(id="z", kind="External", supplier=supplier)),
        suppliers=(Supplier(id="old"), Supplier(id="new")),
        services=(Service(id="mail", support_tiers=tiers), *more.get("services", ())),
    )


def test_a_version_is_compared_with_the_one_that_was_signed():
    before, after = _tiered("x", "z", "old"), _tiered("y", "z", "new")
    found = compare(after, TODAY, before).differences

    mail = found[Place("services", "services", "mail")]
    assert mail.changes == (
        Change(Place(FIRST, "teams", "x"), False),
        Change(Place(FIRST, "teams", "y"), True),
        Change(Place("partners", "suppliers", "new"), True),
        Change(Place("partners", "suppliers", "old"), False),
    )
    assert found[Place(FIRST, "teams", "x")].kind == GOES
    assert found[Place("partners", "suppliers", "new")].kind == COMES


def test_a_team_in_another_tier_changes_and_does_not_go():
    found = compare(_tiered("y", "x"), TODAY, _tiered("x", "y")).differences
    assert found[Place(FIRST, "teams", "x")].kind == CHANGES
    assert found[Place(SECOND, "teams", "x")].changes == (
        Change(Place(FIRST, "teams", "x"), False),
        Change(Place(SECOND, "teams", "x"), True),
    )
    page = page_of(_tiered("y", "x"), before=_tiered("x", "y"))
    assert page["counts"] == {COMES: 0, GOES: 0, CHANGES: 3}


def test_what_only_the_signed_version_has_stays_on_the_map():
    before = _tiered("x", "y", services=(Service(id="fax", title="Fax", teams=("x",)),))
    page = page_of(_tiered("x", "y"), before=before)
    fax = boxes_of(page)["services/services/fax"]
    assert (fax["difference"], bool(fax["now"]), fax["future"]) == (GOES, True, None)


def test_a_team_that_a_tier_names_is_there_also_where_it_only_delivers():
    tiers = (SupportTier(tier=1, team="x"),)
    services = (
        Service(id="a", support_tiers=tiers, status="Pipeline"),
        Service(id="b", teams=("x",)),
    )
    plan = Plan(id="p", teams=(Team(id="x"),), services=services)
    boxes = boxes_of(page_of(plan))
    assert f"{TEAMS}/teams/x" not in boxes
    assert boxes[f"{FIRST}/teams/x"]["now"]["services"] == [2]
    assert boxes[f"{FIRST}/teams/x"]["future"]["services"] == [1, 2]


def test_the_signed_version_is_read_out_of_its_seal(example, seal_of):
    seal = seal_of(example)
    draft = replace(example, version="2", seals=(seal,))
    assert replaced(draft) is seal
    assert replaced(replace(example, seals=(seal,))) is None
    signed = as_signed(seal, KeyRing())
    assert canonical.content(signed)["services"] == canonical.content(example)["services"]
    assert compare(draft, TODAY, signed).differences.keys() == compare(example, TODAY).differences.keys()


def test_what_a_seal_no_longer_proves_is_not_read_as_signed(example, seal_of):
    seal = seal_of(example)
    changed = replace(seal, content=seal.content.replace("Desk", "Disk"))
    assert changed.content != seal.content
    assert as_signed(changed, KeyRing()) is None
    assert as_signed(replace(seal, content="{"), KeyRing()) is None


@pytest.fixture
def seal_of():
    from datetime import datetime, timezone

    from sm_planner.engine.sealing import seal

    def make(plan):
        at = datetime(2027, 1, 4, 9, tzinfo=timezone.utc)
        return seal.make(plan, signer=plan.people[0].id, signed_at=at, meaning="Approved", channel="Desk")

    return make


@cache
def large() -> Plan:
    """300 services of 12 teams, each with a component of its own, an SLA each and an OLA a team; some come and some go."""
    hours = tuple(CalendarWindow(weekday=day, opens="08:00", closes="18:00") for day in WEEKDAYS[:5])
    statuses = {0: "Pipeline", 1: "Retiring"}
    services = tuple(
        Service(
            id=f"s{n:03}",
            title=f"Service {n}",
            status=statuses.get(n % 30, "Live"),
            importance=GRADES[n % 4] if n % 9 else "",
            teams=(f"t{n % 12}",),
            support_tiers=(SupportTier(tier=1, team="desk"), SupportTier(tier=2, team=f"t{n % 12}")),
            customers=(f"c{n % 5}",),
        )
        for n in range(300)
    )
    resolution = {"metric": "Resolution", "unit": "Hours"}
    return Plan(
        id="large",
        period_start=date(2027, 1, 1),
        calendars=(Calendar(id="week", timezone="Europe/Dublin", windows=hours),),
        stakeholders=tuple(Stakeholder(id=f"c{n}", kind="Customer") for n in range(5)),
        teams=(Team(id="desk"), *(Team(id=f"t{n}", title=f"Team {n}") for n in range(12))),
        services=services,
        components=tuple(
            Component(id=f"k{n:03}", services=(f"s{n:03}",), team=f"t{n % 12}") for n in range(300)
        ),
        agreements=(
            *(
                Agreement(
                    id=f"sla{n:03}",
                    kind="SLA",
                    status="Active",
                    customer=f"c{n % 5}",
                    service_hours="week",
                    scope=(AgreementScope(service=f"s{n:03}"),),
                    targets=(AgreementTarget(value=10 + n % 7, **resolution),),
                )
                for n in range(300)
            ),
            *(
                Agreement(
                    id=f"ola{n}",
                    kind="OLA",
                    status="Active",
                    team=f"t{n}",
                    service_hours="week",
                    targets=(AgreementTarget(value=6 + n % 6, **resolution),),
                )
                for n in range(12)
            ),
            Agreement(
                id="ola-desk",
                kind="OLA",
                status="Active",
                team="desk",
                service_hours="week",
                targets=(
                    AgreementTarget(value=1, **resolution),
                    AgreementTarget(metric="Hand-over", value=1, unit="Hours"),
                ),
            ),
        ),
    )


def test_a_page_of_a_large_plan_is_bounded():
    first = page_of(large())
    assert len(first["pages"]) >= 10
    for number in (1, len(first["pages"])):
        page = page_of(large(), number=number)
        assert page["page"] == number
        assert len(boxes_of(page)) + sum(lane["left_out"] > 0 for lane in page["lanes"]) <= 60
        assert len(json.dumps(page)) < 60_000
    assert page_of(large(), number=999)["page"] == len(first["pages"])


def test_every_service_of_a_large_plan_stands_on_one_page():
    compared, result = compare(large(), TODAY), checks.check(large(), TODAY)
    for by in ("team", "importance"):
        pages = len(interactive.page_of(compared, large(), TODAY, result, by, 1, say)["pages"])
        shown = [
            (box["id"], box["number"])
            for number in range(1, pages + 1)
            for box in boxes_of(
                interactive.page_of(compared, large(), TODAY, result, by, number, say)
            ).values()
            if box["collection"] == "services"
        ]
        assert sorted(id for id, _ in shown) == [service.id for service in large().services]
        assert [number for _, number in shown] == list(range(1, 301))


def test_by_importance_the_most_important_come_first():
    page = page_of(large(), "importance")
    assert page["pages"][0].startswith("Critical")
    assert page["pages"][-1].startswith("No Importance Given")
    importances = {box["importance"] for box in boxes_of(page).values() if box["collection"] == "services"}
    assert importances == {"Critical"}


def test_what_differs_is_counted_over_all_pages():
    assert page_of(large())["counts"][COMES] == 20  # ten services, each with its component
    assert page_of(large())["counts"][GOES] == 20


def test_a_search_finds_a_box_on_its_page():
    compared = compare(large(), TODAY)
    (found,) = interactive.search(compared, "team", "SERVICE 299")
    assert found["key"] == "services/services/s299"
    assert found["key"] in boxes_of(page_of(large(), number=found["page"]))
    assert interactive.place_of(compared, "team", "services/s299") == (found["key"], found["page"])
    assert interactive.search(compared, "team", " ") == []
    assert interactive.search(compared, "team", "no such service") == []
    assert len(interactive.search(compared, "team", "service")) == interactive.FOUND
    assert interactive.place_of(compared, "team", "services/none") is None


def test_the_weakest_link_of_a_service_in_numbers(example):
    told = carrying.carrying(example, TODAY, "services", "imaging", say)
    first = told["promises"][0]
    assert first["verdict_key"] == "Infeasible"
    assert first["margin"] == "81 h 10 min late at worst"
    assert first["decides"] == "Image archive and worklist, run by LumenRay"
    assert told["weakest"] == (
        "Diagnostic Imaging, Resolution P1 5 Hours: Infeasible, 81 h 10 min late at worst. "
        "“Image archive and worklist, run by LumenRay” decides."
    )
    assert sum(told["counts"].values()) == len(told["promises"])
    assert {one["service_id"] for one in told["promises"]} == {"imaging"}


def test_the_order_of_weakness_is_that_of_verdict_and_slack(example):
    ordered = by_weakness(beneath(example, TODAY).results)
    verdicts = [result.verdict for result in ordered]
    assert verdicts == sorted(
        verdicts, key=[Feasibility.INFEASIBLE, Feasibility.UNKNOWN, Feasibility.FEASIBLE].index
    )
    late = [slack_share(one) for one in ordered if one.verdict is Feasibility.INFEASIBLE]
    assert late == sorted(late)
    assert all(share < 0 for share in late)
    for result in ordered:
        if result.verdict is Feasibility.FEASIBLE:
            assert slack_share(result) >= 0
            assert decides(result).id in beneath(example, TODAY).carriers(result)
            assert str(margin(result))


def test_unknown_says_why_and_what_to_ask():
    silent = replace(
        large(), agreements=tuple(one for one in large().agreements if not one.id.startswith("ola"))
    )
    told = carrying.carrying(silent, TODAY, "services", "s002", say)
    assert told["promises"][0]["verdict_key"] == "Unknown"
    assert told["promises"][0]["unknown"]
    assert told["promises"][0]["ask"]
    assert told["promises"][0]["decides"] == ""
    assert "Unknown" in told["weakest"]


def test_figures_of_a_large_plan_are_those_of_a_hand():
    """12 h are promised of service 2 (10 + 2), the desk hands over after 1 h, team 2 takes 8 h: 3 h are left."""
    told = carrying.carrying(large(), TODAY, "services", "s002", say)
    assert [(one["promised"], one["verdict_key"], one["margin"]) for one in told["promises"]] == [
        ("12 Hours", "Feasible", "3 h left at worst")
    ]
    assert told["promises"][0]["decides_id"] == "ola2"


def test_a_team_carries_what_rests_on_its_agreement():
    told = carrying.carrying(large(), TODAY, "teams", "t5", say)
    resting = {one["service_id"] for one in told["promises"]}
    assert resting == {f"s{n:03}" for n in range(5, 300, 12)}
    assert [one["id"] for one in told["agreements"]] == ["ola5"]
    desk = carrying.carrying(large(), TODAY, "teams", "desk", say)
    assert len(desk["promises"]) == carrying.MOST
    assert len(desk["promises"]) + desk["more"] == 300
    assert len(json.dumps(desk)) < 60_000


@pytest.mark.parametrize(
    ("collection", "id", "says"),
    [
        ("teams", "idle", "No OLA in force binds this team"),
        ("suppliers", "idle", "No contract in force binds this supplier"),
        ("services", "idle", "No SLA in force promises anything for this service"),
        ("components", "idle", "No SLA in force promises anything for its services"),
        ("stakeholders", "idle", "No SLA in force promises anything for its services"),
    ],
)
def test_nothing_carried_is_said_with_its_reason(collection, id, says):
    plan = Plan(
        id="p",
        teams=(Team(id="idle"),),
        suppliers=(Supplier(id="idle"),),
        services=(Service(id="idle"),),
        components=(Component(id="idle"),),
        stakeholders=(Stakeholder(id="idle"),),
    )
    told = carrying.carrying(plan, TODAY, collection, id, say)
    assert told["empty"].startswith(says)
    assert (told["promises"], told["weakest"]) == ([], "")


def test_an_external_team_is_bound_by_the_contract_of_its_supplier(example):
    told = carrying.carrying(example, TODAY, "teams", "lumenray-support", say)
    supplier = carrying.carrying(example, TODAY, "suppliers", "lumenray", say)
    assert told["agreements"] == supplier["agreements"] != []
    assert told["promises"] == supplier["promises"] != []


def test_a_customer_and_a_component_have_the_promises_of_their_services(example):
    told = carrying.carrying(example, TODAY, "components", "dictation-server", say)
    assert {one["service_id"] for one in told["promises"]} == {"dictation"}
    told = carrying.carrying(example, TODAY, "stakeholders", "ward-staff", say)
    uses = {one.id for one in example.services if "ward-staff" in one.customers}
    assert {one["service_id"] for one in told["promises"]} <= uses
    assert told["promises"]
