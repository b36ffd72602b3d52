"""``sm-planner``: plans as files, from the command line.

Exit status: 0 nothing to complain about, 1 findings (or tampering, or differences), 2 unusable input.
Every command takes ``--json``; ``docs/cli.md`` gives its shapes. Only click is imported here; each command
imports what it needs.
"""

from __future__ import annotations

import click

from sm_planner import __version__
from sm_planner.cli import judging, sealing, writing


def main() -> None:
    cli(prog_name="sm-planner")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def cli() -> None:
    """Service management plans as files: check, show, seal and verify them."""


for command in (
    writing.new,
    writing.templates,
    judging.check,
    judging.rules,
    judging.readiness,
    judging.roadmap,
    judging.lulls,
    judging.report,
    judging.raci,
    judging.chain,
    judging.attain,
    judging.availability,
    writing.book,
    writing.funding,
    writing.map_,
    writing.import_,
    writing.convert,
    sealing.seal,
    sealing.verify,
    sealing.receipt,
    judging.diff,
    writing.schema,
    writing.demo,
):
    cli.add_command(command)
