"""Every path by which Frappe tells of documents, walked by those who may read one plan and not the other.

Three readers: one has nothing but a share of one plan; of one the role reads plans that are his own; one is kept to one
plan by a User Permission. Every question is put by ``author`` too, who reads all: an answer that tells nobody anything
proves nothing.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import frappe
import pytest
import requests
from http_kit import PASSWORD, Client, first, fresh, told
from test_doors_hidden import EXPORT, VIEW, keep, validated

from sm_planner import api
from sm_planner.adapters.documents import reviews
from sm_planner.adapters.guards.named_documents import NAMED_IN_API
from sm_planner.adapters.site import doctypes

pytestmark = pytest.mark.commits

MARK = "Zebrafinch"
"""What every text of the hidden plan begins with."""
TAG, BOARD = "inventory-tag", "inventory-board"
NOWHERE = "doors-nowhere"
READERS = {
    "shared": ("Inbox User",),
    "owning": ("SM Planner User",),
    "kept": ("SM Planner Manager", "Report Manager"),
}
WITH_ROLES = ("owning", "kept")
TEXTS = ("Data", "Small Text", "Text", "Long Text", "Text Editor")
PEOPLE_KEEP = (
    "sponsor_user",
    "user",
    "frozen",
    "actor",
    "login",
    "id",
    "lineage",
    "plan_id",
    "state",
    "previous",
    "version",
)


ABOUT_PEOPLE = ("SM Skill Rating",)
"""Facts about people whom plans share: they have no lineage, and are read as far as one's plans name these people."""


@dataclass(frozen=True)
class World:
    """hidden, own: names of plans. part: the name of the hidden plan's objective. secrets: what only it is called."""

    hidden: str
    own: str
    objective: str
    comment: str
    file: str
    file_url: str
    prepared: str
    person: str
    secrets: re.Pattern[str]


def mark(doctype: str, filters: dict[str, object]) -> None:
    """Begin every text of some documents, or rows, with the mark."""
    fields = [one.fieldname for one in frappe.get_meta(doctype).fields if one.fieldtype in TEXTS]
    for name in frappe.get_all(doctype, filters, pluck="name"):
        values = {field: MARK for field in fields if field not in PEOPLE_KEEP}
        if values:
            frappe.db.set_value(doctype, name, values, update_modified=False)


def of(plan: str, doctype: str) -> dict[str, object]:
    """Which documents of a DocType belong to a plan, whose lineage has the same name."""
    if doctype in (doctypes.PLAN, doctypes.LINEAGE):
        return {"name": plan}
    if doctype in ABOUT_PEOPLE:
        return {"person": ("like", f"{plan}-%")}
    return {"lineage" if doctype in doctypes.OF_LINEAGE else "plan": plan}


def live(plan: str) -> None:
    """Give a plan an entry of each register, and a fact of each kind, of which it has none."""
    person, day = first("SM Person", name=("like", f"{plan}-%")), frappe.utils.today()
    for doctype, values in {
        "SM Measurement": {"objective": first("SM Objective", plan=plan), "day": day, "value": 1},
        "SM Progress Report": {
            "improvement": first("SM Improvement", lineage=plan),
            "day": day,
            "note": "Begun",
        },
        "SM Budget Actual": {"budget_line": first("SM Budget Line", plan=plan), "day": day, "amount": 1},
        "SM Communication Run": {"communication": first("SM Communication", plan=plan), "day": day},
        "SM Report Issue": {"report_spec": first("SM Report Spec", plan=plan), "day": day, "period_end": day},
        "SM Report Confirmation": {
            "report_spec": first("SM Report Spec", plan=plan),
            "period_end": day,
            "person": person,
            "word": "Something Is Missing",
            "missing": "Figures",
            "day": day,
        },
        "SM Progress Sheet": {
            "stakeholder": first("SM Stakeholder"),
            "day": day,
            "number": 1,
            "subject": "Progress",
            "content": "All is well.",
            "recipients": "Bo, bo@example.org",
            "sent_on": day,
            "sent_by": "Bo",
            "content_hash": "0" * 64,
        },
        "SM Briefing Confirmation": {
            "communication": first("SM Communication", plan=plan),
            "held_on": day,
            "person": person,
            "day": day,
        },
        "SM Phase Acceptance": {"phase": first("SM Phase", plan=plan), "day": day, "result": "Accepted"},
        "SM Engagement": {"person": person, "stakeholder": first("SM Stakeholder"), "day": day},
        "SM Trigger": {"title": "New law", "kind": "Environment"},
        "SM Assessment Framework": {
            "title": "Ours",
            "version": "1",
            "levels": "None\nSome",
            "lines": [{"code": "a", "title": "A"}],
        },
        "SM Waiver": {"title": "For now", "rule": "SVC-05", "reason": "Known.", "requester": person},
        "SM Review": {"kind": "Plan Review", "scheduled": day, "chair": person},
        "SM Approval": {
            "register": "waivers",
            "entry": "WVR-01",
            "number": 1,
            "act": "Approve",
            "person": person,
            "day": day,
            "what": "0" * 64,
        },
        "SM Skill Rating": {
            "person": person,
            "skill": first("SM Skill", name=("like", f"{plan}-%")),
            "level": "Aware",
            "source": "Test",
            "day": day,
        },
        "SM Health": {"day": day, "version": 1},
    }.items():
        made = frappe.get_doc({"doctype": doctype, "lineage": plan, **values})
        made.flags.kept_by_server = doctype in ("SM Approval", "SM Health", "SM Progress Sheet")
        made.insert()
    reviews.hold(first("SM Review", lineage=plan))


