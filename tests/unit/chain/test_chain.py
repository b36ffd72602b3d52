"""Chains of a plan: which legs stand beneath a target, over which time they are judged, and what is told."""

from __future__ import annotations

import gc
import json
import weakref
from dataclasses import replace
from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from sm_planner.cli import cli
from sm_planner.engine import plan_file
from sm_planner.engine.chain import Feasibility, beneath, chains
from sm_planner.engine.chain.clockwork import KEPT, clockwork
from sm_planner.engine.chain.words import duration, moment, part_of, percent, percent_up
from sm_planner.engine.checks import check
from sm_planner.engine.examples import example_path
from sm_planner.engine.model import Agreement, Plan, ServiceDependency, Team
from sm_planner.engine.service_time.calendars import hours_of
from sm_planner.engine.texts import Text
from sm_planner.reports import REPORTS

TODAY, LATE = date(2027, 2, 1), date(2040, 1, 1)
DAY = 86_400

PLAN = """
plan: {id: p, period_start: 2027-01-01}
calendars:
  - id: office
    title: Office Hours
    timezone: Europe/Dublin
    windows: [{weekday: Monday, opens: "09:00", closes: "17:00"}, {weekday: Tuesday, opens: "09:00", closes: "17:00"}]
teams:
  - {id: desk, title: Desk}
  - {id: experts, title: Experts}
  - {id: field, title: Field Service, kind: External, supplier: makers}
suppliers: [{id: makers, title: Makers}]
services:
  - {id: mail, title: E-mail, support_tiers: [{tier: 1, team: desk}, {tier: 2, team: experts}], dependencies: [{service: net}]}
  - {id: net, title: Network}
components:
  - {id: server, title: Server, services: [mail], team: experts}
  - {id: line, title: Line, services: [net], team: desk, supplier: makers}
  - {id: radio, title: Radio, services: [net], team: field}
agreements:
  - {id: sla, title: For Shops, kind: SLA, service_hours: office, scope: [{service: mail}], targets: [{metric: Resolution, value: 40, unit: Hours}]}
  - {id: desk-ola, kind: OLA, team: desk, service_hours: office, targets: [{metric: Resolution, value: 1, unit: Hours}]}
  - {id: experts-ola, kind: OLA, team: experts, service_hours: office, targets: [{metric: Response, value: 2, unit: Hours}]}
  - {id: makers-uc, kind: UC, supplier: makers, service_hours: office, targets: [{metric: Resolution, value: 3, unit: Hours}]}
"""


@pytest.fixture
def plan() -> Plan:
    return plan_file.loads(PLAN, "test")


def changed(plan: Plan, collection: str, id: str, **fields) -> Plan:
    records = [replace(item, **fields) if item.id == id else item for item in getattr(plan, collection)]
    return replace(plan, **{collection: tuple(records)})


def with_target(plan: Plan, agreement: str, **fields) -> Plan:
    target = plan.get("agreements", agreement).targets[0]
    return changed(plan, "agreements", agreement, targets=(replace(target, **fields),))


def only(plan: Plan, today: date = TODAY):
    (result,) = chains(plan, today)
    return result


def agreements_of(result) -> list[list[list[str]]]:
    """Of the way that passes all tiers."""
    return [[[leg.agreement.id for leg in branch] for branch in stage] for stage in result.ways[-1].stages]


# What is beneath


def test_tiers_come_first_then_what_is_run_by_others(plan):
    result = only(plan)
    # The experts only take over; of the line, the desk was asked already; line and radio are the makers' alike.
    assert agreements_of(result) == [[["desk-ola"]], [["experts-ola"]], [["makers-uc"]]]
    assert result.verdict is Feasibility.UNKNOWN
    assert [str(gap.text) for gap in result.gaps] == ["“experts-ola” promises no Resolution."]


def test_a_team_and_a_supplier_work_on_a_component_one_after_the_other(plan):
    result = only(changed(plan, "services", "mail", support_tiers=()))
    (parts,) = agreements_of(result)
    assert sorted(parts) == [["desk-ola", "makers-uc"], ["makers-uc"]]


