"""A session alone does not sign: passwords that are changed, tokens, sessions taken over, settings, guesses at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from functools import partial

import frappe
import pytest
import requests
from frappe.utils.password import update_password
from http_kit import (
    API,
    PASSWORD,
    Client,
    Door,
    assert_refused,
    first,
    fresh,
    seen_hash,
    sign,
    state,
    taken_over,
    told,
    with_key,
)

from sm_planner.adapters.evidence import sign_off_events

pytestmark = pytest.mark.commits

NEW = "Another-2027!"
SINCE_LOG_IN = "The password of this account was changed after this log-in."
WAIT = "The account can sign again from"
UNKNOWN = "It is not known when this session began"
NOT_YOURS = "This is not your password."
KNOWN = "SM Account Password"
SETTINGS = "SM Settings"


@pytest.fixture
def sponsor(people: dict[str, str]) -> str:
    """The name, among the people, of a sponsor of this test alone: his password can be changed."""
    fresh()
    name = f"sponsor-{len(people)}"
    people[name] = people["sponsor"].replace("-sponsor@", f"-{name}@")
    frappe.get_doc(
        {
            "doctype": "User",
            "email": people[name],
            "first_name": name,
            "send_welcome_email": 0,
            "new_password": PASSWORD,
            "roles": [{"role": "SM Executive Sponsor"}],
        }
    ).insert()
    frappe.db.commit()
    return name


@pytest.fixture
def plan(make_plan: Callable[..., str], sponsor: str) -> str:
    return make_plan("To Sign", sponsor=sponsor)


def log_in(server: str, user: str, password: str = PASSWORD) -> Client:
    session = Client(server)
    answer = session.post("/api/method/login", usr=user, pwd=password)
    assert answer.status_code == 200, answer.text
    return session


@pytest.fixture
def proof_wanted() -> Iterator[Callable[..., None]]:
    """Sets what the site wants of a signer, as if it had always been so."""

    def want(**values: object) -> None:
        fresh()
        frappe.db.set_single_value(SETTINGS, values)
        frappe.db.commit()

    yield want
    want(proof_of_signer="Password", log_in_minutes=10, wait_minutes=60)


def refused(session: Client, plan: str, says: str, **changes: str) -> None:
    door = Door("sign", "refused", lambda _c, p: sign(session, p, **changes), says)
    assert_refused(door, lambda _name: session, plan)
    fresh()
    assert says in sign_off_events.log(plan)[-1].reason, "it stays in the log"


def an_hour_later(user: str) -> None:
    fresh()
    changed = datetime.fromisoformat(frappe.db.get_value(KNOWN, user, "changed_at"))
    frappe.db.set_value(KNOWN, user, "changed_at", (changed - timedelta(minutes=61)).isoformat())
    frappe.db.commit()


def by_form(session: Client, user: str) -> requests.Response:
    return session.put("User", user, new_password=NEW)


def by_save(session: Client, user: str) -> requests.Response:
    document = session.get(f"/api/resource/User/{user}").json()["data"]
    return session.call("frappe.client.save", doc={**document, "doctype": "User", "new_password": NEW})


def by_value(session: Client, user: str) -> requests.Response:
    return session.call(
        "frappe.client.set_value", doctype="User", name=user, fieldname="new_password", value=NEW
    )


def by_old_password(session: Client, _user: str) -> requests.Response:
    method = "frappe.core.doctype.user.user.update_password"
    return session.call(method, new_password=NEW, old_password=PASSWORD, logout_all_sessions=0)


OWN_WAYS = {"form": by_form, "save": by_save, "value": by_value}


@pytest.mark.parametrize("way", OWN_WAYS)
def test_who_sets_a_password_in_an_open_session_does_not_sign_with_it(
    server, people, sponsor, plan, way, proof_wanted
):
    """X1: whoever sits at the sponsor's open session; also on a site where a fresh log-in is the proof."""
    user = people[sponsor]
    session = log_in(server, user)

    changed = OWN_WAYS[way](session, user)

    assert changed.status_code == 200, told(changed)
    for password in (NEW, PASSWORD):
        refused(session, plan, SINCE_LOG_IN, password=password)
    refused(log_in(server, user, NEW), plan, WAIT, password=NEW)
    proof_wanted(proof_of_signer="Fresh Log-in")
    refused(log_in(server, user, NEW), plan, WAIT, password="")