@pytest.fixture(scope="module")
def world(people: dict[str, str], make_plan: Callable[..., str], client) -> Iterator[World]:
    hidden, own = make_plan("Active"), make_plan("Draft")
    fresh()
    owner = people["author"]
    live(hidden)
    parts = [doctypes.DOCTYPES[part] for part in doctypes.PARTS]
    for doctype in [doctypes.PLAN, *parts, doctypes.LINEAGE, *doctypes.OF_LINEAGE]:
        of_plan = of(hidden, doctype)
        names = frappe.get_all(doctype, of_plan, pluck="name")
        assert names or doctype not in doctypes.OF_LINEAGE, doctype
        mark(doctype, of_plan)
        for table in frappe.get_meta(doctype).get_table_fields():
            mark(table.options, {"parenttype": doctype, "parent": ("in", names)})
    frappe.db.set_value("SM Plan Seal", {"plan": hidden}, "meaning", MARK)
    frappe.db.set_value("SM Sign-off Event", {"plan": hidden}, "reason", MARK)
    about = {"reference_doctype": "SM Plan", "reference_name": hidden}
    comment = frappe.get_doc(
        {"doctype": "Comment", "comment_type": "Comment", "content": MARK, **about}
    ).insert()
    frappe.get_doc(
        {
            "doctype": "Version",
            "ref_doctype": "SM Plan",
            "docname": hidden,
            "data": json.dumps({"changed": [["vision", "", MARK]]}),
        }
    ).insert()
    frappe.get_doc(
        {
            "doctype": "Communication",
            "subject": MARK,
            "content": MARK,
            "communication_medium": "Other",
            **about,
        }
    ).insert()
    file = frappe.get_doc(
        {"doctype": "File", "file_name": f"{MARK}.txt", "content": MARK, "is_private": 1}
    ).insert()
    frappe.db.set_value("File", file.name, {"attached_to_doctype": "SM Plan", "attached_to_name": hidden})
    if not frappe.db.exists("Tag", TAG):
        frappe.get_doc({"doctype": "Tag", "name": TAG}).insert()
    for plan, title in ((hidden, MARK), (own, own)):
        frappe.get_doc(
            {
                "doctype": "Tag Link",
                "document_type": "SM Plan",
                "document_name": plan,
                "parent": plan,
                "parenttype": "SM Plan",
                "title": title,
                "tag": TAG,
            }
        ).insert()
        frappe.db.set_value("SM Plan", plan, "_user_tags", f",{TAG}", update_modified=False)
    frappe.get_doc(
        {
            "doctype": "Kanban Board",
            "kanban_board_name": BOARD,
            "reference_doctype": "SM Plan",
            "field_name": "state",
            "columns": [{"column_name": "Draft"}],
        }
    ).insert()
    prepared = frappe.get_doc(
        {"doctype": "Prepared Report", "report_name": "Plan Findings", "status": "Completed", "owner": owner}
    )
    prepared.name = frappe.generate_hash()
    prepared.db_insert()
    for doctype, name in (("SM Plan", hidden), ("SM Plan", own)):
        document = frappe.get_doc(doctype, name)
        frappe.utils.global_search.update_global_search(document)
    frappe.utils.global_search.sync_global_search()
    accounts = {}
    for reader, roles in READERS.items():
        accounts[reader] = f"{people['author'].partition('-author')[0]}-{reader}@example.org"
        frappe.get_doc(
            {
                "doctype": "User",
                "email": accounts[reader],
                "first_name": reader,
                "send_welcome_email": 0,
                "new_password": PASSWORD,
                "roles": [{"role": role} for role in roles],
            }
        ).insert()
    frappe.share.add_docshare(
        "SM Plan", own, accounts["shared"], read=1, flags={"ignore_share_permission": True}
    )
    frappe.db.set_value("SM Plan", own, "owner", accounts["owning"])
    keep(accounts["kept"], "SM Plan", own)
    own_only("SM Planner User")
    frappe.db.commit()
    frappe.clear_cache()
    names = [
        hidden,
        *(
            name
            for part in (*parts, *doctypes.OF_LINEAGE)
            for name in frappe.get_all(part, of(hidden, part), pluck="name")
        ),
    ]
    people.update(accounts)
    yield World(
        hidden,
        own,
        first("SM Objective", plan=hidden),
        comment.name,
        file.name,
        file.file_url,
        prepared.name,
        frappe.db.get_value("SM Plan", hidden, "plan_owner"),
        re.compile("|".join([MARK, *(rf"(?<![\w-]){re.escape(name)}(?![\w-])" for name in names)])),
    )
    fresh()
    frappe.db.delete("Custom DocPerm", {"parent": "SM Plan"})
    for doctype, filters in (
        ("User Permission", {"user": accounts["kept"]}),
        ("DocShare", {"user": accounts["shared"]}),
        ("Tag Link", {"tag": TAG}),
        ("Tag", {"name": TAG}),
        ("Kanban Board", {"name": BOARD}),
        ("Kanban Board Column", {"parent": BOARD}),
        ("Prepared Report", {"name": prepared.name}),
        ("Communication", about),
    ):
        frappe.db.delete(doctype, filters)
    frappe.db.set_value("File", file.name, {"attached_to_doctype": None, "attached_to_name": None})
    frappe.delete_doc("File", file.name, force=True)
    frappe.db.sql("delete from __global_search where name in %s", ((hidden, own),))
    for reader in accounts:
        people.pop(reader)
    frappe.db.commit()
    frappe.clear_cache()


def own_only(role: str) -> None:
    """As the Role Permission Manager does: who has a role reads the plans that are his own."""
    from frappe.permissions import setup_custom_perms

    setup_custom_perms("SM Plan")
    frappe.db.set_value("Custom DocPerm", {"parent": "SM Plan", "role": role}, "if_owner", 1)


@dataclass(frozen=True)
class Path:
    """A way to ask. finds_own: the readers who are told of their own plan by it. by: the readers who ask."""

    what: str
    ask: Callable[[Client, World], requests.Response]
    finds_own: tuple[str, ...] = ()
    by: tuple[str, ...] = tuple(READERS)


def call(function: str, /, **values: object) -> Callable[[Client, World], requests.Response]:
    """A call of a function of Frappe. ``PLAN``, ``OWN``, ``MARK`` … in a value stand for those."""

    def filled(value: object, world: World) -> object:
        text = json.dumps(value)
        words = {
            "PLAN": world.hidden,
            "OWN": world.own,
            "MARK": MARK,
            "OBJECTIVE": world.objective,
            "PERSON": world.person,
            "PREPARED": world.prepared,
        }
        for word, meant in words.items():
            text = re.sub(rf"\b{word}\b", meant, text)
        return json.loads(text)

    return lambda client, world: client.call(
        function, **{key: filled(value, world) for key, value in values.items()}
    )


