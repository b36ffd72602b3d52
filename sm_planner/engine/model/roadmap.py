"""The phases in which a plan is carried out, and the times in which nobody has hands free for it."""

from __future__ import annotations

from datetime import date

from sm_planner.engine.model.collection import FACT, collected
from sm_planner.engine.model.facts import entered_by, natural_id
from sm_planner.engine.model.fields import (
    choice,
    day,
    flag,
    integer,
    key,
    line,
    link,
    record,
    rows,
    text,
)
from sm_planner.engine.model.vocabulary import (
    ACCEPTANCE_RESULTS,
    BUSY_KINDS,
    PHASE_KINDS,
    REPEATS,
    WEEKDAYS,
    WHICH_OF_MONTH,
)
from sm_planner.engine.texts import N_


@record
class BusyWeekday:
    """A weekday on which a time comes back."""

    weekday: str = choice("Weekday", WEEKDAYS, required=True)
    which: str = choice("Which of the Month", WHICH_OF_MONTH, help="By the month only. If empty, each.")


@record
class LeftOutDay:
    """A day on which a time is not, or is at another time."""

    instead_on: date | None = day("Instead On", "The day to which it is moved.")
    day: date | None = day("Date", "The day on which it would be.", required=True)
    from_time: str = line("From Hour", "Of the day to which it is moved. If both hours are empty, as always.")
    to_time: str = line("To Hour")
    reason: str = line("Reason")

    @property
    def moves(self) -> bool:
        """Whether it is at another time, and not only left out."""
        return bool(self.instead_on or self.has_hours)

    @property
    def has_hours(self) -> bool:
        """Whether it says hours of its own."""
        return bool(self.from_time or self.to_time)


@collected(N_("Business Calendar Entry"), N_("Business Calendar"), series="BUSY", kept_by="service")
@record
class BusyTime:
    """A time in which the business has more or less to do than else: for everybody, or for what the entry names."""

    id: str = key()
    title: str = line("Title")
    kind: str = choice("Kind", BUSY_KINDS, "Peak")
    from_date: date | None = day("From", required=True)
    to_date: date | None = day(
        "To", "The last day of it. Of what comes back, the last day of the first time.", required=True
    )
    from_time: str = line(
        "From Hour", "Local time, such as 22:00. If both hours are empty, it is whole days."
    )
    to_time: str = line("To Hour", "Local time, such as 06:00, which is on the next day then.")
    timezone: str = line(
        "Time Zone", "IANA name, such as Europe/Berlin. If empty, that of most service calendars."
    )
    starts_in: bool = flag(
        "Work May End Later", help="Maintenance may begin until the end. If not set, it ends by then."
    )
    repeats: str = choice("Comes Back", REPEATS, help="If empty, it is once.")
    every: int | None = integer(
        "Every So Many", help="Days, weeks, months or years. If empty, each.", minimum=1, maximum=1000
    )
    repeats_until: date | None = day("Comes Back Until", "If empty, without end.")
    weekdays: tuple[BusyWeekday, ...] = rows(
        "On Days", BusyWeekday, "If empty, the weekday, or the day of the month, on which it began."
    )
    left_out: tuple[LeftOutDay, ...] = rows(
        "Changes", LeftOutDay, "Days on which it is not, or is at another time."
    )
    unit: str = line("Unit", "Whose time it is, as stakeholders name their units.")
    team: str = link("Team", "teams", "The team that has no hands free.")
    service: str = link("Service", "services", "The service that it is about.")
    component: str = link("Component", "components", "The component that it is about.")


@collected(N_("Phase"), N_("Phases"), series="PHASE", shared=False)
@record
class Phase:
    """A stretch of the way from the plan to its operation. It ends at a checkpoint, at which somebody accepts what was done."""

    id: str = key()
    title: str = line("Title")
    kind: str = choice("Kind", PHASE_KINDS)
    start_date: date | None = day("Start")
    end_date: date | None = day("End")
    criteria: str = text("Acceptance Criteria", "What has to be true before the next phase may build on it.")
    accepted_by: str = link("Accepted By", "people", "Who says at the checkpoint whether it is.")
    checkpoint: date | None = day("Checkpoint", "The day on which that is decided.")


@collected(N_("Phase Acceptance"), N_("Phase Acceptances"), nature=FACT)
@record
class PhaseAcceptance:
    """What was said at the checkpoint of a phase."""

    phase: str = link("Phase", "phases", required=True)
    day: date | None = day("Date", required=True)
    result: str = choice("Result", ACCEPTANCE_RESULTS, required=True)
    note: str = text("Note", "What is still missing, or what it was judged by.")
    entered_by: str = entered_by()

    @property
    def id(self) -> str:
        return natural_id(self.phase, self.day)

    @property
    def title(self) -> str:
        return self.id
