"""What the tests over HTTP work with: sessions, plans of their own, doors, and what must stay as it was."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import frappe
import openpyxl
import requests
from frappe.utils.password import update_password

from sm_planner.adapters import plan_reader
from sm_planner.adapters.evidence import sign_off_events
from sm_planner.adapters.site import doctypes
from sm_planner.engine import plan_file
from sm_planner.engine.model import COLLECTIONS, Plan, Settings
from sm_planner.engine.model.fields import specs
from sm_planner.engine.sealing import canonical

PASSWORD = "Planner-2027!"
MEANING = "I approve this plan and fund it."
WHO_HAS = {
    "SM Planner Manager": "author",
    "SM Planner User": "planner",
    "SM Service Owner": "service-owner",
    "SM Executive Sponsor": "sponsor",
    "SM Auditor": "auditor",
    "SM Portal Stakeholder": "stakeholder",
    "System Manager": "system-manager",
}
"""Role → who has it alone."""
API = "/api/method/sm_planner.api"
PATIENCE = 300
"""Seconds that a busy machine may take for one answer."""


def fresh() -> None:
    """Forget what this process knows of the database."""
    frappe.db.rollback()
    frappe.set_user("Administrator")
    frappe.db.value_cache.clear()
    frappe.local.cache.clear()
    frappe.local.role_permissions = {}
    frappe.cache.delete_keys("document_cache::")


class Client:
    """One user's session with the site, or a guest's."""

    def __init__(self, address: str, user: str = ""):
        self.address = address
        self.session = requests.Session()
        if user:
            answer = self.post("/api/method/login", usr=user, pwd=PASSWORD)
            assert answer.status_code == 200, answer.text

    def get(self, path: str, /, **parameters: Any) -> requests.Response:
        return self.session.get(self.address + path, params=_plain(parameters), timeout=PATIENCE)

    def post(self, path: str, /, **values: Any) -> requests.Response:
        return self.session.post(self.address + path, data=_plain(values), timeout=PATIENCE)

    def call(self, method: str, /, **values: Any) -> requests.Response:
        return self.post(f"/api/method/{method}", **values)

    def put(self, doctype: str, name: str, /, **values: Any) -> requests.Response:
        return self.session.put(
            f"{self.address}/api/resource/{doctype}/{name}", json=values, timeout=PATIENCE
        )

    def create(self, doctype: str, /, **values: Any) -> requests.Response:
        return self.session.post(f"{self.address}/api/resource/{doctype}", json=values, timeout=PATIENCE)

    def delete(self, doctype: str, name: str, /) -> requests.Response:
        return self.session.delete(f"{self.address}/api/resource/{doctype}/{name}", timeout=PATIENCE)


def with_key(server: str, user: str) -> Client:
    """Requests with an API key of an account, without a session."""
    fresh()
    token = frappe.generate_hash(length=15)
    account = frappe.get_doc("User", user)
    account.api_key = account.api_secret = token
    account.save()
    frappe.db.commit()
    client = Client(server)
    client.session.headers["Authorization"] = f"token {token}:{token}"
    return client


def taken_over(server: str, user: str) -> Client:
    """The session of an administrator who takes the place of an account, by the impersonation of Frappe."""
    fresh()
    password_before = frappe.db.sql("select password from __Auth where name='Administrator'")[0][0]
    update_password("Administrator", PASSWORD)
    outgoing = {
        "enable_outgoing": 1,
        "default_outgoing": 1,
        "email_id": "site@example.org",
        "smtp_server": "x",
    }
    account = {"doctype": "Email Account", "name": "Doors", "email_account_name": "Doors", **outgoing}
    frappe.get_doc(account).db_insert()  # Frappe 16 mails whose place is taken, and refuses where it cannot
    frappe.db.commit()
    try:
        administrator = Client(server, "Administrator")
        method = "frappe.core.doctype.user.user.impersonate"
        taken = administrator.call(method, user=user, reason="To act for him")
        assert taken.status_code == 200, told(taken)
    finally:
        fresh()
        frappe.db.sql("update __Auth set password=%s where name='Administrator'", password_before)
        frappe.db.delete("Email Account", {"name": "Doors"})
        frappe.db.commit()
    return administrator


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in values.items()}


def told(answer: requests.Response) -> str:
    """All that an answer says. Frappe packs its messages into JSON within JSON."""

    def unfold(value: Any) -> str:
        if isinstance(value, dict):
            return "\n".join(map(unfold, value.values()))
        if isinstance(value, list):
            return "\n".join(map(unfold, value))
        try:
            inner = json.loads(value)
        except (TypeError, ValueError):
            return str(value)
        return unfold(inner) if isinstance(inner, (dict, list)) else str(inner)

    return unfold(answer.text)


def document(client: Client, plan: str, **changes: Any) -> dict[str, Any]:
    """The document of a plan as the client gets it, with changes."""
    return {**client.get(f"/api/resource/SM Plan/{plan}").json()["data"], **changes}


Request = Callable[[Client, str], requests.Response]
"""What somebody sends about a plan: with whose session, and the name of the plan."""


def put_plan(**values: Any) -> Request:
    return lambda client, plan: client.put("SM Plan", plan, **values)


def delete_plan() -> Request:
    return lambda client, plan: client.delete("SM Plan", plan)


def put_part(doctype: str, /, **values: Any) -> Request:
    """Of what belongs to the plan the first."""
    return lambda client, plan: client.put(doctype, first(doctype, plan=plan), **values)


def delete_part(doctype: str, /) -> Request:
    return lambda client, plan: client.delete(doctype, first(doctype, plan=plan))


def create_part(doctype: str, /, **values: Any) -> Request:
    return lambda client, plan: client.create(doctype, plan=plan, **values)


def delete_entry(doctype: str, /) -> Request:
    """Of what lives with the plan, whatever its version, the first."""
    return lambda client, plan: client.delete(doctype, first(doctype, lineage=lineage(plan)))


def lineage(plan: str) -> str:
    return frappe.db.get_value("SM Plan", plan, "lineage")


def attached(plan: str, **changes: object) -> dict:
    """The values of a file at a plan."""
    values = {"attached_to_doctype": "SM Plan", "attached_to_name": plan, "is_private": 1}
    return {"file_name": f"{plan}.txt", "content": plan, **values, **changes}


def call_about(method: str, named: str, /, **values: Any) -> Request:
    """A function of Frappe's or ours. named: its parameter that names the plan."""
    return lambda client, plan: client.call(method, **{named: plan}, **values)


