"""The seal keys of a site: where they are kept, how they come there, and what every face says of a seal that they did not make."""

from __future__ import annotations

import dataclasses
import json
import os
import stat
import sys
from pathlib import Path

import frappe
import pytest
from click.testing import CliRunner
from frappe.desk.query_report import run

from sm_planner.adapters import plan_reader
from sm_planner.adapters.desk import plan_files, plan_form
from sm_planner.adapters.evidence import seal_keys, sign_off_events
from sm_planner.adapters.signing import seal_watch, sign_off
from sm_planner.adapters.site import stored_records
from sm_planner.engine import canonical_json
from sm_planner.engine.checks import check
from sm_planner.engine.model.seal_key import SealKey
from sm_planner.engine.model.seals import Seal

OTHER = SealKey("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")


@pytest.fixture
def site_config(monkeypatch):
    """The configuration of the site, of which nothing is written to its file."""
    kept = dict(frappe.conf)

    def update(name, value, validate):
        frappe.conf[name] = value
        if value == "None":
            del frappe.conf[name]

    monkeypatch.setattr(seal_keys, "update_site_config", update)
    monkeypatch.setattr(frappe, "get_site_config", lambda: frappe.conf)
    yield frappe.conf
    frappe.conf.clear()
    frappe.conf.update(kept)


FORGERIES = {
    "the signature blanked": (None, {"key_id": "", "signature": ""}, "it bears no signature of a key"),
    "another key": (
        OTHER,
        {"key_id": OTHER.id},
        f"it was signed with key {OTHER.id}, which is none of this site",
    ),
    "another key under the id of ours": (OTHER, {}, "the signature was not made with key"),
    "the signature left": (None, {}, "the signature was not made with key"),
}


def seal_of(plan: str) -> Seal:
    (made,) = stored_records.seals(frappe.db.get_value("SM Plan", plan, "lineage"))
    return made


def forge(plan: str, kind: str) -> str:
    """Change what was sealed by SQL, with all hashes made anew, in the log too; what is to be said of it."""
    key, changes, words = FORGERIES[kind]
    made = seal_of(plan)
    content = made.content.replace("Service", "Forgery")
    forged = dataclasses.replace(
        made, content=content, content_hash=canonical_json.hash_of(content), **changes
    )
    forged = dataclasses.replace(forged, seal_hash=canonical_json.hash_of(forged.statement()))
    if key:
        forged = dataclasses.replace(forged, signature=key.sign(forged.seal_hash))
    values = {
        name: getattr(forged, name)
        for name in ("content", "content_hash", "seal_hash", "key_id", "signature")
    }
    frappe.db.set_value("SM Plan Seal", {"plan": plan}, values, update_modified=False)
    frappe.db.set_value(
        "SM Sign-off Event", {"plan": plan, "seal_hash": made.seal_hash}, "seal_hash", forged.seal_hash
    )
    return words


@pytest.mark.parametrize("kind", FORGERIES)
def test_a_seal_that_was_forged_with_all_hashes_is_not_intact_for_any_face(in_force, kind, monkeypatch):
    assert sign_off.verify(in_force).confirmed
    words = forge(in_force, kind)
    plan = plan_reader.load(in_force)

    verified = sign_off.verify(in_force)
    assert not verified.intact
    assert words in "\n".join(verified.told())
    assert "All seals are intact" not in "\n".join(verified.told())

    mailed = []
    monkeypatch.setattr(
        seal_watch.sign_off_mails, "tell_found", lambda plan, texts, *_others: mailed.extend(map(str, texts))
    )
    seal_watch.watch()
    assert any(words in text for text in mailed)
    assert any(event.act == "Watch" and words in event.reason for event in sign_off_events.log(in_force))

    found = check(plan, frappe.utils.getdate()).failed
    assert [finding.code for finding in found if words in finding.text] == ["INT-01"]

    shown = plan_form.verification(in_force)
    assert not shown["intact"]
    assert any(words in problem for problem in shown["problems"])

    (row,) = run("Seal Register", {"plan": in_force}, ignore_prepared_report=True)["result"]
    assert row["verdict"] == "Broken"
    assert words in row["problem"]

    printed = [
        plan_files.PRINTS[part](plan, frappe.utils.getdate(), frappe._, "en") for part in ("book", "summary")
    ]
    for page in (*printed, plan_files.sm_plan_summary(in_force)):
        assert words in page
        assert "Signed by, according to a seal that does not hold" in page

    receipt = json.loads(sign_off.receipt_of(in_force))
    assert any(words in problem for problem in receipt["problems"])


