"""Doors to what lives between two signatures: facts of others, registers, and what the server says of them.

Of the plan that they are tried on, ``service-owner`` owns the objective and an improvement, in a role that plans nothing.
``other-sponsor`` may enter facts, and nothing in the plan is about him.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator

import frappe
import pytest
import requests
from http_kit import (
    BY_LINK,
    NO_RIGHT,
    Client,
    Door,
    assert_refused,
    assert_unchanged,
    facts,
    first,
    fresh,
    lineage,
    says,
    told,
    verify,
)

pytestmark = pytest.mark.commits

BULK = "frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs"
MEASUREMENT, IMPROVEMENT = "SM Measurement", "SM Improvement"
DAY = "2026-11-20"
OWNER, OTHER = "service-owner", "other-sponsor"
NOT_YOURS = "Only whom it is about, or a planner, can enter or change this."
STAYS = "What happened is corrected only by who entered it, within a day."
KEEPS_ID = ("keeps its ID", "not allowed to be renamed")
CONSTANT = "Value cannot be changed for"


@pytest.fixture(scope="module")
def plan(make_plan: Callable[..., str], client: Callable[[str], Client]) -> str:
    """A signed plan with a measurement that the owner of its objective entered just now."""
    name = make_plan("Active", owner=OWNER)
    entered = client(OWNER).create(MEASUREMENT, **measurement(name, DAY))
    assert entered.status_code == 200, told(entered)
    return name


def measurement(plan: str, day: str, **more: object) -> dict[str, object]:
    return {"objective": first("SM Objective", plan=plan), "day": day, "value": 7, **more}


def fact(plan: str, day: str = DAY) -> str:
    return first(MEASUREMENT, lineage=lineage(plan), day=day)


def action(plan: str, mine: bool = True) -> str:
    """An improvement that the owner of the objective answers for, or that another does."""
    owner = frappe.db.get_value("SM Plan", plan, "plan_owner")
    return first(IMPROVEMENT, lineage=lineage(plan), improvement_owner=owner if mine else ("!=", owner))


def stored(client: Client, plan: str, **changes: object) -> dict[str, object]:
    """The fact as the client gets it, with changes."""
    data = client.get(f"/api/resource/{MEASUREMENT}/{fact(plan)}").json()["data"]
    return {**data, **changes}


def new(plan: str) -> dict[str, object]:
    return {"doctype": MEASUREMENT, **measurement(plan, "2026-11-21")}


ENTERED = (
    Door("Z1", "POST", lambda client, plan: client.create(MEASUREMENT, **new(plan)), NOT_YOURS),
    Door(
        "Z1",
        "POST, with what the server says",
        lambda client, plan: client.create(
            MEASUREMENT, **new(plan), entered_by="The Owner", owner="x@example.org", lineage=lineage(plan)
        ),
        NOT_YOURS,
    ),
    Door(
        "Z1",
        "API v2",
        lambda client, plan: client.post(f"/api/v2/document/{MEASUREMENT}", **new(plan)),
        NOT_YOURS,
    ),
    *(
        Door("Z1", method, lambda client, plan, method=method: client.call(method, doc=new(plan)), NOT_YOURS)
        for method in ("frappe.client.insert", "frappe.client.save")
    ),
    Door(
        "Z1",
        "frappe.client.insert_many",
        lambda client, plan: client.call("frappe.client.insert_many", docs=[new(plan)]),
        NOT_YOURS,
    ),
    Door(
        "Z1",
        "the form",
        lambda client, plan: client.call(
            "frappe.desk.form.save.savedocs",
            doc={**new(plan), "__islocal": 1, "name": "new-1"},
            action="Save",
        ),
        NOT_YOURS,
    ),
    Door(
        "Z1",
        "a file to import",
        lambda client, plan: client.create(
            "Data Import", reference_doctype=MEASUREMENT, import_type="Insert"
        ),
        NO_RIGHT,
    ),
)


@pytest.mark.parametrize("door", ENTERED, ids=Door.named)
def test_nobody_measures_what_is_anothers(client, plan, door):
    assert_refused(_by(door, OTHER, 403), client, plan)


def _by(door: Door, by: str, status: int) -> Door:
    return Door(door.id, door.what, door.send, door.says, status=status, by=by)


def test_an_import_of_a_planner_says_that_it_was_entered_for_others(client, plan, people):
    """Z2: its file says that the owner did it himself"""
    importer = client("system-manager")
    rows = io.StringIO()
    values = measurement(plan, "2026-11-22", entered_by="", owner=people[OWNER])
    csv.writer(rows).writerows([list(values), list(values.values())])
    file = importer.create("File", file_name=f"{plan}-facts.csv", content=rows.getvalue(), is_private=1)
    made = importer.create(
        "Data Import",
        reference_doctype=MEASUREMENT,
        import_type="Insert New Records",
        import_file=file.json()["data"]["file_url"],
    )
    assert made.status_code == 200, told(made)
    name = made.json()["data"]["name"]
    from frappe.core.doctype.data_import.importer import Importer  # which opens a log of the site

    fresh()
    frappe.set_user(people["system-manager"])
    try:
        Importer(MEASUREMENT, data_import=frappe.get_doc("Data Import", name)).import_data()
    finally:
        frappe.flags.in_import = False
        fresh()
        frappe.delete_doc("Data Import", name)
        frappe.db.commit()

    entered = frappe.db.get_value(
        MEASUREMENT, fact(plan, "2026-11-22"), ["owner", "entered_by"], as_dict=True
    )
    assert (entered.owner, entered.entered_by) == (people["system-manager"], "system-manager")


CHANGES = {
    "PUT": lambda client, plan: client.put(MEASUREMENT, fact(plan), value=1),
    "set_value": lambda client, plan: client.call(
        "frappe.client.set_value", doctype=MEASUREMENT, name=fact(plan), fieldname="value", value=1
    ),
    "set_value of another's objective": lambda client, plan: client.call(
        "frappe.client.set_value",
        doctype=MEASUREMENT,
        name=fact(plan),
        fieldname={"objective": "", "value_statement": "Another", "value": 1},
    ),
    "client.save": lambda client, plan: client.call("frappe.client.save", doc=stored(client, plan, value=1)),
    "the form": lambda client, plan: client.call(
        "frappe.desk.form.save.savedocs", doc=stored(client, plan, value=1), action="Save"
    ),
    "API v2": lambda client, plan: client.session.patch(
        f"{client.address}/api/v2/document/{MEASUREMENT}/{fact(plan)}", json={"value": 1}
    ),
}
"""Ways to change a fact that answer for what they did."""


BULKS = {
    "client.bulk_update": lambda client, plan: client.call(
        "frappe.client.bulk_update", docs=[{"doctype": MEASUREMENT, "docname": fact(plan), "value": 1}]
    ),
    "bulk edit of the list": lambda client, plan: client.call(
        BULK, doctype=MEASUREMENT, docnames=[fact(plan)], action="update", data={"value": 1}
    ),
}
"""Those that answer with what failed."""


@pytest.mark.parametrize("by", [OTHER, "planner", "author", "system-manager"])
@pytest.mark.parametrize("change", CHANGES)
def test_nobody_corrects_what_another_entered(client, plan, change, by):
    """Z3"""
    door = Door("Z3", change, CHANGES[change], (NOT_YOURS, STAYS), status=403, by=by)
    assert_refused(door, client, plan)


@pytest.mark.parametrize("by", [OTHER, "planner", "author"])
@pytest.mark.parametrize("change", BULKS)
def test_nobody_corrects_together_what_others_entered(client, plan, change, by):
    """Z3"""
    with assert_unchanged(plan):
        answer = BULKS[change](client(by), plan)
    assert fact(plan) in answer.text, told(answer)


@pytest.fixture
def old(plan: str) -> Iterator[None]:
    """The fact is older than a day."""
    name = fact(plan)
    creation = frappe.db.get_value(MEASUREMENT, name, "creation")
    past = frappe.utils.add_to_date(creation, hours=-25)
    frappe.db.set_value(MEASUREMENT, name, "creation", past, update_modified=False)
    frappe.db.commit()
    yield
    fresh()
    frappe.db.set_value(MEASUREMENT, name, "creation", creation, update_modified=False)
    frappe.db.commit()


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_day_a_fact_stays_as_its_author_entered_it(client, plan, old, change):
    """Z4"""
    assert_refused(
        Door("Z4", change, CHANGES[change], (STAYS, NOT_YOURS), status=403, by=OWNER), client, plan
    )


FORGED = {"owner": "x@example.org", "creation": "2099-01-01 00:00:00"}


@pytest.mark.parametrize("field", FORGED)
@pytest.mark.parametrize("by", [OWNER, "planner"])
def test_no_request_makes_a_fact_fresh_or_ones_own(client, plan, people, old, field, by):
    """Z4"""
    mine = people[by] if field == "owner" else FORGED[field]
    forged = {field: mine, "value": 1}
    for send in (
        lambda client, plan: client.put(MEASUREMENT, fact(plan), **forged),
        lambda client, plan: client.call("frappe.client.save", doc=stored(client, plan, **forged)),
        lambda client, plan: client.call(
            "frappe.client.set_value", doctype=MEASUREMENT, name=fact(plan), fieldname=forged
        ),
    ):
        with assert_unchanged(plan):
            answer = send(client(by), plan)
        assert answer.status_code in (403, 417), told(answer)
        assert says(answer, (STAYS, CONSTANT)), told(answer)


RENAMES = {
    "client.rename_doc": lambda client, doctype, name: client.call(
        "frappe.client.rename_doc", doctype=doctype, old_name=name, new_name=f"{name}-x"
    ),
    "the form": lambda client, doctype, name: client.call(
        "frappe.model.rename_doc.update_document_title", doctype=doctype, docname=name, name=f"{name}-x"
    ),
    "run_method": lambda client, doctype, name: client.post(
        f"/api/resource/{doctype}/{name}", run_method="rename", name=f"{name}-x"
    ),
}


@pytest.mark.parametrize("by", [OWNER, "author"])
@pytest.mark.parametrize("rename", RENAMES)
def test_what_lives_with_a_plan_keeps_its_name(client, plan, rename, by):
    """Z5: by renaming, a fact would be another's"""
    for doctype, name in (
        (MEASUREMENT, fact(plan)),
        (IMPROVEMENT, action(plan)),
        ("SM Lineage", lineage(plan)),
    ):
        with assert_unchanged(plan):
            answer = RENAMES[rename](client(by), doctype, name)
        assert answer.status_code in (403, 417), told(answer)
        assert says(answer, (*KEEPS_ID, *NO_RIGHT, "not whitelisted", "is not permitted")), told(answer)


