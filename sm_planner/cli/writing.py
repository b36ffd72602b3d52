"""The commands that write files."""

from __future__ import annotations

from contextlib import nullcontext, redirect_stdout
from datetime import datetime
from io import StringIO
from pathlib import Path

import click

from sm_planner.cli.base import (
    CLEAN,
    FINDINGS,
    as_json,
    as_of,
    check_plan,
    done,
    load,
    plan_path,
    progress,
    read_events,
    reads_plans,
    refuse,
    write_json,
)
from sm_planner.engine.model.vocabulary import CONTEXT_TYPES, DEPTHS


@click.command()
@click.argument("path", type=plan_path, default="plan.yaml")
@click.option(
    "--depth",
    type=click.Choice(DEPTHS[:2], case_sensitive=False),
    default=DEPTHS[0],
    show_default=True,
    help="How much the plan is asked.",
)
@click.option(
    "--template", default="", help="What it begins with, such as library; see the command templates."
)
@click.option(
    "--situation",
    type=click.Choice(CONTEXT_TYPES, case_sensitive=False),
    default=CONTEXT_TYPES[0],
    show_default=True,
    help="What is planned, with a template.",
)
@as_of
@as_json
@reads_plans
def new(path: Path, depth: str, template: str, situation: str, today: datetime, json_: bool) -> None:
    """Write a small plan to start from, which lacks nothing of its depth but its why; or what a template holds."""
    from sm_planner.engine.examples import new_plan_text
    from sm_planner.engine.plan_file import dump
    from sm_planner.engine.templates.library import shipped
    from sm_planner.engine.templates.starting import as_file

    if path.exists():
        refuse(f"{path} is already there. Give another name.")
    if not template:
        path.write_text(new_plan_text(depth), encoding="utf-8")
        told = f"{path} is yours to edit; begin with its why. Then: sm-planner check {path}"
    elif template in shipped():
        dump(as_file(shipped()[template], situation, depth, today.date()), path)
        told = (
            f"{path} is yours to edit; begin with the people, and empty taken_from of what you have looked at. "
            f"Then: sm-planner check {path}"
        )
    else:
        refuse(f"There is no template “{template}”. Give one of these: {', '.join(shipped())}.")
    done({"written": str(path)}, told, json_)


@click.command()
@as_json
def templates(json_: bool) -> None:
    """List what a new plan can begin with."""
    from sm_planner.engine.templates.library import shipped

    found = [{"id": one.id, "title": one.title, "about": one.about} for one in shipped().values()]
    told = "\n".join(f"{one['id']:22} {one['title']}: {one['about']}" for one in found)
    done({"templates": found}, told, json_)


@click.command()
@as_json
def schema(json_: bool) -> None:
    """Write the JSON Schema of plan files, for editors. The output is JSON with and without --json."""
    from sm_planner.engine.plan_file.schema import schema as plan_schema

    write_json(plan_schema())


@click.command()
@click.argument("path", type=plan_path)
@click.option("-o", "--output", type=plan_path, help="Default: plan-book.html, or plan-book.pdf.")
@click.option("--pdf", is_flag=True, help="Write PDF, with WeasyPrint; also if the output ends with .pdf.")
@click.option(
    "--log", type=plan_path, help="Log of a ticket system (CSV), for a chapter on which promises were kept."
)
@click.option("--map", "map_", default="", help="The map of the log, as in attain.")
@as_of
@as_json
@reads_plans
def book(
    path: Path, output: Path | None, pdf: bool, log: Path | None, map_: str, today: datetime, json_: bool
) -> None:
    """Write the plan book: the whole plan as one file, for reading and printing."""
    from sm_planner.engine.plan_file import write_whole
    from sm_planner.reports.book import render
    from sm_planner.reports.book.pdf import PdfNotInstalled, to_pdf

    if bool(log) != bool(map_):
        raise click.UsageError("Give --log and --map together: the map says how the log is read.")
    pdf = pdf or (output is not None and output.suffix.lower() == ".pdf")
    output = output or Path("plan-book.pdf" if pdf else "plan-book.html")
    plan = load(path)
    events = read_events(log, map_, json_) if log else None
    content: str | bytes = ""
    try:
        with progress(("html", "pdf") if pdf else ("html",), "Writing the book", quiet=json_) as steps:
            for step in steps:
                content = to_pdf(content) if step == "pdf" else render(plan, today.date(), log=events)
    except PdfNotInstalled as error:
        refuse(str(error))
    write_whole(output, content)
    done({"written": str(output)}, f"{output} is written.", json_)