def get(path: str, **values: object) -> Callable[[Client, World], requests.Response]:
    return lambda client, world: client.get(path.format(w=world), **values)


BOTH = [["SM Plan", "name", "in", ["PLAN", "OWN"]]]
NAMES = ["`tabSM Plan`.`name`", "`tabSM Plan`.`title`"]
ALL = tuple(READERS)
ROWS = sorted(
    {
        (doctypes.child_doctype(spec), holder)
        for holder in (doctypes.PLAN, *map(doctypes.DOCTYPES.get, (*doctypes.PARTS, *doctypes.LIVING)))
        for spec in doctypes.tables(doctypes.RECORDS[holder]).values()
    }
    | {(doctypes.SCOPE, doctypes.PLAN)}
)
PATHS = (
    Path("REST v1", get("/api/resource/SM Plan", fields=["*"], limit_page_length=0), ALL),
    Path("REST v2", get("/api/v2/document/SM Plan", fields=["name", "title"], limit=1000), ALL),
    Path(
        "client.get_list", call("frappe.client.get_list", doctype="SM Plan", filters=BOTH, fields=["*"]), ALL
    ),
    Path(
        "or_filters",
        call(
            "frappe.client.get_list",
            doctype="SM Plan",
            or_filters=[["title", "like", "MARK%"], ["name", "=", "OWN"]],
            fields=["name", "title"],
        ),
        ALL,
    ),
    Path(
        "group by",
        call(
            "frappe.client.get_list",
            doctype="SM Plan",
            filters=BOTH,
            fields=["name", "title"],
            group_by="title",
            order_by="title desc",
        ),
        ALL,
    ),
    Path(
        "get_value",
        call("frappe.client.get_value", doctype="SM Plan", filters={"title": "MARK"}, fieldname="title"),
    ),
    Path(
        "get_value of rows",
        call(
            "frappe.client.get_value",
            doctype="SM Value Statement",
            parent="SM Plan",
            filters={"parent": "PLAN"},
            fieldname="statement",
        ),
    ),
    Path("reportview", call(f"{VIEW}.get", doctype="SM Plan", filters=BOTH, fields=NAMES), ALL),
    Path("reportview list", call(f"{VIEW}.get_list", doctype="SM Plan", filters=BOTH, fields=NAMES), ALL),
    Path(
        "reportview, distinct, by a field of rows",
        call(
            f"{VIEW}.get",
            doctype="SM Plan",
            filters=[["SM Value Statement", "statement", "like", "%"], *BOTH],
            fields=NAMES,
            distinct=1,
        ),
    ),
    Path(
        "reportview, columns of rows",
        call(
            f"{VIEW}.get",
            doctype="SM Plan",
            filters=BOTH,
            fields=[*NAMES, "`tabSM Value Statement`.`statement`"],
        ),
        ALL,
    ),
    *(
        Path(
            f"rows {child} of {holder}",
            call(
                "frappe.client.get_list",
                doctype=child,
                parent=holder,
                fields=["*"],
                filters=[["parent", "like", "doors-%"]],
                limit_page_length=0,
            ),
        )
        for child, holder in ROWS
    ),
    Path(
        "rows by reportview",
        call(
            f"{VIEW}.get",
            doctype="SM Value Statement",
            parent_doctype="SM Plan",
            fields=["parent", "statement"],
        ),
    ),
    *(
        Path(f"list of {doctype}", get(f"/api/resource/{doctype}", fields=["*"], limit_page_length=0))
        for doctype in (
            *doctypes.OF_PLAN,
            doctypes.LINEAGE,
            *doctypes.OF_LINEAGE,
        )
        if doctype not in ("SM Delegation", "SM Commitment")
    ),
    Path("link search", call("frappe.desk.search.search_link", doctype="SM Plan", txt="MARK")),
    Path(
        "link search of one's own",
        call("frappe.desk.search.search_link", doctype="SM Plan", txt="doors-", page_length=1000),
        ALL,
    ),
    Path(
        "search widget",
        call("frappe.desk.search.search_widget", doctype="SM Plan", txt="MARK", filter_fields=["title"]),
    ),
    Path("global search", call("frappe.utils.global_search.search", text="MARK", limit=50)),
    Path(
        "global search in plans",
        call("frappe.utils.global_search.search", text="MARK", doctype="SM Plan", limit=50),
    ),
    Path(
        "global search, API v2", get("/api/v2/method/frappe.utils.global_search.search", text=MARK, limit=50)
    ),
    Path("documents of a tag", call("frappe.desk.doctype.tag.tag.get_documents_for_tag", tag=f"#{TAG}"), ALL),
    Path("Tag Link", get("/api/resource/Tag Link", fields=["*"], limit_page_length=0), ALL),
    Path(
        "tagged documents",
        call("frappe.desk.doctype.tag.tag.get_tagged_docs", doctype="SM Plan", tag=f"%{TAG}%"),
    ),
    Path("title of a link", call("frappe.desk.search.get_link_title", doctype="SM Plan", docname="PLAN")),
    Path("validation of a link", lambda client, world: validated(client, world.hidden)),
    Path("form", call("frappe.desk.form.load.getdoc", doctype="SM Plan", name="PLAN")),
    Path("timeline", call("frappe.desk.form.load.get_docinfo", doctype="SM Plan", name="PLAN")),
    Path("mails", call("frappe.desk.form.load.get_communications", doctype="SM Plan", name="PLAN")),
    Path("linked with", call("frappe.desk.form.linked_with.get", doctype="SM Person", docname="PERSON")),
    Path(
        "signed, linked with",
        call("frappe.desk.form.linked_with.get_submitted_linked_docs", doctype="SM Person", name="PERSON"),
    ),
    Path("files", get("/api/resource/File", fields=["*"], limit_page_length=0)),
    Path("a file", lambda client, world: client.get(world.file_url)),
    Path("a file as document", get("/api/resource/File/{w.file}")),
    Path("files by text", call("frappe.core.api.file.get_files_by_search_text", text="MARK")),
    Path("a comment", get("/api/resource/Comment/{w.comment}")),
    Path("export", call(f"{VIEW}.export_query", **EXPORT), WITH_ROLES),
    Path(
        "template with data",
        call(
            "frappe.core.doctype.data_import.data_import.download_template",
            doctype="SM Objective",
            export_fields={"SM Objective": ["name", "title", "plan"]},
            export_records="all",
            file_type="CSV",
        ),
    ),
    Path(
        "data export",
        call(
            "frappe.core.doctype.data_export.exporter.export_data",
            doctype="SM Objective",
            all_doctypes=False,
            with_data=True,
            file_type="CSV",
            select_columns={"SM Objective": ["name", "title", "plan"]},
        ),
    ),
    Path("print", call("frappe.www.printview.get_html_and_style", doc="SM Plan", name="PLAN")),
    Path("print page", get("/printview?doctype=SM Plan&name={w.hidden}")),
    Path("a found document", call("frappe.client.get", doctype="SM Plan", filters={"title": "MARK"})),
    Path(
        "calendar",
        call(
            "frappe.desk.calendar.get_events",
            doctype="SM Plan",
            start="2000-01-01",
            end="2100-01-01",
            field_map={"start": "creation", "end": "creation", "id": "name", "title": "title"},
            fields=["name", "title", "creation"],
        ),
        ALL,
    ),
    Path(
        "chart by groups",
        call(
            "frappe.desk.doctype.dashboard_chart.dashboard_chart.get",
            chart={
                "chart_type": "Group By",
                "document_type": "SM Plan",
                "group_by_based_on": "title",
                "group_by_type": "Count",
                "filters_json": "[]",
                "name": "inventory",
            },
            no_cache=1,
        ),
    ),
    Path(
        "counts by the values of a field",
        call(
            "frappe.workflow.doctype.workflow.workflow.get_workflow_state_count",
            doctype="SM Plan",
            workflow_state_field="title",
            states=[],
        ),
    ),
    Path(
        "filters of a list", call(f"{VIEW}.get_sidebar_stats", doctype="SM Plan", stats=["title"], filters=[])
    ),
    Path(
        "field of a custom report",
        call("frappe.desk.query_report.get_data_for_custom_field", doctype="SM Plan", field="title"),
    ),
    Path("kept results", get("/api/resource/Prepared Report", fields=["owner", "name"], limit_page_length=0)),
    *(
        Path(f"API {function}", call(f"sm_planner.api.{function}", plan="PLAN"))
        for function in ("check", "sign_off_summary", "export_plan", "plan_book", "sign_off_log")
    ),
)
"""Paths whose answers would hold a text or a name of the hidden plan."""