OF_SERVER = {
    "who entered a fact": (MEASUREMENT, {"entered_by": "Somebody Else"}),
    "of which plan a fact is": (MEASUREMENT, {"lineage": "ELSEWHERE"}),
    "of which plan an improvement is": (IMPROVEMENT, {"lineage": "ELSEWHERE"}),
    "what is in force": ("SM Lineage", {"active": "ELSEWHERE", "draft": "ELSEWHERE"}),
    "of which company a plan is": ("SM Lineage", {"company": "Mine", "title": "Mine", "lineage": "x"}),
    "what was put before the sponsor": ("SM Plan", {"frozen": "{}"}),
}
"""DocType and values that the server alone sets; ``ELSEWHERE`` stands for another plan, and its lineage."""


@pytest.mark.parametrize("by", [OWNER, "author"])
@pytest.mark.parametrize("what", OF_SERVER)
def test_what_the_server_says_is_not_for_a_client_to_say(client, plan, plan_in, what, by):
    """Z6"""
    doctype, wanted = OF_SERVER[what]
    names = {MEASUREMENT: fact(plan), IMPROVEMENT: action(plan), "SM Lineage": lineage(plan), "SM Plan": plan}
    name, elsewhere = names[doctype], plan_in("Draft")
    values = {field: value.replace("ELSEWHERE", elsewhere) for field, value in wanted.items()}
    before = frappe.db.get_value(doctype, name, list(values))

    answers = [
        client(by).put(doctype, name, **values),
        client(by).call("frappe.client.set_value", doctype=doctype, name=name, fieldname=values),
        client(by).call("frappe.client.bulk_update", docs=[{"doctype": doctype, "docname": name, **values}]),
    ]

    fresh()
    assert all(answer.status_code in (200, 403, 417) for answer in answers), [*map(told, answers)]
    assert frappe.db.get_value(doctype, name, list(values)) == before


