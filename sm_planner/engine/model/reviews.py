"""How a plan is looked at again: the rhythm of its reviews, the reviews, and what makes a new version due.

The rhythm is promised, and signed. What comes of it, the reviews, are facts: planned, moved or skipped with a reason, held
with the inputs of that day, and with decisions. A trigger is something that speaks for a new version of the plan.
"""

from __future__ import annotations

from datetime import date
from itertools import chain

from sm_planner.engine.model.collection import FACT, REGISTER, collected
from sm_planner.engine.model.facts import entered_by, natural_id
from sm_planner.engine.model.fields import choice, day, flag, integer, key, line, link, record, rows, text
from sm_planner.engine.model.vocabulary import (
    DECISION_KINDS,
    REVIEW_KINDS,
    REVIEW_TOPICS,
    TRIGGER_KINDS,
    TRIGGER_STATES,
)
from sm_planner.engine.texts import N_


@record
class ReviewRhythm:
    """A series of reviews: every so many months from a first day on."""

    kind: str = choice("Kind", REVIEW_KINDS, required=True)
    about: str = line("About", "The service or supplier that is reviewed. If empty, the plan as a whole.")
    months: int | None = integer("Every (Months)", minimum=1, maximum=60)
    first_date: date | None = day("First Date")
    chair: str = link("Chair", "people", "Who leads the review, and holds it.")


@record
class ReviewMember:
    kind: str = choice("Kind", REVIEW_KINDS, help="If empty, the person takes part in all reviews.")
    person: str = link("Person", "people", required=True)


@record
class ReviewAttendance:
    """Whether somebody was there. What the person confirmed without help of others is proof of it."""

    person: str = link("Person", "people", required=True)
    attended: bool = flag("Attended")
    confirmed: date | None = day(
        "Confirmed On", "When the person confirmed it in a session of their own. The site fills it in."
    )
    proof: str = text("Proof", "What proved that it was the person. The site fills it in.")


@record
class ReviewInput:
    """What was known about one topic when the review was held; “No data” is an answer too."""

    topic: str = choice("Topic", REVIEW_TOPICS, required=True)
    text: str = text("Text")
    figures: str = line("Figures")
    source: str = line("Source", "The records from which it comes.")
    as_of: date | None = day("As Of")


@record
class ReviewDecision:
    text: str = text("Decision", required=True)
    kind: str = choice("Kind", DECISION_KINDS, required=True)
    person: str = link("Owner", "people", "Who sees to it.")
    due: date | None = day("Due")
    became: str = line("Became", "The ID of the improvement or trigger that came of it.")
    done_on: date | None = day("Done On", "When nothing was left to do.")


@collected(N_("Review"), N_("Reviews"), nature=FACT)
@record
class Review:
    """One review: as it was scheduled, and what became of it."""

    kind: str = choice("Kind", REVIEW_KINDS, required=True)
    about: str = line("About", "The service or supplier that is reviewed. If empty, the plan as a whole.")
    scheduled: date | None = day(
        "Scheduled", "By the rhythm. How late it is, is counted from this day.", required=True
    )
    from_rhythm: bool = flag("From the Rhythm", help="Whether the rhythm asked for it. The site fills it in.")
    moved_to: date | None = day("Moved To")
    move_reason: str = line("Moved Because")
    skip_reason: str = line("Skipped Because", "If filled in, this review is not held.")
    held_on: date | None = day("Held On")
    chair: str = link("Chair", "people", "Who leads the review, and holds it.")
    attendance: tuple[ReviewAttendance, ...] = rows("Attendance", ReviewAttendance)
    inputs: tuple[ReviewInput, ...] = rows("Inputs", ReviewInput, "What was known when the review was held.")
    decisions: tuple[ReviewDecision, ...] = rows("Decisions", ReviewDecision)
    remarks: str = text("Remarks", "What was said beside the decisions.")
    entered_by: str = entered_by()

    @property
    def id(self) -> str:
        return natural_id(self.kind, *filter(None, (self.about,)), self.scheduled)

    @property
    def title(self) -> str:
        return self.id

    @property
    def day(self) -> date | None:
        """The day on which it was held, or is to be held."""
        return self.held_on or self.moved_to or self.scheduled

    @property
    def is_settled(self) -> bool:
        """Whether it was held, or somebody said why it is not."""
        return bool(self.held_on or self.skip_reason)

    @property
    def people(self) -> tuple[str, ...]:
        """The chair and those whose attendance is noted, each once."""
        named = chain((self.chair,), (row.person for row in self.attendance))
        return tuple(dict.fromkeys(filter(None, named)))


@collected(N_("Trigger"), N_("Triggers"), series="TRG", nature=REGISTER)
@record
class Trigger:
    """Something that happened and speaks for a new version of the plan.

    What was noticed is sealed; what is done about it moves on.
    """

    id: str = key()
    title: str = line("Title")
    kind: str = choice("Kind", TRIGGER_KINDS, required=True)
    what: str = text("What Happened")
    noticed_on: date | None = day("Noticed On")
    noticed_by: str = link("Noticed By", "people")
    source: str = line("Source", "The record or message that it comes from.")
    status: str = choice("Status", TRIGGER_STATES, "Open", sealed=False)
    deferred_until: date | None = day("Deferred Until", sealed=False)
    reason: str = line("Reason", "Why it can wait, or why nothing is left to do.", sealed=False)
    decided_on: date | None = day("Decided On", "The site fills it in.", sealed=False)
