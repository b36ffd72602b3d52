"""What people must be able to do, how they learn it, what they can, and who took part."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.model.collection import FACT, collected
from sm_planner.engine.model.facts import entered_by, natural_id
from sm_planner.engine.model.fields import choice, day, flag, key, line, link, record, rows, text
from sm_planner.engine.model.values import Refusal
from sm_planner.engine.model.vocabulary import (
    ATTENDANCE_RESULTS,
    LEVELS,
    SKILL_KINDS,
    SKILL_LEVELS,
    SKILL_SOURCES,
    TRAINING_WAYS,
    VERDICTS,
)
from sm_planner.engine.texts import N_, say


@record
class SkillStep:
    """What a level of a skill means."""

    level: str = choice("Level", SKILL_LEVELS, required=True)
    meaning: str = line("Meaning", "What somebody of this level can do.", required=True)


@collected(N_("Skill"), N_("Skills"), series="SKL")
@record
class Skill:
    """Something that a role has to be able to do."""

    id: str = key()
    title: str = line("Title")
    kind: str = choice("Kind", SKILL_KINDS)
    description: str = text("Description")
    steps: tuple[SkillStep, ...] = rows("Levels", SkillStep, "What each level means here.")


@record
class TaughtSkill:
    skill: str = link("Skill", "skills", required=True)
    level: str = choice("Level", SKILL_LEVELS, help="The level that it leads to.")


@record
class TrainingAudience:
    """For whom a training is: who fits all that a row says."""

    role: str = link("Role", "roles", "Who holds it, or fills it with a team.")
    team: str = link("Team", "teams")
    unit: str = line("Unit")
    level: str = choice("Level", LEVELS)


@collected(N_("Training"), N_("Trainings"), series="TRN", shared=False)
@record
class Training:
    """What somebody learns, so that the plan can be carried out."""

    id: str = key()
    title: str = line("Title")
    way: str = choice("Way", TRAINING_WAYS)
    training_owner: str = link("Owner", "people", "Who sees to it that it takes place.")
    start_date: date | None = day("Start")
    end_date: date | None = day("End", "If empty, the day of the start.")
    skills: tuple[TaughtSkill, ...] = rows("Skills", TaughtSkill, "What it teaches.")
    everyone: bool = flag("For Everyone", help="For all people of the plan.")
    audience: tuple[TrainingAudience, ...] = rows(
        "Audience", TrainingAudience, "A row for each group: who fits all that it says is meant."
    )
    must_be_passed: bool = flag("Must Be Passed", help="To have been there is not enough.")
    budget_line: str = link("Budget Line", "budget_lines", "What it is paid from.")
    no_cost: bool = flag("No Cost")
    effect_check: str = text("How the Effect Is Checked", "How one sees at work that it was of use.")
    training_event: str = line(
        "Training Event", "The name of its event in HRMS, from which attendance is read.", sealed=False
    )
    course: str = line("Course", "The name of its course in LMS, whose certificates are read.", sealed=False)

    @property
    def ends(self) -> date | None:
        """The last day of it."""
        return self.end_date or self.start_date


@collected(N_("Skill Rating"), N_("Skill Ratings"), nature=FACT, hangs_on="person")
@record
class SkillRating:
    """What somebody can, on a day, and who says so. It is read by whom it is about, whoever leads him, and planners."""

    person: str = link("Person", "people", required=True)
    skill: str = link("Skill", "skills", required=True)
    level: str = choice("Level", SKILL_LEVELS, help="If empty, he cannot do it yet.")
    source: str = choice(
        "Source", SKILL_SOURCES, required=True, help="Who, or what, says so. One's own word closes no gap."
    )
    reference: str = line("Reference", "Where it can be looked up, such as the number of a certificate.")
    valid_until: date | None = day("Valid Until", "Of a certificate that expires.")
    day: date | None = day("Date", required=True)
    entered_by: str = entered_by()

    @property
    def id(self) -> str:
        return natural_id(self.person, self.skill, self.day)

    @property
    def title(self) -> str:
        return self.id


@collected(N_("Training Attendance"), N_("Training Attendances"), nature=FACT)
@record
class TrainingAttendance:
    """That somebody took part in a training, with what result. It is read like a skill rating."""

    training: str = link("Training", "trainings", required=True)
    person: str = link("Person", "people", required=True)
    result: str = choice("Result", ATTENDANCE_RESULTS, required=True)
    evidence: str = line("Evidence", "Where it can be looked up.")
    effect: str = choice("Effect", VERDICTS, help="Whether it shows at work. Looked at some time later.")
    effect_on: date | None = day("Effect Checked On")
    valid_until: date | None = day("Valid Until", "Where what was learned has to be renewed.")
    day: date | None = day("Date", required=True)
    entered_by: str = entered_by()

    def misfits(self) -> Iterator[Refusal]:
        """The effect is looked at on a day."""
        if self.effect and not self.effect_on:
            yield Refusal("effect_on", say(N_("This is missing.")), say(N_("Fill it in.")))

    @property
    def id(self) -> str:
        return natural_id(self.training, self.person, self.day)

    @property
    def title(self) -> str:
        return self.id
