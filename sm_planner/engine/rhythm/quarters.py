"""The quarters of years."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class Quarter(NamedTuple):
    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        return cls(day.year, (day.month + 2) // 3)

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        return date(self.year, 3 * self.number, 30 if self.number in (2, 3) else 31)

    @property
    def after(self) -> Quarter:
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    def __str__(self) -> str:
        return f"Q{self.number} {self.year}"


def quarters(first: date, last: date) -> tuple[Quarter, ...]:
    """The quarters from a day to another."""
    found, one = [], Quarter.of(first)
    while one <= Quarter.of(last):
        found.append(one)
        one = one.after
    return tuple(found)
