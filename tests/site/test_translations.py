"""German on the site: the catalogue takes no word from Frappe that the rest of the Desk reads otherwise."""

from __future__ import annotations

from pathlib import Path

import frappe
import pytest

import sm_planner

pofile = pytest.importorskip("babel.messages.pofile")

OWN_MEANING = {
    "Last Run",
    "Letter",
    "Major",
    "Minor",
    "Response",
    "Review",
    "Reviews",
    "Revoked",
    "Scheduled",
    "Scope",
    "Service",
    "Skipped",
    "Target",
}
"""Words that mean something else here, and stand nowhere in the Desk where that would mislead."""

OF_ANOTHER_VERSION = {
    "Amended From",
    "Complete",
    "Expired",
    "Home",
    "Meeting",
    "Module Def",
    "Resource",
    "Title",
    "User",
}
"""Words that Frappe has translated anew between 15.55 and 16: one catalogue cannot have both."""


def texts(path: Path) -> dict[str, str]:
    with path.open("rb") as file:
        return {
            message.id: message.string for message in pofile.read_po(file) if message.id and message.string
        }


def test_words_that_frappe_has_too_are_translated_as_there():
    theirs = Path(frappe.get_app_path("frappe")) / "locale" / "de.po"
    if not theirs.exists():
        pytest.skip("this Frappe keeps its translations elsewhere")
    own, frappe_has = texts(Path(sm_planner.__file__).parent / "locale" / "de.po"), texts(theirs)
    other = {text: (own[text], frappe_has[text]) for text in own.keys() & frappe_has.keys()}
    known = OWN_MEANING | OF_ANOTHER_VERSION
    differ = {text: pair for text, pair in other.items() if pair[0] != pair[1] and text not in known}
    assert differ == {}, "text: (here, in Frappe)"
