"""Tests on a real site: SM_PLANNER_TEST_SITE names it, SM_PLANNER_BENCH the bench that it is on.

They run with the bench's own Python, each in one transaction that is rolled back. The site must allow tests.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from sm_planner.adapters import plan_reader
from sm_planner.adapters.documents import plan_writer
from sm_planner.engine import plan_file
from sm_planner.engine.examples import example_path
from sm_planner.engine.model import Plan, Settings
from sm_planner.engine.sealing import canonical

SITE = os.environ.get("SM_PLANNER_TEST_SITE")
BENCH = Path(os.environ.get("SM_PLANNER_BENCH", "~/frappe-bench")).expanduser()

PASSWORD = "Planner-2027!"
MEANING = "I approve this plan and fund it."

if SITE:
    import frappe
    from frappe.utils.password import get_encryption_key, update_password

    from sm_planner.adapters.evidence import kept_heads, seal_keys
    from sm_planner.adapters.signing import sign_off


class NeedsSite(pytest.Module):
    """A module of tests that cannot run here."""

    def collect(self):
        pytest.skip("SM_PLANNER_TEST_SITE names no site", allow_module_level=True)


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    return None if SITE else NeedsSite.from_parent(parent, path=module_path)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that commit come last: until their end they leave on the site what the others do not expect there."""
    items.sort(key=lambda item: item.get_closest_marker("commits") is not None)


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    os.chdir(BENCH / "sites")
    frappe.init(site=SITE, sites_path=".")
    if not frappe.conf.allow_tests:
        pytest.exit(f"{SITE} does not allow tests: bench --site {SITE} set-config allow_tests 1", 2)
    frappe.connect()
    get_encryption_key()  # made now where there is none, so that the server has the same
    yield SITE
    frappe.destroy()


@pytest.fixture(autouse=True)
def commits(site: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bool]]:
    """One transaction for each test; the list shows whether the code under test tried to commit it."""
    _begin_anew()
    frappe.flags.in_test = True
    if hasattr(frappe, "in_test"):
        monkeypatch.setattr(frappe, "in_test", True)
    tried: list[bool] = []
    monkeypatch.setattr(frappe.local.db, "commit", lambda *args, **kwargs: tried.append(True))
    yield tried
    monkeypatch.undo()
    _begin_anew()


@pytest.fixture(autouse=True)
def heads_of_this_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file in which this process keeps heads: one for each test, as what it signs is rolled back."""
    file = tmp_path / kept_heads.FILE
    monkeypatch.setattr(kept_heads, "path", lambda: file)
    monkeypatch.setattr(kept_heads, "WRITTEN", f"{kept_heads.WRITTEN}_of_a_test")
    return file


def _begin_anew() -> None:
    """Roll back, and forget what caches keep of it."""
    frappe.db.after_rollback.reset()  # what was refused is then written and committed
    frappe.db.rollback()
    frappe.set_user("Administrator")
    frappe.clear_messages()
    frappe.db.value_cache.clear()
    frappe.local.cache.clear()
    frappe.local.role_permissions = {}
    frappe.cache.delete_keys("document_cache::")


@pytest.fixture
def acting_as() -> Callable[[str], AbstractContextManager[None]]:
    """A context in which another user acts."""

    @contextmanager
    def act(user: str) -> Iterator[None]:
        before = frappe.session.user
        frappe.set_user(user)
        try:
            yield
        finally:
            frappe.set_user(before)

    return act


@pytest.fixture
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the file with the seal keys, which stands in its place."""
    copy = tmp_path / "keys" / "site.json"
    copy.parent.mkdir()
    copy.write_bytes(seal_keys.path().read_bytes())
    monkeypatch.setattr(seal_keys, "path", lambda: copy)
    return copy


@pytest.fixture
def count_queries() -> Callable[[], AbstractContextManager[list[str]]]:
    """A context that collects the statements that go to the database."""

    @contextmanager
    def count() -> Iterator[list[str]]:
        made: list[str] = []
        original = frappe.local.db.sql

        def sql(query, *args, **kwargs):
            made.append(str(query))
            return original(query, *args, **kwargs)

        frappe.local.db.sql = sql
        try:
            yield made
        finally:
            del frappe.local.db.sql

    return count


@pytest.fixture
def make_user() -> Callable[..., str]:
    """Makes a user account with these roles; its name."""

    def make(*roles: str, name: str = "someone@example.org") -> str:
        account = {"email": name, "first_name": name, "send_welcome_email": 0}
        held = [{"role": role} for role in roles]
        frappe.get_doc({"doctype": "User", **account, "roles": held}).insert(ignore_permissions=True)
        return name

    return make


@pytest.fixture
def give_accounts() -> Callable[[Plan], None]:
    """Makes a user account for everybody whom a plan names with one."""

    def give(plan: Plan) -> None:
        for person in plan.people:
            if person.user:
                user = {"name": person.user, "email": person.user, "enabled": person.enabled}
                frappe.get_doc({"doctype": "User", "first_name": person.title, **user}).db_insert()

    return give


@pytest.fixture(scope="session")
def example() -> Plan:
    return plan_file.load(example_path("example"))


@pytest.fixture(scope="session")
def minimal() -> Plan:
    return plan_file.load(example_path("minimal"))


@pytest.fixture
def to_sign(minimal, make_user, acting_as):
    """A plan that waits for its sponsor, whose account is ``sponsor@example.org``; its name."""
    author = make_user("SM Planner Manager", name="writer@example.org")
    sponsor = make_user("SM Executive Sponsor", name="sponsor@example.org")
    update_password(sponsor, PASSWORD)
    owner = make_user("SM Planner User", name="owner@example.org")
    accounts = {minimal.executive_sponsor: sponsor, minimal.plan_owner: owner}
    people = tuple(dataclasses.replace(person, user=accounts.get(person.id, "")) for person in minimal.people)
    with acting_as(author):
        name = plan_writer.save(dataclasses.replace(minimal, people=people, settings=Settings()))
        for state in ("In Review", "To Sign"):
            doc = frappe.get_doc("SM Plan", name)
            doc.state = state
            doc.save()
    return name


@pytest.fixture
def sign(acting_as):
    """Signs a plan as its sponsor."""

    def act(name: str, password: str = PASSWORD):
        with acting_as("sponsor@example.org"):
            seen = canonical.content_hash(plan_reader.load(name))
            return sign_off.sign(name, seen, password, MEANING)

    return act
