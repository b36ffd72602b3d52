"""Who confirmed that he heard something: one run of a communication, as it was shown to him.

Briefings and the policy are confirmed; a later run takes the place of the one before. What a run says is kept with it, so
that another message in a later version of the plan asks nobody again; a run that was corrected does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sm_planner.engine.canonical_json import canonical_text, hash_of
from sm_planner.engine.communication.audience import reached, senders
from sm_planner.engine.communication.runs import last_held
from sm_planner.engine.model import Plan
from sm_planner.engine.model.communication import BriefingConfirmation, Communication, CommunicationRun
from sm_planner.engine.model.vocabulary import POLICY, SUPERVISOR_BRIEFING, TEAM_BRIEFING

CONFIRMED = (SUPERVISOR_BRIEFING, TEAM_BRIEFING, POLICY)
"""The kinds of communications of which each who hears them confirms that he did."""

PATIENCE = timedelta(days=14)
"""How long after a run its confirmations are in time."""


@dataclass(frozen=True)
class Heard:
    """A run that somebody heard. shown: the hash of what he is shown of it. confirmation: None where there is none that counts."""

    communication: Communication
    run: CommunicationRun
    message: str
    shown: str
    confirmation: BriefingConfirmation | None

    @property
    def due(self) -> date:
        """By when it is confirmed."""
        return self.run.day + PATIENCE

    @property
    def is_own(self) -> bool:
        """Whether the person himself confirmed it, and nobody in his place."""
        return self.confirmation is not None and not self.confirmation.entered_by


def awaited(plan: Plan, one: Communication, today: date) -> CommunicationRun | None:
    """The run that is to be confirmed: the last one that was held; None where nothing is."""
    return last_held(plan, one, today) if one.kind in CONFIRMED else None


def hearers(plan: Plan, one: Communication, run: CommunicationRun) -> tuple[str, ...]:
    """The ids of those who heard a run; who said it is none of them."""
    said_by = {run.sender} if run.sender else {*senders(plan, one, run.day)}
    return tuple(id for id in reached(plan, one, run) if id not in said_by and plan.get("people", id))


def heard(plan: Plan, one: Communication, run: CommunicationRun, person: str, today: date) -> Heard | None:
    """A run as somebody heard it; None for somebody who did not."""
    if person not in hearers(plan, one, run):
        return None
    shown = hash_of_run(one, run)
    return Heard(one, run, _message(one, run), shown, _confirmation(plan, one, run, person, shown, today))


def heard_by(plan: Plan, person: str, today: date) -> Iterator[Heard]:
    """The runs that somebody confirms, or has confirmed, of each communication the last one."""
    for one in plan.communications:
        run = awaited(plan, one, today)
        if run and (found := heard(plan, one, run, person, today)):
            yield found


def confirmed_by(plan: Plan, one: Communication, run: CommunicationRun, today: date) -> tuple[str, ...]:
    """The ids of those who confirmed that they heard a run."""
    shown = hash_of_run(one, run)
    return tuple(
        person for person in hearers(plan, one, run) if _confirmation(plan, one, run, person, shown, today)
    )


def is_unheard(plan: Plan, one: Communication, today: date) -> bool:
    """Whether nobody has confirmed the last run, though the time for it is over. Who is not known by name confirms nothing."""
    run = awaited(plan, one, today)
    return bool(
        run
        and run.day + PATIENCE < today
        and hearers(plan, one, run)
        and not confirmed_by(plan, one, run, today)
    )


def hash_of_run(one: Communication, run: CommunicationRun) -> str:
    """SHA-256 of what somebody is shown of a run, as 64 hexadecimal digits."""
    form = {
        "communication": one.id,
        "day": run.day.isoformat() if run.day else "",
        "sender": run.sender,
        "message": _message(one, run),
        "answers": run.answers,
    }
    return hash_of(canonical_text(form))


def _message(one: Communication, run: CommunicationRun) -> str:
    return run.message or one.message


def _confirmation(
    plan: Plan, one: Communication, run: CommunicationRun, person: str, shown: str, today: date
) -> BriefingConfirmation | None:
    """The last that counts: of what is shown, or of a day alone; one of the person's own before one that was entered for him."""
    facts = [
        fact
        for fact in plan.facts("briefing_confirmations", "communications", one.id)
        if fact.person == person
        and fact.held_on == run.day
        and fact.day
        and run.day <= fact.day <= today
        and fact.shown in ("", shown)
    ]
    own = [fact for fact in facts if not fact.entered_by]
    return next(reversed(own or facts), None)
