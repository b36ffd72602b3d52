"""Signing over HTTP: what it needs, what comes of it, and what many do at once."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import frappe
import pytest
import requests
from http_kit import (
    API,
    MEANING,
    PASSWORD,
    Client,
    Door,
    assert_refused,
    export,
    facts,
    first,
    fresh,
    import_plan,
    move,
    seen_hash,
    sign,
    state,
    told,
    verify,
)

from sm_planner.adapters.site import stored_records
from sm_planner.engine import canonical_json

pytestmark = pytest.mark.commits

UNSEEN = "The plan has changed since you opened it. Read it again before you sign."
NOT_YOURS = "This is not your password."


def revision_of(client: Client, plan: str) -> str:
    made = client.call("sm_planner.api.start_revision", plan=plan)
    assert made.status_code == 200, told(made)
    return made.json()["message"]


def test_the_sponsor_signs_and_the_seal_verifies(client, make_plan):
    plan = make_plan("To Sign")

    answer = sign(client("sponsor"), plan)

    assert answer.status_code == 200, told(answer)
    assert state(plan) == ("Active", 1, 1)
    verified = verify(client("auditor"), plan)
    assert (verified["intact"], verified["drift"]) == (True, [])
    assert verified["seals"][0]["origin"] == "confirmed"
    assert verified["seals"][0]["seal_hash"] == answer.json()["message"]["seal_hash"]


def test_the_sponsor_sends_a_plan_back(client, make_plan):
    plan = make_plan("To Sign")
    before = facts(plan)["content"]

    back = client("sponsor").call("sm_planner.api.return_plan", plan=plan, reason="Not yet.")

    assert back.status_code == 200, told(back)
    assert state(plan) == ("Draft", 0, 0)
    assert facts(plan)["content"] == before


NEEDS = (
    ({"password": "wrong"}, NOT_YOURS),
    ({"password": ""}, NOT_YOURS),
    ({"meaning": "ok"}, "Say in a few words what your signature means."),
    ({"seen_hash": "0" * 64}, UNSEEN),
)


@pytest.mark.parametrize(("changes", "says"), NEEDS)
def test_a_signature_without_all_that_it_needs_is_refused(client, plan_in, changes, says):
    door = Door("sign", "without", lambda client, plan: sign(client, plan, **changes), says, by="sponsor")
    assert_refused(door, client, plan_in("To Sign"))


def test_the_password_is_not_guessed_for_long(client, plan_in):
    shown = seen_hash(client("sponsor"), plan_in("To Sign"))
    for _attempt in range(5):
        guess = Door(
            "sign",
            "guess",
            lambda client, plan: sign(client, plan, seen_hash=shown, password="guess"),
            NOT_YOURS,
            by="sponsor",
        )
        assert_refused(guess, client, plan_in("To Sign"))
    locked = Door("sign", "right at last", sign, "Wait 15 minutes", status=429, by="sponsor")
    assert_refused(locked, client, plan_in("To Sign"))


def test_get_does_not_sign(client, plan_in):
    shown = seen_hash(client("sponsor"), plan_in("To Sign"))
    signature = {"seen_hash": shown, "password": PASSWORD, "meaning": MEANING}
    by_get = Door(
        "C14",
        "GET",
        lambda client, plan: client.get(f"{API}.sign", plan=plan, **signature),
        "",
        status=403,
        by="sponsor",
    )
    assert_refused(by_get, client, plan_in("To Sign"))


def test_content_that_changed_after_it_was_shown_is_not_signed(client, make_plan):
    """What is in the scope can still change: a service belongs to no one plan."""
    plan = make_plan("To Sign")
    shown = seen_hash(client("sponsor"), plan)
    service = first("SM Service", name=("like", f"{plan}-%"))
    assert client("author").put("SM Service", service, description="Something else").status_code == 200

    stale = Door("A7", "sign", lambda client, plan: sign(client, plan, seen_hash=shown), UNSEEN, by="sponsor")
    assert_refused(stale, client, plan)


@pytest.mark.parametrize("source", ["Draft", "In Review", "Active"])
def test_a_plan_that_was_not_put_before_the_sponsor_is_not_signed(client, plan_in, source):
    door = Door("C13", "sign", sign, f"The plan is {source}, not To Sign.", by="sponsor")
    assert_refused(door, client, plan_in(source))


def test_the_next_version_supersedes_the_one_before_and_its_seal_follows(client, make_plan):
    before = make_plan("Active")
    after = revision_of(client("author"), before)
    assert (state(before)[0], state(after)[0]) == ("Active", "Draft")
    move(client("author"), after, "Send for Review", "Send to Sponsor")

    assert sign(client("sponsor"), after).status_code == 200

    assert (state(before), state(after)) == (("Superseded", 1, 2), ("Active", 1, 2))
    for plan in (before, after):
        assert verify(client("auditor"), plan)["intact"]


def two_versions_to_sign(client: Callable[[str], Client], plan: str) -> tuple[str, str]:
    """Versions 2 and 3 of a plan in force, both before the sponsor."""
    author = client("author")
    second = revision_of(author, plan)
    third = f"{plan}-v3"
    import_plan(author, dataclasses.replace(export(author, second), id=third, version=3))
    for version in (second, third):
        move(author, version, "Send for Review", "Send to Sponsor")
    return second, third


def test_an_older_version_is_not_signed_after_a_newer_one(client, make_plan):
    """It would put the seals of the lineage out of order for ever."""
    second, third = two_versions_to_sign(client, make_plan("Active"))
    assert sign(client("sponsor"), third).status_code == 200

    late = Door("sign", "late", sign, "Version 3 is already sealed. Raise the version number.", by="sponsor")
    assert_refused(late, client, second)


def at_once(signatures: list[Callable[[], requests.Response]]) -> list[int]:
    """Send requests together; the status of each answer."""
    with ThreadPoolExecutor(len(signatures)) as pool:
        return [answer.status_code for answer in pool.map(lambda sign: sign(), signatures)]


def test_of_many_signatures_at_once_one_counts(client, server, people, make_plan):
    plan = make_plan("To Sign")
    shown = seen_hash(client("sponsor"), plan)
    sessions = [Client(server, people["sponsor"]) for _ in range(6)]

    answers = at_once([partial(sign, session, plan, seen_hash=shown) for session in sessions])

    assert sorted(answers) == [200] + [417] * 5
    assert state(plan) == ("Active", 1, 1)
    assert verify(client("auditor"), plan)["intact"]


def test_never_are_two_versions_of_a_lineage_in_force(client, server, people, make_plan):
    first_version = make_plan("Active")
    versions = two_versions_to_sign(client, first_version)
    shown = {plan: seen_hash(client("sponsor"), plan) for plan in versions}
    sessions = {plan: Client(server, people["sponsor"]) for plan in versions}

    answers = at_once([partial(sign, sessions[plan], plan, seen_hash=shown[plan]) for plan in versions])

    states = [state(plan)[0] for plan in (first_version, *versions)]
    assert states.count("Active") == 1
    assert answers.count(200) >= 1
    assert state(first_version)[2] == 1 + answers.count(200)
    assert verify(client("auditor"), first_version)["intact"]


def test_a_signature_and_a_return_at_once_leave_one_of_the_two(client, make_plan):
    plan = make_plan("To Sign")
    shown = seen_hash(client("sponsor"), plan)
    back = partial(client("author").put, "SM Plan", plan, state="Draft")

    signed, returned = at_once([partial(sign, client("sponsor"), plan, seen_hash=shown), back])

    assert (signed, returned) in ((200, 403), (200, 417), (417, 200))
    assert state(plan) == (("Active", 1, 1) if signed == 200 else ("Draft", 0, 0))


def test_a_change_by_sql_is_found_out(client, make_plan):
    plan = make_plan("Active")
    frappe.db.set_value("SM Plan", plan, "why", "Another reason altogether, put there past all guards.")
    frappe.db.commit()
    verified = verify(client("auditor"), plan)
    assert (verified["intact"], [change["field"] for change in verified["drift"]]) == (True, ["why"])

    seal = first("SM Plan Seal", plan=plan)
    frappe.db.set_value("SM Plan Seal", seal, "signer_name", "Somebody Else", update_modified=False)
    frappe.db.commit()
    verified = verify(client("auditor"), plan)
    assert not verified["intact"]
    assert "who signed, when, or what was said was changed" in verified["problems"][0]


def test_a_seal_that_was_forged_with_all_its_hashes_is_found_out(client, make_plan):
    """Whoever writes the database can recompute the hashes, but has not the key."""
    plan = make_plan("Active")
    (made,) = stored_records.seals(plan)
    forged = dataclasses.replace(made, meaning="Something else altogether.")
    forged = dataclasses.replace(forged, seal_hash=canonical_json.hash_of(forged.statement()))
    name = first("SM Plan Seal", plan=plan)
    frappe.db.set_value(
        "SM Plan Seal",
        name,
        {"meaning": forged.meaning, "seal_hash": forged.seal_hash},
        update_modified=False,
    )
    frappe.db.commit()

    verified = verify(client("auditor"), plan)
    assert not verified["intact"]
    assert verified["seals"][0]["origin"] == "forged"


def test_a_log_in_signs_while_it_is_fresh_on_a_site_without_passwords(server, people, make_plan):
    plan = make_plan("To Sign")
    session = Client(server, people["sponsor"])
    frappe.db.set_single_value("SM Settings", {"proof_of_signer": "Fresh Log-in", "log_in_minutes": 10})
    frappe.db.commit()
    try:
        answer = sign(session, plan, password="")
        assert answer.status_code == 200, told(answer)
    finally:
        fresh()
        frappe.db.set_single_value("SM Settings", {"proof_of_signer": "Password", "log_in_minutes": 10})
        frappe.db.commit()
        frappe.clear_cache(doctype="SM Settings")
    assert state(plan) == ("Active", 1, 1)
