"""What somebody is responsible for: what he is named for, and his letters in the RACI, told short; with a hash of it.

The hash is of promises alone, and of nothing but his own part: it changes when that does, so that he is asked again only then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from sm_planner.engine.agreements.families import agreed, own_rows
from sm_planner.engine.agreements.term import ENDED
from sm_planner.engine.canonical_json import canonical_text, hash_of
from sm_planner.engine.model import Agreement, Plan, Role
from sm_planner.engine.model.agreements import AgreementContact, AgreementEscalation
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.model.services import EscalationStep
from sm_planner.engine.raci.effective import current_holders, effective, services_in_scope
from sm_planner.engine.sealing.canonical import record_content
from sm_planner.engine.texts import N_

INFORMED = "I"
"""The letter that makes nobody responsible: it is no part of what somebody confirms."""

Place = tuple[str, str]
"""Service and component; the component is empty where a service has none."""

Letters = dict[tuple[str, str], tuple[frozenset[Place], frozenset[str]]]
"""Process and letter → the places in which a role has it, and its tasks there."""


class For(str, Enum):
    """What somebody is named for."""

    PLAN_OWNER = N_("Plan Owner")
    SPONSOR = N_("Executive Sponsor")
    SIGNER = N_("Signer")
    BODY = N_("Member of the Governing Body")
    DECIDES = N_("Decision Right")
    MANDATE = N_("Mandate of the Office")
    CHANGES = N_("Change Manager")
    IMPROVES = N_("Continual Improvement Manager")
    ROLE = N_("Role")
    DEPUTY = N_("Deputy")
    PROCESS_OWNER = N_("Process Owner")
    PROCESS_MANAGER = N_("Process Manager")
    SERVICE = N_("Service Owner")
    AGREEMENT = N_("Agreement Owner")
    OBJECTIVE = N_("Objective Owner")
    COMMITMENT = N_("Commitment")
    VALUE = N_("Owner of a Value")
    TEAM_LEAD = N_("Team Lead")
    TEAM_MEMBER = N_("Team Member")
    TEAM_OWNS = N_("Service That Belongs to the Team")
    TEAM_SERVICE = N_("Service of the Team")
    TEAM_COMPONENT = N_("Component of the Team")
    MONITORING = N_("Monitoring Owner")
    ESCALATION = N_("Step of an Escalation Path")
    AGREED_ESCALATION = N_("Escalation of an Agreement")
    AGREED_CONTACT = N_("Contact of an Agreement")
    MAJOR_INCIDENTS = N_("Leads Major Incidents")
    SUPPLIER = N_("Supplier Manager")
    STAKEHOLDER = N_("Relationship Manager")
    SUPERVISOR = N_("Supervisor")


@dataclass(frozen=True)
class Charge:
    """A record for which somebody is named. through: the role or the team by which he is; None where it is he himself."""

    what: For
    record: Ref
    through: Ref | None = None


@dataclass(frozen=True)
class Duty:
    """What a role does, told short: a letter that it has in the same places for some processes.

    everywhere: in all cells of these processes. services: those of which it has all; parts: (service, component) beside
    them. cells: how many cells that is. tasks: process and what is done there.
    """

    role: str
    letter: str
    processes: tuple[str, ...]
    everywhere: bool
    services: tuple[str, ...]
    parts: tuple[Place, ...]
    cells: int
    tasks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Part:
    """The part of one person. charges: in the order of :class:`For`. roles: ids, with letters or without."""

    person: str
    charges: tuple[Charge, ...]
    duties: tuple[Duty, ...]
    informed: tuple[Duty, ...]
    hash: str

    @property
    def roles(self) -> tuple[str, ...]:
        return self.of(For.ROLE)

    def of(self, *what: For) -> tuple[str, ...]:
        """The ids of the records for which the person is named so."""
        return tuple(dict.fromkeys(charge.record.id for charge in self.charges if charge.what in what))


def part_of(plan: Plan, person: str, today: date) -> Part:
    """The part of a person of the plan on a day."""
    charges = charges_of(plan, person, today)
    duties = [duty for role in _roles(charges) for duty in plan.derived(_duties, role)]
    return Part(
        person=person,
        charges=charges,
        duties=tuple(duty for duty in duties if duty.letter != INFORMED),
        informed=tuple(duty for duty in duties if duty.letter == INFORMED),
        hash=hash_of_part(plan, person, today),
    )


def charges_of(plan: Plan, person: str, today: date) -> tuple[Charge, ...]:
    """What a person is named for on a day; nothing for somebody whom the plan does not know."""
    return plan.derived(_charges, today).get(person, ())


def has_part(plan: Plan, person: str, today: date) -> bool:
    """Whether there is anything that the person answers for, and can confirm."""
    return bool(charges_of(plan, person, today))


def hash_of_part(plan: Plan, person: str, today: date) -> str:
    """SHA-256 of what a person is responsible for on a day, as 64 hexadecimal digits."""
    return plan.derived(_hash, person, today)


def _hash(plan: Plan, person: str, today: date) -> str:
    charges = charges_of(plan, person, today)
    form = {
        "person": person,
        "charges": sorted(
            [one.what.value, *_named_in(plan, one.record), one.through.id if one.through else ""]
            for one in charges
        ),
        "promises": _promises(plan, charges),
        "values": [record_content(one) for one in plan.value_statements if one.person == person],
        "letters": {role: plan.derived(_hash_of_letters, role) for role in _roles(charges)},
    }
    if rights := _rights(plan, person, charges):
        form["rights"] = rights
    if mandate := _mandate(plan, charges):
        form["mandate"] = mandate
    if steps := _steps(plan, person, charges):
        form["escalation"] = steps
    if rows := _agreed(plan, person, charges):
        form["agreed"] = rows
    return hash_of(canonical_text(form))


def _rights(plan: Plan, person: str, charges: tuple[Charge, ...]) -> list[dict[str, Any]]:
    """The decision rights of a person, by name or by a role that the person holds."""
    held = {one.record.id for one in charges if one.what is For.ROLE and one.through is None}
    return [record_content(one) for one in plan.decision_rights if one.person == person or one.role in held]


def _mandate(plan: Plan, charges: tuple[Charge, ...]) -> list[dict[str, Any]]:
    """What the office is there for that a role answers for which a person fills, himself or with his team."""
    filled = {one.record.id for one in charges if one.what is For.ROLE}
    return [record_content(one) for one in plan.mandate if one.role in filled]


Naming = EscalationStep | AgreementEscalation | AgreementContact
"""A row that names whom a case, or a question, reaches."""


def naming(person: str, charges: tuple[Charge, ...]) -> Callable[[Naming], bool]:
    """Whether a row names a person: by name, by a role that he fills, or by a team of his."""
    roles = set(_roles(charges))
    teams = {one.record.id for one in charges if one.what in (For.TEAM_LEAD, For.TEAM_MEMBER)}
    return lambda row: row.person == person or row.role in roles or getattr(row, "team", "") in teams


def _steps(plan: Plan, person: str, charges: tuple[Charge, ...]) -> list[list[Any]]:
    """The steps of escalation paths that go to a person, by name, by a role that he fills, or by a team of his."""
    is_named = naming(person, charges)
    return [
        [service.id, record_content(step)]
        for service in services_in_scope(plan)
        for step in service.escalation
        if is_named(step)
    ]


def _agreed(plan: Plan, person: str, charges: tuple[Charge, ...]) -> list[list[Any]]:
    """The escalations and contacts of agreements that name a person, a role that he fills, or a team of his."""
    is_named = naming(person, charges)
    return [
        [agreement.id, record_content(row)]
        for _what, agreement, row in _named_by_agreements(plan)
        if is_named(row)
    ]


def _named_by_agreements(
    plan: Plan,
) -> Iterator[tuple[For, Agreement, AgreementEscalation | AgreementContact]]:
    """The rows of agreements that name somebody: each at the agreement that says it."""
    for agreement in plan.agreements:
        if agreement.status == ENDED:
            continue
        for row in own_rows(plan, agreement, "escalations"):
            yield For.AGREED_ESCALATION, agreement, row
        for row in own_rows(plan, agreement, "contacts"):
            yield For.AGREED_CONTACT, agreement, row


def _named_in(plan: Plan, record: Ref) -> tuple[str, str]:
    """What somebody is named in. Of a plan it is the lineage: another version of it does not change his part."""
    return record.collection, plan.lineage if record.collection == "plan" else record.id


def _promises(plan: Plan, charges: tuple[Charge, ...]) -> dict[str, Any]:
    """What is promised in records that are one's own to keep. How they are called makes no difference."""
    own = (one.record for one in charges if one.what in (For.AGREEMENT, For.OBJECTIVE, For.COMMITMENT))
    return {
        f"{ref.collection}/{ref.id}": {
            name: value
            for name, value in record_content(plan.get(ref.collection, ref.id)).items()
            if name != "title"
        }
        for ref in own
    }


