"""Differences are told record by record, in plain words."""

import dataclasses

from sm_planner.engine import plan_file
from sm_planner.engine.diff import diff_plans

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


def test_a_version_of_its_own_is_compared_record_by_record(example):
    revised = dataclasses.replace(example, id="other-id", version=2, objectives=example.objectives[1:])
    texts = [str(change.text) for change in diff_plans(example, revised)]

    assert f"Objective {example.objectives[0].title} was removed." in texts
    assert len(texts) == 3
