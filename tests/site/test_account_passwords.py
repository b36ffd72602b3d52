"""The site sees that the password of an account was changed, in whatever way, and tells those who guard its plans."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import frappe
import pytest
from frappe.utils.password import update_password

from sm_planner.adapters import plan_reader
from sm_planner.adapters.evidence import sign_off_events
from sm_planner.adapters.signers import account_passwords, sign_off_mails
from sm_planner.adapters.signing import seal_watch, sign_off
from sm_planner.engine.sealing import canonical

SPONSOR = "sponsor@example.org"
PASSWORD, ANOTHER = "Planner-2027!", "Another-2027!"
MEANING = "I approve this plan and fund it."
KNOWN = "SM Account Password"


@pytest.fixture
def to_sign(to_sign: str) -> str:
    """The same; the site has seen the first password of the sponsor, as it has after a log-in."""
    account_passwords.look([SPONSOR])
    return to_sign


def changed_at(user: str = SPONSOR) -> datetime | None:
    return account_passwords.of(user).changed_at


def by_save(user: str) -> None:
    frappe.get_doc("User", user).update({"new_password": ANOTHER}).save()


def on_the_console(user: str) -> None:
    update_password(user, ANOTHER)
    seal_watch.watch()


def by_sql(user: str) -> None:
    frappe.db.sql("update __Auth set password = 'x' where doctype = 'User' and name = %s", user)
    seal_watch.watch()


def taken_away(user: str) -> None:
    frappe.db.delete("__Auth", {"doctype": "User", "name": user})
    seal_watch.watch()


def made_anew(user: str) -> None:
    frappe.db.delete("User", {"name": user})
    frappe.db.delete("__Auth", {"doctype": "User", "name": user})
    new = {"doctype": "User", "email": user, "first_name": user, "send_welcome_email": 0}
    frappe.get_doc({**new, "new_password": ANOTHER}).insert()


def made_anew_under_a_name_given_up(user: str) -> None:
    frappe.rename_doc("User", user, "gone@example.org", force=True)
    made_anew(user)


WAYS = {
    "the account is saved": (by_save, "was changed by Administrator."),
    "on the console": (on_the_console, "the site did not see by whom."),
    "by SQL": (by_sql, "the site did not see by whom."),
    "the password is taken away": (taken_away, "the site did not see by whom."),
    "the account is deleted and made anew": (made_anew, "was changed by Administrator."),
    "another takes its name": (made_anew_under_a_name_given_up, None),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_change_of_the_password_is_seen_however_it_was_made(to_sign, way):
    assert changed_at() is None
    change, says = WAYS[way]

    change(SPONSOR)

    assert datetime.now(tz=timezone.utc) - changed_at() < timedelta(minutes=5)
    if says:  # the persons of a plan follow an account that is renamed
        events = [event for event in sign_off_events.log(to_sign) if event.act == "Password Changed"]
        assert [(event.outcome, says in event.reason) for event in events] == [("Noted", True)]


def test_a_change_is_in_the_log_though_nobody_can_be_told(to_sign, monkeypatch):
    monkeypatch.setattr(sign_off_mails.wording, "alarm", lambda *args: 1 / 0)

    by_save(SPONSOR)

    assert "Password Changed" in [event.act for event in sign_off_events.log(to_sign)]
    assert frappe.db.exists("Error Log", {"method": ("like", f"%{SPONSOR} was changed could not be told%")})


def test_an_account_that_is_renamed_keeps_what_is_known_of_it(to_sign):
    by_save(SPONSOR)
    changed = changed_at()

    frappe.rename_doc("User", SPONSOR, "renamed@example.org", force=True)

    assert changed_at("renamed@example.org") == changed


def test_the_first_password_of_a_new_account_is_no_change_and_that_of_an_old_one_is(make_user):
    new, old = make_user(name="new@example.org"), make_user(name="old@example.org")
    frappe.db.set_value(KNOWN, old, "made_at", "2026-01-01T00:00:00+00:00")

    by_save(new)
    by_save(old)

    assert changed_at(new) is None
    assert changed_at(old) is not None
    frappe.get_doc("User", new).update({"new_password": PASSWORD}).save()
    assert changed_at(new) is not None


def test_what_leaves_the_password_as_it_is_is_no_change(to_sign):
    frappe.get_doc("User", SPONSOR).update({"last_name": "Else"}).save()
    seal_watch.watch()

    assert changed_at() is None


def test_whoever_was_there_before_the_app_is_remembered_once(to_sign):
    frappe.db.delete(KNOWN)
    account_passwords.remember_all()
    kept = frappe.get_all(KNOWN, ["*"], order_by="name asc")
    account_passwords.remember_all()

    assert frappe.get_all(KNOWN, ["*"], order_by="name asc") == kept
    assert {row.name for row in kept} == set(frappe.get_all("User", pluck="name"))
    assert changed_at() is None
    by_save(SPONSOR)
    assert changed_at() is not None


def test_after_a_change_nobody_signs_before_the_wait_is_over(to_sign, acting_as):
    by_save(SPONSOR)
    seen = canonical.content_hash(plan_reader.load(to_sign))
    with acting_as(SPONSOR):
        with pytest.raises(frappe.ValidationError, match="The account can sign again from"):
            sign_off.sign(to_sign, seen, ANOTHER, MEANING)
        an_hour_ago = datetime.now(tz=timezone.utc) - timedelta(minutes=60)
        frappe.db.set_value(KNOWN, SPONSOR, "changed_at", an_hour_ago.isoformat())
        assert sign_off.sign(to_sign, seen, ANOTHER, MEANING).number == 1


def bells(user: str) -> list[str]:
    return frappe.get_all(
        "Notification Log",
        {"for_user": user, "subject": ("like", "About the sign-off%")},
        pluck="document_name",
        order_by="creation asc",
    )


def test_who_guards_the_plans_of_the_account_is_told_once(to_sign, make_user):
    auditor = make_user("SM Auditor", name="auditor@example.org")
    frappe.db.delete("Notification Log")

    by_save(SPONSOR)
    seal_watch.watch()

    assert bells(SPONSOR) == bells(auditor) == [to_sign]
    assert bells("owner@example.org") == []


def test_a_change_of_an_account_that_signs_nothing_is_told_to_nobody(to_sign):
    frappe.db.delete("Notification Log")

    by_save("owner@example.org")

    assert frappe.db.count("Notification Log") == 0
    assert changed_at("owner@example.org") is None  # its first, on its first day
    assert "Password Changed" not in {event.act for event in sign_off_events.log(to_sign)}


def test_nobody_changes_or_deletes_what_is_known():
    known = frappe.get_doc(KNOWN, "Administrator")
    known.changed_at = ""
    with pytest.raises(frappe.PermissionError, match="never change"):
        known.save()
    with pytest.raises(frappe.PermissionError, match="never change"):
        frappe.delete_doc(KNOWN, "Administrator", force=True)
