"""Texts in files for spreadsheet programs: a text stays a text there, and comes back as it was. Knows no Frappe."""

import re
from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a text may begin with that a spreadsheet program takes for a formula."""

_TO_QUOTE = re.compile(r"'*[=+\-@\t\r\n]")
_QUOTED = re.compile(r"'+[=+\-@\t\r\n]")


class Verbatim(str):
    """A text of a file. What has both ``<`` and ``>``, Frappe takes for HTML and makes Markdown of it; here it looks for
    them in vain (``handle_html``)."""

    def __contains__(self, part: str) -> bool:
        return part not in ("<", ">") and super().__contains__(part)


def kept_as_text(cell: Any) -> Any:
    """A cell of a file: a text that could be taken for a formula has a quote before it, numbers stay as they are.

    So has what already begins with such a quote, that :func:`as_written` finds every text again.
    """
    if not isinstance(cell, str):
        return cell
    return Verbatim(f"'{cell}" if _TO_QUOTE.match(cell) else cell)


def as_written(cell: Any) -> Any:
    """The text that stands in a cell made by :func:`kept_as_text`."""
    return cell[1:] if isinstance(cell, str) and _QUOTED.match(cell) else cell
