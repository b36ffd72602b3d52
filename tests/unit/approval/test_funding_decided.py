"""Who decides about a funding request, and what asks again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timezone

import pytest

from sm_planner.engine.approval import funding
from sm_planner.engine.approval.funding import State, refuse_decision, shown, standing, what
from sm_planner.engine.model import Improvement, Person, Plan, ValueStatement
from sm_planner.engine.model.approvals import APPROVE, FUNDING, REJECT, Approval
from sm_planner.engine.model.money import BudgetLine, Funding
from sm_planner.engine.sealing import seal

LINE = BudgetLine(id="a", title="A", kind="One-off", amount=100, start_date=date(2027, 1, 1))
PLAN = Plan(
    id="p-2",
    lineage="p",
    title="Plan",
    why="It fails.",
    currency="EUR",
    horizon=date(2029, 12, 31),
    plan_owner="owner",
    executive_sponsor="bo",
    people=(Person(id="bo", title="Bo Lind"), Person(id="owner", title="Ana")),
    value_statements=(ValueStatement(statement="Calm", money_a_year=50, money_from=date(2027, 6, 1)),),
    improvements=(Improvement(id="i", title="I", money_a_year=10),),
    budget_lines=(LINE,),
)


def decided(plan: Plan, act: str = APPROVE, number: int = 1, lineage: str = "p") -> Plan:
    one = Approval(
        register=FUNDING,
        entry=lineage,
        number=number,
        act=act,
        person="bo",
        day=date(2027, 1, 5),
        reason="Too much." if act == REJECT else "",
        what=what(plan),
    )
    return replace(plan, approvals=(*plan.approvals, one))


def refusal(plan: Plan = PLAN, *, by: str = "bo", read: str = "", wrote: bool = False) -> str:
    return str(refuse_decision(plan, {by}, read or shown(plan), wrote) or "")


def test_the_sponsor_decides_about_what_was_read():
    assert refusal() == ""
    assert refusal(read="0" * 64).startswith("The funding request has changed")


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"by": "eve"}, "The executive sponsor decides about the funding request."),
        ({"by": "owner"}, "You ask for this money. Somebody else decides about it."),
        ({"wrote": True}, "You had a hand in this plan. Somebody who did not decides about its money."),
        ({"plan": replace(PLAN, executive_sponsor="")}, "The executive sponsor decides"),
        ({"plan": replace(PLAN, plan_owner="bo")}, "You ask for this money."),
        ({"plan": replace(PLAN, budget_lines=())}, "The plan has no budget line"),
        ({"plan": replace(PLAN, currency="")}, "The plan does not say in which currency"),
        ({"plan": replace(PLAN, budget_lines=(replace(LINE, amount=None),))}, "1 of 1 budget lines"),
        ({"plan": decided(PLAN)}, "This was approved as it is."),
    ],
)
def test_who_may_not_decide_and_about_what(given: dict, why: str):
    assert refusal(**given).startswith(why)


def test_how_a_request_stands_is_told_with_who_decided_and_when():
    assert standing(PLAN).state is State.OPEN
    assert str(standing(decided(PLAN)).told) == "Bo Lind approved the funding request on 2027-01-05."
    rejected = standing(decided(PLAN, REJECT))
    assert (rejected.state, rejected.reason) == (State.REJECTED, "Too much.")
    assert standing(decided(decided(PLAN, REJECT), APPROVE, 2)).state is State.APPROVED


def test_the_next_version_has_its_approval_as_long_as_it_asks_for_the_same():
    assert standing(replace(decided(PLAN), id="p-3", version=3)).state is State.APPROVED
    assert standing(decided(PLAN, lineage="another")).state is State.OPEN


@pytest.mark.parametrize(
    "change",
    [
        {"budget_lines": (replace(LINE, amount=100.01),)},
        {"budget_lines": (LINE, replace(LINE, id="b"))},
        {"budget_lines": ()},
        {"currency": "USD"},
        {"horizon": date(2030, 12, 31)},
        {"plan_owner": "bo"},
        {"value_statements": ()},
        {"improvements": (Improvement(id="i", title="I", money_a_year=9),)},
    ],
)
def test_what_asks_for_something_else_is_decided_about_anew(change: dict):
    told = standing(replace(decided(PLAN), **change))
    assert told.state is State.CHANGED
    assert "It has changed since" in str(told.told)


@pytest.mark.parametrize(
    "change",
    [
        {"budget_lines": (replace(LINE, status="Approved", category="Obligation", improvement="i"),)},
        {"funding": (Funding(amount=100),)},
        {"why": "It fails often."},
    ],
)
def test_what_follows_from_the_approval_does_not_ask_again_but_is_read_anew(change: dict):
    changed = replace(decided(PLAN), **change)
    assert standing(changed).state is State.APPROVED
    if "budget_lines" not in change:
        assert shown(changed) != shown(PLAN)


def test_the_signature_of_the_plan_signs_its_request(minimal: Plan):
    made = seal.make(
        minimal,
        signer="edith",
        meaning="I sign.",
        channel="file",
        signed_at=datetime(2026, 12, 1, 9, tzinfo=timezone.utc),
    )
    signed = replace(minimal, seals=(made,))

    assert standing(signed).state is State.SIGNED
    assert (
        str(standing(signed).told) == "Edith Marlowe signed the funding request with the plan on 2026-12-01."
    )
    dearer = replace(signed.budget_lines[0], amount=901)
    assert standing(replace(signed, budget_lines=(dearer, *signed.budget_lines[1:]))).state is State.OPEN


def test_what_improvements_bring_is_signed_too(minimal: Plan):
    at = datetime(2026, 12, 1, 9, tzinfo=timezone.utc)
    made = seal.make(minimal, signer="edith", meaning="I sign.", channel="file", signed_at=at)
    signed = replace(minimal, seals=(made,))
    first, *others = minimal.improvements

    def with_first(**values: object) -> Plan:
        return replace(signed, improvements=(replace(first, **values), *others))

    assert standing(with_first(status="In Progress", effort="High")).state is State.SIGNED
    assert standing(with_first(money_a_year=(first.money_a_year or 0) + 7)).state is State.OPEN


def test_a_suggestion_asks_for_nothing_until_somebody_takes_it_up(minimal: Plan):
    at = datetime(2026, 12, 1, 9, tzinfo=timezone.utc)
    idea = Improvement(id="idea", title="A bell", kind="Suggestion", status="New", money_a_year=9_000)

    def signed(*ideas: Improvement) -> Plan:
        plan = replace(minimal, improvements=(*minimal.improvements, *ideas))
        made = seal.make(plan, signer="edith", meaning="I sign.", channel="file", signed_at=at)
        return replace(plan, seals=(made,))

    def since(plan: Plan, **values: object) -> State:
        now = (*minimal.improvements, replace(idea, **values))
        return standing(replace(plan, improvements=now)).state

    assert since(signed()) is State.SIGNED
    assert since(signed(), status="Assess") is State.OPEN
    assert since(signed(idea)) is State.SIGNED
    assert since(signed(idea), money_a_year=9_001) is State.SIGNED
    assert since(signed(idea), money_a_year=9_001, status="Assess") is State.OPEN
    assert standing(replace(decided(PLAN), improvements=(*PLAN.improvements, idea))).state is State.APPROVED


def test_acts_are_those_that_the_site_takes():
    assert funding.ACTS == (APPROVE, REJECT)
