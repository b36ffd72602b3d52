"""The communication plan, what was held of it, and what stakeholders said."""

from __future__ import annotations

from datetime import date

from sm_planner.engine.model.collection import FACT, REGISTER, collected
from sm_planner.engine.model.facts import entered_by, natural_id
from sm_planner.engine.model.fields import (
    choice,
    day,
    flag,
    integer,
    key,
    line,
    lines,
    link,
    links,
    record,
    taken,
    text,
)
from sm_planner.engine.model.vocabulary import (
    CLARITIES,
    COMMUNICATION_FREQUENCIES,
    COMMUNICATION_KINDS,
    FEEDBACK_KINDS,
    FEEDBACK_SOURCES,
)
from sm_planner.engine.texts import N_


@record
class GlossaryTerm:
    """A word of the plan, in words that everybody understands."""

    term: str = line("Term", required=True)
    meaning: str = text("Meaning", "What it means here, for somebody who does not know it.")


@collected(N_("Communication"), N_("Communications"), series="COM", shared=False)
@record
class Communication:
    """Something that the plan has to say: what, to whom, through which channel, by whom and when."""

    id: str = key()
    title: str = line("Title")
    kind: str = choice("Kind", COMMUNICATION_KINDS)
    purpose: str = text("Purpose", "What the audience knows, wants or does afterwards.")
    message: str = text("Message", "What is said, in the words of those who hear it.")
    clarity: str = choice("Clarity", CLARITIES, help="What is hard to say needs an example.")
    example: str = text("Example", "From the daily work of those who hear it.")
    stakeholders: tuple[str, ...] = links("Stakeholders", "stakeholders", "The groups that it is for.")
    units: tuple[str, ...] = lines("Units", "As people and stakeholders name them.")
    roles: tuple[str, ...] = links("Roles", "roles", "Whoever holds them on the day.")
    teams: tuple[str, ...] = links("Teams", "teams", "Their members, and who leads them.")
    channel: str = line("Channel", "Through which the audience hears it, such as a ward huddle or a letter.")
    two_way: bool = flag("Two-way", help="The audience can ask and answer.")
    sender: str = link("Sender", "people", "Who says it.")
    sender_role: str = link("Sender's Role", "roles", "Or whoever holds this role on the day.")
    frequency: str = choice("How Often", COMMUNICATION_FREQUENCIES)
    first_date: date | None = day("First Date", "Its day, or the first of its days.")
    last_date: date | None = day("Last Date", "Until when it comes back. If empty, without end.")
    approved_by: str = link("Approved By", "people", "Of a policy: who approved it.")
    approved_on: date | None = day("Approved On")
    taken_from: str = taken()


@collected(N_("Communication Run"), N_("Communication Runs"), nature=FACT)
@record
class CommunicationRun:
    """That something of the communication plan was said: on which day, by whom, and whom it reached."""

    communication: str = link("Communication", "communications", required=True)
    day: date | None = day("Date", required=True)
    sender: str = link("Held By", "people", "If empty, its planned sender.")
    reached: tuple[str, ...] = links(
        "Reached", "people", "Who heard it, by name. If empty, all for whom it was meant on that day."
    )
    people_reached: int | None = integer(
        "People Reached", help="How many heard it, where names are not kept.", minimum=0
    )
    questions: int | None = integer("Questions Asked", help="How many were asked.", minimum=0)
    answers: str = text("Questions and Answers", "What was asked, and what was answered.")
    message: str = text("Message of That Day", "What was said. The site fills it in.")
    audience: str = text("Audience of That Day", "For whom it was meant on that day. The site fills it in.")
    entered_by: str = entered_by()

    @property
    def id(self) -> str:
        return natural_id(self.communication, self.day)

    @property
    def title(self) -> str:
        return self.id


@collected(N_("Briefing Confirmation"), N_("Briefing Confirmations"), nature=FACT)
@record
class BriefingConfirmation:
    """That somebody heard what was said on a day."""

    communication: str = link("Communication", "communications", required=True)
    held_on: date | None = day("Held On", "The day on which it was said.", required=True)
    person: str = link("Person", "people", "Who heard it.", required=True)
    day: date | None = day("Date", required=True)
    shown: str = line(
        "Shown", "The hash of the run that the person was shown. Empty where only the day is known."
    )
    entered_by: str = entered_by()

    @property
    def id(self) -> str:
        return natural_id(
            self.communication, self.held_on, self.person, self.day, *filter(None, (self.shown,))
        )

    @property
    def title(self) -> str:
        return self.id


@collected(N_("Feedback"), N_("Feedback"), series="FBK", nature=REGISTER)
@record
class Feedback:
    """A comment or a question of a stakeholder, and what was answered."""

    id: str = key()
    title: str = line("Title", "What it is about.")
    kind: str = choice("Kind", FEEDBACK_KINDS, "Comment")
    said: str = text("What Was Said", "In the words of whoever said it.")
    stakeholder: str = link("Stakeholder", "stakeholders", "The group that it comes from.")
    service: str = link("Service", "services", "The service that it is about.")
    communication: str = link("Communication", "communications", "What was said to them before.")
    reported_by: str = link("Entered By", "people", "Who said it, or took it down.")
    reported_on: date | None = day("Said On")
    came_from: str = choice(
        "Came From", FEEDBACK_SOURCES, help="If empty, somebody of the plan entered it.", sealed=False
    )
    said_by: str = line("Said By", "Who said it, where no person of the plan stands for them.", sealed=False)
    answer: str = text("Answer", sealed=False)
    answered_by: str = link("Answered By", "people", sealed=False)
    answered_on: date | None = day("Answered On", sealed=False)