NOT_BY_AUTHOR = ("kept results", "a comment")
"""What the author is not told either, being no System Manager."""


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.what)
def test_nothing_of_a_hidden_plan_is_told(client, world, path, reader):
    """P1"""
    asked_by = "system-manager" if path.what in NOT_BY_AUTHOR else "author"
    if path.what == "kept results":
        assert world.prepared in path.ask(client(asked_by), world).text
        assert world.prepared not in path.ask(client(reader), world).text
        return
    if not path.what.startswith("rows "):  # of which a plan need not have any
        assert world.secrets.search(told(path.ask(client(asked_by), world))), "who may read it is told"

    answer = path.ask(client(reader), world)

    assert answer.status_code in (200, 403), told(answer)
    assert MARK not in answer.text + told(answer), told(answer)
    if answer.status_code == 200:
        asked = json.dumps(world.hidden)
        assert not world.secrets.search(told(answer).replace(asked, "")), told(answer)
    if reader in path.finds_own:
        assert (answer.status_code, world.own in told(answer)) == (200, True), told(answer)


COUNTS = {
    "reportview": lambda client, world, filters: client.call(
        f"{VIEW}.get_count", doctype="SM Plan", filters=filters
    ),
    "reportview, distinct": lambda client, world, filters: client.call(
        f"{VIEW}.get_count", doctype="SM Plan", filters=filters, distinct=1
    ),
    "API v2": lambda client, world, filters: client.get("/api/v2/doctype/SM Plan/count", filters=filters),
    "number card": lambda client, world, filters: client.call(
        "frappe.desk.doctype.number_card.number_card.get_result",
        doc={"document_type": "SM Plan", "function": "Count", "name": "inventory"},
        filters=filters,
    ),
    "aggregate": lambda client, world, filters: client.get(
        "/api/resource/SM Plan", fields=count_field(), filters=filters
    ),
    "client": lambda client, world, filters: client.call(
        "frappe.client.get_count", doctype="SM Plan", filters=filters
    ),
}


def count_field() -> list[object]:
    """How the versions of Frappe ask for a count."""
    return (
        ["count(`tabSM Plan`.`name`) as n"]
        if frappe.__version__.startswith("15.")
        else [{"COUNT": "name", "as": "n"}]
    )


def number(answer: requests.Response) -> float:
    """The count in an answer; 0 of one that is refused."""
    if answer.status_code == 403:
        return 0
    value = answer.json().get("message", answer.json().get("data"))
    return (value[0]["n"] if value else 0) if isinstance(value, list) else value


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("count", COUNTS)
def test_no_letter_of_a_hidden_plan_is_found_by_counting(client, world, count, reader):
    """P2"""
    by_title = [["SM Plan", "title", "like", f"{MARK[:4]}%"]]
    by_row = [["SM Value Statement", "statement", "like", f"{MARK[:4]}%"]]
    for filters in (by_title, by_row):
        assert number(COUNTS[count](client("author"), world, filters)) >= 1
        assert number(COUNTS[count](client(reader), world, filters)) == 0
    own = number(COUNTS[count](client(reader), world, [["SM Plan", "name", "=", world.own]]))
    assert own == (count != "client")  # which is refused, and says what counts instead