def test_after_a_log_in_with_the_new_password_and_the_wait_the_sponsor_signs(server, people, sponsor, plan):
    user = people[sponsor]
    by_form(log_in(server, user), user)
    an_hour_later(user)

    answer = sign(log_in(server, user, NEW), plan, password=NEW)

    assert answer.status_code == 200, told(answer)
    assert state(plan) == ("Active", 1, 1)


def test_the_session_that_frappe_makes_for_who_sets_a_password_is_no_log_in(server, people, sponsor, plan):
    """X1: the form of Frappe logs its user in again by itself."""
    user = people[sponsor]
    session = log_in(server, user)

    changed = by_old_password(session, user)

    assert changed.status_code == 200, told(changed)
    an_hour_later(user)
    refused(session, plan, UNKNOWN, password=NEW)
    answer = sign(log_in(server, user, NEW), plan, password=NEW)
    assert answer.status_code == 200, told(answer)


def bells(user: str, plan: str) -> int:
    fresh()
    about = {"for_user": user, "document_name": plan, "subject": ("like", "About the sign-off%")}
    return frappe.db.count("Notification Log", about)


def reasons(plan: str, act: str) -> list[str]:
    fresh()
    return [event.reason for event in sign_off_events.log(plan) if event.act == act]


def test_an_administrator_who_sets_the_password_waits_and_the_guardians_are_told(
    client, server, people, sponsor, plan
):
    """X2: a System Manager; told to the sponsor and the auditor, and kept in the log."""
    user = people[sponsor]

    changed = by_form(client("system-manager"), user)

    assert changed.status_code == 200, told(changed)
    refused(log_in(server, user, NEW), plan, WAIT, password=NEW)
    assert bells(user, plan) == bells(people["auditor"], plan) == 1
    (reason,) = reasons(plan, "Password Changed")
    assert reason == f"The password of {user} was changed by {people['system-manager']}."


def test_a_password_set_past_frappe_is_seen_at_the_signature_and_told_at_the_log_in(
    server, people, sponsor, plan
):
    """X3: ``bench set-password``, or SQL."""
    user = people[sponsor]
    session = log_in(server, user)
    fresh()
    update_password(user, NEW)
    frappe.db.commit()

    refused(session, plan, SINCE_LOG_IN, password=NEW)
    refused(log_in(server, user, NEW), plan, WAIT, password=NEW)

    assert bells(people["auditor"], plan) == 1
    assert reasons(plan, "Password Changed") == [
        f"The password of {user} was changed; the site did not see by whom."
    ]


@pytest.mark.parametrize("wanted", ["Password", "Fresh Log-in"])
def test_a_token_signs_nothing_though_it_brings_the_password(
    server, people, sponsor, plan, proof_wanted, wanted
):
    """X4, N4."""
    holder = with_key(server, people[sponsor])
    proof_wanted(proof_of_signer=wanted)

    refused(holder, plan, "You can sign only after a log-in, not with an API key or token.")

    assert json.loads(sign_off_events.log(plan)[-1].proof) == {"way": "token"}


def test_who_takes_the_place_of_the_sponsor_signs_nothing_and_it_is_told_once(server, people, sponsor, plan):
    """X5: an administrator, by the impersonation of Frappe, with the password besides."""
    user = people[sponsor]
    administrator = taken_over(server, user)

    for _attempt in range(2):
        refused(administrator, plan, "Administrator is acting in place of this user.")

    kept = json.loads(sign_off_events.log(plan)[-1].proof)
    assert (kept["way"], kept["by"]) == ("impersonated", "Administrator")
    assert bells(user, plan) == bells(people["auditor"], plan) == 1
    summary = administrator.get(f"{API}.sign_off_summary", plan=plan).json()["message"]
    assert "is acting in place of this user" in summary["proof"]["refusal"]


