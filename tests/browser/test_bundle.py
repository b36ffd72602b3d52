"""How the scripts of the app come into the Desk: not before they are needed, and as one file where they were built."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

import sm_planner

PLANNER = "tomasz.wieczorek@example.org"
APP = Path(sm_planner.__file__).parent
BUNDLE = "sm_planner.bundle.js"


def scripts_of(page) -> list[str]:
    """Addresses of the scripts of the app that the page has fetched."""
    return page.evaluate(
        "() => performance.getEntriesByType('resource').map((entry) => entry.name)"
        ".filter((name) => name.includes('/assets/sm_planner/') && name.includes('.js'))"
    )


@pytest.fixture(scope="session")
def built(tmp_path_factory) -> Iterator[tuple[str, str]]:
    """Address and text of the one file that Frappe makes of the scripts, in a bench folder of its own."""
    if not shutil.which("node"):
        pytest.skip("node is not installed")
    bench = tmp_path_factory.mktemp("bench")
    package = bench / "apps" / "sm_planner" / "sm_planner"
    shutil.copytree(APP / "public", package / "public", ignore=shutil.ignore_patterns("dist"))
    for name in ("hooks.py", "modules.txt", "patches.txt"):  # by these Frappe knows an app
        (package / name).touch()
    assets = bench / "sites" / "assets"
    assets.mkdir(parents=True)
    (assets / "sm_planner").symlink_to(package / "public")
    (bench / "sites" / "common_site_config.json").write_text("{}")
    (bench / "sites" / "apps.txt").write_text("sm_planner")
    frappe = Path(find_spec("frappe").origin).parents[1]
    done = subprocess.run(
        ("node", "esbuild", "--production", "--apps", "sm_planner"),
        cwd=frappe,
        env={"PATH": f"{Path(shutil.which('node')).parent}:/usr/bin:/bin", "FRAPPE_BENCH_ROOT": str(bench)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    told = assets / "assets.json"
    assert done.returncode == 0 and told.exists(), done.stdout + done.stderr
    (address,) = json.loads(told.read_text()).values()
    yield address, (bench / "sites" / address.lstrip("/")).read_text(encoding="utf-8")


def test_a_page_that_is_not_ours_fetches_the_loader_alone_and_nothing_else_of_ours_is_global(log_in, example):
    page = log_in(PLANNER)
    page.goto("/app/todo")
    page.locator(".list-row-container, .no-result").first.wait_for()
    (loader,) = scripts_of(page)
    assert loader.endswith(f"/desk.js?v={sm_planner.__version__}")

    page.goto(f"/app/sm-plan/{example}")
    page.locator("[data-fieldname=findings_html] section.smp-panel").wait_for()
    ours = page.evaluate(
        "() => Object.keys(window).filter((key) => /^(sm_?p|plan|agreement|raci)/i.test(key))"
    )
    assert ours == ["sm_planner"]


def test_titles_of_another_app_whose_doctypes_begin_alike_stay_as_they_are(log_in, example):
    page = log_in(PLANNER)
    page.goto("/app/todo")
    page.locator(".list-row-container, .no-result").first.wait_for()
    shown = page.evaluate("""() => {
        locals.DocType["SM Elsewhere"] = {name: "SM Elsewhere", module: "Elsewhere"};
        for (const doctype of ["SM Elsewhere", "SM Service"]) frappe.utils.add_link_title(doctype, "x", "a <b");
        return ["SM Elsewhere", "SM Service"].map((doctype) => frappe.utils.get_link_title(doctype, "x"));
    }""")
    assert shown == ["a <b", "a ‹b"]


def test_forms_lists_and_reports_work_with_the_one_file_that_frappe_builds(log_in, example, built):
    address, text = built
    page = log_in(PLANNER)
    page.route(f"**{address}", lambda route: route.fulfill(body=text, content_type="text/javascript"))
    page.goto("/app/todo")
    page.locator(".list-row-container, .no-result").first.wait_for()
    page.evaluate("([bundle, address]) => { frappe.boot.assets_json[bundle] = address; }", [BUNDLE, address])

    page.evaluate("(name) => frappe.set_route('Form', 'SM Plan', name)", example)
    page.locator("[data-fieldname=findings_html] section.smp-panel").wait_for()
    page.locator(".smp-headline").get_by_text("Version 1").wait_for()
    page.evaluate("() => frappe.set_route('List', 'SM Improvement', 'List')")
    page.locator(".list-row .indicator-pill").first.wait_for()
    page.evaluate("() => frappe.set_route('query-report', 'RACI Matrix')")
    page.locator(".dt-cell__content b").first.wait_for()

    loader, *others = scripts_of(page)
    assert "/desk.js" in loader
    assert [other.endswith(address) for other in others] == [True]


def test_the_first_of_ours_may_be_a_quick_entry_elsewhere(log_in, example):
    """It is made as from within our forms, though none of them was opened before."""
    page = log_in(PLANNER)
    page.goto("/app/todo")
    page.locator(".list-row-container, .no-result").first.wait_for()
    page.evaluate("() => { frappe.ui.form.make_quick_entry('SM Service'); }")
    page.locator(".modal.show .modal-title", has_text="New SM Service").wait_for()
    is_ours = "() => frappe.quick_entry.constructor === frappe.ui.form.SMServiceQuickEntryForm"
    assert page.evaluate(is_ours)


def test_scripts_that_do_not_come_are_told_of_each_time_and_come_with_a_reload(log_in, example):
    page = log_in(PLANNER, expected=("ERR_", "Failed to fetch dynamically imported module"))
    page.goto("/app/todo")
    page.locator(".list-row-container, .no-result").first.wait_for()
    page.route(f"**/{BUNDLE}*", lambda route: route.abort())
    page.evaluate("() => { frappe.set_route('List', 'SM Service'); }")
    told = page.get_by_text("The scripts of SM Planner did not load. Reload the page.")
    told.wait_for()
    page.locator(".desk-alert.red .close").click()
    told.wait_for(state="detached")
    page.evaluate("() => { frappe.set_route('List', 'SM Team'); }")
    told.wait_for()
    page.unroute(f"**/{BUNDLE}*")
    page.reload()
    page.locator(".list-row .indicator-pill").first.wait_for()
