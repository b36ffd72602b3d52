"""Numbers in the cells of a workbook → the text that they are shown as, as far as that can be one.

A workbook knows numbers only; that one is a day or a time of day, its format says (ECMA-376, part 1, 18.8.30).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, timedelta

from sm_planner.engine.model.fields import DECIMALS
from sm_planner.engine.model.values import show
from sm_planner.engine.texts import N_, Text, say

_DAY, _TIME, _LENGTH, _PERCENT, _PLAIN = "day", "time", "length", "percent", ""
_BUILT_IN = {
    **dict.fromkeys((14, 15, 16, 17, 22, *range(27, 32), 34, 35, 36, *range(50, 59)), _DAY),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 45, 47), _TIME),
    46: _LENGTH,
    **dict.fromkeys((9, 10), _PERCENT),
}
"""Numbers of formats that every workbook knows → what they show."""
_NO_LETTERS = re.compile(r'(?i)"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|general')
"""What stands in a format without meaning a part of a date: quoted text, colours, places."""
_SECONDS_A_DAY = 86_400
_NOT_A_DAY = 60
"""The serial of 29 February 1900, a day that did not exist."""


@dataclass(frozen=True)
class Refused:
    """What a cell holds that is no value: what is wrong, and what to write instead."""

    message: Text
    fix: Text


class NumberForms:
    """The formats of a workbook's cells; takes the elements of its styles, and gives numbers as text."""

    def __init__(self) -> None:
        self.since_1904 = False
        """Whether days are counted from 1904 on, as workbooks of some systems do."""
        self._forms = {str(number): form for number, form in _BUILT_IN.items()}
        self._of_style: list[str] = []
        self._in_cells = False

    def take(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt":
            self._forms[attributes.get("numFmtId", "")] = _form(attributes.get("formatCode", ""))
        elif tag in ("cellXfs", "cellStyles", "cellStyleXfs"):
            self._in_cells = tag == "cellXfs"
        elif tag == "xf" and self._in_cells:
            self._of_style.append(self._forms.get(attributes.get("numFmtId", ""), _PLAIN))

    def text(self, written: str, style: str) -> str | Refused:
        """The text of a number, as its style shows it."""
        try:
            value = float(written)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            return Refused(say(N_("“{0}” is not a number."), written), say(N_("Enter it again.")))
        index = int(style) if style.isdecimal() and len(style) < 7 else 0
        form = self._of_style[index] if index < len(self._of_style) else _PLAIN
        if form == _PERCENT:
            return Refused(
                say(N_("This is shown as a percentage, but its value is {0}."), show(value)),
                say(N_("Format it as a number, and enter {0}."), show(round(value * 100, DECIMALS))),
            )
        return show(value) if form == _PLAIN else self._moment(value, form)

    def _moment(self, value: float, form: str) -> str | Refused:
        seconds = round(value * _SECONDS_A_DAY)
        days, of_day = divmod(seconds, _SECONDS_A_DAY)
        if seconds >= 0 and form == _TIME:
            return _clock(of_day)
        if seconds >= 0 and form == _LENGTH:
            return _clock(seconds)
        day = self._day(days)
        if day is None:
            return Refused(
                say(N_("{0} is not a date."), show(value)),
                say(N_("Write year-month-day, such as 2027-03-31.")),
            )
        return f"{day} {_clock(of_day)}" if of_day else day

    def _day(self, serial: int) -> str | None:
        """The day of a serial number, or None where there is no such day."""
        begin = date(1904, 1, 1) if self.since_1904 else date(1899, 12, 30)
        if not self.since_1904 and serial < _NOT_A_DAY:
            begin = date(1899, 12, 31)
        if serial < 0 or (serial == _NOT_A_DAY and not self.since_1904):
            return None
        try:
            return (begin + timedelta(serial)).isoformat()
        except OverflowError:
            return None


def _form(code: str) -> str:
    """What a number format shows."""
    letters = _NO_LETTERS.sub("", code.split(";")[0]).lower()
    if "%" in letters:
        return _PERCENT
    if "[" in letters:
        return _LENGTH
    if "y" in letters or "d" in letters:
        return _DAY
    if "h" in letters or "s" in letters:
        return _TIME
    return _DAY if "m" in letters else _PLAIN


def _clock(seconds: int) -> str:
    """Hours and minutes, and seconds if there are any."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}" + (f":{rest:02}" if rest else "")
