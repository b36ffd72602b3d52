"""INT: waivers. A valid one suppresses the findings that it names; a faulty or expired one suppresses nothing.

A waiver names a rule and a record, or no record for all of them. It cannot waive a blocker, nor the rules about
waivers, nor what could not be decided: nobody knows yet what there would be to live with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from sm_planner.engine.approval.waivers import approved_until
from sm_planner.engine.checks.conditions import missing, named
from sm_planner.engine.checks.depths import FIRST
from sm_planner.engine.checks.finding import KNOWN, N_, Fault, Severity, fault, rule
from sm_planner.engine.model import Plan, Waiver
from sm_planner.engine.model.vocabulary import REJECTED

Waivers = Mapping[tuple[str, str], Waiver]
"""Code of a rule and id of a record, which is empty for all records → the waiver."""


def valid(plan: Plan, today: date) -> Waivers:
    """The waivers that suppress findings on that day; the last day of a waiver counts."""
    return {
        (waiver.rule, waiver.record): waiver
        for waiver, defects in _examined(plan)
        if not defects and (until := approved_until(plan, waiver)) and until >= today
    }


@rule(
    "INT-04",
    Severity.ERROR,
    FIRST,
    title=N_("Each waiver has a reason, an end and an approval, and waives something that can be waived"),
    why=N_("A waiver that nobody else approved, or that never ends, silently gives up the rule."),
    fix=N_(
        "Fill in reason, requester, another person as approver, and the day on which it expires, and have it "
        "approved. Name a rule that is neither a blocker nor about waivers, and a record of the plan."
    ),
    source="ISO 7.5",
)
def waivers_in_order(plan: Plan, today: date) -> Iterator[Fault]:
    for waiver, defects in _examined(plan):
        yield from defects
        if not defects and approved_until(plan, waiver) is None:
            yield fault(
                waiver,
                N_("“{0}” was rejected.") if waiver.status == REJECTED else N_("“{0}” is not approved yet."),
                named(waiver),
                field="status",
            )


@rule(
    "INT-05",
    Severity.WARNING,
    FIRST,
    title=N_("No waiver has expired"),
    why=N_("What was meant for a time stays for ever if nobody looks again."),
    fix=N_("Fix what was waived and remove the waiver, or ask for a new one."),
    source="ISO 7.5",
)
def waivers_not_expired(plan: Plan, today: date) -> Iterator[Fault]:
    for waiver in plan.waivers:
        approved = approved_until(plan, waiver)
        if waiver.expires and waiver.expires < today:
            yield fault(waiver, N_("“{0}” expired on {1}."), named(waiver), waiver.expires, field="expires")
        elif approved and approved < today:
            yield fault(
                waiver,
                N_("“{0}” was approved until {1}, and its renewal is not approved yet."),
                named(waiver),
                approved,
                field="status",
            )


def _examined(plan: Plan) -> Iterator[tuple[Waiver, tuple[Fault, ...]]]:
    """Each waiver with what is wrong with it, its expiry left aside."""
    ids = ids_of(plan) if plan.waivers else set()
    for waiver in plan.waivers:
        yield waiver, (*defects(waiver), *lost(waiver, ids))


def defects(waiver: Waiver) -> Iterator[Fault]:
    """What is wrong with a waiver by itself, whatever its plan holds."""
    yield from _gaps(waiver)
    yield from not_waivable(waiver)


def ids_of(plan: Plan) -> set[str]:
    """What the waivers of a plan can be for: the ids of its records and its own; empty for all of them."""
    return {"", plan.id, *(record.id for _, record in plan.records())}


def _gaps(waiver: Waiver) -> Iterator[Fault]:
    yield from missing(waiver, "reason", "requester", "approver", "expires")
    if waiver.approver and waiver.approver == waiver.requester:
        yield fault(
            waiver,
            N_("“{0}” was requested and approved by the same person."),
            named(waiver),
            field="approver",
        )


def not_waivable(waiver: Waiver) -> Iterator[Fault]:
    """That the rule of a waiver is none, or none that can be waived."""
    known = KNOWN.get(waiver.rule)
    if known is None:
        message = N_("“{0}” waives {1}, which is not a rule.")
    elif known.severity is Severity.BLOCKER:
        message = N_("“{0}” waives {1}, a blocker, which has to be fixed instead.")
    elif waiver.rule in (waivers_in_order.code, waivers_not_expired.code):
        message = N_("“{0}” waives {1}, a rule about waivers.")
    else:
        return
    yield fault(waiver, message, named(waiver), waiver.rule, field="rule")


def lost(waiver: Waiver, ids: set[str]) -> Iterator[Fault]:
    """That the record of a waiver is none of these."""
    if waiver.record not in ids:
        yield fault(
            waiver,
            N_("“{0}” is for the record “{1}”, which is not in the plan."),
            named(waiver),
            waiver.record,
            field="record",
        )


RULES = (waivers_in_order, waivers_not_expired)
