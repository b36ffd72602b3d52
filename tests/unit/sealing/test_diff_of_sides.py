"""What changed of both sides of an agreement, in plain words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sm_planner.engine.model import Agreement, AgreementTarget, Plan
from sm_planner.engine.model.agreements import (
    AgreementCharge,
    AgreementConsequence,
    AgreementContact,
    AgreementDuty,
    AgreementEscalation,
    AgreementSupport,
)
from sm_planner.engine.sealing.diff import diff_plans

USERS = AgreementDuty(who="Users", duty="Report faults.")
CREDIT = AgreementConsequence(metric="Availability", worse_than=99.0, credit_percent=5.0)
STEP = AgreementEscalation(after_percent=80, priority="P1", role="desk")
USE = AgreementCharge(charge="Use", price=10.0, per="Month")
PHONES = AgreementSupport(item="Own phones", grade="Supported")
FAULTS = AgreementContact(purpose="Faults", how="100")
SHARE = AgreementTarget(metric="Resolution", value=4.0, unit="Hours", share_of_cases=90.0)


@pytest.mark.parametrize(
    ("field", "before", "after", "told"),
    [
        ("duties", USERS, None, "Duties no longer has “Users, Report faults.”."),
        ("duties", None, USERS, "Duties now has “Users, Report faults.”."),
        (
            "consequences",
            CREDIT,
            replace(CREDIT, credit_percent=2.5),
            "Consequences “Availability 99”, Credit (%) was “5” and is “2.5”.",
        ),
        (
            "escalations",
            STEP,
            replace(STEP, role="board"),
            "Escalation “80 P1”, Role was “desk” and is “board”.",
        ),
        ("charges", USE, replace(USE, price=12.0), "Charges “Use”, Price was “10” and is “12”."),
        (
            "support",
            PHONES,
            replace(PHONES, grade="Not Supported"),
            "What Is Supported “Own phones”, Grade was “Supported” and is “Not Supported”.",
        ),
        ("contacts", FAULTS, replace(FAULTS, how="200"), "Contacts “Faults”, How was “100” and is “200”."),
        (
            "targets",
            SHARE,
            replace(SHARE, share_of_cases=80.0),
            "Resolution was 90 % within 4 Hours and is 80 % within 4 Hours, weaker.",
        ),
    ],
)
def test_a_row_that_changed_is_told_as_what_it_is(field, before, after, told):
    def plan(row):
        rows = (row,) if row else ()
        return Plan(id="p", agreements=(Agreement(id="sla", title="E-mail", kind="SLA", **{field: rows}),))

    (change,) = diff_plans(plan(before), plan(after))
    assert str(change.text) == f"Agreement E-mail: {told}"
