"""RACI Gaps and Load: where letters are missing, and how much each person and each role carries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sm_planner.engine.checks import check
from sm_planner.engine.checks.finding import Finding
from sm_planner.engine.checks.raci.letters import no_blank, one_accountable, somebody_responsible
from sm_planner.engine.checks.raci.people import not_alone, not_overloaded
from sm_planner.engine.model import Plan
from sm_planner.engine.raci.effective import effective
from sm_planner.engine.raci.load import Load, load
from sm_planner.engine.texts import N_, Text, say
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

COLUMNS = (
    Column("about", Text(N_("About")), width=80),
    Column("title", Text(N_("Process, Person or Role")), width=200, key="id"),
    Column("message", Text(N_("What Is Wrong")), width=360),
    Column("code", Text(N_("Rule")), width=80),
    Column("cells", Text(N_("Cells")), "Int", width=80),
    Column("share", Text(N_("Of All Cells (%)")), "Percent", width=110),
    Column("accountable", Text(N_("A")), "Int", width=60),
    Column("responsible", Text(N_("R")), "Int", width=60),
    Column("alone", Text(N_("A and Only R")), "Int", width=100),
)
GAPS, PEOPLE, ROLES = "Gap", "Person", "Role"
ABOUT = {GAPS: Text(N_("Gap")), PEOPLE: Text(N_("Person")), ROLES: Text(N_("Role"))}
CHARTED = 6
"""People in the chart: those in the most cells."""

GAP_RULES = (one_accountable, somebody_responsible, no_blank)
LOAD_RULES = (not_overloaded, not_alone)


def report(plan: Plan, today: date, *, about: str = "") -> Table:
    """Gaps, then people and roles, those with the most cells first. about: Gap, Person or Role alone."""
    gaps = check(plan, today, GAP_RULES).failed
    overloads = check(plan, today, LOAD_RULES).failed
    loads = load(plan, today)
    rows = [*map(_gap, gaps), *_people(plan, loads, overloads), *_roles(plan)]
    cells = len(effective(plan).cells)
    return Table(
        columns=COLUMNS,
        rows=[_with_share(row, cells) for row in rows if about in ("", row["about"].template)],
        summary=_summary(plan, loads, gaps, overloads),
        chart=_chart(plan, loads),
        message=_message(cells, gaps, overloads),
    )


def _line(about: str, collection: str, id: str, name: str, cells: int, **rest: Any) -> dict[str, Any]:
    blank = {"message": "", "code": "", "accountable": None, "responsible": None, "alone": None}
    return {
        "about": ABOUT[about],
        "collection": collection,
        "id": id,
        "title": name,
        "cells": cells,
        **blank,
        **rest,
    }


def _with_share(row: dict[str, Any], cells: int) -> dict[str, Any]:
    return {**row, "share": round(100 * row["cells"] / cells, 1) if cells else 0}


def _gap(finding: Finding) -> dict[str, Any]:
    return _line(
        GAPS,
        finding.record.collection,
        finding.record.id,
        str(finding.record),
        finding.count,
        message=Text(finding.message, finding.args),
        code=finding.code,
    )


def _people(plan: Plan, loads: dict[str, Load], overloads: Sequence[Finding]) -> Iterator[dict[str, Any]]:
    """A row a person; one for each finding where there are several."""
    wrong: dict[str, list[Finding]] = {}
    for finding in overloads:
        wrong.setdefault(finding.record.id, []).append(finding)
    for id, carried in sorted(loads.items(), key=lambda item: -item[1].cells):
        for finding in wrong.get(id, (None,)):
            yield _line(
                PEOPLE,
                "people",
                id,
                plan.title_of("people", id),
                carried.cells,
                accountable=carried.accountable,
                responsible=carried.responsible,
                alone=carried.alone,
                message=Text(finding.message, finding.args) if finding else "",
                code=finding.code if finding else "",
            )


def _roles(plan: Plan) -> Iterator[dict[str, Any]]:
    cells, accountable, responsible = Counter(), Counter(), Counter()
    for duties, count in effective(plan).duties.items():
        for held in duties.letters:
            cells[held.role] += count
            accountable[held.role] += count * ("A" in held.letter)
            responsible[held.role] += count * ("R" in held.letter)
    for role in sorted(plan.roles, key=lambda role: -cells[role.id]):
        yield _line(
            ROLES,
            "roles",
            role.id,
            plan.title_of("roles", role.id),
            cells[role.id],
            accountable=accountable[role.id],
            responsible=responsible[role.id],
        )


def _summary(
    plan: Plan, loads: dict[str, Load], gaps: Sequence[Finding], overloads: Sequence[Finding]
) -> tuple[Figure, ...]:
    lacking = sum(
        cells
        for duties, cells in effective(plan).duties.items()
        if not duties.not_applicable and (len(duties.accountable) != 1 or not duties.responsible)
    )
    loaded = len({finding.record.id for finding in overloads})
    idle = sum(1 for carried in loads.values() if not carried.cells)
    return (
        Figure(Text(N_("Cells")), len(effective(plan).cells)),
        Figure(Text(N_("Cells with a gap")), lacking, "Red" if lacking else "Green"),
        Figure(Text(N_("People with too many letters")), loaded, "Red" if loaded else "Green"),
        Figure(Text(N_("People without a letter")), idle),
    )


def _chart(plan: Plan, loads: dict[str, Load]) -> Chart | None:
    """In how many cells the people who have the most answer for something, and do it."""
    shown = [id for id, carried in sorted(loads.items(), key=lambda item: -item[1].cells) if carried.cells][
        :CHARTED
    ]
    if not shown:
        return None
    first = loads[shown[0]]
    return Chart(
        title=Text(N_("RACI: who carries the most")),
        labels=tuple(plan.title_of("people", id) for id in shown),
        datasets=(
            Dataset(Text(N_("Accountable")), tuple(loads[id].accountable for id in shown)),
            Dataset(Text(N_("Responsible")), tuple(loads[id].responsible for id in shown)),
        ),
        colors=("#0b5c6e", "#64727e"),
        reading=say(
            N_("{0} has letters in the most cells, {1}: accountable in {2} and responsible in {3}."),
            plan.title_of("people", shown[0]),
            first.cells,
            first.accountable,
            first.responsible,
        ),
    )


def _message(cells: int, gaps: Sequence[Finding], overloads: Sequence[Finding]) -> Text:
    if not cells:
        return Text(N_("There are no cells yet. Add processes and services to the plan."))
    if gaps:
        return Text(
            N_("Close the gaps first; each line says where they are, and how many cells they affect.")
        )
    if overloads:
        return Text(N_("There are no gaps. Hand over letters from those who have too many."))
    return Text(N_("There are no gaps, and nobody has too many letters."))
