"""What became of a promise: met, missed, or why it cannot be said."""

from __future__ import annotations

from enum import IntEnum

from sm_planner.engine.texts import N_


class Outcome(IntEnum):
    """The verdict on a ticket under a service level. Whatever is neither met nor missed is not evaluated."""

    MET = 0
    MISSED = 1
    OPEN = 2
    NO_START = 3
    TURNED = 4
    UNREADABLE = 5
    UNCLEAR = 6
    OUTSIDE = 7
    NO_HOURS = 8
    NO_TARGET = 9
    NO_AGREEMENT = 10
    NO_ANSWER = 11
    UNDATED = 12
    NO_ORDER = 13
    TWO_STARTS = 14
    HOURS_CHANGED = 15
    AVERAGED = 16

    @property
    def text(self) -> str:
        """In words that can be translated."""
        return _TEXTS[self]


EVALUATED = (Outcome.MET, Outcome.MISSED)

_TEXTS = {
    Outcome.MET: N_("Met"),
    Outcome.MISSED: N_("Missed"),
    Outcome.OPEN: N_("Has not ended, and is not late yet"),
    Outcome.NO_START: N_("The log does not say when it began"),
    Outcome.TURNED: N_("Ends before it starts"),
    Outcome.UNREADABLE: N_("One of its rows cannot be read"),
    Outcome.UNCLEAR: N_("One of its times falls on a change of the clocks"),
    Outcome.OUTSIDE: N_("Outside the days for which the calendar is valid"),
    Outcome.NO_HOURS: N_("The hours of the calendar cannot be counted"),
    Outcome.NO_TARGET: N_("Its priority has no target"),
    Outcome.NO_AGREEMENT: N_("No SLA with such a target covers it"),
    Outcome.NO_ANSWER: N_("The log does not say when it was answered"),
    Outcome.UNDATED: N_("The log does not say when it entered its state"),
    Outcome.NO_ORDER: N_("Several of its rows have the same time, and the log does not say which came first"),
    Outcome.HOURS_CHANGED: N_("Its SLA ended while it ran, and the next one has other service hours"),
    Outcome.AVERAGED: N_("It counts for the average of its period, which limits no single case"),
    Outcome.TWO_STARTS: N_("Its rows give different times at which it was opened"),
}
