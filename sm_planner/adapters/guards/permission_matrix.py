"""Who may do what, as the DocTypes say: ``python -m sm_planner.adapters.guards.permission_matrix > docs/permissions.md``."""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

APP = Path(__file__).parents[2]

ROLES = {
    "SM Planner Manager": "writes and deletes everything, sends plans to their sponsors, imports",
    "SM Planner User": "writes plans and records, deletes parts of drafts",
    "SM Service Owner": "reads everything, writes the services they own and what is about them",
    "SM Executive Sponsor": "reads everything, signs or returns the plans that name them, names a deputy",
    "SM Auditor": "reads and exports everything, writes nothing",
    "SM Portal Stakeholder": "no Desk and no document; their own part of a plan in force, and the services for them",
    "System Manager": "as SM Planner Manager, and loads the example; signs nothing",
}
"""Role → what it is for."""

RIGHTS = {
    "read": "R",
    "write": "W",
    "create": "C",
    "delete": "D",
    "submit": "S",
    "cancel": "X",
    "amend": "A",
    "print": "P",
    "email": "M",
    "report": "T",
    "import": "I",
    "export": "E",
    "share": "H",
}
"""Right → its letter in the table."""

_NEVER = ("submit", "cancel", "amend")

_HEAD = """\
# Permissions

What a role may do with the documents of a DocType. The table is made from the DocTypes
(`python -m sm_planner.adapters.guards.permission_matrix`), and every cell of it is tried over HTTP, as a user with that role
alone (`tests/site/http/test_permission_matrix.py`).
"""

_ROWS = """
## Which documents

A role says what, and not with which documents.

- **User Permissions** hold as anywhere in Frappe, in lists, documents, counts, link search, reports, exports and print.
  Those for a Company or a Department hold for the texts *Company* and *Unit* of a plan and *Department* of a person too,
  so that ERPNext need not be installed. A document that names none is for everybody, unless the site applies strict User
  Permissions. What cannot be opened because one of its rows links to what a User Permission forbids is not listed either.
- **A share, or *If Owner*** in the Role Permission Manager, opens the documents that it names and their rows, and nothing
  beside them: a plan that is shared with somebody without a role is read by its form, its lists and its functions; its
  objectives and other parts are documents of their own, for which a role is needed.
- **Links to ERPNext and Helpdesk** (*Linked Employee*, *Linked Customer* …) are not filled from User Permissions, and hide
  nothing: ERPNext makes a User Permission for each employee's own record, which says nothing about whom a plan may name.
  What holds for the links is a User Permission for a Company or a Department, and one whose *Applicable For* is the DocType
  with the link.
- **What belongs to a plan** (objectives, RACI entries, commitments, seals, the sign-off log, delegations for that plan) is for who
  may read the plan; its [registers and facts](architecture.md#three-natures) for who may read a version of it; a delegation for
  any plan is for who has the role. Rows are for who may read the document that holds them, and are changed with it only.
- **What Frappe keeps about a document** (comments, mails, files, tags, versions, views, followers, workflow actions, shares) is
  for who may read the document; results of reports that it keeps are for whom they were made, or who reads all plans; a mailed
  report tells what the user may read whom it names.
- **A document that is there, and one that is not**, are answered in the same words to who may not read it. Who may read all
  documents of a DocType is told which are not there.
- **Records that plans share** (services, agreements, teams …) belong to no company. Whoever may read a plan reads in it what
  is in its scope. User Permissions for the records themselves hold where these are opened or listed, also by a link from
  another record (`service_owner.title`): such a column is left out, such a filter or order refused.
- **A service owner** writes the services that name them as owner, what is about one of these, and the agreements that
  name them; as they are stored, and as they would be. Whoever also is a planner writes all.
- **[Registers and facts](records.md#who-writes-what)** are written by whom they are about, or by planners. Three rights of the
  table are for planners alone, though others have them too: to **create an SM Review** (the chair moves it, skips it and
  holds it), to **delete an SM Review** (that was not held), and to **write an SM Trigger** (who noticed it creates it).
- **Assessments** of others are begun by planners, who set targets; who assesses answers and submits, independently without help of
  others, and then it [stays as it is](assessments.md#assess). **Assessment frameworks** are written by planners alone. About a **gap
  decision** the plan owner or the sponsor [decides](assessments.md#gaps).
- **Improvements** of others are written by planners; who has another role enters and writes those that they carry out, and their
  own suggestions until somebody takes them up. Nobody writes that one is approved, rejected or closed: see
  [Who decides](improvements.md#who-decides). What was decided about is deleted by nobody. A **progress report** is about what its
  owner carries out: they or a planner enter it.
- **[Risks, lessons and notes](learning.md#who-writes-what)** of others are written by planners; who has another role those that they
  own. Nobody but a planner enters that somebody else decided about a risk. A **sanity check** is written by who leads it or a
  planner; that it was held, what the plan says in it and which lessons came of it is written by the site.
- **[Skill ratings and training attendances](training.md#who-sees-it-and-who-writes-it)** are read by whom they are about, by their
  lead and by planners alone, whatever the table says. They are written by the same; of oneself only one's own word, and that one
  was there.
- **Workarounds** are reported by anybody in their own name; planners, and who owns the tool or the service, answer them. What was
  reported is changed and deleted by who did, until it is answered, and by planners. See [Gates](gates.md#workarounds).
- **Communication runs** are entered by who was planned to say it, in the own name, and by planners for others; for whom it was meant
  is written by the site. **Feedback** is entered by anybody in their own name; planners, who owns the service, who said what it
  answers to and who looks after the group answer it. See [Communication plan](communication.md). What came through the
  [portal](portal.md) is written there by the site, in the name of the account; that it did is written by nobody else.
- **[Issues of reports](reporting.md)** are entered by who owns the report, and by planners for others; what came of one is added once.
  **Report confirmations** are the words of readers, in the own name and session; planners enter them for others, which they say.
  **Progress sheets** are written by the site, for planners, the plan owner and who owns the report.
- A System Manager exports, in Frappe, whatever he reads.
- A plan is shared for reading only, and by administrators only.
- Beyond the table, the sponsor or signer whom a plan names may return it, and sign it: see [Security](security.md). They decide
  about its [waivers](planner.md#waivers). Its [improvements](improvements.md#who-decides) are decided about by plan owner, sponsor or team.
- A stakeholder of the portal is a website user: the Desk and all documents are closed to them. What they see is their own part
  of a plan in force, on the page [My Part in the Plan](my-part.md), as everybody does whom such a plan names; and on the
  [portal](portal.md) the published services of their groups, what they said about them, and the answers.
"""

