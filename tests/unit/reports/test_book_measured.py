"""What was measured, in the plan book."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sm_planner.engine.model import Agreement, AgreementTarget, Measurement, Plan, ValueStatement
from sm_planner.reports import book

DAY = date(2027, 5, 31)


def test_the_summary_and_the_agreement_tell_what_was_reached():
    sla = Agreement(
        id="sla", kind="SLA", targets=(AgreementTarget(metric="Response", value=30, unit="Minutes"),)
    )
    plan = Plan(
        id="p",
        value_statements=(ValueStatement(statement="Less waiting"), ValueStatement(statement="Peace")),
        agreements=(sla,),
        measurements=(
            Measurement(value_statement="less  waiting", day=DAY, value=421.5),
            Measurement(agreement="sla", metric="Response", day=DAY, value=47),
        ),
    )

    page, silent = (book.render(one, date(2027, 6, 30)) for one in (plan, replace(plan, measurements=())))

    assert "421.5 on" in page and "421.5" not in silent
    assert "(Missed)" in page and "(Missed)" not in silent
