"""How wide a text is, and how it is broken into lines, without the font that will draw it.

The widths are those of the common sans-serif faces (Helvetica, Arial, Liberation Sans have the same), with an
allowance for the somewhat wider ones; what a table cannot know is taken for wide.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

ALLOWANCE = 1.06
_REGULAR = {
    0.222: "'ijl|",
    0.278: " !,./:;I[\\]ft\u00a0",
    0.333: "()-`r{}",
    0.389: '"*',
    0.5: "Jcksvxyz^",
    0.556: "#$0123456789?L_abdeghnopqu–“”",
    0.611: "+<=>~FTZ",
    0.667: "&ABEKPSVXY",
    0.722: "CDHNRUw",
    0.778: "GOQ",
    0.833: "Mm",
    0.889: "%",
    0.944: "W",
    1.015: "@",
}
_BOLD = {
    0.278: " ',./I\\ijl|\u00a0",
    0.333: "!()-:;[]`ft",
    0.389: "*r{}",
    0.5: 'z"',
    0.556: "#$0123456789J_aceksvxy–“”",
    0.611: "+<=>^~?FLTZbdghnopqu",
    0.667: "EPSVXY",
    0.722: "&ABCDHKNRU",
    0.778: "GOQw",
    0.833: "M",
    0.889: "%m",
    0.975: "W@",
}
_WIDTHS = [
    {letter: width for width, letters in table.items() for letter in letters} for table in (_REGULAR, _BOLD)
]
_UNKNOWN, _FULL, _PICTURE = 0.85, 1.0, 1.4
ELLIPSIS = "…"


@lru_cache(maxsize=4096)
def _letter(letter: str, bold: bool) -> float:
    known = _WIDTHS[bold].get(letter)
    if known is not None:
        return known
    category = unicodedata.category(letter)
    if category in ("Mn", "Me", "Cf"):
        return 0
    if category == "So":
        return _PICTURE
    if unicodedata.east_asian_width(letter) in "WF":
        return _FULL
    base = unicodedata.normalize("NFD", letter)[0]
    return _WIDTHS[bold].get(base, _UNKNOWN) if base != letter else _UNKNOWN + 0.15 * (letter in "—…")


def width(text: str, size: float, bold: bool = False) -> float:
    """The width of a text of that size, in the unit of the size."""
    return ALLOWANCE * size * sum(_letter(letter, bold) for letter in text)


def wrap(text: str, room: float, size: float, most: int, bold: bool = False) -> tuple[tuple[str, ...], bool]:
    """The lines of a text, each within the room, and whether something was cut off.

    Lines break at spaces, and within a word that is too long by itself.
    """
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if width(longer, size, bold) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        while width(word, size, bold) > room and len(word) > 1:
            head = _at_a_joint(_head(word, room, size, bold))
            lines.append(head)
            word = word[len(head) :]
        line = word
    lines.append(line)
    if len(lines) <= most:
        return tuple(lines), False
    return (*lines[: most - 1], fit(" ".join(lines[most - 1 :]), room, size, bold)), True


def fit(text: str, room: float, size: float, bold: bool = False) -> str:
    """The text on one line, cut with an ellipsis where it is too long."""
    if width(text, size, bold) <= room:
        return text
    return _head(text, room - width(ELLIPSIS, size, bold), size, bold).rstrip() + ELLIPSIS


def _at_a_joint(head: str) -> str:
    """The beginning of a word up to its last hyphen or the like, if that is far enough in it."""
    joint = max(head.rfind(letter) for letter in "-_/.")
    return head[: joint + 1] if joint > len(head) // 3 else head


def _head(text: str, room: float, size: float, bold: bool) -> str:
    """As many letters as fit, but always one."""
    length = 1
    used = ALLOWANCE * size * _letter(text[0], bold)
    for letter in text[1:]:
        used += ALLOWANCE * size * _letter(letter, bold)
        if used > room:
            break
        length += 1
    return text[:length]
