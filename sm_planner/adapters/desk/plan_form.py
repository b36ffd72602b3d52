"""What the plan form and the HTTP API show of a plan."""

from collections.abc import Sequence
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from sm_planner.adapters import plan_reader
from sm_planner.adapters.desk import findings, gate_facts, plan_guide
from sm_planner.adapters.documents import approvals
from sm_planner.adapters.evidence import sign_off_events
from sm_planner.adapters.integrations import ledger
from sm_planner.adapters.signers import proof_of_signer
from sm_planner.adapters.signing import sign_off
from sm_planner.adapters.site.doctypes import PLAN
from sm_planner.adapters.site.presentation import findings_shown, full_name, opens, told, user_day
from sm_planner.adapters.site.site_numbers import user_number
from sm_planner.engine.approval import decisions
from sm_planner.engine.approval.waivers import approved_until
from sm_planner.engine.checks import check, deeper, told_depth
from sm_planner.engine.checks.key_answers import Held, answered
from sm_planner.engine.checks.mending import Place, place_of_field
from sm_planner.engine.checks.readiness import readiness
from sm_planner.engine.collecting import uncollected
from sm_planner.engine.model import Plan, Waiver
from sm_planner.engine.model.proof import told as proof_told
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.model.seals import Seal
from sm_planner.engine.model.signatures import Signature
from sm_planner.engine.model.states import TO_SIGN
from sm_planner.engine.rhythm.occurrences import next_review
from sm_planner.engine.sealing import canonical, seal, thresholds
from sm_planner.engine.sealing.diff import moved
from sm_planner.engine.sign_off.refusals import refuse_signer
from sm_planner.engine.sign_off.signers import order
from sm_planner.engine.sign_off.standing import can_be_taken_back, returned, standing
from sm_planner.reports import REPORTS, chain_feasibility, plan_effort, raci_matrix
from sm_planner.reports.book import render_funding
from sm_planner.reports.plan_readiness import table as readiness_table

SUMMARISED = {"chain-feasibility": chain_feasibility.figures, "raci-matrix": raci_matrix.figures}
"""Reports of which the form shows what they come to, each with what gives that without its rows."""

FIRST_BLOCKERS = 5
"""Blockers that are told where somebody is about to sign; all are on the first tab of the form."""

NAMED = 3
"""Records that are named where a key question is answered by them; a list has them all."""


@uncollected()
def overview(of: str | Document) -> dict[str, Any]:
    """Findings, readiness and sign-off of a plan, as its form shows them: counts, and the first lines of the findings.

    of: its name, or its document as it was just read.

    All findings, a page at a time: :func:`sm_planner.adapters.desk.findings.findings_page`.
    """
    plan = plan_reader.load(of)
    result = check(plan, getdate())
    board = readiness(plan, result)
    return {
        "plan": plan.id,
        "as_of": str(getdate()),
        "depth": told(told_depth(plan)),
        "deeper": deeper(plan),
        "next_review": str(next_review(plan, getdate()) or ""),
        "standing": told(standing(plan, getdate())),
        "returned": _returned(plan),
        "may_take_back": can_be_taken_back(plan.state, sign_off_events.log(plan.id), frappe.session.user),
        "counts": result.counts,
        "blockers": len(result.blockers),
        "not_evaluated": len(result.not_evaluated),
        "waived": len(result.waived),
        "passed": len(result.passed),
        **findings.beginning(plan, result),
        "readiness": {
            "share": board.share,
            **board.counts,
            "pieces": [
                {
                    **row,
                    "state_key": piece.state.value,
                    "opens": opens(plan, place_of_field(plan, piece.piece.field), {}),
                }
                for row, piece in zip(
                    readiness_table(board).as_dict(_, user_day)["rows"], board.pieces, strict=True
                )
            ],
        },
        "summaries": [_summary(report, plan) for report in SUMMARISED],
        "effort": _effort(plan),
        "guide": plan_guide.shown(plan, result, board),
        "seal": _own_seal(plan.id, plan.seals),
    }


def _returned(plan: Plan) -> dict[str, str] | None:
    """Who sent a draft back, when and why; None for one that nobody sent back."""
    event = returned(plan.state, sign_off_events.log(plan.id))
    if event is None:
        return None
    return {"by": full_name(event.user), "at": event.acted_at, "reason": event.reason}


