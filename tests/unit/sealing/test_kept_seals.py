"""What earlier versions sealed still verifies, and has not drifted: see tests/kept_seals/README.md."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from pathlib import Path

import pytest

import sm_planner
from sm_planner.engine import plan_file
from sm_planner.engine.model import Plan
from sm_planner.engine.model.seal_key import CONFIRMED, RETIRED, KeyRing, key_id, read_ring
from sm_planner.engine.sealing import seal, seal_file

KEPT = Path(__file__).parents[2] / "kept_seals"
PLANS = sorted(KEPT.glob("*/files/*.yaml"))
RECEIPTS = sorted(KEPT.glob("*/files/*.receipt.json"))


def name(path: Path) -> str:
    return f"{path.parents[1].name} {path.stem}"


def ring(path: Path) -> KeyRing:
    """The ring of keys, as a site keeps it; of the first version, which had none, all its keys."""
    kept = path.parent / "ring.json"
    if kept.exists():
        return read_ring(json.loads(kept.read_text(encoding="utf-8")))
    keys = json.loads((path.parent / "public-keys.json").read_text(encoding="utf-8"))
    return KeyRing(added=tuple(keys.values()))


def thresholds_of(path: Path) -> list[str]:
    sealed = seal_file.with_seals(plan_file.load(path), path)
    return [str(one) for one in seal.judge(sealed.seals[-1], ring(path)).asked]


def verify(plan: Plan, path: Path) -> seal.Verification:
    return seal.verify(dataclasses.replace(plan, key_ring=ring(path)))


@pytest.mark.parametrize("version", ["0.1", "0.3", "0.4"])
def test_seals_of_each_version_are_kept(version):
    assert {path.stem for path in PLANS if path.parents[1].name == version} == {
        "every-field",
        "example-1",
        "example-2",
    }


def test_what_a_seal_of_version_0_3_says_beside_the_content_is_read_as_it_was():
    path = KEPT / "0.3" / "files" / "example-2.yaml"
    first, second = seal_file.with_seals(plan_file.load(path), path).seals
    thresholds = thresholds_of(KEPT / "0.3" / "files" / "every-field.yaml")

    assert str(second.signed_by) == "Dr Farid Haddad on behalf of Orla Kinsella"
    assert str(second.proved_by) == "password given again, in a browser, 10 minutes after the log-in"
    assert [(one.signer, one.meaning) for one in second.earlier] == [
        (first.earlier[0].signer, "I can pay for it from the budget.")
    ]
    assert second.log_head == first.log_head != ""
    assert thresholds == ["Largest Share of Cells (%): 90", "Shortest Why (Characters): 20"]


def test_between_the_versions_of_0_4_improvements_and_waivers_went_on():
    first, second = (plan_file.load(KEPT / "0.4" / "files" / f"example-{number}.yaml") for number in (1, 2))
    before, after = first.index["improvements"], second.index["improvements"]

    assert before.keys() - after.keys() == {"portal-bookings"}
    assert after.keys() - before.keys() == {"shorter-forms"}
    assert [id for id in after if id in before and after[id] != before[id]] == [
        "train-service-owners",
        "one-change-calendar",
    ]
    assert after["train-service-owners"].status == "Closed"
    waivers = [plan.get("waivers", "winter-roster").expires.isoformat() for plan in (first, second)]
    assert waivers == ["2027-01-31", "2027-09-30"]


def test_a_key_that_was_retired_made_what_its_ring_says_and_nothing_else():
    path = KEPT / "0.3" / "files" / "example-1.yaml"
    made = seal_file.with_seals(plan_file.load(path), path).seals[0]
    emptied = tuple(dataclasses.replace(key, made=frozenset()) for key in ring(path).retired)

    assert made.key_id != key_id(ring(path).signing)
    assert seal.judge(made, ring(path)).origin == CONFIRMED
    assert seal.judge(made, dataclasses.replace(ring(path), retired=emptied)).origin == RETIRED


@pytest.mark.parametrize("path", PLANS, ids=name)
def test_a_plan_that_was_sealed_by_an_earlier_version_verifies_without_drift(path):
    plan = seal_file.with_seals(plan_file.load(path), path)

    verification = verify(plan, path)

    assert verification.problems == ()
    assert verification.intact
    assert verification.drift == ()
    assert {verdict.origin for verdict in verification.seals} == {CONFIRMED}


@pytest.mark.parametrize("path", PLANS, ids=name)
def test_a_later_change_of_a_kept_plan_is_drift(path):
    text = path.read_text(encoding="utf-8")
    title = plan_file.loads(text, path.name).title
    changed = plan_file.loads(text.replace(title, f"{title} changed", 1), path.name)

    verification = verify(seal_file.with_seals(changed, path), path)

    assert len(verification.drift) == 1


@pytest.mark.parametrize("path", RECEIPTS, ids=name)
def test_a_receipt_of_an_earlier_version_verifies_by_itself(path):
    script = Path(sm_planner.__file__).parent / "public" / "verify_receipt.py"

    done = subprocess.run([sys.executable, script, path], capture_output=True, text=True, timeout=60)

    assert done.returncode == 0, done.stdout + done.stderr
