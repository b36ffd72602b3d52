"""How numbers and quantities are written for people."""

from __future__ import annotations

from sm_planner.engine.texts import Number

SPACE = "\u00a0"
"""Within a day and between a number and its unit: no line is broken there."""
THIN_SPACE = "\u202f"
"""Between thousands."""
UNITS = {"Minutes": "min", "Hours": "h", "Percent": "%"}
"""Units of targets, written short."""


def number(value: float) -> Number:
    """12000 → 12 000, 99.950 → 99.95."""
    text = f"{value:,.9f}".rstrip("0").rstrip(".")
    return Number(text.replace(",", THIN_SPACE).replace("-", "−"))


def quantity(value: float | None, unit: str) -> Number:
    """A value with its unit, or nothing."""
    if value is None:
        return Number()
    return Number(f"{number(value)}{SPACE}{UNITS.get(unit, unit)}".strip())
