"""Templates on a site: a plan begun with one, pieces taken into a draft, and records that somebody has looked at."""

from __future__ import annotations

import dataclasses

import frappe
import pytest
from frappe.utils import getdate

from sm_planner import api
from sm_planner.adapters import plan_reader
from sm_planner.adapters.documents import plan_writer
from sm_planner.adapters.site import presentation
from sm_planner.engine import plan_file
from sm_planner.engine.checks import check
from sm_planner.engine.checks.mending import place_of_finding
from sm_planner.engine.templates.library import TAKEN
from sm_planner.engine.templates.looking import unseen

SAID = {
    "title": "Services of the Town Library",
    "unit": "Town Library",
    "situation": "Improve",
    "depth": "First Plan",
    "plan_owner": "Ada Olsen",
    "executive_sponsor": "Berit Holm",
    "why": "",
    "period_start": "2027-01-01",
    "period_end": "2027-12-31",
    "template": "library",
}


def test_a_plan_is_started_with_a_template_in_one_request():
    plan = plan_reader.load(api.start_plan(SAID))
    assert (plan.title, plan.unit, plan.depth, plan.context_type) == (
        SAID["title"],
        "Town Library",
        "First Plan",
        "Improve",
    )
    assert {one.title for one in plan.people} == {"Ada Olsen", "Berit Holm"}
    counts = {name: len(getattr(plan, name)) for name in TAKEN if getattr(plan, name)}
    assert counts == {
        "calendars": 1,
        "teams": 1,
        "roles": 3,
        "processes": 3,
        "stakeholders": 1,
        "services": 2,
        "agreements": 3,
        "objectives": 2,
        "raci": 9,
        "improvements": 3,
    }
    assert sum(map(len, unseen(plan).values())) == sum(counts.values())
    assert plan.services[0].service_owner == plan.plan_owner
    assert plan.calendars[0].timezone == plan.zone
    assert str(plan.objectives[0].due) == "2027-12-31"


def test_what_the_dialog_shows_is_what_is_taken():
    shown = api.start_choices()
    assert [one["value"] for one in shown["templates"]][0] == "library"
    assert shown["depths"][0]["rules"] < shown["depths"][1]["rules"] < shown["depths"][2]["rules"]
    sections = api.preview_template("library", "Improve", "First Plan")
    counts = {one["section"]: len(one["pieces"]) for one in sections}
    assert counts["raci"] == 3
    assert sum(piece["letters"] for one in sections for piece in one["pieces"]) == 9
    assert not any(piece["there"] for one in sections for piece in one["pieces"])


def test_records_of_the_site_are_used_by_their_titles_and_stay_as_they_are():
    first = plan_reader.load(api.start_plan(SAID))
    role = next(one for one in first.roles if one.title == "Head of the Library")
    frappe.get_doc("SM Role", role.id).update({"level": "Senior Management"}).save()
    before = {doctype: frappe.db.count(doctype) for doctype in ("SM Role", "SM Service", "SM Person")}
    second = plan_reader.load(api.start_plan({**SAID, "title": "Second"}))
    assert {doctype: frappe.db.count(doctype) for doctype in before} == before
    third = plan_reader.load(api.start_plan({**SAID, "title": "Third", "executive_sponsor": "Carl Berg"}))
    assert third.get("people", third.executive_sponsor).title == "Carl Berg"
    assert frappe.db.count("SM Person") == before["SM Person"] + 1
    assert {one.id for one in second.roles} == {one.id for one in first.roles}
    stored = frappe.get_doc("SM Role", role.id)
    assert (stored.level, stored.taken_from or "") == ("Senior Management", "")
    assert len(second.objectives) == 2
    assert len(second.raci) == 9