def test_the_command_verify_ends_with_1_for_a_forged_seal(in_force, monkeypatch):
    from contextlib import nullcontext

    from sm_planner import commands

    monkeypatch.setattr(commands, "site_of", lambda context, user: nullcontext())

    def verify():
        return CliRunner().invoke(
            commands.verify_plan, [in_force], obj=frappe._dict(sites=[frappe.local.site], profile=False)
        )

    assert verify().exit_code == 0
    words = forge(in_force, "the signature blanked")

    assert verify().exit_code == 1
    assert words in verify().output


def test_a_seal_that_an_old_key_makes_after_its_change_is_found(in_force, key_file):
    old = seal_keys.signing_key()
    seal_keys.rotate()
    assert sign_off.verify(in_force).confirmed

    made = seal_of(in_force)
    forged = dataclasses.replace(made, meaning="Something else")
    forged = dataclasses.replace(forged, seal_hash=canonical_json.hash_of(forged.statement()))
    frappe.db.set_value(
        "SM Plan Seal",
        {"plan": in_force},
        {"meaning": forged.meaning, "seal_hash": forged.seal_hash, "signature": old.sign(forged.seal_hash)},
    )

    assert f"it was made with key {old.id} after that key had been retired" in "\n".join(
        sign_off.verify(in_force).told()
    )


def test_the_file_is_for_its_owner_alone_and_outside_the_folder_of_the_site():
    path = seal_keys.path()

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert not path.is_relative_to(Path(frappe.get_site_path()).resolve())
    assert seal_keys.SECRET_BEFORE not in frappe.get_site_config()


def test_keys_of_the_first_version_move_once_and_their_seals_verify(in_force, key_file, site_config):
    before = SealKey.new()
    secret = seal_keys.signing_key().secret
    key_file.unlink()
    unsigned = dataclasses.replace(seal_of(in_force), lineage="x", plan="x", key_id="", signature="")
    unsigned = dataclasses.replace(unsigned, seal_hash=canonical_json.hash_of(unsigned.statement()))
    frappe.get_doc({"doctype": "SM Plan Seal", "name": "x-SEAL-1", **unsigned.as_dict()}).db_insert()
    site_config.update(sm_planner_seal_key=secret, sm_planner_public_keys=[before.public])

    told = seal_keys.ensure()

    assert "Earlier backups contain the key" in told[0]
    assert not {"sm_planner_seal_key", "sm_planner_public_keys"} & set(site_config)
    assert (seal_keys.signing_key().secret, list(seal_keys.ring().public_keys)) == (
        secret,
        [before.id, SealKey(secret).id],
    )
    assert seal_keys.ring().standing(before.id).startswith("retired before ")
    assert seal_keys.ring().earlier == {unsigned.seal_hash}
    assert sign_off.verify(in_force).confirmed
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    written = key_file.read_bytes(), key_file.stat().st_mtime_ns
    assert seal_keys.ensure() == []
    assert (key_file.read_bytes(), key_file.stat().st_mtime_ns) == written


def test_a_move_that_was_interrupted_is_finished(key_file, site_config):
    site_config["sm_planner_seal_key"] = seal_keys.signing_key().secret
    written = key_file.read_bytes()

    assert len(seal_keys.ensure()) == 1
    assert "sm_planner_seal_key" not in site_config
    assert key_file.read_bytes() == written


