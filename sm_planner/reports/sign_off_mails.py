"""What mails about the sign-off say. They carry plain links to the plan, and nothing that acts by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sm_planner.engine.checks import CheckResult
from sm_planner.engine.model import Plan
from sm_planner.engine.model.delegation import Delegation
from sm_planner.engine.model.seals import Seal
from sm_planner.engine.model.signatures import Signature
from sm_planner.engine.sealing.thresholds import told
from sm_planner.engine.texts import N_, Text, listed, say

MOST_LINES = 10
"""Lines of a list in a mail; the plan has them all."""


@dataclass(frozen=True, kw_only=True)
class Mail:
    """A mail of half a page. quote: words of a person. numbers: three that matter. hashes: what to keep."""

    subject: Text
    intro: Text
    quote: str = ""
    numbers: tuple[tuple[int, Text], ...] = ()
    lines: tuple[Text, ...] = ()
    hashes: tuple[tuple[Text, str], ...] = ()
    closing: Text | None = None


def in_review(plan: Plan, result: CheckResult, by: str) -> Mail:
    """To those who read a plan before it goes to its sponsor."""
    return Mail(
        subject=say(N_("In review: {0}"), plan.title),
        intro=say(N_("{0} sent version {1} for review."), by, plan.version),
        quote=plan.why,
        numbers=_numbers(plan, result),
        closing=say(
            N_(
                "Read the plan. When it is agreed, send it to its sponsor. Or return it, and say what has to "
                "be changed."
            )
        ),
    )


def to_sign(plan: Plan, result: CheckResult, content_hash: str, represented: str = "") -> Mail:
    """To whoever signs next, or to a deputy for the person represented."""
    intro = say(
        N_("The plan is waiting for your signature: version {0}, in force from {1} to {2}."), *_period(plan)
    )
    if represented:
        intro = say(
            N_("The plan is waiting for a signature that you may give on behalf of {0}: version {1}."),
            represented,
            plan.version,
        )
    last = plan.seals[-1] if plan.seals else None
    return Mail(
        subject=say(N_("To sign: {0}"), plan.title),
        intro=intro,
        quote=plan.why,
        numbers=_numbers(plan, result),
        lines=_thresholds(plan),
        hashes=(
            (say(N_("Hash of the content to sign")), content_hash),
            *([(say(N_("Seal hash of the previous version")), last.seal_hash)] if last else []),
        ),
        closing=say(N_("Open the plan to read it, and to sign or return it. This mail cannot sign it.")),
    )


def returned(plan: Plan, by: str, reason: str) -> Mail:
    """To the authors of a plan that was sent back."""
    return Mail(
        subject=say(N_("Returned: {0}"), plan.title),
        intro=say(N_("{0} returned version {1} to you."), by, plan.version),
        quote=reason,
        closing=say(N_("The plan is a draft again. Signatures given so far no longer count.")),
    )


def signed(plan: Plan, made: Seal | Signature) -> Mail:
    """To the sponsor and everybody else who has a part in it, at every signature."""
    sealed = isinstance(made, Seal)
    before = (
        [say(N_("Signed before by {0}, {1}"), one.signed_by, _instant(one.signed_at)) for one in made.earlier]
        if sealed
        else []
    )
    return Mail(
        subject=say(N_("Signed: {0}"), plan.title),
        intro=say(
            N_("{1} signed version {0} on {2}, and it is sealed.")
            if sealed
            else N_("{1} signed version {0} on {2}. Other signers follow."),
            plan.version,
            made.signed_by,
            _instant(made.signed_at),
        ),
        quote=made.meaning,
        lines=(
            *before,
            *([say(N_("Delegation: {0}"), made.delegation)] if made.delegation else []),
            *([say(N_("Proof of the signer: {0}"), made.proved_by)] if made.proof else []),
        ),
        hashes=(
            (say(N_("Seal hash")), made.seal_hash)
            if sealed
            else (say(N_("Hash of the signed content")), made.content_hash),
        ),
        closing=say(
            N_(
                "Keep this mail: its hash can show later that nothing was changed. If you did not expect "
                "this signature, tell the plan owner and your administrator."
            )
        ),
    )


def delegated(delegation: Delegation, principal_name: str, plans: Sequence[str]) -> Mail:
    """To both, when a delegation was given or has ended. plans: titles of those that the deputy might sign."""
    what = (principal_name, delegation.deputy_name, delegation.valid_from, delegation.valid_to)
    return Mail(
        subject=say(N_("Delegation {0}"), delegation.id),
        intro=say(
            N_("{1} may no longer sign on behalf of {0}. The delegation from {2} to {3} was revoked.")
            if delegation.revoked
            else N_("{1} may sign plans on behalf of {0} from {2} to {3}."),
            *what,
        ),
        quote=delegation.reason,
        lines=(
            *((say(N_("Only for the plan {0}"), delegation.plan),) if delegation.plan else ()),
            *((say(N_("This is about the sign-off of: {0}"), listed(plans)),) if plans else ()),
        ),
        closing=say(N_("If you did not expect this, tell your administrator.")),
    )


def lapsed(delegation: Delegation) -> Mail:
    """To both, when a delegation holds no more because another account stands for one of them."""
    return Mail(
        subject=say(N_("Delegation {0}"), delegation.id),
        intro=delegation.lapsed,
        quote=delegation.reason,
        closing=say(N_("If you did not expect this, tell your administrator.")),
    )


def found(plan: Plan, texts: Sequence[Text]) -> Mail:
    """To owner and sponsor, when the daily watch finds something."""
    more = len(texts) - MOST_LINES
    return Mail(
        subject=say(N_("Check a signed plan: {0}"), plan.title),
        intro=say(N_("The daily verification of version {0} found this:"), plan.version),
        lines=(*texts[:MOST_LINES], *([say(N_("and {0} more"), more)] if more > 0 else [])),
        closing=say(N_("You are told only once, unless something else is found.")),
    )


def alarm(plan: Plan, texts: Sequence[Text]) -> Mail:
    """To sponsor, sponsor before and auditors, when something touches the worth of a signature."""
    return Mail(
        subject=say(N_("About the sign-off: {0}"), plan.title),
        intro=say(N_("This happened around the sign-off of version {0}:"), plan.version),
        lines=tuple(texts),
        closing=say(N_("If you did not expect this, ask the plan owner and your administrator.")),
    )


def _thresholds(plan: Plan) -> tuple[Text, ...]:
    """By what the plan is measured, where that is not the standard."""
    found = told(plan.settings)
    return (
        (say(N_("This site measures plans by thresholds that differ from the standard:")), *found)
        if found
        else ()
    )


def _numbers(plan: Plan, result: CheckResult) -> tuple[tuple[int, Text], ...]:
    return (
        (len(plan.services), say(N_("services"))),
        (len(plan.agreements), say(N_("agreements"))),
        (len(result.failed), say(N_("open findings"))),
    )


def _period(plan: Plan) -> tuple[int | None, date | str, date | str]:
    return plan.version, plan.period_start or "–", plan.period_end or "–"


def _instant(iso: str) -> Text:
    """A time in UTC, given in ISO 8601."""
    return listed((date.fromisoformat(iso[:10]), iso[11:19], "UTC"), " ")
