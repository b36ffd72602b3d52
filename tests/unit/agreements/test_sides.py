"""Both sides of an agreement in words, at each place that shows them, and what is paid in a month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from sm_planner.engine.agreements import sides
from sm_planner.engine.model import (
    Agreement,
    AgreementScope,
    AgreementTarget,
    Calendar,
    CatalogueEntry,
    Person,
    Plan,
    Role,
    RoleHolder,
    Service,
    Stakeholder,
    Team,
)
from sm_planner.engine.model.agreements import (
    AgreementCharge,
    AgreementConsequence,
    AgreementContact,
    AgreementDataTerm,
    AgreementDuty,
    AgreementEnvironment,
    AgreementEscalation,
    AgreementMaintenance,
    AgreementSupport,
)
from sm_planner.engine.money import charges
from sm_planner.engine.part.agreed import agreed_of
from sm_planner.engine.part.duties import For, hash_of_part, part_of
from sm_planner.engine.portal.offers import offers
from sm_planner.reports import portal, service_catalogue

TODAY = date(2027, 3, 1)
GENERAL = Agreement(
    id="general",
    title="All Services",
    kind="SLA",
    agreement_owner="ada",
    customer="shops",
    duties=(
        AgreementDuty(who="Provider", duty="Answers the phone."),
        AgreementDuty(who="Customer", duty="Pays in time."),
    ),
    escalations=(AgreementEscalation(after_percent=80, priority="P1", role="desk"),),
    contacts=(AgreementContact(purpose="Faults", team="post", how="Extension 100"),),
    emergency_notice_hours=2.0,
)
SLA = Agreement(
    id="sla",
    title="E-mail",
    kind="SLA",
    customer="shops",
    general_agreement="general",
    scope=(AgreementScope(service="mail"), AgreementScope(service="print")),
    targets=(AgreementTarget(metric="Availability", value=99.5, unit="Percent", benchmark=99.9),),
    consequences=(
        AgreementConsequence(
            metric="Availability",
            worse_than=99.0,
            credit_percent=5.0,
            escalate_to="desk",
            due_days=10,
            note="A plan",
        ),
        AgreementConsequence(note="We talk about it"),
    ),
    maintenance=(
        AgreementMaintenance(
            repeats="Monthly", which="First", weekday="Sunday", opens="22:00", closes="02:00", notice_days=5
        ),
    ),
    duties=(AgreementDuty(who="Users", duty="Report <b>spam</b>.", service="mail"),),
    support=(
        AgreementSupport(item="Own phones", grade="Not Supported", service="mail", note="ask the shop"),
    ),
    data_terms=(AgreementDataTerm(topic="Backup", term="Every night."),),
    environments=(
        AgreementEnvironment(
            environment="Test", service="print", service_hours="office", grade="Best Effort"
        ),
    ),
    charges=(
        AgreementCharge(charge="Use", price=12.5, per="Month", paid_by="finance"),
        AgreementCharge(charge="Help", price=0.0),
        AgreementCharge(charge="Set-up"),
    ),
    change_procedure="In the review.",
)
PLAN = Plan(
    id="p",
    title="Plan",
    lineage="l",
    currency="EUR",
    people=(Person(id="ada", title="Ada"), Person(id="bo", title="Bo")),
    teams=(Team(id="post", title="Post Room", lead="bo"),),
    roles=(Role(id="desk", title="Desk Lead", holders=(RoleHolder(person="bo"),)),),
    calendars=(Calendar(id="office", title="Office Hours"),),
    stakeholders=(
        Stakeholder(id="shops", title="Shops", kind="Customer"),
        Stakeholder(id="finance", title="Finance"),
    ),
    services=(
        Service(id="mail", title="E-mail", status="Live", customer_facing=True, customers=("shops",)),
        Service(id="print", title="Printing", status="Live", customer_facing=True, customers=("shops",)),
    ),
    catalogue=(
        CatalogueEntry(
            id="c1", title="E-mail", service="mail", published=True, audience=("shops",), price="9"
        ),
        CatalogueEntry(id="c2", title="Printing", service="print", published=True, audience=("shops",)),
    ),
    agreements=(GENERAL, SLA),
)


def told(sections) -> dict[str, list[str]]:
    return {one.field: [str(line.told()) for line in one.lines] for one in sections}


def test_each_subject_is_told_in_words():
    assert told(sides.sections(PLAN, SLA)) == {
        "maintenance": ["Monthly, First Sunday, 22:00–02:00: told 5 days before"],
        "emergency_closure": ["told at least 2 hours before"],
        "consequences": [
            "Availability worse than 99 Percent: 5 % credit, escalated to Desk Lead, A plan, within 10 days",
            "any target missed: We talk about it",
        ],
        "escalations": ["after 80 % of the time of Resolution P1: Desk Lead"],
        "charges": [
            "Use: 12.5 EUR per month, paid by Finance",
            "Help: free of charge",
            "Set-up: price not agreed",
        ],
        "duties": ["Users: Report <b>spam</b>.", "Provider: Answers the phone.", "Customer: Pays in time."],
        "support": ["Own phones: Not Supported, ask the shop"],
        "data_terms": ["Backup: Every night."],
        "environments": ["Test: Best Effort, Office Hours"],
        "contacts": ["Faults: Post Room, Extension 100"],
        "change_procedure": ["In the review."],
    }


def test_what_is_taken_over_is_told_with_its_origin_and_left_out_of_what_it_says_itself():
    found = sides.sections(PLAN, SLA)
    (duties,) = (one for one in found if one.field == "duties")
    assert [line.origin.id for line in duties.lines] == ["sla", "general", "general"]
    assert told(sides.own(SLA, found))["duties"] == ["Users: Report <b>spam</b>."]
    assert "contacts" not in told(sides.own(SLA, found))


def test_readers_are_told_what_is_for_their_service_and_nothing_that_the_provider_does():
    read = sides.for_readers(PLAN, SLA)
    assert told(sides.about(read, "print"))["duties"] == ["Customer: Pays in time."]
    assert "support" not in told(sides.about(read, "print"))
    assert {"consequences", "escalations", "data_terms"}.isdisjoint(told(read))


def test_the_catalogue_shows_it_and_the_prices_of_the_agreement():
    rows = {row["service"]: row for row in service_catalogue.report(PLAN, TODAY).rows}
    assert (
        str(rows["mail"]["price"])
        == "Use: 12.5 EUR per month, paid by Finance; Help: free of charge; Set-up: price not agreed"
    )
    assert str(rows["mail"]["support"]) == "Own phones: Not Supported, ask the shop"
    assert str(rows["print"]["environments"]) == "Test: Best Effort, Office Hours"
    assert rows["mail"]["environments"] == ""
    assert str(rows["mail"]["contacts"]) == "Faults: Post Room, Extension 100"


def test_the_portal_shows_it_to_the_customer_alone():
    cards = [portal.Card(PLAN, offer, 1_803_902_400, "UTC") for offer in offers(PLAN, {"shops"}, TODAY)]
    html = portal.services_html(cards, (), "UTC", has_part=False)
    assert "Users: Report &lt;b&gt;spam&lt;/b&gt;." in html
    assert "Answers the phone" not in html
    assert "<dt>Price</dt>" not in html
    free = replace(PLAN, agreements=(GENERAL, replace(SLA, charges=())))
    cards = [portal.Card(free, offer, 1_803_902_400, "UTC") for offer in offers(free, {"shops"}, TODAY)]
    assert "<dt>Price</dt><dd>9</dd>" in portal.services_html(cards, (), "UTC", has_part=False)
    assert offers(PLAN, {"finance"}, TODAY) == ()


def test_my_part_tells_which_cases_reach_somebody_what_he_is_asked_and_the_duties_of_his_side():
    (of_ada,) = agreed_of(PLAN, part_of(PLAN, "ada", TODAY))
    assert (of_ada.agreement.id, [row.duty for row in of_ada.duties]) == ("general", ["Answers the phone."])
    (of_bo,) = agreed_of(PLAN, part_of(PLAN, "bo", TODAY))
    assert [str(text) for text in of_bo.reached] == ["after 80 % of the time of Resolution P1"]
    assert of_bo.asked == ("Faults",)
    assert part_of(PLAN, "bo", TODAY).of(For.AGREED_ESCALATION, For.AGREED_CONTACT) == ("general",)


def test_who_is_reached_earlier_is_asked_again_and_nobody_else():
    earlier = (replace(GENERAL.escalations[0], after_percent=50),)
    after = replace(PLAN, agreements=(replace(GENERAL, escalations=earlier, agreement_owner=""), SLA))
    before = replace(PLAN, agreements=(replace(GENERAL, agreement_owner=""), SLA))
    changed = {
        one for one in ("ada", "bo") if hash_of_part(before, one, TODAY) != hash_of_part(after, one, TODAY)
    }
    assert changed == {"bo"}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, None),
        ({"unit_cost": 100.0}, 100),
        ({"unit_cost": 100.0, "charges": (("Once", 900.0), ("Case", 5.0))}, 100),
        (
            {
                "unit_cost": 100.0,
                "charges": (("Month", 10.1), ("Quarter", 30.0), ("Year", 120.0), ("Once", 900.0)),
            },
            "30.1",
        ),
        ({"charges": (("Once", 900.0),)}, None),
        ({"charges": (("", 0.0), ("Case", 0.0))}, 0),
        ({"charges": (("Month", None),)}, None),
    ],
)
def test_what_is_paid_in_a_month(given, expected):
    rows = tuple(AgreementCharge(charge="x", per=per, price=price) for per, price in given.get("charges", ()))
    found = charges.monthly(Agreement(id="a", kind="SLA", unit_cost=given.get("unit_cost"), charges=rows))
    assert found == (expected if expected is None else Fraction(expected))