ORACLES = {
    "rows": lambda client, world: client.call(
        "frappe.client.get_count", doctype="SM Value Statement", filters={}
    ),
    "rows by reportview": lambda client, world: client.call(
        f"{VIEW}.get_count",
        doctype="SM Value Statement",
        parent_doctype="SM Plan",
        filters=[["SM Value Statement", "statement", "like", f"{MARK}%"]],
    ),
    "assignments": lambda client, world: client.call(
        "frappe.desk.listview.get_group_by_count", doctype="SM Plan", current_filters=[], field="assigned_to"
    ),
    "heat map": lambda client, world: client.call(
        "frappe.desk.doctype.dashboard_chart.dashboard_chart.get",
        chart={
            "type": "Heatmap",
            "chart_type": "Count",
            "document_type": "SM Plan",
            "based_on": "creation",
            "heatmap_year": "2026",
            "filters_json": "[]",
            "name": "inventory",
        },
        no_cache=1,
    ),
    "months": lambda client, world: client.call(
        "frappe.utils.goal.get_monthly_goal_graph_data",
        title="x",
        doctype="SM Plan",
        docname=world.own,
        goal_value_field="docstatus",
        goal_total_field="docstatus",
        goal_history_field="vision",
        goal_doctype="SM Plan",
        goal_doctype_link="name",
        goal_field="docstatus",
        date_field="creation",
        aggregation="count",
        filters={"title": ["like", f"{MARK}%"]},
    ),
    "kept results by name": lambda client, world: client.call(
        "frappe.desk.query_report.run",
        report_name="Plan Findings",
        filters={"plan": world.own, "prepared_report_name": world.prepared},
    ),
    "function of a DocType": lambda client, world: client.get(
        "/api/v2/method/Workflow/get_workflow_state_count",
        doctype="SM Plan",
        workflow_state_field="title",
        states=[],
    ),
    "next": lambda client, world: client.call(
        "frappe.desk.form.utils.get_next", doctype="SM Plan", value=world.hidden, prev=0, sort_field="title"
    ),
    "fields of a link": lambda client, world: client.call(
        "frappe.client.get_list",
        doctype="SM Plan",
        fields=["name"],
        filters=[["title", "like", "x%"]],
        group_by="amended_from.title",
    ),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("oracle", ORACLES)
def test_what_counts_or_compares_without_asking_is_refused(client, world, oracle, reader):
    """P3"""
    answer = ORACLES[oracle](client(reader), world)
    allowed = (200, 403) if oracle in ("rows by reportview",) else (403,)
    assert answer.status_code in allowed, told(answer)
    assert answer.status_code == 403 or number(answer) == 0


@pytest.mark.parametrize("reader", WITH_ROLES)
def test_connections_count_what_one_may_read(client, world, reader):
    """P4"""

    def plans(who: str) -> int:
        answer = client(who).call(
            "frappe.desk.notifications.get_open_count", doctype="SM Person", name=world.person
        )
        found = answer.json()["message"]["count"]["external_links_found"]
        return next(one["count"] for one in found if one["doctype"] == "SM Plan")

    assert (plans("author") > 0, plans(reader)) == (True, 0)


BY_NAME = {
    "REST v1": lambda client, name: client.get(f"/api/resource/SM Plan/{name}"),
    "REST v1, written": lambda client, name: client.put("SM Plan", name, vision="x"),
    "REST v1, deleted": lambda client, name: client.delete("SM Plan", name),
    "REST v1, method": lambda client, name: client.get(
        f"/api/resource/SM Plan/{name}", run_method="get_title"
    ),
    "REST v2": lambda client, name: client.get(f"/api/v2/document/SM Plan/{name}"),
    "REST v2, copy": lambda client, name: client.get(f"/api/v2/document/SM Plan/{name}/copy"),
    "REST v2, method": lambda client, name: client.get(f"/api/v2/document/SM Plan/{name}/method/get_title"),
    "client.get": lambda client, name: client.call("frappe.client.get", doctype="SM Plan", name=name),
    "client.get by filters": lambda client, name: client.call(
        "frappe.client.get", doctype="SM Plan", filters={"name": name}
    ),
    "get_value": lambda client, name: client.call(
        "frappe.client.get_value", doctype="SM Plan", filters=name, fieldname="title"
    ),
    "set_value": lambda client, name: client.call(
        "frappe.client.set_value", doctype="SM Plan", name=name, fieldname="vision", value="x"
    ),
    "save": lambda client, name: client.call("frappe.client.save", doc={"doctype": "SM Plan", "name": name}),
    "bulk update": lambda client, name: client.call(
        "frappe.client.bulk_update", docs=[{"doctype": "SM Plan", "docname": name}]
    ),
    "form": lambda client, name: client.call("frappe.desk.form.load.getdoc", doctype="SM Plan", name=name),
    "savedocs": lambda client, name: client.call(
        "frappe.desk.form.save.savedocs", doc={"doctype": "SM Plan", "name": name}, action="Save"
    ),
    "run_doc_method, API v2": lambda client, name: client.post(
        "/api/v2/method/run_doc_method", document={"doctype": "SM Plan", "name": name}, method="add_comment"
    ),
    "run_doc_method": lambda client, name: client.call(
        "run_doc_method", dt="SM Plan", dn=name, method="add_comment", args={"text": "x"}
    ),
    "title": lambda client, name: client.call(
        "frappe.desk.search.get_link_title", doctype="SM Plan", docname=name
    ),
    "validation of a link": validated,
    "permissions": lambda client, name: client.call(
        "frappe.client.get_doc_permissions", doctype="SM Plan", docname=name
    ),
    "print": lambda client, name: client.call(
        "frappe.www.printview.get_html_and_style", doc="SM Plan", name=name
    ),
    "like": lambda client, name: client.call(
        "frappe.desk.like.toggle_like", doctype="SM Plan", name=name, add="Yes"
    ),
    "follow": lambda client, name: client.call(
        "frappe.desk.form.document_follow.update_follow", doctype="SM Plan", doc_name=name, following=True
    ),
    "assign": lambda client, name: client.call(
        "frappe.desk.form.assign_to.add", doctype="SM Plan", name=name, assign_to=["Administrator"]
    ),
    "share": lambda client, name: client.call("frappe.share.get_users", doctype="SM Plan", name=name),
    "realtime": lambda client, name: client.get(
        "/api/method/frappe.realtime.has_permission", doctype="SM Plan", name=name
    ),
    "tags": lambda client, name: client.call(
        "frappe.desk.doctype.tag.tag.add_tags", tags=[TAG], dt="SM Plan", docs=[name]
    ),
    "board": lambda client, name: client.call(
        "frappe.desk.doctype.kanban_board.kanban_board.add_card",
        board_name=BOARD,
        docname=name,
        colname="Draft",
    ),
    "assigned no more": lambda client, name: client.call(
        "frappe.desk.form.assign_to.remove_multiple", doctype="SM Plan", names=[name]
    ),
    "workflow": lambda client, name: client.call(
        "frappe.model.workflow.bulk_workflow_approval", docnames=[name], doctype="SM Plan", action="Return"
    ),
    "comment": lambda client, name: client.create(
        "Comment", comment_type="Comment", content="x", reference_doctype="SM Plan", reference_name=name
    ),
    "to-do": lambda client, name: client.create(
        "ToDo", description="x", reference_type="SM Plan", reference_name=name
    ),
    "report": lambda client, name: client.call(
        "frappe.desk.query_report.run", report_name="Plan Findings", filters={"plan": name}
    ),
    **{
        f"API {function}": (
            lambda client, name, function=function: client.call(f"sm_planner.api.{function}", plan=name)
        )
        for function in (
            "check",
            "plan_findings",
            "plan_finding_lines",
            "key_questions",
            "sign_off_summary",
            "verify",
            "receipt",
            "export_plan",
            "plan_pdf",
            "sign_off_log",
            "plan_book",
            "start_revision",
            "funding_request",
            "funding_page",
            "take_over_actuals",
            "take_over_attendance",
        )
    },
    **{
        f"API {function}": (
            lambda client, name, function=function, values=values: client.call(
                f"sm_planner.api.{function}", plan=name, **values
            )
        )
        for function, values in {
            "about_finding": {"rule": "RAC-03"},
            "waive_finding": {"rule": "RAC-03", "reason": "x"},
            "improve_finding": {"rule": "RAC-03", "collection": "processes", "id": "x"},
            "assign_finding": {"rule": "RAC-03", "collection": "processes", "id": "x"},
            "sign": {"seen_hash": "0" * 64},
            "return_plan": {"reason": "Too early."},
            "compare_hash": {"hash": "0" * 64},
            "decide_funding": {"act": "Approve", "shown": "0" * 64},
        }.items()
    },
    "API check_deeper": lambda client, name: client.call(
        "sm_planner.api.check_deeper", plan=name, depth="Grown"
    ),
    "API keep_attainment": lambda client, name: client.call(
        "sm_planner.api.keep_attainment", plan=name, log="x", map="servicenow-incidents"
    ),
    "API preview_template": lambda client, name: client.call(
        "sm_planner.api.preview_template", plan=name, template="library", situation="Improve", depth="Grown"
    ),
    "API take_from_template": lambda client, name: client.call(
        "sm_planner.api.take_from_template", plan=name, values='{"template": "library"}'
    ),
    "API deepen_plan": lambda client, name: client.call(
        "sm_planner.api.deepen_plan", plan=name, depth="Complete", values="{}"
    ),
    "API roadmap": lambda client, name: client.call("sm_planner.api.roadmap", plan=name),
    "API executive_view": lambda client, name: client.call("sm_planner.api.executive_view", plan=name),
    "API service_map": lambda client, name: client.call("sm_planner.api.service_map", plan=name),
    "API service_map_box": lambda client, name: client.call(
        "sm_planner.api.service_map_box", plan=name, collection="services", id="x"
    ),
    "API find_on_service_map": lambda client, name: client.call(
        "sm_planner.api.find_on_service_map", plan=name, text="x"
    ),
    "API preview_reschedule": lambda client, name: client.call(
        "sm_planner.api.preview_reschedule", plan=name, moves="[]"
    ),
    "API entry_sheet": lambda client, name: client.call(
        "sm_planner.api.entry_sheet", plan=name, collection="services"
    ),
    "API read_cells": lambda client, name: client.call(
        "sm_planner.api.read_cells", plan=name, rows_of="SM Calendar Window", rows="[]"
    ),
    "API add_records": lambda client, name: client.call(
        "sm_planner.api.add_records", plan=name, collection="services", rows='[{"title": "x"}]'
    ),
    "API reschedule": lambda client, name: client.call("sm_planner.api.reschedule", plan=name, moves="[]"),
    "API raci_sheet": lambda client, name: client.call("sm_planner.api.raci_sheet", plan=name),
    **{
        f"API {function}": (
            lambda client, name, function=function: client.call(
                f"sm_planner.api.{function}", plan=name, changes="[]"
            )
        )
        for function in ("preview_raci_sheet", "save_raci_sheet")
    },
    **{
        f"API {function}": (
            lambda client, name, function=function: client.call(f"sm_planner.api.{function}", lineage=name)
        )
        for function in (
            "lineage_home",
            "plan_reviews",
            "waivable",
            "my_part",
            "assessment_frameworks",
            "begin_sanity_check",
        )
    },
    **{
        f"API {function}": (
            lambda client, name, function=function, values=values: client.call(
                f"sm_planner.api.{function}", lineage=name, **values
            )
        )
        for function, values in {
            "improvement_of_gap": {"framework": "where-we-stand", "code": "sys-tickets"},
            "import_frameworks": {"file_url": "/private/files/none.yaml"},
            "export_framework": {"framework": "ours"},
            "confirm_briefing": {"communication": "launch", "held_on": "2026-01-02", "shown": "0" * 64},
            "confirm_training": {"training": "TRN-01", "day": "2026-01-02"},
            "add_measurement": {"objective": "OBJ-01", "day": "2026-01-02", "value": 1},
            "progress_sheet_choices": {},
            "preview_progress_sheet": {"group": "staff", "month": "2026-01-31"},
            "send_progress_sheet": {"group": "staff", "month": "2026-01-31", "shown": "0" * 64},
            "say_of_report": {"report": "desk-page", "shown": "x"},
            "add_evidence": {"commitment": "COM-01", "day": "2026-01-02", "kind": "Minutes"},
        }.items()
    },
    "API confirm_part": lambda client, name: client.call(
        "sm_planner.api.confirm_part", lineage=name, shown="0" * 64
    ),
    "API confirm_my_part": lambda client, name: client.call(
        "sm_planner.api.confirm_my_part", lineage=name, shown="0" * 64
    ),
    "API report_progress": lambda client, name: client.call(
        "sm_planner.api.report_progress", lineage=name, improvement="IMP-01", note="Begun"
    ),
    "API suggest_improvement": lambda client, name: client.call(
        "sm_planner.api.suggest_improvement", lineage=name, title="A bell", description="Nobody hears us."
    ),
    "API report_workaround": lambda client, name: client.call(
        "sm_planner.api.report_workaround", lineage=name, title="Slips", why="The list is slow."
    ),
    "API parts_of_lineage": lambda client, name: client.call(
        "sm_planner.api.parts_of_lineage", linked="SM Objective", asked={"lineage": name}
    ),
}
"""Ways to name a plan, or its lineage, which has the same name."""


def alike(answer: requests.Response, name: str) -> tuple[int, str]:
    """How an answer looks to who does not know which of two names it is about."""
    text = told(answer).replace(name, "NAME")
    return answer.status_code, re.sub(r"\b[0-9a-f]{32,}\b|\b\d+\.\d+(e-\d+)?\b", "", text)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("ask", BY_NAME)
def test_a_hidden_plan_and_one_that_is_not_there_are_answered_alike(client, world, ask, reader):
    """P5"""
    hidden, missing = (BY_NAME[ask](client(reader), name) for name in (world.hidden, NOWHERE))
    assert alike(hidden, world.hidden) == alike(missing, NOWHERE)
    assert MARK not in told(hidden)


OF_HIDDEN = {
    "objective_measurements": ("SM Objective", "objective", {}),
    "raci_effect": ("SM RACI Entry", "entry", {}),
    "report_standing": ("SM Report Spec", "report", {}),
    "review_agenda": ("SM Review", "review", {}),
    "hold_review": ("SM Review", "review", {}),
    "confirm_attendance": ("SM Review", "review", {}),
    "decision_becomes": ("SM Review", "review", {"number": "1", "outcome": "nothing"}),
    "assessment_sheet": ("SM Assessment", "assessment", {}),
    "assessment_standing": ("SM Assessment", "assessment", {}),
    "answer_line": ("SM Assessment", "assessment", {"code": "sys-tickets", "answer": "{}"}),
    "submit_assessment": ("SM Assessment", "assessment", {}),
    "sanity_check_steps": ("SM Sanity Check", "check", {}),
    "hold_sanity_check": ("SM Sanity Check", "check", {}),
    "make_lesson": ("SM Sanity Check", "check", {"number": 1, "learned": "Count twice."}),
    "act_on_lesson": ("SM Lesson", "lesson", {"doing": "Count twice."}),
    "act_on_risk": ("SM Risk", "risk", {"doing": "Count twice."}),
    "decide_gap": ("SM Gap Decision", "gap_decision", {"act": "Approve", "shown": "0" * 64}),
    "decide_waiver": ("SM Waiver", "waiver", {"act": "Approve", "shown": "0" * 64}),
    "decide_improvement": ("SM Improvement", "improvement", {"act": "Approve", "shown": "0" * 64}),
}
"""Function of the API → what it names of a plan, by which parameter, and what else it asks for."""


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("function", OF_HIDDEN)
def test_a_function_answers_alike_about_what_is_hidden_and_what_is_not_there(client, world, function, reader):
    """P9"""
    doctype, named, values = OF_HIDDEN[function]
    name = first(doctype, **of(world.hidden, doctype))

    hidden, missing = (
        client(reader).call(f"sm_planner.api.{function}", **{named: one}, **values) for one in (name, NOWHERE)
    )

    assert alike(hidden, name) == alike(missing, NOWHERE)
    assert (hidden.status_code, MARK in told(hidden)) == (403, False)


def test_what_a_function_asks_permission_for_is_asked_for_before_it_is_called():
    """P9: else Frappe tells on its first line what is there"""
    tree = ast.parse(inspect.getsource(api))
    lines = [node.body[1].value for node in tree.body if isinstance(node, ast.FunctionDef)]
    asked = {
        (word.id, line.args[0].value)
        for line in lines
        for word in ast.walk(line)
        if isinstance(word, ast.Name) and len(line.args) > 2 and isinstance(line.args[0], ast.Constant)
        if word.id != "frappe" and isinstance(word.ctx, ast.Load)
    }
    assert len(asked) > 5
    assert asked <= set(NAMED_IN_API.items())


@pytest.mark.parametrize("reader", READERS)
def test_a_waiver_can_name_nothing_of_a_plan_that_is_hidden(client, world, reader):
    """P9"""
    assert MARK in client("author").call("sm_planner.api.waivable", lineage=world.hidden).text
    answer = client(reader).call("sm_planner.api.waivable", lineage=world.hidden)
    assert answer.status_code == 403, told(answer)
    assert not world.secrets.search(told(answer).replace(world.hidden, ""))


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    ("doctype", "named"), [("SM Improvement", "lineage"), ("SM Progress Report", "improvement")]
)
def test_nothing_is_entered_about_what_is_hidden(client, world, doctype, named, reader):
    """P9"""
    name = world.hidden if named == "lineage" else first("SM Improvement", lineage=world.hidden)
    before = frappe.db.count(doctype)
    answer = client(reader).create(doctype, **{named: name}, title="x", day="2026-01-02", note="x")
    assert (answer.status_code, MARK in told(answer)) == (403, False), told(answer)
    fresh()
    assert frappe.db.count(doctype) == before