def test_chosen_pieces_are_taken_into_a_draft_once(minimal_on_site):
    before = plan_reader.load(minimal_on_site)
    values = {
        "template": "it-service-desk",
        "situation": "Improve",
        "depth": "Grown",
        "pieces": [["raci", "monitoring"], ["improvements", "baseline"]],
    }
    counts = api.take_from_template(minimal_on_site, values)
    plan = plan_reader.load(minimal_on_site)
    assert "Monitoring and Event Management" in {one.title for one in plan.processes}
    assert len(plan.raci) == len(before.raci) + 4
    assert [one.title for one in plan.improvements if one.taken_from] == ["Find Out Where We Stand"]
    assert counts["added"] > 5
    assert api.take_from_template(minimal_on_site, values)["added"] == 0
    assert plan_reader.load(minimal_on_site) == plan


def test_a_plan_under_review_takes_nothing(to_sign):
    with pytest.raises(frappe.ValidationError, match="Only a Draft can be changed"):
        api.take_from_template(to_sign, {"template": "library", "situation": "Improve"})


def test_the_mark_goes_with_a_change_and_with_the_word_that_it_fits():
    plan = plan_reader.load(api.start_plan(SAID))
    calendar = frappe.get_doc("SM Service Calendar", plan.calendars[0].id)
    calendar.save()
    assert calendar.taken_from == "Library"
    calendar.windows[0].opens = "09:00"
    calendar.save()
    assert not calendar.taken_from
    calendar.taken_from = "Library"
    calendar.save()
    assert not calendar.taken_from

    roles = [one.id for one in plan.roles]
    assert api.looked_at("SM Role", frappe.as_json(roles)) == len(roles)
    assert api.looked_at("SM Role", roles) == 0
    letters = frappe.get_all("SM RACI Entry", {"plan": plan.id}, pluck="name")
    assert api.looked_at("SM RACI Entry", letters) == 9
    found = {kind for _template, kind in unseen(plan_reader.load(plan.id))}
    assert found.isdisjoint({"calendars", "roles", "raci"})
    assert "services" in found


def test_fields_of_the_plan_lose_their_mark_with_a_change_and_with_the_word_that_they_fit(
    make_user, acting_as
):
    name = api.start_plan(SAID)
    assert plan_reader.load(name).taken_fields == ("provider_type", "review_rhythm")
    document = frappe.get_doc("SM Plan", name)
    document.vision = "More readers"
    document.save()
    assert plan_reader.load(name).taken_fields == ("provider_type", "review_rhythm")
    document.review_rhythm[0].months = 3
    document.save()
    assert plan_reader.load(name).taken_fields == ("provider_type",)
    with acting_as(make_user("SM Auditor")), pytest.raises(frappe.PermissionError):
        api.looked_at("SM Plan", [name])
    assert (api.looked_at("SM Plan", [name]), api.looked_at("SM Plan", [name])) == (1, 0)
    plan = plan_reader.load(name)
    assert (plan.taken_fields, plan.templates) == ((), ("library",))
    found = [one.field for one in check(plan, getdate()).findings if one.code == "PLN-17"]
    assert found
    assert "provider_type" not in found


def test_what_a_template_filled_goes_with_the_plan_into_its_file_and_back():
    name = api.start_plan(SAID)
    plan = plan_reader.load(name)
    assert plan_file.loads(plan_file.dumps(plan)).taken_fields == ("provider_type", "review_rhythm")
    plan_writer.save(dataclasses.replace(plan, taken_fields=("review_rhythm",)))
    assert plan_reader.load(name).taken_fields == ("review_rhythm",)


def test_the_finding_leads_to_the_list_of_what_nobody_has_looked_at():
    plan = plan_reader.load(api.start_plan(SAID))
    opens = {
        one.field: presentation.opens(plan, place_of_finding(plan, one.code, one.record, one.field), {})
        for one in check(plan, getdate()).findings
        if one.code == "PLN-17"
    }
    assert opens["objectives"]["filters"] == {"plan": plan.id, "taken_from": ["is", "set"]}
    assert (opens["provider_type"]["doctype"], opens["provider_type"]["filters"]) == (
        "SM Plan",
        {"name": plan.id},
    )
    assert opens["roles"]["doctype"] == "SM Role"
    assert opens["roles"]["filters"]["taken_from"] == ["is", "set"]


