"""INT: what was signed still stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.finding import N_, Fault, Severity, fault, rule
from sm_planner.engine.model import Plan
from sm_planner.engine.seal import chain_faults, intact


@rule(
    "INT-01",
    Severity.BLOCKER,
    title=N_("Every seal fits what it seals"),
    why=N_("A signature is worth something only while what was signed cannot change unnoticed."),
    fix=N_("Find out who changed the seal, bring it back from a backup, and tell the sponsor."),
    source="FitSM GR2.4; ISO 7.5.3",
)
def seals_intact(plan: Plan, today: date) -> Iterator[Fault]:
    for seal in plan.seals:
        problem = intact(seal)
        if problem:
            yield fault(plan, N_("Seal {0} of version {1}: {2}."), seal.number, seal.version, problem)
    if plan.state == "Active" and all(seal.version != plan.version for seal in plan.seals):
        yield fault(plan, N_("The plan is active, but version {0} has no seal."), plan.version, field="state")


@rule(
    "INT-02",
    Severity.BLOCKER,
    title=N_("The chain of seals is unbroken"),
    why=N_("A seal that was taken out or exchanged takes a decision out of the record."),
    fix=N_("Bring the missing or exchanged seal back from a backup, and tell the sponsor."),
    source="FitSM GR2.4",
)
def chain_unbroken(plan: Plan, today: date) -> Iterator[Fault]:
    for problem in chain_faults(plan.seals):
        yield fault(plan, N_("The chain of seals is broken: {0}."), problem)


RULES = (seals_intact, chain_unbroken)