def _hash_of_letters(plan: Plan, role: str) -> str:
    """What a role answers for, does and is asked about, in each place: worked out once for all who hold it."""
    form = [
        [process, letter, sorted(map(list, places)), sorted(tasks)]
        for (process, letter), (places, tasks) in sorted(plan.derived(_letters).get(role, {}).items())
        if letter != INFORMED
    ]
    return hash_of(canonical_text(form))


def _roles(charges: tuple[Charge, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.record.id for one in charges if one.what is For.ROLE))


# The letters of a role, put together


def _letters(plan: Plan) -> dict[str, Letters]:
    """Role → its letters."""
    places: dict[str, dict[tuple[str, str], set[Place]]] = defaultdict(lambda: defaultdict(set))
    tasks: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for cell in effective(plan).cells:
        for held in cell.duties.letters:
            places[held.role][cell.process, held.letter].add((cell.service, cell.component))
            if held.origin.task:
                tasks[held.role, cell.process, held.letter].add(held.origin.task)
    return {
        role: {key: (frozenset(found), frozenset(tasks[(role, *key)])) for key, found in held.items()}
        for role, held in places.items()
    }


def _duties(plan: Plan, role: str) -> tuple[Duty, ...]:
    """The letters of a role; processes in which it has the same one in the same places are told together."""
    together: dict[tuple[str, frozenset[Place]], list[str]] = defaultdict(list)
    letters: Letters = plan.derived(_letters).get(role, {})
    for (process, letter), (places, _tasks) in letters.items():
        together[letter, places].append(process)
    duties = (
        _duty(plan, role, letter, places, tuple(processes), letters)
        for (letter, places), processes in together.items()
    )
    return tuple(sorted(duties, key=lambda duty: ("A", "AR", "R", "C", INFORMED).index(duty.letter)))


