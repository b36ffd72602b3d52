"""Every function of the API over HTTP, as each role: who is let in, and who is not."""

from __future__ import annotations

from typing import Any

import frappe
import pytest
from http_kit import API, NO_RIGHT, WHO_HAS, assert_unchanged, first, says, told

from sm_planner.adapters.guards import permission_matrix
from sm_planner.adapters.guards.permission_matrix import WITHOUT_LOG_IN, granted

pytestmark = pytest.mark.commits

FUNCTIONS = {name: (methods, asked) for name, methods, asked in permission_matrix.functions()}


def skipped_review(plan: str) -> str:
    """A review of a plan that cannot be held; its name. The lineage of the plan bears the same name."""
    wanted = {"lineage": plan, "kind": "Plan Review", "scheduled": "2026-01-01", "skip_reason": "Merger"}
    if not frappe.db.exists("SM Review", wanted):
        frappe.get_doc({"doctype": "SM Review", **wanted}).insert()
        frappe.db.commit()
    return first("SM Review", **wanted)


OPEN_THE_FORM = "Open the page of the form"
"""What a session is told that was shown no form."""

NO_PART = "You have no part in a plan in force here."

ARGUMENTS: dict[str, tuple[Any, ...]] = {
    "check": (lambda p: {"plan": p}, (200, "Services that improvements change")),
    "plan_findings": (lambda p: {"plan": p}, (200, '"total"')),
    "about_finding": (lambda p: {"plan": p, "rule": "RAC-03"}, (200, "RAC-03")),
    "waive_finding": (
        lambda p: {"plan": p, "rule": "PLN-01"},
        (417, "PLN-01 cannot be waived."),
    ),
    "improve_finding": (
        lambda p: {"plan": p, "rule": "SVC-06", "collection": "services", "id": "none"},
        (417, "The plan has no such record: none."),
    ),
    "assign_finding": (
        lambda p: {"plan": p, "rule": "SVC-06", "collection": "services", "id": "none"},
        (417, "The plan has no such record: none."),
    ),
    "plan_finding_lines": (lambda p: {"plan": p}, (200, '"lines"')),
    "check_deeper": (
        lambda p: {"plan": p, "depth": "Grown"},
        (200, "An auditor would write it down."),
    ),
    "sign_off_summary": (
        lambda p: {"plan": p},
        (200, "Customers of the services that change"),
    ),
    "sign": (
        lambda p: {"plan": p, "seen_hash": "0" * 64, "password": "x", "meaning": "x"},
        (417, "The plan is Draft, not To Sign."),
    ),
    "return_plan": (lambda p: {"plan": p, "reason": "It is a draft already"}, (200, "{}")),
    "sign_off_log": (lambda p: {"plan": p}, (200, "on the console")),
    "receipt": (lambda p: {"plan": p}, (417, "This version has no seal")),
    "verify": (lambda p: {"plan": p}, (200, '"intact"')),
    "compare_hash": (lambda p: {"plan": p, "hash": "0" * 64}, (200, "No seal of this plan has this hash.")),
    "start_revision": (lambda p: {"plan": p}, (417, "Only a plan in force can be revised")),
    "start_choices": (lambda p: {}, (200, "IT Service Desk")),
    "preview_template": (
        lambda p: {"template": "library", "situation": "Improve", "depth": "Grown", "plan": p},
        (200, "Library Desk"),
    ),
    "start_plan": (lambda p: {"values": "{}"}, (417, "Give the plan a title.")),
    "take_from_template": (
        lambda p: {"plan": p, "values": '{"template": "none"}'},
        (417, "There is no template “none”."),
    ),
    "deepen_plan": (
        lambda p: {"plan": p, "depth": "Deep", "values": "{}"},
        (417, "The plan is asked everything already."),
    ),
    "looked_at": (
        lambda p: {"kind": "SM Person", "names": "[]"},
        (417, "Records of this kind are not taken from templates."),
    ),
    "export_plan": (lambda p: {"plan": p}, (200, "acknowledgements:")),
    "plan_book": (lambda p: {"plan": p}, (200, "No version of this plan is signed yet.")),
    "plan_pdf": (lambda p: {"plan": p, "part": "summary"}, (200, "%PDF")),
    "funding_request": (lambda p: {"plan": p}, (200, "Nobody has decided about the funding request yet.")),
    "funding_page": (lambda p: {"plan": p}, (200, "What it costs, and what comes back")),
    "decide_funding": (
        lambda p: {"plan": p, "act": "Approve", "shown": "0" * 64},
        (403, "The executive sponsor decides about the funding request."),
        (403, "You ask for this money."),  # to the owner of the plan
        (403, "The funding request has changed since you opened it."),  # to who is a person of a plan
    ),
    "take_over_attendance": (lambda p: {"plan": p}, (417, "Neither HRMS nor LMS is on this site.")),
    "take_over_actuals": (lambda p: {"plan": p}, (417, "There is no ledger on this site.")),
    "import_plan": (
        lambda p: {"file_url": "/private/files/there-is-none.yaml"},
        (417, "There is no such file that you may read."),
    ),
    "import_state": (lambda p: {"job": "there-is-none"}, (404, "You have no such import.")),
    "agreement_chain": (
        lambda p: {"agreement": first("SM Agreement", name=("like", f"{p}-%"))},
        (200, "Lending system kept running"),
    ),
    "agreement_terms": (
        lambda p: {"agreement": first("SM Agreement", name=("like", f"{p}-%"))},
        (200, "Response P1"),
    ),
    "agreement_term": (
        lambda p: {"agreement": first("SM Agreement", name=("like", f"{p}-%"))},
        (200, "In force"),
    ),
    "next_agreement_version": (
        lambda p: {"agreement": first("SM Agreement", name=("like", f"{p}-%"))},
        (200, '"replaces"'),
    ),
    "agreement_calendar": (lambda p: {"start": "2000-01-01", "end": "2100-12-31"}, (200, "start_date")),
    "agreement_measurements": (
        lambda p: {"agreement": first("SM Agreement", name=("like", f"{p}-%"))},
        (200, "Response P1"),
    ),
    "objective_measurements": (
        lambda p: {"objective": first("SM Objective", plan=p)},
        (200, "Readers turned away a month"),
    ),
    "keep_attainment": (
        lambda p: {"plan": p, "log": "there-is-none", "map": "servicenow-incidents"},
        (417, "There is no such file that you may read."),
    ),
    "service_surroundings": (
        lambda p: {"service": first("SM Service", name=("like", f"{p}-%"))},
        (200, "Lending System"),
    ),
    "calendar_week": (
        lambda p: {"calendar": first("SM Service Calendar", name=("like", f"{p}-%"))},
        (200, "Europe/London"),
    ),
    "read_week": (lambda p: {"line": "Mon-Fri 8-18"}, (200, "Friday")),
    "raci_effect": (
        lambda p: {"entry": first("SM RACI Entry", plan=p)},
        (200, "It decides in every cell that it covers"),
    ),
    "import_holidays": (
        lambda p: {
            "calendar": first("SM Service Calendar", name=("like", f"{p}-%")),
            "holiday_list_type": "User",
            "holiday_list": "Administrator",
        },
        (417, "is not a holiday list on this site"),
    ),
    "default_plan": (lambda p: {}, (200, "Service Management Plan of")),
    "waiting_for_me": (lambda p: {}, (200, "To Sign")),
    "roadmap": (lambda p: {"plan": p}, (200, "At the lending desk")),
    "executive_view": (lambda p: {"plan": p}, (200, "What waits for me")),
    "choose_weekly_mail": (lambda p: {"wanted": "0"}, (200, "{}")),
    "service_map": (lambda p: {"plan": p}, (200, "Lending System")),
    "service_map_box": (
        lambda p: {
            "plan": p,
            "collection": "services",
            "id": first("SM Service", name=("like", f"{p}-%")),
        },
        (200, "weakest"),
    ),
    "find_on_service_map": (lambda p: {"plan": p, "text": "lending"}, (200, "Lending System")),
    "preview_reschedule": (lambda p: {"plan": p, "moves": "[]"}, (417, "Choose the improvements")),
    "reschedule": (lambda p: {"plan": p, "moves": "[]"}, (417, "Choose the improvements")),
    "entry_sheet": (lambda p: {"plan": p, "collection": "services"}, (200, "Service Owner")),
    "add_records": (
        lambda p: {"plan": p, "collection": "raci", "rows": "[]"},
        (417, "cannot be added several at a time"),
    ),
    "raci_sheet": (lambda p: {"plan": p}, (200, '"entries"')),
    "preview_raci_sheet": (lambda p: {"plan": p, "changes": "[]"}, (200, '"findings"')),
    "save_raci_sheet": (
        lambda p: {"plan": p, "changes": "[]"},
        (200, '"saved"'),
        (403, "SM RACI Entry"),  # to who reads plans only
    ),
    "read_cells": (
        lambda p: {"rows_of": "SM Calendar Window", "rows": '[{"weekday": "monday"}]', "plan": p},
        (200, "Monday"),
    ),
    "objectives_behind": (lambda p: {}, (200, "Objective Progress")),
    "waivable": (lambda p: {"lineage": p}, (200, "SVC-05")),
    "parts_of_lineage": (
        lambda p: {"linked": "SM Objective", "asked": {"lineage": p}},
        (200, "No reader turned away"),
    ),
    "decide_waiver": (lambda p: {"waiver": f"{p}-none", "act": "Approve", "shown": "x"}, (404, "not found")),
    "decide_improvement": (
        lambda p: {"improvement": f"{p}-none", "act": "Approve", "shown": "x"},
        (404, "not found"),
    ),
    "decide_gap": (
        lambda p: {"gap_decision": f"{p}-none", "act": "Approve", "shown": "x"},
        (404, "not found"),
    ),
    "assessment_sheet": (
        lambda p: {"assessment": first("SM Assessment", lineage=p)},
        (200, "Tool for incidents and requests"),
    ),
    "assessment_standing": (lambda p: {"assessment": first("SM Assessment", lineage=p)}, (200, "Procedures")),
    "answer_line": (
        lambda p: {"assessment": first("SM Assessment", lineage=p), "code": "sys-tickets", "answer": "{}"},
        (403, "This assessment was submitted, and stays as it is."),
    ),
    "submit_assessment": (
        lambda p: {"assessment": first("SM Assessment", lineage=p)},
        (200, "{}"),
        (403, "Who assesses, or a planner, can enter or change this."),
    ),
    "improvement_of_gap": (
        lambda p: {"lineage": p, "framework": "where-we-stand", "code": "none"},
        (417, "This is no gap of the newest assessment."),
    ),
    "assessment_frameworks": (lambda p: {"lineage": p}, (200, "fitsm-3")),
    "import_frameworks": (
        lambda p: {"lineage": p, "file_url": "/private/files/there-is-none.yaml"},
        (417, "There is no such file that you may read."),
    ),
    "export_framework": (lambda p: {"framework": "fitsm-3"}, (200, "GR1.1")),
    "key_questions": (lambda p: {"plan": p}, (200, "Agreements that are reviewed")),
    "lineage_home": (lambda p: {"lineage": p}, (200, "This is a draft.")),
    "deputies": (lambda p: {"txt": "nobody", "asked": {"principal": p}}, (200, "[]")),
    "review_agenda": (lambda p: {"review": skipped_review(p)}, (200, "Performance of Services")),
    "hold_review": (lambda p: {"review": skipped_review(p)}, (417, "This review is skipped.")),
    "confirm_attendance": (
        lambda p: {"review": skipped_review(p)},
        (403, "Your account stands for nobody who took part."),
        (403, "This review was not held yet."),  # to who is a person of a plan
    ),
    "decision_becomes": (
        lambda p: {"review": skipped_review(p), "number": "1", "outcome": "nothing"},
        (417, "This review was not held yet"),
    ),
    "begin_sanity_check": (lambda p: {"lineage": p}, (417, "No service says when it was accepted.")),
    "sanity_check_steps": (lambda p: {"check": first("SM Sanity Check", lineage=p)}, (200, '"may_hold"')),
    "hold_sanity_check": (
        lambda p: {"check": first("SM Sanity Check", lineage=p)},
        (417, "This check was held on"),
    ),
    "make_lesson": (
        lambda p: {"check": first("SM Sanity Check", lineage=p), "number": "1", "learned": "Much"},
        (417, "What happened as the plan says is no lesson."),
    ),
    "act_on_lesson": (
        lambda p: {"lesson": first("SM Lesson", lineage=p), "doing": "Act"},
        (417, "This lesson has an action already."),
    ),
    "act_on_risk": (
        lambda p: {"risk": first("SM Risk", lineage=p), "doing": " "},
        (417, "Say what is to be done."),
    ),
    "plan_reviews": (lambda p: {"lineage": p}, (200, '"made"')),
    "progress_sheet_choices": (lambda p: {"lineage": p}, (200, '"months"')),
    "preview_progress_sheet": (
        lambda p: {"lineage": p, "group": "none", "month": "2026-10-31"},
        (417, "The plan has no such group of stakeholders."),
    ),
    "send_progress_sheet": (
        lambda p: {"lineage": p, "group": "none", "month": "2026-10-31", "shown": "0" * 64},
        (417, "The plan has no such group of stakeholders."),
    ),
    "report_standing": (lambda p: {"report": first("SM Report Spec", plan=p)}, (200, "desk-page")),
    "say_of_report": (lambda p: {"lineage": p, "report": "desk-page", "shown": "x"}, (403, NO_PART)),
    "my_part": (lambda p: {"lineage": p}, (403, NO_PART)),
    "confirm_my_part": (lambda p: {"lineage": p, "shown": "0" * 64}, (403, NO_PART)),
    "confirm_briefing": (
        lambda p: {"lineage": p, "communication": "x", "held_on": "2026-11-01", "shown": "0" * 64},
        (403, NO_PART),
    ),
    "confirm_training": (lambda p: {"lineage": p, "training": "x", "day": "2026-11-01"}, (403, NO_PART)),
    "add_measurement": (
        lambda p: {"lineage": p, "objective": "x", "day": "2026-11-01", "value": "1"},
        (403, NO_PART),
    ),
    "add_evidence": (
        lambda p: {"lineage": p, "commitment": "x", "day": "2026-11-01", "kind": "Decision"},
        (403, NO_PART),
    ),
    "report_progress": (
        lambda p: {"lineage": p, "improvement": "x", "note": "Begun"},
        (403, NO_PART),
    ),
    "suggest_improvement": (
        lambda p: {"lineage": p, "title": "A bell", "description": "Nobody hears us."},
        (403, NO_PART),
    ),
    "report_workaround": (
        lambda p: {"lineage": p, "title": "Slips", "why": "The list is slow."},
        (403, NO_PART),
    ),
    "make_my_calendar": (
        lambda p: {},
        (403, "You have no part in a plan"),
        (200, "my_calendar?token="),  # for whom a plan in force names
    ),
    "give_feedback": (lambda p: {"offer": "none", "title": "x", "said": "x"}, (400, OPEN_THE_FORM)),
    "suggest_about_service": (lambda p: {"offer": "none", "title": "x"}, (400, OPEN_THE_FORM)),
    "confirm_part": (lambda p: {"lineage": p, "shown": "0" * 64}, (400, OPEN_THE_FORM)),
    "give_guest_feedback": (lambda p: {"offer": "none", "title": "x", "said": "x"}, (404, "")),
    "revoke_my_calendar": (lambda p: {}, (200, "{}")),
    "my_calendar": (lambda p: {"token": "x"}, (403, "There is no calendar at this address")),
    "openapi": (lambda p: {}, (200, '"openapi": "3.1')),
    "load_example": (lambda p: {"password": "x"}, (200, "{}")),
    "clear_example": (lambda p: {}, (200, "{}")),
}
"""Function → arguments that change nothing about a draft, and how it answers who is let in: status, and words of the answer.
Where there are several, what else is on the site tells which."""

