"""``sm-planner``: plans as files, from the command line.

Exit status: 0 nothing to complain about, 1 findings (or tampering, or differences), 2 unusable input.
Every command takes ``--json``. Only click is imported here; each command imports what it needs.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, NoReturn

import click

from sm_planner import __version__

CLEAN, FINDINGS, UNUSABLE = 0, 1, 2
SEVERITIES = ("blocker", "error", "warning", "information")

plan_path = click.Path(dir_okay=False, path_type=Path)
as_json = click.option("--json", "json_", is_flag=True, help="Write JSON.")
as_of = click.option(
    "--as-of",
    "today",
    type=click.DateTime(["%Y-%m-%d"]),
    default=lambda: datetime.now().astimezone().date().isoformat(),
    show_default="today",
    help="The day to judge by.",
)


def main() -> None:
    cli(prog_name="sm-planner")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def cli() -> None:
    """Service management plans as files: check, show, seal and verify them."""


def reads_plans(command: Callable[..., int | None]) -> Callable[..., None]:
    """Ends a command with its exit status, and with every problem of its input where that cannot be used."""

    @functools.wraps(command)
    def run(*args: Any, **options: Any) -> None:
        from sm_planner.engine.plan_file import PlanFileError

        try:
            status = command(*args, **options)
        except PlanFileError as error:
            if options.get("json_"):
                _write_json({"problems": [problem.as_dict() for problem in error.problems]})
            else:
                for problem in error.problems:
                    click.echo(str(problem), err=True)
            status = UNUSABLE
        except OSError as error:
            _refuse(f"{error.filename}: {error.strerror}.")
        raise SystemExit(status or CLEAN)

    return run


@cli.command()
@click.argument("path", type=plan_path, default="plan.yaml")
@reads_plans
def new(path: Path) -> None:
    """Write a small, complete plan to begin from."""
    from sm_planner.engine.examples import new_plan_text

    if path.exists():
        _refuse(f"{path} is already there. Give another name.")
    path.write_text(new_plan_text(), encoding="utf-8")
    click.echo(f"{path} is yours to edit; begin with its why. Then: sm-planner check {path}")


@cli.command()
@click.argument("path", type=plan_path)
@click.option("--fail-on", type=click.Choice(SEVERITIES), default="error", show_default=True)
@click.option("--format", "form", type=click.Choice(("text", "json", "sarif", "junit")), default="text")
@as_of
@as_json
@reads_plans
def check(path: Path, fail_on: str, form: str, today: datetime, json_: bool) -> int:
    """Check a plan. SARIF and JUnit are for machines that check a repository."""
    from sm_planner.engine import checks, plan_file

    plan = _load(path)
    result = checks.check(plan, today.date())
    if form == "sarif":
        from sm_planner.reports.machine import sarif

        _write_json(sarif(result, path.as_posix(), plan_file.places(path)))
    elif form == "junit":
        from sm_planner.reports.machine import junit

        click.echo(junit(result, path.as_posix(), plan_file.places(path)), nl=False)
    elif json_ or form == "json":
        identity = {"id": plan.id, "title": plan.title, "version": plan.version}
        _write_json({"plan": identity, "as_of": today.date().isoformat(), **result.as_dict()})
    else:
        _print_findings(result)
    worst = min((finding.severity.rank for finding in result.failed), default=len(SEVERITIES))
    return FINDINGS if worst <= SEVERITIES.index(fail_on) else CLEAN


@cli.command()
@as_json
@reads_plans
def rules(json_: bool) -> None:
    """List the rules that plans are checked by."""
    from sm_planner.engine.checks import RULES

    if json_:
        names = ("code", "title", "why", "fix", "source")
        _write_json(
            [
                {**{name: getattr(rule, name) for name in names}, "severity": rule.severity.value}
                for rule in RULES
            ]
        )
        return
    for rule in RULES:
        click.echo(f"{rule.code:8} {rule.severity.value:12} {rule.title}")


@cli.command()
def schema() -> None:
    """Write the JSON Schema of plan files, for editors."""
    from sm_planner.engine.plan_file.schema import schema as plan_schema

    _write_json(plan_schema())


@cli.command()
@click.argument("path", type=plan_path)
@click.option("--process", default="", help="Only this process (id).")
@click.option("--service", default="", help="Only this service (id).")
@click.option("--component", default="", help="Only this component (id).")
@click.option("--role", default="", help="Only where this role (id) holds a letter.")
@click.option("--person", default="", help="Only where a role of this person (id) holds a letter.")
@click.option("--all", "every", is_flag=True, help="A row for every cell, not only for what differs.")
@as_of
@as_json
@reads_plans
def raci(path: Path, every: bool, today: datetime, json_: bool, **only: str) -> None:
    """Show who is responsible, accountable, consulted and informed."""
    _show("raci-matrix", path, today, json_, collapsed=not every, **only)


@cli.command()
@click.argument("path", type=plan_path)
@click.option("--agreement", default="", help="Only this SLA (id).")
@as_of
@as_json
@reads_plans
def chain(path: Path, agreement: str, today: datetime, json_: bool) -> int:
    """Show whether the agreements beneath each SLA can carry what it promises."""
    from sm_planner.engine.chain import Verdict
    from sm_planner.reports import chain_feasibility

    table = chain_feasibility.report(_load(path), today.date(), agreement=agreement)
    print_table(
        table, json_, ("verdict", "sla", "service", "target", "promised", "slack", "worst_start", "cause")
    )
    infeasible = chain_feasibility.VERDICTS[Verdict.INFEASIBLE]
    return FINDINGS if any(row["verdict"] == infeasible for row in table.rows) else CLEAN


@cli.command()
@click.argument("path", type=plan_path)
@as_of
@as_json
@reads_plans
def readiness(path: Path, today: datetime, json_: bool) -> None:
    """Show which pieces of a plan are ready."""
    _show("plan-readiness", path, today, json_)


@cli.command()
@click.argument("path", type=plan_path)
@click.option("-o", "--output", type=plan_path, default="plan-book.html", show_default=True)
@as_of
@as_json
@reads_plans
def book(path: Path, output: Path, today: datetime, json_: bool) -> None:
    """Write the plan book: the whole plan as one HTML file, for reading and printing."""
    from sm_planner.engine.plan_file import write_whole
    from sm_planner.reports.book import render

    write_whole(output, render(_load(path), today.date()))
    _done({"written": str(output)}, f"{output} is written.", json_)


@cli.command()
@click.argument("path", type=plan_path)
@click.argument("log", type=plan_path)
@click.option(
    "--map", "map_", required=True, help="A log map, or the name of one that comes with SM Planner."
)
@click.option(
    "--by",
    type=click.Choice(["service-level", "service", "priority", "party", "month"]),
    default="service-level",
    show_default=True,
)
@click.option("--fail-below", type=click.FloatRange(0, 100), help="Percent that every line has to reach.")
@as_of
@as_json
@reads_plans
def attain(
    path: Path, log: Path, map_: str, by: str, fail_below: float | None, today: datetime, json_: bool
) -> int:
    """Show which promises of a plan were kept, from the log of a ticket system (CSV)."""
    from sm_planner.engine.attainment import load_log_map, read_log
    from sm_planner.engine.catalogue_import import find_map
    from sm_planner.reports import sla_attainment

    plan, events = _load(path), read_log(log, load_log_map(find_map(map_)))
    table = sla_attainment.report(plan, today.date(), log=events, by=by)
    if json_:
        problems = [problem.as_dict() for problem in events.problems]
        _write_json({**table.as_dict(), "problems": problems, "problem_count": events.unread})
    else:
        for problem in events.problems:
            click.echo(str(problem), err=True)
        print_table(table)
    if fail_below is None:
        return CLEAN
    reached = [row["percent"] for row in table.rows if row["percent"] is not None]
    return CLEAN if reached and min(reached) >= fail_below else FINDINGS


@cli.command("import")
@click.argument("source", type=plan_path)
@click.option(
    "--map", "map_", required=True, help="A map file, or the name of one that comes with SM Planner."
)
@click.option("-o", "--output", type=plan_path, default="plan.yaml", show_default=True)
@as_json
@reads_plans
def import_(source: Path, map_: str, output: Path, json_: bool) -> None:
    """Make a plan of a foreign service catalogue (YAML, JSON, CSV, XLSX)."""
    from sm_planner.engine import catalogue_import
    from sm_planner.engine.plan_file import dump

    imported = catalogue_import.run(source, catalogue_import.load_map(catalogue_import.find_map(map_)))
    dump(imported.plan, output)
    if json_:
        _write_json({"written": str(output), **imported.as_dict()})
        return
    for left_out in imported.left_out:
        click.echo(f"left out  {left_out}")
    for way, count in sorted(imported.unmapped.items()):
        click.echo(f"no place  {way}: {count} values, the first at {imported.first_unmapped[way]}")
    click.echo(f"{output} is written: {imported.summary()}")


@cli.command()
@click.argument("source", type=plan_path)
@click.argument("target", type=plan_path)
@as_json
@reads_plans
def convert(source: Path, target: Path, json_: bool) -> None:
    """Write a plan as a workbook (.xlsx) or as YAML, or a YAML file anew. Its comments are kept."""
    from sm_planner.engine import plan_file

    plan_file.convert(source, target)
    _done({"written": str(target)}, f"{target} is written.", json_)


@cli.command()
@click.argument("path", type=plan_path)
@click.option("--signer", required=True, help="Id of the person who signs.")
@click.option("--meaning", required=True, help="What the signature means, in the signer's words.")
@click.option("--key", type=plan_path, required=True, help="File with the seal key.")
@click.option("--make-key", is_flag=True, help="Make the key file if it is not there.")
@as_of
@as_json
@reads_plans
def seal(
    path: Path, signer: str, meaning: str, key: Path, make_key: bool, today: datetime, json_: bool
) -> int:
    """Seal a plan file that its sponsor has signed; the seals stand in a file beside it."""
    from sm_planner.engine import checks, seal_file, sign_off
    from sm_planner.engine.seal import make

    plan = _load(path)
    refusals = sign_off.refuse_paper_signature(
        plan, checks.check(plan, today.date()), signer=signer, meaning=meaning
    )
    if refusals:
        if json_:
            _write_json({"refusals": [str(refusal) for refusal in refusals]})
        for refusal in refusals if not json_ else ():
            click.echo(str(refusal), err=True)
        return FINDINGS
    made = make(
        plan,
        signer=signer,
        signed_at=datetime.now(timezone.utc),
        meaning=meaning,
        channel="file",
        key=seal_file.read_key(key, make=make_key),
    )
    written = seal_file.append(path, plan.seals, made)
    text = (
        f"Version {made.version} is sealed as number {made.number}, {made.seal_hash}. {written} is written."
    )
    _done({"written": str(written), "number": made.number, "seal_hash": made.seal_hash}, text, json_)
    return CLEAN


@cli.command()
@click.argument("path", type=plan_path)
@click.option("--key", type=plan_path, help="File with the seal key or its public key, to check the origin.")
@as_json
@reads_plans
def verify(path: Path, key: Path | None, json_: bool) -> int:
    """Verify the seals of a plan file, and list what changed since it was signed."""
    from sm_planner.engine import seal_file
    from sm_planner.engine.seal import verify as verify_seals

    plan = _load(path)
    verification = verify_seals(plan, seal_file.read_public_keys(key) if key else {})
    if json_:
        _write_json(verification.as_dict())
    else:
        click.echo("\n".join(verification.told()))
    return CLEAN if verification.intact and not verification.drift else FINDINGS


@cli.command()
@click.argument("old", type=plan_path)
@click.argument("new", type=plan_path)
@as_json
@reads_plans
def diff(old: Path, new: Path, json_: bool) -> int:
    """Show what changed from one plan file to another."""
    from sm_planner.engine.diff import diff_plans

    changes = diff_plans(_load(old), _load(new))
    if json_:
        _write_json([change.as_dict() for change in changes])
    else:
        for change in changes:
            click.echo(str(change.text))
        click.echo(f"{len(changes)} differences." if changes else "No difference.")
    return FINDINGS if changes else CLEAN


@cli.command()
@click.option(
    "-o", "--output", type=click.Path(file_okay=False, path_type=Path), default="build", show_default=True
)
@as_of
@reads_plans
def demo(output: Path, today: datetime) -> None:
    """Run the main job on the example plan: checks, readiness, plan book, seal and drift."""
    from sm_planner.demo import run

    run(output, today.date())


def _load(path: Path) -> Any:
    """The plan of a file, with the seals that stand beside it."""
    from sm_planner.engine import plan_file, seal_file

    return seal_file.with_seals(plan_file.load(path), path)


def _show(report: str, path: Path, today: datetime, json_: bool, **filters: Any) -> None:
    from sm_planner.reports import REPORTS

    print_table(REPORTS[report].run(_load(path), today.date(), **filters), json_)


def print_table(table: Any, json_: bool = False, columns: tuple[str, ...] = ()) -> None:
    from sm_planner.reports.text import as_text

    if json_:
        _write_json(table.as_dict())
        return
    click.echo(as_text(table, columns))
    for figure in table.as_dict()["summary"]:
        click.echo(f"{figure['label']}: {figure['value']}")
    if table.message:
        click.echo(str(table.message))


_COLOURS = {"Blocker": "red", "Error": "red", "Warning": "yellow", "Information": "blue"}


def _print_findings(result: Any) -> None:
    for finding in result.findings:
        severity = finding.severity.value
        unknown = " (not evaluated)" if finding in result.not_evaluated else ""
        click.echo(
            f"{click.style(f'{severity:12}', fg=_COLOURS[severity])} {finding.code:7} {finding.record}{unknown}"
        )
        click.echo(f"{'':13}{finding.text} {finding.fix}")
    counts = ", ".join(f"{count} {severity.lower()}" for severity, count in result.counts.items())
    click.echo(
        f"{counts}; {len(result.not_evaluated)} not evaluated; {len(result.waived)} waived; "
        f"{len(result.passed)} rules passed."
    )


def _done(values: dict[str, Any], text: str, json_: bool) -> None:
    if json_:
        _write_json(values)
    else:
        click.echo(text)


def _write_json(values: Any) -> None:
    click.echo(json.dumps(values, indent=2, ensure_ascii=False))


def _refuse(message: str) -> NoReturn:
    click.echo(message, err=True)
    raise SystemExit(UNUSABLE)
