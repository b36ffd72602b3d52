"""The pieces that a plan is put together from: what must be there before it can be good."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sm_planner.engine.checks.depths import GROWN, reaches
from sm_planner.engine.checks.finding import KNOWN
from sm_planner.engine.checks.questions import alike, in_words, unanswered
from sm_planner.engine.model import Plan
from sm_planner.engine.model.questions import QUESTIONS
from sm_planner.engine.model.vocabulary import DEPTHS
from sm_planner.engine.texts import N_, Text

MANDATE, SERVICES, PROMISES, OPERATION, AIMS = SECTIONS = (
    N_("Mandate"),
    N_("Scope and services"),
    N_("Promises"),
    N_("Support and duties"),
    N_("Aims and improvement"),
)
"""The sections of the board, in the order in which a plan is put together."""


ALL_PIECES = "PLN-06"
"""The check that speaks for every piece; its findings begin with the name of theirs."""

Begun = Callable[[Plan], bool]
"""Whether anything of a piece is there."""

OpenPoints = Callable[[Plan], Iterator[tuple[str, tuple[Text, ...]]]]
"""What is still to be said: a template of the name of the piece and of points, and the points."""


@dataclass(frozen=True)
class Piece:
    """A piece of the plan.

    field: the field or collection of the plan where it is written. rules: the checks that say whether it is good, by
    code, or by family for all of a family that no other piece names. begun: whether anything of it is there.
    told_by: the check that says that nothing of it is there; without one, the check of all pieces does. It then says
    what the piece is and what to do: what, todo. shown_by: other checks that fail for that too, record by record, and need
    not be told beside it. open_points: what of it is still to be said.
    """

    section: str
    name: str
    field: str
    rules: tuple[str, ...]
    begun: Callable[[Plan], bool]
    told_by: str = ""
    what: str = ""
    todo: str = ""
    open_points: OpenPoints | None = None
    shown_by: tuple[str, ...] = ()


def _told(
    section: str,
    name: str,
    field: str,
    told_by: str,
    *rules: str,
    begun: Begun | None = None,
    shown_by: tuple[str, ...] = (),
) -> Piece:
    """A piece of which its own check says that it is missing."""
    return Piece(section, name, field, rules, begun or _filled(field), told_by, shown_by=shown_by)


def _piece(
    section: str,
    name: str,
    field: str,
    what: str,
    todo: str,
    *rules: str,
    begun: Begun | None = None,
    shown_by: tuple[str, ...] = (),
) -> Piece:
    """A piece of which only the check of all pieces says that it is missing."""
    return Piece(
        section, name, field, rules, begun or _filled(field), what=what, todo=todo, shown_by=shown_by
    )


def _filled(field: str) -> Begun:
    """Begun as soon as its field or collection holds something."""
    return lambda plan: bool(getattr(plan, field))


def _scope_begun(plan: Plan) -> bool:
    return bool(plan.scope_units or plan.scope_locations or plan.exclusions)


def _targets_begun(plan: Plan) -> bool:
    return any(agreement.targets for agreement in plan.agreements)


def _support_begun(plan: Plan) -> bool:
    return any(service.support_tiers for service in plan.services)


def _monitoring_begun(plan: Plan) -> bool:
    return any(component.monitoring_owner for component in plan.components)


def _baseline_begun(plan: Plan) -> bool:
    return any(one.score is not None for assessment in plan.assessments for one in assessment.answers)


def _improvements_begun(plan: Plan) -> bool:
    return any(improvement.is_taken_up for improvement in plan.improvements)


def _review_begun(plan: Plan) -> bool:
    return bool(plan.next_review or plan.review_rhythm)


def _questions_begun(plan: Plan) -> bool:
    return len(unanswered(plan)) + len(alike(plan)) < len(QUESTIONS)


def _questions_open(plan: Plan) -> Iterator[tuple[str, tuple[Text, ...]]]:
    if codes := unanswered(plan):
        yield N_("{0} without an answer: {1}."), in_words(codes)
    if codes := alike(plan):
        yield N_("{0} with the same answer for all: {1}."), in_words(codes)


PIECES: tuple[Piece, ...] = (
    _told(MANDATE, N_("Executive sponsor"), "executive_sponsor", "SPN-01", "SPN"),
    _told(
        MANDATE,
        N_("Plan owner and period"),
        "plan_owner",
        "PLN-01",
        *("PLN-01", "PLN-05", "PLN-11", "PLN-13", "SMO"),
    ),
    _told(MANDATE, N_("Why"), "why", "PLN-03", "PLN-03", "PLN-07", "PLN-15"),
    _told(MANDATE, N_("Value"), "value_statements", "PLN-04", "PLN-04"),
    _told(SERVICES, N_("Scope"), "scope_units", "PLN-02", "PLN-02", "PLN-08", "PLN-09", begun=_scope_begun),
    _told(SERVICES, N_("Services"), "services", "SVC-01", "SVC", shown_by=("RAC-23",)),
    _piece(
        SERVICES,
        N_("Components"),
        "components",
        N_("the servers, programs, lines and devices that services are made of."),
        N_("Enter the components that carry each service, and who runs them."),
        *("SVC-06", "SVC-07"),
        shown_by=("SVC-06", "SVC-07"),
    ),
    _piece(
        SERVICES,
        N_("Stakeholders"),
        "stakeholders",
        N_("the customers of the services, and the teams for whom the plan changes something."),
        N_("Enter the customer groups and the internal teams, each with what they need."),
        *("STK", "OCM-01", "OCM-02", "OCM-03"),
        shown_by=("CAT-05",),
    ),
    _piece(
        SERVICES,
        N_("Customer requirements"),
        "requirements",
        N_("what each customer wants from a service, with the value they want."),
        N_("Ask the customers, and enter a requirement for each thing that they want."),
        *("STK-08", "STK-09", "STK-10", "AGR-12", "AGR-16"),
        shown_by=("STK-08",),
    ),
    _piece(
        SERVICES,
        N_("Service catalogue"),
        "catalogue",
        N_("what customers read about a service: description, price and delivery time."),
        N_("Enter a catalogue entry for each service that customers use."),
        "CAT",
        shown_by=("CAT-01",),
    ),
    _piece(
        PROMISES,
        N_("Service level targets"),
        "agreements",
        N_("the values that agreements promise, such as an answer within an hour."),
        N_("Enter an agreement (SLA) with each customer, and its targets."),
        *("AGR", "CHN"),
        begun=_targets_begun,
        shown_by=("AGR-03", "STK-10"),
    ),
    _piece(
        PROMISES,
        N_("Service hours"),
        "calendars",
        N_("the calendars that say when the clock of a target runs."),
        N_(
            "Enter a calendar with the hours of each weekday and the holidays, and name it in the agreements."
        ),
        "AGR-07",
    ),
    _piece(
        OPERATION,
        N_("Support model"),
        "services",
        N_("the support tiers of the services: which team is asked first, and which next."),
        N_("Enter the support tiers of at least one service, beginning with the first contact."),
        *("MOD", "SUP", "CAL"),
        begun=_support_begun,
        shown_by=("MOD-01",),
    ),
    _piece(
        OPERATION,
        N_("Processes"),
        "processes",
        N_("the service management processes in scope, such as those for incidents and changes."),
        N_("Enter the processes, each with its owner and its manager."),
        "RAC-21",
    ),
    _piece(
        OPERATION,
        N_("Roles"),
        "roles",
        N_("the parts that people and teams play in the processes, such as service owner or change manager."),
        N_("Enter the roles, and who holds them."),
        *("RAC-04", "RAC-05", "RAC-17", "RAC-20", "COM-02", "TRN"),
    ),
    _piece(
        OPERATION,
        N_("RACI"),
        "raci",
        N_("who is accountable, responsible, consulted and informed in each process."),
        N_(
            "Enter a RACI letter for each role that takes part in a process, with at least one A and one "
            "R per process."
        ),
        "RAC",
        shown_by=("RAC-01", "RAC-02", "RAC-03", "RAC-14"),
    ),
    _piece(
        OPERATION,
        N_("Monitoring"),
        "components",
        N_("who watches the components, which value raises an alarm, and whom the alarm reaches."),
        N_("Enter the monitoring owner, the alert route and the alarm threshold of at least one component."),
        *("MON", "RAC-14"),
        begun=_monitoring_begun,
        shown_by=("MON-01",),
    ),
    _piece(
        OPERATION,
        N_("Communication"),
        "communications",
        N_("what is said of the plan to whom, through which channel, by whom and how often."),
        N_("Enter a communication for each group of stakeholders, beginning with the launch by the sponsor."),
        *("COM", "MON-03", "MON-04", "MON-05", "MON-06", "MON-09", "SPN-09"),
        shown_by=("COM-01",),
    ),
    _piece(
        AIMS,
        N_("Baseline"),
        "assessments",
        N_("where the organisation stands today, and which level it wants to reach in what."),
        N_("Assess where you stand, and submit the assessment."),
        "ASM",
        begun=_baseline_begun,
    ),
    _told(
        AIMS,
        N_("Objectives"),
        "objectives",
        "OBJ-01",
        *("OBJ", "PLN-14"),
        shown_by=("SVC-05", "PLN-14"),
    ),
    _piece(
        AIMS,
        N_("Improvement actions"),
        "improvements",
        N_("what is done to reach the objectives, by whom and by when."),
        N_("Enter an improvement for each thing that has to be done, with owner and due date."),
        *("IMP", "OBJ-12", "LES", "RSK", "TOL", "OCM-04"),
        begun=_improvements_begun,
        shown_by=("OBJ-04", "OBJ-08"),
    ),
    _piece(
        AIMS,
        N_("Budget"),
        "budget_lines",
        N_("what the plan costs, to begin and to run, and who pays for it."),
        N_("Enter a budget line for each thing that costs money, once or again and again."),
        "BUD",
        shown_by=("BUD-01",),
    ),
    Piece(
        AIMS,
        N_("Key questions"),
        "answers",
        (),
        _questions_begun,
        todo=N_("Answer each question in your own words, under Key Questions of the plan."),
        open_points=_questions_open,
    ),
    _piece(
        AIMS,
        N_("Next review"),
        "review_rhythm",
        N_("the day on which the plan is reviewed again."),
        N_("Enter a plan review in the review rhythm, or the date of the next review."),
        *("PLN-12", "REV"),
        begun=_review_begun,
        shown_by=("REV-01", "PLN-12"),
    ),
)


def depth_of(piece: Piece) -> str:
    """From which depth of a plan on a piece is asked for: as soon as one of its checks is."""
    depths = [rule.depth for code, rule in KNOWN.items() if piece_of(code) is piece]
    return min(depths, key=DEPTHS.index, default=GROWN)


def pieces_of(plan: Plan) -> tuple[Piece, ...]:
    """The pieces that a plan of its depth is put together from."""
    return tuple(piece for piece in PIECES if reaches(plan.depth, depth_of(piece)))


def told_alone(plan: Plan) -> Iterator[Piece]:
    """The pieces of which the check of all pieces says that they are missing.

    It is silent about one that another check tells, and about one that stands in records of which there are none: that these
    are missing is said of their own piece (no support model without a service, no monitoring without a component).
    """
    ground: dict[str, Piece] = {}
    for piece in pieces_of(plan):
        first = ground.setdefault(piece.field, piece)
        alone = not piece.told_by and not piece.open_points and (first is piece or first.begun(plan))
        if alone and not piece.begun(plan):
            yield piece


_PIECES = {rule: piece for piece in PIECES for rule in piece.rules}


def piece_of(code: str) -> Piece | None:
    """The piece that a check speaks about, or None if it is about no piece in particular."""
    return _PIECES.get(code) or _PIECES.get(code.partition("-")[0])
