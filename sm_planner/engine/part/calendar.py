"""Somebody's dates as a calendar is told them: what came, what moved, and what was dropped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

KEPT = timedelta(days=90)
"""For how long something that was dropped is told as cancelled."""


@dataclass(frozen=True)
class Entry:
    """A date. uid: the name of the record that it is about. sequence: how often it changed since it was first told.

    changed: the last time that it did, in ISO 8601. dropped: whether it is there no more.
    """

    uid: str
    title: str
    day: str
    sequence: int = 0
    changed: str = ""
    dropped: bool = False


def told(
    known: Iterable[Mapping[str, Any]], now_there: Iterable[tuple[str, str, date]], now: datetime
) -> tuple[Entry, ...]:
    """What a calendar is told: what is there now, and as cancelled what it was told before and is not there.

    known: what it was told last, each as :func:`stored` gives it. now_there: uid, title and day. The sequence of an entry
    grows by one whenever it changes, goes or comes back.
    """
    before = {one["uid"]: Entry(**one) for one in known}
    found = {uid: Entry(uid=uid, title=title, day=day.isoformat()) for uid, title, day in now_there}
    at = now.isoformat(timespec="seconds")
    entries = [_next(before.get(uid), entry, at) for uid, entry in found.items()]
    for uid, entry in before.items():
        if uid in found:
            continue
        if not entry.dropped:
            entry = replace(entry, dropped=True, sequence=entry.sequence + 1, changed=at)
        if now - datetime.fromisoformat(entry.changed) <= KEPT:
            entries.append(entry)
    return tuple(sorted(entries, key=lambda one: (one.day, one.uid)))


def stored(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """The entries as JSON values, to be given to :func:`told` the next time."""
    return [asdict(entry) for entry in entries]


def _next(old: Entry | None, new: Entry, at: str) -> Entry:
    if old is None:
        return replace(new, changed=at)
    if (old.title, old.day, old.dropped) == (new.title, new.day, False):
        return old
    return replace(new, sequence=old.sequence + 1, changed=at)