SETTING_DOORS: dict[str, Callable[[Client, dict], requests.Response]] = {
    "PUT": lambda client, values: client.put(SETTINGS, SETTINGS, **values),
    "set_value": lambda client, values: client.call(
        "frappe.client.set_value", doctype=SETTINGS, name=SETTINGS, fieldname=values
    ),
    "save": lambda client, values: client.call("frappe.client.save", doc=settings(client, values)),
    "save as new": lambda client, values: client.call(
        "frappe.client.save", doc=settings(client, values, __islocal=1)
    ),
    "insert": lambda client, values: client.call("frappe.client.insert", doc=settings(client, values)),
    "POST": lambda client, values: client.create(SETTINGS, **values),
    "savedocs": lambda client, values: client.call(
        "frappe.desk.form.save.savedocs", doc=settings(client, values), action="Save"
    ),
    "savedocs as new": lambda client, values: client.call(
        "frappe.desk.form.save.savedocs", doc=settings(client, values, __islocal=1), action="Save"
    ),
    "bulk_update": lambda client, values: client.call(
        "frappe.client.bulk_update", docs=[{"doctype": SETTINGS, "docname": SETTINGS, **values}]
    ),
}


def settings(client: Client, values: dict, **more: object) -> dict[str, object]:
    stored = client.get(f"/api/resource/{SETTINGS}/{SETTINGS}").json()["data"]
    return {**stored, "doctype": SETTINGS, "name": SETTINGS, **values, **more}


def stored_proof() -> dict[str, object]:
    fresh()
    stored = frappe.db.get_singles_dict(SETTINGS)
    return {name: stored.get(name) for name in ("proof_of_signer", "log_in_minutes", "wait_minutes")}


@pytest.mark.parametrize("door", SETTING_DOORS)
@pytest.mark.parametrize(
    "values",
    [{"proof_of_signer": "Fresh Log-in"}, {"log_in_minutes": 60}, {"wait_minutes": 10}],
    ids=["proof", "log-in", "wait"],
)
def test_how_signers_prove_themselves_is_not_for_who_writes_plans(client, door, values):
    """X6: the author, by every door."""
    before = stored_proof()

    answer = SETTING_DOORS[door](client("author"), values)

    assert stored_proof() == before
    if door != "bulk_update":  # which answers with what failed
        assert answer.status_code in (403, 409), told(answer)
    if answer.status_code != 409:
        assert "Only a System Manager can change how signers prove who they are" in told(answer)


def test_who_writes_plans_still_changes_the_thresholds(client):
    threshold = client("author").get(f"/api/resource/{SETTINGS}/{SETTINGS}").json()["data"]["most_objectives"]
    answer = client("author").put(SETTINGS, SETTINGS, most_objectives=threshold)
    assert answer.status_code == 200, told(answer)


@pytest.mark.parametrize(
    "values", [{"log_in_minutes": 1_000_000}, {"log_in_minutes": -1}, {"wait_minutes": 1}]
)
def test_minutes_out_of_bounds_are_not_even_for_a_system_manager(client, values):
    before = stored_proof()

    answer = client("system-manager").put(SETTINGS, SETTINGS, **values)

    assert (answer.status_code, stored_proof()) == (417, before)
    assert "between" in told(answer) or "negative" in told(answer)


def test_minutes_in_the_database_count_within_their_bounds(server, people, sponsor, plan, proof_wanted):
    """X7: by SQL."""
    proof_wanted(proof_of_signer="Fresh Log-in", log_in_minutes=1_000_000)
    session = log_in(server, people[sponsor])
    fresh()
    sid = session.session.cookies["sid"]
    old = (datetime.now(tz=timezone.utc) - timedelta(minutes=61)).isoformat()
    _change_session(sid, sm_planner_logged_in_at=old)

    refused(session, plan, "sign within 60 minutes", password="")


def _change_session(sid: str, **values: str) -> None:
    kept = frappe.cache.hget("session", sid)
    kept["data"].update(values)
    frappe.cache.hset("session", sid, kept)


