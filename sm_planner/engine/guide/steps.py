"""The steps in which a plan is written, in their natural order: each stands on those before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sm_planner.engine.checks.depths import FIRST, reaches
from sm_planner.engine.checks.mending import SCOPE
from sm_planner.engine.checks.pieces import PIECES, Piece, depth_of
from sm_planner.engine.model import Plan
from sm_planner.engine.model.vocabulary import DEPTHS
from sm_planner.engine.texts import N_


@dataclass(frozen=True)
class Need:
    """Records that no piece asks for, and without which a later step cannot be taken.

    collection: theirs. by: the key of the step that needs them. todo: what to do while there are none.
    """

    collection: str
    by: str
    todo: str


@dataclass(frozen=True)
class Step:
    """A step of writing a plan.

    what, why: a sentence each, for who has never seen a plan. holds: the collections, and fields of the plan, that are
    written in it: those of its needs and pieces first. pieces: the names of those that it puts together. needs: what it
    holds beside them for later steps.
    """

    key: str
    title: str
    what: str
    why: str
    holds: tuple[str, ...] = ()
    pieces: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()

    @property
    def depth(self) -> str:
        """From which depth of a plan on the step is taken."""
        if self.needs or not self.pieces:
            return FIRST
        return min(map(depth_of, map(PIECE.__getitem__, self.pieces)), key=DEPTHS.index)

    def asked(self, plan: Plan) -> Iterator[Piece]:
        """Its pieces that the depth of a plan asks for."""
        return (piece for name in self.pieces if reaches(plan.depth, depth_of(piece := PIECE[name])))


PIECE = {piece.name: piece for piece in PIECES}

PEOPLE, MANDATE, STAKEHOLDERS, TEAMS, HOURS, SERVICES, PROMISES = (
    "people",
    "mandate",
    "stakeholders",
    "teams",
    "hours",
    "services",
    "promises",
)
DUTIES, RACI, AIMS, ACTIONS, RHYTHM, QUESTIONS, SEND = (
    "duties",
    "raci",
    "aims",
    "actions",
    "rhythm",
    "questions",
    "send",
)

STEPS: tuple[Step, ...] = (
    Step(
        PEOPLE,
        N_("People"),
        N_("Everybody who will sign, own or do something."),
        N_("Sponsor, owners and holders of roles are chosen from them."),
        holds=("people",),
        needs=(Need("people", MANDATE, N_("Add the people, each with the account that they log in with.")),),
    ),
    Step(
        MANDATE,
        N_("Mandate"),
        N_("Who wants the plan, who writes it, why, for what and for how long."),
        N_("A plan that nobody at the top has asked for changes nothing."),
        holds=(
            *("executive_sponsor", "plan_owner", "period_start", "period_end", "why"),
            *("value_statements", "scope_units"),
        ),
        pieces=("Executive sponsor", "Plan owner and period", "Why", "Value", "Scope"),
    ),
    Step(
        STAKEHOLDERS,
        N_("Stakeholders"),
        N_("Who uses the services, and who else has a say."),
        N_("Each promise is made to a customer, and each change needs those whom it touches."),
        holds=("stakeholders",),
        pieces=("Stakeholders",),
        needs=(Need("stakeholders", PROMISES, N_("Add the customers of your services.")),),
    ),
    Step(
        TEAMS,
        N_("Teams and suppliers"),
        N_("Who does the work: your own teams, and suppliers from outside with theirs."),
        N_("A promise to a customer holds only if somebody beneath can keep it."),
        holds=("teams", "suppliers", "rosters"),
        needs=(Need("teams", SERVICES, N_("Add the teams that do the work.")),),
    ),
    Step(
        HOURS,
        N_("Service hours"),
        N_("Calendars with the hours in which you are there, and the holidays."),
        N_("The clock of a promise runs in these hours and in no others."),
        holds=("calendars",),
        pieces=("Service hours",),
    ),
    Step(
        SERVICES,
        N_("Services"),
        N_("What customers get from you, who owns it, and which team is asked first."),
        N_("Promises, duties and aims are all about services."),
        holds=("services", "components", "catalogue"),
        pieces=("Services", "Support model", "Components", "Monitoring", "Service catalogue"),
    ),
    Step(
        PROMISES,
        N_("Promises"),
        N_("What you promise to customers, and what teams and suppliers promise to you."),
        N_("Customers rely on it, and the plan reckons whether it can be kept."),
        holds=("agreements", "requirements"),
        pieces=("Service level targets", "Customer requirements"),
    ),
    Step(
        DUTIES,
        N_("Roles and processes"),
        N_("The work that comes again and again, and the parts that people play in it."),
        N_("Work goes on when somebody is away, if it belongs to a role and not to a name."),
        holds=("processes", "roles"),
        pieces=("Roles", "Processes"),
        needs=(
            Need(
                "processes", RACI, N_("Add the processes, such as those for incidents, requests and changes.")
            ),
        ),
    ),
    Step(
        RACI,
        N_("Who does what"),
        N_("For each process who answers for it (A), does it (R), is asked (C) and is told (I)."),
        N_("Where nobody answers for the work, or two do, it is left undone."),
        holds=("raci",),
        pieces=("RACI",),
    ),
    Step(
        AIMS,
        N_("Aims"),
        N_("What gets better until when, in figures."),
        N_("Without a figure, nobody can say later whether the plan was worth it."),
        holds=("objectives", "assessments"),
        pieces=("Objectives", "Baseline"),
    ),
    Step(
        ACTIONS,
        N_("Improvement actions"),
        N_("What is done to reach the aims: by whom, until when, for how much."),
        N_("An aim that nobody works for stays a wish."),
        holds=("improvements", "budget_lines"),
        pieces=("Improvement actions", "Budget"),
    ),
    Step(
        RHYTHM,
        N_("Messages and reviews"),
        N_("What is said to whom, what leaders do for the plan, and when it is looked at again."),
        N_("A plan that nobody hears of or looks at is dead within a year."),
        holds=("communications", "commitments", "review_rhythm"),
        pieces=("Communication", "Next review"),
    ),
    Step(
        QUESTIONS,
        N_("Key questions"),
        N_("Sixteen questions about the plan as a whole, to be answered in your own words."),
        N_("Who can answer them has understood the plan, and the sponsor reads the answers."),
        holds=("answers",),
        pieces=("Key questions",),
    ),
    Step(
        SEND,
        N_("Check and send"),
        N_("What the checks still find, and the way of the plan to its sponsor."),
        N_("The sponsor signs exactly what the plan says then."),
    ),
)

STEP = {step.key: step for step in STEPS}
OF_PIECE = {name: step for step in STEPS for name in step.pieces}
"""Name of a piece → the step that puts it together."""
OF_PLACE = {place: step for step in STEPS for place in step.holds} | {SCOPE: STEP[SERVICES]}
"""Collection, or field of the plan → the step in which it is written."""

OF_RULE = dict.fromkeys(("COM-02", "RAC-20", "SPN-05", "SPN-08", "STK-04"), STEP[RHYTHM]) | {
    "RAC-07": STEP[RACI]
}
"""Rule → the step in which its findings are settled, where that is neither their place nor their piece: what others have to
say or do once the plan is written, and letters that are too many for one person."""
