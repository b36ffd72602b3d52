"""What was learned: lessons, what others do, and the replay of a transition against the plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.model.collection import FACT, REGISTER, collected
from sm_planner.engine.model.facts import entered_by, natural_id
from sm_planner.engine.model.fields import choice, day, key, line, link, number, record, rows, text
from sm_planner.engine.model.values import Refusal
from sm_planner.engine.model.vocabulary import (
    LESSON_SOURCES,
    NOTE_KINDS,
    SANITY_OUTCOMES,
    SANITY_QUESTIONS,
)
from sm_planner.engine.texts import N_, say


@collected(N_("Lesson"), N_("Lessons"), series="LSN", nature=REGISTER)
@record
class Lesson:
    """What something that happened has taught.

    What was learned is sealed; what follows from it moves on.
    """

    id: str = key()
    title: str = line("Title")
    learned_on: date | None = day("Learned On")
    source_kind: str = choice("Kind of Source", LESSON_SOURCES)
    source: str = line("Source", "What it comes from: which transition, review or incident.")
    source_record: str = line("Source Record", "The ID of the record that it comes from.")
    service: str = link("Service", "services")
    what_happened: str = text("What Happened")
    learned: str = text("What Was Learned", "So that somebody who was not there can act on it.")
    lesson_owner: str = link("Owner", "people", "Who sees to it that something follows.")
    action: str = link("Action", "improvements", "The improvement that it became.", sealed=False)
    no_action: str = text("No Action Because", "Why nothing is to be done.", sealed=False)


@collected(N_("Benchmark Note"), N_("Benchmark Notes"), series="BMN", nature=REGISTER)
@record
class BenchmarkNote:
    """What others do, what they reach, or where things go; and which aim of ours it serves."""

    id: str = key()
    title: str = line("Title")
    kind: str = choice("Kind", NOTE_KINDS)
    source: str = line("Source", "Who says so: a visit, a study, a page.")
    noted_on: date | None = day("Noted On")
    noted_by: str = link("Noted By", "people")
    finding: str = text("Finding", "What they do or reach, and what of it fits here.")
    figure: float | None = number("Figure")
    unit: str = line("Unit", "Of the figure, such as per cent or days.")
    objective: str = link("Objective", "objectives", "The objective that it serves.")
    improvement: str = link("Improvement", "improvements", "The improvement that it serves.")


@record
class SanityAnswer:
    """One question of a sanity check: what the plan says of that day, and what really happened."""

    question: str = choice("Question", SANITY_QUESTIONS, required=True)
    plan_says: str = text("The Plan Says", "The site fills it in.")
    happened: str = text("What Really Happened")
    outcome: str = choice("Outcome", SANITY_OUTCOMES)
    became: str = line("Lesson", "The ID of the lesson that came of it. The site fills it in.")


@collected(N_("Sanity Check"), N_("Sanity Checks"), nature=FACT)
@record
class SanityCheck:
    """The replay of the last transition of a service or a customer against the plan.

    It lies ahead first, and is a fact once it was held: what the plan says of that day is kept with it then.
    """

    service: str = link("Service", "services", "The service that was brought in or changed.")
    customer: str = link("Customer", "stakeholders", "Or the customer who was brought in.")
    what: str = line("What Changed")
    held_on: date | None = day("Held On", "The site fills it in.")
    lead: str = link("Led By", "people", "Who leads the check, and holds it.")
    answers: tuple[SanityAnswer, ...] = rows("Answers", SanityAnswer, "What the plan says, and what was.")
    remarks: str = text("Remarks")
    day: date | None = day("Day of the Transition", required=True)
    entered_by: str = entered_by()

    def misfits(self) -> Iterator[Refusal]:
        """It is about a service or about a customer."""
        if bool(self.service) == bool(self.customer):
            yield Refusal(
                "service",
                say(N_("The check is about both a service and a customer."))
                if self.service
                else say(N_("The check is about nothing.")),
                say(N_("Name the service or the customer that was brought in.")),
            )

    @property
    def id(self) -> str:
        return natural_id(self.service or self.customer, self.day)

    @property
    def title(self) -> str:
        return self.id
