"""Differences are told record by record, in plain words."""

import dataclasses

import pytest

from sm_planner.engine import plan_file
from sm_planner.engine.model.fields import specs
from sm_planner.engine.sealing.diff import ROW_KEYS, diff_plans

OLD = """\
plan: {id: p, title: Plan, period_end: 2027-12-31}
stakeholders: [{id: desk, title: Desk}, {id: ward, title: Ward}]
services:
  - {id: mail, title: Mail, importance: High, customers: [desk, ward]}
  - {id: fax, title: Fax}
processes: [{id: incident, title: Incident}]
roles: [{id: lead, title: Lead}]
raci: [{process: incident, service: mail, role: lead, letter: A}]
"""
NEW = """\
plan: {id: p, title: Plan, period_end: 2028-12-31, vision: Calm}
stakeholders: [{id: desk, title: Desk}, {id: ward, title: Ward}]
services:
  - {id: mail, title: Mail, customers: [desk], customer_facing: true}
  - {id: chat, title: Chat}
processes: [{id: incident, title: Incident}]
roles: [{id: lead, title: Lead}]
raci: [{process: incident, service: mail, role: lead, letter: R}]
"""


def told(old: str, new: str) -> list[str]:
    return [str(change.text) for change in diff_plans(plan_file.loads(old), plan_file.loads(new))]


def test_every_kind_of_change_is_told_in_plain_words():
    assert told(OLD, NEW) == [
        "Plan Plan: Period End was “2027-12-31” and is “2028-12-31”.",
        "Plan Plan: Vision now has “Calm”.",
        "Service Chat was added.",
        "Service Fax was removed.",
        "Service Mail: Customers no longer has “ward”.",
        "Service Mail: Importance no longer has “High”.",
        "Service Mail: Customer-facing now has “yes”.",
        "RACI Entry incident / mail / * / lead: Letter was “A” and is “R”.",
    ]


def test_the_way_back_is_as_long():
    assert len(told(NEW, OLD)) == len(told(OLD, NEW))


def test_nothing_is_told_of_equal_plans():
    assert told(OLD, OLD) == []


def test_another_order_of_rows_is_told_as_such():
    reordered = OLD.replace("[desk, ward]", "[ward, desk]")
    assert told(OLD, reordered) == ["Service Mail: Customers is in another order."]


def agreement(*targets: str) -> str:
    rows = "\n".join(f"      - {target}" for target in targets)
    return f"""\
plan: {{id: p, title: Plan}}
calendars: [{{id: office, title: Office Hours}}]
agreements:
  - id: sla
    title: SLA-3
    kind: SLA
    targets:
{rows}
"""


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        (
            "{metric: Resolution, priority: P1, value: 4, unit: Hours}",
            "{metric: Resolution, priority: P1, value: 8, unit: Hours}",
            "Resolution P1 was 4 Hours and is 8 Hours, weaker.",
        ),
        (
            "{metric: Response, value: 1, unit: Hours}",
            "{metric: Response, value: 30, unit: Minutes}",
            "Response was 1 Hour and is 30 Minutes, stronger.",
        ),
        (
            "{metric: Availability, value: 99, unit: Percent}",
            "{metric: Availability, value: 99.5, unit: Percent}",
            "Availability was 99 Percent and is 99.5 Percent, stronger.",
        ),
        (
            "{metric: Quality, value: 99, unit: Percent}",
            "{metric: Quality, value: 98, unit: Percent}",
            "Quality was 99 Percent and is 98 Percent, weaker.",
        ),
        (
            "{metric: Response, value: 1, unit: Hours}",
            "{metric: Response, value: 60, unit: Minutes}",
            "Response was 1 Hour and is 60 Minutes.",
        ),
        (
            "{metric: Response, value: 1, unit: Hours}",
            "{metric: Response, value: 1, unit: Percent}",
            "Response was 1 Hour and is 1 Percent.",
        ),
        (
            "{metric: Response}",
            "{metric: Response, value: 1, unit: Hours}",
            "Response now has “1 Hour”.",
        ),
        (
            "{metric: Response, value: 1, unit: Hours}",
            "{metric: Response}",
            "Response no longer has “1 Hour”.",
        ),
        (
            "{metric: Response, priority: P2, calendar: office, method: Call to answer}",
            "{metric: Response, priority: P2, calendar: office, method: Report to answer}",
            "Response P2 (office), Measurement Method was “Call to answer” and is “Report to answer”.",
        ),
        (
            "{metric: Response, value: 1, unit: Hours}",
            "{metric: Response, value: 1, unit: Hours, source: Tickets}",
            "Response, Data Source now has “Tickets”.",
        ),
    ],
)
def test_what_became_of_a_target_is_told_by_its_name(old, new, change):
    assert told(agreement(old), agreement(new)) == [f"Agreement SLA-3: {change}"]