def seen_hash(client: Client, plan: str) -> str:
    return client.get(f"{API}.sign_off_summary", plan=plan).json()["message"]["seen_hash"]


def sign(client: Client, plan: str, **changes: str) -> requests.Response:
    """Sign a plan as it stands."""
    values = {"password": PASSWORD, "meaning": MEANING, **changes}
    if "seen_hash" not in values:
        values["seen_hash"] = seen_hash(client, plan)
    return client.call("sm_planner.api.sign", plan=plan, **values)


def delegate(client: Client, sponsored: str, deputy: str, **changes: Any) -> requests.Response:
    """Let a deputy sign for the sponsor of a plan."""
    today = frappe.utils.getdate()
    values = {
        "principal": frappe.db.get_value("SM Plan", sponsored, "executive_sponsor"),
        "deputy": deputy,
        "valid_from": str(today),
        "valid_to": str(frappe.utils.add_days(today, 7)),
        "reason": "I am on leave for a week.",
    }
    return client.create("SM Delegation", **{**values, **changes})


def verify(client: Client, plan: str) -> dict[str, Any]:
    return client.get(f"{API}.verify", plan=plan).json()["message"]


def move(client: Client, plan: str, *actions: str) -> None:
    """Take a plan through steps of its workflow."""
    for action in actions:
        plan_document = document(client, plan)
        moved = client.call("frappe.model.workflow.apply_workflow", doc=plan_document, action=action)
        assert moved.status_code == 200, told(moved)


def export(client: Client, plan: str) -> Plan:
    """A plan of the site by its plan file."""
    return plan_file.loads(client.get(f"{API}.export_plan", plan=plan).text, f"{plan}.yaml")


def import_plan(client: Client, plan: Plan) -> None:
    """Make a plan of the site by a plan file."""
    text = plan_file.dumps(plan)
    file = client.create("File", file_name=f"{plan.id}.yaml", content=text, is_private=1).json()["data"]
    made = client.call("sm_planner.api.import_plan", file_url=file["file_url"])
    assert made.json().get("message") == plan.id, told(made)


