"""What the commands share: reading plans, writing results, colour, progress and exit status."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

import click

CLEAN, FINDINGS, UNUSABLE = 0, 1, 2
SEVERITIES = ("blocker", "error", "warning", "information")
_COLOURS = {"Blocker": "red", "Error": "red", "Warning": "yellow", "Information": "blue"}
_WORDS = {
    **dict.fromkeys(("Infeasible", "Blocked", "Missing", "Overdue", "Behind", "Blocker", "Error"), "red"),
    **dict.fromkeys(("Unknown", "Started", "Warning", "Not measured"), "yellow"),
    **dict.fromkeys(("Feasible", "Ready", "Reached", "On track"), "green"),
}
"""Words by which a report judges a row."""
_INDICATORS = {"Red": "red", "Green": "green"}

plan_path = click.Path(dir_okay=False, path_type=Path)
as_json = click.option("--json", "json_", is_flag=True, help="Write JSON.")
as_of = click.option(
    "--as-of",
    "today",
    type=click.DateTime(["%Y-%m-%d"]),
    default=lambda: datetime.now().astimezone().date().isoformat(),
    show_default="today",
    help="The day for which the plan is assessed.",
)


def reads_plans(command: Callable[..., int | None]) -> Callable[..., None]:
    """Ends a command with its exit status, and with every problem of its input where that cannot be used."""

    @functools.wraps(command)
    def run(*args: Any, **options: Any) -> None:
        from sm_planner.engine.plan_file import PlanFileError

        try:
            status = command(*args, **options)
        except PlanFileError as error:
            if options.get("json_"):
                write_json({"problems": [problem.as_dict() for problem in error.problems]})
            else:
                for problem in error.problems:
                    click.echo(str(problem), err=True)
            status = UNUSABLE
        except OSError as error:
            refuse(f"{error.filename}: {error.strerror}.")
        raise SystemExit(status or CLEAN)

    return run


def load(path: Path) -> Any:
    """The plan of a file, with the seals that stand beside it."""
    from sm_planner.engine import plan_file
    from sm_planner.engine.sealing import seal_file

    return seal_file.with_seals(plan_file.load(path), path)


def check_plan(plan: Any, today: datetime, quiet: bool = False) -> Any:
    """What the checks say, with progress. quiet: without."""
    from sm_planner.engine.checks import asked, check

    with progress(asked(plan), "Checking", quiet=quiet) as rules:
        return check(plan, today.date(), rules)


def read_events(log: Path, map_: str, quiet: bool = False) -> Any:
    """The log of a ticket system by a map, with progress. quiet: without."""
    from sm_planner.engine.attainment import load_log_map, read_log
    from sm_planner.engine.catalogue_import import find_map

    def watch(rows: Iterator[Any], length: int) -> Iterator[Any]:
        with progress(rows, f"Reading {log.name}", quiet=quiet, length=length) as watched:
            yield from watched

    return read_log(log, load_log_map(find_map(map_)), watch)


def progress(
    steps: Iterable[Any], label: str, *, quiet: bool = False, length: int | None = None
) -> AbstractContextManager[Iterable[Any]]:
    """The steps, with a bar on the terminal that grows with them; without one where nobody looks at it."""
    if quiet or not sys.stderr.isatty():
        return nullcontext(steps)
    return click.progressbar(steps, length=length, label=label, file=sys.stderr)


def print_table(table: Any, json_: bool = False, columns: tuple[str, ...] = ()) -> None:
    from sm_planner.reports.text import as_text

    if json_:
        write_json(table.as_dict())
        return
    heading, rule, *lines = as_text(table, columns).splitlines()
    click.secho(heading, bold=True)
    click.echo(rule)
    for row, line in zip(table.rows, lines, strict=True):
        click.echo(_coloured(row, line))
    for figure in table.as_dict()["summary"]:
        colour = _INDICATORS.get(figure["indicator"]) if figure["value"] else None
        click.echo(f"{figure['label']}: {click.style(str(figure['value']), fg=colour)}")
    if table.message:
        click.echo(str(table.message))


def _coloured(row: dict[str, Any], line: str) -> str:
    """The line of a row with the word coloured that judges it."""
    for cell in row.values():
        colour = _WORDS.get(str(cell))
        if colour:
            return line.replace(str(cell), click.style(str(cell), fg=colour), 1)
    return line


BENEATH = 5
"""Findings that are shown beneath a line."""


def print_findings(result: Any, plan: Any) -> None:
    """The findings as lines, each fault once, what helps most, and to which depth the plan is written."""
    from sm_planner.engine.checks import telling, told_depth

    lines = telling.lines(plan, result)
    meaning = None
    for line in lines:
        if line.meaning is not meaning:
            meaning = line.meaning
            click.secho(f"{meaning.value}:", bold=True)
        _print_line(line)
    helping = [line for line in telling.helping(lines) if line.help] if len(lines) > telling.HELPING else []
    if helping:
        click.secho("What helps most:", bold=True)
    for line in helping:
        click.echo(f"  {line.code:7} {line.message} {line.help.text}")
    counts = ", ".join(f"{count} {severity.lower()}" for severity, count in result.counts.items())
    click.echo(
        f"{counts}; {len(result.not_evaluated)} not evaluated; {len(result.waived)} waived; "
        f"{len(result.passed)} rules passed. {told_depth(plan)}"
    )


def _print_line(line: Any) -> None:
    from sm_planner.engine.checks.finding import Verdict

    first = line.first
    severity = first.severity.value
    unknown = " (not evaluated)" if first.verdict is Verdict.NOT_EVALUATED else ""
    subject = first.record if len(line.all) == 1 else f"{len(line.all)} findings"
    click.echo(f"{click.style(f'{severity:12}', fg=_COLOURS[severity])} {line.code:7} {subject}{unknown}")
    click.echo(f"{'':13}{line.message} {line.advice}")
    if len(line.all) == 1:
        return
    for finding in line.all[:BENEATH]:
        click.echo(f"{'':13}- {finding.code} {finding.record}: {finding.text}")
    if len(line.all) > BENEATH:
        click.echo(f"{'':13}- and {len(line.all) - BENEATH} more; --json lists all of them.")


def done(values: Any, text: str, json_: bool) -> None:
    if json_:
        write_json(values)
    else:
        click.echo(text)


def write_json(values: Any) -> None:
    click.echo(json.dumps(values, indent=2, ensure_ascii=False))


def refuse(message: str) -> NoReturn:
    click.echo(message, err=True)
    raise SystemExit(UNUSABLE)
