"""Who decides about an improvement, what can be decided when, and what that makes of it."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace
from datetime import date

from sm_planner.engine.approval import decided, decision_rights, decisions, shown, what
from sm_planner.engine.model import Plan, Settings
from sm_planner.engine.model.approvals import APPROVE, CLOSE, REJECT
from sm_planner.engine.model.fields import specs
from sm_planner.engine.model.improvements import Improvement
from sm_planner.engine.model.office import IMPROVEMENTS, SPENDING
from sm_planner.engine.model.vocabulary import (
    APPROVED,
    ASSESS,
    CLOSED,
    IN_PROGRESS,
    NEW,
    ON_HOLD,
    REJECTED,
    VERIFY,
)
from sm_planner.engine.texts import N_, Text, listed, say

UNDER_APPROVAL = (APPROVED, IN_PROGRESS, VERIFY, ON_HOLD)
"""States that only an approval leads to, and that last as long as what was approved stays as it was."""

OUTCOMES = {APPROVE: APPROVED, REJECT: REJECTED, CLOSE: CLOSED}
"""Act of who decides → the state that it leads to."""

ACTS = {NEW: (APPROVE, REJECT), ASSESS: (APPROVE, REJECT), VERIFY: (CLOSE,), ON_HOLD: (REJECT,)}
"""State → what can be decided then."""

_NEEDED = {
    APPROVE: ("improvement_owner", "due", "effort_days"),
    REJECT: (),
    CLOSE: ("benefit_actual", "verdict"),
}
"""Act → what has to be said before."""


def is_small(improvement: Improvement, settings: Settings) -> bool:
    """Whether the team of its owner may approve an improvement by itself: little effort, and no cost."""
    limit = settings.small_change_days
    days = improvement.effort_days
    return bool(limit) and days is not None and days <= limit and not improvement.cost


def is_for_sponsor(improvement: Improvement, settings: Settings) -> bool:
    """Whether the executive sponsor alone approves an improvement: more than a limit of effort or cost."""
    pairs = (
        (improvement.effort_days, settings.sponsor_days),
        (improvement.cost, settings.sponsor_cost),
    )
    return any(value is not None and limit is not None and value > limit for value, limit in pairs)


def deciders(plan: Plan, improvement: Improvement, today: date) -> frozenset[str]:
    """The people who decide about an improvement. Nobody decides about what he carries out or suggested himself.

    Where the version in force states rights to decide about improvements, they say who does up to which limit, and above it the
    executive sponsor. Else the limits of the settings do; nobody decides about more money than the version lets him spend.
    """
    found = {plan.executive_sponsor}
    if decision_rights.stated(plan, IMPROVEMENTS):
        found |= decision_rights.deciders(plan, improvement, today)
    else:
        asked = _with_lines(plan, improvement)
        found |= {
            one
            for one in _by_settings(plan, asked)
            if decision_rights.may_spend(plan, one, asked.cost, today)
        }
    return frozenset(found - {"", improvement.improvement_owner, improvement.suggested_by})


def _with_lines(plan: Plan, improvement: Improvement) -> Improvement:
    """The improvement at what it costs by its budget lines, where that is more than what it says."""
    return replace(improvement, cost=decision_rights.asked_for(plan, improvement) or improvement.cost)


def _by_settings(plan: Plan, improvement: Improvement) -> set[str]:
    """The people beside the sponsor who decide about an improvement by the limits of the settings."""
    if is_for_sponsor(improvement, plan.settings):
        return set()
    small = is_small(improvement, plan.settings)
    team = decision_rights.team_of(plan, improvement.improvement_owner) if small else frozenset()
    return {plan.plan_owner, *team}


def awaiting(plan: Plan, person: str, today: date) -> tuple[Improvement, ...]:
    """The improvements that wait for a decision of a person: to be approved or rejected once they are assessed, or closed."""
    return tuple(one for one in plan.improvements if is_ready(one) and person in deciders(plan, one, today))


def is_ready(improvement: Improvement) -> bool:
    """Whether an improvement waits for a decision, whoever takes it: it is assessed or done, and says what has to be known."""
    return improvement.status in (ASSESS, VERIFY) and any(
        _lack(improvement, act) is None for act in ACTS[improvement.status] if act != REJECT
    )


def refuse_decision(
    plan: Plan, improvement: Improvement, act: str, people: Set[str], read: str, today: date
) -> Text | None:
    """Why an account may not decide about an improvement; None if that is possible.

    plan: the version in force, or the newest while none is. people: the ids of the people whom the account stands for.
    read: the hash of what was read, by :func:`sm_planner.engine.approval.shown`.
    """
    return refuse_person(plan, improvement, people, today) or (
        refuse_act(improvement, act)
        or (
            say(N_("The improvement has changed since you opened it. Read it again."))
            if read != shown(improvement)
            else None
        )
    )


def refuse_person(plan: Plan, improvement: Improvement, people: Set[str], today: date) -> Text | None:
    """Why somebody does not decide about an improvement, whatever stands in it."""
    if improvement.improvement_owner in people:
        return say(N_("You carry out this improvement. Somebody else decides about it."))
    if improvement.suggested_by in people:
        return say(N_("You suggested this improvement. Somebody else decides about it."))
    may = deciders(plan, improvement, today)
    if people & may:
        return None
    for about, is_asked in ((IMPROVEMENTS, True), (SPENDING, bool(improvement.cost))):
        if is_asked and decision_rights.stated(plan, about):
            return decision_rights.refusal(plan, about, frozenset(people), may, today)
    if is_for_sponsor(improvement, plan.settings):
        return say(N_("So much effort or cost is decided about by the executive sponsor."))
    if is_small(improvement, plan.settings):
        return say(
            N_(
                "The plan owner, the executive sponsor, or the team of the owner decides about this improvement."
            )
        )
    return say(N_("The plan owner or the executive sponsor decides about this improvement."))


def refuse_act(improvement: Improvement, act: str) -> Text | None:
    """Why something cannot be decided about an improvement as it stands, whoever decides."""
    if act not in ACTS.get(improvement.status, ()):
        return say(
            N_("While it is {0}, this cannot be decided about an improvement: {1}."),
            Text(improvement.status),
            Text(act),
        )
    return _lack(improvement, act)


def _lack(improvement: Improvement, act: str) -> Text | None:
    """What has to be said of an improvement before that is decided."""
    fields = [name for name in _NEEDED[act] if getattr(improvement, name) in ("", None)]
    if act == CLOSE and improvement.verdict == "Missed" and not improvement.follow_up.strip():
        fields.append("follow_up")
    if not fields:
        return None
    labels = listed(Text(specs(Improvement)[name].label) for name in fields)
    return say(N_("Before this is decided, the improvement has to say: {0}."), labels)


def is_approved(plan: Plan, improvement: Improvement) -> bool:
    """Whether an improvement was approved as it is now.

    Where nothing was ever decided about it on this site, as in a plan file, its state is the claim of who wrote it.
    """
    if not decided(plan, improvement):
        return improvement.status in (*UNDER_APPROVAL, CLOSED)
    found = decisions(plan, improvement)
    return bool(found) and found[-1].act == APPROVE


def closed_on(plan: Plan, improvement: Improvement) -> date | None:
    """When somebody decided last that an improvement is over; None where that was not decided on this site."""
    return max((one.day for one in decided(plan, improvement) if one.act == CLOSE and one.day), default=None)


def standing(plan: Plan, improvement: Improvement, before: Improvement | None) -> str:
    """The state of an improvement that is written, by what was decided about it.

    What was approved and is not any more what was approved is assessed again. before: as it is stored, or None. plan: with all
    that was decided about it.
    """
    if improvement.status not in UNDER_APPROVAL:
        return improvement.status
    if decided(plan, improvement):
        return improvement.status if is_approved(plan, improvement) else ASSESS
    return ASSESS if before and what(before) != what(improvement) else improvement.status


def undecided(status: str) -> str:
    """The state in which an improvement begins on a site where others decide, whatever a file says of it.

    A file that brings the whole plan to a site for the first time tells what was decided elsewhere.
    """
    return status if status in (NEW, ASSESS) else ASSESS
