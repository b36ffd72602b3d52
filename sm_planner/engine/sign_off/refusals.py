"""What stands in the way: who may not move a plan on, sign it or change it, and why.

Everything that a site or the command line refuses about the sign-off is decided here. An actor is known by the
user account and its roles; the sponsor is the person whom the plan names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sm_planner.engine.model import Person, Plan
from sm_planner.engine.model.delegation import Delegation
from sm_planner.engine.model.signatures import Signature
from sm_planner.engine.model.states import (
    ACTIVE,
    DRAFT,
    IN_REVIEW,
    SIGN,
    SUPERSEDED,
    TO_SIGN,
    Transition,
    transition,
)
from sm_planner.engine.sign_off.signers import deputy_of, is_account, lapsed, next_signer
from sm_planner.engine.texts import N_, Text, listed, say

if TYPE_CHECKING:
    from sm_planner.engine.checks import CheckResult


SHORTEST_MEANING = 10
"""Characters in the words with which a sponsor says what the signature means."""


@dataclass(frozen=True)
class Actor:
    """Who acts: the user account, and its roles."""

    user: str
    roles: frozenset[str]


def refuse_step(source: str, target: str, actor: Actor) -> Text | None:
    """Why the actor cannot move a plan from one state to the other; None if he can."""
    step = transition(source, target)
    if step is None:
        return say(N_("A plan cannot go from {0} to {1}."), Text(source), Text(target))
    return _needs_role(step) if actor.roles.isdisjoint(step.roles) else None


def _needs_role(step: Transition) -> Text:
    return say(N_("“{0}” needs one of the roles {1}."), Text(step.action), listed(map(Text, step.roles)))


def refuse_to_sponsor(result: CheckResult) -> tuple[Text, ...]:
    """Why the plan cannot be put before its sponsor: its blockers."""
    return tuple(
        say(N_("{0}: {1} {2}"), finding.code, Text(finding.message, finding.args), finding.advice)
        for finding in result.blockers
    )


def refuse_signer(
    plan: Plan,
    user: str,
    contributors: Iterable[str],
    *,
    today: date,
    given: Sequence[Signature] = (),
    delegations: Sequence[Delegation] = (),
    formerly: Iterable[str] = (),
) -> tuple[Text, ...]:
    """Why this user cannot sign the plan today.

    contributors: the users who wrote or changed its content. given: the signatures that it has already.
    formerly: what the user's account was called before.
    """
    refusals = []
    turn = next_signer(plan, given)
    person = plan.get("people", turn)
    if not is_account(person, user) and not deputy_of(turn, plan, user, delegations, today):
        refusals += [_only(plan, person), *lapsed(turn, plan, user, delegations, today)]
    names = {name.casefold() for name in (user, *formerly)}
    if any(signature.signer_user.casefold() in names for signature in given):
        refusals.append(say(N_("You have already signed this plan.")))
    if is_account(plan.get("people", plan.plan_owner), user):
        refusals.append(say(N_("The plan owner cannot sign the plan.")))
    if user.casefold() in {contributor.casefold() for contributor in contributors}:
        refusals.append(say(N_("People who wrote or changed the plan cannot sign it.")))
    return tuple(refusals)


def refuse_signature(
    plan: Plan,
    result: CheckResult,
    *,
    actor: Actor,
    contributors: Iterable[str],
    meaning: str,
    seen_hash: str,
    content_hash: str,
    today: date,
    given: Sequence[Signature] = (),
    delegations: Sequence[Delegation] = (),
    formerly: Iterable[str] = (),
) -> tuple[Text, ...]:
    """Everything that keeps this user from signing the plan now; empty if nothing does.

    seen_hash: the hash of what the signer was shown; content_hash: that of today. Both with the thresholds, as
    :func:`sm_planner.engine.sealing.thresholds.seen_hash` makes them.
    """
    refusals = list(
        refuse_signer(
            plan,
            actor.user,
            contributors,
            today=today,
            given=given,
            delegations=delegations,
            formerly=formerly,
        )
    )
    if actor.roles.isdisjoint(SIGN.roles):
        refusals.append(_needs_role(SIGN))
    if plan.state != TO_SIGN:
        refusals.append(say(N_("The plan is {0}, not {1}."), Text(plan.state), Text(TO_SIGN)))
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
        refusals.append(_only(plan, plan.get("people", plan.executive_sponsor)))
    if plan.signers:
        refusals.append(say(N_("The plan names signers before its sponsor. They can sign only on a site.")))
    if signer == plan.plan_owner:
        refusals.append(say(N_("The plan owner cannot sign the plan.")))
    return (
        *refusals,
        *_refuse_sealed_version(plan),
        *_refuse_meaning(meaning),
        *refuse_to_sponsor(result),
    )


_REMEDIES = {
    IN_REVIEW: N_("Return the plan to Draft first."),
    TO_SIGN: N_("Return the plan to Draft first."),
    ACTIVE: N_("Start a revision of the plan, or ask a planner to, and change it there."),
    SUPERSEDED: N_("Change the version that followed it."),
}
"""State → what is to be done by whoever wants to change a plan in it."""


def refuse_change(plan: str, state: str) -> Text | None:
    """Why a plan, and what belongs to it, does not change; None while it is a draft. plan: what it is called."""
    if state == DRAFT:
        return None
    return say(
        N_("The plan “{0}” is {1}. Only a Draft can be changed. {2}"),
        plan,
        Text(state),
        Text(_REMEDIES[state]),
    )


@dataclass(frozen=True, kw_only=True)
class AccountChange:
    """That another user account is to stand for a person.

    before and after: the accounts, empty for none. states: of the plans that the person signs, has signed or owns.
    signs: whether it is more than owning. authors: the accounts that wrote these plans. partners: the accounts on the
    other side of the delegations of the person that have not ended. begins: nobody could act with the account of
    before: there was none, or none that the site knows.
    """

    person: str
    before: str
    after: str
    states: frozenset[str] = frozenset()
    signs: bool = False
    authors: frozenset[str] = frozenset()
    partners: frozenset[str] = frozenset()
    delegates: bool = False
    begins: bool = False

    @property
    def counts(self) -> bool:
        """Whether the sign-off asks whose account this is."""
        return bool(self.states) or self.signs or self.delegates


def refuse_other_account(change: AccountChange, user: str) -> tuple[Text, ...]:
    """Why this user cannot let another account stand for the person now; empty if nothing stands in the way.

    Whoever fills in the first account in a draft wrote that draft, and does not sign it.
    """
    if not change.counts:
        return ()
    refusals = []
    if not change.states.isdisjoint((IN_REVIEW, TO_SIGN)):
        refusals.append(
            say(
                N_(
                    "While a plan is under review, the accounts of its signers, its owner and whoever decides by it "
                    "cannot be changed. "
                    "Return the plan to Draft first."
                )
            )
        )
    involved = tuple(_involved(change, user))
    if involved:
        refusals += [*involved, say(N_("Ask somebody who may change people and is not involved."))]
    return tuple(refusals)


def _involved(change: AccountChange, user: str) -> Iterator[Text]:
    first = change.begins and change.states <= {DRAFT} and not change.delegates
    if _is_among(user, (change.before, change.after)) and not (first and not change.signs):
        yield say(N_("You cannot decide whether your own account stands for {0}."), change.person)
    if _is_among(user, change.authors) and not first:
        yield say(
            N_("People who wrote a plan that {0} signs or decides by cannot decide which account does."),
            change.person,
        )
    if _is_among(user, change.partners):
        yield say(
            N_(
                "People who have given {0} a delegation, or have one from them, cannot decide which account "
                "uses it."
            ),
            change.person,
        )


def _is_among(user: str, accounts: Iterable[str]) -> bool:
    return user.casefold() in {account.casefold() for account in accounts}


def _only(plan: Plan, person: Person | None) -> Text:
    """That it is this person's turn."""
    name = person.title if person else "-"
    if person is None or person.id == plan.executive_sponsor:
        return say(N_("Only the executive sponsor, {0}, can sign this plan."), name)
    return say(N_("{0} must sign this plan before anybody else."), name)


def _refuse_sealed_version(plan: Plan) -> tuple[Text, ...]:
    sealed = max((seal.version for seal in plan.seals), default=0)
    if plan.version <= sealed:
        return (say(N_("Version {0} is already sealed. Raise the version number."), sealed),)
    return ()


def _refuse_meaning(meaning: str) -> tuple[Text, ...]:
    if len(meaning.strip()) < SHORTEST_MEANING:
        return (say(N_("Say in a few words what your signature means.")),)
    return ()
