"""What becomes of the agreements of the boxes of the map between the day of now and the last day of the plan."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from sm_planner.engine.agreements.terms import Scope, in_force
from sm_planner.engine.model import (
    Agreement,
    AgreementScope,
    Component,
    Plan,
    Service,
    Stakeholder,
    Supplier,
    Team,
)
from sm_planner.engine.service_map import CUSTOMERS, SERVICES, Place
from sm_planner.engine.service_map.agreement_turns import Days, Kind, days_compared, turns
from sm_planner.engine.service_map.differences import CHANGES, compare

TODAY, LAST = date(2027, 2, 1), date(2027, 12, 31)
MAIL = ("services", "mail")


def sla(id, start=None, end=None, services=("mail",), customer="readers", **more):
    scope = tuple(AgreementScope(service=one) for one in services)
    return Agreement(
        id=id,
        title=id.upper(),
        kind="SLA",
        customer=customer,
        start_date=start,
        end_date=end,
        scope=scope,
        **more,
    )


def plan_with(*agreements, **more):
    return Plan(
        id="p",
        period_start=date(2027, 1, 1),
        period_end=LAST,
        stakeholders=(Stakeholder(id="readers"), Stakeholder(id="staff")),
        services=(
            Service(id="mail", title="Mail", customers=("readers",)),
            Service(id="print", title="Print", customers=("readers",)),
        ),
        **{"agreements": agreements, **more},
    )


def told(plan, record=MAIL, before=None):
    found = turns(plan, before, days_compared(plan, before, TODAY)).get(record, ())
    return [(one.kind, str(one.text)) for one in found]


def test_an_end_without_anything_after_it_is_told():
    plan = plan_with(sla("x", end=date(2027, 3, 31)))
    expected = [(Kind.ENDS, "Agreement “X” ends on 2027-03-31; none holds after it.")]
    assert told(plan) == told(plan, ("stakeholders", "readers")) == expected
    assert told(plan, ("services", "print")) == []

    found = compare(plan, TODAY).differences
    assert found[Place(SERVICES, *MAIL)].kind == CHANGES
    assert [one.kind for one in found[Place(CUSTOMERS, "stakeholders", "readers")].turns] == [Kind.ENDS]
    assert found.keys() == {Place(SERVICES, *MAIL), Place(CUSTOMERS, "stakeholders", "readers")}


@pytest.mark.parametrize(
    "agreement",
    [
        sla("x", end=LAST),
        sla("x", end=date(2027, 1, 31)),
        sla("x", open_ended=True),
        sla("x", end=date(2027, 6, 30), renewal_months=12),
        sla("x", end=date(2027, 6, 30), status="Draft"),
        sla("x", end=date(2027, 6, 30), status="Ended"),
        sla("x", start=date(2028, 1, 1)),
        sla("x", start=date(2027, 9, 1), end=date(2027, 6, 30)),
    ],
    ids=["last day", "over", "open-ended", "renewed", "draft", "ended", "later", "never"],
)
def test_what_neither_begins_nor_ends_between_the_days_is_no_difference(agreement):
    assert told(plan_with(agreement)) == []


def test_an_end_on_the_day_of_now_is_told_and_notice_ends_what_is_renewed():
    assert told(plan_with(sla("x", end=TODAY))) == [
        (Kind.ENDS, "Agreement “X” ends on 2027-02-01; none holds after it.")
    ]
    noticed = sla("x", open_ended=True, notice_months=3, notice_given=date(2027, 1, 15))
    assert told(plan_with(noticed)) == [(Kind.ENDS, "Agreement “X” ends on 2027-04-15; none holds after it.")]


def test_what_follows_is_named_once():
    plan = plan_with(sla("x", end=date(2027, 3, 31)), sla("y", start=date(2027, 4, 1)))
    assert told(plan) == [(Kind.FOLLOWED, "Agreement “X” ends on 2027-03-31; followed by “Y”.")]


def test_a_gap_is_told_with_what_ends_it():
    plan = plan_with(sla("x", end=date(2027, 3, 31)), sla("y", start=date(2027, 5, 1)))
    assert told(plan) == [
        (Kind.ENDS, "Agreement “X” ends on 2027-03-31; none holds after it until “Y” begins on 2027-05-01.")
    ]


def test_what_covers_a_part_only_is_told_with_what_it_leaves_out():
    plan = plan_with(
        sla("x", end=date(2027, 3, 31), services=("mail", "print")), sla("y", start=date(2027, 4, 1))
    )
    assert told(plan) == [(Kind.FOLLOWED, "Agreement “X” ends on 2027-03-31; followed by “Y”.")]
    left_out = "Agreement “X” ends on 2027-03-31; followed by “Y”, but not for all of: Print."
    assert told(plan, ("stakeholders", "readers")) == [(Kind.ENDS, left_out)]
    assert told(plan, ("services", "print")) == [
        (Kind.ENDS, "Agreement “X” ends on 2027-03-31; none holds after it.")
    ]


def test_many_are_counted_and_not_named():
    many = [sla(f"y{n}", start=date(2027, 4, 1), services=("mail",)) for n in range(5)]
    assert told(plan_with(sla("x", end=date(2027, 3, 31)), *many)) == [
        (Kind.FOLLOWED, "Agreement “X” ends on 2027-03-31; followed by “Y0”, “Y1”, “Y2” and 2 more.")
    ]


def test_an_agreement_for_one_process_is_something_and_not_all():
    some = replace(sla("y"), scope=(AgreementScope(service="mail", process="p"),))
    assert told(plan_with(sla("x", end=date(2027, 3, 31)), some)) == [
        (
            Kind.ENDS,
            "Agreement “X” ends on 2027-03-31; followed by “Y”, but not for all of: Mail.",
        )
    ]


def test_another_customer_or_another_kind_does_not_follow():
    other = sla("y", customer="staff")
    ola = Agreement(id="o", kind="OLA", team="t", scope=(AgreementScope(service="mail"),))
    assert told(plan_with(sla("x", end=date(2027, 3, 31)), other, ola, teams=(Team(id="t"),))) == [
        (Kind.ENDS, "Agreement “X” ends on 2027-03-31; none holds after it.")
    ]


def test_a_beginning_says_whether_something_held_before():
    plan = plan_with(sla("y", start=date(2027, 6, 1)))
    assert told(plan) == [(Kind.BEGINS, "Agreement “Y” begins on 2027-06-01; none holds before it.")]
    plan = plan_with(sla("x"), sla("y", start=date(2027, 6, 1)))
    assert told(plan) == [(Kind.BEGINS, "Agreement “Y” begins on 2027-06-01.")]
    plan = plan_with(sla("y", start=date(2027, 6, 1), end=date(2027, 7, 31)))
    assert told(plan) == [
        (Kind.ENDS, "Agreement “Y” begins on 2027-06-01 and ends on 2027-07-31; none holds after it.")
    ]


def test_an_end_that_is_not_known_is_told_as_such():
    plan = plan_with(sla("x", open_ended=True, notice_given=date(2027, 1, 15)))
    assert told(plan) == [
        (
            Kind.UNSURE,
            "Notice of agreement “X” was given on 2027-01-15; when it ends is not known, because its terms do not say.",
        )
    ]


def test_without_a_last_day_ahead_no_day_is_told():
    for last in (None, TODAY, date(2026, 12, 31)):
        plan = replace(plan_with(sla("x", end=date(2027, 3, 31))), period_end=last)
        assert days_compared(plan, None, TODAY) == Days(TODAY, None)
        assert told(plan) == []


def test_before_its_period_a_plan_is_compared_from_its_first_day():
    plan = plan_with(sla("x", start=date(2027, 1, 1)))
    assert days_compared(plan, None, date(2026, 11, 1)) == Days(date(2027, 1, 1), LAST)
    assert turns(plan, None, days_compared(plan, None, date(2026, 11, 1))) == {}
    before = replace(plan, period_start=date(2026, 1, 1), agreements=())
    days = days_compared(plan, before, date(2026, 11, 1))
    assert days.now == date(2026, 11, 1)
    (turn,) = turns(plan, before, days)[MAIL]
    assert str(turn.text) == "Agreement “X” begins on 2027-01-01; none holds before it."


def test_a_version_brings_and_takes_agreements():
    before = plan_with(sla("old"), sla("over", end=date(2027, 6, 30)), sla("kept"))
    plan = plan_with(sla("kept"), sla("new"))
    assert told(plan, before=before) == [
        (Kind.FOLLOWED, "Agreement “OLD” holds no more with this version; followed by “KEPT”, “NEW”."),
        (Kind.FOLLOWED, "Agreement “OVER” ends on 2027-06-30; followed by “KEPT”, “NEW”."),
    ]
    assert told(plan_with(sla("old", status="Ended")), before=plan_with(sla("old"))) == [
        (Kind.ENDS, "Agreement “OLD” holds no more with this version; none holds after it.")
    ]
    assert told(plan_with(sla("new")), before=plan_with()) == [
        (Kind.BEGINS, "Agreement “NEW” comes with this version.")
    ]


def test_a_contract_belongs_to_its_supplier_his_teams_and_its_components():
    contract = Agreement(
        id="uc",
        kind="UC",
        supplier="shop",
        end_date=date(2027, 3, 31),
        scope=(AgreementScope(component="disk"),),
    )
    plan = plan_with(
        contract,
        suppliers=(Supplier(id="shop"),),
        teams=(Team(id="out", kind="External", supplier="shop"), Team(id="own", supplier="shop")),
        components=(Component(id="disk", services=("mail",)),),
    )
    assert set(turns(plan, None, days_compared(plan, None, TODAY))) == {
        ("suppliers", "shop"),
        ("teams", "out"),
        ("components", "disk"),
    }


def test_turns_are_those_that_walking_day_by_day_finds():
    chance = random.Random(14)  # noqa: S311 - the same cases each time

    def some_day():
        return date(2027, 1, 1) + timedelta(days=chance.randrange(420)) if chance.random() < 0.8 else None

    seen = dict.fromkeys(Kind, 0)
    for _round in range(150):
        agreements = [
            sla(
                f"a{n}",
                some_day(),
                some_day(),
                services=chance.sample(("mail", "print"), chance.randint(1, 2)),
                customer=chance.choice(("readers", "staff")),
                status=chance.choice(("", "", "", "Ended")),
            )
            for n in range(chance.randint(1, 6))
        ]
        plan = plan_with(*agreements)
        found = {
            one.agreement: one for one in turns(plan, None, days_compared(plan, None, TODAY)).get(MAIL, ())
        }
        days = [TODAY + timedelta(days=n) for n in range((LAST - TODAY).days + 1)]
        ours = [one for one in agreements if "mail" in Scope.of(one).services]
        for one in ours:
            held = [day for day in days if in_force(one, day)]
            if held and held[-1] < LAST:
                turn, after = found[one.id], held[-1] + timedelta(days=1)
                others = [
                    other
                    for other in ours
                    if other is not one and other.customer == one.customer and in_force(other, after)
                ]
                assert turn.day == held[-1]
                assert turn.kind is (Kind.FOLLOWED if others else Kind.ENDS)
                assert all(f"“{other.title}”" in str(turn.text) for other in others)
            elif held and held[0] > TODAY and one.id not in found:
                name = f"“{one.title}”"
                assert any(name in str(turn.text) for turn in found.values()), "told with what it follows"
            elif held and held[0] > TODAY:
                assert (found[one.id].kind, found[one.id].day) == (Kind.BEGINS, held[0])
            else:
                assert one.id not in found
        for turn in found.values():
            seen[turn.kind] += 1
    assert min(seen[kind] for kind in (Kind.BEGINS, Kind.ENDS, Kind.FOLLOWED)) > 20