def test_the_agreement_that_names_the_work_most_closely_counts(plan):
    closer = """
  - {id: everywhere, kind: UC, supplier: makers, service_hours: office, targets: [{metric: Resolution, value: 1, unit: Hours}]}
  - {id: for-net, kind: UC, supplier: makers, service_hours: office, scope: [{service: net}], targets: [{metric: Resolution, value: 1, unit: Hours}]}
  - {id: for-radio, kind: UC, supplier: makers, service_hours: office, scope: [{component: radio}], targets: [{metric: Response, value: 1, unit: Hours}]}
  - {id: for-mail, kind: OLA, team: experts, service_hours: office, scope: [{service: mail}], targets: [{metric: Resolution, value: 1, unit: Hours}]}
"""
    of = plan_file.loads(PLAN + closer, "test")
    found = beneath(of, TODAY)
    (radio,) = found.underpinning.of_part(of.get("components", "radio"))
    assert [agreement.id for agreement in radio.agreements] == [
        "for-radio",
        "for-net",
        "makers-uc",
        "everywhere",
    ]
    # For the radio itself no resolution is promised, so that the next closest counts.
    leg = found.finder.legs(of.get("services", "net"), "Resolution", "").parts[-1][-1]
    assert leg.agreement.id == "for-net"
    _, (team, experts) = (tier[0] for tier in found.finder.tiers(of.get("services", "mail")))
    assert (team.id, experts[0].agreements[0].id) == ("experts", "for-mail")


def test_a_target_for_all_priorities_is_judged_for_those_that_the_plan_uses(plan):
    used = with_target(with_target(plan, "desk-ola", priority="P2"), "makers-uc", priority="P4")
    used = changed(
        used,
        "agreements",
        "sla",
        targets=(
            *used.get("agreements", "sla").targets,
            replace(used.agreements[0].targets[0], priority="P4"),
        ),
    )
    assert [str(result.name) for result in chains(used, TODAY)] == ["Resolution P2", "Resolution P4"]


def test_a_team_of_a_supplier_that_is_not_named_is_missing(plan):
    stranger = changed(plan, "teams", "desk", kind="External")
    assert "“Desk” is a supplier's team, but the supplier is not named." in [
        str(gap.text) for gap in only(stranger).gaps
    ]
    assert isinstance(stranger.get("teams", "desk"), Team)


# Over which time


def test_starts_are_those_of_a_year_while_the_sla_holds(plan):
    solution = only(plan).timing.solution
    dublin = "Europe/Dublin"
    assert str(moment(solution.first, dublin)) == "Friday 2027-01-01 00:00"
    assert str(moment(solution.last, dublin)) == "Sunday 2028-01-02 00:00"

    ending = changed(plan, "agreements", "sla", start_date=date(2027, 1, 11), end_date=date(2027, 1, 12))
    solution = only(ending, date(2027, 1, 11)).timing.solution
    assert str(moment(solution.first, dublin)) == "Monday 2027-01-11 00:00"
    assert solution.starts == 16 * 3_600


def test_a_budget_of_years_is_followed_to_its_end(plan):
    slow = with_target(plan, "makers-uc", value=16.0 * 60)  # sixty weeks of two days
    result = only(slow)
    timing = result.told_timing  # even if the desk hands over at once
    assert result.timing.solution.worst_slack < timing.solution.worst_slack
    assert not timing.cut_short
    assert timing.solution.worst_slack < -54 * 7 * DAY
    assert timing.guilty.leg.agreement.id == "makers-uc"
    assert timing.remedy == 37 * 3_600


def test_hours_that_end_cut_the_starts_short(plan):
    ending = changed(plan, "calendars", "office", valid_until=date(2027, 6, 30))
    timing = only(ending).timing
    assert timing.cut_short
    # Forty hours after Tuesday 09:00 end with the last window, those after any later second beyond it.
    assert str(moment(timing.solution.last, timing.zone)) == "Tuesday 2027-06-15 09:00:01"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        (
            {"valid_until": date(2026, 6, 30)},
            "The calendar “Office Hours” is not valid on any day from 2026-12-31 to",
        ),
        (
            {"valid_until": date(2027, 1, 5)},
            "No ticket that starts in the hours of “Office Hours” can be followed",
        ),
        ({"timezone": ""}, "The calendar “Office Hours” has no time zone."),
    ],
)
def test_hours_that_are_not_known_leave_the_verdict_open(plan, fields, reason):
    result = only(changed(plan, "calendars", "office", **fields))
    assert result.verdict is Feasibility.UNKNOWN
    assert result.timing is None
    assert any(str(gap.text).startswith(reason) for gap in result.gaps)


