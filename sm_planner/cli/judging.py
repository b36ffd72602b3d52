"""The commands that judge a plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from sm_planner.cli.base import (
    CLEAN,
    FINDINGS,
    SEVERITIES,
    as_json,
    as_of,
    check_plan,
    load,
    plan_path,
    print_findings,
    print_table,
    progress,
    read_events,
    reads_plans,
    write_json,
)
from sm_planner.engine.model.vocabulary import DEPTHS


@click.command()
@click.argument("path", type=plan_path)
@click.option("--fail-on", type=click.Choice(SEVERITIES), default="error", show_default=True)
@click.option("--format", "form", type=click.Choice(("text", "json", "sarif", "junit")), default="text")
@click.option("--depth", type=click.Choice(DEPTHS, case_sensitive=False), help="As if the plan went so deep.")
@as_of
@as_json
@reads_plans
def check(path: Path, fail_on: str, form: str, depth: str | None, today: datetime, json_: bool) -> int:
    """Check a plan. SARIF and JUnit are for tools that check a repository."""
    from sm_planner.engine import plan_file
    from sm_planner.engine.checks import RULES, asked

    plan = load(path)
    plan = replace(plan, depth=depth) if depth else plan
    result = check_plan(plan, today, json_ or form != "text")
    if form == "sarif":
        from sm_planner.reports.machine import sarif

        write_json(sarif(result, path.as_posix(), plan_file.places(path)))
    elif form == "junit":
        from sm_planner.reports.machine import junit

        click.echo(junit(result, path.as_posix(), plan_file.places(path)), nl=False)
    elif json_ or form == "json":
        identity = {"id": plan.id, "title": plan.title, "version": plan.version}
        depth_of_plan = {"depth": plan.depth, "asked": len(asked(plan)), "rules": len(RULES)}
        write_json({"plan": identity, "as_of": today.date().isoformat(), **depth_of_plan, **result.as_dict()})
    else:
        print_findings(result, plan)
    worst = min((finding.severity.rank for finding in result.failed), default=len(SEVERITIES))
    return FINDINGS if worst <= SEVERITIES.index(fail_on) else CLEAN


@click.command()
@as_json
@reads_plans
def rules(json_: bool) -> None:
    """List the rules by which plans are checked."""
    from sm_planner.engine.checks import RULES

    if json_:
        names = ("code", "depth", "title", "why", "fix", "source")
        write_json(
            [
                {**{name: getattr(rule, name) for name in names}, "severity": rule.severity.value}
                for rule in RULES
            ]
        )
        return
    for rule in RULES:
        click.echo(f"{rule.code:8} {rule.severity.value:12} {rule.depth:10} {rule.title}")


@click.command("lulls")
@click.argument("path", type=plan_path)
@click.option("--component", default="", help="What is to be worked on: the id of a component.")
@click.option("--service", default="", help="Or the id of a service.")
@click.option("--minutes", type=click.IntRange(1, 36_500), help="How long the work takes.")
@click.option(
    "--begin", default="", help="The first day, such as 2027-01-31; if not given, the day of --as-of."
)
@click.option(
    "--before", default="", help="The day by which it is over; a quarter of a year later if not given."
)
@as_of
@as_json
@reads_plans
def lulls(
    path: Path,
    component: str,
    service: str,
    minutes: int | None,
    begin: str,
    before: str,
    today: datetime,
    json_: bool,
) -> int:
    """Show when work on a component or service would hurt fewest, and whom."""
    from sm_planner.reports import lull_finder

    if bool(component) == bool(service):
        raise click.UsageError("Name a component or a service: --component ID or --service ID.")
    for option, day in (("begin", begin), ("before", before)):
        if day and not lull_finder.is_day(day):
            raise click.BadParameter(
                f"“{day}” is no day; write it like 2027-01-31.", param_hint=f"--{option}"
            )
    table = lull_finder.report(
        load(path),
        today.date(),
        component=component,
        service=service,
        minutes=minutes or 0,
        begin=begin,
        before=before,
    )
    print_table(table, json_)
    return CLEAN if table.rows else FINDINGS


@click.command()
@click.argument("name")
@click.argument("path", type=plan_path)
@as_of
@as_json
@reads_plans
def report(name: str, path: Path, today: datetime, json_: bool) -> None:
    """Show a report by its name, such as agreement-expiry. An unknown name lists all of them."""
    from sm_planner.reports import REPORTS

    if name not in REPORTS:
        raise click.BadParameter(
            f"“{name}” is no report. There are: {', '.join(REPORTS)}.", param_hint="NAME"
        )
    _show(name, path, today, json_)


@click.command()
@click.argument("path", type=plan_path)
@as_of
@as_json
@reads_plans
def roadmap(path: Path, today: datetime, json_: bool) -> None:
    """Show when what is open is planned, when it is possible, and when the teams can do it."""
    _show("roadmap", path, today, json_)


@click.command()
@click.argument("path", type=plan_path)
@as_of
@as_json
@reads_plans
def readiness(path: Path, today: datetime, json_: bool) -> None:
    """Show which pieces of a plan are ready."""
    from sm_planner.engine.checks.readiness import readiness as readiness_of
    from sm_planner.reports import plan_readiness

    plan = load(path)
    print_table(plan_readiness.table(readiness_of(plan, check_plan(plan, today, json_))), json_)


@click.command()
@click.argument("path", type=plan_path)
@click.option("--agreement", default="", help="Only this SLA (id).")
@as_of
@as_json
@reads_plans
def chain(path: Path, agreement: str, today: datetime, json_: bool) -> int:
    """Show whether the agreements beneath each SLA can carry what it promises."""
    from sm_planner.engine.chain import Feasibility, beneath
    from sm_planner.reports import chain_feasibility

    plan = load(path)
    found = beneath(plan, today.date())
    with progress(found.slas, "Assessing SLAs", quiet=json_) as slas:
        for sla in slas:
            found.judged(sla)
    table = chain_feasibility.report(plan, today.date(), agreement=agreement)
    shown = (
        "verdict",
        "sla",
        "service",
        "target",
        "promised",
        "slack",
        "certain",
        "worst_start",
        "cause",
        "readings",
        "missing",
    )
    print_table(table, json_, shown)
    infeasible = chain_feasibility.VERDICTS[Feasibility.INFEASIBLE]
    return FINDINGS if any(row["verdict"] == infeasible for row in table.rows) else CLEAN


@click.command()
@click.argument("path", type=plan_path)
@click.option("--process", default="", help="Only this process (id).")
@click.option("--service", default="", help="Only this service (id).")
@click.option("--component", default="", help="Only this component (id).")
@click.option("--role", default="", help="Only cells in which this role (id) has a RACI letter.")
@click.option(
    "--person", default="", help="Only cells in which a role of this person (id) has a RACI letter."
)
@click.option("--all", "every", is_flag=True, help="A row for every cell, not only for differences.")
@as_of
@as_json
@reads_plans
def raci(path: Path, every: bool, today: datetime, json_: bool, **only: str) -> None:
    """Show who is responsible, accountable, consulted and informed."""
    _show("raci-matrix", path, today, json_, collapsed=not every, **only)


@click.command()
@click.argument("path", type=plan_path)
@click.argument("log", type=plan_path)
@click.option(
    "--map", "map_", required=True, help="A log map, or the name of one that comes with SM Planner."
)
@click.option(
    "--by",
    type=click.Choice(["service-level", "service", "priority", "party", "month", "period"]),
    default="service-level",
    show_default=True,
)
@click.option(
    "--fail-below", type=click.FloatRange(0, 100), help="The percentage that every line has to reach."
)
@as_of
@as_json
@reads_plans
def attain(
    path: Path, log: Path, map_: str, by: str, fail_below: float | None, today: datetime, json_: bool
) -> int:
    """Show which promises of a plan were kept, from the log of a ticket system (CSV).

    By period, each target is judged as it was promised: its share of the cases or its average, breaches and what is due.
    """
    from sm_planner.reports import sla_attainment

    plan, events = load(path), read_events(log, map_, json_)
    table = sla_attainment.report(plan, today.date(), log=events, by=by)
    if json_:
        problems = [problem.as_dict() for problem in events.problems]
        write_json({**table.as_dict(), "problems": problems, "problem_count": events.unread})
    else:
        for problem in events.problems:
            click.echo(str(problem), err=True)
        print_table(table)
    if fail_below is None:
        return CLEAN
    reached = [row["percent"] for row in table.rows if row["percent"] is not None]
    return CLEAN if reached and min(reached) >= fail_below else FINDINGS


@click.command()
@click.argument("path", type=plan_path)
@click.argument("outages", type=plan_path)
@click.option("--since", required=True, help="The first day that is looked at, such as 2027-01-01.")
@click.option("--timezone", default="UTC", show_default=True, help="Of times that have no offset.")
@as_of
@as_json
@reads_plans
def availability(path: Path, outages: Path, since: str, timezone: str, today: datetime, json_: bool) -> int:
    """Show how available services were, from a list of outages (CSV: service, from, to), and what may still be lost."""
    from sm_planner.engine.attainment.outages import read_outages
    from sm_planner.engine.service_time.local_time import is_zone
    from sm_planner.reports import service_availability
    from sm_planner.reports.lull_finder import is_day

    if not is_day(since):
        raise click.BadParameter(f"“{since}” is no day; write it like 2027-01-31.", param_hint="--since")
    if not is_zone(timezone):
        raise click.BadParameter(f"“{timezone}” is no time zone.", param_hint="--timezone")
    plan = load(path)
    found = read_outages(outages, plan, timezone)
    table = service_availability.report(plan, today.date(), outages=found, since=date.fromisoformat(since))
    print_table(table, json_)
    return FINDINGS if any(row["kept"] is False for row in table.rows) else CLEAN


@click.command()
@click.argument("old", type=plan_path)
@click.argument("new", type=plan_path)
@as_json
@reads_plans
def diff(old: Path, new: Path, json_: bool) -> int:
    """Show what changed from one plan file to another."""
    from sm_planner.engine.sealing.diff import diff_plans

    changes = diff_plans(load(old), load(new))
    if json_:
        write_json([change.as_dict() for change in changes])
    else:
        for change in changes:
            click.echo(str(change.text))
        click.echo(f"{len(changes)} differences." if changes else "No difference.")
    return FINDINGS if changes else CLEAN


def _show(report: str, path: Path, today: datetime, json_: bool, **filters: Any) -> None:
    from sm_planner.reports import REPORTS

    print_table(REPORTS[report].run(load(path), today.date(), **filters), json_)
