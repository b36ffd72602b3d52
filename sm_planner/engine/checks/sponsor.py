"""SPN: the sponsor, and commitment from the top."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.checks import commitment
from sm_planner.engine.checks.conditions import (
    account,
    empty,
    faults,
    label,
    lacking,
    named,
    no_sponsor,
    not_set,
    nothing_in,
)
from sm_planner.engine.checks.depths import COMPLETE, FIRST, GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule, unknown
from sm_planner.engine.communication.feedback import is_late, unanswered
from sm_planner.engine.gates.mandate import of_sponsor
from sm_planner.engine.model import Plan
from sm_planner.engine.model.states import ACTIVE
from sm_planner.engine.sealing import canonical
from sm_planner.engine.sealing.seal import holds, own_seal


@rule(
    "SPN-01",
    Severity.BLOCKER,
    FIRST,
    title=N_("A sponsor from top management supports the plan"),
    why=N_("Only somebody at the top, with the authority to decide, can give the plan its mandate."),
    fix=N_(
        "Name an executive sponsor with an enabled user account and the level Top Management, and "
        "write down the sponsor's authority."
    ),
    source="Pollock 2019; Mainville 2018; HDI; FitSM GR1.1; ISO 5.1",
)
def sponsor_named(plan: Plan, today: date) -> Iterator[Fault]:
    yield from faults(of_sponsor(plan))


@rule(
    "SPN-02",
    Severity.ERROR,
    COMPLETE,
    title=N_("The sponsor comes from the business, not from IT"),
    why=N_("A plan that IT sponsors for itself looks like one more IT project."),
    fix=N_("Find a sponsor outside the IT departments, which the settings list."),
    source="Mainville 2018",
)
def sponsor_from_business(plan: Plan, today: date) -> Iterator[Fault]:
    sponsor = plan.get("people", plan.executive_sponsor)
    departments = {name.strip().casefold() for name in plan.settings.it_departments}
    if sponsor is None:
        yield from no_sponsor(plan)
    elif empty(sponsor.department):
        yield unknown(
            sponsor,
            N_("“{0}” has no {1}, so it is unknown whether the sponsor comes from IT."),
            named(sponsor),
            label(sponsor, "department"),
            field="department",
        )
    elif not departments:
        yield not_set(
            plan, N_("The settings list no IT departments to compare the sponsor's department with.")
        )
    elif sponsor.department.strip().casefold() in departments:
        yield fault(
            sponsor,
            N_("The sponsor “{0}” comes from the IT department “{1}”."),
            named(sponsor),
            sponsor.department,
            field="department",
        )


@rule(
    "SPN-03",
    Severity.BLOCKER,
    FIRST,
    title=N_("The sponsor put the plan in force in person"),
    why=N_("Only somebody who has the authority can give a mandate, not somebody else on their behalf."),
    fix=N_("Have the sponsor read and sign this version."),
    source="Mainville 2018; HDI; FitSM GR1.2",
)
def signed_by_sponsor(plan: Plan, today: date) -> Iterator[Fault]:
    """Compares the seal with what was sealed: who is sponsor or owner today does not matter."""
    seal = own_seal(plan)
    if seal is None:
        if plan.state == ACTIVE:
            yield unknown(
                plan, N_("The plan is active, but no seal says who put it in force."), field="state"
            )
        return
    if not holds(seal, plan.key_ring):
        yield unknown(plan, N_("The seal of version {0} does not fit; who signed is unknown."), seal.version)
        return
    sealed = canonical.read(seal.content)["plan"]
    if seal.stands_for != sealed.get("executive_sponsor"):
        yield fault(
            plan,
            N_("Version {0} was signed by “{1}”, who is not its executive sponsor."),
            seal.version,
            seal.signer_name,
        )
    if seal.signer == sealed.get("plan_owner"):
        yield fault(
            plan, N_("Version {0} was signed by “{1}”, its plan owner."), seal.version, seal.signer_name
        )


@rule(
    "SPN-10",
    Severity.ERROR,
    FIRST,
    title=N_("The sponsor who signed still supports the plan"),
    why=N_("A plan whose sponsor has left has lost its mandate, no matter what its seal says."),
    fix=N_("Name the new sponsor in a new version of the plan, and have it agreed and signed."),
    source="Mainville 2018",
)
def sponsor_in_office(plan: Plan, today: date) -> Iterator[Fault]:
    """What is not in force has no acceptance to lose: SPN-01 judges its sponsor."""
    seal = own_seal(plan)
    if seal is None and plan.state != ACTIVE:
        return
    sponsor = plan.get("people", plan.executive_sponsor)
    if sponsor is None:
        yield fault(plan, N_("The plan is in force without a sponsor."), field="executive_sponsor")
    elif not account(sponsor):
        yield fault(
            sponsor,
            N_("“{0}”, the sponsor of a plan in force, has no enabled user account any more."),
            named(sponsor),
            field="enabled",
        )
    if seal and sponsor and sponsor.id != seal.stands_for:
        yield fault(
            plan,
            N_("“{0}” is the sponsor, but “{1}” signed version {2}."),
            named(sponsor),
            seal.on_behalf_of_name or seal.signer_name,
            seal.version,
            field="executive_sponsor",
        )


@rule(
    "SPN-11",
    Severity.ERROR,
    FIRST,
    title=N_("Sponsor and plan owner are two people"),
    why=N_("The person who writes the plan must not be the one who approves it."),
    fix=N_("Give the plan another owner, or find another sponsor."),
    source="Mainville 2018; separation of duties",
)
def sponsor_is_not_owner(plan: Plan, today: date) -> Iterator[Fault]:
    sponsor = plan.get("people", plan.executive_sponsor)
    owner = plan.get("people", plan.plan_owner)
    if sponsor is None:
        yield from no_sponsor(plan)
    elif owner is None:
        yield from lacking(plan, "plan_owner")
    elif sponsor.id == owner.id or _same_account(sponsor.user, owner.user):
        yield fault(plan, N_("“{0}” is both sponsor and plan owner."), named(owner), field="plan_owner")


def _same_account(user: str, other: str) -> bool:
    return bool(user) and user.casefold() == other.casefold()


@rule(
    "SPN-12",
    Severity.BLOCKER,
    FIRST,
    title=N_("Everybody who has to sign can sign"),
    why=N_("A plan waits in vain for a signature that nobody can or may give."),
    fix=N_(
        "Name each signer only once, with an enabled user account, and not the plan owner or the sponsor."
    ),
    source="Separation of duties",
)
def signers_can_sign(plan: Plan, today: date) -> Iterator[Fault]:
    owner = plan.get("people", plan.plan_owner)
    seen: set[str] = set()
    for signer in plan.signers:
        person = plan.get("people", signer.person)
        if person is None:
            continue
        if not account(person):
            yield fault(
                person, N_("The signer “{0}” has no enabled user account."), named(person), field="user"
            )
        if owner and (person.id == owner.id or _same_account(person.user, owner.user)):
            yield fault(
                plan, N_("“{0}” owns the plan, so they cannot sign it."), named(person), field="signers"
            )
        if person.id == plan.executive_sponsor:
            yield fault(
                plan,
                N_("The sponsor “{0}” signs last, and cannot be another signer as well."),
                named(person),
                field="signers",
            )
        if person.id in seen:
            yield fault(plan, N_("“{0}” is listed twice among the signers."), named(person), field="signers")
        seen.add(person.id)


@rule(
    "SPN-09",
    Severity.WARNING,
    GROWN,
    title=N_("What stakeholders say is answered in time"),
    why=N_("Commitment is a street with two ways; who gets no answer stops asking, and stops following."),
    fix=N_("Answer it, also where nothing can be done; whoever said it can read the answer."),
    source="Pollock 2019",
)
def feedback_answered(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "feedback")
    longest = plan.settings.feedback_days
    if longest is None:
        yield not_set(plan, N_("The settings do not say within how many days feedback is answered."))
        return
    for one in unanswered(plan):
        yield from lacking(one, "reported_on")
        if is_late(plan, one, today):
            text = N_("“{0}” was said on {1}, and has no answer after {2} days.")
            yield fault(one, text, named(one), one.reported_on, longest, field="answer")


RULES = tuple(
    sorted(
        (
            sponsor_named,
            sponsor_from_business,
            signed_by_sponsor,
            sponsor_in_office,
            sponsor_is_not_owner,
            signers_can_sign,
            feedback_answered,
            *commitment.RULES,
        ),
        key=lambda rule: rule.code,
    )
)
