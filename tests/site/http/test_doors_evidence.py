"""Doors to what tells of a plan: its timeline, its files, its print-outs, and links that act in another's session."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import frappe
import pytest
import requests
from frappe.desk.reportview import delete_items
from http_kit import (
    BY_LINK,
    NO_RIGHT,
    Client,
    Door,
    Request,
    assert_refused,
    attached,
    call_about,
    document,
    facts,
    first,
    fresh,
    move,
    says,
    sign,
    told,
    traces,
)

pytestmark = pytest.mark.commits

BULK = "frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs"
WORKFLOW = "frappe.model.workflow"
SIGN_OFF_WRITES = "is written by the sign-off itself, and cannot be entered."
PRIVATE = "must be private, and cannot be attached to a field."
WHO_MAY = "can add or remove its files."
CLOSED = "Only a Draft can be changed."


def run_method(method: str, **args: object) -> Request:
    return call_about("run_doc_method", "dn", dt="SM Plan", method=method, args=args)


def forged(client: Client, plan: str, **args: object) -> requests.Response:
    """A method run on a document that the client made up, and says is his."""
    modified = str(frappe.db.get_value("SM Plan", plan, "modified"))
    made_up = {"doctype": "SM Plan", "name": plan, "owner": "x", "title": "Mine", "modified": modified}
    return client.call("run_doc_method", docs=made_up, method="add_comment", args=args)


FORGED = (
    *(
        Door(
            "J2",
            f"“{kind}” in the sponsor's name",
            run_method("add_comment", comment_type=kind, comment_email="x@example.org", text="Signed"),
            SIGN_OFF_WRITES,
            status=403,
            by="auditor",
        )
        for kind in ("Workflow", "Submitted", "Cancelled")
    ),
    Door(
        "J4",
        "POST a version",
        lambda client, plan: client.create("Version", ref_doctype="SM Plan", docname=plan, data="{}"),
        "",
        status=403,
    ),
    Door(
        "J5",
        "POST a comment",
        lambda client, plan: client.create(
            "Comment",
            comment_type="Workflow",
            reference_doctype="SM Plan",
            reference_name=plan,
            content="Signed",
        ),
        "",
        status=403,
    ),
    Door(
        "M14",
        "a comment on a document that the client made up",
        lambda client, plan: forged(client, plan, text="Signed"),
        "",
        status=403,
        by="nobody",
    ),
)


@pytest.mark.parametrize("door", FORGED, ids=Door.named)
def test_nothing_is_told_that_did_not_happen(client, plan_in, door):
    plan = plan_in("To Sign")
    before = traces(plan)
    assert_refused(door, client, plan)
    assert traces(plan) == before


COMMENTS = {
    "J2 add_comment": lambda client, plan, other: run_method(
        "add_comment", text="I agree.", comment_email=other, comment_by="The Sponsor"
    )(client, plan),
    "J3 add_comment of the form": lambda client, plan, other: client.call(
        "frappe.desk.form.utils.add_comment",
        reference_doctype="SM Plan",
        reference_name=plan,
        content="I agree.",
        comment_email=other,
        comment_by="The Sponsor",
    ),
}


@pytest.mark.parametrize("write", COMMENTS)
def test_a_comment_bears_the_name_of_who_wrote_it(client, people, make_plan, write):
    plan = make_plan("Draft")

    answer = COMMENTS[write](client("auditor"), plan, people["sponsor"])

    assert answer.status_code == 200, told(answer)
    fresh()
    wrote = frappe.db.get_value(
        "Comment",
        {"reference_doctype": "SM Plan", "reference_name": plan, "content": ("like", "%I agree.%")},
        ["name", "comment_email", "comment_by"],
    )
    assert wrote[1:] == (people["auditor"], "auditor")
    changed = client("auditor").call("frappe.desk.form.utils.update_comment", name=wrote[0], content="No!")
    assert changed.status_code == 200, told(changed)
    fresh()
    assert frappe.db.get_value("Comment", wrote[0], "comment_email") == people["auditor"]


def test_the_timeline_tells_the_steps_of_the_sign_off(client, people, make_plan):
    """What J2 may not forge, the sign-off itself writes."""
    plan = make_plan("Draft")
    move(client("author"), plan, "Send for Review")

    fresh()
    told_of = {"reference_name": plan, "comment_type": "Workflow"}
    assert frappe.get_all("Comment", told_of, ["content", "comment_email"]) == [
        {"content": "In Review", "comment_email": people["author"]}
    ]


def attach(client: Client, plan: str, **changes: object) -> requests.Response:
    return client.call(
        "frappe.client.attach_file",
        **{"filename": "x.txt", "filedata": plan, "doctype": "SM Plan", "docname": plan, "is_private": 1}
        | changes,
    )


def upload(client: Client, plan: str) -> requests.Response:
    return client.session.post(
        f"{client.address}/api/method/upload_file",
        data={"doctype": "SM Plan", "docname": plan, "is_private": "1"},
        files={"file": ("x.txt", plan.encode())},
        timeout=60,
    )


BY_READERS = (
    Door("K3", "attach_file", attach, WHO_MAY, status=403, by="auditor"),
    Door(
        "K4",
        "POST a file",
        lambda client, plan: client.create("File", **attached(plan)),
        WHO_MAY,
        status=403,
        by="auditor",
    ),
    Door("K4", "upload", upload, "", status=403, by="auditor"),
    Door(
        "K3",
        "attach_file to an objective",
        lambda client, plan: attach(
            client, plan, doctype="SM Objective", docname=first("SM Objective", plan=plan)
        ),
        WHO_MAY,
        status=403,
        by="auditor",
    ),
    Door(
        "K1",
        "attach_file, public",
        lambda client, plan: attach(client, plan, is_private=0),
        PRIVATE,
        by="author",
    ),
)

CLOSED_PLAN = (
    Door(
        "K1", "POST a file", lambda client, plan: client.create("File", **attached(plan)), CLOSED, by="author"
    ),
    Door("K1", "attach_file", attach, CLOSED, by="author"),
    Door("K1", "upload", upload, CLOSED, by="author"),
    Door(
        "K5", "DELETE a file", lambda client, plan: client.delete("File", file_of(plan)), CLOSED, by="author"
    ),
    Door(
        "K5",
        "remove_attach",
        lambda client, plan: client.call("frappe.desk.form.utils.remove_attach", fid=file_of(plan)),
        CLOSED,
        by="author",
    ),
    Door(
        "K5",
        "PUT a file elsewhere",
        lambda client, plan: client.put(
            "File", file_of(plan), attached_to_doctype=None, attached_to_name=None
        ),
        CLOSED,
        by="author",
    ),
    Door(
        "K5",
        "DELETE a file, by a reader",
        lambda client, plan: client.delete("File", file_of(plan)),
        "",
        403,
        by="auditor",
    ),
)


def file_of(plan: str) -> str:
    return first("File", attached_to_doctype="SM Plan", attached_to_name=plan)


@pytest.mark.parametrize("door", BY_READERS, ids=Door.named)
def test_who_may_not_change_a_plan_attaches_nothing(client, plan_in, door):
    plan = plan_in("Draft")
    before = traces(plan)
    assert_refused(door, client, plan)
    assert traces(plan) == before


@pytest.fixture(scope="module", params=["To Sign", "Active"])
def closed_with_file(request: pytest.FixtureRequest, client, make_plan) -> str:
    """A plan that got a file while it was a draft."""
    plan = make_plan("Draft")
    made = client("author").create("File", **attached(plan))
    assert made.status_code == 200, told(made)
    move(client("author"), plan, "Send for Review", "Send to Sponsor")
    if request.param == "Active":
        assert sign(client("sponsor"), plan).status_code == 200
    return plan


@pytest.mark.parametrize("door", CLOSED_PLAN, ids=Door.named)
def test_the_files_of_a_plan_under_review_or_signed_stay(client, closed_with_file, door):
    before = traces(closed_with_file)
    assert_refused(door, client, closed_with_file)
    assert traces(closed_with_file) == before


def test_a_draft_gets_a_file_loses_it_and_goes_with_it(client):
    author = client("author")
    plan = author.create("SM Plan", title="With a file").json()["data"]["name"]
    assert upload(author, plan).status_code == 200
    assert author.delete("File", file_of(plan)).status_code == 202
    assert attach(author, plan).status_code == 200
    assert author.delete("SM Plan", plan).status_code == 202
    fresh()
    assert not frappe.db.exists("File", {"attached_to_name": plan})


@pytest.mark.parametrize("function", ["get_html_and_style", "GET"])
def test_what_is_printed_is_what_is_stored(client, plan_in, function):
    """L1, M17"""
    plan, auditor = plan_in("Active"), client("auditor")
    method = "frappe.www.printview.get_html_and_style"
    made_up = document(auditor, plan, title="Signed by everybody", why="Because it was forged here.")

    if function == "GET":
        answer = auditor.get(f"/api/method/{method}", doc=made_up)
    else:
        answer = auditor.call(method, doc=made_up)

    assert answer.status_code == 200, told(answer)
    fresh()
    assert "Signed by everybody" not in answer.text and "forged here" not in answer.text
    assert frappe.db.get_value("SM Plan", plan, "title") in told(answer)


@pytest.mark.parametrize("by", ["nobody", "guest"])
def test_who_may_not_read_a_plan_prints_nothing_made_up_for_it(client, plan_in, by):
    """L1: with a document that says it is his own."""
    made_up = {"doctype": "SM Plan", "name": plan_in("Active"), "owner": "x", "title": "Mine"}
    answer = client(by).call("frappe.www.printview.get_html_and_style", doc=made_up)
    assert answer.status_code == 403


LINKS = (
    Door(
        "C14",
        "GET of the bulk approval",
        lambda client, plan: client.get(
            f"/api/method/{WORKFLOW}.bulk_workflow_approval",
            doctype="SM Plan",
            docnames=[plan],
            action="Return",
        ),
        "",
        status=200,
        by="author",
    ),
    Door(
        "C12",
        "GET of the bulk update",
        lambda client, plan: client.get(
            f"/api/method/{BULK}",
            doctype="SM Plan",
            docnames=[plan],
            action="update",
            data={"state": "Draft"},
        ),
        BY_LINK,
        status=200,
        by="author",
    ),
    Door(
        "C12",
        "the same by cmd",
        lambda client, plan: client.get(
            "/", cmd=BULK, doctype="SM Plan", docnames=[plan], action="update", data={"state": "Draft"}
        ),
        BY_LINK,
        status=200,
        by="author",
    ),
    Door(
        "C12",
        "GET by API v2",
        lambda client, plan: client.get(
            f"/api/v2/method/{BULK}",
            doctype="SM Plan",
            docnames=[plan],
            action="update",
            data={"state": "Draft"},
        ),
        BY_LINK,
        status=200,
        by="author",
    ),
    Door(
        "C15",
        "GET of the workflow action",
        lambda client, plan: client.get(
            f"/api/method/{WORKFLOW}.apply_workflow", doc=document(client, plan), action="Return"
        ),
        BY_LINK,
        status=403,
        by="author",
    ),
)


@pytest.mark.parametrize("door", LINKS, ids=Door.named)
def test_following_a_link_moves_no_plan(client, plan_in, door):
    assert_refused(door, client, plan_in("To Sign"))


@pytest.mark.parametrize("doctype", ["SM Plan", "SM Objective", "SM Service"])
def test_following_a_link_deletes_nothing(client, make_plan, doctype):
    """D6: the list's own function to delete commits too."""
    plan = make_plan("Draft")
    name = plan if doctype == "SM Plan" else first(doctype, name=("like", f"{plan}-%"))
    delete = Door(
        "D6",
        "GET",
        lambda client, _plan: client.get(
            "/api/method/frappe.desk.reportview.delete_items", doctype=doctype, items=[name]
        ),
        BY_LINK,
        status=200,
        by="author",
    )
    if "GET" not in frappe.allowed_http_methods_for_whitelisted_func[delete_items]:  # as in Frappe 16
        delete = dataclasses.replace(delete, says="Not permitted", status=403)
    assert_refused(delete, client, plan)
    assert frappe.db.exists(doctype, name)


