"""Who stands under which agreement, against an oracle that asks each pair of agreements, each priority and each place by itself."""

from __future__ import annotations

import random
from datetime import date

import pytest

from sm_planner.engine.agreements import coverage
from sm_planner.engine.agreements.coverage import State
from sm_planner.engine.model import (
    PRIORITIES,
    Agreement,
    AgreementScope,
    AgreementTarget,
    CatalogueEntry,
    Person,
    Plan,
    Service,
    Stakeholder,
    Team,
)

DAY = date(2027, 3, 1)
CUSTOMERS, SERVICES = ("shops", "works", "labs"), ("mail", "print", "chat")
MINUTES = {"Minutes": 1, "Hours": 60}


def target(random_: random.Random) -> AgreementTarget:
    metric = random_.choice(("Response", "Resolution", "Availability"))
    unit = "Percent" if metric == "Availability" else random_.choice(("Minutes", "Hours"))
    value = random_.choice((98, 99)) if unit == "Percent" else random_.choice((1, 2)) * 60 // MINUTES[unit]
    return AgreementTarget(
        metric=metric,
        priority=random_.choice(("", "P1", "P2")),
        service=random_.choice(("", "", *SERVICES)),
        value=float(value),
        unit=unit,
        calendar=random_.choice(("", "", "always")),
    )


def plan(seed: int) -> Plan:
    random_ = random.Random(seed)  # noqa: S311 - a plan, no secret
    agreements = []
    for number in range(random_.randint(0, 5)):
        kind = random_.choice(("SLA", "SLA", "OLA"))
        general = f"a{random_.randrange(number)}" if number and random_.random() < 0.25 else ""
        agreements.append(
            Agreement(
                id=f"a{number}",
                kind=kind,
                status=random_.choice(("", "", "", "Draft")),
                customer=random_.choice(CUSTOMERS) if kind == "SLA" else "",
                team=random_.choice(("post", "")) if kind == "OLA" else "",
                general_agreement=general,
                service_hours="office",
                scope=tuple(
                    AgreementScope(service=service) for service in SERVICES if random_.random() < 0.5
                ),
                targets=tuple(target(random_) for _ in range(random_.randint(0, 4))),
            )
        )
    return Plan(
        id="p",
        stakeholders=tuple(
            Stakeholder(id=one, kind=random_.choice(("Customer", "Other"))) for one in CUSTOMERS
        ),
        teams=(Team(id="post"),),
        services=tuple(
            Service(
                id=one,
                status=random_.choice(("Live", "Live", "Design", "Retired")),
                customer_facing=random_.random() < 0.8,
                customers=tuple(customer for customer in CUSTOMERS if random_.random() < 0.4),
            )
            for one in SERVICES
        ),
        catalogue=tuple(
            CatalogueEntry(
                id=f"c-{one}",
                service=one,
                published=random_.random() < 0.7,
                audience=tuple(customer for customer in CUSTOMERS if random_.random() < 0.4),
            )
            for one in SERVICES
            if random_.random() < 0.6
        ),
        agreements=tuple(agreements),
    )


# The oracle: terms are taken over and compared with nothing of the engine.


def up(plan: Plan, agreement: Agreement) -> list[Agreement]:
    by_id = {one.id: one for one in plan.agreements}
    found: list[Agreement] = []
    while agreement.general_agreement:
        agreement = by_id[agreement.general_agreement]
        found.append(agreement)
    return found


def held(plan: Plan, agreement: Agreement) -> list[AgreementTarget]:
    """Its targets, and those of general ones that speak of something else, and of what each on the way covers; a general one
    of another kind gives nothing."""
    line = [agreement]
    for one in up(plan, agreement):
        if one.kind != agreement.kind:
            break
        line.append(one)
    found: list[AgreementTarget] = []
    for place, one in enumerate(line):
        own = list(found)
        covered = [{row.service for row in lower.scope} for lower in line[:place]]
        for row in one.targets:
            if all(
                not row.service or not services or row.service in services for services in covered
            ) and not any(
                row.metric == own_row.metric
                and own_row.service in ("", row.service)
                and own_row.priority in ("", row.priority)
                for own_row in own
            ):
                found.append(row)
    return found


def family(plan: Plan, agreement: Agreement) -> list[Agreement]:
    """The general agreements from which it takes terms: up to the first of another kind."""
    found = up(plan, agreement)
    kinds = [one.kind == agreement.kind for one in found]
    return found[: kinds.index(False)] if False in kinds else found


