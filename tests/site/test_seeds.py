"""What tests begin with: planted, it is what the code under test made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import frappe
from seeds import plan_before_sponsor, sign_as_sponsor


def sums() -> dict[str, Any]:
    """Table → a number that tells its rows from others. Sequences are left out: no rollback takes them back."""
    names = (name for name in frappe.db.get_tables(cached=False) if name.startswith(("tab", "__")))
    tables = ", ".join(f"`{name}`" for name in sorted(names))
    return dict(frappe.db.sql(f"checksum table {tables}"))  # no input


def test_what_is_planted_is_what_was_made(seed: Callable, minimal):
    def signed() -> dict[str, Any]:
        sign_as_sponsor(plan_before_sponsor(minimal))
        return sums()

    before = sums()
    grown = seed(signed)
    assert sums() == before

    assert grown.plant() == sums() != before