OF_SEVERAL_PLANS = {
    "agreement_measurements": ("SM Agreement", "agreement", {}),
    "agreement_chain": ("SM Agreement", "agreement", {}),
    "agreement_terms": ("SM Agreement", "agreement", {}),
    "agreement_term": ("SM Agreement", "agreement", {}),
    "next_agreement_version": ("SM Agreement", "agreement", {}),
    "service_surroundings": ("SM Service", "service", {}),
    "calendar_week": ("SM Service Calendar", "calendar", {}),
    "import_holidays": ("SM Service Calendar", "calendar", {"holiday_list_type": "x", "holiday_list": "x"}),
}
"""The same of records that plans share."""


@pytest.mark.parametrize("function", OF_SEVERAL_PLANS)
def test_what_plans_share_is_for_whom_a_role_lets_read_it(client, world, function):
    """P9: a share of a plan opens none"""
    doctype, named, values = OF_SEVERAL_PLANS[function]
    name = first(doctype, name=("like", f"{world.hidden}-%"))
    hidden, missing = (
        client("shared").call(f"sm_planner.api.{function}", **{named: one}, **values)
        for one in (name, NOWHERE)
    )
    assert alike(hidden, name) == alike(missing, NOWHERE)
    assert hidden.status_code == 403


def test_every_function_of_the_api_that_names_a_document_is_walked():
    """P9"""
    named = {
        node.name
        for node in ast.parse(inspect.getsource(api)).body
        if isinstance(node, ast.FunctionDef) and {one.arg for one in node.args.args} & NAMED_IN_API.keys()
    }
    walked = {*OF_HIDDEN, *OF_SEVERAL_PLANS, *(what.removeprefix("API ") for what in BY_NAME)}
    assert len(named) > 50
    assert named - walked == set()


