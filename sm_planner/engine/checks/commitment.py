"""SPN: what leaders have promised to do for the plan, and what shows that they do it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sm_planner.engine.change.cascade import committed, units_to_win
from sm_planner.engine.checks.conditions import named, no_sponsor, not_set, nothing_in
from sm_planner.engine.checks.depths import COMPLETE, GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule, unknown
from sm_planner.engine.checks.raci.cells import no_cells
from sm_planner.engine.engagement.relationship import last_spoke
from sm_planner.engine.model import Commitment, Plan
from sm_planner.engine.model.vocabulary import LEADERS
from sm_planner.engine.part.confirmation import confirmed_role
from sm_planner.engine.part.dues import last_shown
from sm_planner.engine.raci.effective import effective
from sm_planner.engine.texts import Text, listed


@rule(
    "SPN-04",
    Severity.ERROR,
    GROWN,
    title=N_("In each unit that the plan changes, leaders of every level support it"),
    why=N_("A plan that top management wants, but the first line sits out, stays on paper."),
    fix=N_(
        "Win somebody of each missing level for the unit, and enter the commitment. One person may "
        "commit for several units."
    ),
    source="Pollock 2019; Mainville 2018",
)
def leaders_committed(plan: Plan, today: date) -> Iterator[Fault]:
    levels: dict[str, set[str]] = {}
    for person, _commitment, units in committed(plan):
        if not person.level:
            yield unknown(person, N_("“{0}” has committed, but has no level."), named(person), field="level")
        for unit in units:
            levels.setdefault(unit, set()).add(person.level)
    units = units_to_win(plan)
    if not plan.stakeholders:
        yield from nothing_in(plan, "stakeholders")
    elif not units:
        yield unknown(plan, N_("No internal team has a unit."), field="stakeholders")
    for unit, members in units.items():
        lacking = [level for level in LEADERS if level not in levels.get(unit, ())]
        if lacking:
            yield fault(
                members[0],
                N_("In the unit “{0}”, nobody of these levels has committed: {1}."),
                members[0].unit,
                listed(map(Text, lacking)),
                field="unit",
                count=len(lacking),
            )


@rule(
    "SPN-05",
    Severity.ERROR,
    GROWN,
    title=N_("Each commitment is backed by action"),
    why=N_("Without a recent decision, payment, attendance or message, a commitment is only words."),
    fix=N_("Enter what the person did last, on which day, and where this is recorded; or ask them for it."),
    source="Pollock 2019",
)
def commitments_shown(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "commitments")
    oldest = plan.settings.engagement_days
    if oldest is None:
        yield from _no_age(plan)
        return
    for commitment in plan.commitments:
        last = last_shown(plan, commitment, today)
        person = plan.get("people", commitment.person)
        if person is None:
            continue
        if last is None:
            yield fault(
                commitment,
                N_("The commitment of “{0}” is only words: no action is recorded."),
                named(person),
                field="evidence",
            )
        elif last < today - timedelta(days=oldest):
            yield fault(
                commitment,
                N_("The last action that backs the commitment of “{0}” was on {1}, more than {2} days ago."),
                named(person),
                last,
                oldest,
                field="evidence",
            )


@rule(
    "SPN-06",
    Severity.WARNING,
    GROWN,
    title=N_("The sponsor has recently done something for the plan"),
    why=N_("People think that a sponsor who is not seen has lost interest."),
    fix=N_(
        "Ask the sponsor to decide, pay, attend, write or speak with somebody, and enter it at the sponsor's "
        "commitment, or as an engagement."
    ),
    source="Mainville 2018; HDI",
)
def sponsor_active(plan: Plan, today: date) -> Iterator[Fault]:
    sponsor, oldest = plan.get("people", plan.executive_sponsor), plan.settings.engagement_days
    if sponsor is None:
        yield from no_sponsor(plan)
        return
    if oldest is None:
        yield from _no_age(plan)
        return
    signed = (plan.signed_on(seal) for seal in plan.seals if seal.signer == sponsor.id)
    shown = (last_shown(plan, commitment, today) for commitment in _of_sponsor(plan))
    spoke = last_spoke(plan, sponsor.id, today)
    days = [day for day in (*signed, *shown, spoke and spoke.day) if day]
    if not days:
        yield unknown(
            sponsor, N_("No record shows what the sponsor “{0}” has done for the plan."), named(sponsor)
        )
    elif max(days) < today - timedelta(days=oldest):
        yield fault(
            sponsor,
            N_("The sponsor “{0}” was last active on {1}, more than {2} days ago."),
            named(sponsor),
            max(days),
            oldest,
        )


@rule(
    "SPN-07",
    Severity.ERROR,
    COMPLETE,
    title=N_("The sponsor is committed beyond the start"),
    why=N_("Many plans start with applause, and are left alone once people have to live with them."),
    fix=N_("Have the sponsor commit both to establishing the plan and to operating by it."),
    source="Mainville 2018",
)
def sponsor_stays(plan: Plan, today: date) -> Iterator[Fault]:
    sponsor = plan.get("people", plan.executive_sponsor)
    if sponsor is None:
        yield from no_sponsor(plan)
        return
    commitments = _of_sponsor(plan)
    if not any(commitment.covers_establish for commitment in commitments):
        yield fault(
            sponsor, N_("The sponsor “{0}” has not committed to establishing the plan."), named(sponsor)
        )
    if not any(commitment.covers_operate for commitment in commitments):
        yield fault(
            sponsor, N_("The sponsor “{0}” has not committed to operating by the plan."), named(sponsor)
        )


@rule(
    "SPN-08",
    Severity.ERROR,
    GROWN,
    title=N_("The people who decide and who do the work have confirmed their parts"),
    why=N_("If too few people have agreed to a plan, nobody supports it when it gets difficult."),
    fix=N_("Ask those who hold an A or an R to confirm their parts; RAC-20 lists who has not yet."),
    source="Pollock 2019",
)
def roles_accepted(plan: Plan, today: date) -> Iterator[Fault]:
    if not effective(plan).cells:
        yield from no_cells(plan)
        return
    least = plan.settings.least_acknowledged
    if least is None:
        yield not_set(plan, N_("The settings do not say how many people must have confirmed their parts."))
        return
    on_duty = {
        role for duties in effective(plan).duties for role in (*duties.accountable, *duties.responsible)
    }
    accepted: dict[str, bool] = {}
    for role in plan.roles:
        for holder in role.holders if role.id in on_duty else ():
            if holder.runs(today):
                heard = confirmed_role(plan, role.id, holder.person, today).given
                accepted[holder.person] = accepted.get(holder.person, True) and heard
    lacking = len(accepted) - sum(accepted.values())
    if not accepted:
        yield unknown(plan, N_("Nobody holds a role with an A or an R."), field="roles")
    elif (len(accepted) - lacking) * 100 < least * len(accepted):
        yield fault(
            plan,
            N_("{0} of {1} people who hold an A or an R have confirmed their parts; it should be {2} %."),
            len(accepted) - lacking,
            len(accepted),
            least,
            field="roles",
            count=lacking,
        )


def _of_sponsor(plan: Plan) -> list[Commitment]:
    return [commitment for commitment in plan.commitments if commitment.person == plan.executive_sponsor]


def _no_age(plan: Plan) -> Iterator[Fault]:
    yield not_set(plan, N_("The settings do not say how old an engagement may be."))


RULES = (leaders_committed, commitments_shown, sponsor_active, sponsor_stays, roles_accepted)