def test_who_may_not_write_a_record_cannot_say_that_it_fits(make_user, acting_as):
    plan = plan_reader.load(api.start_plan(SAID))
    with acting_as(make_user("SM Auditor")), pytest.raises(frappe.PermissionError):
        api.looked_at("SM Role", [plan.roles[0].id])
    assert frappe.db.get_value("SM Role", plan.roles[0].id, "taken_from") == "Library"
    with pytest.raises(frappe.PermissionError, match="not there, or that you may not read: none"):
        api.looked_at("SM Role", ["none"])


def test_a_planner_starts_a_plan_as_its_owner_and_who_may_not_make_plans_is_refused(make_user, acting_as):
    planner = make_user("SM Planner Manager")
    with acting_as(planner):
        mine = api.start_choices()["plan_owner"]
        plan = plan_reader.load(api.start_plan({**SAID, "plan_owner": mine}))
    owner = plan.get("people", plan.plan_owner)
    assert (owner.user, owner.enabled) == (planner, True)
    auditor = make_user("SM Auditor", name="auditor@example.org")
    for call in (api.start_choices, lambda: api.start_plan(SAID)):
        with acting_as(auditor), pytest.raises(frappe.PermissionError):
            call()


def test_nothing_is_left_of_a_start_that_is_refused():
    counted = ("SM Plan", "SM Person", "SM Role", "SM Lineage")
    before = [frappe.db.count(doctype) for doctype in counted]
    for wrong in ({"title": ""}, {"template": "none"}, {"pieces": "all"}, {"depth": "Deep"}):
        with pytest.raises(frappe.ValidationError):
            api.start_plan({**SAID, **wrong})
    assert [frappe.db.count(doctype) for doctype in counted] == before


def test_what_is_no_situation_or_depth_and_what_cannot_be_read_is_refused(minimal_on_site):
    """Each pair would be made, and kept, once."""
    for situation, depth in (("Nowhere", "Grown"), ("Improve", "Deep")):
        asked = {"template": "library", "situation": situation, "depth": depth}
        with pytest.raises(frappe.ValidationError, match="Choose the"):
            api.preview_template(**asked)
        with pytest.raises(frappe.ValidationError, match="Choose the"):
            api.take_from_template(minimal_on_site, asked)
    for wrong in ("{", "[]", '"x"', "7"):
        with pytest.raises(frappe.ValidationError, match="cannot be read"):
            api.start_plan(wrong)
        with pytest.raises(frappe.ValidationError, match="cannot be read"):
            api.take_from_template(minimal_on_site, wrong)
    for wrong in ("[", "{}", '"x"', "7"):
        with pytest.raises(frappe.ValidationError, match="cannot be read"):
            api.looked_at("SM Role", wrong)


def test_without_a_template_a_plan_has_its_people_alone():
    plan = plan_reader.load(api.start_plan({**SAID, "template": ""}))
    assert (len(plan.people), plan.roles, plan.services) == (2, (), ())


def test_a_german_user_gets_german_records(monkeypatch):
    monkeypatch.setattr(frappe.local, "lang", "de")
    plan = plan_reader.load(api.start_plan(SAID))
    assert "Leitung der Bibliothek" in {one.title for one in plan.roles}
    assert {about for about, _kind in unseen(plan)} == {"Bibliothek"}


def test_titles_make_the_names_where_the_site_wants_that():
    frappe.db.set_single_value("SM Settings", "record_names", "Title")
    plan = plan_reader.load(api.start_plan(SAID))
    assert "head-of-the-library" in plan.index["roles"]
    assert "satisfied-readers" in plan.index["objectives"]


