"""Every function of the API over HTTP, as each role: who is let in, and who is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from http_kit import API, WHO_HAS, assert_unchanged, first, told

from sm_planner.adapters.guards import permission_matrix
from sm_planner.adapters.guards.permission_matrix import granted

pytestmark = pytest.mark.commits

FUNCTIONS = {name: (methods, asked) for name, methods, asked in permission_matrix.functions()}

ARGUMENTS: dict[str, tuple[Callable[[str], dict[str, Any]], int]] = {
    "check": (lambda p: {"plan": p}, 200),
    "sign_off_summary": (lambda p: {"plan": p}, 200),
    "sign": (lambda p: {"plan": p, "seen_hash": "0" * 64, "password": "x", "meaning": "x"}, 417),
    "return_plan": (lambda p: {"plan": p, "reason": "It is a draft already"}, 200),
    "sign_off_log": (lambda p: {"plan": p}, 200),
    "receipt": (lambda p: {"plan": p}, 417),
    "verify": (lambda p: {"plan": p}, 200),
    "compare_hash": (lambda p: {"plan": p, "hash": "0" * 64}, 200),
    "start_revision": (lambda p: {"plan": p}, 417),
    "export_plan": (lambda p: {"plan": p}, 200),
    "plan_book": (lambda p: {"plan": p}, 200),
    "plan_pdf": (lambda p: {"plan": p, "part": "summary"}, 200),
    "import_plan": (lambda p: {"file_url": "/private/files/there-is-none.yaml"}, 417),
    "import_state": (lambda p: {"job": "there-is-none"}, 404),
    "agreement_chain": (lambda p: {"agreement": first("SM Agreement", name=("like", f"{p}-%"))}, 200),
    "service_surroundings": (lambda p: {"service": first("SM Service", name=("like", f"{p}-%"))}, 200),
    "calendar_week": (lambda p: {"calendar": first("SM Service Calendar", name=("like", f"{p}-%"))}, 200),
    "raci_effect": (lambda p: {"entry": first("SM RACI Entry", plan=p)}, 200),
    "import_holidays": (
        lambda p: {
            "calendar": first("SM Service Calendar", name=("like", f"{p}-%")),
            "holiday_list_type": "User",
            "holiday_list": "Administrator",
        },
        417,
    ),
    "default_plan": (lambda p: {}, 200),
    "waiting_for_me": (lambda p: {}, 200),
    "objectives_behind": (lambda p: {}, 200),
    "waivable": (lambda p: {"plan": p}, 200),
    "deputies": (lambda p: {"txt": "nobody", "asked": {"principal": p}}, 200),
    "load_example": (lambda p: {"password": "x"}, 200),
    "clear_example": (lambda p: {}, 200),
}
"""Function → arguments that change nothing about a draft, and how it answers who is let in."""

ASKED_LATER = {"return_plan": "SM Plan: write"}
"""Function → what it asks for beyond its first line; the signers of a plan under review are let in too."""

LOADS = ("load_example", "clear_example")
"""What a System Manager does is tried in ``test_example.py``."""

ROLES = {**WHO_HAS, "no role": "nobody", "nobody at all": "guest"}


def lets_in(function: str, role: str) -> bool:
    asked = ASKED_LATER.get(function, FUNCTIONS[function][1])
    doctype, _colon, right = asked.partition(": ")
    return right in granted(doctype, role) if right else role == asked


def test_every_function_is_tried():
    assert ARGUMENTS.keys() == FUNCTIONS.keys()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_lets_in_who_has_the_right_and_nobody_else(client, plan_in, function, role):
    plan = plan_in("Draft")
    arguments, answered = ARGUMENTS[function]
    if function in LOADS and lets_in(function, role):
        return

    answer = client(ROLES[role]).call(f"sm_planner.api.{function}", **arguments(plan))

    assert answer.status_code == (answered if lets_in(function, role) else 403), told(answer)


WRITING = [name for name, (methods, _asked) in FUNCTIONS.items() if methods == "POST"]


@pytest.mark.parametrize("function", WRITING)
def test_what_writes_is_not_done_by_following_a_link(client, plan_in, function):
    plan = plan_in("Draft")
    with assert_unchanged(plan):
        answer = client("system-manager").get(f"{API}.{function}", **ARGUMENTS[function][0](plan))
    assert answer.status_code == 403


NAMES_NO_PLAN = ("import_plan", "import_state", "default_plan", "waiting_for_me")
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
