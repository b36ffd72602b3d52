"""Where the organisation stands: frameworks, assessments by them, and gaps that are accepted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.model.collection import REGISTER, collected
from sm_planner.engine.model.fields import (
    KEY_LENGTH,
    choice,
    day,
    integer,
    key,
    line,
    lines,
    link,
    number,
    record,
    rows,
    text,
)
from sm_planner.engine.model.values import Refusal
from sm_planner.engine.texts import N_, say

AREAS = SYSTEMS, POLICIES, PROCESSES, PROCEDURES, CULTURE = (
    "Systems",
    "Policies",
    "Processes",
    "Procedures",
    "Culture and People",
)
"""What is looked at: the four dimensions of Pollock, and the people."""
ASSESSMENT_KINDS = SELF, INDEPENDENT = "Self", "Independent"
ASSESSMENT_STATES = DRAFT, SUBMITTED = "Draft", "Submitted"
METHODS = ("Examine", "Interview", "Test")
"""How something was found out (the methods of OSCAL)."""
HIGHEST_LEVEL = 5
CODE_LENGTH = 36
"""Characters of the code of a line: with the id of a framework it names a gap on one line."""


@record
class FrameworkLine:
    """One thing that is assessed. Its levels tell how each of them looks, from 0 on."""

    code: str = line(
        "Framework Line", "A short code, the same in all versions.", required=True, length=CODE_LENGTH
    )
    title: str = line("What Is Assessed", required=True)
    group: str = line("Group")
    area: str = choice("Topic", AREAS)
    weight: float | None = number("Weight", "In the mean. If empty, 1.", minimum=0)
    levels: tuple[str, ...] = lines(
        "How Each Level Looks",
        "A line for each level, from 0 on. If empty, those of the line before in its group, or the names of the levels.",
    )
    processes: tuple[str, ...] = lines(
        "Names of the Process", "By which a process of the plan is known that this line is about."
    )
    typical_evidence: str = text("Typical Evidence")


@collected(N_("Assessment Framework"), N_("Assessment Frameworks"), series="FRM", nature=REGISTER)
@record
class AssessmentFramework:
    """What an organisation is assessed by: lines with levels, and how each level looks."""

    id: str = key()
    title: str = line("Title")
    version: str = line("Version", "A new one for each change of lines or levels.")
    goal: int | None = integer(
        "Goal",
        help="The level that each line is to reach, where nothing else is said.",
        minimum=0,
        maximum=HIGHEST_LEVEL,
    )
    credit: str = text("Credit", "Whose work it builds on, and under which licence.")
    levels: tuple[str, ...] = lines("Levels", "Their names, from 0 on, a line each.")
    lines: tuple[FrameworkLine, ...] = rows("Criteria", FrameworkLine)

    def misfits(self) -> Iterator[Refusal]:
        """Each line is there once, and tells as many levels as there are."""
        wanted, seen = len(self.levels), set()
        if self.lines and not 2 <= wanted <= HIGHEST_LEVEL + 1:
            yield Refusal(
                "levels",
                say(N_("The framework has {0} levels."), wanted),
                say(N_("Name 2 to {0} levels, from 0 on, a line each."), HIGHEST_LEVEL + 1),
            )
        for one in self.lines:
            if one.code in seen:
                yield Refusal(
                    "lines",
                    say(N_("The line “{0}” is there twice."), one.code),
                    say(N_("Give one of them another code.")),
                )
            seen.add(one.code)
            if one.levels and len(one.levels) != wanted:
                yield Refusal(
                    "lines",
                    say(N_("The line “{0}” tells {1} levels, not {2}."), one.code, len(one.levels), wanted),
                    say(N_("Write a line for each level, from 0 on.")),
                )


@record
class AssessmentAnswer:
    """What was found of one line. Without a level it was not assessed, which is not the level 0."""

    code: str = line("Framework Line", required=True, length=CODE_LENGTH)
    title: str = line("What Is Assessed")
    group: str = line("Group")
    area: str = choice("Topic", AREAS)
    process: str = link("Process", "processes")
    weight: float | None = number("Weight", "In the mean. If empty, 1.", minimum=0)
    score: int | None = integer(
        "Level Found", help="If empty, it was not assessed.", minimum=0, maximum=HIGHEST_LEVEL
    )
    target: int | None = integer("Target", minimum=0, maximum=HIGHEST_LEVEL)
    not_applicable: str = line("Not Applicable Because", "If filled in, the line counts nowhere.")
    note: str = text("Note")


@record
class AssessmentEvidence:
    code: str = line("Framework Line", required=True, length=CODE_LENGTH)
    what: str = line("Evidence", "What shows it, and where it can be looked up.", required=True)
    method: str = choice("Method", METHODS)
    found_on: date | None = day("Date")
    expires: date | None = day("Expires")


@collected(N_("Assessment"), N_("Assessments"), series="ASM", nature=REGISTER)
@record
class Assessment:
    """Where the organisation stood on a day, by a framework. Once submitted, it stays as it is.

    It keeps what it needs of the framework: its version, the levels, and of each line title, group and weight.
    """

    id: str = key()
    title: str = line("Title")
    framework: str = line(
        "Framework", "The ID of a framework of ours or of your own.", required=True, length=KEY_LENGTH
    )
    framework_version: str = line("Framework Version", "The site fills it in.")
    levels: tuple[str, ...] = lines("Levels", "Their names, from 0 on. The site fills them in.")
    goal: int | None = integer(
        "Goal",
        help="The level that each line must reach for its group to be certifiable.",
        minimum=0,
        maximum=HIGHEST_LEVEL,
    )
    kind: str = choice("Kind", ASSESSMENT_KINDS, SELF)
    assessor: str = link("Assessor", "people")
    as_of: date | None = day("Date", "As of when it tells where the organisation stands.")
    next_date: date | None = day("Next Assessment")
    status: str = choice("Status", ASSESSMENT_STATES, DRAFT, sealed=False)
    answers: tuple[AssessmentAnswer, ...] = rows("Answers", AssessmentAnswer)
    evidence: tuple[AssessmentEvidence, ...] = rows("Evidence", AssessmentEvidence)

    def misfits(self) -> Iterator[Refusal]:
        """Each line is answered once, on the scale, or is not applicable."""
        top, seen = len(self.levels) - 1, set()
        for one in self.answers:
            if one.code in seen:
                yield Refusal(
                    "answers",
                    say(N_("The line “{0}” is there twice."), one.code),
                    say(N_("Remove one of them.")),
                )
            seen.add(one.code)
            if one.not_applicable and one.score is not None:
                yield Refusal(
                    "answers",
                    say(N_("“{0}” has a level, and is not applicable."), one.title or one.code),
                    say(N_("Take one of the two away.")),
                )
            for value in (one.score, one.target) if self.levels else ():
                if value is not None and value > top:
                    yield Refusal(
                        "answers",
                        say(N_("“{0}”: there is no level {1}."), one.title or one.code, value),
                        say(N_("Use a level from 0 to {0}."), top),
                    )

    @property
    def is_submitted(self) -> bool:
        return self.status == SUBMITTED


@collected(N_("Gap Decision"), N_("Gap Decisions"), series="GAP", nature=REGISTER)
@record
class GapDecision:
    """A gap that the organisation lives with, for a time and for a reason."""

    id: str = key()
    title: str = line("Title")
    framework: str = line(
        "Framework", "Of the assessment that found the gap.", required=True, length=KEY_LENGTH
    )
    code: str = line("Framework Line", "Of the framework.", required=True, length=CODE_LENGTH)
    reason: str = text("Reason")
    requester: str = link("Requester", "people")
    expires: date | None = day("Expires")
    status: str = choice(
        "Status",
        ("Requested", "Approved", "Rejected"),
        "Requested",
        "On a site, it follows from who decided about it.",
        sealed=False,
    )
