"""Large plans on a site: what the form, the reports and the pages of a plan take, against a plain load of its records.

    SM_PLANNER_BENCH=~/frappe-bench SM_PLANNER_TEST_SITE=bench.localhost \\
        ~/frappe-bench/env/bin/python tests/bench/site/bench_site.py 200 1500

Writes a plan of each size through the app, as a plan file is written, asks for what is shown of it, and takes all of it back
at the end. ``--keep`` leaves the plans on the site, where the next run finds them. A *plain load* reads the rows
of the plan's records with a query a table, and makes nothing of them: that much no reader can do without. Figures are ratios to
it in the same run, of a plan that the process does not know and, *again*, of one that it has just shown; the bytes of the answer, and how
often the database was asked. Ends with an error where an answer is larger
than its bound: sizes, unlike times, are the same on every machine.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[3]))

import frappe
from large_plans import SEED, large_plan
from werkzeug.test import create_environ
from werkzeug.wrappers import Request

SITE = os.environ["SM_PLANNER_TEST_SITE"]
BENCH = Path(os.environ.get("SM_PLANNER_BENCH", "~/frappe-bench")).expanduser()
ROUNDS = 3
OVERVIEW = 200_000
"""Bytes that the form may be told when it opens, however large the plan is."""
PAGE = 600_000
"""Bytes of a report as the Desk asks for it, however large the plan is."""
READER = "bench@example.org"
"""Who asks: somebody who plans, with no more rights than that."""

Ask = Callable[[], Any]
Took = tuple[float, float]
"""Seconds, and seconds of this process at work: the others wait for the database, or for a machine that does other things too."""


def main() -> int:
    given = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    given.add_argument("services", nargs="*", type=int, default=[200, 1500])
    given.add_argument("--keep", action="store_true", help="leave the plans on the site")
    given.add_argument("--only", default="", help="what is measured: its name contains this")
    asked = given.parse_args()
    os.chdir(BENCH / "sites")
    frappe.init(site=SITE, sites_path=".")
    frappe.connect()
    frappe.local.request = Request(
        create_environ(method="POST", base_url=f"http://{SITE}")
    )  # no file, no mail: the Desk asks; and a link writes nothing
    frappe.local.form_dict = frappe._dict()
    if not frappe.conf.allow_tests:
        sys.exit(f"{SITE} does not allow tests, and so takes no plans of a bench")
    missed = 0
    print(f"Frappe {frappe.__version__}, Python {sys.version.split()[0]}, seed {SEED}, rounds {ROUNDS}")
    try:
        for services in asked.services:
            plan = stored(services)
            reader()
            if asked.keep:
                frappe.db.commit()
            missed += measure(plan, services, asked.only)
    finally:
        frappe.db.rollback()
        frappe.destroy()
    print(f"\n{missed} bounds missed")
    return missed


def measure(plan: str, services: int, only: str) -> int:
    """Print what one plan takes; returns how many answers are larger than they may be."""
    frappe.set_user(READER)
    known = read(plan)
    print(f"\n{services:,} services, {len(known.raci):,} letters, {len(known.agreements):,} agreements")
    plain = best(lambda: plain_load(known))
    print(
        f"  {'':<44} {'seconds':>8} {'x plain':>8} {'of CPU':>8} {'x plain':>8} {'again':>8} {'x plain':>8}"
        f" {'bytes':>12} {'queries':>8}"
    )
    with counted() as made:
        plain_load(known)
    line("a plain load of the same records", (*plain, plain[1]), plain, 0, len(made))
    missed = 0
    for name, (ask, most) in asked_of(plan, known).items():
        if only not in name:
            continue
        with counted() as made:
            size = len(frappe.as_json(ask(), indent=None).encode())
        took = best(ask)
        line(name, (*took, best(ask, known=True)[1]), plain, size, len(made), most)
        missed += size > most > 0
    frappe.set_user("Administrator")
    return missed


def line(
    name: str, took: tuple[float, float, float], plain: Took, size: int, asked: int, most: int = 0
) -> None:
    """took: as of ``best``, and the seconds at work of a plan that is known."""
    bound = f"  more than {most:,} bytes" if size > most > 0 else ""
    times = " ".join(
        f"{own:>8.2f} {own / other:>7.1f}x" for own, other in zip(took, (*plain, plain[1]), strict=True)
    )
    print(f"  {name:<44} {times} {size:>12,} {asked:>8}{bound}")


def stored(services: int) -> str:
    """The name of a plan of that size on the site, written now if it is not there yet."""
    from sm_planner.adapters.documents import plan_writer

    plan = large_plan(services)
    if frappe.db.exists("SM Plan", plan.id):
        return plan.id
    began = time.perf_counter()
    name = plan_writer.save(plan)
    print(f"written in {time.perf_counter() - began:.0f} s: {name}")
    return name


def read(plan: str) -> Any:
    from sm_planner.adapters import plan_reader

    return plan_reader.load(plan)


def reader() -> None:
    """Make the account that asks, where it is not there yet."""
    if not frappe.db.exists("User", READER):
        user = {"doctype": "User", "email": READER, "first_name": "Bench", "send_welcome_email": 0}
        frappe.get_doc({**user, "roles": [{"role": "SM Planner User"}]}).insert()


def plain_load(plan: Any) -> None:
    """The rows of all records of a plan, with a query a table."""
    from sm_planner.adapters.site import doctypes

    for collection, records in plan.index.items():
        if not records:
            continue
        doctype, record = doctypes.DOCTYPES[collection], doctypes.COLLECTIONS[collection].record
        filters = {"name": ("in", sorted(records))} if collection in doctypes.SHARED else {"plan": plan.id}
        if collection in doctypes.LIVING:
            filters = {"lineage": plan.lineage}
        found = frappe.get_all(doctype, filters, ["name", *doctypes.columns(record)], order_by="name asc")
        names = [row.name for row in found]
        for field, spec in doctypes.tables(record).items():
            frappe.get_all(
                doctypes.child_doctype(spec),
                {"parenttype": doctype, "parentfield": field, "parent": ("in", names)},
                ["parent", *doctypes.table_columns(spec)],
                order_by="parent asc, idx asc",
            )


def asked_of(plan: str, known: Any) -> dict[str, tuple[Ask, int]]:
    """What is measured → how it is asked for, and the bytes that it may answer at most; 0 for any number."""
    from frappe.desk import query_report

    from sm_planner import api
    from sm_planner.adapters import plan_reader
    from sm_planner.reports import REPORTS

    def report(title: str, **filters: Any) -> Ask:
        return lambda: query_report.run(title, filters={"plan": plan, **filters})

    first = known.services[0].id
    asked: dict[str, tuple[Ask, int]] = {
        "reading the plan": (lambda: plan_reader.load(plan) and None, 0),
        "form: check": (lambda: api.check(plan), OVERVIEW),
        "form: key questions": (lambda: api.key_questions(plan), OVERVIEW),
        "form: a page of findings": (lambda: api.plan_findings(plan), OVERVIEW),
        "sign-off: summary": (lambda: api.sign_off_summary(plan), PAGE),
        "sheet: RACI": (lambda: api.raci_sheet(plan), 0),
        "page: service map": (lambda: api.service_map(plan), PAGE),
        "page: executive view": (lambda: api.executive_view(plan), PAGE),
        "page: roadmap": (lambda: api.roadmap(plan), 0),
    }
    asked |= {f"report: {known.title}": (report(known.title), PAGE) for known in REPORTS.values()}
    asked["report: RACI Matrix, only differences"] = report("RACI Matrix", collapsed=1), PAGE
    asked["report: RACI Matrix of a service"] = report("RACI Matrix", service=first), PAGE
    return asked


def best(ask: Ask, known: bool = False) -> Took:
    """The least of the rounds, of both. known: whether the process keeps what it worked out of the plan before."""
    from sm_planner.adapters.site import kept_plans
    from sm_planner.engine.chain.clockwork import clockwork

    found = []
    for _ in range(ROUNDS):
        frappe.clear_messages()
        if not known:
            kept_plans.forget()
            clockwork.cache_clear()
        began, used = time.perf_counter(), time.process_time()
        ask()
        found.append((time.perf_counter() - began, time.process_time() - used))
    return tuple(map(min, zip(*found, strict=True)))


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that go to the database meanwhile."""
    made: list[str] = []
    original = frappe.local.db.sql
    frappe.local.db.sql = lambda query, *args, **kwargs: (
        made.append(str(query)) or original(query, *args, **kwargs)
    )
    try:
        yield made
    finally:
        del frappe.local.db.sql


if __name__ == "__main__":
    sys.exit(main())
