"""The heads of what was signed, in a file of the site's folder: outside the database, and in no backup of Frappe's."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import frappe
from frappe.utils.synchronization import filelock

from sm_planner.adapters.evidence import sign_off_records
from sm_planner.adapters.site.doctypes import EVENT, PLAN, SEAL
from sm_planner.engine.model.lineage import Record
from sm_planner.engine.names import as_compared
from sm_planner.engine.sealing import heads
from sm_planner.engine.sealing.heads import Head
from sm_planner.engine.texts import N_, Text, say

FILE = "sm_planner_heads.json"
WRITTEN = "sm_planner_heads"
"""Default that remembers that there was such a file."""

FORMAT = 1


@dataclass(frozen=True)
class Kept:
    """heads: of each lineage the last, and those before it that were missed. problem: why the file tells nothing."""

    heads: tuple[Head, ...] = ()
    problem: Text | None = None

    def of(self, lineage: str) -> tuple[Head, ...]:
        return tuple(head for head in self.heads if as_compared(head.lineage) == as_compared(lineage))


def path() -> Path:
    return Path(frappe.get_site_path(FILE))


def read() -> Kept:
    try:
        values = json.loads(path().read_text(encoding="utf-8"))
        return Kept(tuple(heads.from_dict(value) for value in values["heads"]))
    except FileNotFoundError:
        if not _was_written():
            return Kept()
        words = N_("The file {0}, in which the site recorded what was signed last, is missing.")
        return Kept(problem=say(words, FILE))
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        words = N_("The file {0}, in which the site recorded what was signed last, cannot be read: {1}")
        return Kept(problem=say(words, FILE, error))


def missed(lineage: str, record: Record) -> tuple[Text, ...]:
    """What the file has of a lineage that is not to be found any more; and why the file tells nothing."""
    kept = read()
    found = [kept.problem] if kept.problem else []
    if _parted(kept.of(lineage))[1]:  # what is missed beside it says what to think of that
        _there, missing = _parted(kept.heads)
        for head in Kept(tuple(missing)).of(lineage):
            found += [*heads.missed(head, record), heads.judged(head)]
    return tuple(found)


def keep(lineages: Iterable[str]) -> None:
    """Keep the heads of these lineages as they are now. What is missed stays in the file beside them.

    A file that cannot be read is set aside, not overwritten.
    """
    with filelock(FILE, timeout=30):
        kept = read()
        if kept.problem and path().exists():
            path().replace(path().with_suffix(".unreadable"))
        there, missing = _parted(kept.heads)
        now = {as_compared(head.lineage): head for head in _heads_of(lineages)}
        stay = [head for head in there if as_compared(head.lineage) not in now]
        _write([*stay, *now.values(), *missing])


def keep_all() -> None:
    """Keep the heads of all that was signed."""
    keep(_sealed())
    _remember()


def keep_after_commit(lineage: str) -> None:
    """Keep the head of a lineage once what was just signed is in the database for good."""
    frappe.db.after_commit.add(lambda: _keep_or_log(lineage))


def accept() -> int:
    """Forget what is missed, and keep the heads of all lineages as they are now; how many these are.

    For whoever has restored the site from an older backup, and knows what is missed.
    """
    with filelock(FILE, timeout=30):
        now = _heads_of(_sealed())
        _write(now)
    _remember()
    return len(now)


def forget(lineage: str) -> None:
    """Forget a lineage that was removed on purpose."""
    with filelock(FILE, timeout=30):
        kept = read()
        gone = kept.of(lineage)
        if gone:
            _write([head for head in kept.heads if head not in gone])


def remove() -> None:
    """Leave nothing behind when the app goes."""
    path().unlink(missing_ok=True)


def _remember() -> None:
    """That there is a file, so that it is missed."""
    if not _was_written():
        frappe.db.set_default(WRITTEN, "1")


def _was_written() -> bool:
    """By the database itself: what is cached outlives a rollback."""
    return bool(frappe.db.exists("DefaultValue", {"parent": "__default", "defkey": WRITTEN}))


def _sealed() -> list[str]:
    return frappe.get_all(SEAL, pluck="lineage", distinct=True, order_by="lineage asc")


def _keep_or_log(lineage: str) -> None:
    try:
        keep([lineage])
    except Exception:
        # What was signed stands; the daily watch keeps its head later.
        frappe.logger().error(f"The head of {lineage} could not be kept outside the database", exc_info=True)


def _parted(kept: Iterable[Head]) -> tuple[list[Head], list[Head]]:
    """The heads that are to be found, and those that are missed, judged."""
    kept = tuple(kept)
    seals = _hashes(SEAL, "seal_hash", (head.seal_hash for head in kept))
    events = _hashes(EVENT, "event_hash", (head.event_hash for head in kept))
    there: list[Head] = []
    missing: list[Head] = []
    for head in kept:
        (there if heads.is_there(head, seals, events) else missing).append(head)
    if heads.like_a_backup([head for head in missing if not head.restored], there):
        missing = [replace(head, restored=True) for head in missing]
    return there, missing


def _hashes(doctype: str, field: str, wanted: Iterable[str]) -> set[str]:
    return set(frappe.get_all(doctype, {field: ("in", sorted({*wanted} - {""}))}, pluck=field))


def _heads_of(lineages: Iterable[str]) -> list[Head]:
    found = []
    for lineage in lineages:
        record = sign_off_records.of_lineage(lineage)
        title = frappe.db.get_value(PLAN, record.seals[-1].plan, "title") if record.seals else ""
        head = heads.head_of(record, title or lineage)
        if head:
            found.append(head)
    return found


def _write(kept: Iterable[Head]) -> None:
    """Put the file in the place of the old one, for nobody else to read."""
    values = {"format": FORMAT, "heads": [head.as_dict() for head in kept]}
    draft = path().with_suffix(f".{os.getpid()}.tmp")
    try:
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(values, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        draft.replace(path())
    finally:
        draft.unlink(missing_ok=True)
