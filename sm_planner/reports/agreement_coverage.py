"""Agreement Coverage: which customer stands under which agreement for each service, under none, or under two that differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sm_planner.engine.agreements.coverage import (
    Clash,
    Cover,
    State,
    clashes,
    covers,
    place_words,
    uncovered,
    users,
)
from sm_planner.engine.agreements.terms import PARTY, PROMISING, day_of_plan
from sm_planner.engine.model import Agreement, Plan, Stakeholder
from sm_planner.engine.texts import N_, Text, listed, say
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

SHOWN = tuple(state.value for state in State)

COLUMNS = (
    Column("party", Text(N_("With Whom")), width=180, key="id"),
    Column("users", Text(N_("People in the Plan")), "Int", width=130),
    Column("service_title", Text(N_("Service")), width=200, collection="services", key="service"),
    Column("kind", Text(N_("Kind")), width=70),
    Column("stands", Text(N_("How It Stands")), width=180),
    Column("first", Text(N_("Agreement")), width=220, collection="agreements", key="agreement"),
    Column("second", Text(N_("And")), width=220, collection="agreements", key="other"),
    Column("differs", Text(N_("Where They Differ")), width=360),
)


def report(plan: Plan, today: date, *, customer: str = "", show: str = "") -> Table:
    """A row for each customer and live service, for each two agreements under which he stands there, for customers without
    any, and for teams and suppliers with two agreements that differ. customer: the id of the only one. show: one state.
    """
    day = day_of_plan(plan, today)
    found = [one for one in covers(plan, day) if customer in ("", one.customer.id)]
    without = [one for one in uncovered(plan, day) if customer in ("", one.id)]
    beneath = () if customer else clashes(plan, day)
    rows = [
        *(row for one in found for row in _cover(plan, one)),
        *(_without(plan, one) for one in without),
        *(_clash(plan, one) for one in beneath),
    ]
    return Table(
        columns=COLUMNS,
        rows=[row for row in rows if show in ("", row["state"])],
        summary=_summary(found, without, beneath),
        chart=_chart(found) if found else None,
        message=_message(found, without, beneath),
    )


def _row(**cells: Any) -> dict[str, Any]:
    empty = {column.fieldname: None if column.fieldtype == "Int" else "" for column in COLUMNS}
    return {**empty, "service": "", "agreement": "", "other": "", **cells}


def _with(plan: Plan, collection: str, id: str, state: State) -> dict[str, Any]:
    return {
        "collection": collection,
        "id": id,
        "party": plan.title_of(collection, id),
        "state": state.value,
        "stands": Text(state.value),
    }


def _counted(plan: Plan, customer: Stakeholder) -> int | None:
    """How many people of the plan belong to a customer; None where none is known."""
    return len(users(plan, customer)) or None


def _cover(plan: Plan, one: Cover) -> Iterator[dict[str, Any]]:
    """A row for each agreement, or for each two of which one says otherwise."""
    row = _row(
        **_with(plan, "stakeholders", one.customer.id, one.state),
        users=_counted(plan, one.customer),
        service=one.service.id,
        service_title=one.service.title or one.service.id,
        kind="SLA",
    )
    pairs = dict.fromkeys((difference.first.id, difference.second.id) for difference in one.differences)
    in_pairs = {id for pair in pairs for id in pair}
    for first, second in pairs:
        differing = [
            found for found in one.differences if (found.first.id, found.second.id) == (first, second)
        ]
        told = listed((found.told(plan) for found in differing), "; ")
        yield {**row, **_agreements(plan, first, second), "differs": told}
    alone = [agreement for agreement in one.agreements if agreement.id not in in_pairs]
    for agreement in alone:
        yield {**row, **_agreements(plan, agreement.id)}
    if not one.agreements:
        yield row


def _agreements(plan: Plan, first: str, second: str = "") -> dict[str, str]:
    return {
        "agreement": first,
        "first": plan.title_of("agreements", first),
        "other": second,
        "second": plan.title_of("agreements", second) if second else "",
    }


def _without(plan: Plan, customer: Stakeholder) -> dict[str, Any]:
    return _row(
        **_with(plan, "stakeholders", customer.id, State.NONE),
        users=_counted(plan, customer),
        service_title=Text(N_("no service")),
        kind="SLA",
    )


def _clash(plan: Plan, one: Clash) -> dict[str, Any]:
    kind = one.first.kind
    return _row(
        **_with(plan, PROMISING[kind], _party(one.first), State.DIFFERENT),
        service_title=", ".join(dict.fromkeys(place_words(plan, place) for place in one.places)),
        kind=kind,
        **_agreements(plan, one.first.id, one.second.id),
        differs=listed((difference.told(plan) for difference in one.differences), "; "),
    )


def _party(agreement: Agreement) -> str:
    return getattr(agreement, PARTY[agreement.kind])


def _summary(
    found: Sequence[Cover], without: Sequence[Stakeholder], beneath: Sequence[Clash]
) -> tuple[Figure, ...]:
    none, different = _count(found, State.NONE), _count(found, State.DIFFERENT)
    return (
        Figure(Text(N_("Customers and Services")), len(found)),
        Figure(Text(N_("Under None")), none, "Red" if none else "Green"),
        Figure(Text(N_("Under Several, Different")), different, "Red" if different else "Green"),
        Figure(Text(N_("Customers under Nothing")), len(without), "Red" if without else "Green"),
        Figure(Text(N_("OLAs and UCs That Differ")), len(beneath), "Red" if beneath else "Green"),
    )


def _count(found: Sequence[Cover], state: State) -> int:
    return sum(1 for one in found if one.state is state)


def _chart(found: Sequence[Cover]) -> Chart:
    return Chart(
        title=Text(N_("Customers and services by agreement")),
        labels=tuple(Text(state.value) for state in State),
        datasets=(
            Dataset(Text(N_("Customers and Services")), tuple(_count(found, state) for state in State)),
        ),
        colors=("#0b5c6e",),
        reading=say(
            N_("{0} of {1} stand under one agreement, or under several that say the same."),
            _count(found, State.ONE) + _count(found, State.ALIKE),
            len(found),
        ),
    )


def _message(found: Sequence[Cover], without: Sequence[Stakeholder], beneath: Sequence[Clash]) -> Text:
    if not found and not without:
        return Text(N_("The plan has no customers. Name them among the stakeholders."))
    none = _count(found, State.NONE) + len(without)
    different = _count(found, State.DIFFERENT) + len(beneath)
    if none:
        return say(
            N_("{0} stand under no agreement. Conclude SLAs with them, or do not offer them the service."),
            none,
        )
    if different:
        return say(
            N_("{0} stand under agreements that differ. End one, or put it beneath the other."), different
        )
    return Text(N_("Each customer stands under one agreement, or under several that say the same."))
