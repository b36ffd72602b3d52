"""Agreements: when one is in force, and what it covers."""

from datetime import date

import pytest

from sm_planner.engine.agreements.terms import Scope, covered_by_party, day_of_plan, in_force
from sm_planner.engine.model import Agreement, AgreementScope, Component, Plan

DAY = date(2026, 6, 1)
CELLS = [
    (process, service, component)
    for process in ("incident", "change")
    for service, component in (("mail", "server"), ("mail", "filter"), ("chat", "server"), ("chat", ""))
]


def agreement(*rows: str, **fields) -> Agreement:
    """Each row as "process/service/component"."""
    scope = (row.split("/") for row in rows)
    return Agreement(
        id="a",
        scope=tuple(AgreementScope(process=p, service=s, component=c) for p, s, c in scope),
        **{"kind": "OLA", "team": "post", **fields},
    )


@pytest.mark.parametrize(
    ("rows", "covered"),
    [
        ([], []),
        (["//"], []),
        (["incident//"], CELLS[:4]),
        (["/mail/"], [CELLS[0], CELLS[1], CELLS[4], CELLS[5]]),
        (["//server"], [CELLS[0], CELLS[2], CELLS[4], CELLS[6]]),
        (["/mail/server"], [CELLS[0], CELLS[4]]),
        (["/chat/", "change//"], [CELLS[6], CELLS[7]]),
        (["incident/mail/", "change//"], [CELLS[0], CELLS[1]]),
        (["incident/mail/filter", "/chat/", "change//"], [CELLS[1], CELLS[6], CELLS[7]]),
    ],
)
def test_a_scope_covers_places_for_the_processes_that_are_named(rows, covered):
    scope = Scope.of(agreement(*rows))
    assert [cell for cell in CELLS if scope.covers(*cell)] == covered


def test_agreements_cover_together_what_each_covers_and_no_more():
    scope = Scope.of(agreement("/mail/"), agreement("change//"))
    alone = [Scope.of(agreement("/mail/")), Scope.of(agreement("change//"))]
    assert [scope.covers(*cell) for cell in CELLS] == [
        any(one.covers(*cell) for one in alone) for cell in CELLS
    ]


@pytest.mark.parametrize(
    ("row", "named"),
    [
        ("//server", True),
        ("/mail/", True),
        ("change/mail/server", True),
        ("/mail/filter", False),
        ("change//", False),
    ],
)
def test_a_component_is_named_by_itself_or_with_its_service_but_not_by_a_process(row, named):
    assert Scope.of(agreement(row)).names(Component(id="server", services=("chat", "mail"))) is named


def test_services_are_those_named_in_whole_or_in_part():
    assert Scope.of(agreement("/mail/", "//server", "change/chat/server")).services == {"mail", "chat"}


@pytest.mark.parametrize(
    ("fields", "holds"),
    [
        ({}, True),
        ({"start_date": DAY, "end_date": DAY}, True),
        ({"start_date": date(2026, 6, 2)}, False),
        ({"end_date": date(2026, 5, 31)}, False),
        ({"status": "Draft"}, False),
        ({"status": "Ended"}, False),
    ],
)
def test_an_agreement_is_in_force_from_its_first_to_its_last_day(fields, holds):
    assert in_force(agreement(**fields), DAY) is holds


def test_a_plan_that_lies_ahead_is_looked_at_on_its_first_day():
    assert day_of_plan(Plan(id="p", period_start=date(2027, 1, 1)), DAY) == date(2027, 1, 1)
    assert day_of_plan(Plan(id="p", period_start=date(2026, 1, 1)), DAY) == DAY
    assert day_of_plan(Plan(id="p"), DAY) == DAY


def test_what_teams_and_suppliers_have_promised_is_kept_apart():
    plan = Plan(
        id="p",
        agreements=(
            agreement("/mail/"),
            agreement("/chat/"),
            agreement("/mail/", kind="UC", team="", supplier="telco"),
            agreement("/fax/", kind="SLA", team="", customer="shops"),
            agreement("/fax/", status="Draft"),
        ),
    )
    found = covered_by_party(plan, DAY)
    assert {party: scope.services for party, scope in found.items()} == {
        ("teams", "post"): {"mail", "chat"},
        ("suppliers", "telco"): {"mail"},
    }