def test_a_plan_that_grows_takes_in_one_request_what_its_template_brings_there():
    plan = plan_reader.load(api.start_plan(SAID))
    assert plan.templates == ("library",)
    told = api.check_deeper(plan.id, "Grown")
    (take,) = told["takes"]
    assert (take["template"], take["title"]) == ("library", "Library")
    pieces = [piece for section in take["sections"] for piece in section["pieces"]]
    assert {section["section"] for section in take["sections"]} >= {"processes", "raci", "stakeholders"}
    assert not any(piece["there"] or piece["before"] for piece in pieces)
    keys = [piece["key"] for piece in pieces]
    left_out = ["communications", "figures"]
    asked = {"templates": {"library": [key for key in keys if key != left_out]}}
    counts = api.deepen_plan(plan.id, "Grown", frappe.as_json(asked))
    grown = plan_reader.load(plan.id)
    assert grown.depth == "Grown"
    assert {one.title for one in grown.processes} - {one.title for one in plan.processes} == {
        "Customer Relationship Management",
        "Continual Service Improvement Management",
    }
    assert len(grown.raci) == len(plan.raci) + 6
    assert counts["added"] == len(keys) - 1 - 2 + 6  # the letters of two processes are six records
    assert "How We Did" not in {one.title for one in grown.communications}
    before = {name: getattr(plan, name) for name in ("services", "agreements", "roles", "objectives")}
    assert {name: getattr(grown, name) for name in before} == before
    with pytest.raises(frappe.ValidationError, match="Choose one of these: Complete"):
        api.deepen_plan(plan.id, "Grown", asked)


def test_nothing_is_left_of_a_depth_that_is_refused(make_user, acting_as):
    plan = api.start_plan(SAID)
    before = plan_reader.load(plan)
    for wrong in (
        {"templates": {"facilities": []}},
        {"templates": {"library": "all"}},
        {"templates": ["library"]},
        "[]",
    ):
        with pytest.raises(frappe.ValidationError, match="nothing of these|a list of section|cannot be read"):
            api.deepen_plan(plan, "Grown", wrong)
    auditor = make_user("SM Auditor")
    with acting_as(auditor):
        assert api.check_deeper(plan, "Grown")["takes"] == []
        with pytest.raises(frappe.PermissionError):
            api.deepen_plan(plan, "Grown", {})
    assert plan_reader.load(plan) == before
    assert api.deepen_plan(plan, "Complete", {}) == {"added": 0, "used": 0}
    assert plan_reader.load(plan).depth == "Complete"


def test_a_plan_under_review_goes_no_deeper(to_sign):
    with pytest.raises(frappe.ValidationError, match="Only a Draft can be changed"):
        api.deepen_plan(to_sign, "Complete", {})


def test_pieces_come_in_the_language_that_the_plan_has_them_in(monkeypatch):
    monkeypatch.setattr(frappe.local, "lang", "de")
    plan = api.start_plan(SAID)
    monkeypatch.setattr(frappe.local, "lang", "en")
    frappe.db.set_single_value("System Settings", "language", "de")
    (take,) = api.check_deeper(plan, "Grown")["takes"]
    keys = [piece["key"] for section in take["sections"] for piece in section["pieces"]]
    assert take["title"] == "Library"
    assert ["roles", "agent"] not in keys
    api.deepen_plan(plan, "Grown", {"templates": {"library": keys}})
    grown = plan_reader.load(plan)
    assert len(grown.roles) == 3
    assert {about for about, _kind in unseen(grown)} == {"Bibliothek"}


def test_nobody_but_a_template_says_which_templates_a_plan_has(minimal_on_site):
    document = frappe.get_doc("SM Plan", minimal_on_site)
    document.update({"templates": "library", "taken_fields": "vision"})
    document.save()
    assert not document.templates
    assert not document.taken_fields
    assert (
        api.check_deeper(minimal_on_site, "Grown" if document.depth == "First Plan" else "First Plan")[
            "takes"
        ]
        == []
    )
