"""What the tests work with that need a site of their own: it is made and dropped by them.

It takes the password of the database's root user in SM_PLANNER_DB_ROOT_PASSWORD, and a minute or two; or seconds,
where SM_PLANNER_FRESH_SITE is a dump of a site with this Frappe and no other app.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(os.environ.get("SM_PLANNER_BENCH", "~/frappe-bench")).expanduser()
ROOT_PASSWORD = os.environ.get("SM_PLANNER_DB_ROOT_PASSWORD", "")
FRESH_SITE = os.environ.get("SM_PLANNER_FRESH_SITE", "")
ROOT = ("--db-root-username", "root", "--db-root-password", ROOT_PASSWORD)

needs_root = pytest.mark.skipif(not ROOT_PASSWORD, reason="SM_PLANNER_DB_ROOT_PASSWORD is not set")


def site_for(purpose: str) -> str:
    """The name of a site: one for each site that tests run on, as two runs at once would share one database otherwise."""
    return f"{purpose}-{os.environ.get('SM_PLANNER_TEST_SITE', '')}"


def run(*command: str) -> str:
    done = subprocess.run(command, cwd=BENCH / "sites", capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


def frappe_command(*arguments: str) -> None:
    """What ``bench`` hands on to Frappe; without bench, which has a user of its own in mind."""
    run(sys.executable, "-m", "frappe.utils.bench_helper", "frappe", *arguments)


def new_site(site: str) -> None:
    """Make a site with Frappe and no other app."""
    dump = ("--source_sql", FRESH_SITE) if FRESH_SITE else ()
    frappe_command("new-site", site, "--admin-password", "admin", "--force", *dump, *ROOT)


def drop_site(site: str) -> None:
    frappe_command("drop-site", site, "--no-backup", "--force", *ROOT)
