"""What people learn, so that the plan can be carried out."""

from __future__ import annotations

from datetime import date

from sm_planner.engine.model.collection import collected
from sm_planner.engine.model.fields import day, key, line, link, record, rows
from sm_planner.engine.texts import N_


@record
class DrillAttendee:
    person: str = link("Person", "people", required=True)
    attended: date | None = day("Attended On", sealed=False)


@collected(N_("Drill"), N_("Drills"), series="DRL", shared=False)
@record
class Drill:
    """What somebody learns, so that the plan can be carried out."""

    id: str = key()
    title: str = line("Title")
    audience: str = link("Audience", "roles")
    due: date | None = day("Due")
    attendees: tuple[DrillAttendee, ...] = rows("Attendees", DrillAttendee)
