"""Receipts are verified by a script that knows neither SM Planner nor Frappe nor any library."""

from __future__ import annotations

import dataclasses
import importlib.util
import json
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

import sm_planner
from sm_planner.engine import canonical_json
from sm_planner.engine.model import Person, Signer, seals as seals_module
from sm_planner.engine.model.delegation import Delegation
from sm_planner.engine.model.seal_key import KeyRing, SealKey
from sm_planner.engine.sealing import canonical, seal
from sm_planner.engine.sealing.receipt import receipt
from sm_planner.engine.texts import say

SCRIPT = Path(sm_planner.__file__).parent / "public" / "verify_receipt.py"
OLD_KEY = SealKey("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
KEY = SealKey("ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=")
AT = datetime(2027, 1, 4, 10, 0, tzinfo=timezone.utc)
MEANING = 'Ich stimme zu: "Ja" – 100 %,\nund zahle.\t\\ \u2028 😀 \x7f'
CFO = Person(id="cfo", title="Cy Adu", user="cy@example.org")


def seals_of(minimal):
    """Two versions: the first signed with an old key, the second by a signer and by the sponsor's deputy."""
    sponsor = minimal.get("people", minimal.executive_sponsor)
    what = {"signer": sponsor.id, "signed_at": AT, "meaning": MEANING}
    first = seal.make(minimal, **what, channel="site", key=OLD_KEY)
    plan = dataclasses.replace(
        minimal, version=2, people=(*minimal.people, CFO), signers=(Signer(person="cfo"),), seals=(first,)
    )
    delegation = Delegation(
        id="DEL-00001",
        principal=sponsor.id,
        principal_user=sponsor.user,
        deputy="vi",
        deputy_name="Vi Nowak",
        deputy_user="vi@example.org",
        deputy_enabled=True,
        valid_from=AT.date(),
        valid_to=AT.date(),
        given_by=sponsor.user,
        given_to="vi@example.org",
    )
    before = seal.countersign(plan, signer="cfo", signed_at=AT, meaning=MEANING, key=KEY)
    second = seal.make(plan, **what, channel="site", key=KEY, delegation=delegation, given=(before,))
    return first, second


@pytest.fixture
def seals(minimal):
    return seals_of(minimal)


@pytest.fixture
def run(tmp_path, seals):
    """Runs the script on a receipt, apart from everything that is installed; its status and what it says."""

    def verify(*options: str, text: str = "", **changes: str) -> tuple[int, str]:
        last = dataclasses.replace(seals[-1], **changes)
        keys = KeyRing(added=(OLD_KEY.public, KEY.public, SealKey.new().public))
        path = tmp_path / "receipt.json"
        path.write_text(text or receipt((*seals[:-1], last), keys), encoding="utf-8")
        command = [sys.executable, "-I", "-S", str(SCRIPT), str(path), *options]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        return done.returncode, done.stdout + done.stderr

    return verify


def test_a_receipt_verifies_and_says_who_signed(run, seals):
    status, said = run("--seal-hash", seals[-1].seal_hash.upper(), "--key", KEY.public)

    assert (status, "PROBLEM" in said) == (0, False)
    assert "signed by   Vi Nowak (vi@example.org) on behalf of" in said
    assert "signed by   Cy Adu (cy@example.org)" in said
    assert "All seals are intact" in said


def test_it_says_what_to_compare_while_that_is_not_given(run):
    _status, said = run()

    assert "Compare the last seal hash with that on the signed print" in said
    assert "Ask the administrator of the site for its public key" in said


@pytest.mark.parametrize(
    "field",
    [
        f.name
        for f in dataclasses.fields(seals_module.Seal)
        if f.name not in ("number", "version", "schema_version")
    ],
)
def test_a_change_of_any_field_is_found(run, seals, field):
    value = getattr(seals[-1], field)
    other = (
        value.replace("Cy", "Di")
        if field == "signed_before"
        else "0" + value[1:]
        if value[:1] != "0"
        else "1"
    )

    status, said = run(**{field: other})

    assert status in (1, 2), said


def test_a_changed_number_or_version_is_found(run):
    assert run(number=3)[0] == run(version=3)[0] == run(schema_version=2)[0] == 1


def test_whoever_recomputes_all_hashes_lacks_the_key(run, seals):
    content = seals[-1].content.replace("Vi", "Di") + " "
    forged = dataclasses.replace(seals[-1], content=content, content_hash=canonical_json.hash_of(content))

    status, said = run(
        content=content,
        content_hash=forged.content_hash,
        seal_hash=canonical_json.hash_of(forged.statement()),
    )

    assert (status, f"the signature was not made with key {KEY.id}" in said) == (1, True)


def test_a_key_of_ones_own_is_found_out_by_the_key_or_the_hash_from_elsewhere(run, seals, minimal):
    mine = SealKey.new()
    plan = dataclasses.replace(minimal, title="Another")
    made = seal.make(
        plan, signer=plan.executive_sponsor, signed_at=AT, meaning=MEANING, channel="site", key=mine
    )
    text = receipt([made], KeyRing(added=(mine.public,)))

    assert run(text=text)[0] == 0
    assert "not made with the key that you gave" in run("--key", KEY.public, text=text)[1]
    assert "not the one that you gave" in run("--seal-hash", seals[-1].seal_hash, text=text)[1]


def test_a_missing_seal_is_found(run, seals):
    text = receipt(seals[1:], KeyRing(added=(KEY.public,)))

    status, said = run(text=text)

    assert (status, "seal 2 stands where seal 1 belongs" in said) == (1, True)


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"sm_planner_receipt": 2}', '{"sm_planner_receipt": 1}', "nonsense"]
)
def test_what_is_no_receipt_is_told_without_a_traceback(run, text):
    status, said = run(text=text or " ")

    assert status == 2
    assert "Traceback" not in said


def test_it_writes_what_was_signed(run, seals):
    status, said = run("--content")

    assert (status, json.loads(said)) == (0, canonical.read(seals[-1].content))


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("verify_receipt", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@settings(max_examples=15)
@given(message=st.binary(max_size=80), secret=st.binary(min_size=32, max_size=32), bit=st.integers(0, 511))
def test_its_signatures_are_those_of_the_library(script, message, secret, bit):
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.from_private_bytes(secret)
    public, signature = key.public_key().public_bytes_raw(), key.sign(message)
    flipped = bytearray(signature)
    flipped[bit // 8] ^= 1 << bit % 8

    assert script.signature_fits(public, message, signature)
    assert not script.signature_fits(public, message, bytes(flipped))
    assert not script.signature_fits(public, message + b"x", signature)


@settings(max_examples=200)
@given(
    values=st.dictionaries(
        st.sampled_from(["a", "b_c", "zeta"]), st.text() | st.integers(-(2**53) + 1, 2**53 - 1)
    )
)
def test_its_canonical_form_is_that_of_the_library(script, values):
    assert script.canonical(values) == canonical_json.canonical_text(values)


def test_it_has_the_same_later_fields_as_the_engine(script):
    assert script.LATER_FIELDS == seals_module.LATER_FIELDS


def test_what_the_site_knows_to_be_wrong_is_told_with_its_receipt(run, seals):
    ring = KeyRing(added=(OLD_KEY.public, KEY.public))
    problem = say("Seal {0}: {1}.", 2, "it bears no signature of a key, and this site signs every seal")

    status, told = run(text=receipt(seals, ring, [problem]))

    assert status == 1
    assert f"PROBLEM: the site that wrote the receipt says: {problem}" in told
    assert run(text=receipt(seals, ring))[0] == 0
