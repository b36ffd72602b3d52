"""A framework contract with call-offs, and a general SLA: the chain reads each with the terms that it takes over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sm_planner.engine import plan_file
from sm_planner.engine.agreements.families import promising
from sm_planner.engine.chain import Feasibility, chains
from sm_planner.engine.checks import RULES, check
from sm_planner.engine.model import Plan

TODAY = date(2027, 2, 1)
PLAN = """
plan: {id: p, period_start: 2027-01-01}
calendars:
  - id: office
    title: Office Hours
    timezone: Europe/Dublin
    windows: [{weekday: Monday, opens: "09:00", closes: "17:00"}, {weekday: Tuesday, opens: "09:00", closes: "17:00"}]
suppliers: [{id: makers, title: Makers}]
stakeholders: [{id: shops, title: Shops, kind: Customer}]
services:
  - {id: mail, title: E-mail, status: Live, customer_facing: true, customers: [shops]}
  - {id: chat, title: Chat, status: Live, customer_facing: true, customers: [shops]}
components:
  - {id: server, title: Server, services: [mail], supplier: makers}
  - {id: relay, title: Relay, services: [chat], supplier: makers}
agreements:
  - id: general
    title: General
    kind: SLA
    customer: shops
    service_hours: office
    start_date: 2027-01-01
    targets: [{metric: Resolution, value: 8, unit: Hours}, {metric: Availability, value: 90, unit: Percent}]
  - {id: sla-mail, title: Mail, kind: SLA, general_agreement: general, scope: [{service: mail}]}
  - {id: sla-chat, title: Chat, kind: SLA, general_agreement: general, scope: [{service: chat}], targets: [{metric: Resolution, value: 2, unit: Hours}]}
  - id: framework
    title: Framework
    kind: UC
    supplier: makers
    service_hours: office
    targets: [{metric: Resolution, value: 4, unit: Hours}, {metric: Availability, value: 95, unit: Percent}]
  - {id: call-mail, title: Call-off 1, kind: UC, general_agreement: framework, scope: [{component: server}]}
  - {id: call-chat, title: Call-off 2, kind: UC, general_agreement: framework, scope: [{component: relay}]}
"""


@pytest.fixture
def plan() -> Plan:
    return plan_file.loads(PLAN, "test")


def written_out(plan: Plan) -> Plan:
    """The same promises, each agreement with all its terms, and no frames."""
    return replace(plan, agreements=tuple(replace(one, general_agreement="") for one in promising(plan)))


def told(plan: Plan) -> list[tuple]:
    return [
        (
            one.agreement.id,
            str(one.target.metric),
            one.service.id,
            one.verdict,
            [leg.agreement.id for leg in one.legs],
        )
        for one in chains(plan, TODAY)
    ]


def test_each_call_off_carries_by_the_terms_of_its_framework(plan):
    verdicts = {(agreement, metric): verdict for agreement, metric, _, verdict, _ in told(plan)}
    assert verdicts == {
        ("sla-mail", "Resolution"): Feasibility.FEASIBLE,
        ("sla-mail", "Availability"): Feasibility.FEASIBLE,
        ("sla-chat", "Resolution"): Feasibility.INFEASIBLE,
        ("sla-chat", "Availability"): Feasibility.FEASIBLE,
    }
    assert {tuple(legs) for _, metric, _, _, legs in told(plan) if metric == "Resolution"} == {
        ("call-mail",),
        ("call-chat",),
    }


def test_it_is_the_chain_of_agreements_that_are_written_out(plan):
    assert told(plan) == told(written_out(plan))


def test_coverage_is_that_of_agreements_that_are_written_out(plan):
    """A framework covers nothing itself, and is not asked for a scope."""
    for code in ("AGR-01", "AGR-15", "CHN-01", "CHN-10", "CHN-11"):
        (rule,) = (one for one in RULES if one.code == code)
        found, wanted = (
            [(one.verdict, one.record, one.text) for one in check(of, TODAY, (rule,)).findings]
            for of in (plan, written_out(plan))
        )
        assert found == wanted, code
        assert not any(one[1].id in ("general", "framework") for one in found)


def test_where_the_call_off_has_ended_the_framework_carries_nothing(plan):
    ended = tuple(replace(one, status="Ended") if one.id == "call-mail" else one for one in plan.agreements)
    verdicts = {row[:2]: row[3] for row in told(replace(plan, agreements=ended))}
    assert verdicts["sla-mail", "Resolution"] is Feasibility.UNKNOWN