def assert_holds(client: Callable[[str], Client], plan: str) -> None:
    """Nothing that is signed has changed."""
    verified = verify(client("auditor"), plan)
    assert (verified["intact"], verified["drift"]) == (True, [])


DELETES = {
    "REST": lambda client, doctype, name: client.delete(doctype, name),
    "API v2": lambda client, doctype, name: client.session.delete(
        f"{client.address}/api/v2/document/{doctype}/{name}"
    ),
    "client.delete": lambda client, doctype, name: client.call(
        "frappe.client.delete", doctype=doctype, name=name
    ),
    "the list": lambda client, doctype, name: client.call(
        "frappe.desk.reportview.delete_items", doctype=doctype, items=[name]
    ),
}


@pytest.mark.parametrize("by", [OTHER, "planner", "author"])
@pytest.mark.parametrize("door", DELETES)
def test_nobody_deletes_what_another_entered(client, plan, door, by):
    """Z7"""
    before = facts(plan)
    answer = DELETES[door](client(by), MEASUREMENT, fact(plan))
    assert facts(plan) == before
    assert door == "the list" or (answer.status_code, says(answer, (NOT_YOURS, STAYS))) == (403, True)


@pytest.mark.parametrize("by", [OWNER, "author"])
@pytest.mark.parametrize("door", DELETES)
def test_after_a_day_nobody_deletes_a_fact(client, plan, old, door, by):
    """Z7"""
    before = facts(plan)
    DELETES[door](client(by), MEASUREMENT, fact(plan))
    assert facts(plan) == before