@pytest.fixture
def administrator() -> Iterator[None]:
    """This process acts as Administrator; what is refused then is refused to everybody."""
    fresh()
    frappe.flags.in_test = True
    yield
    fresh()


@pytest.mark.parametrize("right", ["write", "submit", "share"])
@pytest.mark.parametrize("doctype", ["SM Plan", "SM Plan Seal"])
def test_plans_and_seals_are_shared_for_reading_only(client, people, plan_in, administrator, doctype, right):
    """J6: not even by an administrator."""
    plan = plan_in("Active")
    name = plan if doctype == "SM Plan" else first("SM Plan Seal", plan=plan)
    with pytest.raises(frappe.PermissionError, match="can be shared for reading only."):
        frappe.get_doc(
            {
                "doctype": "DocShare",
                "share_doctype": doctype,
                "share_name": name,
                "user": people["nobody"],
                "read": 1,
                right: 1,
            }
        ).insert()


SETTERS = (
    ("SM Plan", "vision", "allow_on_submit", "1"),
    ("SM Plan", "lineage", "read_only", "0"),
    ("SM Plan", "why", "permlevel", "1"),
    ("SM Plan", "title", "ignore_xss_filter", "1"),
    ("SM Plan Seal", "", "is_submittable", "1"),
    ("SM Value Statement", "statement", "allow_on_submit", "1"),
)


