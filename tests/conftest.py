"""What tests of a site over HTTP and in a browser share: a web server for the site.

The site is that of ``SM_PLANNER_TEST_SITE``, on the bench of ``SM_PLANNER_BENCH``.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

SITE = os.environ.get("SM_PLANNER_TEST_SITE", "")
BENCH = os.environ.get("SM_PLANNER_BENCH", "")

SERVER = """
import os, sys
os.chdir(sys.argv[1])
import frappe.app
from werkzeug.middleware.shared_data import SharedDataMiddleware
from werkzeug.serving import run_simple
frappe.init(site=sys.argv[2], sites_path=".")
frappe.connect()
# Else the set-up wizard takes every page. Late Frappe asks the installed apps.
frappe.db.set_single_value("System Settings", "setup_complete", 1)
if frappe.get_meta("Installed Application").has_field("is_setup_complete"):
    frappe.db.set_value("Installed Application", {"is_setup_complete": 0}, "is_setup_complete", 1)
frappe.db.set_default("desktop:home_page", "workspace")
frappe.db.commit()
frappe.clear_cache()
frappe.destroy()
frappe.app._site = sys.argv[2]
application = SharedDataMiddleware(frappe.app.application, {"/assets": os.path.join(sys.argv[1], "assets")})
run_simple("127.0.0.1", int(sys.argv[3]), application, threaded=True)
"""


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a web server for the site."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    sites = str(Path(BENCH) / "sites")
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, sites, SITE, str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/api/method/ping", process)
        yield address
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(url: str, process: subprocess.Popen) -> None:
    for _attempt in range(120):
        assert process.poll() is None, "the server ended at once"
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310
            return
        except OSError:
            time.sleep(0.5)
    raise AssertionError(f"{url} does not answer")