@pytest.mark.parametrize("by", [OWNER, OTHER, "auditor"])
@pytest.mark.parametrize("door", DELETES)
def test_an_entry_of_a_register_of_a_signed_plan_is_deleted_by_planners_alone(client, plan, door, by):
    """Z8"""
    before = facts(plan)
    answer = DELETES[door](client(by), IMPROVEMENT, action(plan))
    assert facts(plan) == before
    assert door == "the list" or (answer.status_code, says(answer, NO_RIGHT)) == (403, True), told(answer)


def test_a_planner_deletes_an_entry_and_the_signature_holds(client, plan):
    made = client("planner").create(IMPROVEMENT, lineage=lineage(plan), title="For a moment")
    assert made.status_code == 200, told(made)
    gone = client("planner").delete(IMPROVEMENT, made.json()["data"]["name"])
    assert gone.status_code == 202, told(gone)
    assert_holds(client, plan)


def test_who_answers_for_an_action_moves_it_and_no_other(client, plan):
    """Z9: changing another's, or taking it over"""
    owner = frappe.db.get_value("SM Plan", plan, "plan_owner")
    for by, name, values in (
        (OTHER, action(plan), {"title": "Mine"}),
        (OWNER, action(plan, mine=False), {"title": "Mine"}),
        (OWNER, action(plan, mine=False), {"improvement_owner": owner}),
        (OTHER, action(plan), {"improvement_owner": ""}),
    ):
        with assert_unchanged(plan):
            answer = client(by).put(IMPROVEMENT, name, **values)
        assert (answer.status_code, says(answer, NOT_YOURS)) == (403, True), told(answer)
    assert client(OWNER).put(IMPROVEMENT, action(plan), benefit_actual=3).status_code == 200
    assert_holds(client, plan)


