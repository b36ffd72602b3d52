"""What a plan says to each key question: its answer, and what else in it answers the question already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sm_planner.engine.agreements.families import agreed
from sm_planner.engine.checks.conditions import empty
from sm_planner.engine.checks.mending import PLAN, Place
from sm_planner.engine.checks.questions import alike, unanswered
from sm_planner.engine.model import COLLECTIONS, Answer, Plan
from sm_planner.engine.model.fields import specs
from sm_planner.engine.model.questions import QUESTIONS, Question
from sm_planner.engine.texts import N_, Text, say


@dataclass(frozen=True)
class Held:
    """What a plan holds about a question: what it is called, how much of it there is, and where it is written.

    text: its name, with how much of it there is. titles: id → title of the records that count; empty for what stands in
    the plan itself.
    """

    text: Text
    place: Place
    titles: dict[str, str]


@dataclass(frozen=True)
class Answered:
    """A question with its answer in words, and with what the plan holds about it.

    answer: empty where none is written. is_answered: whether the answer says something.
    """

    question: Question
    answer: Answer
    is_answered: bool
    held: tuple[Held, ...]


@dataclass(frozen=True)
class _Part:
    """What may answer a question. where: a collection or a field of the plan. name: what counts; the label of that place
    if empty. counts: whether a record does."""

    where: str
    name: str = ""
    counts: Callable[[Any], Any] = lambda record: True


def _of_tier(*tiers: int) -> Callable[[Any], bool]:
    return lambda service: any(row.tier in tiers for row in service.support_tiers)


_PARTS: dict[str, tuple[_Part, ...]] = {
    "K1": (
        _Part("why"),
        _Part("value_statements"),
        _Part("objectives"),
        _Part(
            "improvements",
            N_("Improvements with an effort in days"),
            lambda one: one.is_taken_up and one.effort_days is not None,
        ),
    ),
    "K2": (
        _Part("components"),
        _Part("processes"),
        _Part("obligations"),
        _Part("limitations"),
        _Part(
            "objectives",
            N_("Objectives with a baseline"),
            lambda objective: objective.baseline is not None,
        ),
    ),
    "K3": (
        _Part(
            "requirements",
            N_("Customer requirements for us"),
            lambda requirement: requirement.provider == "Us",
        ),
        _Part(
            "requirements",
            N_("Customer requirements for other providers"),
            lambda requirement: requirement.provider == "Other",
        ),
        _Part("stakeholders", N_("Stakeholders whose needs are written down"), lambda one: one.needs),
    ),
    "K4": (
        _Part(
            "requirements",
            N_("Customer requirements, met today to a known share"),
            lambda requirement: requirement.current_fulfilment is not None,
        ),
        _Part(
            "requirements",
            N_("Customer requirements, met in future to a known share"),
            lambda requirement: requirement.future_fulfilment is not None,
        ),
    ),
    "K5": (_Part("executive_sponsor"), _Part("commitments"), _Part("signers")),
    "Q1": (_Part("services"), _Part("catalogue")),
    "Q2": (_Part("components", N_("Critical components"), lambda component: component.is_critical),),
    "Q3": (
        _Part("future_support"),
        _Part("services", N_("Services with support tiers"), lambda service: service.support_tiers),
    ),
    "Q4": (
        _Part("rosters"),
        _Part(
            "teams",
            N_("Teams whose roster says how many people it needs"),
            lambda team: team.people_needed is not None,
        ),
        _Part(
            "services",
            N_("Services with a decision about the time after hours"),
            lambda service: service.after_hours,
        ),
        _Part(
            "improvements",
            N_("Improvements that staff or train a team"),
            lambda one: one.is_taken_up and one.team,
        ),
    ),
    "Q5": (
        _Part("services", N_("Services with a first contact"), _of_tier(1)),
        _Part(
            "agreements",
            N_("Agreements that promise a response"),
            lambda agreement: any(target.metric == "Response" for target in agreement.targets),
        ),
        _Part(
            "stakeholders",
            N_("Stakeholders with a channel to order or complain"),
            lambda one: one.ordering_channel or one.complaint_channel,
        ),
    ),
    "Q6": (
        _Part("services", N_("Services with channels"), lambda service: service.channels),
        _Part(
            "services",
            N_("Services that say when a person takes over"),
            lambda service: any(channel.hand_over for channel in service.channels),
        ),
        _Part(
            "services",
            N_("Services with a decision about self-service"),
            lambda service: service.self_service,
        ),
    ),
    "Q7": (
        _Part("services", N_("Services with second-level support"), _of_tier(2)),
        _Part("teams", N_("Teams of our own"), lambda team: team.kind == "Internal"),
        _Part("teams", N_("Teams of partners"), lambda team: team.kind == "External"),
    ),
    "Q8": (
        _Part("suppliers"),
        _Part("suppliers", N_("Suppliers that join"), lambda supplier: supplier.status == "On-board"),
        _Part("suppliers", N_("Suppliers that leave"), lambda supplier: supplier.status == "Drop"),
        _Part(
            "suppliers",
            N_("Suppliers whose responsibilities are written down"),
            lambda supplier: supplier.scope,
        ),
        _Part("party_approach"),
    ),
    "Q9": (
        _Part("components", N_("Components with a monitoring owner"), lambda one: one.monitoring_owner),
        _Part("components", N_("Components with an alert route"), lambda one: one.alert_route),
        _Part("components", N_("Components with an alarm threshold"), lambda one: one.alarm_threshold),
    ),
    "Q10": (
        _Part(
            "objectives",
            N_("Objectives that say how often they are measured"),
            lambda objective: objective.kpi and objective.kpi_frequency,
        ),
        _Part("agreements", N_("Agreements that are reviewed"), lambda agreement: agreement.review_months),
        _Part("report_specs"),
        _Part("executive_dashboard"),
    ),
    "Q11": (
        _Part("services", N_("Services that were accepted"), lambda service: service.accepted_on),
        _Part("services", N_("Services with an evaluation"), lambda service: service.evaluation),
        _Part("sanity_checks", N_("Sanity checks that were held"), lambda check: check.held_on),
        _Part("lessons"),
    ),
}
"""Code of a question → what in a plan may answer it."""


def answered(plan: Plan) -> tuple[Answered, ...]:
    """All key questions, each with its answer and with what the plan holds about it."""
    answers = {row.question: row for row in reversed(plan.answers)}
    silent = {*unanswered(plan), *alike(plan)}
    return tuple(
        Answered(
            question,
            answers.get(question.code, Answer(question=question.code)),
            question.code not in silent,
            tuple(held for part in _PARTS[question.code] if (held := _held(plan, part))),
        )
        for question in QUESTIONS
    )


def _held(plan: Plan, part: _Part) -> Held | None:
    """What the plan holds of a part; None for nothing."""
    value = agreed(plan) if part.where == "agreements" else getattr(plan, part.where)
    if empty(value):
        return None
    if part.where in COLLECTIONS:
        return _records(plan, part, value)
    label = Text(specs(Plan)[part.where].label)
    count = len(value) if isinstance(value, tuple) else 0
    text = say(N_("{0}: {1}"), label, count) if count else label
    return Held(text, Place(PLAN, plan.id, part.where), {})


def _records(plan: Plan, part: _Part, all: Sequence[Any]) -> Held | None:
    counted = {record.id: record.title or record.id for record in all if part.counts(record)}
    if not counted:
        return None
    count, total = len(counted), len(all)
    name = Text(part.name or COLLECTIONS[part.where].several)
    text = say(N_("{0}: {1} of {2}"), name, count, total) if part.name else say(N_("{0}: {1}"), name, count)
    return Held(text, Place(part.where, held=tuple(counted)), counted)