def test_what_belongs_to_a_hidden_plan_is_answered_alike(client, world):
    for doctype in (*doctypes.OF_PLAN, doctypes.LINEAGE, *doctypes.OF_LINEAGE):
        for name in frappe.get_all(doctype, of(world.hidden, doctype), pluck="name", limit=1):
            for reader in READERS:
                answers = [client(reader).get(f"/api/resource/{doctype}/{one}") for one in (name, NOWHERE)]
                assert alike(answers[0], name) == alike(answers[1], NOWHERE), doctype
                assert answers[0].status_code == 403


@pytest.mark.parametrize("ask", ["REST v1", "REST v2", "client.get", "API check"])
def test_who_reads_all_is_told_what_is_not_there(client, world, ask):
    assert BY_NAME[ask](client("author"), NOWHERE).status_code == 404


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    "ask", ["REST v1", "REST v2", "client.get", "client.get by filters", "form", "API check"]
)
def test_ones_own_plan_is_read(client, world, ask, reader):
    assert BY_NAME[ask](client(reader), world.own).status_code == 200


@pytest.mark.parametrize("reader", READERS)
def test_rows_of_ones_own_plan_are_listed(client, world, reader):
    answer = client(reader).call(
        "frappe.client.get_list", doctype="SM Value Statement", parent="SM Plan", fields=["name"]
    )
    rows = frappe.get_all("SM Value Statement", {"parent": world.own}, pluck="name")
    assert {row["name"] for row in answer.json()["message"]} == set(rows) != set()


