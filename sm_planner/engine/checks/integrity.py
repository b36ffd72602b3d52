"""INT: what was signed still stands, and what is waived may be: ``waivers``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.checks import waivers
from sm_planner.engine.checks.depths import FIRST
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule, unknown
from sm_planner.engine.model import COLLECTIONS, Plan
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.sealing.change import REMOVED, Change, spec_of
from sm_planner.engine.sealing.envelope import envelope_faults, record_faults
from sm_planner.engine.sealing.seal import chain_faults, drift, holds, judge, own_seal


@rule(
    "INT-01",
    Severity.BLOCKER,
    FIRST,
    title=N_("Every seal is unchanged, and was made with a key of this site"),
    why=N_("A signature has value only if what was signed cannot be changed unnoticed."),
    fix=N_("Find out who changed the seal, restore it from a backup, and tell the sponsor."),
    source="FitSM GR2.4; ISO 7.5.3",
)
def seals_intact(plan: Plan, today: date) -> Iterator[Fault]:
    if plan.seals and plan.key_ring.trouble:
        yield fault(plan, N_("{0}"), plan.key_ring.trouble)
    for seal in plan.seals:
        problem = judge(seal, plan.key_ring).problem
        if problem:
            yield fault(plan, N_("Seal {0} of version {1}: {2}."), seal.number, seal.version, problem)
    if plan.state == "Active" and all(seal.version != plan.version for seal in plan.seals):
        yield fault(plan, N_("The plan is active, but version {0} has no seal."), plan.version, field="state")


@rule(
    "INT-02",
    Severity.BLOCKER,
    FIRST,
    title=N_("The chain of seals is unbroken"),
    why=N_("Removing or replacing a seal removes a decision from the record."),
    fix=N_("Restore the missing or replaced seal from a backup, and tell the sponsor."),
    source="FitSM GR2.4",
)
def chain_unbroken(plan: Plan, today: date) -> Iterator[Fault]:
    for problem in chain_faults(plan.seals):
        yield fault(plan, N_("The chain of seals is broken: {0}."), problem)


@rule(
    "INT-03",
    Severity.ERROR,
    FIRST,
    title=N_("Only RACI entries were changed since the signature"),
    why=N_("The sponsor supports the text that was signed, not what has become of it."),
    fix=N_("Undo the change, or start a revision and have the plan signed again."),
    source="FitSM GR2.4",
)
def unchanged(plan: Plan, today: date) -> Iterator[Fault]:
    """What was changed in the RACI entries is told by RAC-18."""
    seal = own_seal(plan)
    if seal is None:
        return
    if not holds(seal, plan.key_ring):
        yield unknown(
            plan, N_("The seal of version {0} does not fit; what was signed is unknown."), seal.version
        )
        return
    for change in drift(seal, plan):
        if change.collection == "raci":
            continue
        record, field = _place(plan, change)
        yield fault(
            record, N_("Changed since version {0} was signed: {1}"), seal.version, change.text, field=field
        )


@rule(
    "INT-06",
    Severity.BLOCKER,
    FIRST,
    title=N_("The log of the sign-off is unbroken"),
    why=N_("Only the log shows who moved a plan on, who wrote it and who signed it."),
    fix=N_("Find out who changed the database, restore the log from a backup, and tell the sponsor."),
    source="FitSM GR2.4; ISO 7.5.3",
)
def log_unbroken(plan: Plan, today: date) -> Iterator[Fault]:
    for problem in record_faults(plan.record) if plan.record else ():
        yield fault(plan, N_("The log was changed: {0}."), problem)


@rule(
    "INT-07",
    Severity.BLOCKER,
    FIRST,
    title=N_("State, version, scope and accounts match the seals and the log"),
    why=N_("They say what is in force and who may sign, but they are not part of the sealed text."),
    fix=N_("Find out who changed the database, undo the change, and tell the sponsor."),
    source="FitSM GR2.4; ISO 7.5.3",
)
def envelope_unchanged(plan: Plan, today: date) -> Iterator[Fault]:
    for problem in envelope_faults(plan.record) if plan.record else ():
        yield fault(plan, N_("Changed past the sign-off: {0}."), problem, field="state")


def _place(plan: Plan, change: Change) -> tuple[Ref, str]:
    """Where the change is seen: a record and its field; the plan for what it has no record of any more."""
    field = change.field if spec_of(change.collection, change.field) else ""
    if change.collection == "plan":
        return Ref.to(plan), field
    if change.collection not in COLLECTIONS:
        return Ref.to(plan), ""
    if change.kind == REMOVED and not change.field:
        return Ref.to(plan), change.collection
    return Ref(change.collection, change.id, change.title), field


RULES = (seals_intact, chain_unbroken, unchanged, *waivers.RULES, log_unbroken, envelope_unchanged)
