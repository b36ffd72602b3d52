"""What happens when two do something at once: one of them wins, and the other is told why not."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import frappe
import pytest
import requests
from http_kit import Client, document, events, first, fresh, seen_hash, sign, state, told, verify

pytestmark = pytest.mark.commits

UNSEEN = "The plan has changed since you opened it."
OVERTAKEN = "at the same moment, so your change was not saved."
ROUNDS = 4


def at_once(*requests_to_send: Callable[[], requests.Response]) -> list[requests.Response]:
    with ThreadPoolExecutor(len(requests_to_send)) as pool:
        return list(pool.map(lambda send: send(), requests_to_send))


@pytest.fixture
def to_sign(client, make_plan) -> tuple[str, Callable[[], requests.Response]]:
    """A plan before its sponsor, and the request that signs it as he saw it."""
    plan = make_plan("To Sign")
    return plan, partial(sign, client("sponsor"), plan, seen_hash=seen_hash(client("sponsor"), plan))


EDITS: dict[str, Callable[[Client, str, str], requests.Response]] = {
    "the plan": lambda client, plan, _other: client.put("SM Plan", plan, vision="Changed at the last moment"),
    "an objective": lambda client, _plan, other: client.put("SM Objective", other, title="Changed"),
    "a new objective": lambda client, plan, _other: client.create("SM Objective", plan=plan, title="Added"),
    "a deleted objective": lambda client, _plan, other: client.delete("SM Objective", other),
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_while_the_sponsor_signs_is_refused(client, to_sign, edit):
    plan, signing = to_sign
    objective = first("SM Objective", plan=plan)

    signed, edited = at_once(signing, partial(EDITS[edit], client("author"), plan, objective))

    assert signed.status_code == 200, told(signed)
    # Who comes once the plan is Active is refused by Frappe itself: he may not change submitted documents.
    refusals = ("Only a Draft can be changed.", "Start a revision instead.", OVERTAKEN)
    ours = edited.status_code == 417 and any(refusal in told(edited) for refusal in refusals)
    assert ours or edited.status_code == 403, told(edited)
    verified = verify(client("auditor"), plan)
    assert (verified["intact"], verified["drift"]) == (True, [])


@pytest.mark.parametrize("round", range(ROUNDS))
def test_a_shared_record_that_changes_meanwhile_is_either_unseen_or_drift(client, make_plan, round):
    """A service belongs to no one plan. Sealed is what the sponsor saw, and nothing else."""
    plan = make_plan("To Sign")
    shown = seen_hash(client("sponsor"), plan)
    service = first("SM Service", name=("like", f"{plan}-%"))

    signed, edited = at_once(
        partial(sign, client("sponsor"), plan, seen_hash=shown),
        partial(client("author").put, "SM Service", service, description="Changed at the last moment"),
    )

    assert edited.status_code == 200, told(edited)
    if signed.status_code == 200:
        fresh()
        assert frappe.db.get_value("SM Plan Seal", {"plan": plan}, "content_hash") == shown
        assert [change["field"] for change in verify(client("auditor"), plan)["drift"]] == ["description"]
    else:
        assert (signed.status_code, UNSEEN in told(signed)) == (417, True)
        assert state(plan) == ("To Sign", 0, 0)


@pytest.mark.parametrize("round", range(ROUNDS))
def test_the_other_account_of_a_sponsor_comes_too_late_or_not_at_all(client, people, to_sign, round):
    plan, signing = to_sign
    person = frappe.db.get_value("SM Plan", plan, "executive_sponsor")

    signed, exchanged = at_once(
        signing, partial(client("system-manager").put, "SM Person", person, user=people["other-sponsor"])
    )

    assert signed.status_code == 200, told(signed)
    fresh()
    assert frappe.db.get_value("SM Plan Seal", {"plan": plan}, "signer_user") == people["sponsor"]
    if exchanged.status_code != 200:
        assert "the accounts of its signers, its owner and whoever decides by it cannot be changed" in told(
            exchanged
        ) or OVERTAKEN in told(exchanged)


@pytest.mark.parametrize("round", range(ROUNDS))
def test_of_two_steps_at_once_one_is_taken(client, make_plan, round):
    """Sent on to the sponsor, and returned: each from the state that the other leaves."""
    plan = make_plan("In Review")

    answers = at_once(
        partial(client("author").put, "SM Plan", plan, state="To Sign"),
        partial(client("planner").put, "SM Plan", plan, state="Draft"),
    )

    taken = [answer.status_code for answer in answers]
    assert taken in ([200, 403], [403, 200], [200, 200], [200, 417], [417, 200])
    if taken == [
        200,
        200,
    ]:  # one after the other: a plan before its sponsor can be returned, a draft not sent
        assert state(plan)[0] == "Draft"
    for answer in answers:
        if answer.status_code != 200:
            refusals = ("A plan cannot go from", "modified", OVERTAKEN)
            assert any(refusal in told(answer) for refusal in refusals), told(answer)


def test_of_two_revisions_at_once_one_is_made(client, make_plan):
    plan = make_plan("Active")
    start = "sm_planner.api.start_revision"

    answers = at_once(
        partial(client("author").call, start, plan=plan), partial(client("boss").call, start, plan=plan)
    )

    fresh()
    assert frappe.db.count("SM Plan", {"lineage": plan}) == 2
    assert sorted(answer.status_code for answer in answers)[0] == 200
    (refused,) = [answer for answer in answers if answer.status_code != 200]
    assert (refused.status_code, "Version 2 already exists." in told(refused)) == (417, True), told(refused)
    assert outcomes(plan, "Start Revision") == ["Done", "Refused"]


def test_of_two_who_begin_a_sanity_check_at_once_both_open_the_same(client, make_plan):
    plan = make_plan()
    service = first("SM Service", name=("like", f"{plan}-%"))
    begin = partial(
        client("planner").call, "sm_planner.api.begin_sanity_check", lineage=plan, service=service
    )

    answers = at_once(*[begin] * 4)

    assert [answer.status_code for answer in answers] == [200] * 4, told(answers[-1])
    fresh()
    begun = frappe.get_all("SM Sanity Check", {"lineage": plan, "held_on": ("is", "not set")}, pluck="name")
    assert {answer.json()["message"] for answer in answers} == {*begun}
    assert len(begun) == 1


def outcomes(plan: str, act: str) -> list[str]:
    return sorted(outcome for name, outcome, _user in events(plan) if name == act)


def bells(user: str, plan: str, subject: str) -> int:
    """How often a user was told this about a plan."""
    fresh()
    about = {"for_user": user, "document_name": plan, "subject": ("like", f"{subject}%")}
    return frappe.db.count("Notification Log", about)


def test_of_six_signatures_at_once_one_is_taken_and_five_are_refused_and_kept(client, to_sign):
    plan, signing = to_sign

    answers = at_once(*[signing] * 6)

    refused = [answer for answer in answers if answer.status_code != 200]
    assert len(refused) == 5
    for answer in refused:
        assert (answer.status_code, "The plan is Active, not To Sign." in told(answer)) == (417, True), told(
            answer
        )
    assert state(plan) == ("Active", 1, 1)
    assert outcomes(plan, "Sign") == ["Done"] + ["Refused"] * 5
    assert verify(client("auditor"), plan)["intact"]


@pytest.mark.parametrize("round", range(ROUNDS))
def test_of_two_acts_of_one_countersigner_at_once_one_counts_and_is_told(client, people, make_plan, round):
    plan = make_plan("To Sign", before=("boss",))
    countersign = partial(sign, client("boss"), plan, seen_hash=seen_hash(client("boss"), plan))

    answers = at_once(countersign, countersign)

    assert sorted(answer.status_code for answer in answers) == [200, 417]
    (refused,) = [answer for answer in answers if answer.status_code != 200]
    assert "You have already signed this plan." in told(refused)
    assert outcomes(plan, "Sign") == ["Done", "Refused"]
    assert bells(people["planner"], plan, "Signed") == 1
    assert bells(people["sponsor"], plan, "To sign") == 1


@pytest.mark.parametrize("round", range(ROUNDS))
def test_of_a_signature_and_a_return_at_once_one_is_taken(client, to_sign, round):
    plan, signing = to_sign
    send_back = partial(client("author").call, "sm_planner.api.return_plan", plan=plan, reason="Too early.")

    signed, returned = at_once(signing, send_back)

    assert sorted((signed.status_code == 200, returned.status_code == 200)) == [False, True]
    assert state(plan) == (("Active", 1, 1) if signed.status_code == 200 else ("Draft", 0, 0))
    refused, act = (returned, "Return") if signed.status_code == 200 else (signed, "Sign")
    assert refused.status_code in (403, 417), told(refused)
    assert outcomes(plan, act) == ["Refused"]


@pytest.mark.parametrize("round", range(ROUNDS))
def test_of_two_workflow_actions_at_once_one_is_taken_and_the_other_refused_and_kept(
    client, make_plan, round
):
    plan = make_plan("In Review")
    apply = "frappe.model.workflow.apply_workflow"
    send = partial(
        client("author").call, apply, doc=document(client("author"), plan), action="Send to Sponsor"
    )
    back = partial(client("planner").call, apply, doc=document(client("planner"), plan), action="Return")

    answers = at_once(send, back)

    taken = [answer.status_code == 200 for answer in answers]
    if all(taken):  # one after the other: what waits for its sponsor can be returned
        assert state(plan)[0] == "Draft"
        return
    assert sorted(taken) == [False, True]
    refused = answers[taken.index(False)]
    refusals = ("Not a valid Workflow Action", "modified", OVERTAKEN)
    assert refused.status_code == 417, told(refused)
    assert any(refusal in told(refused) for refusal in refusals), told(refused)
    # What Frappe refuses for it is no step at all any more never came to be an attempt.
    if "Not a valid" not in told(refused):
        assert [outcome for _act, outcome, _user in events(plan)].count("Refused") == 1
