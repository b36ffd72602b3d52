"""What a check says: findings, with the record they are about and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any

from sm_planner.engine.model import Plan
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.texts import N_, Text, arguments

__all__ = [
    "Check",
    "Fault",
    "Finding",
    "N_",
    "Ref",
    "Rule",
    "Severity",
    "Verdict",
    "fault",
    "idle",
    "rule",
    "unknown",
]


class Severity(str, Enum):
    """How much a finding weighs. A blocker keeps the plan from its sponsor."""

    BLOCKER = N_("Blocker")
    ERROR = N_("Error")
    WARNING = N_("Warning")
    INFORMATION = N_("Information")

    @property
    def rank(self) -> int:
        """0 for a blocker, 3 for information."""
        return _RANKS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


class Verdict(str, Enum):
    FAILED = "failed"
    WAIVED = "waived"
    NOT_EVALUATED = "not evaluated"


@dataclass(frozen=True)
class Fault:
    """What a check yields: a record, and what is wrong with it.

    message: a template with ``{0}``, ``{1}`` …, filled with args. field: the field to open.
    count: how many things the fault stands for, such as the cells of a matrix.
    unknown: the check could not be decided for this record; the message says why.
    fix: what to do about this one, a template that fix_args fill; empty: what the rule says. severity: None for that
    of the rule. cell: where in the matrix, by the ids of process, service and component, as far as it goes. mended_at:
    collection, id and field of another record, if it is mended there; field names one of the record itself.
    """

    record: Ref
    message: str
    args: tuple[str | date | Text, ...] = ()
    field: str = ""
    count: int = 1
    unknown: bool = False
    fix: str = ""
    severity: Severity | None = None
    fix_args: tuple[str | date | Text, ...] = ()
    cell: tuple[str, ...] = ()
    mended_at: tuple[str, ...] = ()


def fault(
    record: Any,
    message: str,
    *args: object,
    field: str = "",
    count: int = 1,
    fix: str | Text = "",
    cell: tuple[str, ...] = (),
    mended_at: tuple[str, ...] = (),
) -> Fault:
    """The record fails the check. fix: what to do, where the rule does not say it for all its faults."""
    advice = _text(fix)
    return Fault(
        _ref(record),
        message,
        arguments(args),
        field,
        count,
        fix=advice.template,
        fix_args=advice.args,
        cell=cell,
        mended_at=mended_at,
    )


ENTER = N_("Enter what is missing, so that this can be checked.")


def unknown(
    record: Any,
    message: str,
    *args: object,
    field: str = "",
    count: int = 1,
    fix: str | Text = ENTER,
    mended_at: tuple[str, ...] = (),
) -> Fault:
    """The check cannot be decided for the record: the message says what is missing, which fix is to supply."""
    found = fault(record, message, *args, field=field, count=count, fix=fix, mended_at=mended_at)
    return replace(found, unknown=True)


def idle(record: Any, message: str, *args: object, field: str = "", fix: str = ENTER) -> Fault:
    """There is nothing to check, which is no fault: that there should be something is for another rule to say."""
    return Fault(
        _ref(record),
        message,
        arguments(args),
        field,
        unknown=True,
        fix=fix,
        severity=Severity.INFORMATION,
    )


def _ref(record: Any) -> Ref:
    return record if isinstance(record, Ref) else Ref.to(record)


def _text(fix: str | Text) -> Text:
    return fix if isinstance(fix, Text) else Text(fix)


Check = Callable[[Plan, date], Iterable[Fault]]


@dataclass(frozen=True)
class Rule:
    """A check with all that users are told about it. depth: from which depth of a plan on it is asked. source: clause,
    document or paper."""

    code: str
    severity: Severity
    depth: str
    title: str
    why: str
    fix: str
    source: str
    check: Check

    @property
    def family(self) -> str:
        return self.code.partition("-")[0]


KNOWN: dict[str, Rule] = {}
"""Code → rule, of every rule that was made: all of them once :mod:`sm_planner.engine.checks` is loaded."""


def rule(
    code: str, severity: Severity, depth: str, *, title: str, why: str, fix: str, source: str
) -> Callable[[Check], Rule]:
    """Makes a :class:`Rule` of a check function, and lets it be known by its code."""

    def make(check: Check) -> Rule:
        KNOWN[code] = Rule(code, severity, depth, title, why, fix, source, check)
        return KNOWN[code]

    return make


@dataclass(frozen=True)
class Finding:
    """A fault together with the rule that it breaks.

    waiver: the id of the waiver that suppresses it. waiting: the rules that cannot be decided as long as it stands: told
    once for all of them, by the code of the one that fails, or of the gravest. cell, mended_at: see :class:`Fault`.
    """

    code: str
    severity: Severity
    verdict: Verdict
    record: Ref
    message: str
    args: tuple[str | date | Text, ...]
    fix: str
    field: str = ""
    count: int = 1
    waiver: str = ""
    waiting: tuple[str, ...] = ()
    fix_args: tuple[str | date | Text, ...] = ()
    cell: tuple[str, ...] = ()
    mended_at: tuple[str, ...] = ()

    @property
    def advice(self) -> Text:
        """What to do: the fix with what fills it."""
        return Text(self.fix, self.fix_args)

    @property
    def text(self) -> str:
        """The message in English."""
        return str(Text(self.message, self.args))

    def as_dict(self) -> dict[str, Any]:
        """The stable shape that ``--json`` and the HTTP API give."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "verdict": self.verdict.value,
            "collection": self.record.collection,
            "id": self.record.id,
            "title": self.record.title,
            "field": self.field,
            "count": self.count,
            "message": self.text,
            "fix": str(self.advice),
            "waiver": self.waiver,
            "waiting": list(self.waiting),
        }
