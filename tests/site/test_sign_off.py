"""The sign-off on a site, in one transaction: its log, seals and keys, sponsors who leave."""

from __future__ import annotations

import io
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import frappe
import pypdf
import pytest
from frappe.utils.password import update_password

import sm_planner
from sm_planner import api
from sm_planner.adapters import plan_reader
from sm_planner.adapters.desk import plan_files, plan_form
from sm_planner.adapters.evidence import seal_keys, sign_off_events
from sm_planner.adapters.signers import account_passwords
from sm_planner.adapters.signing import seal_watch, sign_off
from sm_planner.adapters.site import sessions
from sm_planner.engine.sealing import canonical

PASSWORD = "Planner-2027!"
MEANING = "I approve this plan and fund it."
COUNTERSIGNER = "countersigner@example.org"


def test_a_draft_goes_and_its_events_stay(make_user, acting_as):
    author = make_user("SM Planner Manager")
    with acting_as(author):
        plan = frappe.get_doc({"doctype": "SM Plan", "title": "Not wanted"}).insert()
        for state in ("In Review", "Draft"):
            plan.state = state
            plan.save()
        plan.delete()

    assert not frappe.db.exists("SM Plan", plan.name)
    assert [event.act for event in sign_off_events.log(plan.name)] == [
        "Write",
        "Send for Review",
        "Return",
    ]


def test_signing_never_ends_the_transaction(in_force, commits):
    assert commits == []


def test_a_refusal_is_kept_once_the_request_is_rolled_back(to_sign, acting_as, commits):
    kept = frappe.db.count("SM Sign-off Event", {"plan": to_sign})
    with acting_as("sponsor@example.org"), pytest.raises(frappe.ValidationError):
        sign_off.start_revision(to_sign)

    assert frappe.db.count("SM Sign-off Event", {"plan": to_sign}) == kept
    frappe.db.after_rollback.run()  # as Frappe does after the rollback of the request
    assert commits == [True]
    assert sign_off_events.log(to_sign)[-1].outcome == "Refused"


def test_a_refused_signature_is_kept_while_others_still_wait_for_it(to_sign, sign, commits):
    """Whoever tries next counts it."""
    with pytest.raises(frappe.ValidationError, match="not your password"):
        sign(to_sign, "wrong")

    assert commits
    last = sign_off_events.log(to_sign)[-1]
    assert (last.act, last.outcome, last.reason) == ("Sign", "Refused", "This is not your password.")
    assert frappe.db.count("SM Plan Seal", {"plan": to_sign}) == 0


def test_seal_and_log_say_what_proved_that_it_was_the_signer(in_force):
    seal = frappe.get_doc("SM Plan Seal", {"plan": in_force})
    kept = frappe.parse_json(seal.proof)

    assert (kept["kind"], kept["way"]) == ("Password", "console")
    assert sign_off_events.log(in_force)[-1].proof == seal.proof
    assert plan_form.verification(in_force)["own"]["proof"] == "password given again, on the console"
    assert plan_form.log(in_force)[0]["proof"] == "password given again, on the console"


def test_a_signature_counts_though_the_clock_of_its_server_is_late(to_sign, monkeypatch):
    monkeypatch.setattr(
        sign_off_events, "get_datetime_in_timezone", lambda _zone: datetime(2020, 1, 1, tzinfo=timezone.utc)
    )
    sign_off_events.note(to_sign, "Sign", reason="by a server that is late")

    assert [event.act for event in sign_off_events.log(to_sign)] == [
        "Write",
        "Send for Review",
        "Send to Sponsor",
        "Sign",
    ]


@pytest.fixture
def countersigned_first(to_sign, make_user, acting_as) -> str:
    """The plan ``to_sign``, which somebody signs before the sponsor; its name."""
    update_password(make_user("SM Executive Sponsor", name=COUNTERSIGNER), PASSWORD)
    person = frappe.get_doc({"doctype": "SM Person", "title": "Vi Nowak", "user": COUNTERSIGNER}).insert()
    with acting_as("writer@example.org"):
        doc = frappe.get_doc("SM Plan", to_sign)
        doc.state = "Draft"
        doc.save()
        doc.append("signers", {"person": person.name})
        doc.save()
        for state in ("In Review", "To Sign"):
            doc.state = state
            doc.save()
    return to_sign


