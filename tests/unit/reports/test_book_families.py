"""Families of agreements in the plan book: what the general agreement says is told once."""

from datetime import date

import pytest

from sm_planner.engine.model import Agreement, AgreementScope, AgreementTarget, Plan, Service
from sm_planner.reports.book import render

TODAY = date(2026, 11, 29)


def plan(precedence: str = "") -> Plan:
    return Plan(
        id="p",
        title="Plan",
        services=(Service(id="mail", title="E-mail"),),
        agreements=(
            Agreement(
                id="one",
                title="Mail <fast>",
                kind="SLA",
                general_agreement="all",
                precedence=precedence,
                scope=(AgreementScope(service="mail"),),
            ),
            Agreement(id="alone", title="Alone", kind="OLA"),
            Agreement(
                id="all",
                title="General & first",
                kind="SLA",
                exceptions="Strikes of the ferry.",
                targets=(AgreementTarget(metric="Resolution", value=4, unit="Hours"),),
            ),
        ),
    )


def chapter(book: str) -> str:
    return book.split('id="agreements"')[1].split('id="hours"')[0]


def test_the_general_agreement_comes_first_and_its_terms_are_told_once():
    told = chapter(render(plan(), TODAY))
    assert told.index("General &amp; first</") < told.index("Mail &lt;fast&gt;</h3>")
    assert told.count("Strikes of the ferry.") == 1
    assert told.count("This agreement has no targets yet.") == 1  # of the one that stands alone
    assert 'The rest holds as in “<a href="#agreements-all">General &amp; first</a>”.' in told
    assert told.count("The rest holds") == 1
    assert "Stand beneath it" in told


@pytest.mark.parametrize(
    ("precedence", "sentence"),
    [
        ("", ""),
        ("This Agreement", "Where the two differ, this one counts."),
        ("General Agreement", "Where the two differ, that one counts."),
    ],
)
def test_who_has_the_precedence_is_told_where_it_is_said(precedence, sentence):
    told = chapter(render(plan(precedence), TODAY))
    assert sentence in told
    assert told.count("Where the two differ") == bool(sentence)
