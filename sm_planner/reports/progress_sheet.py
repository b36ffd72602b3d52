"""A monthly progress sheet as text, which is what is kept, and as the HTML of a mail or a page, which is made of that text."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from sm_planner.engine.reporting.sheet import Sheet
from sm_planner.engine.texts import Text

BULLET = "• "
_NO_TAGS = str.maketrans("<>", "‹›")
"""The text has no tags, whatever a title says: it is kept as it was sent, and nothing on its way cleans it."""

HEADING = "margin: 1.4em 0 0.3em; font-size: 1.05em;"
LIST = "margin: 0.3em 0 0; padding-left: 1.3em;"
PARAGRAPH = "margin: 0.3em 0;"
ALONE = "margin: 1.2em 0 0;"


def subject(sheet: Sheet, tell: Callable[[Text], str]) -> str:
    return _line(tell(sheet.subject))


def text(sheet: Sheet, tell: Callable[[Text], str]) -> str:
    """The sheet in words: blocks with an empty line between, each with its title, its figures and its lines."""
    blocks = [
        _line(tell(sheet.intro)),
        *(
            "\n".join(
                (
                    _line(tell(part.title)),
                    _line(tell(part.figures)),
                    *(f"{BULLET}{_line(tell(line))}" for line in part.shown),
                )
            )
            for part in sheet.parts
        ),
        _line(tell(sheet.closing)),
    ]
    return "\n\n".join(blocks)


def html(text: str) -> str:
    """The text as HTML, each of its words escaped."""
    return "\n".join(map(_block, text.split("\n\n")))


def _block(block: str) -> str:
    title, *lines = block.split("\n")
    if not lines:
        return _paragraph(title, ALONE)
    said = [_paragraph(line) for line in lines if not line.startswith(BULLET)]
    points = [f"<li>{escape(line[len(BULLET) :])}</li>" for line in lines if line.startswith(BULLET)]
    listed = [f'<ul style="{LIST}">{"".join(points)}</ul>'] if points else []
    return "\n".join((f'<h3 style="{HEADING}">{escape(title)}</h3>', *said, *listed))


def _paragraph(line: str, style: str = PARAGRAPH) -> str:
    return f'<p style="{style}">{escape(line)}</p>'


def _line(told: str) -> str:
    return " ".join(told.translate(_NO_TAGS).split())
