"""How deep a plan goes: what it is asked, so that a library with one desk and a hospital group are not asked the same.

A rule says from which depth on it is asked. The depth is a promise of the plan, and part of what is signed.
"""

from __future__ import annotations

from sm_planner.engine.model.vocabulary import DEPTHS, SINGLE_ADVISER
from sm_planner.engine.texts import N_

FIRST, GROWN, COMPLETE = DEPTHS

ASKS = {
    FIRST: N_(
        "Sponsor, owner and why; services with an owner and a promise that can be kept; who answers for the work; "
        "one aim; the next review."
    ),
    GROWN: N_(
        "Also catalogue and requirements, components and who watches them, support, what every role does, where you stand, "
        "improvements and what they cost, messages and reviews, the key questions."
    ),
    COMPLETE: N_("Also what auditors of ISO/IEC 20000-1 and FitSM look for, and good practice."),
}
"""Depth → what a plan of that depth is asked, in words for who chooses one."""

BECAUSE = {
    FIRST: N_("Whoever signs the plan without it would be deceived."),
    GROWN: N_("Without it the plan would be untrue, or dead, within a year."),
    COMPLETE: N_("An auditor would write it down."),
}
"""Depth → why a rule is asked from there on."""

RELAXED = {SINGLE_ADVISER: ("RAC-07", "RAC-10", "RAC-11", "SVC-12", "SMO-07", "SMO-08")}
"""Kind of office → the rules that it is not asked: one person cannot separate duties, spread them over many, sit in
a body alone, or have a deputy for each role."""


def reaches(depth: str, wanted: str) -> bool:
    """Whether a plan of a depth goes as deep as another. One that names no depth goes all the way."""
    return not depth or DEPTHS.index(depth) >= DEPTHS.index(wanted)
