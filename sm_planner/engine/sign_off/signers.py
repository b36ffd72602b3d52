"""Who signs a plan, in which order, and who may do so in whose place.

The people whom the plan names as signers sign first, in their order; the executive sponsor signs last, and that
signature seals the plan. All of them sign the same content. A deputy signs under a delegation, which whoever is
represented gave in person, for some days and with a reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sm_planner.engine.model import Person, Plan
from sm_planner.engine.model.delegation import Delegation
from sm_planner.engine.model.signatures import Signature
from sm_planner.engine.texts import N_, Text, say

LONGEST_DAYS = 366
"""Days that a delegation may last."""

SHORTEST_REASON = 10
"""Characters in the reason of a delegation."""


def order(plan: Plan) -> tuple[str, ...]:
    """The ids of those who sign the plan, the executive sponsor last."""
    before = (signer.person for signer in plan.signers if signer.person != plan.executive_sponsor)
    return (*dict.fromkeys(before), plan.executive_sponsor)


def next_signer(plan: Plan, given: Sequence[Signature]) -> str:
    """The id of the person whose turn it is to sign; empty while the plan names nobody."""
    signed = {signature.stands_for for signature in given}
    return next((person for person in order(plan) if person not in signed), plan.executive_sponsor)


def is_account(person: Person | None, user: str) -> bool:
    """Whether the user account is that person's."""
    return bool(person and person.user) and person.user.casefold() == user.casefold()


def deputy_of(
    person: str, plan: Plan, user: str, delegations: Iterable[Delegation], today: date
) -> Delegation | None:
    """The delegation under which this user may sign for that person today, or None."""
    for delegation in delegations:
        if _is_for(delegation, person, user) and delegation.holds(plan.id, today):
            return delegation
    return None


def lapsed(
    person: str, plan: Plan, user: str, delegations: Iterable[Delegation], today: date
) -> tuple[Text, ...]:
    """Why this user may sign for that person no more, though a delegation says so."""
    return tuple(
        delegation.lapsed
        for delegation in delegations
        if delegation.lapsed
        and delegation.is_open(plan.id, today)
        and (
            _is_for(delegation, person, user)
            or (delegation.principal == person and delegation.given_to.casefold() == user.casefold())
        )
    )


def _is_for(delegation: Delegation, person: str, user: str) -> bool:
    return (
        delegation.principal == person
        and delegation.deputy_enabled
        and delegation.deputy_user.casefold() == user.casefold()
    )


def refuse_delegation(delegation: Delegation, user: str, today: date) -> tuple[Text, ...]:
    """Why this user cannot give the delegation today; empty if nothing stands in the way."""
    refusals = list(_refuse_giver(delegation, user))
    deputy = delegation.deputy_user.casefold()
    if delegation.deputy == delegation.principal or deputy == delegation.principal_user.casefold():
        refusals.append(say(N_("You cannot be your own deputy. Name another person.")))
    if not deputy or not delegation.deputy_enabled:
        refusals.append(
            say(N_("The deputy {0} has no enabled user account to sign with."), delegation.deputy_name)
        )
    if not delegation.valid_from or not delegation.valid_to:
        refusals.append(say(N_("Enter the first and the last day on which the deputy may sign.")))
    else:
        refusals += _refuse_days(delegation.valid_from, delegation.valid_to, today)
    if len(delegation.reason.strip()) < SHORTEST_REASON:
        refusals.append(say(N_("Say in a few words why a deputy signs.")))
    return tuple(refusals)


def refuse_revocation(delegation: Delegation, user: str) -> tuple[Text, ...]:
    """Why this user cannot end the delegation: neither gave it nor stands for whoever is represented now."""
    if user and delegation.given_by.casefold() == user.casefold():
        return ()
    return tuple(_refuse_giver(delegation, user))


def _refuse_giver(delegation: Delegation, user: str) -> Iterable[Text]:
    if not user or delegation.principal_user.casefold() != user.casefold():
        yield say(N_("Only the represented person can give or end a delegation."))


def _refuse_days(valid_from: date, valid_to: date, today: date) -> Iterable[Text]:
    if valid_from < today:
        yield say(N_("A delegation cannot be backdated. Let it begin today or later."))
    if valid_to < valid_from:
        yield say(N_("The delegation ends before it begins."))
    elif (valid_to - valid_from).days >= LONGEST_DAYS:
        yield say(N_("A delegation can last {0} days at most."), LONGEST_DAYS)
