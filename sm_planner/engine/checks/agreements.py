"""AGR: agreements, who concluded them, for how long and about what. Their targets: ``agreement_targets``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from sm_planner.engine.agreements.families import SIGNATURES, agreed, says, to_mend
from sm_planner.engine.agreements.term import ENDED, IN_FORCE, ends_on, is_end_unknown, is_known, runs_on
from sm_planner.engine.agreements.terms import (
    PARTY,
    Scope,
    covered_by_party,
    day_of_plan,
    promiser,
    slas_in_force,
    underpinning_in_force,
)
from sm_planner.engine.chain.backing import runners_of
from sm_planner.engine.checks import (
    agreement_families,
    agreement_results,
    agreement_sides,
    agreement_targets,
    agreement_terms,
    hours,
)
from sm_planner.engine.checks.agreement_terms import NO_NOTICE
from sm_planner.engine.checks.conditions import (
    empty,
    first_names,
    lacking,
    missing,
    named,
    nothing_in,
    overdue,
    wanted,
)
from sm_planner.engine.checks.depths import COMPLETE, FIRST, GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule, unknown
from sm_planner.engine.checks.pending import advice, is_draft, pending, place
from sm_planner.engine.model import Agreement, Component, Plan, Service
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.raci.effective import services_in_scope

_NO_END = N_("“{0}” has no end date.")
_WHICH_END = N_(
    "If it ends on a certain day, enter that day. If it runs until one party gives notice, tick Open-ended and "
    "enter the notice period."
)


@rule(
    "AGR-01",
    Severity.ERROR,
    FIRST,
    title=N_("Each live service has an agreement in force with each of its customers"),
    why=N_("Without an agreement every customer expects something different, and each is right."),
    fix=N_("Conclude an SLA with the customer that names the service in its scope, or remove the customer."),
    source="FitSM PR2.2; ISO 8.3.3",
)
def agreed_with_customers(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "services")
    day = day_of_plan(plan, today)
    held = {
        (service, agreement.customer)
        for agreement in slas_in_force(plan, day)
        for service in Scope.of(agreement).services
    }
    later: dict[tuple[str, str], Agreement] = {}
    for agreement in pending(plan, day):
        for service in Scope.of(agreement).services:
            later.setdefault((service, agreement.customer), agreement)
    for service in plan.services:
        if service.status != "Live" or not service.customer_facing:
            continue
        for customer in service.customers:
            if (service.id, customer) not in held:
                yield _not_agreed(plan, service, customer, day, later.get((service.id, customer)))


def _not_agreed(plan: Plan, service: Service, customer: str, day: date, later: Agreement | None) -> Fault:
    """No SLA holds. later: the one that is to hold; there it is mended."""
    who = named(service), named(plan.get("stakeholders", customer))
    if later is None:
        return fault(service, N_("“{0}”: no SLA with “{1}” is in force on {2}."), *who, day)
    if is_draft(later):
        message, *more = N_("“{0}”: the SLA with “{1}” is a draft: “{2}”."), named(later)
    else:
        message = N_("“{0}”: the SLA with “{1}” does not begin before {2}: “{3}”.")
        more = [later.start_date, named(later)]
    return fault(service, message, *who, *more, fix=advice(later), mended_at=place(later))


@rule(
    "AGR-02",
    Severity.ERROR,
    GROWN,
    title=N_("Each agreement names its owner, its parties, its term and its review"),
    why=N_(
        "A promise is made between two parties for a certain time, and somebody has to keep it up to date."
    ),
    fix=N_(
        "Fill in the owner, the counterparty (customer of an SLA, team of an OLA, supplier of a UC), start and "
        "end, the months of notice if it runs until somebody gives it, and the months between reviews."
    ),
    source="FitSM-3 6.2",
)
def concluded(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "agreements")
    gaps = _gaps(
        plan,
        lambda one: (
            "agreement_owner",
            PARTY.get(one.kind, "kind"),
            "start_date",
            "review_months",
            *(("notice_months",) if runs_on(one) else ()),
        ),
    )
    endless = {one.id for one in to_mend(plan, lambda one: not is_known(one))}
    for agreement in agreed(plan):
        yield from missing(agreement, *gaps(agreement))
        if agreement.id in endless:
            yield fault(agreement, _NO_END, named(agreement), field="end_date", fix=_WHICH_END)


def _gaps(
    plan: Plan, asked: Callable[[Agreement], tuple[str, ...]]
) -> Callable[[Agreement], tuple[str, ...]]:
    """Agreement, as it holds → which of the fields that it is asked for are to be filled in there: once for a family."""
    fields = dict.fromkeys(field for one in agreed(plan) for field in asked(one))
    gaps = {
        field: {
            one.id
            for one in to_mend(
                plan, lambda one, field=field: field in asked(one) and empty(getattr(one, field))
            )
        }
        for field in fields
    }
    return lambda one: tuple(field for field in asked(one) if one.id in gaps[field])


def _silent(plan: Plan, asked: Callable[[Agreement], tuple[str, ...]]) -> Iterator[Fault]:
    """A fault for each field that is to be filled in."""
    gaps = _gaps(plan, asked)
    for agreement in agreed(plan):
        yield from missing(agreement, *gaps(agreement))


def _limits(agreement: Agreement) -> tuple[str, ...]:
    if agreement.kind != "SLA":
        return ()
    return ("workload_limit", "exceptions") if agreement.workload is None else ("exceptions",)


@rule(
    "AGR-08",
    Severity.ERROR,
    GROWN,
    title=N_("Each SLA says how much it covers, and what it does not"),
    why=N_("Targets apply to the work that was foreseen; both parties must know what happens beyond it."),
    fix=N_(
        "Fill in the workload limit, in words or as a figure, and the exceptions; write “none” if there are none."
    ),
    source="ISO 8.3.3",
)
def limited(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "agreements")
    yield from _silent(plan, _limits)


@rule(
    "AGR-09",
    Severity.ERROR,
    GROWN,
    title=N_("No agreement expires within the plan period without a renewal"),
    why=N_("A promise that ends unnoticed leaves a gap that shows only when somebody needs it."),
    fix=N_(
        "Plan an improvement that names the agreement and is due before it ends; or enter the "
        "agreement that follows it, with the same parties and the same scope."
    ),
    source="ISO 8.3.4",
)
def renewed(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "agreements")
    if plan.period_end is None:
        yield from lacking(plan, "period_end")
        return
    actions: dict[str, list[date]] = {}
    for action in wanted(plan):
        if action.due:
            actions.setdefault(action.agreement, []).append(action.due)
    alike: dict[tuple, list[Agreement]] = {}
    endless = {one.id for one in to_mend(plan, lambda one: one.status != ENDED and not is_known(one))}
    dark = {one.id for one in to_mend(plan, lambda one: one.status != ENDED and is_end_unknown(one))}
    for agreement in agreed(plan):
        alike.setdefault(_subject(agreement), []).append(agreement)
    for agreement in agreed(plan):
        end = ends_on(agreement)
        if agreement.id in dark:
            yield unknown(
                agreement, NO_NOTICE, named(agreement), agreement.notice_given, field="notice_months"
            )
        if agreement.id in endless:
            yield unknown(agreement, _NO_END, named(agreement), field="end_date")
        if agreement.status == ENDED or end is None or end >= plan.period_end:
            continue
        if (
            says(plan, agreement, "end_date", "notice_given")
            and not any(due <= end for due in actions.get(agreement.id, ()))
            and not any(_takes_over(other, end) for other in alike[_subject(agreement)])
        ):
            yield fault(
                agreement,
                N_("“{0}” ends on {1}, before the plan period ends, and nothing renews it by then."),
                named(agreement),
                end,
                field="end_date",
            )


def _subject(agreement: Agreement) -> tuple:
    """Between whom the agreement is, and about what."""
    return agreement.kind, agreement.customer, agreement.team, agreement.supplier, frozenset(agreement.scope)


def _takes_over(other: Agreement, end: date) -> bool:
    """Whether an agreement begins on the day after that end at the latest, and lasts longer."""
    start = other.start_date
    return (
        other.status != ENDED
        and start is not None
        and start <= end + timedelta(days=1)
        and (ends_on(other) or date.max) > end
    )


@rule(
    "AGR-10",
    Severity.ERROR,
    GROWN,
    title=N_("No review of an agreement is overdue"),
    why=N_("An agreement that nobody looks at again describes what was once wanted, not what is."),
    fix=N_(
        "Review the agreement with the other party and enter the day, or change the months between reviews."
    ),
    source="Mainville 2018; FitSM PR2.2, PR2.4",
)
def reviewed(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "agreements")
    gaps = _gaps(plan, lambda one: ("review_months",) if one.status != ENDED else ())
    for agreement in agreed(plan):
        yield from lacking(agreement, *gaps(agreement))
        if (
            agreement.status != ENDED
            and agreement.review_months
            and says(plan, agreement, "review_months", "last_review")
        ):
            yield from overdue(
                agreement,
                N_("“{0}”: its review was due on {1}."),
                every="review_months",
                last="last_review",
                since="start_date",
                today=today,
            )


@rule(
    "AGR-11",
    Severity.ERROR,
    FIRST,
    title=N_("What is in force is signed by both sides"),
    why=N_("An agreement that one party never signed is only what the other one wishes."),
    fix=N_("Have it signed by both parties and enter the days, or set its status back to Draft."),
    source="FitSM GR2.4",
)
def signed(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "agreements")
    gaps = _gaps(plan, lambda one: SIGNATURES if one.status in ("", IN_FORCE) else ())
    for agreement in agreed(plan):
        if agreement.status not in ("", IN_FORCE):
            continue
        unsigned = gaps(agreement)
        for field in SIGNATURES:
            yield from missing(agreement, *(name for name in unsigned if name == field))
            day = getattr(agreement, field)
            if day and day > today and says(plan, agreement, field):
                yield fault(
                    agreement,
                    N_("“{0}” is in force, but its signature is dated {1}, which is in the future."),
                    named(agreement),
                    day,
                    field=field,
                )


@rule(
    "AGR-14",
    Severity.INFORMATION,
    COMPLETE,
    title=N_("Each agreement says what happens when a target is missed"),
    why=N_("A remedy agreed beforehand is routine; afterwards it is a dispute."),
    fix=N_("Fill in the remedies; write “none” if there are none."),
    source="common tool practice",
)
def remedied(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "agreements")
    yield from _silent(plan, lambda one: ("remedies",) if one.status != ENDED else ())


@rule(
    "AGR-15",
    Severity.ERROR,
    GROWN,
    title=N_("Every party that runs a component has promised to do so"),
    why=N_("A promise to customers rests on what teams and suppliers have agreed to do, not on goodwill."),
    fix=N_(
        "Conclude an OLA with the team, or a UC with the supplier, that covers the component in its scope."
    ),
    source="FitSM PR2.4; ISO 8.3.4.1, 8.3.4.2",
)
def underpinned(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "components")
    day = day_of_plan(plan, today)
    covered = covered_by_party(plan, day)
    in_scope = {service.id for service in services_in_scope(plan)}
    unnamed: dict[Ref, list[Component]] = {}
    for component in plan.components:
        if in_scope.isdisjoint(component.services):
            continue
        found = tuple(runners_of(plan, component.team, component.supplier))
        if not found:
            yield unknown(
                component,
                N_("“{0}” does not name the team or supplier that runs it."),
                named(component),
                field="team",
            )
        for runner in found:
            party = Ref.to(runner.party)
            scope = covered.get((party.collection, party.id))
            if scope is not None and not scope.covered:
                unnamed.setdefault(party, []).append(component)
            elif scope is None or not scope.names(component):
                yield fault(
                    component,
                    N_("“{0}” is run by “{1}”, but no {2} with “{1}” in force on {3} covers it."),
                    named(component),
                    party,
                    runner.kind,
                    day,
                )
    for agreement in underpinning_in_force(plan, day):
        party = promiser(plan, agreement)
        components = unnamed.pop(Ref.to(party), ()) if party else ()
        if components:
            yield fault(
                agreement,
                N_("“{0}” has no scope, so it covers none of the components that “{1}” runs: {2}."),
                named(agreement),
                named(party),
                first_names(components),
                field="scope",
                count=len(components),
                fix=N_("In the scope of the agreement, enter the components or services that it is for."),
            )


RULES = tuple(
    sorted(
        (
            agreed_with_customers,
            concluded,
            limited,
            renewed,
            reviewed,
            signed,
            remedied,
            underpinned,
            hours.hours_countable,
            *agreement_targets.RULES,
            *agreement_results.RULES,
            *agreement_terms.RULES,
            *agreement_families.RULES,
            *agreement_sides.RULES,
        ),
        key=lambda rule: rule.code,
    )
)
