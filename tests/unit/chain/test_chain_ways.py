"""Ways of a ticket by hand: hand-overs and their readings, shares of cases, averages, and whose word is missing."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from sm_planner.engine import plan_file
from sm_planner.engine.chain import ChainResult, Feasibility, chains
from sm_planner.reports import REPORTS

TODAY = date(2027, 2, 1)
HOUR = 3_600

PLAN = """
plan: {{id: p, period_start: 2027-01-01}}
calendars:
  - id: always
    timezone: UTC
    windows: [{week}]
  - id: office
    timezone: UTC
    windows: [{{weekday: Monday, opens: "09:00", closes: "17:00"}}]
teams: [{{id: desk, title: Desk}}, {{id: experts, title: Experts}}]
suppliers: [{{id: lines, title: Long Lines}}]
services:
  - {{id: shop, title: Web Shop, support_tiers: [{{tier: 1, team: desk}}, {{tier: 2, team: experts}}], dependencies: [{{service: net}}]}}
  - {{id: net, title: Network}}
components:
  - {{id: line, title: Line, services: [net], supplier: lines}}
agreements:
  - {{id: sla, title: For Shops, kind: SLA, service_hours: always, scope: [{{service: shop}}], targets: [{sla}]}}
  - {{id: desk-ola, title: Front, kind: OLA, team: desk, service_hours: always, targets: [{desk}]}}
  - {{id: experts-ola, title: Depth, kind: OLA, team: experts, service_hours: always, targets: [{experts}]}}
  - {{id: lines-uc, title: Upkeep, kind: UC, supplier: lines, service_hours: always, targets: [{lines}]}}
