"""The home of a plan: what is in force, what is being prepared, what moved since the signature."""

from __future__ import annotations

import frappe
import pytest

from sm_planner import api
from sm_planner.adapters.desk import plan_form
from sm_planner.adapters.signing import sign_off


def postpone(lineage: str, id: str) -> None:
    action = frappe.get_doc("SM Improvement", f"{lineage}-{id}")
    action.due = "2029-01-01"
    action.save()


def test_it_tells_what_is_in_force_what_is_prepared_and_what_moved(in_force, minimal):
    revision = sign_off.start_revision(in_force)
    postpone(minimal.lineage, minimal.improvements[0].id)

    home = api.lineage_home(minimal.lineage)

    assert (home["in_force"]["plan"], home["draft"]["plan"], home["versions"]) == (in_force, revision, 2)
    assert home["in_force"]["drift"] == 0
    assert home["in_force"]["moved"]["told"] == "1 date moved"
    assert home["in_force"]["signed_at"]


def test_before_the_first_signature_nothing_is_in_force(minimal, minimal_on_site):
    home = api.lineage_home(minimal.lineage)

    assert home["in_force"] is None
    assert home["draft"]["state"] == "Draft"


def test_who_may_not_read_the_plan_is_told_nothing(minimal, minimal_on_site, make_user, acting_as):
    with acting_as(make_user(name="nobody@example.org")), pytest.raises(frappe.PermissionError):
        api.lineage_home(minimal.lineage)


def test_the_sponsor_is_told_what_moved_since_the_plan_was_sent(to_sign, minimal):
    assert plan_form.sign_off_summary(to_sign)["moved"] == []

    postpone(minimal.lineage, minimal.improvements[0].id)

    (moved,) = plan_form.sign_off_summary(to_sign)["moved"]
    assert "Due was" in moved