def mail_of(user: str, plan: str) -> dict[str, object]:
    """An Auto Email Report of the findings of a plan, as a user."""
    return {
        "report": "Plan Findings",
        "user": user,
        "email_to": "nobody@example.org",
        "format": "CSV",
        "frequency": "Daily",
        "no_of_rows": 100,
        "enabled": 0,
        "filters": json.dumps({"plan": plan}),
    }


def test_a_mailed_report_tells_what_its_user_may_read(client, world, people):
    """P6: a job makes it, as Administrator"""
    from sm_planner.adapters.guards import report_mails

    kept = client("kept")
    foreign = kept.create("Auto Email Report", **mail_of(people["author"], world.hidden))
    assert (foreign.status_code, "you cannot read plans as somebody else" in told(foreign)) == (403, True), (
        told(foreign)
    )
    made = [
        kept.create("Auto Email Report", **mail_of(people["kept"], plan))
        for plan in (world.hidden, world.own)
    ]
    assert [answer.status_code for answer in made] == [200, 200], told(made[0])
    names = [answer.json()["data"]["name"] for answer in made]
    fresh()
    try:
        report_mails.before_job("frappe.email.doctype.auto_email_report.auto_email_report.send_monthly")
        hidden, own = (str(frappe.get_doc("Auto Email Report", name).get_report_content()) for name in names)
        assert frappe.session.user == "Administrator"
    finally:
        fresh()
        for name in names:
            frappe.delete_doc("Auto Email Report", name)
        frappe.db.commit()
    assert MARK not in hidden
    assert len(own) > len(hidden)


def test_a_plan_that_a_row_closes_is_not_listed_either(client, world, people):
    """P8: a User Permission forbids what one of its rows links to"""
    processes = frappe.get_all("SM Process", pluck="name", order_by="name asc", limit=2)
    row = {
        "doctype": "SM Related Plan",
        "parent": world.own,
        "parenttype": "SM Plan",
        "parentfield": "related_plans",
    }
    frappe.get_doc({**row, "title": "Other", "sm_process": processes[0], "name": NOWHERE}).db_insert()

    def answers(allowed: str) -> tuple[int, bool]:
        keep(people["kept"], "SM Process", allowed)
        frappe.db.commit()
        frappe.clear_cache()
        opened = client("kept").get(f"/api/resource/SM Plan/{world.own}")
        listed = client("kept").get("/api/resource/SM Plan", limit_page_length=0)
        frappe.db.delete("User Permission", {"user": people["kept"], "allow": "SM Process"})
        return opened.status_code, world.own in listed.text

    try:
        assert (answers(processes[0]), answers(processes[1])) == ((200, True), (403, False))
    finally:
        frappe.db.delete("SM Related Plan", {"name": NOWHERE})
        frappe.db.commit()
        frappe.clear_cache()