def test_a_change_while_plans_wait_is_told_to_signers_and_guardians(
    client, people, sponsor, plan, proof_wanted
):
    """X8: a System Manager."""
    answer = client("system-manager").put(
        SETTINGS, SETTINGS, proof_of_signer="Fresh Log-in", log_in_minutes=60
    )

    assert answer.status_code == 200, told(answer)
    assert bells(people[sponsor], plan) == 1
    (reason,) = reasons(plan, "Proof of the Signer Changed")
    assert reason == "Proof of the Signer: Password → Fresh Log-in. Log-in Not Older Than (Minutes): 10 → 60."


def at_once(sends: list[Callable[[], requests.Response]]) -> list[requests.Response]:
    with ThreadPoolExecutor(len(sends)) as pool:
        return list(pool.map(lambda send: send(), sends))


def test_of_sixteen_wrong_passwords_at_once_five_are_looked_at(server, people, sponsor, make_plan):
    """X9: from two sessions, for two plans."""
    plans = [make_plan("To Sign", sponsor=sponsor) for _number in range(2)]
    sessions = [log_in(server, people[sponsor]) for _number in range(2)]
    guesses = [
        partial(sign, session, plan, seen_hash=seen_hash(session, plan), password=f"guess {number}")
        for number in range(4)
        for plan in plans
        for session in sessions
    ]

    answers = at_once(guesses)

    assert sum(NOT_YOURS in told(answer) for answer in answers) == 5
    waiting = [answer for answer in answers if NOT_YOURS not in told(answer)]
    assert {answer.status_code for answer in waiting} == {429}
    assert sum(len(reasons(plan, "Sign")) for plan in plans) == 5
    late = sign(sessions[0], plans[0])
    assert (late.status_code, "Wait 15 minutes" in told(late)) == (429, True)


def test_wrong_passwords_at_the_log_in_keep_no_sponsor_from_signing(server, people, sponsor, plan):
    """X10: a stranger knows the address of the sponsor."""
    session = log_in(server, people[sponsor])
    stranger = Client(server)
    stranger.session.headers["X-Forwarded-For"] = "198.51.100.7"  # Frappe locks addresses out as well
    for _attempt in range(12):
        stranger.post("/api/method/login", usr=people[sponsor], pwd="guess")

    answer = sign(session, plan)

    assert answer.status_code == 200, told(answer)
    fresh()
    assert frappe.cache.hget("login_failed_count", people[sponsor]), "nor does a signature forgive them"


def test_the_seal_says_what_proved_that_it_was_the_sponsor(client, server, people, sponsor, plan):
    session = log_in(server, people[sponsor])

    assert sign(session, plan).status_code == 200

    fresh()
    kept = json.loads(frappe.db.get_value("SM Plan Seal", {"plan": plan}, "proof"))
    assert {name: kept[name] for name in ("kind", "way")} == {"kind": "Password", "way": "browser"}
    assert 0 <= kept["log_in_age"] < 300
    receipt = client("auditor").get(f"{API}.receipt", plan=plan).json()
    assert json.loads(receipt["seals"][0]["proof"]) == kept
    shown = client("auditor").get(f"{API}.verify", plan=plan).json()["message"]["own"]["proof"]
    assert shown.startswith("password given again, in a browser")


@pytest.mark.parametrize("name", ["system-manager", "auditor", "sponsor"])
def test_nobody_changes_what_is_known_of_an_account(client, people, name):
    """X11."""
    fresh()
    known = first(KNOWN, account=people["sponsor"])
    before = frappe.get_doc(KNOWN, known).as_dict()

    answers = [
        client(name).put(KNOWN, known, changed_at=""),
        client(name).delete(KNOWN, known),
        client(name).call(
            "frappe.client.set_value", doctype=KNOWN, name=known, fieldname="changed_at", value=""
        ),
        client(name).create(KNOWN, account="somebody@example.org"),
    ]

    assert {answer.status_code for answer in answers} <= {403, 417}
    fresh()
    assert frappe.get_doc(KNOWN, known).as_dict() == before
