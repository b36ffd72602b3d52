"""What customers read where their agreement stands beneath a general one."""

from __future__ import annotations

from datetime import date

import pytest

from sm_planner.engine import plan_file
from sm_planner.engine.model import Plan
from sm_planner.engine.portal.offers import offers
from sm_planner.reports import portal, service_catalogue

TODAY = date(2027, 1, 13)
PLAN = """
plan: {id: p}
calendars: [{id: office, title: Office Hours}]
stakeholders: [{id: shops, title: Shops, kind: Customer}]
services: [{id: mail, title: E-mail, status: Live, customer_facing: true, customers: [shops]}]
agreements:
  - id: general
    title: General
    kind: SLA
    customer: shops
    service_hours: office
    targets: [{metric: Response, value: 1, unit: Hours}, {metric: Resolution, value: 8, unit: Hours}]
  - id: one
    title: Mail
    kind: SLA
    general_agreement: general
    scope: [{service: mail}]
    targets: [{metric: Resolution, value: 4, unit: Hours}]
catalogue: [{id: entry, title: Mail, service: mail, published: true, audience: [shops]}]
"""


@pytest.fixture
def plan() -> Plan:
    return plan_file.loads(PLAN, "test")


def test_levels_say_where_they_come_from(plan):
    (offer,) = offers(plan, {"shops"}, TODAY)
    (terms,) = offer.terms
    assert [(str(one.what), str(one.figure), one.hours, one.origin) for one in terms.levels] == [
        ("Resolution", "4 Hours", "Office Hours", ""),
        ("Response", "1 Hour", "Office Hours", "General"),
    ]
    assert [calendar.id for _what, calendar in terms.calendars] == ["office"]


def test_the_catalogue_says_it_too(plan):
    (row,) = service_catalogue.report(plan, TODAY).rows
    levels = "Resolution 4 Hours (Office Hours); Response 1 Hour (Office Hours) from “General”"
    assert str(row["levels"]) == levels


def test_the_page_of_the_portal_shows_it(plan):
    cards = [portal.Card(plan, offer, 1_799_841_600, "UTC") for offer in offers(plan, {"shops"}, TODAY)]
    html = portal.services_html(cards, [], "UTC", has_part=False)
    assert html.count("from “General”") == 1
