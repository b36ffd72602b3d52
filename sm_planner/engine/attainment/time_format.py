"""How a log writes its times: the letters of Python's ``strptime``, without what makes them mean something else.

``strptime`` takes the name of a zone (``%Z``) and throws it away, and which names it takes is the machine's zone; it
takes AM and PM beside ``%H`` and throws them away too; and what a format does not name it fills up.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

from sm_planner.engine.service_time.local_time import EPOCH
from sm_planner.engine.texts import N_, Text, say

TICKS = 1_000_000
"""Units of a time in a second: microseconds."""
_TICK = timedelta(microseconds=1)
_LETTER = re.compile(r"%(.)")
_UTC_NAME = re.compile(r"\b(?:UTC|GMT)\b", re.IGNORECASE)
"""Names of zones that mean the same everywhere. IST is India, Ireland and Israel."""
_SAYS_ZONE = re.compile(r"(?i:\b(?:UTC|GMT)\b)|(?<=_)Z\b|[+-]\d\d:?\d\d\b")
"""What says in a format, between its letters, where the clock stood; ``_`` stands for each of them."""
_UTC_ZONES = frozenset(
    ("UTC", "Etc/UTC", "GMT", "Etc/GMT", "UCT", "Etc/UCT", "Universal", "Zulu", "Etc/Zulu")
)
_SAMPLE = datetime(2023, 11, 27, 22, 47, tzinfo=timezone.utc)
"""A time of which no part can be taken for another."""


class TimeFormat:
    """Reads times of one format. aware: whether they say their offset from UTC; else they are times on the wall."""

    def __init__(self, written: str) -> None:
        self.written = written
        self._letters = frozenset(_LETTER.findall(written))
        self._format = _LETTER.sub(lambda letter: "%z" if letter[1] == "Z" else letter[0], written)
        self.aware = not self._letters.isdisjoint("zZ")

    def read(self, text: str) -> datetime:
        """The time in a text, with its offset where it says one. Raises ValueError."""
        if "Z" in self._letters:
            text = _UTC_NAME.sub("+0000", text)
        return datetime.strptime(text, self._format)  # noqa: DTZ007 - local, or with its offset

    def advice(self) -> Text:
        """How to write a time that can be read."""
        if "Z" in self._letters:
            return say(
                N_(
                    "Write it as {0}. The only names of time zones that are read are UTC and GMT; others stand "
                    "for several zones."
                ),
                self.written,
            )
        return say(N_("Write it as {0}, or another format in the map."), self.written)

    def contradicts(self, zone: str) -> str:
        """What the format says, between its letters, of where the clock stood, if the zone says something else."""
        found = (
            None if self.aware or zone in _UTC_ZONES else _SAYS_ZONE.search(_LETTER.sub("_", self.written))
        )
        return found[0] if found else ""

    def problem(self) -> Text | None:
        """Why times cannot be read by this format; None where they can."""
        try:
            read = self.read(_SAMPLE.strftime(self._format))
        except (ValueError, re.error):
            return say(N_("“{0}” is not a time format."), self.written)
        if {"H", "p"} <= self._letters:
            return say(N_("“{0}” has both %H, which counts to 24, and %p."), self.written)
        if read.replace(second=0, microsecond=0, tzinfo=timezone.utc) != _SAMPLE:
            return say(N_("“{0}” does not give the day and the time to the minute."), self.written)
        return None


def ticks(time: datetime) -> int:
    """A time in microseconds: since 1970 UTC where it has an offset, else on the wall since 1970."""
    return (time - (EPOCH.replace(tzinfo=timezone.utc) if time.tzinfo else EPOCH)) // _TICK
