"""The funding request of a plan: what it asks for is known by its hash, and the executive sponsor decides about it.

It is signed with the plan, of which the budget is a part, or approved before. What asks for other money, for other benefits, or
in another's name is another request: it is decided about anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from sm_planner.engine.approval import about
from sm_planner.engine.canonical_json import canonical_text, hash_of
from sm_planner.engine.model import Improvement, Plan
from sm_planner.engine.model.approvals import APPROVE, FUNDING, REJECT, Approval
from sm_planner.engine.model.seals import Seal
from sm_planner.engine.money import horizon, lacking
from sm_planner.engine.sealing import canonical, seal
from sm_planner.engine.sealing.canonical import field_contents
from sm_planner.engine.sealing.records import record_of
from sm_planner.engine.texts import N_, Text, say

ACTS = (APPROVE, REJECT)

_OF_LINE = ("id", "title", "kind", "interval", "amount", "start_date", "end_date")
"""What is asked for with a line. Whether it is approved follows from the decision, and what it is for may be sorted anew."""
_OF_VALUE = ("statement", "due", "money_a_year", "money_from")
_OF_IMPROVEMENT = ("id", "money_a_year", "money_from", "benefit_due")


class State(str, Enum):
    OPEN = N_("Nobody has decided about the funding request yet.")
    SIGNED = N_("{0} signed the funding request with the plan on {1}.")
    APPROVED = N_("{0} approved the funding request on {1}.")
    REJECTED = N_("{0} rejected the funding request on {1}.")
    CHANGED = N_("{0} decided about the funding request on {1}. It has changed since: have it decided anew.")


@dataclass(frozen=True)
class Standing:
    """How the request stands: by whom and when it was decided, with the reason; empty while nobody has."""

    state: State
    by: str = ""
    day: date | None = None
    reason: str = ""

    @property
    def told(self) -> Text:
        return say(self.state.value, self.by, self.day) if self.day else say(self.state.value)


def what(plan: Plan) -> str:
    """The hash of what is decided about: the money that is due, what comes back for it, and who asks."""
    return hash_of(canonical_text(_asked(plan)))


def shown(plan: Plan) -> str:
    """The hash of all that the request tells of the plan, which somebody reads before deciding."""
    told = field_contents(plan, ("title", "vision", "why", "otherwise", "funding", "executive_sponsor"))
    return hash_of(canonical_text({**_asked(plan), "told": told}))


def _asked(plan: Plan) -> dict[str, Any]:
    last = horizon(plan)
    return {
        "currency": plan.currency,
        "horizon": last.isoformat() if last else "",
        "asked_by": plan.plan_owner,
        "lines": [
            field_contents(line, _OF_LINE) for line in sorted(plan.budget_lines, key=lambda one: one.id)
        ],
        "values": [
            field_contents(value, _OF_VALUE)
            for value in plan.value_statements
            if value.money_a_year is not None
        ],
        "improvements": _brings(one for one in plan.improvements if one.is_taken_up),
    }


def standing(plan: Plan) -> Standing:
    """How the request stands as it is now."""
    own = next((one for one in reversed(plan.seals) if one.version == plan.version), None)
    if own and plan.budget_lines and seal.holds(own, plan.key_ring) and not _has_changed(own, plan):
        return Standing(State.SIGNED, own.signer_name, plan.signed_on(own))
    decided = about(plan, FUNDING, plan.lineage)
    if not decided:
        return Standing(State.OPEN)
    now = what(plan)
    found = [one for one in decided if one.what == now]
    if not found:
        return _standing(plan, State.CHANGED, decided[-1])
    return _standing(plan, State.APPROVED if found[-1].act == APPROVE else State.REJECTED, found[-1])


def _has_changed(own: Seal, plan: Plan) -> bool:
    """Whether the plan, or what its improvements bring in money, is another than the one that was signed.

    A suggestion that nobody has looked at asks for nothing, whatever it would bring.
    """
    rows = canonical.read(own.content).get("registers", {}).get("improvements", ())
    signed = (record_of(Improvement, row) for row in rows)
    ideas = {one.id for one in plan.improvements if one.is_idea}
    return bool(seal.drift(own, plan)) or _brings(signed, ideas) != _brings(plan.improvements, ideas)


def _brings(improvements: Iterable[Improvement], but: Set[str] = frozenset()) -> list[dict[str, Any]]:
    """What each improvement brings that brings money. but: the ids of those that are left out."""
    with_money = (one for one in improvements if one.money_a_year is not None and one.id not in but)
    return [field_contents(one, _OF_IMPROVEMENT) for one in sorted(with_money, key=lambda one: one.id)]


def _standing(plan: Plan, state: State, decision: Approval) -> Standing:
    return Standing(state, plan.title_of("people", decision.person), decision.day, decision.reason)


def awaits(plan: Plan) -> bool:
    """Whether the request can be decided about, and nobody has decided about it as it is."""
    return refuse_request(plan) is None and standing(plan).state is not State.REJECTED


def refuse_decision(plan: Plan, people: Set[str], read: str, wrote: bool) -> Text | None:
    """Why an account may not decide about the funding request; None if it may.

    people: the ids of the people whom the account stands for. read: the hash of what was read, by :func:`shown`. wrote: whether
    the account had a hand in the plan.
    """
    return (
        refuse_person(plan, people, wrote)
        or refuse_request(plan)
        or (
            say(N_("The funding request has changed since you opened it. Read it again."))
            if read != shown(plan)
            else None
        )
    )


def refuse_person(plan: Plan, people: Set[str], wrote: bool) -> Text | None:
    """Why somebody does not decide about the request, whatever it asks for."""
    if plan.plan_owner in people:
        return say(N_("You ask for this money. Somebody else decides about it."))
    if not plan.executive_sponsor or plan.executive_sponsor not in people:
        return say(N_("The executive sponsor decides about the funding request."))
    if wrote:
        return say(N_("You had a hand in this plan. Somebody who did not decides about its money."))
    return None


def refuse_request(plan: Plan) -> Text | None:
    """Why nobody can decide about the request as it is."""
    if not plan.budget_lines:
        return say(N_("The plan has no budget line, and asks for no money."))
    if not plan.currency:
        return say(N_("The plan does not say in which currency its amounts are."))
    silent = sum(bool(lacking(plan, line)) for line in plan.budget_lines)
    if silent:
        return say(N_("{0} of {1} budget lines do not say what they cost."), silent, len(plan.budget_lines))
    state = standing(plan).state
    if state in (State.SIGNED, State.APPROVED):
        return say(N_("This was approved as it is."))
    return None
