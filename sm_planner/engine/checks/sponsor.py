"""SPN: the sponsor, and commitment from the top."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.checks.conditions import account, empty, label, missing, named
from sm_planner.engine.finding import N_, Fault, Severity, fault, rule, unknown
from sm_planner.engine.model import LEVELS, Plan


@rule(
    "SPN-01",
    Severity.BLOCKER,
    title=N_("A sponsor from top management stands behind the plan"),
    why=N_("Only somebody at the top, with the authority to decide, can give the plan its mandate."),
    fix=N_(
        "Name an executive sponsor with an enabled user account, the level Top Management, and the authority "
        "written down."
    ),
    source="Pollock 2019; Mainville 2018; HDI; FitSM GR1.1; ISO 5.1",
)
def sponsor_named(plan: Plan, today: date) -> Iterator[Fault]:
    yield from missing(plan, "executive_sponsor")
    sponsor = plan.get("people", plan.executive_sponsor)
    if sponsor is None:
        return
    if not account(sponsor):
        yield fault(
            sponsor, N_("The sponsor “{0}” has no enabled user account."), named(sponsor), field="user"
        )
    if sponsor.level != LEVELS[0]:
        yield fault(
            sponsor,
            N_("The sponsor “{0}” is not of the level {1}."),
            named(sponsor),
            LEVELS[0],
            field="level",
        )
    yield from missing(sponsor, "authority")


@rule(
    "SPN-02",
    Severity.ERROR,
    title=N_("The sponsor comes from the business, not from IT"),
    why=N_("A plan that IT sponsors for itself is seen as one more IT project."),
    fix=N_("Find a sponsor outside the IT departments; the settings list which those are."),
    source="Mainville 2018",
)
def sponsor_from_business(plan: Plan, today: date) -> Iterator[Fault]:
    sponsor = plan.get("people", plan.executive_sponsor)
    departments = {name.strip().casefold() for name in plan.settings.it_departments}
    if sponsor is None:
        yield unknown(
            plan, N_("No sponsor is named whose department could be checked."), field="executive_sponsor"
        )
    elif empty(sponsor.department):
        yield unknown(
            sponsor,
            N_("“{0}”: without {1} it is unknown whether the sponsor comes from IT."),
            named(sponsor),
            label(sponsor, "department"),
            field="department",
        )
    elif not departments:
        yield unknown(plan, N_("The settings list no IT departments to compare the sponsor's with."))
    elif sponsor.department.strip().casefold() in departments:
        yield fault(
            sponsor,
            N_("The sponsor “{0}” comes from the IT department “{1}”."),
            named(sponsor),
            sponsor.department,
            field="department",
        )


@rule(
    "SPN-11",
    Severity.ERROR,
    title=N_("Sponsor and plan owner are two people"),
    why=N_("Whoever writes the plan must not be the one who approves it."),
    fix=N_("Give the plan another owner, or find another sponsor."),
    source="Mainville 2018; separation of duties",
)
def sponsor_is_not_owner(plan: Plan, today: date) -> Iterator[Fault]:
    sponsor = plan.get("people", plan.executive_sponsor)
    owner = plan.get("people", plan.plan_owner)
    if sponsor is None or owner is None:
        yield unknown(plan, N_("Sponsor and plan owner are not both named."), field="plan_owner")
    elif sponsor.id == owner.id or _same_account(sponsor.user, owner.user):
        yield fault(plan, N_("“{0}” is both sponsor and plan owner."), named(owner), field="plan_owner")


def _same_account(user: str, other: str) -> bool:
    return bool(user) and user.casefold() == other.casefold()


RULES = (sponsor_named, sponsor_from_business, sponsor_is_not_owner)
