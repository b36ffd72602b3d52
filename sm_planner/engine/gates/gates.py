"""The gates in their order, and what each waits for: why, sponsor, goals, organisational change, work, and tools last.

A platform is no guarantee: whoever buys it before anything else has changed gets bad service faster (Mainville 2018). The state
of a gate follows from records that are there, and so does the day on which it was first reached: that of a signature, of
evidence, of the end of an action. What was reached once may have come undone since: then the gate is open, and keeps its day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from sm_planner.engine.approval.improvements import closed_on
from sm_planner.engine.gates.mandate import of_goals, of_sponsor, of_why
from sm_planner.engine.gates.signed import first_signed
from sm_planner.engine.gates.things import Thing, all_things, brought, predecessors
from sm_planner.engine.improvements.results import reports
from sm_planner.engine.lacks import Lack, lack, unfilled
from sm_planner.engine.model import Improvement, Plan, Role
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.model.states import ACTIVE
from sm_planner.engine.model.vocabulary import CLOSED, IN_USE, LEADERS, PEOPLE, UNDER_WAY
from sm_planner.engine.raci.effective import Duties, current_holders, effective, external
from sm_planner.engine.sealing.seal import holds
from sm_planner.engine.texts import N_, Text, say

WHY, SPONSOR, GOALS, CHANGE, WORK, TOOLS = GATES = (
    N_("Why"),
    N_("Sponsor"),
    N_("Goals"),
    N_("Organisational Change"),
    N_("People, Process and Roles"),
    N_("Tools"),
)
"""The gates, in their order."""


class State(str, Enum):
    """How a gate stands."""

    REACHED = N_("Reached")
    OPEN = N_("Open")
    UNKNOWN = N_("Not known")


@dataclass(frozen=True)
class Step:
    """By what something was there: the day, the record that tells it, and how."""

    day: date
    record: Ref
    how: Text


@dataclass(frozen=True)
class Gate:
    """A gate. reached: by which step it was reached first; None where it never was, or the day is not known.

    lacks: what is missing, of a gate that is open. unknown: what is not known, so that its day is not.
    """

    name: str
    reached: Step | None = None
    lacks: tuple[Lack, ...] = ()
    unknown: tuple[Lack, ...] = ()

    @property
    def state(self) -> State:
        if self.lacks:
            return State.OPEN
        return State.REACHED if self.reached else State.UNKNOWN

    @property
    def day(self) -> date | None:
        """On which day it was reached first."""
        return self.reached.day if self.reached else None

    @property
    def expected(self) -> date | None:
        """The day after which it can be reached at the earliest, by the dates of what is missing; None where none says."""
        return max((one.by for one in self.lacks if one.by), default=None)

    def comes_after(self, day: date, today: date, *, has_begun: bool = False) -> bool:
        """Whether it was not reached on a day, or will not be. has_begun: what is to wait for it goes on already.

        What only waits for a signature can still get it before a day that lies ahead.
        """
        if self.reached:
            return day < self.reached.day
        if not self.lacks:
            return False
        return has_begun or day <= today or (self.expected is not None and day <= self.expected)


@dataclass
class _Found:
    """What is found of a gate. never: whether something is missing that was never there."""

    lacks: list[Lack] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    unknown: list[Lack] = field(default_factory=list)
    never: bool = False

    def needs(self, lacks: Iterable[Lack], step: Step | None) -> None:
        """Something that is needed: what of it is missing today, and by what it was there first."""
        self.lacks += lacks
        if step:
            self.steps.append(step)
        else:
            self.never = True

    def gate(self, name: str) -> Gate:
        is_known = self.steps and not self.never and not self.unknown
        reached = max(self.steps, key=lambda step: step.day) if is_known else None
        return Gate(name, reached, tuple(self.lacks), tuple(self.unknown))


def gates(plan: Plan, today: date) -> tuple[Gate, ...]:
    """The gates of a plan on a day, in their order, the tools last."""
    return (*before(plan, all_things(plan, today), today), _tools(plan, today).gate(TOOLS))


def before(plan: Plan, thing: Thing, today: date) -> tuple[Gate, ...]:
    """The gates that a tool, or an action that brings technology, waits for."""
    return (*plan.derived(_of_plan, today), _work(plan, thing, today).gate(WORK))


def _of_plan(plan: Plan, today: date) -> tuple[Gate, ...]:
    """The gates that are the same for all tools."""
    return (
        _signed(plan, today, of_why).gate(WHY),
        _sponsor(plan, today).gate(SPONSOR),
        _signed(plan, today, of_goals).gate(GOALS),
        _change(plan, today).gate(CHANGE),
    )


def _signed(plan: Plan, today: date, lacks_of: Callable[[Plan], Iterator[Lack]]) -> _Found:
    """What stands in the plan, and is approved by signing a version that has it."""
    found = _Found()
    seal = first_signed(plan, today, lambda version: not any(lacks_of(version)))
    lacks = list(lacks_of(plan))
    if seal:
        step = Step(plan.signed_on(seal), Ref.to(plan), say(N_("Version {0} was signed"), seal.version))
        found.needs(lacks, step)
    elif plan.state == ACTIVE and not plan.seals and not lacks:
        found.unknown.append(
            lack(plan, N_("The plan is active, but no seal says who put it in force."), field="state")
        )
    else:
        found.needs(lacks or [lack(plan, N_("No version of the plan that says so is signed yet."))], None)
    return found


def _sponsor(plan: Plan, today: date) -> _Found:
    found, lacks = _Found(), list(of_sponsor(plan))
    sponsor = plan.get("people", plan.executive_sponsor)
    steps = [*_signatures(plan, sponsor.id, today), *_shown(plan, {sponsor.id}, today)] if sponsor else []
    step = min(steps, key=lambda one: one.day, default=None)
    if sponsor and not step and not lacks:
        lacks.append(
            lack(sponsor, N_("“{0}” has not signed, and nothing shows a commitment yet."), Ref.to(sponsor))
        )
    found.needs(lacks, step)
    return found


def _signatures(plan: Plan, person: str, today: date) -> Iterator[Step]:
    for seal in plan.seals:
        day = plan.signed_on(seal)
        if seal.stands_for == person and day and day <= today and holds(seal, plan.key_ring):
            yield Step(day, Ref.to(plan), say(N_("Version {0} was signed"), seal.version))


def _shown(plan: Plan, people: set[str], today: date) -> Iterator[Step]:
    """What first showed that a commitment of one of them is kept."""
    for commitment in plan.commitments:
        days = [one.day for one in plan.shown_by(commitment) if one.day and one.day <= today]
        if commitment.person in people and days:
            ref = Ref.to(commitment)
            yield Step(min(days), ref, say(N_("The commitment “{0}” was shown"), ref))


def _change(plan: Plan, today: date) -> _Found:
    """Leaders of each level that the plan names stand behind it and show it, and something is done with people, for a goal."""
    found = _Found()
    for level in LEADERS:
        people = {person.id for person in plan.people if person.level == level}
        if not people:
            continue
        step = min(_shown(plan, people, today), key=lambda one: one.day, default=None)
        found.needs([] if step else [_uncommitted(plan, level, people)], step)
    _with_people(plan, found, today)
    return found


def _uncommitted(plan: Plan, level: str, people: set[str]) -> Lack:
    said = next((one for one in plan.commitments if one.person in people), None)
    if said:
        return lack(
            said, N_("Nothing shows yet that the commitment “{0}” is kept."), Ref.to(said), field="evidence"
        )
    return lack(plan, N_("Nobody of the level {0} has committed."), Text(level), field="commitments")


def _with_people(plan: Plan, found: _Found, today: date) -> None:
    """An improvement that works on people for an objective was begun."""
    meant = [
        one for one in plan.improvements if one.is_taken_up and one.dimension == PEOPLE and one.objective
    ]
    begun = [one for one in meant if one.status in (*UNDER_WAY, CLOSED)]
    dated = [one for one in begun if one.start_date and one.start_date <= today]
    if dated:
        first = min(dated, key=lambda one: one.start_date)
        found.needs((), Step(first.start_date, Ref.to(first), say(N_("“{0}” began"), Ref.to(first))))
    elif begun:
        found.unknown += unfilled(begun[0], "start_date")
    elif meant:
        next_one = min(meant, key=lambda one: one.start_date or date.max)
        found.needs(
            [lack(next_one, N_("“{0}” has not begun."), Ref.to(next_one), by=next_one.start_date)], None
        )
    else:
        found.needs(
            [
                lack(
                    plan,
                    N_("No improvement works on people and names the objective that it serves."),
                    field="improvements",
                )
            ],
            None,
        )


def _work(plan: Plan, thing: Thing, today: date) -> _Found:
    """Who answers for the processes that it serves is settled, roles are filled, what has to be over before is."""
    found = _Found()
    if not plan.processes:
        found.needs([lack(plan, N_("The plan has no process."), field="processes")], None)
        return found
    served = thing.processes or frozenset(plan.index["processes"])
    lacks = list(_unsettled(plan, served))
    seal = first_signed(plan, today, lambda version: _is_settled(version, served))
    if seal:
        step = Step(plan.signed_on(seal), Ref.to(plan), say(N_("Version {0} was signed"), seal.version))
        found.needs(lacks, step)
    elif plan.state == ACTIVE and not plan.seals:
        found.lacks += lacks
        found.unknown.append(
            lack(plan, N_("The plan is active, but no seal says who put it in force."), field="state")
        )
    else:
        found.needs(
            lacks or [lack(plan, N_("No version of the plan that settles the RACI is signed yet."))], None
        )
    for role in _accountable(plan, served):
        _filled(plan, role, found, today)
    for action in predecessors(plan, thing):
        _ended(plan, action, found, today)
    return found


def _unsettled(plan: Plan, served: frozenset[str]) -> Iterator[Lack]:
    for process in plan.processes:
        if process.id not in served:
            continue
        cells = plan.derived(_duties_by_process).get(process.id, ())
        open_ones = sum(not duties.is_settled for duties in cells)
        if open_ones or not cells:
            yield lack(
                process,
                N_(
                    "“{0}”: who answers for it and who does it is not settled in {1} of {2} cells of the RACI."
                ),
                Ref.to(process),
                open_ones,
                len(cells),
                field="raci",
            )


def _duties_by_process(plan: Plan) -> dict[str, list[Duties]]:
    """Process → the duties in each of its cells."""
    found: dict[str, list[Duties]] = defaultdict(list)
    for cell in effective(plan).cells:
        found[cell.process].append(cell.duties)
    return dict(found)


def _is_settled(plan: Plan, served: frozenset[str]) -> bool:
    return served <= plan.index["processes"].keys() and not any(_unsettled(plan, served))


def _accountable(plan: Plan, served: frozenset[str]) -> Iterator[Role]:
    cells = (cell for cell in effective(plan).cells if cell.process in served)
    wanted = {role for cell in cells for role in cell.duties.accountable}
    return (role for role in plan.roles if role.id in wanted and not external(role, plan))


def _filled(plan: Plan, role: Role, found: _Found, today: date) -> None:
    """Somebody holds an accountable role, or has held it."""
    ref = Ref.to(role)
    lacks = []
    if not any(person.enabled for person in current_holders(role, plan, today)):
        lacks.append(
            lack(role, N_("Nobody with an enabled account holds the role “{0}”."), ref, field="holders")
        )
    if any(one.from_date is None for one in role.holders):  # without a beginning: it was always filled
        found.lacks += lacks
        return
    day = min((one.from_date for one in role.holders if one.from_date <= today), default=None)
    found.needs(lacks, Step(day, ref, say(N_("The role “{0}” was filled"), ref)) if day else None)


def _ended(plan: Plan, action: Improvement, found: _Found, today: date) -> None:
    ref = Ref.to(action)
    if action.is_open:
        text = N_("“{0}” is not over yet.")
        found.needs([lack(action, text, ref, field="status", by=action.due)], None)
    elif day := ended_on(plan, action, today):
        found.needs((), Step(day, ref, say(N_("“{0}” ended"), ref)))
    else:
        found.unknown += unfilled(action, "due")


def ended_on(plan: Plan, action: Improvement, today: date) -> date | None:
    """On which day an improvement was over: when it was closed, last reported on, or due; None where nothing says."""
    told = [one.day for one in reports(plan, action, today)]
    return closed_on(plan, action) or max(told, default=None) or action.due


def _tools(plan: Plan, today: date) -> _Found:
    found = _Found()
    tools = brought(plan, today)
    if not tools:
        found.unknown.append(lack(plan, N_("The plan names no tool that it brings."), field="tools"))
    for tool in tools:
        ref, day = Ref.to(tool), tool.roll_out_date
        if tool.status == IN_USE and day is None:
            found.unknown += unfilled(tool, "roll_out_date")
        elif tool.status == IN_USE and day <= today:
            found.needs((), Step(day, ref, say(N_("“{0}” came into use"), ref)))
        else:
            found.needs([lack(tool, N_("“{0}” is not in use yet."), ref, field="status", by=day)], None)
    return found