"""
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEK = ", ".join(f'{{weekday: {day}, opens: "00:00", closes: "24:00"}}' for day in DAYS)


def hours(metric: str, value: float, **more: object) -> str:
    fields = {"metric": metric, "value": value, "unit": "Hours", **more}
    return "{" + ", ".join(f"{name}: {field}" for name, field in fields.items()) + "}"


def judged(*, sla: str, desk: str, experts: str, lines: str) -> list[ChainResult]:
    text = PLAN.format(week=WEEK, sla=sla, desk=desk, experts=experts, lines=lines)
    return list(chains(plan_file.loads(text, "test"), TODAY))


def titles(result: ChainResult) -> list[str]:
    return [
        " ".join(
            f"{leg.agreement.title}:{leg.target.metric}"
            for stage in way.stages
            for one in stage
            for leg in one
        )
        for way in result.ways
    ]


def test_a_ticket_is_handed_over_until_a_tier_solves_it_or_the_part_is_mended():
    (result,) = judged(
        sla=hours("Resolution", 9),
        desk=f"{hours('Resolution', 8)}, {hours('Hand-over', 1)}",
        experts=f"{hours('Resolution', 4)}, {hours('Hand-over', 2)}",
        lines=hours("Resolution", 5),
    )
    assert titles(result) == [
        "Front:Resolution",
        "Front:Hand-over Depth:Resolution",
        "Front:Hand-over Depth:Hand-over Upkeep:Resolution",
    ]
    # 8 h, 1 + 4 h, and 1 + 2 + 5 h: the latest decides, not the 8 + 4 + 5 h of all of them.
    assert (result.verdict, result.timing.solution.worst_slack) == (Feasibility.FEASIBLE, HOUR)
    assert result.at_once is None


def test_a_tier_that_is_slow_to_solve_is_late_on_its_own_way():
    (result,) = judged(
        sla=hours("Resolution", 7),
        desk=f"{hours('Resolution', 8)}, {hours('Hand-over', 1)}",
        experts=f"{hours('Resolution', 4)}, {hours('Hand-over', 1)}",
        lines=hours("Resolution", 5),
    )
    assert result.verdict is Feasibility.INFEASIBLE
    assert (result.timing.guilty.leg.agreement.id, result.timing.remedy) == ("desk-ola", 7 * HOUR)


@pytest.mark.parametrize(
    ("promised", "verdict", "at_once", "after"),
    [
        (12, Feasibility.FEASIBLE, None, 0),
        (9, Feasibility.UNKNOWN, 2 * HOUR, -3 * HOUR),
        (6, Feasibility.INFEASIBLE, -HOUR, -6 * HOUR),
    ],
)
def test_without_a_hand_over_time_both_readings_are_shown(promised, verdict, at_once, after):
    (result,) = judged(
        sla=hours("Resolution", promised, priority="P2"),
        desk=hours("Resolution", 5),
        experts=hours("Response", 2),
        lines=hours("Resolution", 5),
    )
    assert result.verdict is verdict
    assert result.timing.solution.worst_slack == after
    assert (result.at_once and result.at_once.solution.worst_slack) == at_once
    said = {
        None: [],
        2 * HOUR: ["in time if at once, 3 h late if only after its resolution time."],
        -HOUR: ["1 h late if at once, 6 h late if only after its resolution time."],
    }[at_once]
    begins = "“Desk” does not say how long it keeps a ticket before it hands it over: "
    assert [str(gap.text) for gap in result.gaps] == [begins + one for one in said]
    assert [str(gap.fix) for gap in result.gaps] == ["Ask “Desk” for a hand-over time for P2."] * len(said)


def test_a_remedy_is_enough_however_long_a_ticket_is_kept():
    (result,) = judged(
        sla=hours("Resolution", 6),
        desk=hours("Resolution", 2),
        experts=hours("Hand-over", 1),
        lines=hours("Resolution", 8),
    )
    told = result.told_timing
    assert (told is result.at_once, told.solution.worst_slack, told.remedy) == (True, -3 * HOUR, 3 * HOUR)


@pytest.mark.parametrize(
    ("promised", "verdict"),
    [(85, Feasibility.FEASIBLE), (85.5, Feasibility.UNKNOWN), (86, Feasibility.INFEASIBLE)],
)
def test_shares_one_after_the_other(promised, verdict):
    (result,) = judged(
        sla=hours("Resolution", 8, share_of_cases=promised),
        desk=hours("Hand-over", 1, share_of_cases=95),
        experts=hours("Hand-over", 1),
        lines=hours("Resolution", 4, share_of_cases=90),
    )
    assert result.verdict is verdict
    composed = result.composed
    assert (composed.certain, composed.independent) == (Fraction(85, 100), Fraction(855, 1_000))
    assert (composed.costliest.agreement.id, composed.missing) == ("lines-uc", Fraction(1, 10))
    if verdict is not Feasibility.FEASIBLE:
        assert composed.remedy_share == Fraction(str(promised)) / 100 - Fraction(95, 100) + 1


def test_several_rows_of_a_leg_are_chosen_from():
    # In 8 h: "80 % within 1 h" leaves room for "95 % within 6 h"; "all within 3 h" only for "70 % within 4 h".
    (result,) = judged(
        sla=hours("Resolution", 8, share_of_cases=70),
        desk=f"{hours('Hand-over', 1, share_of_cases=80)}, {hours('Hand-over', 3)}",
        experts=hours("Hand-over", 1),
        lines=f"{hours('Resolution', 4, share_of_cases=70)}, {hours('Resolution', 6, share_of_cases=95)}",
    )
    assert result.composed.certain == Fraction(75, 100)
    # In time: 80 % of 95 %, and of the other 20 % those 70 %.
    assert result.composed.independent == Fraction(80 * 95 + 20 * 70, 10_000)


@pytest.mark.parametrize(("rows", "many"), [((9, 9, 3), False), ((9, 9, 4), True)])
def test_more_than_243_choices_of_rows_are_not_looked_at(rows, many):
    def several(metric: str, number: int) -> str:
        return ", ".join(hours(metric, value, share_of_cases=10 * value) for value in range(1, number + 1))

    (result,) = judged(
        sla=hours("Resolution", 8, share_of_cases=90),
        desk=several("Hand-over", rows[0]),
        experts=several("Hand-over", rows[1]),
        lines=several("Resolution", rows[2]),
    )
    told = "Beneath “Web Shop”, too many shares of cases are promised one after the other."
    assert (result.composed is None, told in [str(gap.text) for gap in result.gaps]) == (many, many)
    assert result.verdict is (Feasibility.UNKNOWN if many else Feasibility.INFEASIBLE)


@pytest.mark.parametrize(("promised", "remedy"), [(3, "2 Days"), (2, "1 Day"), (1, "0 Days")])
@pytest.mark.parametrize("share", [90, 100])
def test_a_remedy_in_days_is_of_whole_days(promised, remedy, share):
    # Two hours before midnight the hand-overs end on the next day, from which the days of the part count.
    text = PLAN.format(
        week=WEEK,
        sla=hours("Resolution", promised, unit="Days", share_of_cases=share),
        desk=hours("Hand-over", 1),
        experts=hours("Hand-over", 1),
        lines=hours("Resolution", 5, unit="Days", share_of_cases=share),
    )
    (row,) = REPORTS["chain-feasibility"].run(plan_file.loads(text, "test"), TODAY).rows
    told = f"{share} % within {remedy} in its hours" if share < 100 else f"{remedy} in its hours"
    assert (str(row["remedy"]), row["remedy_seconds"]) == (told, None)


def test_what_is_promised_for_all_beneath_needs_no_shares():
    (result,) = judged(
        sla=hours("Resolution", 12),
        desk=hours("Hand-over", 1),
        experts=f"{hours('Hand-over', 1, share_of_cases=50)}, {hours('Hand-over', 2)}",
        lines=hours("Resolution", 8),
    )
    assert result.composed is None
    assert (result.verdict, result.timing.solution.worst_slack) == (Feasibility.FEASIBLE, HOUR)


def test_shares_and_hand_overs_in_both_readings():
    (result,) = judged(
        sla=hours("Resolution", 8, share_of_cases=90),
        desk=hours("Resolution", 5),
        experts=hours("Hand-over", 1),
        lines=hours("Resolution", 4, share_of_cases=95),
    )
    assert result.verdict is Feasibility.UNKNOWN
    assert (result.composed_at_once.certain, result.composed.certain) == (Fraction(95, 100), 0)
    assert str(result.gaps[0].text).endswith(
        "95 % in time if at once, 0 % in time if only after its resolution time."
    )


@pytest.mark.parametrize(("promised", "verdict"), [(9, Feasibility.FEASIBLE), (8.5, Feasibility.INFEASIBLE)])
def test_averages_add_up_in_the_same_hours(promised, verdict):
    (result,) = judged(
        sla=hours("Resolution", promised, statistic="Average"),
        desk=hours("Hand-over", 2, statistic="Average"),
        experts=hours("Hand-over", 3),
        lines=f"{hours('Resolution', 2, share_of_cases=50)}, {hours('Resolution', 6)}",
    )
    assert result.verdict is verdict  # 2 + 3 + (2 + 6) / 2


def test_an_average_with_a_limit_for_each_case_is_judged_twice_and_counts_by_its_limit():
    average, limit = judged(
        sla=hours("Resolution", 9, statistic="Average", bound=12),
        desk=hours("Hand-over", 2, statistic="Average", bound=4),
        experts=hours("Hand-over", 1),
        lines=hours("Resolution", 6, statistic="Average", bound=8),
    )
    assert average.verdict is Feasibility.FEASIBLE
    assert (limit.target.value, limit.verdict) == (12, Feasibility.INFEASIBLE)
    assert limit.timing.solution.worst_slack == -HOUR


def test_a_target_for_one_service_does_not_count_for_another():
    own = hours("Resolution", 3, service="net")
    (result,) = judged(
        sla=hours("Resolution", 6),
        desk=hours("Hand-over", 1),
        experts=hours("Hand-over", 1),
        lines=f"{own}, {hours('Resolution', 9)}",
    )
    assert (result.legs[-1].budget, result.verdict) == (3 * HOUR, Feasibility.FEASIBLE)
    (result,) = judged(
        sla=hours("Resolution", 6),
        desk=hours("Hand-over", 1),
        experts=hours("Hand-over", 1),
        lines=hours("Resolution", 3, service="shop"),
    )
    assert [str(gap.fix) for gap in result.gaps] == ["Ask “Long Lines” for a resolution time on “Line”."]


def test_the_report_shows_shares_and_readings():
    text = PLAN.format(
        week=WEEK,
        sla=hours("Resolution", 8, share_of_cases=96),
        desk=hours("Resolution", 1),
        experts=hours("Hand-over", 1),
        lines=hours("Resolution", 4, share_of_cases=95),
    )
    (row,) = REPORTS["chain-feasibility"].run(plan_file.loads(text, "test"), TODAY).rows
    assert (row["certain"], row["independent"]) == ("95", "95")
    assert str(row["remedy"]) == "96 % within 4 h"
    assert str(row["readings"]) == "95 % certain if at once, 95 % if only after its resolution time"
    assert row["cause_id"] == "lines-uc"