def test_the_plan_is_traced_once_a_day(plan):
    assert beneath(plan, TODAY) is beneath(plan, TODAY)
    assert beneath(plan, TODAY) is not beneath(plan, date(2027, 2, 2))
    assert chains(replace(plan), TODAY) is not chains(plan, TODAY)


def test_plans_with_the_same_calendars_share_their_clocks(plan):
    renamed = replace(plan, title="Another")
    later = replace(plan, calendars=tuple(replace(one, valid_until=LATE) for one in plan.calendars))
    clock = beneath(plan, TODAY).timer.hours("office")
    assert beneath(renamed, TODAY).timer.hours("office") is clock
    assert beneath(later, TODAY).timer.hours("office") is not clock


def test_clocks_outlive_their_plan_only_until_a_few_others_were_asked_for():
    plan = plan_file.loads(PLAN, "test")
    chains(plan, TODAY)
    clocks = [beneath(plan, TODAY).timer.hours("office"), beneath(plan, TODAY).timer.hours("office").clock]
    hours = [weakref.ref(clock) for clock in clocks]
    del plan, clocks
    for day in range(KEPT):
        clockwork((), TODAY + timedelta(days=day))
    gc.collect()
    assert [one() for one in hours] == [None, None]


# The example


@pytest.fixture(scope="module")
def imaging(example):
    return next(
        result
        for result in chains(example, TODAY)
        if (result.service.id, str(result.name), result.agreement.id)
        == ("imaging", "Resolution P1", "sla-diagnostics-wards")
    )


def test_the_night_and_weekend_fault_of_the_example_is_found_with_its_cause(imaging):
    assert imaging.verdict is Feasibility.INFEASIBLE
    assert imaging.timing.guilty.leg.agreement.id == "uc-lumenray"
    assert imaging.told_timing.remedy is None
    assert imaging.told_timing.remedy_in_hours is not None


def test_the_example_by_a_sweep_of_quarters(example, imaging):
    clocks = {
        calendar.id: hours_of(calendar, example).compile(date(2027, 1, 1), date(2028, 6, 30))
        for calendar in example.calendars
    }

    def end(start: int) -> int:
        way_ends = []
        for way in imaging.ways:
            begun = start
            for stage in way.stages:
                ends = []
                for branch in stage:
                    at = begun
                    for leg in branch:
                        at = clocks[leg.calendar].due(at, leg.budget)
                    ends.append(at)
                begun = max(ends)
            way_ends.append(begun)
        return max(way_ends)

    solution, always = imaging.timing.solution, clocks["round-the-clock"]
    slacks = [always.due(at, 5 * 3_600) - end(at) for at in range(solution.first, solution.last, 900)]
    assert solution.worst_slack <= min(slacks) <= solution.worst_slack + 900
    late = sum(slack < 0 for slack in slacks) / len(slacks)
    assert solution.late / solution.starts == pytest.approx(late, abs=0.01)


# What is told


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (90, "1 min 30 s"), (3_600, "1 h"), (-223_200, "−62 h"), (5_400, "1 h 30 min")],
)
def test_durations_are_written_exactly(seconds, words):
    assert duration(seconds) == words


def test_shares_are_never_written_as_more_than_they_are():
    assert percent(0.999**3) == "99.700299"
    assert percent(0.999999999) == "99.999999"
    assert percent_up(0.997002999) == "99.7003"
    assert percent(0.9995) == percent_up(0.9995) == "99.95"
    assert [part_of(part, 1_000_000) for part in (0, 1, 125_000, 999_999, 1_000_000)] == [
        "0", "0.01", "12.5", "99.99", "100",
    ]  # fmt: skip