@click.command()
@click.argument("path", type=plan_path)
@click.option("-o", "--output", type=plan_path, help="Default: funding-request.html, or funding-request.pdf.")
@click.option("--pdf", is_flag=True, help="Write PDF, with WeasyPrint; also if the output ends with .pdf.")
@as_of
@as_json
@reads_plans
def funding(path: Path, output: Path | None, pdf: bool, today: datetime, json_: bool) -> int:
    """Write the funding request: what the plan costs and brings, on one page.

    Exit status 1 where nobody can say what it costs, or when it has paid for itself.
    """
    from sm_planner.engine.money import course
    from sm_planner.engine.plan_file import write_whole
    from sm_planner.reports.book import render_funding
    from sm_planner.reports.book.pdf import PdfNotInstalled, to_pdf

    pdf = pdf or (output is not None and output.suffix.lower() == ".pdf")
    output = output or Path("funding-request.pdf" if pdf else "funding-request.html")
    plan = load(path)
    html = render_funding(plan, today.date())
    try:
        content: str | bytes = to_pdf(html) if pdf else html
    except PdfNotInstalled as error:
        refuse(str(error))
    write_whole(output, content)
    found = course(plan, today.date())
    told = {
        "written": str(output),
        "currency": plan.currency,
        "begin": float(found.begin),
        "until_value": None if found.until_value is None else float(found.until_value),
        "cost": float(found.cost),
        "brings": None if found.brings is None else float(found.brings),
        "unknown_lines": found.unknown_lines,
        "value_date": found.value_date and found.value_date.isoformat(),
        "payback": found.payback and f"{found.payback:%Y-%m}",
        "why_no_payback": str(found.no_payback) if found.no_payback else "",
    }
    paid = str(found.no_payback) if found.no_payback else f"It has paid for itself in {told['payback']}."
    done(told, f"{output} is written. {paid}", json_)
    return FINDINGS if found.no_payback else CLEAN


@click.command("map")
@click.argument("path", type=plan_path)
@click.option("-o", "--output", type=plan_path, default="service-map.svg", show_default=True)
@click.option(
    "--view",
    type=click.Choice(("all", "now", "future")),
    default="all",
    show_default=True,
    help="What exists now, what will exist, or both.",
)
@as_of
@as_json
@reads_plans
def map_(path: Path, output: Path, view: str, today: datetime, json_: bool) -> None:
    """Draw the service management map (SVG), from the end users through the support tiers to partners."""
    from sm_planner.reports.service_map import service_map
    from sm_planner.reports.service_map.files import write

    plan = load(path)
    found = service_map(plan, today.date(), check_plan(plan, today, json_), "" if view == "all" else view)
    written = write(found, output)
    told = f"{', '.join(map(str, written))}: written." if len(written) > 1 else f"{output} is written."
    done({"written": [str(target) for target in written], **found.as_dict()}, told, json_)


@click.command("import")
@click.argument("source", type=plan_path)
@click.option(
    "--map", "map_", required=True, help="A map file, or the name of one that comes with SM Planner."
)
@click.option("-o", "--output", type=plan_path, default="plan.yaml", show_default=True)
@as_json
@reads_plans
def import_(source: Path, map_: str, output: Path, json_: bool) -> int:
    """Make a plan of a foreign service catalogue (YAML, JSON, CSV, XLSX)."""
    from sm_planner.engine import catalogue_import
    from sm_planner.engine.plan_file import dump

    imported = catalogue_import.run(source, catalogue_import.load_map(catalogue_import.find_map(map_)))
    if not imported.empty:
        dump(imported.plan, output)
    status = FINDINGS if imported.empty or imported.misnamed else CLEAN
    if json_:
        write_json({"written": None if imported.empty else str(output), **imported.as_dict()})
        return status
    for left_out in imported.left_out:
        click.echo(f"left out  {left_out}")
    for way, count in sorted(imported.unmapped.items()):
        click.echo(f"no place  {way}: {count} values, the first at {imported.first_unmapped[way]}")
    for problem in imported.misnamed:
        click.echo(f"not there  {problem}")
    if imported.empty:
        click.echo("Nothing is written: the map placed no record.")
    else:
        click.echo(f"{output} is written: {imported.summary()}")
    return status


@click.command()
@click.argument("source", type=plan_path)
@click.argument("target", type=plan_path)
@as_json
@reads_plans
def convert(source: Path, target: Path, json_: bool) -> None:
    """Write a plan as a workbook (.xlsx) or as YAML, or rewrite a YAML file. Comments are kept."""
    from sm_planner.engine import plan_file

    plan_file.convert(source, target)
    done({"written": str(target)}, f"{target} is written.", json_)


@click.command()
@click.option(
    "-o", "--output", type=click.Path(file_okay=False, path_type=Path), default="build", show_default=True
)
@click.option(
    "--faulty",
    is_flag=True,
    help="On the faulty twin of the example, with findings of every family of rules.",
)
@as_of
@as_json
@reads_plans
def demo(output: Path, faulty: bool, today: datetime, json_: bool) -> None:
    """Run the main commands on the example plan, and on real data if there is any beside the checkout."""
    from sm_planner.demo import run

    with redirect_stdout(StringIO()) if json_ else nullcontext():
        told = run(output, today.date(), faulty)
    if json_:
        write_json(told)
