"""Findings, told once: what hits many records is one line, in the order of what it means, and what helps most comes first.

A view over a :class:`~sm_planner.engine.checks.CheckResult`, which stays as it is: the findings of a rule about records of one
kind are a line; the line about a missing piece takes in what other rules say of the same gap. The command line, the report
*Plan Findings* and the form of a plan show the same lines.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from sm_planner.engine.checks.finding import KNOWN, Finding, Ref, Severity, Verdict
from sm_planner.engine.checks.mending import PLAN
from sm_planner.engine.checks.pieces import (
    ALL_PIECES,
    PIECES,
    PROMISES as PROMISED,
    Piece,
    piece_of,
    pieces_of,
)
from sm_planner.engine.model import COLLECTIONS, Plan
from sm_planner.engine.texts import N_, Text, say, together

if TYPE_CHECKING:
    from sm_planner.engine.checks import CheckResult

HELPING = 3
"""Lines that help most, which are told first."""

PROMISES = ("CHN-02", "CHN-03", "CHN-04", "CHN-09")
"""Rules whose open findings count the promises of which nobody knows whether they can be kept."""

EACH_SAYS = N_("Each of them says what to enter.")

Places = Set[tuple[str, str]]
"""Collection and id of each of some records."""


class Meaning(str, Enum):
    """What a line means, and to whom. The first weighs most."""

    SIGNATURE = N_("Keeps the plan from its signature")
    CUSTOMERS = N_("Concerns customers and what they are promised")
    REST = N_("Everything else")

    @property
    def rank(self) -> int:
        return list(Meaning).index(self)


@dataclass(frozen=True)
class Help:
    """What mending a line brings, and how far it reaches, each a number.

    blockers: that failed and are lifted. promises: of which it is not known whether they can be kept, first of all for this.
    rules: that cannot be decided as long as it stands. Either may lack something else besides, which nobody knows before.
    records: that have this fault.
    """

    blockers: int = 0
    promises: int = 0
    rules: int = 0
    records: int = 0

    def __bool__(self) -> bool:
        return any((self.blockers, self.promises, self.rules, self.records))

    @property
    def text(self) -> Text:
        """It in sentences."""
        return together(
            say(one if count == 1 else many, count)
            for count, one, many in (
                (self.blockers, N_("Mending this lifts 1 blocker."), N_("Mending this lifts {0} blockers.")),
                (self.promises, N_("1 promise waits for it."), N_("{0} promises wait for it.")),
                (self.rules, N_("1 rule waits for it."), N_("{0} rules wait for it.")),
                (self.records, N_("1 record has this fault."), N_("{0} records have this fault.")),
            )
            if count
        )


@dataclass(frozen=True)
class Line:
    """Findings that are told as one.

    findings: of one rule, as grave and as sure as each other, about records of one kind; at least one. folded: what other
    rules say of the same gap, which closes with it. of: how many records of that kind the plan holds. meaning: to whom it
    means something. key: what the line is called as long as the fault is there.
    """

    key: str
    findings: tuple[Finding, ...]
    folded: tuple[Finding, ...] = ()
    of: int = 0
    meaning: Meaning = Meaning.REST

    @property
    def first(self) -> Finding:
        return self.findings[0]

    @property
    def all(self) -> tuple[Finding, ...]:
        """The findings of the line, and after them those that are folded into it."""
        return (*self.findings, *self.folded)

    @cached_property
    def records(self) -> tuple[Ref, ...]:
        """What breaks the rule, each record once."""
        return tuple(dict.fromkeys(finding.record for finding in self.findings))

    @property
    def message(self) -> Text:
        """What is wrong, as a sentence: that of the only finding, or how many records it hits."""
        first = self.first
        if len(self.findings) == 1:
            return Text(first.message, first.args)
        if _is_idle(first):
            return say(
                N_("{0} things cannot be checked, as the plan holds none of them or does not say it."),
                len(self.findings),
            )
        if _asks_about_promises(first):
            return say(
                N_("It is not known whether {0} promises can be kept: {1} records do not say enough ({2})."),
                self.help.promises,
                len(self.records),
                _several(first.record),
            )
        title = Text(KNOWN[first.code].title)
        if not _is_record(first):
            return say(N_("{0}: {1} things are missing or wrong."), title, len(self.findings))
        message = (
            N_("{0}: not so for {1} of {2} ({3}).")
            if first.verdict is Verdict.FAILED
            else N_("{0}: cannot be decided for {1} of {2} ({3}).")
        )
        hit = len(self.records)
        return say(message, title, hit, max(self.of, hit), _several(first.record))

    @property
    def code(self) -> str:
        """The rule that it breaks; empty where it is told of several."""
        codes = {finding.code for finding in self.findings}
        return codes.pop() if len(codes) == 1 else ""

    @property
    def advice(self) -> Text:
        """What to do: what all its findings say, or else the rule."""
        said = {finding.advice for finding in self.findings}
        if len(said) == 1:
            return said.pop()
        return Text(KNOWN[self.code].fix if self.code else EACH_SAYS)

    @property
    def also(self) -> tuple[str, ...]:
        """The codes of the other rules whose findings are folded into the line."""
        return tuple(dict.fromkeys(finding.code for finding in self.folded))

    @cached_property
    def help(self) -> Help:
        """What mending all of it brings."""
        return Help(
            blockers=sum(
                one.severity is Severity.BLOCKER and one.verdict is Verdict.FAILED for one in self.all
            ),
            promises=sum(finding.count for finding in self.all if _asks_about_promises(finding)),
            rules=len({code for finding in self.all for code in finding.waiting}),
            records=len(
                {one.record for one in self.all if one.verdict is Verdict.FAILED and _is_record(one)}
            ),
        )


class _This:
    """One result, told apart by identity: to compare all its findings would take longer than to tell them."""

    def __init__(self, result: CheckResult) -> None:
        self.result = result

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _This) and other.result is self.result

    def __hash__(self) -> int:
        return id(self.result)


def lines(plan: Plan, result: CheckResult) -> tuple[Line, ...]:
    """The findings of a plan as lines, those that mean most first."""
    return plan.derived(_lines, _This(result))


def _lines(plan: Plan, this: _This) -> tuple[Line, ...]:
    result, gaps = this.result, _Gaps(plan)
    grouped: dict[str, list[Finding]] = defaultdict(list)
    folded: dict[str, list[Finding]] = defaultdict(list)
    heads: dict[str, str] = {}
    for finding in result.findings:
        if piece := gaps.told_by(finding):
            heads.setdefault(piece.name, _key(finding))
    for finding in result.findings:
        head = next((heads[name] for name in gaps.shown_by(finding) if name in heads), "")
        if head and head != _key(finding):
            folded[head].append(finding)
        else:
            grouped[_key(finding)].append(finding)
    customers = _customers(plan)
    made = [
        _line(plan, key, tuple(findings), tuple(folded[key]), customers) for key, findings in grouped.items()
    ]
    return tuple(sorted(made, key=_order))


def helping(told: Sequence[Line]) -> tuple[Line, ...]:
    """The lines that help most, the first of them most: those that lift blockers, then the gravest, and of these what most waits
    for. What is only told for information is none of them."""
    wanted = [line for line in told if line.first.severity is not Severity.INFORMATION]
    return tuple(sorted(wanted, key=_little_help)[:HELPING])


def _little_help(line: Line) -> tuple[int, ...]:
    brings = line.help
    return (
        -brings.blockers,
        line.first.severity.rank,
        line.meaning.rank,
        -brings.promises,
        -brings.rules,
        -brings.records,
    )


def _order(line: Line) -> tuple:
    first = line.first
    return (
        line.meaning.rank,
        first.severity.rank,
        first.verdict is Verdict.NOT_EVALUATED,
        line.meaning is Meaning.CUSTOMERS and not _is_promised(first),
        _piece_number(first),
        -line.help.promises,
        -len(line.records),
        first.code,
        line.key,
    )


def _is_promised(finding: Finding) -> bool:
    """Whether it is about what agreements promise, and whether that can be kept."""
    piece = piece_of(finding.code)
    return piece is not None and piece.section == PROMISED


def _piece_number(finding: Finding) -> int:
    """Where its piece stands in the order in which a plan is put together; after them where it is about none."""
    if finding.code == ALL_PIECES:
        return next(number for number, piece in enumerate(PIECES) if piece.name == str(finding.args[0]))
    piece = piece_of(finding.code)
    return PIECES.index(piece) if piece else len(PIECES)


def _line(
    plan: Plan, key: str, findings: tuple[Finding, ...], folded: tuple[Finding, ...], customers: Places
) -> Line:
    collection = findings[0].record.collection
    of = len(plan.index[collection]) if collection in COLLECTIONS else 1
    return Line(key, findings, folded, of, _meaning((*findings, *folded), customers))


def _meaning(findings: Iterable[Finding], customers: Places) -> Meaning:
    findings = tuple(findings)
    if any(finding.severity is Severity.BLOCKER for finding in findings):
        return Meaning.SIGNATURE
    told = (finding for finding in findings if finding.severity is not Severity.INFORMATION)
    if any(_asks_about_promises(one) or _place(one.record) in customers for one in told):
        return Meaning.CUSTOMERS
    return Meaning.REST


def _customers(plan: Plan) -> Places:
    """What customers know: their agreements, services and wishes, what they read, and themselves."""
    known = {
        "agreements": (one.id for one in plan.agreements if one.kind == "SLA"),
        "services": (one.id for one in plan.services if one.customer_facing),
        "stakeholders": (one.id for one in plan.stakeholders if one.kind == "Customer"),
        "requirements": plan.index["requirements"],
        "catalogue": plan.index["catalogue"],
    }
    return {(collection, id) for collection, ids in known.items() for id in ids}


def _place(record: Ref) -> tuple[str, str]:
    return record.collection, record.id


def _key(finding: Finding) -> str:
    """What a line of such findings is called.

    Each missing piece, and each thing of the plan that nobody can decide, is a line; what there is nothing of is one for all.
    """
    if _is_idle(finding):
        return "idle"
    code = "CHN" if _asks_about_promises(finding) else finding.code
    parts = [code, finding.severity.value, finding.verdict.value, finding.record.collection]
    stands_alone = finding.code == ALL_PIECES or (
        not _is_record(finding) and finding.verdict is not Verdict.FAILED
    )
    if stands_alone:
        parts.append(hashlib.sha256(finding.text.encode()).hexdigest()[:8])
    return ":".join(parts)


def _asks_about_promises(finding: Finding) -> bool:
    return (
        finding.code in PROMISES
        and finding.verdict is Verdict.NOT_EVALUATED
        and finding.severity is not Severity.INFORMATION
        and len(finding.waiting) == 1
    )


def _is_idle(finding: Finding) -> bool:
    """Whether it only tells that there is nothing to check."""
    undecided = finding.verdict is Verdict.NOT_EVALUATED
    return undecided and finding.severity is Severity.INFORMATION and not _is_record(finding)


def _is_record(finding: Finding) -> bool:
    return finding.record.collection in COLLECTIONS


def _several(record: Ref) -> Text:
    collection = COLLECTIONS.get(record.collection)
    return Text(collection.several if collection else N_("Plan"))


class _Gaps:
    """The pieces of which nothing is there, and what is told of that."""

    def __init__(self, plan: Plan) -> None:
        self.missing = [piece for piece in pieces_of(plan) if not piece.begun(plan)]

    def told_by(self, finding: Finding) -> Piece | None:
        """The missing piece of which the finding is the one to tell."""
        if finding.verdict is not Verdict.FAILED or finding.record.collection != PLAN:
            return None
        return next((piece for piece in self.missing if _tells(piece, finding)), None)

    def shown_by(self, finding: Finding) -> Iterator[str]:
        """The names of the missing pieces of which the finding is another sign."""
        for piece in self.missing:
            about = finding.record.collection == PLAN and finding.field == piece.field
            if finding.code in piece.shown_by or (about and finding.verdict is Verdict.NOT_EVALUATED):
                yield piece.name


def _tells(piece: Piece, finding: Finding) -> bool:
    if piece.told_by:
        return finding.code == piece.told_by and finding.field == piece.field
    return finding.code == ALL_PIECES and str(finding.args[0]) == piece.name
