"""Uploaded plan files: read, and written to the site."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import escape_html

from sm_planner.adapters.documents import plan_writer
from sm_planner.adapters.signers import thresholds
from sm_planner.adapters.site import locks, uploads
from sm_planner.adapters.site.presentation import told
from sm_planner.engine import plan_file
from sm_planner.engine.model import Plan
from sm_planner.engine.plan_file import PlanFileError
from sm_planner.engine.texts import N_, say

Progress = Callable[[int, int], None]
"""Told how many records are written, and of how many."""

LIMIT = plan_file.Limit(
    500_000,
    say(
        N_(
            "Remove what the plan does not need, or import the file on the server, which has more memory: bench --site … sm-planner import."
        )
    ),
)
"""What an uploaded file may hold: some 130 MB of the web worker that reads it."""

TOLD = 100
"""Problems of a file that are told at once."""


def plan_of(file: Document) -> Plan:
    """Not by get_content, which guesses an encoding and may make a text of a workbook."""
    path = uploads.path(file)
    with problems_told(_("The plan file cannot be read")):
        return plan_file.read(plan_file.read_bytes(path), file.file_name, LIMIT)


def save(plan: Plan, progress: Progress | None = None) -> tuple[str, list[str]]:
    """Write a plan; its name, and what its user is told (HTML)."""
    locks.begin()
    return plan_writer.save(plan, progress), thresholds.of_file(plan.settings)


@contextmanager
def problems_told(title: str) -> Iterator[None]:
    """Tell the user what is wrong with a file, each with its place and what to do. title: what did not work."""
    try:
        yield
    except PlanFileError as error:
        problems = [
            f"{problem.place}: {told(problem.message)} {told(problem.fix)}"
            for problem in error.problems[:TOLD]
        ]
        if len(error.problems) > TOLD:
            problems.append(_("and {0} more").format(len(error.problems) - TOLD))
        frappe.throw(
            [escape_html(problem) for problem in problems],
            title=title,
            as_list=True,
        )