def test_a_secret_of_another_site_in_the_configuration_is_told_and_left(key_file, site_config):
    site_config["sm_planner_seal_key"] = OTHER.secret
    written = key_file.read_bytes()

    (told,) = seal_keys.ensure()

    assert f"the secret of key {OTHER.id}, which is not a key of this site" in told
    assert (site_config["sm_planner_seal_key"], key_file.read_bytes()) == (OTHER.secret, written)


def test_a_site_restored_without_its_key_makes_none_by_itself_and_says_so(in_force, key_file, to_sign):
    key_file.unlink()

    (told,) = seal_keys.ensure()

    assert told.startswith("This site has seals but no seal key. Restore ")
    assert not key_file.exists()
    with pytest.raises(frappe.ValidationError, match="This site has no seal key, so nobody can sign"):
        seal_keys.signing_key()


def test_another_key_on_demand_leaves_older_seals_uncheckable_and_new_forgeries_found(in_force, key_file):
    key_file.unlink()
    seal_keys.rotate()

    verified = sign_off.verify(in_force)
    assert (verified.intact, [one.origin for one in verified.seals]) == (True, ["not checkable"])
    forge(in_force, "the signature blanked")
    assert not sign_off.verify(in_force).intact


def test_without_its_key_nobody_signs_and_it_is_said_in_words(to_sign, sign, key_file):
    key_file.unlink()

    with pytest.raises(frappe.ValidationError, match="This site has no seal key"):
        sign(to_sign)


MALFORMED = {
    "no JSON": "{",
    "no object": "[]",
    "no ring": "{}",
    "no public key": '{"public": "x"}',
}


@pytest.mark.parametrize("text", MALFORMED.values(), ids=MALFORMED)
def test_a_file_of_keys_that_is_none_is_told_in_words(in_force, to_sign, key_file, text):
    key_file.write_text(text)

    verified = sign_off.verify(in_force)
    assert not verified.intact
    assert str(verified.problems[0]).startswith("The seal keys of this site cannot be used: ")
    with pytest.raises(seal_keys.KeyTrouble):
        seal_keys.signing_key()
    with pytest.raises(seal_keys.KeyTrouble):
        seal_keys.rotate()
    assert len(seal_keys.ensure()) == 1
    assert key_file.read_text() == text


@pytest.mark.parametrize("secret", ["x", "", 7, None, OTHER.secret[:-4]])
def test_a_secret_that_is_none_is_told_in_words_when_somebody_signs(to_sign, sign, key_file, secret):
    key_file.write_text(json.dumps({**json.loads(key_file.read_text()), "secret": secret}))

    with pytest.raises(
        frappe.ValidationError, match="This is not a seal key: 32 bytes in base64 are expected"
    ):
        sign(to_sign)


def test_a_public_key_in_the_configuration_is_named_and_one_that_is_none_is_told(in_force, site_config):
    site_config["sm_planner_public_keys"] = [OTHER.public]
    verified = sign_off.verify(in_force)
    assert f"Key {OTHER.id} was added by hand" in "\n".join(verified.told())

    site_config["sm_planner_public_keys"] = ["rubbish"]
    assert "this is not a public key" in "\n".join(sign_off.verify(in_force).told())
    assert not sign_off.verify(in_force).intact


def test_the_secret_comes_from_the_environment(to_sign, sign, key_file, site_config, monkeypatch):
    values = json.loads(key_file.read_text())
    monkeypatch.setenv("OUR_SEAL_KEY", values["secret"])
    site_config[seal_keys.SOURCE] = {"environment": "OUR_SEAL_KEY"}

    assert seal_keys.ensure() == []
    assert "secret" not in json.loads(key_file.read_text())
    sign(to_sign)
    assert sign_off.verify(to_sign).confirmed
    monkeypatch.setenv("OUR_SEAL_KEY", OTHER.secret)
    with pytest.raises(seal_keys.KeyTrouble, match=f"belongs to key {OTHER.id}, not to key"):
        seal_keys.signing_key()
    monkeypatch.delenv("OUR_SEAL_KEY")
    with pytest.raises(seal_keys.KeyTrouble, match="The environment variable OUR_SEAL_KEY holds no seal key"):
        seal_keys.signing_key()