def team(plan: Plan, agreement: Agreement) -> str:
    """Its team, or the one that it takes over."""
    for one in (agreement, *up(plan, agreement)):
        if one.kind != agreement.kind or one.team:
            return one.team
    return ""


def meant(plan: Plan, agreement: Agreement, metric: str, priority: str, service: str) -> set:
    """What is promised for one ticket of a priority on a service."""
    rows = [one for one in held(plan, agreement) if one.metric == metric and one.service in ("", service)]
    for place, wanted in ((service, priority), (service, ""), ("", priority), ("", "")):
        some = [one for one in rows if (one.service, one.priority) == (place, wanted)]
        if some:
            return {
                (one.value * MINUTES.get(one.unit, 1), one.unit == "Percent", one.calendar or "office")
                for one in some
            }
    return set()


def differ(plan: Plan, first: Agreement, second: Agreement, service: str) -> set:
    if second in family(plan, first) or first in family(plan, second):
        return set()
    found = set()
    for metric in ("Response", "Resolution", "Availability"):
        for priority in PRIORITIES:
            one = meant(plan, first, metric, priority, service)
            other = meant(plan, second, metric, priority, service)
            if one and other and one != other:
                found.add((metric, priority))
    return found


@pytest.mark.parametrize("chunk", range(10))
def test_coverage_is_what_the_oracle_says(chunk):
    for seed in range(chunk * 300, chunk * 300 + 300):
        given = plan(seed)
        kinds = {one.id: one.kind for one in given.stakeholders}
        wanted = {}
        for customer in CUSTOMERS:
            for service in given.services:
                if service.status != "Live" or not service.customer_facing:
                    continue
                under = [
                    one
                    for one in given.agreements
                    if one.kind == "SLA"
                    and one.status == ""
                    and one.customer == customer
                    and any(row.service == service.id for row in one.scope)
                ]
                read = any(
                    one.published and one.service == service.id and customer in one.audience
                    for one in given.catalogue
                )
                if under or customer in service.customers or (read and kinds[customer] == "Customer"):
                    different = any(
                        differ(given, one, other, service.id)
                        for place, one in enumerate(under)
                        for other in under[place + 1 :]
                    )
                    state = (
                        State.NONE
                        if not under
                        else State.DIFFERENT
                        if different
                        else State.ONE
                        if len(under) == 1
                        else State.ALIKE
                    )
                    wanted[customer, service.id] = (state, [one.id for one in under])
        found = {
            (one.customer.id, one.service.id): (one.state, [agreement.id for agreement in one.agreements])
            for one in coverage.covers(given, DAY)
        }
        assert found == wanted, seed

        clashing = {
            (one.id, other.id)
            for place, one in enumerate(given.agreements)
            for other in given.agreements[place + 1 :]
            if one.kind == other.kind == "OLA"
            and team(given, one) == team(given, other) == "post"
            and one.status == other.status == ""
            and any(differ(given, one, other, row.service) for row in one.scope if row in other.scope)
        }
        assert {(one.first.id, one.second.id) for one in coverage.clashes(given, DAY)} == clashing, seed


def test_a_difference_names_the_priorities_for_which_it_is_one():
    def sla(id: str, *targets: AgreementTarget) -> Agreement:
        return Agreement(
            id=id, kind="SLA", customer="shops", scope=(AgreementScope(service="mail"),), targets=targets
        )

    hours = {"metric": "Resolution", "unit": "Hours"}
    given = Plan(
        id="p",
        stakeholders=(Stakeholder(id="shops", kind="Customer"),),
        services=(Service(id="mail", status="Live", customer_facing=True),),
        agreements=(
            sla("one", AgreementTarget(value=8.0, **hours)),
            sla(
                "other",
                AgreementTarget(value=4.0, priority="P1", **hours),
                AgreementTarget(value=8.0, priority="P2", **hours),
            ),
        ),
    )
    (cover,) = coverage.covers(given, DAY)
    assert [str(one.told(given)) for one in cover.differences] == ["Resolution P1: 8 Hours, 4 Hours"]


def test_users_of_a_customer_are_the_people_of_its_unit():
    shops = Stakeholder(id="shops", kind="Customer", unit="Shops ")
    people = (Person(id="a", unit="shops"), Person(id="b", unit="Works"), Person(id="c"))
    given = Plan(id="p", stakeholders=(shops,), people=people)
    assert [one.id for one in coverage.users(given, shops)] == ["a"]
    assert coverage.users(given, Stakeholder(id="labs", kind="Customer")) == ()
    assert coverage.uncovered(given, DAY) == (shops,)
