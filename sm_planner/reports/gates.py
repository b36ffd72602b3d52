"""Gates: how far the plan is on the way to its tools, what each gate still needs, and what comes too early."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sm_planner.engine.gates.early import Early, too_early
from sm_planner.engine.gates.gates import TOOLS, Gate, State, gates
from sm_planner.engine.lacks import Lack
from sm_planner.engine.model import COLLECTIONS, Plan
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.texts import N_, Text, listed, say
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

COLUMNS = (
    Column("gate", Text(N_("Gate")), width=200),
    Column("state", Text(N_("State")), width=110),
    Column("day", Text(N_("Date")), "Date", width=110),
    Column("told", Text(N_("By What, or What Is Missing")), width=480),
    Column("title", Text(N_("Record")), width=240, key="id"),
    Column("kind", Text(N_("Kind of Record")), width=140),
)
TOO_EARLY = N_("Too early")
EARLY = {
    "order_date": N_("Ordered on {0}; not reached by then: {1}"),
    "roll_out_date": N_("Rolled out on {0}; not reached by then: {1}"),
    "start_date": N_("Begins on {0}; not reached by then: {1}"),
}
"""Field of a day → what is told of one that is too early."""


def report(plan: Plan, today: date) -> Table:
    """A row for each gate that is reached, for each thing that is missing or not known of one that is not; then what is too early."""
    found, early = gates(plan, today), too_early(plan, today)
    before = [gate for gate in found if gate.name != TOOLS]
    reached = [gate for gate in before if gate.state is State.REACHED]
    return Table(
        columns=COLUMNS,
        rows=[*(row for gate in found for row in _rows(gate)), *(_early(one) for one in early)],
        summary=(
            Figure(
                Text(N_("Gates Reached before the Tools")),
                f"{len(reached)}/{len(before)}",
                "Green" if len(reached) == len(before) else "Blue",
            ),
            Figure(Text(N_("Too Early")), len(early), "Red" if early else "Green"),
        ),
        message=message(found, early),
        chart=_chart(found),
    )


def _chart(found: tuple[Gate, ...]) -> Chart:
    """What each gate lacks."""
    lacks = [len(gate.lacks) + len(gate.unknown) for gate in found]
    return Chart(
        title=Text(N_("What each gate still needs")),
        labels=tuple(Text(gate.name) for gate in found),
        datasets=(Dataset(Text(N_("Missing or Not Known")), tuple(lacks)),),
        colors=("#0b5c6e",),
        reading=say(N_("Missing or not known, of all gates together: {0}."), sum(lacks)),
    )


def message(found: tuple[Gate, ...], early: tuple[Early, ...]) -> Text:
    """What to do next."""
    gate = next((one for one in found if one.state is State.OPEN and one.name != TOOLS), None)
    if early:
        return say(
            N_("{0} of what the plan brings comes before its gates. Begin with “{1}”."),
            len(early),
            Ref.to(early[0].record),
        )
    if gate:
        return say(N_("The next gate is “{0}”. {1}"), Text(gate.name), gate.lacks[0].text)
    if any(one.state is State.UNKNOWN and one.name != TOOLS for one in found):
        return Text(N_("On which day a gate was reached is not known. Each line says what is missing."))
    return Text(N_("All gates before the tools are reached. Tools may come."))


def _rows(gate: Gate) -> Iterator[dict[str, Any]]:
    if gate.state is State.REACHED:
        step = gate.reached
        yield _row(gate, State.REACHED.value, step.day, step.how, step.record)
    for one in gate.lacks:
        yield _row(gate, State.OPEN.value, gate.day, one.text, one.record, one)
    for one in gate.unknown:
        yield _row(gate, State.UNKNOWN.value, None, one.text, one.record, one)


def _row(
    gate: Gate, state: str, day: date | None, told: Text, record: Ref, lack: Lack | None = None
) -> dict[str, Any]:
    return {
        "gate": Text(gate.name),
        "state": Text(state),
        "day": day,
        "told": told,
        **_record(record),
        "field": lack.field if lack else "",
    }


def _early(one: Early) -> dict[str, Any]:
    late = listed(Text(gate.name) for gate in one.gates)
    return {
        "gate": Text(TOOLS),
        "state": Text(TOO_EARLY),
        "day": one.day,
        "told": say(EARLY[one.field], one.day, late),
        **_record(Ref.to(one.record)),
        "field": one.field,
    }


def _record(record: Ref) -> dict[str, Any]:
    collection = record.collection
    return {
        "id": record.id,
        "title": str(record),
        "collection": collection,
        "kind": Text(COLLECTIONS[collection].label if collection in COLLECTIONS else N_("Plan")),
    }