def _duty(
    plan: Plan, role: str, letter: str, places: frozenset[Place], processes: tuple[str, ...], letters: Letters
) -> Duty:
    whole = tuple(service for service, all_of_it in plan.derived(_places).items() if all_of_it <= places)
    return Duty(
        role=role,
        letter=letter,
        processes=processes,
        everywhere=len(whole) == len(plan.derived(_places)),
        services=whole,
        parts=tuple(sorted(place for place in places if place[0] not in whole)),
        cells=len(places) * len(processes),
        tasks=tuple((process, task) for process in processes for task in sorted(letters[process, letter][1])),
    )


def _places(plan: Plan) -> dict[str, frozenset[Place]]:
    """Service → all places in it."""
    return {
        service.id: frozenset(
            (service.id, part) for part in [one.id for one in plan.components_of[service.id]] or [""]
        )
        for service in services_in_scope(plan)
    }


# What people are named for


def _charges(plan: Plan, today: date) -> dict[str, tuple[Charge, ...]]:
    """Person → the charges, in the order of :class:`For`, each once."""
    found: dict[str, dict[Charge, None]] = {person.id: {} for person in plan.people}
    for person, charge in _named(plan, today):
        if person in found:
            found[person][charge] = None
    order = list(For)
    return {
        person: tuple(sorted(charges, key=lambda one: order.index(one.what)))
        for person, charges in found.items()
    }


def _named(plan: Plan, today: date) -> Iterator[tuple[str, Charge]]:
    own = Ref.to(plan)
    yield plan.plan_owner, Charge(For.PLAN_OWNER, own)
    yield plan.executive_sponsor, Charge(For.SPONSOR, own)
    for signer in plan.signers:
        yield signer.person, Charge(For.SIGNER, own)
    for statement in plan.value_statements:
        yield statement.person, Charge(For.VALUE, Ref("plan", plan.id, statement.statement))
    for collection, field, what in _FIELDS:
        records = agreed(plan) if collection == "agreements" else getattr(plan, collection)
        for record in records:
            yield getattr(record, field), Charge(what, Ref.to(record))
    for member in plan.body_members:
        yield member.person, Charge(For.BODY, Ref("plan", plan.id, plan.body_title))
    for right in plan.decision_rights:
        yield right.person, Charge(For.DECIDES, own)
    for service in services_in_scope(plan):
        for step in service.escalation:
            yield step.person, Charge(For.ESCALATION, Ref.to(service))
    for what, agreement, row in _named_by_agreements(plan):
        yield row.person, Charge(what, Ref.to(agreement))
    yield from _by_teams(plan)
    yield from _by_roles(plan, today)


