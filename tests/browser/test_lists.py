"""Lists in the Desk: records are called by titles, versions of one plan are told apart, boards, Gantt and calendar have names."""

from __future__ import annotations

import re

from desk_kit import PLANNER, call

NO_TITLE = re.compile(r"^[a-z0-9]{10}$")
"""What Frappe names what has no name: a hash."""
LISTS = (
    "SM Objective",
    "SM RACI Entry",
    "SM Agreement",
    "SM Risk",
    "SM Review",
    "SM Measurement",
    "SM Approval",
    "SM Health",
    "SM Plan Seal",
    "SM Sign-off Event",
    "SM Stakeholder",
    "SM Tool",
    "SM Communication",
)
_SUBJECTS = """() => [...document.querySelectorAll(".list-row .list-subject a")].filter((one) => one.offsetParent)
    .map((one) => one.innerText.trim())"""


def shown(page, doctype: str, view: str = "List") -> None:
    page.evaluate("([doctype, view]) => frappe.set_route('List', doctype, view)", [doctype, view])
    page.wait_for_function(
        "([doctype, view]) => cur_list?.doctype === doctype && cur_list.view_name === view && !cur_list.freeze_on_refresh"
        " && cur_list.$result && (cur_list.data || []).length + $('.no-result:visible').length > 0",
        arg=[doctype, view],
    )
    page.wait_for_timeout(400)


def test_lists_call_records_by_titles_and_tell_versions_apart(log_in, in_force, administrator, shoot):
    call(administrator, "sm_planner.api.start_revision", plan=in_force)
    manager = log_in(PLANNER)
    manager.goto("/app/sm-objective")
    manager.locator(".list-row .list-subject a").first.wait_for()

    for doctype in LISTS:
        shown(manager, doctype)
        hashes = [text for text in manager.evaluate(_SUBJECTS) if NO_TITLE.match(text)]
        assert hashes == [], doctype
        shoot(manager, f"list-{doctype.lower().replace(' ', '-')}")

    shown(manager, "SM Objective")
    marks = manager.locator(".list-row [data-filter^='plan,']:visible strong").all_inner_texts()
    assert set(marks) == {"v1", "v2"}


def test_gantt_board_and_calendar_have_names_and_owners(log_in, example, shoot):
    planner = log_in(PLANNER)
    planner.goto("/app/sm-improvement/view/gantt")
    planner.locator(".gantt .bar-label").first.wait_for()
    labels = planner.locator(".gantt .bar-label").all_text_contents()
    assert "Moving a visit in the patient portal" in labels
    shoot(planner, "gantt")
    planner.goto("/app/sm-improvement/view/kanban/SM Improvements")
    planner.locator(".kanban-card-wrapper").first.wait_for()
    shoot(planner, "board")
    planner.goto(
        "/app/sm-improvement/view/calendar/default"
    )  # Frappe's board fails if it is left while it draws its cards
    for doctype in ("SM Improvement", "SM Review", "SM Agreement", "SM Risk"):
        planner.evaluate("(doctype) => frappe.set_route('List', doctype, 'Calendar', 'default')", doctype)
        planner.wait_for_function(
            "(doctype) => cur_list?.doctype === doctype && $('.fc-view:visible').length", arg=doctype
        )
        shoot(planner, f"calendar-{doctype.lower().replace(' ', '-')}")
