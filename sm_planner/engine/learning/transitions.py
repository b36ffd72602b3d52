"""What was brought into service, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sm_planner.engine.model import Plan, Service, Stakeholder
from sm_planner.engine.model.learning import SanityCheck
from sm_planner.engine.texts import N_, Text, say


@dataclass(frozen=True)
class Transition:
    """A service that was accepted on a day."""

    service: Service
    day: date


def transitions(plan: Plan, today: date) -> tuple[Transition, ...]:
    """The services that were accepted up to a day, the last one first."""
    accepted = [
        Transition(one, one.accepted_on)
        for one in plan.services
        if one.accepted_on and one.accepted_on <= today
    ]
    return tuple(sorted(accepted, key=lambda one: (one.day, one.service.id), reverse=True))


def last_transition(plan: Plan, today: date, about: Service | Stakeholder | None = None) -> Transition | None:
    """The last transition of a service, of one of the services of a customer, or of all; None where none is known."""
    return next((one for one in transitions(plan, today) if about is None or _concerns(one, about)), None)


def _concerns(transition: Transition, about: Service | Stakeholder) -> bool:
    if isinstance(about, Service):
        return transition.service.id == about.id
    return about.id in transition.service.customers


def replays(plan: Plan, transition: Transition) -> bool:
    """Whether a sanity check was held about a transition, or about one that came later."""
    return any(_is_about(plan, one, transition) for one in held(plan))


def held(plan: Plan) -> tuple[SanityCheck, ...]:
    """The sanity checks that were held, the last one first."""
    done = [one for one in plan.sanity_checks if one.held_on]
    return tuple(sorted(done, key=lambda one: (one.held_on, one.id), reverse=True))


def called(plan: Plan, check: SanityCheck) -> Text:
    """How a sanity check is told of: by whom or what it is about, and its day."""
    return say(N_("Sanity check of {0}, {1}"), subject(plan, check), check.day or Text(N_("no date")))


def subject(plan: Plan, check: SanityCheck) -> str:
    """What the service or the customer is called that a check is about."""
    about = ("services", check.service) if check.service else ("stakeholders", check.customer)
    return plan.title_of(*about)


def _is_about(plan: Plan, check: SanityCheck, transition: Transition) -> bool:
    if check.day is None or check.day < transition.day:
        return False
    return check.service == transition.service.id or check.customer in transition.service.customers