LINKS = {
    "bulk update": lambda client, doctype, name: client.get(
        f"/api/method/{BULK}", doctype=doctype, docnames=[name], action="update", data={"docstatus": 0}
    ),
    "the same by cmd": lambda client, doctype, name: client.get(
        "/", cmd=BULK, doctype=doctype, docnames=[name], action="update", data={"docstatus": 0}
    ),
    "API v2": lambda client, doctype, name: client.get(
        f"/api/v2/method/{BULK}", doctype=doctype, docnames=[name], action="update", data={"docstatus": 0}
    ),
    "delete of the list": lambda client, doctype, name: client.get(
        "/api/method/frappe.desk.reportview.delete_items", doctype=doctype, items=[name]
    ),
}


@pytest.mark.parametrize("link", LINKS)
def test_a_link_changes_nothing_that_lives_with_a_plan(client, plan, link):
    """Z10: followed by who may"""
    for doctype, name, by in (
        (MEASUREMENT, fact(plan), OWNER),
        (IMPROVEMENT, action(plan), "author"),
        ("SM Lineage", lineage(plan), "author"),
    ):
        before = facts(plan)
        answer = LINKS[link](client(by), doctype, name)
        assert facts(plan) == before
        assert answer.status_code in (200, 403), told(answer)
        assert answer.status_code == 403 or says(answer, BY_LINK) or name in answer.text, told(answer)


def attach(client: Client, doctype: str, name: str, by: str) -> requests.Response:
    return client.create(
        "File",
        file_name=f"{by}-{frappe.generate_hash(length=6)}.txt",
        content=f"{name} {by}",
        is_private=1,
        attached_to_doctype=doctype,
        attached_to_name=name,
    )


def test_files_of_what_lives_with_a_signed_plan_are_for_who_may_write_it(client, plan):
    """Z11"""
    for doctype, name, by, may in (
        (IMPROVEMENT, action(plan), OWNER, True),
        (IMPROVEMENT, action(plan), "planner", True),
        (IMPROVEMENT, action(plan), OTHER, False),
        (IMPROVEMENT, action(plan, mine=False), OWNER, False),
        (MEASUREMENT, fact(plan), OWNER, True),
        (MEASUREMENT, fact(plan), OTHER, False),
        (MEASUREMENT, fact(plan), "planner", False),
        (MEASUREMENT, fact(plan), "auditor", False),
    ):
        answer = attach(client(by), doctype, name, by)
        assert answer.status_code == (200 if may else 403), (doctype, by, told(answer))
    assert_holds(client, plan)


def test_after_a_day_no_file_is_added_to_a_fact_or_taken_from_it(client, plan, old):
    """Z11"""
    owner, name = client(OWNER), fact(plan)
    answer = attach(owner, MEASUREMENT, name, OWNER)
    assert (answer.status_code, says(answer, STAYS)) == (403, True), told(answer)
    for file in frappe.get_all("File", {"attached_to_name": name}, pluck="name"):
        assert owner.delete("File", file).status_code == 403
        assert frappe.db.exists("File", file)


@pytest.mark.parametrize("to", [OTHER, "nobody", "auditor"])
def test_a_share_makes_nobody_write_a_fact_or_another_s_action(client, plan, people, to):
    """Z12"""
    author = client("author")
    try:
        for doctype, name in ((MEASUREMENT, fact(plan)), (IMPROVEMENT, action(plan))):
            author.call(
                "frappe.share.add", doctype=doctype, name=name, user=people[to], read=1, write=1, share=1
            )
            with assert_unchanged(plan):
                answer = client(to).put(doctype, name, value=1, title="Mine")
            assert answer.status_code == 403, told(answer)
    finally:
        fresh()
        frappe.db.delete("DocShare", {"user": people[to]})
        frappe.db.commit()
