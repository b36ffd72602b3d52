"""The sign-off: which states a plan goes through, who moves it on, and what stands in the way.

Everything that a site or the command line refuses about the sign-off is decided here. An actor is known by the
user account and its roles; the sponsor is the person whom the plan names.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sm_planner.engine.model import Plan
from sm_planner.engine.texts import N_, Text, say

if TYPE_CHECKING:
    from sm_planner.engine.checks import CheckResult

DRAFT, IN_REVIEW, TO_SIGN, ACTIVE, SUPERSEDED = "Draft", "In Review", "To Sign", "Active", "Superseded"

MANAGER, PLANNER, SPONSOR = "SM Planner Manager", "SM Planner User", "SM Executive Sponsor"
"""Roles that take part in the sign-off."""

SHORTEST_MEANING = 10
"""Characters in the words with which a sponsor says what the signature means."""


@dataclass(frozen=True)
class Transition:
    """A step of the sign-off. roles: one of them is needed."""

    action: str
    source: str
    target: str
    roles: tuple[str, ...]


SEND_FOR_REVIEW = Transition(N_("Send for Review"), DRAFT, IN_REVIEW, (MANAGER, PLANNER))
SEND_TO_SPONSOR = Transition(N_("Send to Sponsor"), IN_REVIEW, TO_SIGN, (MANAGER, PLANNER))
RETURN_FROM_REVIEW = Transition(N_("Return"), IN_REVIEW, DRAFT, (MANAGER, PLANNER))
RETURN_FROM_SPONSOR = Transition(N_("Return"), TO_SIGN, DRAFT, (MANAGER, PLANNER, SPONSOR))
SIGN = Transition(N_("Sign"), TO_SIGN, ACTIVE, (SPONSOR,))

TRANSITIONS = (SEND_FOR_REVIEW, SEND_TO_SPONSOR, RETURN_FROM_REVIEW, RETURN_FROM_SPONSOR, SIGN)
"""All steps. An Active plan becomes Superseded when the next version of its lineage is signed."""

DOCSTATUS = {DRAFT: 0, IN_REVIEW: 0, TO_SIGN: 0, ACTIVE: 1, SUPERSEDED: 1}
"""State → Frappe's document status: 0 a draft, 1 submitted."""


@dataclass(frozen=True)
class Actor:
    """Who acts: the user account, and its roles."""

    user: str
    roles: frozenset[str]


def transition(source: str, target: str) -> Transition | None:
    """The step between two states, or None if there is none."""
    return next((step for step in TRANSITIONS if (step.source, step.target) == (source, target)), None)


def refuse_step(source: str, target: str, actor: Actor) -> Text | None:
    """Why the actor cannot move a plan from one state to the other; None if he can."""
    step = transition(source, target)
    if step is None:
        return say(N_("A plan does not go from {0} to {1}."), source, target)
    if actor.roles.isdisjoint(step.roles):
        return say(N_("“{0}” needs one of the roles {1}."), step.action, ", ".join(step.roles))
    return None


def refuse_to_sponsor(result: CheckResult) -> tuple[Text, ...]:
    """Why the plan cannot be put before its sponsor: its blockers."""
    return tuple(
        say(N_("{0}: {1} {2}"), finding.code, finding.text, finding.fix) for finding in result.blockers
    )


def refuse_signer(plan: Plan, user: str, contributors: Iterable[str]) -> tuple[Text, ...]:
    """Why this user cannot sign the plan. contributors: the users who wrote or changed its content."""
    refusals = []
    sponsor = plan.get("people", plan.executive_sponsor)
    owner = plan.get("people", plan.plan_owner)
    if sponsor is None or not sponsor.user or user.casefold() != sponsor.user.casefold():
        refusals.append(_only_the_sponsor(sponsor.title if sponsor else "-"))
    if owner and owner.user.casefold() == user.casefold():
        refusals.append(say(N_("The plan owner does not sign the plan.")))
    if user.casefold() in {contributor.casefold() for contributor in contributors}:
        refusals.append(say(N_("Who wrote or changed the plan does not sign it.")))
    return tuple(refusals)


def refuse_signature(
    plan: Plan,
    result: CheckResult,
    *,
    user: str,
    contributors: Iterable[str],
    meaning: str,
    seen_hash: str,
    content_hash: str,
) -> tuple[Text, ...]:
    """Everything that keeps this user from signing the plan now; empty if nothing does.

    seen_hash: the hash of the content that the signer was shown; content_hash: that of today.
    """
    refusals = list(refuse_signer(plan, user, contributors))
    if plan.state != TO_SIGN:
        refusals.append(say(N_("The plan is {0}, not {1}."), plan.state, TO_SIGN))
    refusals += _refuse_meaning(meaning)
    refusals += _refuse_sealed_version(plan)
    if seen_hash != content_hash:
        refusals.append(say(N_("The plan has changed since you opened it. Read it again before you sign.")))
    return (*refusals, *refuse_to_sponsor(result))


def refuse_paper_signature(plan: Plan, result: CheckResult, *, signer: str, meaning: str) -> tuple[Text, ...]:
    """Everything that keeps a person's signature from being sealed where the plan is a file.

    signer: the id of a person. Who sits at the keyboard cannot be known there.
    """
    refusals = []
    if signer != plan.executive_sponsor or not plan.get("people", signer):
        sponsor = plan.get("people", plan.executive_sponsor)
        refusals.append(_only_the_sponsor(sponsor.title if sponsor else "-"))
    if signer == plan.plan_owner:
        refusals.append(say(N_("The plan owner does not sign the plan.")))
    return (
        *refusals,
        *_refuse_sealed_version(plan),
        *_refuse_meaning(meaning),
        *refuse_to_sponsor(result),
    )


def refuse_other_account(states: Iterable[str]) -> Text | None:
    """Why another user cannot stand for a person now. states: of the plans that the person sponsors or owns."""
    if {IN_REVIEW, TO_SIGN}.isdisjoint(states):
        return None
    return say(
        N_("Sponsor and owner of a plan under review keep their accounts. Return the plan to Draft first.")
    )


def _only_the_sponsor(name: str) -> Text:
    return say(N_("Only the executive sponsor, {0}, signs this plan."), name)


def _refuse_sealed_version(plan: Plan) -> tuple[Text, ...]:
    sealed = max((seal.version for seal in plan.seals), default=0)
    if plan.version <= sealed:
        return (say(N_("Version {0} is sealed already. Raise the version."), sealed),)
    return ()


def _refuse_meaning(meaning: str) -> tuple[Text, ...]:
    if len(meaning.strip()) < SHORTEST_MEANING:
        return (say(N_("Say in a few words what your signature means.")),)
    return ()