@pytest.mark.parametrize(("doctype", "field", "property", "value"), SETTERS)
def test_nobody_loosens_a_doctype_of_the_app(client, plan_in, doctype, field, property, value):
    """N2: by the customisation of the site, which a System Manager has."""
    setter = {
        "doctype_or_field": "DocField" if field else "DocType",
        "doc_type": doctype,
        "field_name": field,
        "property": property,
        "value": value,
        "property_type": "Check",
    }
    put = Door(
        "N2",
        property,
        lambda client, _plan: client.create("Property Setter", **setter),
        "because the sign-off relies on it",
        status=403,
        by="system-manager",
    )
    assert_refused(put, client, plan_in("Active"))
    assert not frappe.db.exists("Property Setter", {"doc_type": doctype, "property": property})


def test_a_field_can_still_be_made_read_only(client):
    setter = {"doctype_or_field": "DocField", "doc_type": "SM Plan", "field_name": "vision"}
    made = client("system-manager").create(
        "Property Setter", **setter, property="read_only", value="1", property_type="Check"
    )
    assert made.status_code == 200, told(made)
    assert client("system-manager").delete("Property Setter", made.json()["data"]["name"]).status_code == 202


def test_the_timeline_is_closed_to_who_may_not_read_the_plan(client, plan_in):
    plan = plan_in("Active")
    before = facts(plan), traces(plan)
    for function in ("frappe.desk.form.load.get_docinfo", "frappe.desk.form.load.getdoc"):
        answer = client("nobody").get(f"/api/method/{function}", doctype="SM Plan", name=plan)
        assert (answer.status_code, says(answer, NO_RIGHT) or answer.status_code == 403) == (403, True)
    assert (facts(plan), traces(plan)) == before


WORK = {
    "assign": lambda client, plan, user: client.call(
        "frappe.desk.form.assign_to.add", doctype="SM Plan", name=plan, assign_to=[user], description="Read"
    ),
    "like": lambda client, plan, user: client.call(
        "frappe.desk.like.toggle_like", doctype="SM Plan", name=plan, add="Yes"
    ),
    "tag": lambda client, plan, user: client.call(
        "frappe.desk.doctype.tag.tag.add_tag", tag="doors", dt="SM Plan", dn=plan
    ),
}


@pytest.mark.parametrize("work", WORK)
def test_what_people_do_with_a_document_is_still_done(client, people, make_plan, work):
    """The guards are not in the way of assignments, likes and tags."""
    answer = WORK[work](client("author"), make_plan("Draft"), people["planner"])
    fresh()
    frappe.db.delete("ToDo", {"owner": people["author"]})
    frappe.db.delete("Tag Link", {"tag": "doors"})
    frappe.db.delete("Tag", {"name": "doors"})
    frappe.db.commit()
    assert answer.status_code == 200, told(answer)
