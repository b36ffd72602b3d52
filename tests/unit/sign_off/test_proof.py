"""What a signer gives beside the session: which requests sign nothing, and what is kept of those that do."""

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, strategies as st

from sm_planner.engine.model import proof as proof_module
from sm_planner.engine.model.proof import BROWSER, CONSOLE, FRESH_LOG_IN, IMPERSONATED, PASSWORD, TOKEN, Proof
from sm_planner.engine.sign_off import requests
from sm_planner.engine.sign_off.requests import Asked, Request

NOW = datetime(2027, 1, 4, 10, 0, tzinfo=timezone.utc)


def ago(**time):
    return NOW - timedelta(**time)


LATELY = ago(minutes=5)


def refusal(kind=PASSWORD, way=BROWSER, logged_in_at=LATELY, **more):
    found = requests.refuse_request(
        Asked(kind=kind), Request(way=way, logged_in_at=logged_in_at, **more), NOW
    )
    return found and str(found.text)


@pytest.mark.parametrize("kind", [PASSWORD, FRESH_LOG_IN])
def test_who_logged_in_with_the_password_of_today_signs(kind):
    assert refusal(kind) is None
    assert refusal(kind, password_changed_at=ago(days=3)) is None


@pytest.mark.parametrize("kind", [PASSWORD, FRESH_LOG_IN])
@pytest.mark.parametrize(
    ("request_", "says"),
    [
        (
            {"way": TOKEN, "logged_in_at": None},
            "You can sign only after a log-in, not with an API key or token.",
        ),
        (
            {"way": IMPERSONATED, "by": "root@example.org"},
            "root@example.org is acting in place of this user.",
        ),
        ({"logged_in_at": None}, "It is not known when this session began"),
        ({"logged_in_at": ago(minutes=-2)}, "It is not known when this session began"),
        ({"same_password": False}, "was changed after this log-in"),
        ({"logged_in_at": ago(days=2), "password_changed_at": ago(days=1)}, "was changed after this log-in"),
        (
            {"password_changed_at": ago(minutes=30)},
            "changed at 2027-01-04 09:30 UTC. The account can sign again from",
        ),
    ],
    ids=["token", "impersonated", "no log-in", "future", "own session", "by another", "too soon"],
)
def test_these_sign_nothing_whatever_the_site_asks_for(kind, request_, says):
    assert says in refusal(kind, **request_)


def test_an_account_signs_again_once_it_has_waited_and_not_a_second_before():
    asked, changed = Asked(wait_minutes=30), ago(minutes=30)
    request = Request(way=BROWSER, logged_in_at=ago(minutes=1), password_changed_at=changed)

    assert requests.refuse_request(asked, request, NOW) is None
    assert requests.refuse_request(asked, request, NOW - timedelta(seconds=1)) is not None


def test_a_log_in_that_saw_the_change_is_one_with_the_new_password():
    changed = ago(hours=2)
    assert refusal(logged_in_at=changed, password_changed_at=changed) is None


def test_a_log_in_stands_for_the_password_while_it_is_fresh():
    assert refusal(FRESH_LOG_IN, logged_in_at=ago(minutes=10)) is None
    assert "sign within 10 minutes" in refusal(FRESH_LOG_IN, logged_in_at=ago(minutes=10, seconds=1))
    assert refusal(PASSWORD, logged_in_at=ago(days=9)) is None


def test_on_the_console_a_password_signs_and_no_log_in_does():
    assert refusal(PASSWORD, CONSOLE, None) is None
    assert "It is not known when" in refusal(FRESH_LOG_IN, CONSOLE, None)
    assert "can sign again from" in refusal(PASSWORD, CONSOLE, None, password_changed_at=ago(minutes=1))


@pytest.mark.parametrize(
    ("stored", "counts"), [(None, 10), (0, 10), (1, 1), (60, 60), (1_000_000, 60), (-5, 1)]
)
def test_minutes_are_within_bounds_whatever_is_stored(stored, counts):
    assert requests.LOG_IN_MINUTES.nearest(stored) == counts


BEFORE = {"proof_of_signer": PASSWORD, "log_in_minutes": 10, "wait_minutes": 60}


def changes(**after):
    return [str(change) for change in requests.changes_of_settings(BEFORE, {**BEFORE, **after})]


def test_what_changes_how_signers_prove_themselves_is_told_and_nothing_else_is():
    assert changes() == changes(log_in_minutes=0, wait_minutes=None, proof_of_signer="") == []
    assert changes(proof_of_signer=FRESH_LOG_IN, log_in_minutes=60) == [
        "Proof of the Signer: Password → Fresh Log-in.",
        "Log-in Not Older Than (Minutes): 10 → 60.",
    ]


@pytest.mark.parametrize(
    ("after", "says"),
    [
        ({"log_in_minutes": 61}, ["Log-in Not Older Than (Minutes): between 1 and 60."]),
        ({"log_in_minutes": -1}, ["Log-in Not Older Than (Minutes): between 1 and 60."]),
        ({"wait_minutes": 9}, ["Wait after a Change of Password (Minutes): between 10 and 10080."]),
        ({"log_in_minutes": 60, "wait_minutes": 10_080}, []),
    ],
)
def test_minutes_out_of_bounds_are_not_stored(after, says):
    assert [str(one) for one in requests.refuse_settings(BEFORE, {**BEFORE, **after})] == says


def test_minutes_that_were_out_of_bounds_before_are_in_nobodys_way():
    before = {**BEFORE, "log_in_minutes": 1_000_000}
    assert requests.refuse_settings(before, before) == ()


KEPT = {
    Proof(
        kind=PASSWORD, way=BROWSER, log_in_age=840
    ): "password given again, in a browser, 14 minutes after the log-in",
    Proof(
        kind=FRESH_LOG_IN, way=BROWSER, log_in_age=0
    ): "fresh log-in, in a browser, 0 minutes after the log-in",
    Proof(way=TOKEN): "with an API key or token",
    Proof(way=IMPERSONATED, by="root@example.org"): "by root@example.org in this user's place",
    Proof(kind=PASSWORD, way=CONSOLE): "password given again, on the console",
}


@pytest.mark.parametrize("kept", KEPT, ids=str)
def test_what_is_kept_of_a_proof_can_be_read_and_told(kept):
    assert proof_module.read(kept.as_text()) == kept
    assert str(proof_module.told(kept.as_text())) == KEPT[kept]


def test_what_is_kept_of_a_request_is_how_it_came():
    request = Request(way=BROWSER, session="mark", logged_in_at=ago(minutes=3))
    kept = requests.proof_of(request, NOW, PASSWORD)

    assert json.loads(kept.as_text()) == {
        "kind": "Password",
        "log_in_age": 180,
        "session": "mark",
        "way": "browser",
    }
    assert requests.proof_of(replace(request, logged_in_at=None), NOW).log_in_age == -1


@given(st.text() | st.sampled_from(['{"way": 1}', '{"way": "browser", "log_in_age": "x"}', "[]", "null"]))
def test_what_somebody_else_wrote_is_told_as_it_stands(text):
    if proof_module.read(text) is None:
        assert str(proof_module.told(text)) == text
