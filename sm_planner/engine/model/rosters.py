"""Rosters: who is there in which hour of the week."""

from __future__ import annotations

from datetime import date

from sm_planner.engine.model.collection import collected
from sm_planner.engine.model.fields import choice, day, flag, integer, key, line, link, record, rows
from sm_planner.engine.model.parties import Term
from sm_planner.engine.model.vocabulary import DAYS_OF_SHIFT, SHIFT_DAYS
from sm_planner.engine.texts import N_


@record
class Shift:
    """Some hours on one or several days, with the people who are there."""

    days: str = choice("Days", SHIFT_DAYS, required=True)
    from_time: str = line("From", "Local time, such as 08:00.", required=True)
    to_time: str = line(
        "To",
        "Local time, such as 16:00; 24:00 is the end of the day. 22:00 to 06:00 ends on the next day.",
        required=True,
    )
    on_call: bool = flag("On Call", help="They are called when needed. If not set, they are on duty.")
    person: str = link("Person", "people", "Who it is, where it is always the same one.")
    needed: int | None = integer("People Needed", help="How many it takes. If empty, one.", minimum=1)
    there: int | None = integer(
        "People There",
        help="How many there are. If empty, as many as it takes; with a person, one.",
        minimum=0,
    )

    @property
    def weekdays(self) -> tuple[str, ...]:
        """The days of the week on which it begins."""
        return DAYS_OF_SHIFT[self.days]

    @property
    def takes(self) -> int:
        """How many people it needs."""
        return self.needed or 1

    @property
    def has(self) -> int:
        """How many people there are."""
        if self.there is not None:
            return self.there
        return 1 if self.person else self.takes


@collected(N_("Roster"), N_("Rosters"), series="ROS", shared=False)
@record
class Roster(Term):
    """The week of a team: its shifts, on duty and on call. Several rosters of a team hold together."""

    id: str = key()
    title: str = line("Title")
    team: str = link("Team", "teams")
    timezone: str = line(
        "Time Zone", "IANA name, such as Europe/Berlin. If empty, that of most service calendars."
    )
    from_date: date | None = day("From", "If empty, it holds from the first day on.")
    to_date: date | None = day("To", "If empty, it holds without end.")
    shifts: tuple[Shift, ...] = rows("Shifts", Shift, "They come back each week, on holidays too.")