def own_plan(plan: Plan, name: str, accounts: dict[str, str]) -> Plan:
    """The plan under another id, with records that it shares with no other plan.

    accounts: id of a person → user account; everybody else has none.
    """
    collections = {
        collection: tuple(_under(name, record) for record in getattr(plan, collection))
        for collection in COLLECTIONS
    }
    collections["people"] = tuple(
        dataclasses.replace(_under(name, person), user=accounts.get(person.id, "")) for person in plan.people
    )
    header = dataclasses.replace(_under(name, plan), id=name, lineage=name)
    return dataclasses.replace(header, **collections, settings=Settings())


def _under(name: str, record: Any) -> Any:
    """The record with all ids in it, its own and those it links to, under a name."""
    changes: dict[str, Any] = {}
    for field, spec in specs(type(record)).items():
        value = getattr(record, field)
        if spec.kind in ("key", "link") and value:
            changes[field] = f"{name}-{value}"
        elif spec.kind == "links":
            changes[field] = tuple(f"{name}-{id}" for id in value)
        elif spec.kind == "rows":
            changes[field] = tuple(_under(name, row) for row in value)
    return dataclasses.replace(record, **changes)


@dataclass(frozen=True)
class Door:
    """One way in that a plain Frappe sign-off leaves open.

    id: that of docs/security.md. send: makes the request. says: part of the refusal, or parts of which it has one.
    by: who tries.
    """

    id: str
    what: str
    send: Request
    says: str | tuple[str, ...]
    status: int = 417
    by: str = "boss"

    def named(self) -> str:
        return f"{self.id} {self.what}"


BY_LINK = "A link cannot make changes."
NO_RIGHT = (
    "does not have access to this document",
    "does not have doctype access via role permission",
    "Document Type is not submittable",
)
"""What the versions of Frappe say to who has not the right."""


def says(answer: requests.Response, words: str | tuple[str, ...]) -> bool:
    """Whether an answer has the words, or one of these."""
    return any(one in told(answer) for one in ((words,) if isinstance(words, str) else words))


@contextmanager
def assert_unchanged(plan: str) -> Iterator[None]:
    """What the block does leaves a plan, and what tells of it, as it was."""
    before = facts(plan), traces(plan)
    yield
    assert (facts(plan), traces(plan)) == before


def assert_refused(door: Door, client: Callable[[str], Client], plan: str) -> None:
    """Try a door: the answer is the refusal, and nothing has changed."""
    before = facts(plan)
    answer = door.send(client(door.by), plan)
    assert facts(plan) == before
    assert (answer.status_code, says(answer, door.says)) == (door.status, True), told(answer)


def without_right(door: Door) -> Door:
    """The same door for who has not even the right: then Frappe itself refuses."""
    return dataclasses.replace(door, says=NO_RIGHT, status=door.status if door.status == 200 else 403)


def events(plan: str) -> list[tuple[str, str, str]]:
    """What the log says of a plan: act, outcome and user, the oldest first."""
    fresh()
    return [(event.act, event.outcome, event.user) for event in sign_off_events.log(plan)]


def facts(plan: str) -> dict[str, Any]:
    """Everything about a plan that an attack must leave as it was, down to the row of the database.

    They are read anew only after a table that they come from has changed.
    """
    fresh()
    now = _fingerprint()
    if plan not in _known or _known[plan][0] != now:
        _known[plan] = now, _facts(plan)
    return dict(_known[plan][1])


_known: dict[str, tuple[Any, dict[str, Any]]] = {}
"""Plan → fingerprint of the tables, and facts at that time."""


def _fingerprint() -> Any:
    """Equal as long as no row is other that a plan, its parts or its records are read from."""
    holders = {*doctypes.RECORDS, doctypes.SEAL, doctypes.LINEAGE} - {doctypes.SETTINGS}
    rows = {table.options for holder in holders for table in frappe.get_meta(holder).get_table_fields()}
    names = ", ".join(f"`tab{name}`" for name in sorted(holders | rows))
    checksums = frappe.db.sql(f"checksum table {names}, `tabSingles`")  # no input
    assert all(number is not None for _table, number in checksums), "a table cannot be read"
    return checksums, frappe.db.sql("select name, enabled, user_type from tabUser order by name")


