"""The term of agreements on a site: what their forms tell, the next version, the calendar, and whom services belong to."""

from __future__ import annotations

import dataclasses
from datetime import date

import frappe
import pytest
from seeds import account_with, acting

from sm_planner import api
from sm_planner.adapters import plan_reader
from sm_planner.adapters.documents import plan_writer

AGREEMENT = "SM Agreement"
PLANNER, OWNER, READER = (f"{name}@example.org" for name in ("planner", "owner", "reader"))


@pytest.fixture
def plan(minimal) -> str:
    """A draft with an SLA that is renewed by itself, and a service that belongs to a team."""
    account_with("SM Planner User", name=PLANNER)
    account_with("SM Service Owner", name=OWNER)
    account_with("SM Auditor", name=READER)
    sla = dataclasses.replace(
        next(one for one in minimal.agreements if one.kind == "SLA"),
        version="1",
        start_date=date(2020, 1, 1),
        end_date=date(2020, 12, 31),
        renewal_months=12,
        notice_months=3,
        notice_to="",
    )
    agreements = tuple(sla if one.id == sla.id else one for one in minimal.agreements)
    (service,) = minimal.services
    owned = dataclasses.replace(service, owning_team=minimal.teams[0].id)
    return plan_writer.save(dataclasses.replace(minimal, agreements=agreements, services=(owned,)))


@pytest.fixture
def sla(plan) -> str:
    return frappe.db.get_value(AGREEMENT, {"kind": "SLA", "version": "1"}, "name")


def test_the_form_is_told_how_an_agreement_stands_today(sla):
    year = frappe.utils.getdate().year
    told = api.agreement_term(sla)
    assert told["state"] == "In Force"
    assert "then renewed for 12 months unless notice is given by" in told["sentence"]
    assert str(year) in told["sentence"] or str(year + 1) in told["sentence"]
    frappe.db.set_value(AGREEMENT, sla, "notice_given", "2020-02-01")
    assert api.agreement_term(sla)["state"] == "Expired"


def test_what_is_renewed_stays_in_the_calendar_until_notice_ends_it(sla):
    def shown(year: int) -> list[str]:
        rows = api.agreement_calendar(f"{year}-01-01", f"{year}-12-31", "[]")
        return [row["end_date"] for row in rows if row["name"] == sla]

    assert (shown(2019), shown(2031)) == ([], ["2031-12-31"])
    frappe.db.set_value(AGREEMENT, sla, "notice_given", "2021-02-01")
    assert (shown(2021), shown(2022)) == (["2021-12-31"], [])


def test_a_new_version_is_a_draft_to_be_filled_in_and_saved_as_any_other(sla):
    frappe.db.set_value(AGREEMENT, sla, "notice_given", "2030-02-01")
    count = frappe.db.count(AGREEMENT)
    with acting(PLANNER):
        values = api.next_agreement_version(sla)
        assert frappe.db.count(AGREEMENT) == count  # nothing is stored yet
        assert (values["status"], values["version"], values["replaces"]) == ("Draft", "2", sla)
        assert str(values["start_date"]) == "2031-01-01"
        assert (values["name"], values["end_date"], values["signed_by_customer"]) == (None, None, None)
        (change,) = values["changes"]
        assert (change["version"], change["what"]) == ("2", "")
        with pytest.raises(frappe.ValidationError, match="What Changed"):
            frappe.get_doc(values).insert()
        change["what"] = "Hours of the desk"
        name = frappe.get_doc(values).insert().name
    new, old = frappe.get_doc(AGREEMENT, name), frappe.get_doc(AGREEMENT, sla)
    assert [row.service for row in new.scope] == [row.service for row in old.scope]
    assert [(row.metric, row.value) for row in new.targets] == [
        (row.metric, row.value) for row in old.targets
    ]
    assert {row.name for row in new.targets}.isdisjoint(row.name for row in old.targets)
    assert old.status == "In Force" or not old.status
    assert api.agreement_term(name)["state"] == "Draft"


@pytest.mark.parametrize("user", [OWNER, READER])
def test_who_makes_no_agreements_makes_no_version_of_one(sla, user):
    with acting(user), pytest.raises(frappe.PermissionError):
        api.next_agreement_version(sla)


def test_a_service_says_whom_it_belongs_to(plan, minimal):
    loaded = plan_reader.load(plan)
    (service,) = loaded.services
    assert service.owning_team == minimal.teams[0].id
    name = frappe.db.get_value("SM Service", {"owning_team": ("is", "set")}, "name")
    (group,) = (one for one in api.service_surroundings(name) if one["title"] == "Belongs to")
    assert [(line["doctype"], line["warns"]) for line in group["lines"]] == [
        ("SM Person", False),
        ("SM Team", False),
    ]
