"""Seals of a plan that is kept as a file: ``plan.yaml`` has its seals in ``plan.seals.json``."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path

from sm_planner.engine.model import Plan
from sm_planner.engine.model.seal_key import KeyRing, SealKey, check_public
from sm_planner.engine.model.seals import Seal, from_dict
from sm_planner.engine.plan_file import Place, PlanFileError, Problem, write_whole
from sm_planner.engine.reading.yaml_tree import read_file
from sm_planner.engine.texts import N_, Text, say

PUBLIC = "public "
"""What a file with a public key begins with."""


def seals_path(plan_path: Path) -> Path:
    return plan_path.with_suffix(".seals.json")


def with_seals(plan: Plan, plan_path: Path) -> Plan:
    """The plan with the seals that stand beside its file. Raises PlanFileError where they cannot be read."""
    path = seals_path(plan_path)
    if not path.exists():
        return plan
    try:
        values = json.loads(read_file(path))["seals"]
        seals = tuple(from_dict(value) for value in values)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _unusable(path, say(N_("These are not seals: {0}"), error)) from None
    return dataclasses.replace(plan, seals=seals)


def append(plan_path: Path, seals: Sequence[Seal], seal: Seal) -> Path:
    """Write the seals with one more; the file's path."""
    path = seals_path(plan_path)
    values = [one.as_dict() for one in (*seals, seal)]
    write_whole(path, json.dumps({"seals": values}, indent=2, ensure_ascii=False) + "\n")
    return path


def read_key(path: Path, make: bool = False) -> SealKey:
    """The seal key of a file; made, readable by its owner alone, if it is not there and make is set."""
    if make and not path.exists():
        path.touch(mode=0o600, exist_ok=False)
        path.write_text(SealKey.new().secret + "\n", encoding="utf-8")
        path.with_suffix(".pub").write_text(PUBLIC + read_key(path).public + "\n", encoding="utf-8")
    key = SealKey(read_file(path).strip())
    try:
        _ = key.id
    except ValueError as error:
        raise _unusable(path, say(N_("{0}"), error)) from None
    return key


def read_ring(path: Path) -> KeyRing:
    """The key that a file has, a seal key or a public key. It says nothing of seals by other keys."""
    written = read_file(path).strip()
    public = written[len(PUBLIC) :] if written.startswith(PUBLIC) else read_key(path).public
    try:
        check_public(public)
        return KeyRing(added=(public,))
    except ValueError:
        raise _unusable(path, say(N_("This is not a public key."))) from None


def _unusable(path: Path, message: Text) -> PlanFileError:
    return PlanFileError([Problem(Place(path.name), message, say(N_("Use a file that sm-planner wrote.")))])