def test_a_signature_counts_though_its_server_is_three_seconds_behind_the_one_before(
    countersigned_first, minimal, sign, acting_as, monkeypatch
):
    """By the clocks it was given before the plan was sent to its signers."""
    plan, seen = countersigned_first, canonical.content_hash(plan_reader.load(countersigned_first))
    sent = sign_off_events.log(plan)[-1]
    behind = datetime.fromisoformat(sent.acted_at.replace("Z", "+00:00")) - timedelta(seconds=3)
    with monkeypatch.context() as late, acting_as(COUNTERSIGNER):
        for module in (sign_off, sign_off_events):
            late.setattr(module, "get_datetime_in_timezone", lambda _zone: behind)
        sign_off.sign(plan, seen, PASSWORD, MEANING)

    given = sign_off_events.log(plan)[-1]
    assert (sent.act, given.act) == ("Send to Sponsor", "Sign")
    assert given.acted_at < sent.acted_at
    assert given.previous_hash == sent.event_hash
    position = sign_off.Position(plan_reader.load(plan))
    assert [one.signer_user for one in position.given] == [COUNTERSIGNER]
    assert position.turn == minimal.executive_sponsor
    sign(plan)
    assert sign_off.verify(plan).intact


def test_a_seal_that_is_gone_is_missed_though_the_chain_has_no_gap(in_force):
    frappe.db.delete("SM Plan Seal", {"plan": in_force})

    verification = sign_off.verify(in_force)

    assert not verification.intact
    assert "was made and is there no more" in str(verification.problems[0])


def test_a_sponsor_who_is_disabled_raises_a_finding(in_force):
    frappe.db.set_value("User", "sponsor@example.org", "enabled", 0)

    found = [one for one in api.plan_findings(in_force, length=200)["findings"] if one["code"] == "SPN-10"]

    assert [one["opens"]["doctype"] for one in found] == ["SM Person"]
    assert "has no enabled user account any more" in found[0]["message"]


def test_a_sponsor_whose_account_is_gone_raises_a_finding(in_force):
    frappe.db.delete("User", {"name": "sponsor@example.org"})

    assert "SPN-10" in {finding["code"] for finding in api.plan_findings(in_force, length=200)["findings"]}


@pytest.fixture
def fresh_log_in(monkeypatch):
    """A site whose users have no password; sets how many seconds ago the user of the session logged in."""
    frappe.db.set_single_value("SM Settings", {"proof_of_signer": "Fresh Log-in", "log_in_minutes": 10})

    def ago(seconds: float | None, **more: str) -> None:
        user = frappe.session.user
        session = {"user": user, sessions.LOGGED_IN_WITH: account_passwords.of(user).fingerprint}
        if seconds is not None:
            at = datetime.now(tz=timezone.utc) - timedelta(seconds=seconds)
            session[sessions.LOGGED_IN_AT] = at.isoformat()
        monkeypatch.setattr(frappe.session, "data", frappe._dict(session, **more))

    return ago


def test_on_a_site_with_single_sign_on_a_fresh_log_in_signs(to_sign, acting_as, fresh_log_in):
    seen = canonical.content_hash(plan_reader.load(to_sign))
    with acting_as("sponsor@example.org"):
        fresh_log_in(60)
        assert sign_off.sign(to_sign, seen, "", MEANING).number == 1


@pytest.mark.parametrize(
    ("seconds", "more", "says"),
    [
        (601, {}, "Log in again, and sign within 10 minutes"),
        (-60, {}, "not known when this session began"),
        (None, {}, "not known when this session began"),
        (60, {sessions.LOGGED_IN_WITH: "another"}, "was changed after this log-in"),
        (60, {"impersonated_by": "Administrator"}, "Administrator is acting in place of this user"),
        (60, {"audit_user": "root"}, "root is acting in place of this user"),
    ],
    ids=["too old", "from the future", "before the app", "other password", "impersonated", "from the bench"],
)
def test_without_a_fresh_log_in_of_the_sponsor_nobody_signs(
    to_sign, acting_as, fresh_log_in, seconds, more, says
):
    seen = canonical.content_hash(plan_reader.load(to_sign))
    with acting_as("sponsor@example.org"):
        fresh_log_in(seconds, **more)
        with pytest.raises(frappe.ValidationError, match=says):
            sign_off.sign(to_sign, seen, PASSWORD, MEANING)


def origins(name: str) -> list[str]:
    return [verdict.origin for verdict in sign_off.verify(name).seals]


def test_after_a_change_of_the_key_older_seals_verify_and_new_ones_have_the_new_key(in_force, key_file):
    old = seal_keys.signing_key()
    seal_keys.rotate()

    assert seal_keys.signing_key().id != old.id
    assert list(seal_keys.ring().public_keys)[-2:] == [old.id, seal_keys.signing_key().id]
    assert origins(in_force) == ["confirmed"]
    seal_keys.rotate()
    assert list(seal_keys.ring().public_keys)[-3] == old.id
    assert origins(in_force) == ["confirmed"]


