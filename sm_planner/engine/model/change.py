"""The people side of a plan: what it changes for whom, and who spoke with whom about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.model.collection import FACT, collected
from sm_planner.engine.model.facts import entered_by, natural_id
from sm_planner.engine.model.fields import choice, day, integer, key, line, link, record, rows, text
from sm_planner.engine.model.values import Refusal
from sm_planner.engine.model.vocabulary import CHANGE_IMPACTS, ENGAGEMENT_KINDS, READINESS
from sm_planner.engine.texts import N_, say


@record
class Champion:
    """A colleague in the group who speaks up for the plan."""

    person: str = link("Person", "people", required=True)


@record
class Resistance:
    """What a group holds against the plan, and what it is told and given."""

    objection: str = text("Objection", "In their own words, such as “more bureaucracy”.", required=True)
    answer: str = text("Answer", "What is done about it, not only said.")


@collected(N_("Change Impact"), N_("Change Impacts"), series="CIM", shared=False)
@record
class ChangeImpact:
    """How much the plan changes for a group of stakeholders, or for a unit; and how the group is won."""

    id: str = key()
    title: str = line("Title")
    stakeholder: str = link("Stakeholder", "stakeholders", "The group that it is about.")
    unit: str = line("Unit", "Or the unit that it is about, as stakeholders name it.")
    impact: str = choice("Impact", CHANGE_IMPACTS, help="How much the plan changes how they work.")
    what_changes: str = text("What Changes", "What they do otherwise from then on.")
    gain: str = text("What They Gain", "From this plan. If empty, the value proposition of the stakeholder.")
    readiness: str = choice("Readiness", READINESS, help="How far they are when the plan is written.")
    champions: tuple[Champion, ...] = rows("Champions", Champion, "Who in the group speaks up for the plan.")
    resistance: tuple[Resistance, ...] = rows("Resistance", Resistance, "What they hold against the plan.")
    no_resistance: str = line("No Resistance Because", "How it is known that nobody objects.")

    def misfits(self) -> Iterator[Refusal]:
        """It is about a group or about a unit."""
        if bool(self.stakeholder) == bool(self.unit):
            yield Refusal(
                "stakeholder",
                say(N_("The change impact is about both a stakeholder and a unit."))
                if self.stakeholder
                else say(N_("The change impact is about nobody.")),
                say(N_("Name the stakeholder or the unit for which something changes.")),
            )


@collected(N_("Engagement"), N_("Engagements"), nature=FACT)
@record
class Engagement:
    """That somebody spoke with a stakeholder or a leader about the plan, and what came of it."""

    person: str = link(
        "Who Spoke", "people", "The sponsor, a leader, or who looks after them.", required=True
    )
    stakeholder: str = link("With the Stakeholder", "stakeholders")
    spoke_with: str = link("With the Person", "people", "Such as the sponsor, a leader, or one of the group.")
    day: date | None = day("Date", required=True)
    kind: str = choice("Kind", ENGAGEMENT_KINDS)
    about: str = text("About")
    outcome: str = text("What Came of It")
    score: int | None = integer(
        "Relationship", help="How good it is: 1 is broken, 5 is trust.", minimum=1, maximum=5
    )
    score_note: str = line("Why This Score")
    entered_by: str = entered_by()

    def misfits(self) -> Iterator[Refusal]:
        """It takes two, and a score is of the relationship with a stakeholder."""
        if not (self.stakeholder or self.spoke_with):
            yield Refusal(
                "stakeholder",
                say(N_("Nobody is named with whom was spoken.")),
                say(N_("Name the stakeholder, the person, or both.")),
            )
        if self.spoke_with and self.spoke_with == self.person:
            yield Refusal(
                "spoke_with",
                say(N_("Nobody is engaged by talking to himself.")),
                say(N_("Name somebody else.")),
            )
        if self.score is not None and not self.stakeholder:
            yield Refusal(
                "score",
                say(N_("A score is of the relationship with a stakeholder.")),
                say(N_("Name the stakeholder, or leave the score out.")),
            )

    @property
    def id(self) -> str:
        return natural_id(
            self.person, self.stakeholder or self.spoke_with, self.day, *filter(None, (self.kind,))
        )

    @property
    def title(self) -> str:
        return self.id