ASKED_LATER = dict.fromkeys(
    ("return_plan", "hold_review", "decision_becomes", "hold_sanity_check", "make_lesson"), "SM Plan: write"
)
"""Function → what it asks for beyond its first line; the signers of a plan under review are let in too, and who leads a
review or a sanity check."""

NOT_CHAIR = (
    "Only the chair of a review, or a planner, can",
    "Only who leads the sanity check, or a planner, can",
)
HIDDEN = "there is none with this name that you may read"
NO_SESSION = "is not whitelisted"
"""What somebody is told who is not let in, beside :data:`http_kit.NO_RIGHT`; the last by Frappe, without a session."""

LOADS = ("load_example", "clear_example")
"""What a System Manager does is tried in ``test_example.py``."""

ROLES = {**WHO_HAS, "no role": "nobody", "nobody at all": "guest"}


def lets_in(function: str, role: str) -> bool:
    asked = ASKED_LATER.get(function, FUNCTIONS[function][1])
    doctype, _colon, right = asked.partition(": ")
    if right:
        return right in granted(doctype, role)
    return asked in WITHOUT_LOG_IN.values() or role == asked or (asked == "All" and role != "nobody at all")


def refusal(function: str, role: str) -> str | tuple[str, ...]:
    """What somebody is told who is not let in."""
    if role == "nobody at all":
        return NO_SESSION, HIDDEN
    doctype, _colon, right = FUNCTIONS[function][1].partition(": ")
    if not right:  # a role, of which Frappe says no more
        return "PermissionError"
    is_in = right in granted(doctype, role)
    return NOT_CHAIR if is_in and function != "return_plan" else (*NO_RIGHT, HIDDEN)


