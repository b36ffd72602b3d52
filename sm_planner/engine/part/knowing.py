"""What somebody should know of a plan: whom to turn to, what affects him, and what changed of his own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from sm_planner.engine.model import Plan
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.model.values import folded
from sm_planner.engine.part.duties import For, Part
from sm_planner.engine.raci.effective import services_in_scope
from sm_planner.engine.sealing import canonical
from sm_planner.engine.sealing.diff import Change, diff
from sm_planner.engine.sealing.progress import since_signing
from sm_planner.engine.sealing.seal import holds
from sm_planner.engine.texts import N_, Text, say


class Contact(str, Enum):
    """To whom somebody turns."""

    SUPERVISOR = N_("Supervisor")
    PLAN_OWNER = N_("Plan Owner")
    SPONSOR = N_("Executive Sponsor")
    FUNCTIONAL = N_("Functional Escalation")
    HIERARCHICAL = N_("Hierarchical Escalation")


OF_OTHERS = (For.ESCALATION, For.AGREED_ESCALATION, For.AGREED_CONTACT)
"""What somebody is named for in records that are another's."""


@dataclass(frozen=True)
class Way:
    """Whom to turn to. service: for which service; None where it is for everything."""

    what: Contact
    whom: str
    service: Ref | None = None


@dataclass(frozen=True)
class Affecting:
    """A service that somebody depends on, and why."""

    service: Ref
    why: Text


def ways(plan: Plan, part: Part) -> tuple[Way, ...]:
    """Whom a person turns to: in general, and for the services that he owns or supports."""
    person = plan.get("people", part.person)
    general = (
        (Contact.SUPERVISOR, person.reports_to),
        (Contact.PLAN_OWNER, plan.plan_owner),
        (Contact.SPONSOR, plan.executive_sponsor),
    )
    named = [(what, plan.get("people", id)) for what, id in general if id != part.person]
    found = [Way(what, str(Ref.to(one))) for what, one in named if one]
    for service in _own_services(plan, part):
        for what, whom in (
            (Contact.FUNCTIONAL, service.functional_escalation),
            (Contact.HIERARCHICAL, service.hierarchical_escalation),
        ):
            if whom:
                found.append(Way(what, whom, Ref.to(service)))
    return tuple(found)


def affecting(plan: Plan, part: Part) -> tuple[Affecting, ...]:
    """The services that a person's own services need, and those that his unit uses; his own left out."""
    own = _own_services(plan, part)
    mine = {service.id for service in own}
    found: dict[str, Affecting] = {}
    for service in own:
        for row in service.dependencies:
            needed = plan.get("services", row.service)
            if needed and needed.id not in mine:
                why = say(N_("{0} needs it."), Ref.to(service))
                found.setdefault(needed.id, Affecting(Ref.to(needed), why))
    unit = folded(plan.get("people", part.person).unit)
    users = {one.id: one for one in plan.stakeholders if unit and folded(one.unit) == unit}
    for service in services_in_scope(plan):
        for customer in service.customers:
            if customer in users and service.id not in mine:
                why = say(N_("{0} uses it."), Ref.to(users[customer]))
                found.setdefault(service.id, Affecting(Ref.to(service), why))
    return tuple(found.values())


def changes(plan: Plan, part: Part) -> tuple[Change, ...]:
    """What changed of the records for which a person is named: from the version before to this one, and of his actions
    and risks since this one was signed."""
    own = [one.record for one in part.charges if one.what not in OF_OTHERS]
    mine = {(record.collection, record.id) for record in own if record.collection != "plan"}
    mine |= {("improvements", one.id) for one in plan.improvements if one.improvement_owner == part.person}
    mine |= {("risks", one.id) for one in plan.risks if one.risk_owner == part.person}
    return tuple(change for change in _changes(plan) if (change.collection, change.id) in mine)


def _changes(plan: Plan) -> Iterator[Change]:
    """What seals say that still hold; of the others verification tells."""
    earlier = [seal for seal in plan.seals if seal.version < plan.version]
    if earlier and holds(earlier[-1], plan.key_ring):
        yield from diff(canonical.read(earlier[-1].content), canonical.content(plan))
    since = since_signing(plan)
    if since:
        yield from since.changes


def _own_services(plan: Plan, part: Part) -> list:
    ids = part.of(For.SERVICE, For.TEAM_OWNS, For.TEAM_SERVICE)
    return [plan.get("services", id) for id in ids]
