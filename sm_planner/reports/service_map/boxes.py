"""A box by itself: its lines for a given width, and the height that they take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sm_planner.reports.lettering import fit, width, wrap
from sm_planner.reports.service_map.contents import Box, codes
from sm_planner.reports.table import Day, translated

Say = Callable[[str], str]

PAD, PAD_ABOVE = 4, 3
"""Between the edge of a box and its texts, at the sides and above and below."""
STRIPE = 4
"""The coloured edge that goes with the text of a finding."""
BOLD = ("title", "finding")
"""Kinds of lines in bold."""
_LEADING = 1.18
_PILL_SIDES, _PILL_GAP = 6, 3


@dataclass(frozen=True)
class Style:
    """How large the texts of boxes are, in CSS pixels, and how many lines each may take.

    joined: whether marks and facts share one line.
    """

    title_size: float
    size: float
    title_lines: int
    fact_lines: int
    joined: bool = False


@dataclass(frozen=True)
class Line:
    """A text in a box. x, y: where its baseline begins, from the corner of the box. kind: title, mark, fact or finding.

    width: what the text may take; a mark has a frame around it.
    """

    text: str
    x: float
    y: float
    size: float
    kind: str
    width: float


@dataclass(frozen=True)
class Lettered:
    """A box with its lines. cut: whether something did not fit. severity: of its heaviest finding, or empty."""

    box: Box | None
    lines: tuple[Line, ...]
    height: float
    cut: bool = False
    severity: str = ""


def letter(box: Box, room: float, style: Style, say: Say, write: Day = str) -> Lettered:
    """The lines of a box that is ``room`` wide. write: how the reader writes days and numbers."""
    left, inner = STRIPE + PAD, room - STRIPE - 2 * PAD
    writer = _Writer(left, inner)
    name = f"{box.number}\u00a0 {box.title}" if box.number else box.title
    writer.paragraph(" ".join(name.split(" ")), style.title_size, style.title_lines, "title")
    marks = [str(translated(mark, say, write)) for mark in box.marks]
    facts = [str(translated(fact, say, write)) for fact in box.facts]
    if style.joined:
        writer.paragraph(" · ".join([*marks, *facts]), style.size, 1, "fact")
    else:
        writer.pills(marks, style.size, style.fact_lines)
        for fact in facts:
            writer.paragraph(fact, style.size, style.fact_lines, "fact")
    severity = ""
    told = codes(box.findings)
    if told:
        severity = next(iter(told))
        text, whole = findings_in(told, inner, style.size, say)
        writer.paragraph(text, style.size, 1, "finding")
        writer.cut |= not whole
    return Lettered(box, tuple(writer.lines), writer.y + PAD_ABOVE, writer.cut, severity)


def findings_in(told: dict[str, list[str]], room: float, size: float, say: Say) -> tuple[str, bool]:
    """The heaviest severity, as many of the rules as there is room for and how many there are beside them.

    Also: whether there was room for one at least.
    """
    found = [code for codes_ in told.values() for code in codes_]
    severity = say(next(iter(told)))
    for shown in range(len(found), -1, -1):
        more = f" +{len(found) - shown}" if shown < len(found) else ""
        text = f"{severity}: {', '.join(found[:shown])}{more}" if shown else f"{severity}{more}"
        if width(text, size, True) <= room:
            break
    return text, shown > 0


def letter_folded(text: str, room: float, style: Style) -> Lettered:
    """The box that counts what was left out."""
    writer = _Writer(STRIPE + PAD, room - STRIPE - 2 * PAD)
    writer.paragraph(text, style.size, 2, "fact")
    return Lettered(None, tuple(writer.lines), writer.y + PAD_ABOVE, writer.cut)


class _Writer:
    """Puts lines below each other."""

    def __init__(self, left: float, room: float):
        self.left, self.room = left, room
        self.y: float = PAD_ABOVE
        self.lines: list[Line] = []
        self.cut = False

    def paragraph(self, text: str, size: float, most: int, kind: str) -> None:
        lines, cut = wrap(text, self.room, size, most, kind in BOLD)
        self.cut |= cut
        for line in lines:
            self._line(line, self.left, size, kind)
            self.y += size * _LEADING

    def pills(self, texts: list[str], size: float, most: int) -> None:
        """Marks side by side, each in its frame, in as many rows as they need, at most ``most``."""
        if not texts:
            return
        x, rows = self.left, 1
        height = size * _LEADING + 2
        for text in texts:
            shown = fit(text, self.room - _PILL_SIDES, size)
            wide = width(shown, size) + _PILL_SIDES
            if x > self.left and x + wide > self.left + self.room:
                if rows == most:
                    self.cut = True
                    break
                x, rows = self.left, rows + 1
                self.y += height
            self.cut |= shown != text
            self.lines.append(Line(shown, round(x, 2), round(self.y + size, 2), size, "mark", round(wide, 2)))
            x += wide + _PILL_GAP
        self.y += height

    def _line(self, text: str, x: float, size: float, kind: str) -> None:
        wide = width(text, size, kind in BOLD)
        self.lines.append(Line(text, round(x, 2), round(self.y + size * 0.92, 2), size, kind, round(wide, 2)))