def test_targets_are_known_by_metric_priority_and_calendar():
    before = agreement(
        "{metric: Response, priority: P1, value: 1, unit: Hours}",
        "{metric: Response, priority: P2, value: 2, unit: Hours}",
    )
    after = agreement(
        "{metric: Response, priority: P2, value: 3, unit: Hours}",
        "{metric: Response, priority: P1, calendar: office, value: 1, unit: Hours}",
    )
    assert told(before, after) == [
        "Agreement SLA-3: Response P2 was 2 Hours and is 3 Hours, weaker.",
        "Agreement SLA-3: Targets no longer has “Response, P1, 1, Hours”.",
        "Agreement SLA-3: Targets now has “Response, P1, 1, Hours, office”.",
    ]


def test_targets_that_cannot_be_told_apart_go_and_come():
    before = agreement(
        "{metric: Response, value: 1, unit: Hours}", "{metric: Response, value: 2, unit: Hours}"
    )
    after = agreement("{metric: Response, value: 3, unit: Hours}")
    assert told(before, after) == [
        "Agreement SLA-3: Targets no longer has “Response, 1, Hours”.",
        "Agreement SLA-3: Targets no longer has “Response, 2, Hours”.",
        "Agreement SLA-3: Targets now has “Response, 3, Hours”.",
    ]


def test_a_row_that_is_known_again_tells_what_became_of_its_parts():
    before = """\
plan: {id: p, title: Plan}
people: [{id: ana, title: Ana}, {id: bo, title: Bo}]
teams: [{id: desk, title: Desk}, {id: ops, title: Operations}]
roles: [{id: lead, title: Lead, holders: [{person: ana}, {person: bo, to_date: 2027-01-31}]}]
services: [{id: mail, title: Mail, support_tiers: [{tier: 1, team: desk}, {tier: 2, team: desk}]}]
"""
    after = before.replace("{person: bo, to_date: 2027-01-31}", "{person: bo}").replace(
        "{tier: 2, team: desk}", "{tier: 2, team: ops}"
    )
    assert told(before, after) == [
        "Role Lead: Holders “bo”, To no longer has “2027-01-31”.",
        "Service Mail: Support Tiers “2”, Team was “desk” and is “ops”.",
    ]


def test_a_change_is_given_as_values_with_its_row_and_trend():
    old = agreement("{metric: Resolution, priority: P1, value: 4, unit: Hours}")
    change, *_ = diff_plans(plan_file.loads(old), plan_file.loads(old.replace("value: 4", "value: 8")))
    assert change.as_dict() == {
        "kind": "changed",
        "collection": "agreements",
        "id": "sla",
        "title": "SLA-3",
        "field": "targets",
        "row": "Resolution P1",
        "part": "",
        "old": "4 Hours",
        "new": "8 Hours",
        "trend": "weaker",
        "text": "Agreement SLA-3: Resolution P1 was 4 Hours and is 8 Hours, weaker.",
    }


def test_every_kind_of_row_is_known_by_fields_that_it_has():
    for row_class, key in ROW_KEYS.items():
        assert set(key) < set(specs(row_class))


def test_a_version_of_its_own_is_compared_record_by_record(example):
    revised = dataclasses.replace(example, id="other-id", version=2, objectives=example.objectives[1:])
    texts = [str(change.text) for change in diff_plans(example, revised)]

    assert f"Objective {example.objectives[0].title} was removed." in texts
    assert len(texts) == 3
