"""Improvements are assessed, put on hold and rejected: the board that comes with the app gets columns for it.

What is on the board stays as it is: a column that somebody removed of the states before does not come back.
"""

import frappe

from sm_planner.adapters.site.doctypes import DOCTYPES
from sm_planner.install import BOARD, COLORS

NEW = ("Assess", "On Hold", "Rejected")


def execute() -> None:
    if not frappe.db.exists("Kanban Board", {"name": BOARD, "reference_doctype": DOCTYPES["improvements"]}):
        return
    board = frappe.get_doc("Kanban Board", BOARD)
    there = {column.column_name for column in board.columns}
    missing = [state for state in NEW if state not in there]
    for state in missing:
        board.append("columns", {"column_name": state, "indicator": COLORS[state], "status": "Active"})
    if missing:
        board.save()
