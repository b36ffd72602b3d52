"""The version of an agreement that follows another."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from sm_planner.engine.agreements.term import DRAFT, ends_on
from sm_planner.engine.model import Agreement
from sm_planner.engine.model.agreements import AgreementChange


def next_version(agreement: Agreement, held: Agreement) -> Agreement:
    """A draft of the agreement that follows one, with all that it says but what is of its own time: its days, its
    signatures and its last review. Its first change is to be filled in.

    held: the agreement that is followed, as it holds, which says from when on the new one does.
    """
    version, end = next_number(agreement.version), ends_on(held)
    begins = end + timedelta(days=1) if end and end < date.max else None
    return replace(
        agreement,
        id="",
        status=DRAFT,
        version=version,
        replaces=agreement.id,
        changes=(AgreementChange(version=version, day=begins, what=""),),
        start_date=begins,
        end_date=None,
        notice_given=None,
        signed_by_provider=None,
        signed_by_customer=None,
        last_review=None,
    )


def next_number(version: str) -> str:
    """The version after another: its last number is one more, as 1.9 is followed by 1.10; empty where it has none."""
    found = re.fullmatch(r"(.*?)(\d{1,9})(\D*)", version, re.DOTALL)
    return f"{found[1]}{int(found[2]) + 1}{found[3]}" if found else ""
