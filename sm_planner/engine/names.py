"""Names as a database compares them."""

from __future__ import annotations

import unicodedata


def as_compared(name: str) -> str:
    """What is the same for names that MariaDB, with the collation of Frappe, takes for one.

    Letter case, accents and spaces at the end make no difference to it.
    """
    apart = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).rstrip(" ")
