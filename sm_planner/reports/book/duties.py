"""Processes and who does what in them, and support as users meet it."""

from __future__ import annotations

import dataclasses
from typing import Any

from sm_planner.engine.model import FLOWS, Plan, Process, Service
from sm_planner.engine.model.vocabulary import ESCALATIONS
from sm_planner.engine.raci.effective import services_in_scope
from sm_planner.engine.rosters import words
from sm_planner.engine.texts import N_, Text
from sm_planner.reports import raci_gaps, raci_matrix
from sm_planner.reports.book.material import Material
from sm_planner.reports.service_map.compose import DOWN


def raci(material: Material) -> dict[str, Any]:
    plan = material.plan
    tasks: dict[str, list[dict[str, Any]]] = {}
    for entry in plan.raci:
        if entry.task:
            where = (("services", entry.service), ("components", entry.component))
            row = {
                "entry": entry,
                "who": plan.title_of("roles", entry.role) or material.wording.say(N_("everybody")),
                "where": ", ".join(plan.title_of(collection, id) for collection, id in where if id),
            }
            tasks.setdefault(entry.process, []).append(row)
    return {
        "chart": raci_gaps.report(plan, material.today).chart,
        "processes": [
            {**_matrix(material, process), "tasks": tasks.get(process.id, ())} for process in plan.processes
        ],
    }


def _matrix(material: Material, process: Process) -> dict[str, Any]:
    """The matrix of a process, without columns that would say the same in each row."""
    table = raci_matrix.report(material.plan, material.today, process=process.id, collapsed=True)
    stated = any(row["state"] is not raci_matrix.COMPLETE for row in table.rows)
    hidden = ("process_title",) if stated else ("process_title", "state")
    columns = tuple(column for column in table.columns if column.fieldname not in hidden)
    return {"record": process, "table": dataclasses.replace(table, columns=columns), "stated": stated}


def support(material: Material) -> dict[str, Any]:
    """The flows with what carries them, and each service with its tiers and what is decided about its support."""
    plan = material.plan
    return {
        "flows": [
            {
                "name": flow,
                "down": flow in DOWN,
                "processes": [process for process in plan.processes if process.flow == flow],
            }
            for flow in FLOWS
        ],
        "services": [
            {
                "record": service,
                "steps": _steps(plan, service),
                "tiers": [
                    (
                        tier,
                        [plan.get("teams", row.team) for row in service.support_tiers if row.tier == tier],
                    )
                    for tier in sorted({row.tier for row in service.support_tiers})
                ],
            }
            for service in services_in_scope(plan)
        ],
    }


def _steps(plan: Plan, service: Service) -> list[tuple[str, list[Text]]]:
    """The escalation path by its kinds, each in order of time."""
    ordered = sorted(service.escalation, key=lambda step: (step.minutes is None, step.minutes or 0))
    return [
        (kind, steps)
        for kind in ESCALATIONS
        if (steps := [words.step(plan, step) for step in ordered if step.kind == kind])
    ]
