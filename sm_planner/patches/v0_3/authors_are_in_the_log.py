"""Who wrote a plan stood in a field of the plan until 0.2, as text; now the log keeps it, event by event.

The column stays in the database, and nothing reads it after this. Whoever made a plan, or a part of one, is known by the
owner too, who was renamed with the account.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

import frappe

from sm_planner.adapters.evidence import authorship, sign_off_events
from sm_planner.adapters.site.doctypes import PLAN

OF_PLAN = ("SM Commitment", "SM Objective", "SM RACI Entry", "SM Improvement", "SM Waiver")
"""What belonged to a version of a plan then."""

FIELD = "contributors"
_RENAMED = re.compile(r"<(?:b|strong)>(.+?)</(?:b|strong)>.*?<(?:b|strong)>(.+?)</(?:b|strong)>")
"""How Frappe writes on a user, in any language, that another one was renamed to it, or merged into it."""


def execute() -> None:
    sign_off_events.ensure_order()
    authors: dict[str, set[str]] = defaultdict(set)
    for plan, accounts in (*_of_plans(), *_of_parts(), *_of_deleted()):
        authors[plan].update(accounts)
    renamed = dict(_renamed())
    for plan, accounts in sorted(authors.items()):
        known = {account for account in accounts if account}
        while more := {renamed[one.casefold()] for one in known if one.casefold() in renamed} - known:
            known |= more
        authorship.note_known(plan, sorted(known))


def _of_plans() -> Iterator[tuple[str, list[str]]]:
    held = [FIELD] if frappe.db.has_column(PLAN, FIELD) else []
    table = frappe.qb.DocType(PLAN)
    for plan in frappe.qb.from_(table).select("name", "owner", *held).orderby("name").run(as_dict=True):
        yield plan.name, [plan.owner, *_lines(plan.get(FIELD))]


def _of_parts() -> Iterator[tuple[str, list[str]]]:
    for doctype in OF_PLAN:
        table = frappe.qb.DocType(doctype)
        made = frappe.qb.from_(table).select("plan", "owner").distinct().orderby("plan").orderby("owner")
        for plan, owner in made.run() if frappe.db.has_column(doctype, "plan") else ():
            if plan:
                yield plan, [owner]


def _of_deleted() -> Iterator[tuple[str, list[str]]]:
    """Of drafts that were deleted, and that an administrator can restore: kept with the lineage that they go on with."""
    for deleted in frappe.get_all("Deleted Document", {"deleted_doctype": PLAN}, ["deleted_name", "data"]):
        data = frappe.parse_json(deleted.data)
        accounts = [data.get("owner") or "", *_lines(data.get(FIELD))]
        for plan in {deleted.deleted_name, data.get("lineage") or deleted.deleted_name}:
            yield plan, accounts


def _lines(text: str | None) -> list[str]:
    return (text or "").split("\n")


def _renamed() -> Iterator[tuple[str, str]]:
    """What an account was called before → what it is called."""
    about = {"reference_doctype": "User", "comment_type": "Edit"}
    for comment in frappe.get_all("Comment", about, ["content", "reference_name"], order_by="creation asc"):
        found = _RENAMED.search(comment.content or "")
        if found:
            yield found[1].casefold(), comment.reference_name