def _facts(plan: str) -> dict[str, Any]:
    read = plan_reader.load(plan)
    found: dict[str, Any] = {
        "content": canonical.content_hash(read),
        "settings": read.settings,
        "accounts": [(one.id, one.user, one.enabled) for one in read.people],
    }
    found.update(_rows(doctypes.PLAN, "name", plan))
    for part in doctypes.PARTS:
        found.update(_rows(doctypes.DOCTYPES[part], "plan", plan))
    found.update(_rows(doctypes.LINEAGE, "name", read.lineage))
    for living in doctypes.OF_LINEAGE:
        found.update(_rows(living, "lineage", read.lineage))
    found.update(_rows(doctypes.SEAL, "plan", plan))
    found["plans"] = frappe.db.count(doctypes.PLAN)
    found["seals"] = frappe.db.count(doctypes.SEAL)
    return found


def _rows(doctype: str, field: str, plan: str) -> dict[str, Any]:
    found = {doctype: frappe.get_all(doctype, {field: plan}, ["*"], order_by="name asc")}
    names = [row.name for row in found[doctype]]
    for table in frappe.get_meta(doctype).get_table_fields():
        held = {"parenttype": doctype, "parent": ("in", names), "parentfield": table.fieldname}
        found[f"{doctype} {table.fieldname}"] = frappe.get_all(
            table.options, held, ["*"], order_by="name asc"
        )
    return found


def traces(plan: str) -> dict[str, list[Any]]:
    """What tells of a plan: timeline, files, shares, versions."""
    fresh()
    about = {
        "Comment": ("reference_doctype", "reference_name"),
        "Communication": ("reference_doctype", "reference_name"),
        "DocShare": ("share_doctype", "share_name"),
        "File": ("attached_to_doctype", "attached_to_name"),
        "Version": ("ref_doctype", "docname"),
    }
    return {
        log: frappe.get_all(log, {kind: doctypes.PLAN, name: plan}, ["*"], order_by="name asc")
        for log, (kind, name) in about.items()
    }


def state(plan: str) -> tuple[str, int, int]:
    """State, document status, and number of seals of a plan's lineage."""
    fresh()
    row = frappe.db.get_value(doctypes.PLAN, plan, ["state", "docstatus", "lineage"], as_dict=True)
    return row.state, row.docstatus, frappe.db.count(doctypes.SEAL, {"lineage": row.lineage})


def first(doctype: str, **filters: Any) -> str:
    """The name of a document or row, always the same one."""
    return frappe.get_all(doctype, filters, pluck="name", order_by="name asc", limit=1)[0]


def draft_beside(plan: str) -> str:
    """A draft of the same run."""
    return first("SM Plan", state="Draft", name=("like", f"{plan.rpartition('-')[0]}-%"))


def in_file(rows: list[list[object]], kind: str) -> bytes:
    if kind == "csv":
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        return text.getvalue().encode()
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def imported(
    doctype: str,
    rows: list[list[object]],
    name: str,
    kind: str = "csv",
    import_type: str = "Insert New Records",
) -> list[dict]:
    """The log of a Data Import of these rows, the first of which are the headings."""
    from frappe.core.doctype.data_import.importer import Importer  # which opens a log of the site

    file = frappe.get_doc(
        {
            "doctype": "File",
            "file_name": f"{name}.{kind}",
            "content": in_file(rows, kind),
            "is_private": 1,
        }
    ).insert()
    doc = frappe.get_doc(
        {
            "doctype": "Data Import",
            "reference_doctype": doctype,
            "import_type": import_type,
            "import_file": file.file_url,
        }
    ).insert()
    frappe.db.commit()
    try:
        Importer(doctype, data_import=doc).import_data()
        return frappe.get_all(
            "Data Import Log",
            {"data_import": doc.name},
            ["success", "docname", "messages", "row_indexes"],
            order_by="log_index asc",
        )
    finally:
        frappe.flags.in_import = False
        frappe.delete_doc("Data Import", doc.name)
        frappe.delete_doc("File", file.name)
        frappe.db.commit()