def test_the_secret_comes_from_a_command_and_is_changed_from_outside(key_file, site_config, monkeypatch):
    old = seal_keys.signing_key()
    write = "import sys; print(sys.argv[1])"
    site_config[seal_keys.SOURCE] = {"command": [sys.executable, "-c", write, old.secret]}
    assert seal_keys.signing_key() == old
    with pytest.raises(seal_keys.KeyTrouble, match=f"environment variable {seal_keys.NEXT}"):
        seal_keys.rotate()

    monkeypatch.setenv(seal_keys.NEXT, OTHER.secret)
    seal_keys.rotate()
    site_config[seal_keys.SOURCE] = {"command": [sys.executable, "-c", write, OTHER.secret]}

    assert seal_keys.signing_key() == OTHER
    assert seal_keys.ring().retired[-1].recorded
    assert OTHER.secret not in key_file.read_text()


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ({"command": ["/no/such/program"]}, "cannot be run: /no/such/program"),
        ({"command": [sys.executable, "-c", "raise SystemExit(3)"]}, "ended with exit status 3"),
        ({"command": [sys.executable, "-c", "import time; time.sleep(9)"]}, "took more than"),
        ({"command": [sys.executable, "-c", "print('x')"]}, "This is not a seal key"),
        ({"command": "echo x"}, "names neither an environment variable nor a command"),
        ({"command": [7]}, "names neither an environment variable nor a command"),
        ("echo x", "names neither an environment variable nor a command"),
    ],
)
def test_a_command_that_gives_no_key_is_told_in_words(key_file, site_config, monkeypatch, source, words):
    monkeypatch.setattr(seal_keys, "PATIENCE", 0.5 if "took" in words else 10)
    site_config[seal_keys.SOURCE] = source

    with pytest.raises(seal_keys.KeyTrouble, match=words):
        seal_keys.signing_key()


def test_a_folder_that_cannot_be_written_is_told_in_words(key_file, monkeypatch):
    monkeypatch.setattr(seal_keys, "path", lambda: key_file / "beneath-a-file" / "site.json")
    with pytest.raises(seal_keys.KeyTrouble, match="User .* cannot (read|write)"):
        seal_keys.rotate()


def test_a_file_of_somebody_else_is_given_to_the_owner_of_the_site_or_told(key_file, monkeypatch):
    owner = seal_keys._owner()
    monkeypatch.setattr(
        seal_keys, "_owner", lambda: os.stat_result([*owner[:4], owner.st_uid + 1, *owner[5:]])
    )
    given = []

    monkeypatch.setattr(os, "chown", lambda path, user, group: given.append((str(path), user)))
    seal_keys.rotate()
    assert {user for _path, user in given} == {owner.st_uid + 1}

    def refuse(path, user, group):
        raise PermissionError(1, "Operation not permitted")

    written = key_file.read_bytes()
    monkeypatch.setattr(os, "chown", refuse)
    with pytest.raises(seal_keys.KeyTrouble, match="User .* cannot write .* Run this as user"):
        seal_keys.rotate()
    assert key_file.read_bytes() == written
    assert list(key_file.parent.iterdir()) == [key_file]


def test_values_of_the_ring_name_no_secret(in_force):
    secret = seal_keys.signing_key().secret
    plan = plan_reader.load(in_force)

    assert secret not in repr(plan.key_ring)
    assert secret not in json.dumps(plan.key_ring.as_dict())
    assert secret not in sign_off.receipt_of(in_force)
