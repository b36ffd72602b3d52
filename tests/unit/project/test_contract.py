"""The contract of what can be reached over HTTP, and of what must not stand in the code."""

from __future__ import annotations

import ast
import json
from collections import Counter
from pathlib import Path

import pytest

from sm_planner.adapters.site import doctypes

APP = Path(__file__).parents[3] / "sm_planner"
WRITES = {
    "add_records",
    "sign",
    "return_plan",
    "start_revision",
    "decide_waiver",
    "decide_gap",
    "answer_line",
    "submit_assessment",
    "improvement_of_gap",
    "import_frameworks",
    "import_plan",
    "import_holidays",
    "load_example",
    "clear_example",
    "hold_review",
    "confirm_attendance",
    "decision_becomes",
    "plan_reviews",
    "confirm_my_part",
    "add_measurement",
    "add_evidence",
    "make_my_calendar",
    "revoke_my_calendar",
    "give_feedback",
    "suggest_about_service",
    "confirm_part",
    "give_guest_feedback",
    "start_plan",
    "take_from_template",
    "deepen_plan",
    "looked_at",
}
"""Functions of the API that change something."""

BY_TOKEN = "my_calendar"
"""The function of the API that asks for a token in place of a log-in: calendar programs have none."""

BY_GUESTS = "give_guest_feedback"
"""The function of the API that guests may call where the site takes feedback of theirs."""

ALLOWED = {
    (
        "saying.py",
        "ignore_permissions",
    ): "people without a role say what was asked before to be theirs to say",
    ("sign_off.py", "ignore_permissions"): "signing submits for the named sponsor",
    (
        "own_facts.py",
        "ignore_permissions",
    ): "people without a role enter what is about them, as the controller asks",
    ("calendar_feed.py", "commit"): "what a calendar was told is kept, although a GET changes nothing else",
    (
        "acting.py",
        "ignore_permissions",
    ): "who may act was asked before; what comes of it is the site's to write",
    ("record.py", "ignore_permissions"): "rows follow a document that Frappe itself was told to write so",
    ("keeping.py", "ignore_permissions"): "nobody but the sign-off makes evidence",
    ("sign_off_events.py", "commit"): "what was refused is kept although its request is undone",
    ("locks.py", "commit"): "an act of the sign-off begins with its lock, before anything is written",
    ("seal_watch.py", "commit"): "a job looks at one plan after the other",
    ("commands.py", "commit"): "a command is its own transaction",
    ("import_jobs.py", "commit"): "a job writes its plan before it tells how it ended",
    (
        "kept_heads.py",
        "commit",
    ): "the file of the heads is read and written by itself, before or after the transaction",
    ("seal_keys.py", "commit"): "a command changes the key, and lets go of the plans that it held",
    ("lineages.py", "ignore_permissions"): "a lineage comes with a plan, which the user may write",
    ("reviews.py", "ignore_permissions"): "what the site keeps of a review is written for who may hold it",
    ("reviews.py", "commit"): "a job looks at one plan after the other",
    ("plans_live.py", "ignore_permissions"): "a migration acts for nobody",
    ("approvals.py", "ignore_permissions"): "who may decide is asked before, and nothing but that changes",
    ("health.py", "ignore_permissions"): "the daily job counts what nobody enters",
    (
        "progress_sheets.py",
        "ignore_permissions",
    ): "who may send is asked before, and nobody enters what was sent",
    ("bulk.py", "ignore_permissions"): "files of a draft go with it, for who may delete both",
}
"""File and word → why it may stand there."""

FORBIDDEN = ("ignore_permissions", "commit", "db_set", "render_template")


def functions(path: Path) -> list[ast.FunctionDef]:
    return [
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    ]


def whitelisting(function: ast.FunctionDef) -> ast.Call | None:
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "frappe.whitelist":
            return decorator
    return None


API = [function for function in functions(APP / "api.py") if whitelisting(function)]


def test_only_the_api_is_reachable():
    elsewhere = [
        f"{path.relative_to(APP)}: {function.name}"
        for path in APP.rglob("*.py")
        for function in functions(path)
        if path.name != "api.py" and any("whitelist" in ast.unparse(d) for d in function.decorator_list)
    ]
    assert elsewhere == []
    assert {function.name for function in API} > WRITES


@pytest.mark.parametrize("function", API, ids=lambda function: function.name)
def test_a_function_of_the_api_says_its_methods_and_types_and_asks_first(function):
    call = whitelisting(function)
    options = {keyword.arg: ast.literal_eval(keyword.value) for keyword in call.keywords}
    first = function.body[1]  # after the docstring

    if function.name == BY_TOKEN:
        assert options == {"methods": ["GET"], "allow_guest": True}
        assert "rate_limit" in ast.unparse(function.decorator_list[1])
        assert ast.unparse(first) == "user = calendar_feed.user_of(token)"
        return
    if function.name == BY_GUESTS:
        assert options == {"methods": ["POST"], "allow_guest": True}
        assert "rate_limit" in ast.unparse(function.decorator_list[1])
        return
    assert set(options) == {"methods"}, "no guests, methods named"
    assert options["methods"] == ["POST"] if function.name in WRITES else "POST" in options["methods"]
    assert all(argument.annotation for argument in function.args.args)
    assert function.returns is not None
    assert ast.unparse(first).startswith(("frappe.has_permission(", "frappe.only_for("))
    assert "throw=True" in ast.unparse(first) or "only_for" in ast.unparse(first)


