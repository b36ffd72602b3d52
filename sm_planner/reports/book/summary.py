"""The sponsor's page: what is asked of the sponsor, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sm_planner.engine.agreements.measurements import reached
from sm_planner.engine.approval.funding import standing as standing_of_funding
from sm_planner.engine.checks import told_depth
from sm_planner.engine.checks.readiness import State
from sm_planner.engine.gates.early import Early, too_early
from sm_planner.engine.gates.gates import Gate, gates
from sm_planner.engine.gates.things import brought, technology
from sm_planner.engine.model import Measurement, ValueStatement
from sm_planner.engine.model.seals import Seal
from sm_planner.engine.model.states import SUPERSEDED, TO_SIGN
from sm_planner.engine.money.request import FundingRequest, funding_request
from sm_planner.engine.rhythm.occurrences import next_review
from sm_planner.engine.sealing import canonical
from sm_planner.engine.sealing.thresholds import told, told_of_seal
from sm_planner.engine.texts import N_, Text, say
from sm_planner.reports import plan_effort
from sm_planner.reports.book import standing
from sm_planner.reports.book.findings import Group, by_rule
from sm_planner.reports.book.material import Material
from sm_planner.reports.table import Table

WAIVERS_SHOWN = 5
"""Waivers told on the sponsor's page; their chapter has them all."""
BLOCKERS_SHOWN = 5
"""Blocking rules told on the sponsor's page; the findings have them all."""


@dataclass(frozen=True)
class Summary:
    """stop: whether something keeps the sponsor from signing, or speaks against the signature.

    problems: why the seals do not hold; then nobody can say who signed.
    """

    request: Text
    stop: bool
    blockers: tuple[Group, ...]
    more_blockers: int
    extent: Text
    effort: Table
    gates: tuple[Gate, ...]
    early: tuple[Early, ...]
    money: FundingRequest
    funding: Text
    ready: str
    open_pieces: tuple[Text, ...]
    counts: dict[str, int]
    not_evaluated: int
    waived: int
    waivers: list[dict[str, Any]]
    more_waivers: int
    seal: Seal | None
    problems: tuple[Text, ...]
    content_hash: str
    depth: Text
    thresholds: tuple[Text, ...]
    values: list[tuple[ValueStatement, Measurement | None]]
    """What the plan promises to bring, with what it came to when it was measured last."""


def summary(material: Material) -> Summary:
    plan, result, board = material.plan, material.result, material.board
    own = next((seal for seal in reversed(plan.seals) if seal.version == plan.version), None)
    blockers = () if own else by_rule(result.blockers)
    waivers = [row for row in standing.waivers(material) if row["suppressed"]]
    return Summary(
        request=_request(material, own),
        stop=bool(blockers) or bool(own and (material.verification.drift or material.verification.problems)),
        blockers=blockers[:BLOCKERS_SHOWN],
        more_blockers=max(0, len(blockers) - BLOCKERS_SHOWN),
        extent=say(
            N_("The plan covers {0} services, {1} components, {2} agreements and {3} objectives."),
            len(plan.services),
            len(plan.components),
            len(plan.agreements),
            len(plan.objectives),
        ),
        gates=gates(plan, material.today) if brought(plan, material.today) or technology(plan) else (),
        early=too_early(plan, material.today),
        effort=_without_money(plan_effort.report(plan, material.today)),
        money=funding_request(plan, material.today),
        funding=standing_of_funding(plan).told,
        ready=f"{board.counts[State.READY.value]}/{len(board.pieces)}",
        open_pieces=tuple(Text(piece.piece.name) for piece in board.pieces if piece.state is not State.READY),
        counts=result.counts,
        not_evaluated=len(result.not_evaluated),
        waived=len(result.waived),
        waivers=waivers[:WAIVERS_SHOWN],
        more_waivers=max(0, len(waivers) - WAIVERS_SHOWN),
        seal=own,
        problems=material.verification.problems if own else (),
        content_hash=canonical.content_hash(plan),
        values=[(value, reached(plan, value, material.today)) for value in plan.value_statements],
        depth=told_depth(plan),
        thresholds=told_of_seal(own.thresholds) if own else told(plan.settings),
    )


def _without_money(effort: Table) -> Table:
    """The size of the effort but for its money, which has a place of its own on the page."""
    return replace(effort, rows=[row for row in effort.rows if row["field"] != "budget_lines"])


def _request(material: Material, own: Seal | None) -> Text:
    """What the sponsor is asked to do, by how far the plan has come."""
    plan, verification = material.plan, material.verification
    if own and verification.problems:
        return say(
            N_("Do not rely on this copy, because its seals do not fit. The seal register says where.")
        )
    if own and verification.drift:
        return say(
            N_(
                "You signed a different text of this version. Changes since then: {0}. Ask for a new version."
            ),
            len(verification.drift),
        )
    if plan.state == SUPERSEDED:
        return say(N_("Nothing. A later version has replaced this one."))
    ahead = next_review(plan, material.today)
    if own:
        return say(
            N_("Nothing to sign: {0} signed this version. Hold its reviews; the next one is on {1}.")
            if ahead
            else N_("Nothing to sign: {0} signed this version. Ask for the date of the next review."),
            own.signer_name,
            material.wording.day(ahead),
        )
    if material.result.blockers:
        return say(N_("Do not sign yet. The plan owner has to settle these points first:"))
    if plan.state == TO_SIGN:
        return say(
            N_(
                "Read this page, look into what matters to you, and sign. Or return the plan with your "
                "reason."
            )
        )
    return say(N_("Nothing yet. Nothing blocks the plan; you will receive it when its review is done."))
