"""The other side of an agreement, in words: what each side does, what is supported, what is paid, whom one reaches.

Tables of an agreement and the procedures beside them as sections of lines, each line with the agreement that says it: its own,
or one above it (see :mod:`sm_planner.engine.agreements.families`). Book, catalogue, portal and panels all read these.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from sm_planner.engine.agreements import families, targets
from sm_planner.engine.model import Agreement, Plan
from sm_planner.engine.model.agreements import (
    AgreementCharge,
    AgreementConsequence,
    AgreementContact,
    AgreementDataTerm,
    AgreementDuty,
    AgreementEnvironment,
    AgreementEscalation,
    AgreementMaintenance,
    AgreementSupport,
    AgreementTarget,
)
from sm_planner.engine.model.fields import specs
from sm_planner.engine.model.values import show
from sm_planner.engine.texts import N_, Text, listed, say, side_by_side

PROVIDER, CUSTOMER, USERS = "Provider", "Customer", "Users"

FOR_READERS = (
    "duties",
    "support",
    "environments",
    "maintenance",
    "maintenance_notice_hours",
    "emergency_notice_hours",
    "emergency_closure",
    "charges",
    "contacts",
)
"""What customers and users read of their agreement, beside its service levels and hours."""

ESCALATED = "Resolution"
"""The metric of an escalation that names none."""


class Line(NamedTuple):
    """One thing that was agreed. what: what it is about, such as a duty's holder; empty for a text alone. service: the id of
    the service that it is for; empty for all of the scope. origin: the agreement that says it."""

    what: Text | str
    text: Text | str
    service: str
    origin: Agreement

    def told(self) -> Text:
        """In one text: "Customer: Reports faults by phone."."""
        return listed(filter(str, (self.what, self.text)), ": ")


class Section(NamedTuple):
    """What an agreement says of one subject. field: the name of its field."""

    field: str
    title: Text
    lines: tuple[Line, ...]


def sections(plan: Plan, agreement: Agreement, only: Collection[str] = ()) -> tuple[Section, ...]:
    """What holds for an agreement of the plan, by subject, in the order of the fields; subjects without a word are left out.

    only: the fields that are wanted; empty for all.
    """
    found: dict[str, list[Line]] = {}
    held = families.terms(plan, agreement)
    for term in held.terms:
        if term.field in _WORDS and (not only or term.field in only):
            what, text = _WORDS[term.field](plan, held.agreement, term.value)
            line = Line(what, text, getattr(term.value, "service", ""), term.origin)
            found.setdefault(_SHOWN_IN.get(term.field, term.field), []).append(line)
    labels = specs(Agreement)
    return tuple(Section(field, Text(labels[field].label), tuple(lines)) for field, lines in found.items())


def about(found: Iterable[Section], service: str) -> tuple[Section, ...]:
    """The lines for all of the scope, and for one service of it."""
    return _those(found, lambda line: line.service in ("", service))


def own(agreement: Agreement, found: Iterable[Section]) -> tuple[Section, ...]:
    """The lines that an agreement says itself: none that it takes from agreements above it."""
    return _those(found, lambda line: line.origin.id == agreement.id)


def for_readers(plan: Plan, agreement: Agreement) -> tuple[Section, ...]:
    """What the customer of an agreement and his users read: none of what the provider has to do."""
    found = sections(plan, agreement, FOR_READERS)
    return tuple(
        one
        for section in found
        for one in (_of_customers([section]) if section.field == "duties" else [section])
    )


def _of_customers(found: Iterable[Section]) -> tuple[Section, ...]:
    return _those(found, lambda line: str(line.what) != PROVIDER)


def _those(found: Iterable[Section], wanted: Callable[[Line], bool]) -> tuple[Section, ...]:
    chosen = (one._replace(lines=tuple(filter(wanted, one.lines))) for one in found)
    return tuple(section for section in chosen if section.lines)


Words = Callable[[Plan, Agreement, object], tuple["Text | str", "Text | str"]]
"""A row, or the value of a field, of an agreement as it holds → what it is about, and what it says."""


def _duty(plan: Plan, agreement: Agreement, row: AgreementDuty) -> tuple[Text | str, Text | str]:
    return Text(row.who), row.duty


def _support(plan: Plan, agreement: Agreement, row: AgreementSupport) -> tuple[Text | str, Text | str]:
    return row.item, _parts(Text(row.grade), row.note)


def _data_term(plan: Plan, agreement: Agreement, row: AgreementDataTerm) -> tuple[Text | str, Text | str]:
    return Text(row.topic), row.term


def _environment(
    plan: Plan, agreement: Agreement, row: AgreementEnvironment
) -> tuple[Text | str, Text | str]:
    hours = plan.title_of("calendars", row.service_hours)
    return row.environment, _parts(Text(row.grade), hours, row.note)


CHARGES = {
    "": N_("{0}"),
    "Once": N_("{0} once"),
    "Case": N_("{0} per case"),
    "Month": N_("{0} per month"),
    "Quarter": N_("{0} per quarter"),
    "Year": N_("{0} per year"),
}
"""How often a price is paid → in words."""


def _charge(plan: Plan, agreement: Agreement, row: AgreementCharge) -> tuple[Text | str, Text | str]:
    payer = plan.title_of("stakeholders", row.paid_by)
    return row.charge, _parts(price(plan, row), say(N_("paid by {0}"), payer) if payer else "")


def price(plan: Plan, row: AgreementCharge) -> Text:
    """What a charge costs, in words: "12 EUR per month", or that nothing is paid."""
    if row.price is None:
        return say(N_("price not agreed"))
    if not row.price:
        return say(N_("free of charge"))
    return Text(CHARGES[row.per], (side_by_side(show(row.price), plan.currency),))


def _contact(plan: Plan, agreement: Agreement, row: AgreementContact) -> tuple[Text | str, Text | str]:
    named = (("roles", row.role), ("people", row.person), ("teams", row.team))
    return row.purpose, _parts(*(plan.title_of(collection, id) for collection, id in named), row.how)


def _maintenance(
    plan: Plan, agreement: Agreement, row: AgreementMaintenance
) -> tuple[Text | str, Text | str]:
    told = N_("told 1 day before") if row.notice_days == 1 else N_("told {0} days before")
    notice = say(told, row.notice_days) if row.notice_days is not None else ""
    return window(row), _parts(notice, row.note)


def window(row: AgreementMaintenance) -> Text:
    """When a maintenance window is: "Monthly, First Sunday, 22:00–02:00"."""
    day = listed(map(Text, filter(None, (row.which, row.weekday))), " ")
    hours = "–".join(filter(None, (row.opens, row.closes)))
    return _parts(Text(row.repeats), day, hours)


def _consequence(
    plan: Plan, agreement: Agreement, row: AgreementConsequence
) -> tuple[Text | str, Text | str]:
    role = plan.title_of("roles", row.escalate_to)
    due = (
        say(N_("{0} % credit"), show(row.credit_percent)) if row.credit_percent is not None else "",
        say(N_("escalated to {0}"), role) if role else "",
        row.note,
        _within(row.due_days) if row.due_days is not None else "",
    )
    return breach(agreement, row), _parts(*due)


def _within(days: int) -> Text:
    return say(N_("within 1 day")) if days == 1 else say(N_("within {0} days"), days)


def breach(agreement: Agreement, row: AgreementConsequence) -> Text:
    """What has to happen for a consequence to be due: "Availability worse than 99 Percent"."""
    metric = targets.name_of(row.metric, "", row.own_metric) if row.metric else say(N_("any target"))
    what = side_by_side(metric, row.priority)
    if row.worse_than is None:
        return say(N_("{0} missed"), what)
    about = (one for one in agreement.targets if same_promise(one, row))
    unit = next((targets.unit_of(one) for one in about), "")
    return say(N_("{0} worse than {1}"), what, side_by_side(show(row.worse_than), unit))


def same_promise(target: AgreementTarget, row: AgreementConsequence | AgreementEscalation) -> bool:
    """Whether a target is of the metric, and for the priority, that a row names: where it names none, of whichever."""
    is_meant = not row.metric or targets.is_about(target, row.metric, getattr(row, "own_metric", ""))
    return is_meant and (not row.priority or target.priority in ("", row.priority))


def _escalation(plan: Plan, agreement: Agreement, row: AgreementEscalation) -> tuple[Text | str, Text | str]:
    named = (plan.title_of("roles", row.role), plan.title_of("people", row.person))
    theirs = say(N_("{0} (other side)"), row.outside) if row.outside else ""
    return after(row), _parts(*named, theirs)


def after(row: AgreementEscalation) -> Text:
    """When an escalation is due: "after 80 % of the time of Resolution P1", "after 3 Business Days without Resolution P1"."""
    about = targets.name_of(row.metric or ESCALATED, row.priority)
    if row.unit:
        one = targets.ONE.get(row.unit) if row.after == 1 else None
        return say(
            N_("after {0} without {1}"), one or side_by_side(show(row.after or 0), Text(row.unit)), about
        )
    return say(N_("after {0} % of the time of {1}"), row.after_percent or 0, about)


def _notice(plan: Plan, agreement: Agreement, value: float) -> tuple[Text | str, Text | str]:
    if value == 1:
        return "", say(N_("told at least 1 hour before"))
    return "", say(N_("told at least {0} hours before"), show(value))


def _text(plan: Plan, agreement: Agreement, value: str) -> tuple[Text | str, Text | str]:
    return "", value


def _choice(plan: Plan, agreement: Agreement, value: str) -> tuple[Text | str, Text | str]:
    return "", Text(value)


_WORDS: dict[str, Words] = {
    "maintenance": _maintenance,
    "maintenance_notice_hours": _notice,
    "emergency_notice_hours": _notice,
    "emergency_closure": _text,
    "priority_change": _choice,
    "consequences": _consequence,
    "escalations": _escalation,
    "charges": _charge,
    "duties": _duty,
    "support": _support,
    "data_terms": _data_term,
    "environments": _environment,
    "contacts": _contact,
    "change_procedure": _text,
    "dispute_procedure": _text,
}
"""Field of an agreement → how its rows, or its value, are told."""

_SHOWN_IN = {"maintenance_notice_hours": "maintenance", "emergency_notice_hours": "emergency_closure"}
"""Field that has no section of its own → the field in whose section it is told."""


def _parts(*parts: Text | str) -> Text:
    return listed(filter(str, parts))
