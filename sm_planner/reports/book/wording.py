"""How the book writes days, numbers and names. What is returned is text; the templates escape it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from sm_planner.engine.model import Plan
from sm_planner.engine.texts import N_, Number, Text
from sm_planner.reports.quantities import SPACE, number
from sm_planner.reports.table import Translate, translated

MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)


def signed(value: float) -> Number:
    return Number(f"+{number(value)}") if value > 0 else number(value)


def css_string(text: str) -> str:
    """The text as a CSS string: everything but letters and digits of ASCII is written as its code point."""
    return '"' + re.sub(r"[^A-Za-z0-9 ]", lambda found: f"\\{ord(found[0]):06x}", text) + '"'


def anchor(collection: str, id: str) -> str:
    """The id of a record's place in the book."""
    return re.sub(r"[^A-Za-z0-9._-]", lambda found: f"_{ord(found[0]):x}_", f"{collection}-{id}")


class Wording:
    """What the templates write with: in one language, about one plan."""

    def __init__(self, plan: Plan, translate: Translate, number: Callable[[Number], str] = str):
        self.plan = plan
        self.translate = translate
        self.number = number

    def say(self, text: Text | str, *args: Any) -> str:
        """A template with its arguments, in the reader's language."""
        if isinstance(text, Text):
            return translated(text, self.translate, self.written)
        if not args:
            return self.translate(text)
        return Text(text, args).translated(self.translate, lambda value: value, self.written)

    def show(self, value: Any) -> Any:
        """What a report holds: a text in the reader's language, a number as he writes it, or data as it is."""
        value = number(value) if isinstance(value, float) else value
        return translated(value, self.translate, self.written)

    def written(self, value: date | Number) -> str:
        """A day, or a number, as the reader writes it."""
        return self.number(value) if isinstance(value, Number) else self.day(value)

    def day(self, value: date | None) -> str:
        if value is None:
            return ""
        return f"{self.day_of_year(value)}{SPACE}{value.year}"

    def day_of_year(self, value: date) -> str:
        return f"{value.day}{SPACE}{self.translate(MONTHS[value.month - 1])}"

    def between(self, start: date | None, end: date | None) -> str:
        """A period, of which either end may be open."""
        if start and end:
            return f"{self.day(start)} – {self.day(end)}"
        if start:
            return self.say(N_("from {0}"), self.day(start))
        return self.say(N_("until {0}"), self.day(end)) if end else ""

    def moment(self, instant: str) -> str:
        """A time in UTC, given in ISO 8601; what cannot be read as it stands, since seals are shown that do not hold."""
        try:
            return f"{self.day(date.fromisoformat(instant[:10]))}, {instant[11:19]} UTC"
        except ValueError:
            return instant

    def name(self, collection: str, id: str) -> str:
        return self.plan.title_of(collection, id)

    def names(self, collection: str, ids: Iterable[str]) -> str:
        return ", ".join(self.name(collection, id) for id in ids)