def test_the_report_shows_what_cannot_be_kept_first(example):
    report = REPORTS["chain-feasibility"].run
    table = report(example, TODAY)
    verdicts = [str(row["verdict"]) for row in table.rows]
    assert verdicts == sorted(verdicts, key=["Infeasible", "Unknown", "Feasible", "Not judged"].index)
    judged = [verdict for verdict in verdicts if verdict != "Not judged"]
    assert sum(figure.value for figure in table.summary[1:4]) == table.summary[0].value == len(judged)
    assert sum(figure.value for figure in table.summary[1:]) == len(verdicts)

    wards = report(example, TODAY, agreement="sla-diagnostics-wards", service="imaging", verdict="Infeasible")
    row = next(row for row in wards.rows if str(row["target"]) == "Resolution P1")
    assert row["cause_id"] == "uc-lumenray"
    assert row["worst_slack_seconds"] < 0
    assert "in the hours of the SLA" in str(row["remedy"])
    assert " → " in str(row["legs"])
    assert str(report(example, TODAY, agreement="none").message).startswith("No SLA is in force")


def test_the_report_shows_availability_and_recovery(plan):
    figures = """
  - id: sla-net
    title: Network
    kind: SLA
    scope: [{service: net}]
    targets: [{metric: Availability, value: 99.9, unit: Percent}, {metric: Recovery Time, value: 1, unit: Hours}]
  - id: weak
    title: Weak
    kind: UC
    supplier: makers
    scope: [{component: radio}, {component: line}]
    targets: [{metric: Availability, value: 98, unit: Percent}, {metric: Recovery Time, value: 2, unit: Hours}]
"""
    table = REPORTS["chain-feasibility"].run(
        plan_file.loads(PLAN + figures, "test"), TODAY, agreement="sla-net"
    )
    share, recovery = table.rows
    assert (str(share["legs"]), str(share["cause"]), str(share["remedy"])) == (
        "96.04 %",
        "Line, Weak: 98 %",
        "No value of it alone",
    )
    assert str(recovery["cause"]) == "Line, Weak: 2 Hours"
    assert str(table.message).startswith("2 of 2 promises cannot be kept")


def test_the_command_shows_one_agreement_and_answers_with_one_if_it_cannot_be_kept():
    arguments = ["chain", str(example_path("example")), "--as-of", "2027-02-01", "--agreement"]
    shown = CliRunner().invoke(cli, [*arguments, "sla-diagnostics-wards"])
    assert shown.exit_code == 1
    assert "Infeasible" in shown.output

    kept = CliRunner().invoke(cli, [*arguments, "sla-patient-record", "--json"])
    assert kept.exit_code == 0
    assert {row["agreement_id"] for row in json.loads(kept.stdout)["rows"]} == {"sla-patient-record"}


def test_a_plan_without_sla_has_no_chain():
    assert chains(Plan(id="p", agreements=(Agreement(id="a", kind="OLA"),)), TODAY) == ()


def test_a_service_that_rests_on_nothing_but_itself_has_no_verdict(plan):
    circle = changed(plan, "services", "net", dependencies=(ServiceDependency(service="mail"),))
    circle = replace(circle, components=())
    for metric, unit in (("Resolution", "Hours"), ("Availability", "Percent"), ("Recovery Time", "Hours")):
        result = only(with_target(circle, "sla", metric=metric, unit=unit))

        assert result.verdict is Feasibility.UNKNOWN
        assert str(result.gaps[0].text) == "“E-mail” depends only on services that depend on it."


def test_a_reason_within_a_finding_is_translated_too(plan):
    finding = next(found for found in check(plan, TODAY).findings if found.code == "CHN-03")

    told = Text(finding.message, finding.args).translated(str.upper)

    assert told.startswith(
        "“experts-ola” PROMISES NO RESOLUTION. THEREFORE IT IS NOT KNOWN WHETHER “For Shops” CAN"
    )
    assert finding.text.startswith(
        "“experts-ola” promises no Resolution. Therefore it is not known whether “For Shops”"
    )
    assert (finding.record.id, finding.field) == ("experts-ola", "targets")
    assert str(finding.advice) == "Ask “Experts” for a resolution time on “Server”."