FILTERED_BY_FRAPPE = ("agreement_calendar",)
"""Functions that a view of Frappe hands the filters of its list: they go to Frappe's own list of that one DocType, which takes
the same filters from anybody under the same permissions, and what comes back are no more than its rows."""


@pytest.mark.parametrize("function", API, ids=lambda function: function.name)
def test_a_function_of_the_api_hands_no_query_on(function):
    """Whoever may say by what to order or filter finds out more than he may read."""
    if function.name in FILTERED_BY_FRAPPE:
        return
    arguments = {argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)}
    assert arguments.isdisjoint({"doctype", "order_by", "group_by", "fields", "filters", "or_filters", "doc"})
    assert function.args.vararg is function.args.kwarg is None


@pytest.mark.parametrize("path", sorted(APP.rglob("*.py")), ids=lambda path: str(path.relative_to(APP)))
def test_nothing_goes_round_permissions_or_ends_the_transaction(path):
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = (
            {getattr(node, "attr", ""), getattr(node, "arg", "")} if not isinstance(node, ast.arg) else set()
        )
        found |= names & set(FORBIDDEN)
    assert {word for word in found if (path.name, word) not in ALLOWED} == set()


BUILT_SQL = ("permissions.py",)
"""Files that build SQL: the conditions that Frappe asks for, of its own conditions and of what is escaped. Everything
else goes through Frappe's queries."""


@pytest.mark.parametrize("path", sorted(APP.rglob("*.py")), ids=lambda path: str(path.relative_to(APP)))
def test_nothing_builds_sql(path):
    code = path.read_text(encoding="utf-8")
    assert "frappe.db.sql(" not in code
    built = [
        ast.unparse(node)
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.JoinedStr) and "`tab" in ast.unparse(node)
    ]
    assert path.name in BUILT_SQL or built == []


@pytest.mark.parametrize(
    "path", [APP / "api.py", *sorted((APP / "sm_planner").rglob("*.py"))], ids=lambda path: path.stem
)
def test_types_of_what_frappe_calls_are_real_ones(path):
    assert "from __future__ import annotations" not in path.read_text(encoding="utf-8")


DOCTYPES = [
    json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((APP / "sm_planner" / "doctype").rglob("*.json"))
]
PARENTS = [doctype for doctype in DOCTYPES if not doctype.get("istable")]


@pytest.mark.parametrize("doctype", DOCTYPES, ids=lambda doctype: doctype["name"])
def test_no_field_is_shown_as_html_or_as_a_link_to_anywhere(doctype):
    """Frappe puts such values into the page as they are, ``javascript:`` too."""
    for field in doctype["fields"]:
        assert field.get("options") != "URL", field["fieldname"]
        assert field["fieldtype"] not in ("Text Editor", "HTML Editor", "Markdown Editor", "Code")
        assert not field.get("ignore_xss_filter")
        assert not field.get("allow_on_submit")


@pytest.mark.parametrize("doctype", [doctype["name"] for doctype in DOCTYPES if doctype.get("istable")])
def test_rows_refuse_to_be_reached_by_themselves(doctype):
    folder = doctype.lower().replace(" ", "_")
    code = (APP / "sm_planner" / "doctype" / folder / f"{folder}.py").read_text(encoding="utf-8")
    classes = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.ClassDef)]
    assert [ast.unparse(base) for base in classes[0].bases] == ["Row"]


def rights(doctype: dict, *wanted: str) -> set[str]:
    """Those of the rights that any role has on the DocType."""
    return {right for permission in doctype["permissions"] for right in wanted if permission.get(right)}


@pytest.mark.parametrize("doctype", PARENTS, ids=lambda doctype: doctype["name"])
def test_nobody_submits_cancels_or_amends(doctype):
    assert rights(doctype, "submit", "cancel", "amend") == set()


EVIDENCE = ["SM Plan Seal", "SM Sign-off Event", "SM Account Password"]


@pytest.mark.parametrize("name", ["SM Plan", "SM Delegation", *EVIDENCE])
def test_nobody_shares_or_imports_plans_and_seals(name):
    doctype = next(doctype for doctype in PARENTS if doctype["name"] == name)
    assert rights(doctype, "share", "import") == set()


@pytest.mark.parametrize("name", EVIDENCE)
def test_evidence_is_only_read(name):
    evidence = next(doctype for doctype in PARENTS if doctype["name"] == name)
    assert rights(evidence, "write", "create", "delete") == set()


def test_of_what_is_signed_the_sponsor_only_reads():
    """He delegates, and like everybody enters what concerns himself, which the controllers of these see to."""
    for doctype in PARENTS:
        if doctype["name"] in ("SM Delegation", *doctypes.OF_LINEAGE):
            continue
        for permission in doctype["permissions"]:
            if permission["role"] == "SM Executive Sponsor":
                assert not {right for right in ("write", "create", "delete") if permission.get(right)}


def test_no_hook_is_written_twice():
    """The second would take the place of the first without a word."""
    tree = ast.parse((APP / "hooks.py").read_text(encoding="utf-8"))
    assigned = (node.targets[0].id for node in tree.body if isinstance(node, ast.Assign))
    assert [name for name, times in Counter(assigned).items() if times > 1] == []
