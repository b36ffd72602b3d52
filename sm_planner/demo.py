"""``sm-planner demo``: the main job, once through, on the example plan and on a real catalogue if there is one."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime, time, timezone
from pathlib import Path
from typing import Any

import click

from sm_planner.engine import catalogue_import, checks, plan_file
from sm_planner.engine.attainment import load_log_map, read_log
from sm_planner.engine.checks.readiness import State, readiness
from sm_planner.engine.examples import FOLDER, example_path, faults, faulty_twin
from sm_planner.engine.model import Plan
from sm_planner.engine.model.seal_key import KeyRing, SealKey
from sm_planner.engine.sealing import seal
from sm_planner.reports import chain_feasibility, sla_attainment
from sm_planner.reports.book import render
from sm_planner.reports.service_map import service_map
from sm_planner.reports.service_map.files import write
from sm_planner.reports.text import as_text

_DATA = FOLDER.parents[2] / "shared" / "data"
REAL_CATALOGUE = _DATA / "gitlab-service-catalog-2020.yml"
REAL_INCIDENTS = _DATA / "incidents-2016-a.csv"
"""Real input that lies beside the checkout, if somebody put it there."""
SHOWN = 5
"""Findings that are shown."""


def run(output: Path, today: date, faulty: bool = False) -> dict[str, Any]:
    """The whole demo, told on standard output. Returns what was written and what was found.

    faulty: on the faulty twin of the example, which is written as a plan file too.
    """
    output.mkdir(parents=True, exist_ok=True)
    plan = faulty_twin() if faulty else plan_file.load(example_path("example"))
    _heading(f"The {'faulty twin of the ' if faulty else ''}example plan: {plan.title}")
    written = _tell_faults(plan, output) if faulty else []
    told: dict[str, Any] = {"example": _look(plan, today)}
    told["example"]["written"] = [*written, *_write(plan, today, output, "faulty-" if faulty else "")]
    told["example"]["infeasible"] = _prove(plan, today)
    told["example"]["drift"] = _sign(plan, today)
    if REAL_CATALOGUE.is_file():
        told["catalogue"] = _import_real_catalogue(output, today)
    if REAL_INCIDENTS.is_file():
        told["incidents"] = _judge_real_incidents(output, today)
    return told


def _tell_faults(plan: Plan, output: Path) -> list[str]:
    """What is wrong in the twin, and the file that it is written to."""
    for fault in faults():
        click.echo(f"  {', '.join(fault.shows):16} {fault.says}")
    path = output / "faulty-twin.yaml"
    plan_file.dump(plan, path)
    click.echo(f"The twin is written: {path}")
    return [str(path)]


def _look(plan: Plan, today: date) -> dict[str, Any]:
    """The plan in a few lines: what it holds, what the checks say, what is ready."""
    result = checks.check(plan, today)
    held = ", ".join(f"{len(records)} {name}" for name, records in plan.index.items() if records)
    click.echo(f"It holds {held}.")
    counts = ", ".join(f"{count} {severity.lower()}" for severity, count in result.counts.items() if count)
    undecided = f" Not decided: {len(result.not_evaluated)}." if result.not_evaluated else ""
    click.echo(f"{len(result.passed)} rules pass. Findings: {counts or 'none'}.{undecided}")
    for finding in result.findings[:SHOWN]:
        click.echo(f"  {finding.severity.value:8} {finding.code:7} {finding.text}")
    if len(result.findings) > SHOWN:
        click.echo(f"  … and {len(result.findings) - SHOWN} more: sm-planner check shows them all.")
    ready = readiness(plan, result)
    click.echo(f"Readiness: {ready.share:.0%} of the pieces are ready.")
    click.echo("It can go to its sponsor." if not result.blockers else "It cannot go to its sponsor yet.")
    return {"plan": plan.id, "counts": result.counts, "ready": ready.counts[State.READY.value]}


def _write(plan: Plan, today: date, output: Path, prefix: str) -> list[str]:
    """The plan book and the map of a plan, as files whose names begin with the prefix."""
    book = output / f"{prefix}plan-book.html"
    plan_file.write_whole(book, render(plan, today))
    click.echo(f"The plan book is written: {book}")
    maps = write(service_map(plan, today, checks.check(plan, today)), output / f"{prefix}service-map.svg")
    click.echo(f"The service management map is written: {', '.join(map(str, maps))}")
    return [str(path) for path in (book, *maps)]


def _prove(plan: Plan, today: date) -> int:
    """The promises that the agreements beneath them cannot carry."""
    _heading("Can OLAs and contracts carry the SLAs?")
    table = chain_feasibility.report(plan, today, verdict="Infeasible")
    broken = dataclasses.replace(table, rows=table.rows[:SHOWN])
    click.echo(as_text(broken, ("service", "target", "promised", "slack", "worst_start", "cause")))
    click.echo(str(chain_feasibility.report(plan, today).message))
    return len(table.rows)


def _sign(plan: Plan, today: date) -> int:
    """Seal the plan, then change what was signed and see it found."""
    key = SealKey.new()
    made = seal.make(
        plan,
        signer=plan.executive_sponsor,
        signed_at=datetime.combine(today, time(9), timezone.utc),
        meaning="I approve this plan and fund what it needs.",
        channel="demo",
        key=key,
    )
    ring = KeyRing(signing=key.public)
    signed = dataclasses.replace(plan, seals=(made,), key_ring=ring)
    _heading("Signed, sealed, verified")
    click.echo(f"{made.signer_name} signs; the seal is {made.seal_hash[:16]}…")
    verification = seal.verify(signed)
    click.echo(
        f"Verified: {'intact' if verification.intact else 'broken'}, origin {verification.seals[0].origin}."
    )
    changed = dataclasses.replace(signed, period_end=date(plan.period_end.year + 1, 12, 31))
    drift = seal.verify(changed).drift
    for change in drift:
        click.echo(f"Somebody extends the period. Found: {change.text}")
    return len(drift)


def _import_real_catalogue(output: Path, today: date) -> dict[str, Any]:
    _heading(f"A real catalogue: {REAL_CATALOGUE.name}")
    map_ = catalogue_import.load_map(catalogue_import.find_map("gitlab-service-catalog"))
    imported = catalogue_import.run(REAL_CATALOGUE, map_)
    path = output / "gitlab-com.yaml"
    plan_file.dump(imported.plan, path)
    click.echo(f"Imported to {path}; {len(imported.left_out)} values left out, for example:")
    for left_out in imported.left_out[:3]:
        click.echo(f"  {left_out}")
    click.echo(f"{sum(imported.unmapped.values())} values have no place in a plan, such as logging links.")
    told = _look(imported.plan, today)
    return {**told, "written": [str(path), *_write(imported.plan, today, output, "gitlab-com-")]}


def _judge_real_incidents(output: Path, today: date) -> dict[str, Any]:
    _heading(f"Real incidents: {REAL_INCIDENTS.name}")
    plan = plan_file.load(example_path("incidents"))
    log = read_log(REAL_INCIDENTS, load_log_map(catalogue_import.find_map("servicenow-incidents")))
    table = sla_attainment.report(plan, today, log=log, by="priority")
    click.echo(as_text(table, tuple(column.fieldname for column in table.columns[: SHOWN + 2])))
    click.echo(str(table.chart.reading))
    book = output / "incidents-plan-book.html"
    plan_file.write_whole(book, render(plan, today, log=log))
    click.echo(f"The plan book with what was kept is written: {book}")
    figures = {str(figure.label): figure.value for figure in table.summary}
    return {"plan": plan.id, "summary": figures, "written": [str(book)]}


def _heading(text: str) -> None:
    click.echo()
    click.secho(text, bold=True)