def test_every_function_is_tried():
    assert ARGUMENTS.keys() == FUNCTIONS.keys()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_lets_in_who_has_the_right_and_nobody_else(client, plan_in, function, role):
    plan = plan_in("Draft")
    arguments, *answers = ARGUMENTS[function]
    if not lets_in(function, role):
        answers = [(403, refusal(function, role))]
    elif function in LOADS:
        return

    address, values = f"{API}.{function}", arguments(plan)
    send = client(ROLES[role]).get if FUNCTIONS[function][0] == "GET" else client(ROLES[role]).post
    answer = send(address, **values)

    assert any(
        answer.status_code == status and (says(answer, words) or words in answer.text)
        for status, words in answers
    ), told(answer)


WRITING = [name for name, (methods, _asked) in FUNCTIONS.items() if methods == "POST"]


@pytest.mark.parametrize("function", WRITING)
def test_what_writes_is_not_done_by_following_a_link(client, plan_in, function):
    plan = plan_in("Draft")
    arguments = ARGUMENTS[function][0](plan)  # which may make what they name
    with assert_unchanged(plan):
        answer = client("system-manager").get(f"{API}.{function}", **arguments)
    assert answer.status_code == 403


NAMES_NO_PLAN = (
    *("import_plan", "import_state", "default_plan", "waiting_for_me"),
    *("start_choices", "start_plan", "looked_at", "choose_weekly_mail"),
)
OF_PLAN = [
    name
    for name, (_methods, asked) in FUNCTIONS.items()
    if asked.startswith("SM Plan") and name not in NAMES_NO_PLAN
]


@pytest.mark.parametrize("function", OF_PLAN)
@pytest.mark.parametrize("plan", [{"name": ["like", "%"]}, ["a", "b"]], ids=["dict", "list"])
def test_a_plan_is_named_by_text_alone(client, plan_in, function, plan):
    """A dict would be a filter: the first plan that it finds."""
    values = {**ARGUMENTS[function][0](plan_in("Draft")), "plan": plan}
    answer = client("author").session.post(
        f"{client('author').address}{API}.{function}", json=values, timeout=60
    )
    assert answer.status_code == 417, told(answer)


@pytest.mark.parametrize("function", [name for name in OF_PLAN if name != "start_revision"])
def test_a_plan_that_is_not_there_is_said_to_be_missing(client, plan_in, function):
    values = {**ARGUMENTS[function][0](plan_in("Draft")), "plan": "there-is-none"}
    assert client("author").call(f"sm_planner.api.{function}", **values).status_code == 404
