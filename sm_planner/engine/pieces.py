"""The pieces that a plan is put together from: what must be there before it can be good."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sm_planner.engine.model import Plan
from sm_planner.engine.questions import QUESTIONS, unanswered
from sm_planner.engine.texts import N_


def _nothing_open(plan: Plan) -> tuple[str, ...]:
    return ()


MANDATE, SERVICES, PROMISES, OPERATION, AIMS = SECTIONS = (
    N_("Mandate"),
    N_("Scope and services"),
    N_("Promises"),
    N_("Support and duties"),
    N_("Aims and improvement"),
)
"""The sections of the board, in the order in which a plan is put together."""


@dataclass(frozen=True)
class Piece:
    """A piece of the plan.

    field: the field or collection of the plan where it is written. rules: the checks that say whether it is good, by
    code, or by family for all of a family that no other piece names. begun: whether anything of it is there.
    open_points: codes of what is still to be said.
    """

    section: str
    name: str
    field: str
    rules: tuple[str, ...]
    begun: Callable[[Plan], bool]
    open_points: Callable[[Plan], tuple[str, ...]] = _nothing_open


def _filled(section: str, name: str, field: str, *rules: str) -> Piece:
    """A piece that is begun as soon as its field or collection holds something."""
    return Piece(section, name, field, rules, lambda plan: bool(getattr(plan, field)))


def _scope_begun(plan: Plan) -> bool:
    return bool(plan.scope_units or plan.scope_locations or plan.exclusions)


def _targets_begun(plan: Plan) -> bool:
    return any(agreement.targets for agreement in plan.agreements)


def _support_begun(plan: Plan) -> bool:
    return any(service.support_tiers for service in plan.services)


def _monitoring_begun(plan: Plan) -> bool:
    return any(component.monitoring_owner for component in plan.components)


def _questions_begun(plan: Plan) -> bool:
    return len(unanswered(plan)) < len(QUESTIONS)


PIECES: tuple[Piece, ...] = (
    _filled(MANDATE, N_("Executive sponsor"), "executive_sponsor", "SPN"),
    _filled(MANDATE, N_("Plan owner and period"), "plan_owner", "PLN-01", "PLN-05", "PLN-11", "PLN-13"),
    _filled(MANDATE, N_("Why"), "why", "PLN-03", "PLN-07", "PLN-15"),
    _filled(MANDATE, N_("Value"), "value_statements", "PLN-04"),
    Piece(SERVICES, N_("Scope"), "scope_units", ("PLN-02", "PLN-08", "PLN-09"), _scope_begun),
    _filled(SERVICES, N_("Services"), "services", "SVC"),
    _filled(SERVICES, N_("Components"), "components", "SVC-06", "SVC-07"),
    _filled(SERVICES, N_("Stakeholders"), "stakeholders", "STK"),
    _filled(
        SERVICES,
        N_("Customer requirements"),
        "requirements",
        *("STK-08", "STK-09", "STK-10", "AGR-12", "AGR-16"),
    ),
    _filled(SERVICES, N_("Service catalogue"), "catalogue", "CAT"),
    Piece(PROMISES, N_("Service level targets"), "agreements", ("AGR", "CHN"), _targets_begun),
    _filled(PROMISES, N_("Service hours"), "calendars", "AGR-07"),
    Piece(OPERATION, N_("Support model"), "services", ("MOD", "SUP"), _support_begun),
    _filled(OPERATION, N_("Processes"), "processes", "RAC-21"),
    _filled(OPERATION, N_("Roles"), "roles", "RAC-04", "RAC-05", "RAC-17", "RAC-20"),
    _filled(OPERATION, N_("RACI"), "raci", "RAC"),
    Piece(OPERATION, N_("Monitoring"), "components", ("MON", "RAC-14"), _monitoring_begun),
    _filled(AIMS, N_("Objectives"), "objectives", "OBJ", "PLN-14"),
    _filled(AIMS, N_("Improvement actions"), "improvements", "IMP", "OBJ-12"),
    Piece(AIMS, N_("Key questions"), "answers", (), _questions_begun, unanswered),
    _filled(AIMS, N_("Next review"), "next_review", "PLN-12"),
)

_PIECES = {rule: piece for piece in PIECES for rule in piece.rules}


def piece_of(code: str) -> Piece | None:
    """The piece that a check speaks about, or None if it is about no piece in particular."""
    return _PIECES.get(code) or _PIECES.get(code.partition("-")[0])
