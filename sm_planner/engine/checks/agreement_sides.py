"""AGR: who stands under which agreement, and what agreements say of both sides, of breaches and of escalation."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from sm_planner.engine.agreements import coverage, families, sides
from sm_planner.engine.agreements.breaches import speaks_of
from sm_planner.engine.agreements.coverage import Difference
from sm_planner.engine.agreements.subject import Metric, metric_of
from sm_planner.engine.agreements.targets import figure, looseness, name, name_of
from sm_planner.engine.agreements.term import ENDED
from sm_planner.engine.agreements.terms import Scope, day_of_plan
from sm_planner.engine.checks.conditions import first_names, first_of, named, nothing_in
from sm_planner.engine.checks.depths import COMPLETE
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule
from sm_planner.engine.model import Agreement, AgreementTarget, Plan, Stakeholder
from sm_planner.engine.model.agreements import AgreementConsequence, AgreementEscalation
from sm_planner.engine.model.fields import specs
from sm_planner.engine.model.values import show
from sm_planner.engine.money import charges, exact
from sm_planner.engine.raci.effective import current_holders
from sm_planner.engine.texts import Text, listed


@rule(
    "AGR-18",
    Severity.ERROR,
    COMPLETE,
    title=N_("Each customer stands under an agreement, and under none that says otherwise"),
    why=N_(
        "Who stands under no agreement expects what he likes; who stands under two picks the one that suits him."
    ),
    fix=N_(
        "Conclude an SLA with the customer that covers the service. Of two agreements that promise different "
        "things, end one, or put it beneath the other as its general agreement."
    ),
    source="FitSM PR2.2; ISO 8.3.3",
)
def covered(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "agreements")
    day = day_of_plan(plan, today)
    for customer in coverage.uncovered(plan, day):
        yield fault(
            customer,
            N_("“{0}” is a customer, but no SLA with it is in force on {1}, and no live service is for it."),
            named(customer),
            day,
            field="kind",
        )
    yield from _readers(plan, day)
    yield from _differing_slas(plan, day)
    for clash in coverage.clashes(plan, day):
        places = dict.fromkeys(coverage.place_words(plan, place) for place in clash.places)
        yield _differ(plan, clash.first, clash.second, list(places), clash.differences)


def _readers(plan: Plan, day: date) -> Iterator[Fault]:
    """Entries of the catalogue that offer a service to customers with whom nothing is agreed about it.

    AGR-01 says it of those whom the service itself names.
    """
    without: dict[str, list[Stakeholder]] = {}
    for cover in coverage.covers(plan, day):
        if not cover.agreements and cover.customer.id not in cover.service.customers:
            without.setdefault(cover.service.id, []).append(cover.customer)
    for entry in plan.catalogue:
        readers = [one for one in without.get(entry.service, ()) if one.id in entry.audience]
        if entry.published and readers:
            yield fault(
                entry,
                N_("“{0}” is offered to {1}, but no SLA with them in force on {2} covers it."),
                named(entry),
                first_names(readers),
                day,
                field="audience",
                count=len(readers),
            )


def _differing_slas(plan: Plan, day: date) -> Iterator[Fault]:
    found: dict[tuple[str, str], tuple[list[str], list[Difference]]] = {}
    for cover in coverage.covers(plan, day):
        for one in cover.differences:
            services, differences = found.setdefault((one.first.id, one.second.id), ([], []))
            services.append(cover.service.title or cover.service.id)
            differences.append(one)
    for services, differences in found.values():
        different = {(one.metric, one.priority): one for one in differences}
        first, second = differences[0].first, differences[0].second
        yield _differ(plan, first, second, list(dict.fromkeys(services)), tuple(different.values()))


def _differ(
    plan: Plan,
    first: Agreement,
    second: Agreement,
    about: Sequence[str | Text],
    differences: tuple[Difference, ...],
) -> Fault:
    return fault(
        plan.get("agreements", first.id),
        N_("“{0}” and “{1}” promise different things for {2}: {3}."),
        named(first),
        named(second),
        first_of(about),
        _some([one.told(plan) for one in differences]),
        field="targets",
        count=len(differences),
    )


def _some(texts: list[Text]) -> Text:
    """The first three of many, and how many there are besides."""
    shown = listed(texts[:3], "; ")
    return Text("{0} + {1}", (shown, str(len(texts) - 3))) if len(texts) > 3 else shown


@rule(
    "AGR-20",
    Severity.ERROR,
    COMPLETE,
    title=N_("What an agreement says of both sides, of breaches and of escalation can be carried out"),
    why=N_("What nobody can act on when it comes to it was not agreed."),
    fix=N_(
        "Name who is reached and what is meant: a role that somebody fills, a target that the agreement has, a "
        "service of its scope, a price."
    ),
    source="FitSM PR2.2, PR2.3; ISO 8.3.3",
)
def both_sides(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "agreements")
    for agreement in plan.agreements:
        if agreement.status == ENDED:
            continue
        family = _Family.of(plan, agreement)
        for find, message, field in _FAULTS:
            rows = list(dict.fromkeys(find(plan, family, today)))
            if rows:
                yield fault(agreement, message, named(agreement), _some(rows), field=field, count=len(rows))
    yield from _no_duties(plan)


@dataclasses.dataclass(frozen=True)
class _Family:
    """An agreement as it was written, with what its rows can be about: what it and those beneath it promise and cover."""

    written: Agreement
    holds: tuple[Agreement, ...]

    @classmethod
    def of(cls, plan: Plan, agreement: Agreement) -> _Family:
        family = (agreement, *families.all_beneath(plan, agreement))
        return cls(agreement, tuple(families.in_effect(plan, one) for one in family))

    @property
    def targets(self) -> Iterator[AgreementTarget]:
        for one in self.holds:
            yield from one.targets

    def running(self, row: AgreementEscalation) -> list[AgreementTarget]:
        """The targets whose time runs out before an escalation."""
        return [target for target in self.targets if sides.same_promise(target, row)]

    def breached(self, row: AgreementConsequence) -> list[AgreementTarget]:
        """The targets for whose breach a consequence is due."""
        return [target for target in self.targets if speaks_of(row, target)]

    def services(self, plan: Plan) -> frozenset[str]:
        """The services of the scope: by name, and by the components that carry them."""
        rows = [row for one in self.holds for row in one.scope if row.component]
        parts = [part for row in rows if (part := plan.get("components", row.component))]
        return Scope.of(*self.holds).services.union(*(part.services for part in parts))

    def told(self, row: AgreementConsequence) -> Text:
        return sides.breach(self.holds[0], row)


def _no_duties(plan: Plan) -> Iterator[Fault]:
    for agreement in families.to_mend(plan, _asks_nothing):
        message = N_("“{0}” says nothing of what the customer and his users have to do.")
        found = fault(agreement, message, named(agreement), field="duties", fix=_ENTER_DUTIES)
        yield dataclasses.replace(found, severity=Severity.INFORMATION)


_ENTER_DUTIES = N_(
    "Enter what the customer's side has to do for the promises to hold, such as report faults by phone."
)


def _asks_nothing(agreement: Agreement) -> bool:
    return (
        agreement.kind == "SLA"
        and agreement.status != ENDED
        and all(row.who == sides.PROVIDER for row in agreement.duties)
    )


def _reaching_nobody(plan: Plan, family: _Family, today: date) -> Iterator[Text]:
    for row in family.written.escalations:
        if not (row.person or row.outside or _is_filled(plan, row.role, today)):
            role = plan.title_of("roles", row.role)
            yield Text("{0} ({1})", (sides.after(row), role)) if role else sides.after(row)
    for row in family.written.contacts:
        if not (row.person or row.team or row.how or _is_filled(plan, row.role, today)):
            yield Text("{0}", (row.purpose,))


def _is_filled(plan: Plan, role: str, today: date) -> bool:
    found = plan.get("roles", role)
    return bool(found and (found.team or found.supplier or current_holders(found, plan, today)))


def _going_back(plan: Plan, family: _Family, today: date) -> Iterator[Text]:
    last: dict[tuple[str, str, str], tuple[float, AgreementEscalation]] = {}
    for row in family.written.escalations:
        unit, moment = _moment(row)
        key = row.metric, row.priority, unit
        if key in last and moment < last[key][0]:
            yield listed((sides.after(last[key][1]), sides.after(row)))
        last[key] = moment, row


def _moment(row: AgreementEscalation) -> tuple[str, float]:
    """When an escalation is due, and in what that is counted: days of a calendar do not compare with hours, nor parts with either."""
    if row.unit == "Hours":
        return "Minutes", 60 * (row.after or 0)
    if row.unit:
        return row.unit, row.after or 0
    return "Percent", row.after_percent or 0


def _without_moment(plan: Plan, family: _Family, today: date) -> Iterator[Text]:
    for row in family.written.escalations:
        if (row.after if row.unit else row.after_percent) is None:
            yield name_of(row.metric or sides.ESCALATED, row.priority)


def _without_clock(plan: Plan, family: _Family, today: date) -> Iterator[Text]:
    for row in family.written.escalations:
        about = dataclasses.replace(row, metric=row.metric or sides.ESCALATED)
        is_part = not row.unit and row.after_percent is not None
        if is_part and all(target.unit == "Percent" for target in family.running(about)):
            yield sides.after(row)


def _without_target(plan: Plan, family: _Family, today: date) -> Iterator[Text]:
    for row in family.written.consequences:
        if not family.breached(row):
            yield family.told(row)


def _too_early(plan: Plan, family: _Family, today: date) -> Iterator[Text]:
    for row in family.written.consequences:
        if row.worse_than is None:
            continue
        for target in family.breached(row):
            beyond = looseness(dataclasses.replace(target, value=row.worse_than))
            own = looseness(target)
            if None not in (beyond, own) and beyond < own:
                yield Text("{0} ({1})", (family.told(row), listed((name(target), figure(target)), ": ")))


def _not_rising(plan: Plan, family: _Family, today: date) -> Iterator[Text]:
    """Tiers of a credit of which a worse one gives no more."""
    tiers: dict[tuple[Metric, str], list[tuple[float, AgreementConsequence]]] = {}
    for row in family.written.consequences:
        target = next(iter(family.breached(row)), None) if row.metric else None
        if row.credit_percent is not None and target is not None:
            value = target.value if row.worse_than is None else row.worse_than
            loose = looseness(dataclasses.replace(target, value=value))
            if loose is not None:
                tiers.setdefault((metric_of(row), row.priority), []).append((loose, row))
    for rows in tiers.values():
        rows.sort(key=lambda tier: tier[0])
        for (_, milder), (_, worse) in pairwise(rows):
            if worse.credit_percent <= milder.credit_percent:
                yield Text(
                    "{0}: {1} %, {2}: {3} %",
                    (
                        family.told(milder),
                        show(milder.credit_percent),
                        family.told(worse),
                        show(worse.credit_percent),
                    ),
                )


def _unpaid(plan: Plan, family: _Family, today: date) -> Iterator[Text]:
    if not any(map(charges.is_paid, family.holds)):
        for row in family.written.consequences:
            if row.credit_percent:
                yield family.told(row)


def _nothing_due(plan: Plan, family: _Family, today: date) -> Iterator[Text]:
    for row in family.written.consequences:
        if row.credit_percent is None and not row.escalate_to and not row.note:
            yield family.told(row)


_ABOUT_SERVICES = ("maintenance", "charges", "duties", "support", "data_terms", "environments")


def _elsewhere(plan: Plan, family: _Family, today: date) -> Iterator[Text]:
    services = family.services(plan)
    for table in _ABOUT_SERVICES if services else ():
        for row in getattr(family.written, table):
            if row.service and row.service not in services:
                label = Text(specs(Agreement)[table].label)
                yield Text("{0}: {1}", (label, plan.title_of("services", row.service)))


def _priceless(plan: Plan, family: _Family, today: date) -> Iterator[Text]:
    for row in family.written.charges:
        if row.price is None or (row.price and not row.per):
            yield Text("{0}", (row.charge,))


def _otherwise_priced(plan: Plan, family: _Family, today: date) -> Iterator[Text]:
    written = family.written
    if written.unit_cost is not None and charges.regular(written):
        sum_, cost = charges.monthly(written), exact(written.unit_cost)
        if sum_ != cost:
            yield Text("{0}, {1}", (show(float(cost)), show(round(float(sum_), 2))))


_FAULTS: tuple[tuple[Callable[[Plan, _Family, date], Iterable[Text]], str, str], ...] = (
    (_reaching_nobody, N_("“{0}” names nobody who is reached: {1}."), "escalations"),
    (_going_back, N_("“{0}”: a later step of its escalation comes earlier: {1}."), "escalations"),
    (
        _without_moment,
        N_("“{0}” does not say after which time it escalates: {1}."),
        "escalations",
    ),
    (_without_clock, N_("“{0}” has no target in time for what it escalates: {1}."), "escalations"),
    (_without_target, N_("“{0}” has no target that could be breached: {1}."), "consequences"),
    (_too_early, N_("“{0}”: a consequence is due before the target is missed: {1}."), "consequences"),
    (_not_rising, N_("“{0}” gives no more credit for what is worse: {1}."), "consequences"),
    (_unpaid, N_("“{0}” gives credit, but nothing is paid for it: {1}."), "consequences"),
    (_nothing_due, N_("“{0}” does not say what is due: {1}."), "consequences"),
    (_elsewhere, N_("“{0}” speaks of services outside its scope: {1}."), "scope"),
    (_priceless, N_("“{0}” names what is paid, but not how much, or how often: {1}."), "charges"),
    (_otherwise_priced, N_("“{0}” has a cost per month that its charges do not come to: {1}."), "charges"),
)
"""What finds the rows that cannot be carried out, what is said of them, and the field in which they stand."""

RULES = (covered, both_sides)