def _summary(report: str, plan: Plan) -> dict[str, Any]:
    """What a report comes to: its title, how to read it, and the figures above its table."""
    table = SUMMARISED[report](plan, getdate()).as_dict(_, user_day)
    return {"title": _(REPORTS[report].title), "message": table["message"], "figures": table["summary"]}


def _effort(plan: Plan) -> list[dict[str, Any]]:
    """The lines of the size of the effort: ``key``, ``what``, ``value`` or None, ``note``."""
    return plan_effort.report(plan, getdate()).as_dict(_, user_day)["rows"]


def key_questions(name: str) -> list[dict[str, Any]]:
    """The key questions, and what a plan holds about each; without a name, the questions alone."""
    plan = plan_reader.load(name) if name else Plan()
    return [
        {
            "code": one.question.code,
            "text": _(one.question.text),
            "is_answered": one.is_answered,
            "held": [_held(plan, held) for held in one.held],
        }
        for one in answered(plan)
    ]


def _held(plan: Plan, held: Held) -> dict[str, Any]:
    """What a plan holds about a question, with where it is written, and the first of its records."""
    collection = held.place.collection
    first = list(held.titles.items())[:NAMED]
    return {
        "text": told(held.text),
        "opens": opens(plan, held.place, {}),
        "records": [{"title": title, "opens": opens(plan, Place(collection, id), {})} for id, title in first],
        "more": len(held.titles) - len(first),
    }


@uncollected()
def sign_off_summary(of: str | Document) -> dict[str, Any]:
    """What the sponsor is shown before signing: of the blockers their number and the first; all are among the findings.

    of: the name of a plan, or its document as it was just read.
    """
    plan = plan_reader.load(of)
    result = check(plan, getdate())
    sponsor = plan.get("people", plan.executive_sponsor)
    position = sign_off.Position(plan)
    refusals = refuse_signer(
        plan,
        frappe.session.user,
        position.authors,
        today=getdate(),
        given=position.given,
        delegations=position.delegations,
        formerly=position.formerly,
    )
    return {
        "plan": plan.id,
        "title": plan.title,
        "version": plan.version,
        "period": [str(plan.period_start or ""), str(plan.period_end or "")],
        "why": plan.why,
        "sponsor": sponsor.title if sponsor else "",
        "signers": _signers(position),
        "on_behalf_of": _represented(position),
        "is_last": position.is_last,
        "proof": proof_of_signer.wanted(),
        "effort": _effort(plan),
        **gate_facts.of_plan(plan),
        "holds": {collection: len(records) for collection, records in plan.index.items()},
        "counts": result.counts,
        "blocker_count": len(result.blockers),
        "blockers": findings_shown(plan, result.blockers[:FIRST_BLOCKERS]),
        "changes": _changes_since_last_signature(plan),
        "moved": _moved_since_sent(plan),
        "waivers": [_waiver(plan, waiver) for waiver in plan.waivers],
        "refusals": [told(refusal) for refusal in refusals],
        "depth": told(told_depth(plan)),
        "thresholds": [told(one) for one in thresholds.told(plan.settings)],
        "content_hash": position.content_hash,
        "seen_hash": position.seen_hash,
    }


def _signers(position: sign_off.Position) -> list[dict[str, str]]:
    """Who signs, in their order: the name, what the signature stands for, when it was given, and by which deputy."""
    plan = position.plan
    stands_for = {signer.person: signer.stands_for for signer in plan.signers}
    given = {signature.stands_for: signature for signature in position.given}
    found = []
    for person in order(plan):
        record, signature = plan.get("people", person), given.get(person)
        found.append(
            {
                "name": record.title if record else person,
                "stands_for": stands_for.get(person, ""),
                "signed_at": signature.signed_at if signature else "",
                "deputy": signature.signer_name if signature and signature.on_behalf_of else "",
                "next": plan.state == TO_SIGN and person == position.turn,
            }
        )
    return found


def _represented(position: sign_off.Position) -> str:
    """In whose place the user would sign; empty for who signs in person."""
    person = position.plan.get("people", position.turn) if position.delegation else None
    return person.title if person else ""


