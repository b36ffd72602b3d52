"""The guide through a plan: in which step of writing it one is, what is there, and what to do next.

A pure function of the plan and of what the checks say of it: whoever leaves finds the same place again. What is missing is
told by the pieces of the plan and by the findings; the guide only puts it in the order in which a plan is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from itertools import groupby, islice
from textwrap import shorten
from typing import Any

from sm_planner.engine.checks import CheckResult
from sm_planner.engine.checks.depths import reaches
from sm_planner.engine.checks.finding import Finding, Severity, Verdict
from sm_planner.engine.checks.mending import PLAN, Place, place_of, place_of_field
from sm_planner.engine.checks.pieces import Piece, piece_of
from sm_planner.engine.checks.readiness import ALL_PIECES, Readiness, State
from sm_planner.engine.guide.steps import (
    OF_PIECE,
    OF_PLACE,
    OF_RULE,
    PIECE,
    RACI,
    SEND,
    SERVICES,
    STEP,
    STEPS,
    Need,
    Step,
)
from sm_planner.engine.model import COLLECTIONS, Plan
from sm_planner.engine.model.fields import Spec, specs
from sm_planner.engine.model.states import DRAFT
from sm_planner.engine.texts import N_, Text, say

LATER = N_("Later")
"""How a step stands that the depth of the plan does not ask for."""

TITLES, LENGTH = 3, 80
"""Records of which the titles are told, and characters of what a field says."""

WITHIN = {
    "Support model": ("services", "support_tiers"),
    "Monitoring": ("components", "monitoring_owner"),
    "Service level targets": ("agreements", "targets"),
    "Baseline": ("assessments", "answers"),
}
"""Piece → collection and field: once there is a record, the piece is filled in there, and nothing is added."""


THEN = 8
"""Things that are told after the next one of a step."""

ADDED_THERE = ("targets",)
"""Of these fields: those whose rows are added, several at a time."""

SEND_IT = N_("Read the plan once more, and choose Send for Review.")


class Way(str, Enum):
    """How the next thing is done: at a place that is there, by adding records, in the sheet of the RACI, under the key
    questions, or by sending the plan on."""

    OPEN, ADD, SHEET, QUESTIONS, SEND = "open", "add", "sheet", "questions", "send"


@dataclass(frozen=True)
class Next:
    """The next thing to do in a step.

    text: what to do. about: the title of the record with which it is done; empty for none. because: what is wrong; empty where
    nothing is there yet. place: where. way: how; for :attr:`Way.ADD`, new records of the collection of the place, or new rows in its
    field.
    """

    text: Text
    place: Place
    way: Way
    about: str = ""
    because: Text | None = None


@dataclass(frozen=True)
class Held:
    """What a step has already: of a collection the records, of a field of the plan what it says. count: how many."""

    label: str
    place: Place
    count: int
    titles: tuple[str | date, ...]


@dataclass(frozen=True)
class StepState:
    """How a step stands. state: that of its pieces and findings, or LATER. lacking: how many things are missing, or keep the
    plan from its sponsor. errors: how many findings are errors. open: how many things are to be done, all of these among
    them. next: None where nothing is to be done. then: what comes after that in the same step, of other records or fields.
    """

    step: Step
    state: str
    held: tuple[Held, ...]
    lacking: int = 0
    errors: int = 0
    open: int = 0
    next: Next | None = None
    then: tuple[Next, ...] = ()


@dataclass(frozen=True)
class Guide:
    """The steps of a plan, and the key of the one that comes next; empty for a plan that is no draft any more."""

    steps: tuple[StepState, ...]
    current: str

    @property
    def asked(self) -> tuple[StepState, ...]:
        return tuple(one for one in self.steps if one.state != LATER and one.step.key != SEND)

    @property
    def done(self) -> int:
        """How many of the steps that are asked lack nothing that keeps the plan from its sponsor."""
        return sum(not one.lacking for one in self.asked)


def guide(plan: Plan, result: CheckResult, board: Readiness) -> Guide:
    """The guide through a plan, given what the checks say of it, and its board."""
    findings = by_step(plan, result.findings)
    pieces = {one.piece.name: one.state for one in board.pieces}
    steps: dict[str, StepState] = {}
    *before, last = STEPS
    for step in reversed(before):  # how a later step stands says what it still needs of one before
        steps[step.key] = _state(plan, step, findings[step.key], pieces, steps)
    steps[last.key] = _sending(plan, last, findings[last.key], any(one.lacking for one in steps.values()))
    told = tuple(steps[step.key] for step in STEPS)
    return Guide(told, _current(told) if plan.state == DRAFT else "")


def by_step(plan: Plan, findings: tuple[Finding, ...]) -> dict[str, list[Finding]]:
    """Step → the findings that are settled in it, in their order; every step is there. What only says that there is nothing to
    check is left out: that something is missing is told by another finding."""
    found: dict[str, list[Finding]] = {step.key: [] for step in STEPS}
    known: dict[tuple[str, str, str], Step] = {}
    for finding in findings:
        if finding.verdict is Verdict.NOT_EVALUATED and finding.severity is Severity.INFORMATION:
            continue
        if finding.code == ALL_PIECES:
            step = OF_PIECE[str(finding.args[0])]
        else:
            alike = (finding.code, finding.record.collection, finding.field)
            step = known.get(alike) or known.setdefault(alike, _step_of(plan, finding))
        found[step.key].append(finding)
    return found


def _step_of(plan: Plan, finding: Finding) -> Step:
    """Where it is mended; else where its piece is put together; else at the end."""
    if finding.code in OF_RULE:
        return OF_RULE[finding.code]
    place = place_of(plan, finding)
    written = OF_PLACE.get(place.field if place.collection == PLAN else place.collection)
    if written:
        return written
    piece = piece_of(finding.code)
    return OF_PIECE[piece.name] if piece else STEP[SEND]


def _state(
    plan: Plan, step: Step, findings: list[Finding], board: dict[str, State], later: dict[str, StepState]
) -> StepState:
    held = tuple(_held(plan, place) for place in step.holds)
    if not reaches(plan.depth, step.depth):
        return StepState(step, LATER, held)
    absent = [need for need in step.needs if not getattr(plan, need.collection)]
    wanted = [need for need in absent if later[need.by].state != State.READY.value]
    missing = [piece for piece in step.asked(plan) if board.get(piece.name) is State.MISSING]
    blockers = [finding for finding in findings if finding.severity is Severity.BLOCKER]
    begun = any(one.count for one in held)
    if absent and not (wanted or missing or findings or begun):
        state = LATER  # what comes after it does without
    elif (wanted or missing) and not begun:
        state = State.MISSING.value
    elif any(one.code != ALL_PIECES and one.verdict is Verdict.FAILED for one in blockers):
        state = State.BLOCKED.value
    else:
        state = (State.STARTED if wanted or missing or findings else State.READY).value
    todo = (*map(_adding, wanted), *_mended(plan, step, findings))
    return StepState(
        step,
        state,
        held,
        lacking=len(wanted) + len(blockers),
        errors=_errors(findings),
        open=len(wanted) + len(findings),
        next=todo[0] if todo else None,
        then=todo[1:],
    )


def _sending(plan: Plan, step: Step, findings: list[Finding], lacks: bool) -> StepState:
    """How the last step stands: it is done when the plan was sent, which it can be when none of the others lacks anything."""
    blockers = sum(finding.severity is Severity.BLOCKER for finding in findings)
    if plan.state != DRAFT:
        state, next = State.READY, None
    else:
        state = State.BLOCKED if blockers else State.MISSING
        next, *_others = *_mended(plan, step, findings), None
        if not (blockers or lacks):
            next = Next(say(SEND_IT), Place(PLAN, plan.id), Way.SEND)
    return StepState(step, state.value, (), blockers, _errors(findings), len(findings), next)


def _errors(findings: list[Finding]) -> int:
    return sum(one.severity is Severity.ERROR and one.verdict is Verdict.FAILED for one in findings)


def _held(plan: Plan, place: str) -> Held:
    """What a plan has in a collection, or says in a field. What has no title of its own is only counted."""
    if place in COLLECTIONS:
        records = getattr(plan, place)
        titled = "title" in specs(COLLECTIONS[place].record)
        titles = tuple(record.title or record.id for record in islice(records, TITLES)) if titled else ()
        return Held(COLLECTIONS[place].several, place_of_field(plan, place), len(records), titles)
    spec = specs(Plan)[place]
    said = _said(plan, spec, getattr(plan, place))
    titles = () if spec.row and next(iter(specs(spec.row).values())).words else said[:TITLES]
    return Held(spec.label, place_of_field(plan, place), len(said), titles)


def _said(plan: Plan, spec: Spec, value: Any) -> tuple[str | date, ...]:
    """What a field of the plan says, a line each: of rows what stands first in them."""
    if not value:
        return ()
    if spec.kind == "link":
        return (plan.title_of(spec.target, value),)
    if spec.kind != "rows":
        return (value if isinstance(value, date) else shorten(value, LENGTH, placeholder=" …"),)
    first = next(iter(specs(spec.row)))
    return tuple(shorten(getattr(row, first), LENGTH, placeholder=" …") for row in value)


def _adding(need: Need) -> Next:
    return Next(say(need.todo), Place(need.collection), Way.ADD)


def _mended(plan: Plan, step: Step, findings: list[Finding]) -> Iterator[Next]:
    """What helps most: to mend the gravest finding of the first piece; then what is mended elsewhere, up to so many."""
    places: set[Place] = set()
    for finding in _by_weight(step, findings):
        mending = _mending(plan, finding)
        place = replace(mending.place, cell=())  # the cells of a process are one place
        if place not in places:
            places.add(place)
            yield mending
            if len(places) > THEN:
                return


def _mending(plan: Plan, finding: Finding) -> Next:
    """How a finding is mended."""
    if finding.code == ALL_PIECES:
        return _putting(plan, PIECE[str(finding.args[0])], finding)
    place = place_of(plan, finding)
    if place == place_of_field(plan, SERVICES) and not plan.services:
        place = Place(SERVICES)
    if finding.mended_at:
        about = plan.title_of(place.collection, place.id)
    else:
        about = "" if finding.record.collection == PLAN else str(finding.record)
    return Next(finding.advice, place, _way(place), about, Text(finding.message, finding.args))


def _by_weight(step: Step, findings: list[Finding]) -> Iterator[Finding]:
    """The gravest first, as the checks tell them; of those that weigh the same, by the order of the pieces."""
    places: dict[str, int] = {}

    def place(finding: Finding) -> int:
        code = finding.code
        if code == ALL_PIECES:
            return _position(step, str(finding.args[0]))
        if code not in places:
            places[code] = _position(step, getattr(piece_of(code), "name", ""))
        return places[code]

    for _grave, alike in groupby(findings, key=lambda finding: (finding.verdict, finding.severity)):
        yield from sorted(alike, key=place)


def _position(step: Step, piece: str) -> int:
    return step.pieces.index(piece) if piece in step.pieces else len(step.pieces)


def _putting(plan: Plan, piece: Piece, finding: Finding) -> Next:
    """How a piece is put together of which nothing, or not all, is there."""
    collection, field = WITHIN.get(piece.name, (piece.field, ""))
    if collection not in COLLECTIONS:
        place = place_of_field(plan, piece.field)
    elif field and (records := getattr(plan, collection)):
        place = Place(collection, records[0].id, field)
    else:
        place = Place(collection)
    because = Text(finding.message, finding.args) if piece.open_points else None
    about = plan.title_of(collection, place.id) if place.collection in COLLECTIONS and place.id else ""
    way = Way.ADD if place.field in ADDED_THERE else _way(place)
    return Next(finding.advice, place, way, about, because)


def _way(place: Place) -> Way:
    """How one gets on at a place: records that are not there yet are added."""
    if place.collection == RACI:
        return Way.SHEET
    if place.collection == PLAN and place.field == "answers":
        return Way.QUESTIONS
    if place.collection in COLLECTIONS and not place.id and (place.about or not place.held):
        return Way.ADD
    return Way.OPEN


def _current(steps: tuple[StepState, ...]) -> str:
    """The first step that lacks something; then the first with an error; then the last."""
    lacking = next((one for one in steps if one.lacking), None)
    return (lacking or next((one for one in steps if one.errors), steps[-1])).step.key
