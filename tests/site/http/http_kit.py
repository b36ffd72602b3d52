"""What the tests over HTTP work with: sessions, signing, and the facts that an attack must leave alone."""

from __future__ import annotations

import json
from typing import Any

import frappe
import requests

from sm_planner.adapters import plan_documents
from sm_planner.engine import canonical

PASSWORD = "Planner-2027!"


def fresh() -> None:
    """Forget what this process knows of the database."""
    frappe.db.rollback()
    frappe.set_user("Administrator")
    frappe.db.value_cache.clear()
    frappe.local.cache.clear()
    frappe.local.role_permissions = {}
    frappe.cache.delete_keys("document_cache::")


class Client:
    """One user's session with the site."""

    def __init__(self, address: str, user: str | None):
        self.address = address
        self.session = requests.Session()
        if user:
            answer = self.post("/api/method/login", usr=user, pwd=PASSWORD)
            assert answer.status_code == 200, answer.text

    def get(self, path: str, /, **parameters: Any) -> requests.Response:
        return self.session.get(self.address + path, params=_plain(parameters), timeout=60)

    def post(self, path: str, /, **values: Any) -> requests.Response:
        return self.session.post(self.address + path, data=_plain(values), timeout=60)

    def call(self, method: str, /, **values: Any) -> requests.Response:
        return self.post(f"/api/method/{method}", **values)

    def put(self, doctype: str, name: str, /, **values: Any) -> requests.Response:
        return self.session.put(f"{self.address}/api/resource/{doctype}/{name}", json=values, timeout=60)

    def create(self, doctype: str, /, **values: Any) -> requests.Response:
        return self.session.post(f"{self.address}/api/resource/{doctype}", json=values, timeout=60)

    def delete(self, doctype: str, name: str) -> requests.Response:
        return self.session.delete(f"{self.address}/api/resource/{doctype}/{name}", timeout=60)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in values.items()}


def seen_hash(client: Client, plan: str) -> str:
    answer = client.get("/api/method/sm_planner.api.sign_off_summary", plan=plan)
    return answer.json()["message"]["seen_hash"]


def sign(client: Client, plan: str, **changes: str) -> requests.Response:
    values = {
        "seen_hash": changes.get("seen_hash") or seen_hash(client, plan),
        "password": PASSWORD,
        "meaning": "I approve this plan and fund it.",
        **changes,
    }
    return client.call("sm_planner.api.sign", plan=plan, **values)


def arrived(answer: requests.Response) -> bool:
    """Whether a request came to a door at all: what does not exist or fails by itself proves nothing."""
    return answer.status_code < 500 and answer.status_code != 404


def facts(plan: str) -> dict[str, Any]:
    """Everything about a plan that an attack must leave as it was."""
    fresh()
    row = frappe.db.get_value(
        "SM Plan", plan, ["state", "docstatus", "executive_sponsor", "contributors", "version"], as_dict=True
    )
    loaded = plan_documents.load(plan)
    return {
        **row,
        "content": canonical.content_hash(loaded),
        "rows": frappe.get_all("SM Value Statement", {"parent": plan}, pluck="name", order_by="idx asc"),
        "seals": [seal.seal_hash for seal in loaded.seals],
    }