def test_restored_without_its_key_a_seal_is_intact_and_its_origin_cannot_be_checked(in_force, key_file):
    key_file.unlink()

    assert sign_off.verify(in_force).intact
    assert origins(in_force) == ["not checkable"]
    assert "This site has no seal key" in str(sign_off.verify(in_force).notes[0])


def test_restored_under_another_name_with_its_key_a_seal_verifies(in_force, key_file, monkeypatch):
    monkeypatch.setattr(frappe.local, "site", "elsewhere.localhost")

    assert (sign_off.verify(in_force).intact, origins(in_force)) == (True, ["confirmed"])


def rename_account(name: str) -> None:
    frappe.rename_doc("User", "sponsor@example.org", "renamed@example.org", force=True)


HARMLESS = {
    "a user renamed": rename_account,
    "another time zone": lambda name: frappe.db.set_single_value(
        "System Settings", "time_zone", "America/Lima"
    ),
    "another float precision": lambda name: frappe.db.set_single_value(
        "System Settings", "float_precision", "2"
    ),
    "a comment": lambda name: frappe.get_doc("SM Plan", name).add_comment("Comment", "Nice"),
    "a tag": lambda name: frappe.get_doc("SM Plan", name).add_tag("important"),
    "assigned and liked": lambda name: frappe.db.set_value(
        "SM Plan", name, {"_assign": '["x"]', "_liked_by": '["x"]'}
    ),
    "a column more": lambda name: frappe.db.set_value("SM Plan", name, "amended_from", None),
    "modified by somebody": lambda name: frappe.db.set_value("SM Plan", name, "modified_by", "Administrator"),
}


@pytest.mark.parametrize("change", HARMLESS)
def test_what_is_no_tampering_leaves_seal_and_drift_as_they_are(in_force, change):
    HARMLESS[change](in_force)
    frappe.clear_document_cache("System Settings", "System Settings")

    verification = sign_off.verify(in_force)

    assert (verification.intact, verification.drift, origins(in_force)) == (True, (), ["confirmed"])


def test_a_service_under_another_title_is_drift_and_no_tampering(in_force, minimal):
    frappe.db.set_value("SM Service", minimal.services[0].id, "title", "Another Name")

    verification = sign_off.verify(in_force)

    assert verification.intact
    assert [change.field for change in verification.drift] == ["title"]


def test_the_receipt_of_a_site_verifies_without_it(in_force, tmp_path):
    path = tmp_path / "receipt.json"
    path.write_text(sign_off.receipt_of(in_force), encoding="utf-8")
    script = Path(sm_planner.__file__).parent / "public" / "verify_receipt.py"
    hash = frappe.db.get_value("SM Plan Seal", {"plan": in_force}, "seal_hash")
    command = [sys.executable, "-I", "-S", str(script), str(path), "--seal-hash", hash]

    done = subprocess.run(
        [*command, "--key", seal_keys.signing_key().public], capture_output=True, text=True, timeout=60
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert "All seals are intact" in done.stdout
    assert "  proof       Password, console" in done.stdout


def test_a_plan_that_nobody_signed_has_no_receipt(to_sign):
    with pytest.raises(frappe.ValidationError, match="This version has no seal"):
        sign_off.receipt_of(to_sign)


def test_all_signed_plans_are_verified_and_those_too_whose_seals_are_gone(in_force):
    assert in_force in seal_watch.signed_plans()
    frappe.db.delete("SM Plan Seal", {"plan": in_force})
    frappe.db.set_value("SM Plan", in_force, "state", "Superseded")

    assert in_force in seal_watch.signed_plans()


@pytest.mark.parametrize(("part", "pages"), [("summary", 1), ("book", None)])
def test_prints_carry_the_seal(in_force, part, pages):
    plan_files.show_pdf(in_force, part)

    printed = pypdf.PdfReader(io.BytesIO(frappe.response.filecontent))
    text = "".join(page.extract_text() for page in printed.pages)
    seal = frappe.get_doc("SM Plan Seal", {"plan": in_force})
    assert frappe.response.filename == f"{in_force}-{part}.pdf"
    assert pages in (None, len(printed.pages))
    assert seal.seal_hash in "".join(text.split())
    for shown in (seal.signer_name, MEANING, "UTC"):
        assert "".join(shown.split()) in "".join(text.split())


def test_there_is_no_print_of_anything_else(in_force):
    with pytest.raises(frappe.ValidationError, match="Only these can be printed: book, summary"):
        plan_files.show_pdf(in_force, "secrets")


def test_the_print_format_shows_the_stored_plan_with_its_seal(in_force):
    printed = frappe.get_print("SM Plan", in_force, "SM Plan Summary")

    assert frappe.db.get_value("SM Plan Seal", {"plan": in_force}, "seal_hash") in printed