def signed(made: Seal | Signature) -> dict[str, Any]:
    """What came of a signature: the seal, or who signs next."""
    if isinstance(made, Signature):
        return {"sealed": False, "signed_at": made.signed_at}
    return {
        "sealed": True,
        "number": made.number,
        "seal_hash": made.seal_hash,
        "signed_at": made.signed_at,
    }


def log(name: str) -> list[dict[str, Any]]:
    """The log of a plan's sign-off, the latest first."""
    return [
        {
            "act": _(event.act),
            "outcome": event.outcome,
            "user": event.user,
            "acted_at": event.acted_at,
            "reason": event.reason,
            "seal_hash": event.seal_hash,
            "proof": told(proof_told(event.proof)),
        }
        for event in reversed(sign_off_events.log(name))
    ]


def verification(name: str) -> dict[str, Any]:
    """Whether the seals of the plan's lineage hold, and how the plan of today differs from its own."""
    verified = sign_off.verify(name)
    return {
        **verified.as_dict(),
        "own": _own_seal(name, [verdict.seal for verdict in verified.seals]),
        "problems": [told(problem) for problem in verified.problems],
        "seals_fit": not verified.seal_problems,
        "outside": [told(missed) for missed in verified.outside],
        "notes": [told(note) for note in verified.notes],
        **{
            name: [{**change.as_dict(), "text": told(change.text)} for change in getattr(verified, name)]
            for name in ("drift", "progress")
        },
    }


def comparison(name: str, hash: str) -> dict[str, Any]:
    """What a hash from a mail, a print or a receipt is to the plan."""
    compared = sign_off.compare(name, hash)
    return {"known": compared.known, "text": told(compared.text)}


def funding(name: str) -> dict[str, Any]:
    """The funding request as the form shows it: its page as ``html``, how it stands, what is needed to decide about it, and
    whether there is a ``ledger`` from which the user can take over what was spent."""
    plan = plan_reader.load(name)
    return {
        "html": render_funding(plan, getdate(), _, frappe.local.lang, number=user_number),
        "ledger": ledger.is_readable() and bool(frappe.has_permission(PLAN, "write", name)),
        **approvals.facts_of_funding(plan),
    }


def _own_seal(plan: str, seals: Sequence[Seal]) -> dict[str, Any] | None:
    """The seal of the plan's own version, without what was sealed."""
    own = [one for one in seals if one.plan == plan]
    if not own:
        return None
    values = own[-1].as_dict()
    return {
        **{name: value for name, value in values.items() if name not in ("content", "signed_before")},
        "signed_by": told(own[-1].signed_by),
        "asked": [told(one) for one in thresholds.told_of_seal(own[-1].thresholds)],
        "proof": told(own[-1].proved_by),
        "earlier": [
            {
                "signed_by": told(one.signed_by),
                "signed_at": one.signed_at,
                "meaning": one.meaning,
                "proof": told(one.proved_by),
            }
            for one in own[-1].earlier
        ],
    }


def _waiver(plan: Plan, waiver: Waiver) -> dict[str, str]:
    """What the sponsor is told of a waiver: what it is about, who asked, who decided, until when it counts."""
    decided = decisions(plan, waiver)
    until = approved_until(plan, waiver)
    return {
        "title": waiver.title or waiver.id,
        "rule": waiver.rule,
        "about": _title(plan, waiver.record),
        "asked_by": plan.title_of("people", waiver.requester),
        "decided_by": plan.title_of("people", decided[-1].person) if decided else "",
        "until": str(until or ""),
    }


def _title(plan: Plan, id: str) -> str:
    """What a record is called; empty for no id."""
    found = (by_id[id] for by_id in plan.index.values() if id in by_id)
    return next((str(Ref.to(record)) for record in found), id)


def _moved_since_sent(plan: Plan) -> list[str]:
    """How the registers went on since the plan was sent to its sponsor, who signs them as they stood then."""
    if not plan.frozen:
        return []
    return [told(change.text) for change in moved(canonical.snapshot(plan), canonical.registers(plan))]


def _changes_since_last_signature(plan: Plan) -> list[str] | None:
    """What changed since the version that was signed before; None for a first version."""
    before = [one for one in plan.seals if one.version < plan.version]
    if not before or not seal.holds(before[-1], plan.key_ring):
        return None
    changes = (*seal.drift(before[-1], plan), *seal.progress(before[-1], plan))
    return [told(change.text) for change in changes if change.field not in ("id", "version")]