_FIELDS = (
    ("services", "service_owner", For.SERVICE),
    ("agreements", "agreement_owner", For.AGREEMENT),
    ("objectives", "objective_owner", For.OBJECTIVE),
    ("commitments", "person", For.COMMITMENT),
    ("suppliers", "manager", For.SUPPLIER),
    ("stakeholders", "contact", For.STAKEHOLDER),
    ("people", "reports_to", For.SUPERVISOR),
    ("roles", "deputy", For.DEPUTY),
)
"""Collection, the field of a person in it, and what it names that person for."""


def _by_teams(plan: Plan) -> Iterator[tuple[str, Charge]]:
    works: dict[str, list[tuple[For, Ref]]] = defaultdict(list)
    for service in services_in_scope(plan):
        for team in dict.fromkeys((*service.teams, *(tier.team for tier in service.support_tiers))):
            works[team].append((For.TEAM_SERVICE, Ref.to(service)))
        if service.owning_team:
            works[service.owning_team].append((For.TEAM_OWNS, Ref.to(service)))
        for step in service.escalation:
            works[step.team].append((For.ESCALATION, Ref.to(service)))
    for what, agreement, row in _named_by_agreements(plan):
        works[getattr(row, "team", "")].append((what, Ref.to(agreement)))
    for component in plan.components:
        works[component.team].append((For.TEAM_COMPONENT, Ref.to(component)))
    for team in plan.teams:
        ref = Ref.to(team)
        yield team.lead, Charge(For.TEAM_LEAD, ref)
        for member in team.members:
            yield member.person, Charge(For.TEAM_MEMBER, ref)
        for person in _people_in(plan, team.id):
            for what, record in works[team.id]:
                yield person, Charge(what, record, ref)


def _by_roles(plan: Plan, today: date) -> Iterator[tuple[str, Charge]]:
    given: dict[str, list[tuple[For, Ref]]] = defaultdict(list)
    for process in plan.processes:
        given[process.owner_role].append((For.PROCESS_OWNER, Ref.to(process)))
        given[process.manager_role].append((For.PROCESS_MANAGER, Ref.to(process)))
    for component in plan.components:
        given[component.monitoring_owner].append((For.MONITORING, Ref.to(component)))
    for service in services_in_scope(plan):
        for step in service.escalation:
            given[step.role].append((For.ESCALATION, Ref.to(service)))
    for what, agreement, row in _named_by_agreements(plan):
        given[row.role].append((what, Ref.to(agreement)))
    given[plan.major_incident_lead].append((For.MAJOR_INCIDENTS, Ref.to(plan)))
    for role_id, what, record in _in_office(plan):
        given[role_id].append((what, record))
    for role in plan.roles:
        ref = Ref.to(role)
        for person, through in _fillers(plan, role, today):
            yield person, Charge(For.ROLE, ref, through)
            for what, record in given[role.id]:
                if through is None or what not in _OF_HOLDERS:
                    yield person, Charge(what, record, ref)


_OF_HOLDERS = (For.BODY, For.DECIDES)
"""What a role gives to those who are named as its holders alone, and not to a team that fills it."""


def _in_office(plan: Plan) -> Iterator[tuple[str, For, Ref]]:
    """Role → what it is named for in the office."""
    for row in plan.mandate:
        yield row.role, For.MANDATE, Ref("plan", plan.id, row.what or row.item)
    yield plan.change_manager, For.CHANGES, Ref.to(plan)
    yield plan.improvement_manager, For.IMPROVES, Ref.to(plan)
    for member in plan.body_members:
        yield member.role, For.BODY, Ref("plan", plan.id, plan.body_title)
    for right in plan.decision_rights:
        yield right.role, For.DECIDES, Ref.to(plan)


def _fillers(plan: Plan, role: Role, today: date) -> Iterator[tuple[str, Ref | None]]:
    """Who fills a role today, himself or with his team; that one holds it himself tells more."""
    holders = {person.id for person in current_holders(role, plan, today)}
    yield from ((person, None) for person in sorted(holders))
    team = plan.get("teams", role.team)
    if team:
        yield from ((person, Ref.to(team)) for person in _people_in(plan, team.id) if person not in holders)


def _people_in(plan: Plan, team: str) -> tuple[str, ...]:
    """The lead and the members of a team."""
    found = plan.get("teams", team)
    return tuple(dict.fromkeys(filter(None, (found.lead, *(row.person for row in found.members)))))