_API = """
## Functions of the API

`/api/method/sm_planner.api.<function>`. *All* stands for whoever is logged in: these functions tell and take nothing but what
is the user's own, and refuse who has no part in a plan in force. None is for guests but `my_calendar`, which asks
for a token, and `give_guest_feedback`, which a [site switches on](portal.md#guests). What a function answers holds only what the user may read.

| function | method | who |
| --- | --- | --- |
"""


@cache
def doctypes() -> dict[str, dict[str, Any]]:
    """Name → definition of every DocType that is no child table."""
    paths = sorted((APP / "sm_planner" / "doctype").glob("*/*.json"))
    found = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
    return {doctype["name"]: doctype for doctype in found if not doctype.get("istable")}


def granted(doctype: str, role: str) -> frozenset[str]:
    """The rights that a role has on all documents of a DocType."""
    return frozenset(
        right
        for permission in doctypes()[doctype]["permissions"]
        if permission["role"] == role and not permission.get("permlevel")
        for right in RIGHTS
        if permission.get(right)
    )


WITHOUT_LOG_IN = {"my_calendar": "a token", "give_guest_feedback": "guests, where the site takes it"}
"""Function of the API that asks for no log-in → who is let in."""


def functions() -> list[tuple[str, str, str]]:
    """Function of the API, its methods, and what its first line asks for: ``SM Plan: read`` or a role."""
    tree = ast.parse((APP / "api.py").read_text(encoding="utf-8"))
    return [
        (node.name, _methods(node.decorator_list[0]), WITHOUT_LOG_IN.get(node.name) or _asked(node.body[1]))
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.decorator_list
    ]


def _methods(decorator: Any) -> str:
    return ", ".join(ast.literal_eval(decorator.keywords[0].value))


def _asked(line: Any) -> str:
    names = [argument.value for argument in line.value.args if isinstance(argument, ast.Constant)]
    return ": ".join(map(str, names))


def page() -> Iterator[str]:
    """The page, line by line."""
    yield from _HEAD.splitlines()
    yield ""
    yield from ("| role | what for |", "| --- | --- |")
    yield from (f"| {role} | {what} |" for role, what in ROLES.items())
    yield ""
    letters = [f"**{letter}** {right}" for right, letter in RIGHTS.items() if right not in _NEVER]
    yield f"{', '.join(letters)}. Nobody may submit, cancel or amend: signing is an act of its own."
    yield ""
    yield f"| DocType | {' | '.join(ROLES)} |"
    yield f"| --- |{' --- |' * len(ROLES)}"
    for cells, names in groupby(sorted(doctypes(), key=_cells), key=_cells):
        yield f"| {', '.join(sorted(names))} | {' | '.join(cells)} |"
    yield from _ROWS.splitlines()
    yield from _API.splitlines()
    for name, methods, asked in functions():
        yield f"| `{name}` | {methods} | {asked} |"


def _cells(doctype: str) -> list[str]:
    return [
        "".join(letter for right, letter in RIGHTS.items() if right in granted(doctype, role)) or "–"
        for role in ROLES
    ]


if __name__ == "__main__":
    sys.stdout.write("\n".join(page()) + "\n")
