"""What people write into a cell → the value that it means: in their language, as spreadsheets show it.

Numbers with a comma or a point, days as 31.12.2027 or in the order of the reader, choices and flags by their words in
English or translated. What cannot be read is refused with what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sm_planner.engine.model.fields import Spec
from sm_planner.engine.model.values import (
    ValueProblem,
    clean,
    closest,
    folded,
    misnamed,
    parse,
    plain_number,
    value_of,
)
from sm_planner.engine.texts import N_, Text, say

YES, NO = N_("Yes"), N_("No")
_SIGNS = {True: ("x", "✓", "1", "true", "yes"), False: ("-", "0", "false", "no")}
_DAY = re.compile(r"(\d{1,4})([./-])\s*(\d{1,2})\2\s*(\d{1,4})\.?(?:[ T]00:00(?::00)?)?")
_UNITS = {"%": "Percent", "h": "Hours", "min": "Minutes", "s": "Seconds", "ms": "Milliseconds"}
"""Sign → the choice that it stands for, in fields that have this choice."""
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")
"""A number of thousands for those who write decimals behind a comma, and one with decimals for a spreadsheet in English."""
_ORDERS = ("dmy", "mdy", "ymd")


@dataclass(frozen=True)
class Writing:
    """How somebody writes. translate: an English text into that language. days: the order of day, month and year. comma: whether
    decimals stand behind a comma."""

    translate: Callable[[str], str] = str
    days: str = "dmy"
    comma: bool = False


def read(spec: Spec, written: str, writing: Writing) -> Any:
    """The value of a cell that names no record; the empty value for an empty cell. Raises ValueProblem."""
    text = clean(written)
    if not text:
        return spec.empty
    if spec.kind in ("number", "integer"):
        number = _whole(spec, text)
        if writing.comma and _GROUPED.fullmatch(number):
            raise ValueProblem(
                say(N_("“{0}” may be meant in two ways."), text),
                say(N_("Write {0} or {1}."), number.replace(".", ""), number.replace(".", ",")),
            )
        return parse(spec, plain_number(number))
    if spec.kind == "date":
        return parse(spec, plain_day(text, writing.days))
    if spec.kind == "flag":
        return _flag(text, writing)
    if spec.kind == "choice":
        return _choice(spec, text, writing)
    value = parse(spec, value_of(spec, text, writing.translate))
    if problem := misnamed(spec, value):
        raise problem
    return value


def plain_day(text: str, order: str = "dmy") -> str:
    """A day as people write it → year-month-day. A text that is none is returned as it is.

    With points, and with the year first, the order is the same everywhere; with strokes or hyphens it is the reader's.
    A year of two digits is of this century.
    """
    found = _DAY.fullmatch(text.strip())
    if not found:
        return text
    first, sign, second, third = found.groups()
    if len(first) > 2:
        order = "ymd"
    elif sign == ".":
        order = "dmy"
    parts = dict(zip(order, (first, second, third), strict=True))
    year = parts["y"] if len(parts["y"]) == 4 else f"20{parts['y']}" if len(parts["y"]) == 2 else ""
    if not year or len(parts["d"]) > 2 or len(parts["m"]) > 2:
        return text
    return f"{year}-{parts['m']:0>2}-{parts['d']:0>2}"


def order_of(date_format: str) -> str:
    """The order of a date format such as ``dd.mm.yyyy``: ``dmy``."""
    order = "".join(dict.fromkeys(letter for letter in date_format.lower() if letter in "dmy"))
    return order if order in _ORDERS else "dmy"


def _whole(spec: Spec, text: str) -> str:
    """A percentage is written with its sign in spreadsheets."""
    return text.removesuffix("%").rstrip() if "%" in spec.label else text


def _flag(text: str, writing: Writing) -> bool:
    wanted = folded(text)
    for value, word in ((True, YES), (False, NO)):
        if wanted in (*_SIGNS[value], folded(writing.translate(word))):
            return value
    raise ValueProblem(
        say(N_("“{0}” is neither yes nor no."), text),
        say(N_("Write “{0}” or “{1}”."), Text(YES), Text(NO)),
    )


def _choice(spec: Spec, text: str, writing: Writing) -> str:
    wanted = folded(text)
    if _UNITS.get(wanted) in spec.choices:
        return _UNITS[wanted]
    for choice in spec.choices:
        if wanted in (folded(choice), folded(writing.translate(choice))):
            return choice
    words = {word: choice for choice in spec.choices for word in (choice, writing.translate(choice))}
    meant = words.get(closest(text, words), "")
    fix = say(N_("Did you mean “{0}”?"), Text(meant)) if meant else say(N_("Choose one from the list."))
    raise ValueProblem(say(N_("This cannot be “{0}”."), text), fix)
