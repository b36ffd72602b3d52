"""Roster Coverage: what each kind of rows says, of a plan with holes, missing people and somebody on two shifts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sm_planner.engine import plan_file
from sm_planner.engine.model import Plan
from sm_planner.engine.model.rosters import Shift
from sm_planner.engine.model.services import SupportTier
from sm_planner.reports import REPORTS, roster_coverage

TODAY = date(2026, 11, 29)
PLAN = """
plan: {id: p, title: P, period_start: 2027-01-04, period_end: 2027-12-26}
people: [{id: ann, title: Ann}]
calendars:
  - id: day
    title: Day
    timezone: Europe/Berlin
    windows: [{weekday: Friday, opens: "08:00", closes: "20:00"}, {weekday: Saturday, opens: "08:00", closes: "20:00"}]
teams:
  - {id: desk, title: Desk, members: [{person: ann}]}
  - {id: experts, title: Experts}
services:
  - id: chat
    title: Chat
    customer_facing: true
    after_hours_cover: On Call
    support_tiers: [{tier: 1, team: desk}]
  - id: mail
    title: E-mail
    customer_facing: true
    support_tiers: [{tier: 1, team: desk}, {tier: 2, team: experts}]
agreements:
  - {id: a, kind: SLA, service_hours: day, scope: [{service: mail}, {service: chat}]}
rosters:
  - id: week
    title: Week
    team: desk
    shifts:
      - {days: Friday, from_time: "08:00", to_time: "20:00", person: ann}
      - {days: Saturday, from_time: "08:00", to_time: "18:00", needed: 2}
      - {days: Friday, from_time: "19:00", to_time: "08:00", on_call: true, person: ann}
improvements: [{id: hire, title: Hire somebody, team: desk}]
"""


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plan_file.loads(PLAN, "case")


def cells(plan: Plan, show: str, *names: str) -> list[list[str]]:
    table = roster_coverage.report(plan, TODAY, show=show).as_dict()
    return [[str(row[name]) for name in names] for row in table["rows"]]


def test_holes_and_tiers_without_a_roster(plan):
    assert cells(plan, "Service Hours", "title", "tier", "hole", "hours", "weeks", "duty") == [
        ["Chat", "1", "Saturday 18:00 to 20:00", "2.0", "each week", "22.0"],
        ["E-mail", "1", "Saturday 18:00 to 20:00", "2.0", "each week", "22.0"],
        ["E-mail", "2", "no roster", "24.0", "", "0.0"],
    ]


def test_after_hours(plan):
    found = cells(plan, "After Hours", "title", "teams", "window", "hole", "on_call")
    assert found[0] == ["Chat", "Desk: Ann", "after hours: On Call", "Monday 00:00 to Friday 08:00", "12.0"]
    assert found[-1] == ["E-mail", "Desk: Ann", "after hours: not decided", "none", "12.0"]


def test_teams_and_who_is_on_two_shifts(plan):
    assert cells(plan, "Teams", "title", "window", "hole", "duty", "needed", "there", "action") == [
        ["Desk", "Week", "people missing: 1", "32.0", "2", "1", "Hire somebody"],
        ["Experts", "", "", "None", "None", "0", ""],
    ]
    assert cells(plan, "Two Shifts at Once", "title", "window", "hole") == [
        ["Ann", "Friday 08:00 to 20:00; Friday 19:00 to 08:00 (on call)", "on both: Friday 19:00"]
    ]


def test_what_stands_above_and_what_comes_next(plan):
    table = roster_coverage.report(plan, TODAY).as_dict()
    assert [figure["value"] for figure in table["summary"]] == [4, 0, 0, 0, 1]
    assert table["message"] == (
        "The greatest hole: “Chat”, tier 1, Saturday 18:00 to 20:00. Add a shift, on duty or on call."
    )
    assert table["chart"]["reading"] == "Of the hours shown, 28 a week have nobody."


def test_no_hour_is_called_covered_where_a_first_contact_has_no_roster(plan):
    [week] = plan.rosters
    always = Shift(days="Every Day", from_time="00:00", to_time="24:00", person="ann")
    [_chat, mail] = plan.services
    mail = replace(mail, support_tiers=(SupportTier(tier=1, team="experts"),))
    services, rosters = (plan.services[0], mail), (replace(week, shifts=(always, always)),)
    table = roster_coverage.report(replace(plan, services=services, rosters=rosters), TODAY).as_dict()
    assert table["message"] == "“E-mail”: the first contact, Experts, has no roster that can be counted."


def test_a_plan_without_a_roster():
    table = REPORTS["roster-coverage"].run(Plan(id="p"), TODAY).as_dict()
    assert (table["rows"], table["chart"]) == ([], None)
    assert table["message"].startswith("There is no roster yet.")
