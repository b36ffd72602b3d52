"""RAC: the letters in a cell, whoever holds them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.checks.depths import COMPLETE, FIRST, GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, rule
from sm_planner.engine.checks.raci.cells import Wrong, judged, role_names
from sm_planner.engine.model import Plan
from sm_planner.engine.raci.effective import Duties, external


@rule(
    "RAC-01",
    Severity.BLOCKER,
    FIRST,
    title=N_("Exactly one role is accountable in each cell"),
    why=N_("Where two are accountable, each waits for the other; where nobody is, nothing is decided."),
    fix=N_(
        "Keep one A in the cell and give the other roles C or I; or, if there is no A, give it to a role."
    ),
    source="Prakash 2016; common RACI practice",
)
def one_accountable(plan: Plan, today: date) -> Iterator[Fault]:
    return judged(plan, _accountability)


def _accountability(plan: Plan, duties: Duties) -> Wrong:
    if duties.not_applicable or len(duties.accountable) == 1:
        return ()
    if not duties.accountable:
        return (N_("Nobody is accountable for {0}."),)
    return N_("Several roles are accountable for {0}: {1}."), role_names(plan, duties.accountable)


@rule(
    "RAC-02",
    Severity.BLOCKER,
    FIRST,
    title=N_("At least one role is responsible in each cell"),
    why=N_("Work that no role does is left undone, no matter who is accountable for it."),
    fix=N_("Give an R to the role that does the work."),
    source="Prakash 2016; common RACI practice",
)
def somebody_responsible(plan: Plan, today: date) -> Iterator[Fault]:
    return judged(plan, _responsibility)


def _responsibility(plan: Plan, duties: Duties) -> Wrong:
    if duties.not_applicable or duties.responsible:
        return ()
    return (N_("Nobody is responsible for {0}."),)


@rule(
    "RAC-03",
    Severity.ERROR,
    GROWN,
    title=N_("Each cell has letters, or a reason why it needs none"),
    why=N_("An empty cell is a gap until somebody says why the process does not apply there."),
    fix=N_("Give letters to the roles that take part, or enter N/A without a role and say why."),
    source="Prakash 2016",
)
def no_blank(plan: Plan, today: date) -> Iterator[Fault]:
    return judged(plan, _coverage)


def _coverage(plan: Plan, duties: Duties) -> Wrong:
    if duties.not_applicable and not duties.not_applicable.task:
        return (N_("{0} does not apply, but no reason is given."),)
    if not duties.letters and not duties.not_applicable:
        return (N_("No role has a part in {0}."),)
    return ()


@rule(
    "RAC-06",
    Severity.WARNING,
    COMPLETE,
    title=N_("No cell is crowded"),
    why=N_(
        "Work shared by many is done by none of them, and each further person to ask is a loop and a delay."
    ),
    fix=N_("Split the work, or ask whether each of them has to do it, be consulted or be informed."),
    source="common RACI practice",
)
def not_crowded(plan: Plan, today: date) -> Iterator[Fault]:
    return judged(plan, _crowd)


def _crowd(plan: Plan, duties: Duties) -> Wrong:
    most = plan.settings
    held = [held.letter for held in duties.letters]
    limits = (
        ("R", len(duties.responsible), most.most_responsible),
        ("C", held.count("C"), most.most_consulted),
        ("I", held.count("I"), most.most_informed),
    )
    over = [f"{count} {letter} > {limit}" for letter, count, limit in limits if limit and count > limit]
    return (N_("Too many have a part in {0}: {1}."), ", ".join(over)) if over else ()


@rule(
    "RAC-08",
    Severity.ERROR,
    GROWN,
    title=N_("Nobody outside the organisation is accountable"),
    why=N_("You can give work to others, but you still answer for it to the customer."),
    fix=N_("Give the A to a role of the organisation, and leave the R with the partner."),
    source="ISO 8.2.3",
)
def accountability_retained(plan: Plan, today: date) -> Iterator[Fault]:
    return judged(plan, _retention)


def _retention(plan: Plan, duties: Duties) -> Wrong:
    outside = [id for id in duties.accountable if external(plan.get("roles", id), plan)]
    if not outside:
        return ()
    return N_("Somebody outside the organisation is accountable for {0}: {1}."), role_names(plan, outside)


@rule(
    "RAC-12",
    Severity.INFORMATION,
    COMPLETE,
    title=N_("In each cell somebody is consulted or informed"),
    why=N_("Where nobody is consulted or informed, the people who do the work may be talking to nobody."),
    fix=N_("Ask who needs to hear about the work or could give advice, and give them a C or an I."),
    source="common RACI practice",
)
def talked_about(plan: Plan, today: date) -> Iterator[Fault]:
    return judged(plan, _exchange)


def _exchange(plan: Plan, duties: Duties) -> Wrong:
    if not duties.letters or any(held.letter in ("C", "I") for held in duties.letters):
        return ()
    return (N_("Nobody is consulted or informed about {0}."),)


RULES = (
    one_accountable,
    somebody_responsible,
    no_blank,
    not_crowded,
    accountability_retained,
    talked_about,
)
