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
from sm_planner.engine.model.seal_key import CONFIRMED, KeyRing
from sm_planner.engine.sealing import seal, seal_file

KEPT = Path(__file__).parents[2] / "kept_seals"
PLANS = sorted(KEPT.glob("*/files/*.yaml"))
RECEIPTS = sorted(KEPT.glob("*/files/*.receipt.json"))


def name(path: Path) -> str:
    return f"{path.parents[1].name} {path.stem}"


def ring(path: Path) -> KeyRing:
    keys = json.loads((path.parent / "public-keys.json").read_text(encoding="utf-8"))
    return KeyRing(added=tuple(keys.values()))


def verify(plan: Plan, path: Path) -> seal.Verification:
    return seal.verify(dataclasses.replace(plan, key_ring=ring(path)))


def test_seals_of_the_first_version_are_kept():
    assert {path.stem for path in PLANS if path.parents[1].name == "0.1"} == {
        "every-field",
        "example-1",
        "example-2",
    }


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
