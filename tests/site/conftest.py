"""Tests on a real site: SM_PLANNER_TEST_SITE names it, SM_PLANNER_BENCH the bench that it is on.

They run with the bench's own Python, each in one transaction that is rolled back. The site must allow tests.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from sm_planner.engine import plan_file
from sm_planner.engine.examples import example_path
from sm_planner.engine.model import Plan

SITE = os.environ.get("SM_PLANNER_TEST_SITE")
BENCH = Path(os.environ.get("SM_PLANNER_BENCH", "~/frappe-bench")).expanduser()

if SITE:
    import frappe
    from frappe.realtime import clear_realtime_log
    from frappe.utils.password import get_encryption_key
    from seeds import NURSE, Seed, account_with, acting, grow, plan_before_sponsor, sign_as_sponsor

    from sm_planner.adapters.documents import plan_writer
    from sm_planner.adapters.evidence import kept_heads, seal_keys


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
    with _rolled_back(monkeypatch) as tried:
        yield tried
        monkeypatch.undo()


@contextmanager
def _rolled_back(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bool]]:
    """One transaction, begun and ended with nothing in it or in a cache; the list shows who tried to commit it."""
    _begin_anew()
    frappe.flags.in_test = True
    if hasattr(frappe, "in_test"):
        monkeypatch.setattr(frappe, "in_test", True)
    tried: list[bool] = []
    monkeypatch.setattr(frappe.local.db, "commit", lambda *args, **kwargs: tried.append(True))
    yield tried
    _begin_anew()


@pytest.fixture(scope="session")
def seed(site: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Callable[[], str]], Seed]:
    """Makes once what several tests begin with, in a transaction of its own; each of them plants it."""

    def of(make: Callable[[], str]) -> Seed:
        with pytest.MonkeyPatch.context() as patch, _rolled_back(patch):
            _keep_heads_in(tmp_path_factory.mktemp("seed"), patch)
            return grow(make)

    return of


@pytest.fixture(autouse=True)
def heads_of_this_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file in which this process keeps heads: one for each test, as what it signs is rolled back."""
    return _keep_heads_in(tmp_path, monkeypatch)


def _keep_heads_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = folder / kept_heads.FILE
    monkeypatch.setattr(kept_heads, "path", lambda: file)
    monkeypatch.setattr(kept_heads, "WRITTEN", f"{kept_heads.WRITTEN}_of_a_test")
    return file


def _begin_anew() -> None:
    """Roll back, and forget what caches keep of it."""
    frappe.db.after_rollback.reset()  # what was refused is then written and committed
    clear_realtime_log()  # which that would have done; it is searched from its beginning with every save
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
    return acting


@pytest.fixture
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the file with the seal keys, which stands in its place."""
    copy = tmp_path / "keys" / "site.json"
    copy.parent.mkdir()
    copy.write_bytes(seal_keys.path().read_bytes())
    monkeypatch.setattr(seal_keys, "path", lambda: copy)
    return copy


@pytest.fixture
def outgoing_account() -> None:
    """An account to send from; nothing leaves the queue, because the test is rolled back."""
    values = {"email_id": "site@example.org", "smtp_server": "x", "enable_outgoing": 1, "default_outgoing": 1}
    named = {"doctype": "Email Account", "name": "Site", "email_account_name": "Site"}
    frappe.get_doc({**named, **values}).db_insert()
    frappe.db.delete("Email Queue")
    frappe.local.outgoing_email_account = {}


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
    return account_with


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


@pytest.fixture(scope="session")
def _example_seed(seed: Callable[[Callable[[], str]], Seed], example: Plan) -> Seed:
    return seed(lambda: plan_writer.save(example))


@pytest.fixture
def example_on_site(_example_seed: Seed) -> str:
    """The example on the site, its people without accounts; its name."""
    return _example_seed.plant()


@pytest.fixture(scope="session")
def _minimal_seed(seed: Callable[[Callable[[], str]], Seed], minimal: Plan) -> Seed:
    return seed(lambda: plan_writer.save(minimal))


@pytest.fixture
def minimal_on_site(_minimal_seed: Seed) -> str:
    """The smallest plan on the site, its people without accounts; its name."""
    return _minimal_seed.plant()


@pytest.fixture(scope="session")
def plan_to_sign(seed: Callable[[Callable[[], str]], Seed], minimal: Plan) -> Seed:
    """A plan that waits for its sponsor, whose account is ``sponsor@example.org``; its name."""
    return seed(lambda: plan_before_sponsor(minimal))


@pytest.fixture
def to_sign(plan_to_sign: Seed) -> str:
    """A plan that waits for its sponsor, whose account is ``sponsor@example.org``; its name."""
    return plan_to_sign.plant()


@pytest.fixture
def sign() -> Callable[..., object]:
    """Signs a plan as its sponsor."""
    return sign_as_sponsor


@pytest.fixture
def in_force(to_sign: str, sign: Callable[..., object]) -> str:
    """A plan in force, signed by its sponsor; its name."""
    sign(to_sign)
    return to_sign


@pytest.fixture
def carrier(minimal: Plan, in_force: str, make_user: Callable[..., str]) -> str:
    """Who carries improvements out: neither plan owner nor sponsor, an owner of no service and no tool, without a role in the Desk."""
    leading = (minimal.plan_owner, minimal.executive_sponsor)
    person = next(one.id for one in minimal.people if one.id not in leading)
    make_user("SM Portal Stakeholder", name=NURSE)
    frappe.db.set_value("SM Person", person, "user", NURSE)
    return person
