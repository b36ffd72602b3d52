"""What is at risk: heavy risks, agreements that end, what the checks find, and people who do not know their part."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sm_planner.engine.agreements.families import agreed
from sm_planner.engine.agreements.term import ENDED
from sm_planner.engine.checks import check
from sm_planner.engine.health import at_sign_off, line
from sm_planner.engine.learning.risks import by_weight, is_overdue, weight_of
from sm_planner.engine.model import GRADES, Agreement, Plan
from sm_planner.engine.model.health import Health
from sm_planner.engine.model.risks import Risk
from sm_planner.engine.part.confirmation import shares
from sm_planner.engine.sealing.change import ADDED
from sm_planner.engine.sealing.progress import since_signing
from sm_planner.engine.texts import N_, Text, say
from sm_planner.reports.agreement_expiry import DECIDE, State, next_end, state_of
from sm_planner.reports.executive_view.view import (
    Figure,
    Opens,
    Tone,
    counted,
    month_before,
    named,
    opening,
    report_about,
    share_told,
)
from sm_planner.reports.plan_findings import SERIOUS

HEAVY = GRADES[2:]
AHEAD = 90
"""Days within which an end, or a last day for notice, counts as near."""

UNSIGNED = Text(N_("Nothing to compare with: there is no signature that holds."))
UNCOUNTED = Text(N_("Nothing to compare with: nothing was counted after a signature."))


def figures(plans: Sequence[Plan], today: date) -> tuple[Figure, ...]:
    return (_risks(plans, today), _ending(plans, today), _findings(plans, today), _confirmed(plans, today))


def _risks(plans: Sequence[Plan], today: date) -> Figure:
    every = [(plan, one) for plan in plans for one in by_weight(plan.risks) if one.is_open]
    heavy = [(plan, one) for plan, one in every if _is_heavy(one)]
    unrated = [(plan, one) for plan, one in every if weight_of(one) is None]
    late = [(plan, one) for plan, one in every if is_overdue(one, today)]
    is_empty = not any(plan.risks for plan in plans)
    is_unrated = bool(every) and len(unrated) == len(every)
    if heavy:
        sentence = say(N_("High or critical: {0}."), named([one for _, one in heavy]))
    elif is_empty:
        sentence = Text(N_("Not known, because nobody has entered a risk."))
    elif is_unrated:
        sentence = Text(N_("Not known, because no open risk is rated."))
    else:
        sentence = Text(N_("No rated open risk is high or critical."))
    if late:
        sentence = say(N_("{0} Not looked at in time: {1}."), sentence, len(late))
    unknown = is_empty or is_unrated
    return Figure(
        key="risks",
        label=Text(N_("High and Critical Risks")),
        value=None if unknown else counted(len(heavy)),
        sentence=sentence,
        comparison=_since_signature(plans),
        tone=Tone.UNKNOWN if unknown else Tone.BAD if heavy else Tone.WATCH if unrated or late else Tone.GOOD,
        opens=opening("risks", heavy or unrated or late or every, "risks"),
    )


def _is_heavy(one: Risk) -> bool:
    weighed = weight_of(one)
    return weighed is not None and weighed.level in HEAVY


def _since_signature(plans: Sequence[Plan]) -> Text:
    """How many risks came since the signatures, where somebody signed and the seals hold."""
    moved = [since_signing(plan) for plan in plans]
    if not moved or None in moved:
        return UNSIGNED
    new = {
        change.id
        for one in moved
        for change in one.changes
        if change.collection == "risks" and change.kind == ADDED and not change.field
    }
    return say(N_("Risks that are new since the signature: {0}."), len(new))


def _ending(plans: Sequence[Plan], today: date) -> Figure:
    now = _near(plans, today)
    now.sort(key=lambda found: next_end(found[1], today) or date.max)
    before = len(_near(plans, month_before(today)))
    expired = [(plan, one) for plan, one in now if state_of(one, today, AHEAD) is State.EXPIRED]
    unknown = not any(plan.agreements for plan in plans)
    if unknown:
        sentence = Text(N_("Not known, because the plan has no agreements."))
    elif expired:
        sentence = say(N_("Expired, and not ended: {0}."), named([one for _, one in expired]))
    elif now:
        sentence = say(N_("To be decided next: {0}."), named([one for _, one in now]))
    else:
        sentence = say(N_("No agreement ends, and no notice is due, within {0} days."), AHEAD)
    return Figure(
        key="ending",
        label=Text(N_("Agreements to Decide About")),
        value=None if unknown else counted(len(now)),
        sentence=sentence,
        comparison=Text(N_("Nothing to compare with."))
        if unknown
        else say(N_("A month ago, by the agreements of today: {0}."), before),
        tone=Tone.UNKNOWN if unknown else Tone.BAD if expired else Tone.WATCH if now else Tone.GOOD,
        opens=opening("agreements", now, "agreement-expiry"),
    )


def _near(plans: Sequence[Plan], day: date) -> list[tuple[Plan, Agreement]]:
    """The agreements that have expired, or about which somebody has to decide soon, as seen on a day."""
    return [
        (plan, one)
        for plan in plans
        for one in agreed(plan)
        if one.status != ENDED and state_of(one, day, AHEAD) in DECIDE
    ]


def _findings(plans: Sequence[Plan], today: date) -> Figure:
    """What the checks find that must or should be mended, and what it was at the signature."""
    now = [(plan, _line(plan, today)) for plan in plans]
    serious = sum((one.blockers or 0) + (one.errors or 0) for _, one in now)
    blockers = sum(one.blockers or 0 for _, one in now)
    signed = [(plan, at_sign_off(plan)) for plan in plans]
    if not plans:
        sentence = Text(N_("Not known, because no plan is in force."))
    elif blockers == 1:
        sentence = Text(N_("Before anybody signs again, one of them has to be mended."))
    elif blockers:
        sentence = say(N_("Before anybody signs again, {0} of them have to be mended."), blockers)
    elif serious:
        sentence = Text(N_("None of them prevents a signature; each names the record and what to do."))
    else:
        sentence = Text(N_("The checks find nothing that has to be mended."))
    if any(_at_night(plan, today) for plan in plans):
        sentence = say(N_("{0} Counted in the night."), sentence)
    before = UNCOUNTED
    if signed and all(one for _, one in signed):
        count = sum((one.blockers or 0) + (one.errors or 0) for _, one in signed)
        before = (
            say(N_("When it was signed, on {0}: {1}."), signed[0][1].day, count)
            if len(signed) == 1
            else say(N_("When they were signed: {0}."), count)
        )
    return Figure(
        key="findings",
        label=Text(N_("Blockers and Errors")),
        value=counted(serious) if plans else None,
        sentence=sentence,
        comparison=before,
        tone=Tone.UNKNOWN if not plans else Tone.BAD if blockers else Tone.WATCH if serious else Tone.GOOD,
        opens=report_about(plans, "plan-findings", severity=SERIOUS) if serious else Opens(),
    )


def _line(plan: Plan, today: date) -> Health:
    """How the plan stands today: as it was counted at night, or else counted now."""
    return _at_night(plan, today) or line(plan, today, check(plan, today))


def _at_night(plan: Plan, today: date) -> Health | None:
    return next((one for one in plan.health if one.day == today and one.version == plan.version), None)


def _confirmed(plans: Sequence[Plan], today: date) -> Figure:
    """The people with a part who have confirmed it."""
    units = [unit for plan in plans for unit in shares(plan, today)]
    asked, given = sum(one.asked for one in units), sum(one.confirmed for one in units)
    before = [_share_before(plan, month_before(today)) for plan in plans]
    least = min((plan.settings.least_acknowledged or 0 for plan in plans), default=0)
    if not asked:
        sentence = Text(N_("Not known, because nobody has a part."))
    elif given == asked:
        sentence = Text(N_("Everybody who has a part has confirmed it."))
    else:
        waiting = {
            one.person: plan.title_of("people", one.person)
            for plan in plans
            for unit in shares(plan, today)
            for one in unit.waiting
        }
        sentence = say(N_("Not confirmed by {0}."), named([*waiting.values()]))
    told = Text(N_("Nothing to compare with."))
    if len(before) == 1 and before[0] is not None:
        told = say(N_("A month ago: {0} %."), before[0])
    elif asked and least:
        told = say(N_("At least {0} % should have."), least)
    share = 100 * given / asked if asked else 0
    return Figure(
        key="confirmed",
        label=Text(N_("People Who Know Their Part")),
        value=share_told(given, asked) if asked else None,
        sentence=sentence,
        comparison=told,
        tone=Tone.UNKNOWN
        if not asked
        else Tone.GOOD
        if given == asked
        else Tone.WATCH
        if share >= least
        else Tone.BAD,
        opens=report_about(plans, "confirmed-parts") if asked else Opens(),
    )


def _share_before(plan: Plan, day: date) -> float | None:
    """What was counted on a day, or on the last one before it."""
    lines = [one for one in plan.health if one.day <= day]
    return max(lines, key=lambda one: one.day).confirmed if lines else None
